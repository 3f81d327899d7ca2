"""One text on a lent clipboard: who has read it, and when it may be given back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from typing import Protocol

from dictation.core.errors import InsertError
from dictation.desktop.clipboard.clipboard_content import Content

QUIET_SECONDS = 0.3
"""Chromium reads twice: 19 of 20 were right with 0.08 s after the first read, 40 of 40 with 0.3 s."""


class Owner(Protocol):
    """The thread that owns the selections."""

    def post(self, job: Callable[[], None]) -> None: ...
    def settle(self, loan: SelectionLoan) -> None: ...
    def forget(self, loan: SelectionLoan) -> None: ...


class SelectionLoan:
    """One text on CLIPBOARD and PRIMARY, until it is given back or kept."""

    def __init__(self, owner: Owner, content: Content) -> None:
        self.content = content
        self.before: dict[int, Content | None] = {}
        self.unread: tuple[str, ...] = ()
        """What was on the clipboard and is not among that, as ``Snapshots`` calls it."""
        self._owner = owner
        self._awaited: set[int] = set()
        self._reads: dict[int, float] = {}
        self._news = threading.Condition()

    @property
    def lost(self) -> InsertError | None:
        """What will not be given back, for the user to know; None where all of it will."""
        if not self.unread:
            return None
        if "TARGETS" in self.unread:
            why = "What was on the clipboard is not given back: the program that had it did not answer"
        else:
            names = ", ".join(self.unread)
            why = f"A part of what was on the clipboard is not given back ({names}): too large, or too slow to come"
        return InsertError("clipboard-lost-part", why, "Copy it again if you need it.")

    def read_by(self, clients: Collection[int], timeout: float) -> bool:
        """Wait until one of these X clients has got the whole text; False after ``timeout`` seconds.

        Who else reads it (a clipboard history does so at once) says nothing about the window with the cursor.
        """
        with self._news:
            self._awaited.update(clients)
            return self._news.wait_for(lambda: not self._awaited.isdisjoint(self._reads), timeout)

    def give_back(self) -> None:
        """Put back what was there before, 0.3 s after the last awaited read. Returns at once; never raises."""
        self._owner.post(lambda: self._owner.settle(self))

    def keep(self) -> None:
        """Leave the text on the clipboard; what was there before is forgotten. Returns at once; never raises."""
        self._owner.post(lambda: self._owner.forget(self))

    def note_read(self, client: int) -> None:
        """``client`` has got the text."""
        with self._news:
            self._reads[client] = time.monotonic()
            self._news.notify_all()

    def quiet_at(self) -> float:
        """When it will have been quiet for long enough, if nobody awaited reads it again."""
        with self._news:
            return max((self._reads.get(client, 0.0) for client in self._awaited), default=0.0) + QUIET_SECONDS
