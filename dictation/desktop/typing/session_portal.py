"""One session of the RemoteDesktop portal: keys struck by number, and the clipboard where it comes with them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any

from dictation.core.errors import InsertError
from dictation.desktop.clipboard.selection_portal import PortalSelection
from dictation.desktop.display.portal import Portal, PortalRefused, unique
from dictation.desktop.display.session_bus import BusError

_KEYBOARD, _UNTIL_REVOKED = 1, 2


class KeySession:
    """One session of the portal with a keyboard and, where there is that portal, the clipboard."""

    def __init__(self, token: str, seconds: float, told: Callable[[KeySession, str], None]) -> None:
        """Waits at most so long for the user. Raises BusError, PortalRefused."""
        self._told = told
        self._path = ""
        self._live = False
        self.selection: PortalSelection | None = None
        """The clipboard, where it was granted."""
        self._portal = Portal(self._hear, lambda: self._end("The desktop's portal has ended"))
        try:
            self._start(token, seconds)
        except BaseException:
            self._portal.close()
            raise

    def _start(self, token: str, seconds: float) -> None:
        call, end = self._portal, time.monotonic() + seconds
        version = call.version("RemoteDesktop", seconds)
        if not version:
            raise BusError("This desktop has no RemoteDesktop portal")
        call.register()  # without a .desktop file it fails, and the session is had all the same
        made = call.request(
            "RemoteDesktop", "CreateSession", "a{sv}", options={"session_handle_token": ("s", unique())}
        )  # fmt: skip
        self._path = str(made["session_handle"])
        wanted: dict[str, object] = {"types": ("u", _KEYBOARD)}
        if version >= 2:
            wanted["persist_mode"] = ("u", _UNTIL_REVOKED)
            if token:
                wanted["restore_token"] = ("s", token)
        call.request("RemoteDesktop", "SelectDevices", "oa{sv}", self._path, options=wanted)
        selection = PortalSelection(call, self._path)
        if asked := bool(call.version("Clipboard")):
            try:
                call.call("Clipboard", "RequestClipboard", "oa{sv}", self._path, {})  # only before Start
            except BusError:
                asked = False
        self.selection = selection  # its owner is told right after Start
        left = max(end - time.monotonic(), 0.1)
        started = call.request("RemoteDesktop", "Start", "osa{sv}", self._path, "", seconds=left)
        if not int(started.get("devices", _KEYBOARD)) & _KEYBOARD:
            raise PortalRefused("The keyboard", 1)
        self.token = str(started.get("restore_token") or "")
        if not (asked and started.get("clipboard_enabled")):
            self.selection = None
        self._live = True

    def strike(self, codes: list[int]) -> None:
        """Press keys by the kernel's numbers, release them in the opposite order. Raises InsertError.

        Keysyms are of no use: on GNOME 43 Ctrl+V by keysym typed a v, and Chinese by keysym is dropped everywhere.
        """
        down: list[int] = []
        try:
            for code in codes:
                self._key(code, 1)
                down.append(code)
        finally:
            for code in reversed(down):
                self._key(code, 0)

    def close(self) -> None:
        """End it. Never raises."""
        self._live = False
        with contextlib.suppress(BusError):
            self._portal.call("org.freedesktop.portal.Session", "Close", path=self._path)
        self._portal.close()

    def _key(self, code: int, down: int) -> None:
        try:
            self._portal.call("RemoteDesktop", "NotifyKeyboardKeycode", "oa{sv}iu", self._path, {}, code, down)
        except BusError as why:
            self._end(str(why))
            raise ended(str(why)) from why

    def _hear(self, member: str, path: str, body: tuple[Any, ...]) -> None:
        if member == "Closed" and path == self._path:
            self._end("The desktop has ended the session")
        elif self.selection and body and body[0] == self._path:
            self.selection.hear(member, body)

    def _end(self, why: str) -> None:
        was, self._live = self._live, False
        if was:
            self._told(self, why)
            self._portal.close()


def ended(why: str) -> InsertError:
    """What is raised where no session can be had, or the one there was is over."""
    return InsertError(
        "typing-ended",
        f"The desktop lets Dictation press no keys ({why})",
        "Run `dictation allow`, and switch on remote interaction in the desktop's dialog.",
    )
