"""Strikes chords through the desktop's RemoteDesktop portal, once the user has allowed that."""

from __future__ import annotations

from typing import Protocol

from dictation.core.errors import InsertError
from dictation.desktop.typing.keycodes_linux import codes_of
from dictation.desktop.typing.keystrokes import Keystroke


class Strikes(Protocol):
    """What presses keys by number."""

    def strike(self, codes: list[int]) -> None: ...


class PortalKeyboard:
    """Chords alone: what letters a key code gives depends on a keyboard layout that the portal does not tell."""

    name, types = "the desktop's RemoteDesktop portal", False

    def __init__(self, session: Strikes) -> None:
        self._session = session

    def chord(self, chord: Keystroke, times: int = 1) -> None:
        """Press and release a chord, so many times. Raises InsertError."""
        if not (codes := codes_of(chord)):
            raise InsertError("no-such-key", f"{self.name} has no {chord.key} key", "Press it yourself.")
        for _ in range(times):
            self._session.strike(codes)

    def type(self, text: str) -> None:
        """Raises InsertError: it cannot."""
        raise InsertError("cannot-type", f"{self.name} cannot type {text[:20]!r} on every layout", "Paste it yourself.")

    def close(self) -> None:
        """Nothing to close: the session is for the life of the app."""
