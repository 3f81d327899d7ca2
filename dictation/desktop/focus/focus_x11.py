"""Knows which window has the cursor, which program it belongs to, and what runs in it if it is a terminal."""

from __future__ import annotations

import contextlib
from typing import Any

from dictation.core.errors import InsertError
from dictation.core.types import NOWHERE, Target
from dictation.desktop.display.display_x11 import client_of, connected, focused_top_level
from dictation.desktop.focus.processes import ForegroundProgram, front_of, started
from dictation.desktop.focus.terminals import is_terminal


class X11Focus:
    """May be asked from any thread. Takes some 2 ms on an idle machine."""

    def current(self) -> Target:
        """See ``Focus.current``."""
        try:
            with connected() as connection:
                return _target(connection)
        except InsertError:
            return NOWHERE

    def same(self, target: Target) -> bool:
        """Whether exactly this window still has the cursor; another window of the same program is another target."""
        now = self.current()
        return (target.window, target.pid, target.started) == (now.window, now.pid, now.started)

    def activate(self, target: Target) -> None:
        """Ask the window manager to give the cursor to ``target`` (EWMH: _NET_ACTIVE_WINDOW, as a pager does)."""
        from Xlib import X
        from Xlib.protocol import event

        if target.window is None:
            return
        with contextlib.suppress(InsertError), connected() as connection:
            root, window = connection.screen().root, connection.create_resource_object("window", target.window)
            wish = event.ClientMessage(
                window=window, client_type=connection.get_atom("_NET_ACTIVE_WINDOW"), data=(32, [2, 0, 0, 0, 0])
            )
            root.send_event(wish, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
            connection.sync()

    def place(self) -> tuple[int, int] | None:
        """The middle of the window with the cursor, in pixels of the root window."""
        try:
            with connected() as connection:
                if (window := focused_top_level(connection)) is None:
                    return None
                size, corner = window.get_geometry(), window.translate_coords(connection.screen().root, 0, 0)
                # The answer is where the root's corner lies as the window sees it.
                return size.width // 2 - corner.x, size.height // 2 - corner.y
        except InsertError:
            return None


def composited() -> bool:
    """Whether a compositing manager runs: without one, what should be see-through is black."""
    try:
        with connected() as connection:
            manager = connection.get_selection_owner(
                connection.get_atom(f"_NET_WM_CM_S{connection.get_default_screen()}")
            )
            return bool(manager)
    except InsertError:
        return False


def _target(connection: Any) -> Target:
    window = focused_top_level(connection)
    if window is None:
        return NOWHERE
    names = window.get_wm_class()
    app = names[1].lower() if names else ""
    pid = _pid(connection, window)
    terminal = is_terminal(app)
    front = front_of(pid, window.id) if terminal and pid else ForegroundProgram(None, None)
    return Target(
        app=app,
        title=_title(connection, window),
        window=window.id,
        pid=pid,
        started=started(pid),
        terminal=terminal,
        shell=front.shell,
        cwd=front.cwd,
        tty=front.tty,
    )


def _title(connection: Any, window: Any) -> str:
    from Xlib import X

    name = window.get_full_property(connection.get_atom("_NET_WM_NAME"), X.AnyPropertyType)
    if name is not None and name.format == 8:
        return bytes(name.value).decode("utf-8", "replace")
    old = window.get_wm_name()
    return old if isinstance(old, str) else (old or b"").decode("latin-1")


def _pid(connection: Any, window: Any) -> int | None:
    """The process at the other end of the window's connection: what it says of itself may be a sandbox's number."""
    from Xlib import X
    from Xlib.ext import res

    if connection.has_extension("X-Resource"):
        connection.res_query_version()
        asked = [{"client": client_of(connection, window.id), "mask": res.LocalClientPIDMask}]
        for answer in connection.res_query_client_ids(asked).ids:
            if answer.spec.mask == res.LocalClientPIDMask and answer.value:
                return int(answer.value[0])
    said = window.get_full_property(connection.get_atom("_NET_WM_PID"), X.AnyPropertyType)
    return int(said.value[0]) if said is not None and said.format == 32 and said.value else None
