"""What can press keys in a Wayland session: the compositor, its portal, or a tool; the first that may."""

from __future__ import annotations

from typing import Protocol

from dictation.core.errors import InsertError
from dictation.desktop.typing.keyboard_portal import PortalKeyboard
from dictation.desktop.typing.keyboard_wayland import WaylandKeyboard
from dictation.desktop.typing.keystrokes import Keystroke
from dictation.desktop.typing.keytools_linux import KeyTool
from dictation.desktop.typing.permission_portal import PortalPermission

NEXT_WAY = {"no-keys-on-wayland", "no-typing-portal", "typing-not-allowed", "typing-refused", "typing-ended"}
"""Errors that mean: try the next way to press keys."""


class KeyPresser(Protocol):
    """What presses keys. ``types``: letters too, not only chords."""

    name: str
    types: bool

    def chord(self, chord: Keystroke, times: int = 1) -> None: ...
    def type(self, text: str) -> None: ...
    def close(self) -> None: ...


class KeysHere:
    """Finds it, and remembers what a compositor has not: KWin takes 0.2 s to let a new client in."""

    def __init__(self, permission: PortalPermission | None = None) -> None:
        """``permission`` is the desktop portal's, None where that is not to be used."""
        self.permission = permission
        self._no_virtual: InsertError | None = None

    def __call__(self) -> KeyPresser:
        """Keys to press, to be closed. Raises InsertError with the remedy of the first way that could be had."""
        try:
            return self._virtual()
        except InsertError as error:
            if error.code != "no-keys-on-wayland":
                raise
        refused = None
        if self.permission:
            try:
                return PortalKeyboard(self.permission.session())
            except InsertError as error:
                if error.code not in NEXT_WAY:
                    raise
                refused = error
        try:
            return KeyTool()
        except InsertError as tool:
            if refused is None or refused.code == "no-typing-portal":
                raise
            raise InsertError(refused.code, refused.message, f"{refused.remedy} Or: {tool.remedy}") from tool

    def virtual(self) -> bool:
        """Whether the compositor lets every program press keys."""
        try:
            self._virtual().close()
        except InsertError:
            return False
        return True

    def tool(self) -> bool:
        """Whether a tool can press keys."""
        try:
            KeyTool()
        except InsertError:
            return False
        return True

    def _virtual(self) -> WaylandKeyboard:
        if self._no_virtual:
            raise self._no_virtual
        try:
            return WaylandKeyboard()
        except InsertError as error:
            if error.code == "no-keys-on-wayland":
                self._no_virtual = error
            raise
