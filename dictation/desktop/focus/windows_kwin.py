"""Which window has the cursor on KWin: a script of ours in it says so at every change (Plasma 5 and 6)."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import threading
import uuid
from functools import cache
from typing import Any

from dictation.desktop.display.session_bus import BusError, SessionBus, field
from dictation.desktop.store.folders import places, private_folder

FIRST_SECONDS = 0.5
"""So long the first question waits for the script, which takes 20 to 60 ms to begin."""

_SCRIPTING = ("org.kde.KWin", "/Scripting", "org.kde.kwin.Scripting")

_SCRIPT = """
function tell(window) {
    var box = window && window.frameGeometry;
    callDBus("%s", "/", "%s", "Window", JSON.stringify(window ? {
        id: String(window.internalId), pid: window.pid, app: String(window.resourceClass), title: window.caption,
        middle: [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]
    } : {}));
}
(workspace.windowActivated || workspace.clientActivated).connect(tell);
tell(workspace.activeWindow === undefined ? workspace.activeClient : workspace.activeWindow);
"""
_INTERFACE = "io.github.dictation.Focus"


class KWinWindows:
    """One per process; may be asked from any thread."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self._window: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._bus: SessionBus | None = None

    def focused(self) -> dict[str, Any] | None:
        """id, pid, app, title and middle of the window with the cursor; None when no window has it.

        Raises OSError where KWin does not tell.
        """
        with self._lock:
            if self._bus is None:
                self._begin()
        if not self._told.wait(FIRST_SECONDS):
            raise OSError("KWin does not tell which window has the cursor")
        window = self._window
        return {**window, "id": uuid.UUID(window["id"]).int >> 65} if window.get("pid") else None

    def end(self) -> None:
        """Take the script out of KWin. Never raises."""
        with self._lock:
            bus, self._bus = self._bus, None
        if bus:
            with contextlib.suppress(BusError):
                bus.call(_SCRIPTING, "unloadScript", "s", _name(), seconds=1.0)
            bus.close()

    def _begin(self) -> None:
        """Raises OSError."""
        bus = None
        try:
            file = private_folder(places().runtime) / "kwin-focus.js"
            bus = SessionBus(self._hear, self._lost)
            file.write_text(_SCRIPT % (bus.name, _INTERFACE), encoding="utf-8")
            bus.call(_SCRIPTING, "unloadScript", "s", _name(), seconds=1.0)
            bus.call(_SCRIPTING, "loadScript", "ss", str(file), _name(), seconds=1.0)
            bus.call(_SCRIPTING, "start", seconds=1.0)
        except (BusError, OSError) as why:
            if bus:
                bus.close()
            raise OSError(f"KWin takes no script: {why}") from why
        self._bus = bus
        atexit.register(self.end)

    def _hear(self, message: Any) -> None:
        from jeepney import MessageType

        if message.header.message_type is MessageType.method_call and field(message, "interface") == _INTERFACE:
            with contextlib.suppress(ValueError, IndexError):
                window = json.loads(message.body[0])
                self._window = window if isinstance(window, dict) else {}
                self._told.set()

    def _lost(self) -> None:
        self._bus = None
        self._told.clear()


@cache
def kwin() -> KWinWindows:
    """The one of this process."""
    return KWinWindows()


def runs() -> bool:
    """Whether this is KWin's session."""
    return "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")


def _name() -> str:
    return f"dictation-focus-{os.getpid()}"
