"""Adapters for where there is nothing to touch: no desktop session, or one that was switched off by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dictation.core.errors import InsertError
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE, Move, Purpose, Target
from dictation.desktop.prompt.shell_prompt import NO_TERMINAL, UNKNOWN, Prompt


class NoHotkeys:
    """Hears no key; `dictation toggle` and the like still work."""

    def __init__(self, why: str) -> None:
        self._why = why

    def start(self, settings: Settings, tell: Callable[[str, Purpose | None], None]) -> None:
        """Nothing to listen to."""

    def change(self, settings: Settings) -> None:
        """Nothing to change."""

    def stop(self) -> None:
        """Nothing to stop."""

    def key_name(self) -> str:
        """None."""
        return ""

    def describe(self) -> str:
        """Why there are none."""
        return f"none: {self._why}; `dictation toggle` works"


class NoTypist:
    """Refuses every move; the text stays in `dictation last`."""

    def __init__(self, why: str) -> None:
        self._why = why

    def prepare(self) -> None:
        """Nothing to prepare."""

    def close(self) -> None:
        """Nothing was lent."""

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """Raises InsertError."""
        raise InsertError(
            "no-cursor", f"There is no cursor to type at: {self._why}", "`dictation last` prints the text."
        )


class NoFocus:
    """Knows no window."""

    def current(self) -> Target:
        """NOWHERE."""
        return NOWHERE

    def same(self, target: Target) -> bool:
        """True: the platform cannot tell."""
        return True


class NoPrompts:
    """Knows of no prompt: commands are shown, never put in."""

    def look(self, target: Target) -> Prompt:
        """Unknown in a terminal."""
        return UNKNOWN if target.terminal else NO_TERMINAL
