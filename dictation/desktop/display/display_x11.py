"""Opens connections to the X server, and says in our words when that is not possible."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from typing import Any

from dictation.core.errors import InsertError


def open_display() -> Any:
    """A new connection, some 5 ms. Errors that nobody waits for are swallowed: windows vanish all the time.

    Raises InsertError when there is no display to talk to.
    """
    from Xlib import display, error

    try:
        connection = display.Display()
    except (error.DisplayError, error.ConnectionClosedError, error.XauthError, OSError) as why:
        raise InsertError(
            "no-display",
            f"The X display cannot be reached: {why}",
            "Start Dictation inside the desktop session, with DISPLAY set.",
        ) from why
    connection.set_error_handler(lambda *_: None)
    return connection


@contextlib.contextmanager
def connected() -> Iterator[Any]:
    """A connection for a short errand of one thread; one is kept for the next errand, if it still lives by then.

    Raises InsertError when the server is not there or goes away in the middle.
    """
    connection = _kept() or open_display()
    try:
        yield connection
    except trouble() as why:
        _close(connection)
        raise InsertError(
            "display-lost", f"The X display failed in the middle: {why!r}", "Try again; the text is kept."
        ) from why
    except BaseException:
        _keep(connection)
        raise
    _keep(connection)


_idle: list[Any] = []
_lock = threading.Lock()


def _kept() -> Any | None:
    with _lock:
        connection = _idle.pop() if _idle else None
    if connection is None:
        return None
    try:
        while connection.pending_events():  # raises when the server has gone
            event = connection.next_event()
            if hasattr(event, "first_keycode"):  # the layout changed meanwhile
                connection.refresh_keyboard_mapping(event)
        if connection.get_display_name() == os.environ.get("DISPLAY"):
            return connection
    except trouble():
        pass
    _close(connection)
    return None


def _keep(connection: Any) -> None:
    with _lock:
        spare = bool(_idle)
        if not spare:
            _idle.append(connection)
    if spare:
        _close(connection)


def _close(connection: Any) -> None:
    with contextlib.suppress(*trouble()):
        connection.close()


def trouble() -> tuple[type[Exception], ...]:
    """What python-xlib raises when a window or the server is gone."""
    from Xlib import error

    return (error.XError, error.ConnectionClosedError, OSError)


def client_of(connection: Any, window: int) -> int:
    """The X client that made ``window``: a program's windows share these high bits of their ids."""
    return int(window) & ~int(connection.display.info.resource_id_mask)


def focused_window(connection: Any) -> Any | None:
    """The window that gets the keys now, or None when it is nobody's."""
    focus = connection.get_input_focus().focus
    return focus if hasattr(focus, "id") else None


def focused_top_level(connection: Any) -> Any | None:
    """The focused window, or the parent of it that the window manager keeps; else the one it calls active."""
    from Xlib import X

    root = connection.screen().root
    state = connection.get_atom("WM_STATE")
    window = focused_window(connection)
    with contextlib.suppress(trouble()[0]):
        while window is not None and window != root:
            if window.get_full_property(state, X.AnyPropertyType) is not None:
                return window
            window = window.query_tree().parent
    active = root.get_full_property(connection.get_atom("_NET_ACTIVE_WINDOW"), X.AnyPropertyType)
    if active is None or active.format != 32 or not active.value or not active.value[0]:
        return None
    return connection.create_resource_object("window", int(active.value[0]))
