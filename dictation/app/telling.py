"""How trouble is told: to whoever listens, to the window that comes later, and as the state of a part of the app."""

from __future__ import annotations

from collections.abc import Callable

from dictation.app.board import Board
from dictation.core.errors import DictationError
from dictation.core.events import SettingsChanged
from dictation.core.types import Event, Notice

MOST_EARLY = 10
"""So many notices wait for the window."""


class Telling:
    """Thread-safe as the board is."""

    def __init__(self, board: Board) -> None:
        """Everything is told to ``board``."""
        self._board = board
        self._early: list[Notice] = []

    def notice(self, error: DictationError) -> None:
        """Something the user should know."""
        notice = Notice(error)
        if len(self._early) < MOST_EARLY:
            self._early.append(notice)
        self._board.tell(notice)

    def attempt(self, part: str, action: Callable[[], object]) -> None:
        """Do it; what fails is told, and ``part`` is in trouble until it works."""
        try:
            action()
        except DictationError as error:
            self._board.trouble(part, error.line())
            self.notice(error)
        else:
            self._board.trouble(part, None)

    def lost(self, part: str, error: DictationError) -> None:
        """``part`` does not work any more; a window that comes later sees that in the state."""
        self._board.trouble(part, error.line())
        self._board.tell(Notice(error))

    def changed(self) -> None:
        """Other settings are in force."""
        self._board.tell(SettingsChanged())

    def listen(self, hear: Callable[[Event], None]) -> Callable[[], None]:
        """As ``Board.listen``. The first who listens is the window: it also hears what was told before it was there."""
        early, self._early = self._early, []
        for notice in early:
            hear(notice)
        return self._board.listen(hear)
