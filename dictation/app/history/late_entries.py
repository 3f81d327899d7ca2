"""Entries that the history could not take when they were made: written behind the scenes, in order, once it can."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dictation.app.take.take import Take
from dictation.core.errors import DictationError
from dictation.core.said import HistoryEntry

LATE_SECONDS, LATEST_SECONDS = 1.0, 60.0
"""Between two tries: doubled with each, for a disk may stay as it is."""

MOST_LATE = 500
"""So many entries wait in memory; their recordings are on disk as long as their words did not arrive."""

Late = tuple[HistoryEntry, Take, bool]


class LateEntries:
    """Thread-safe; nobody waits here for the file."""

    def __init__(
        self, write: Callable[[HistoryEntry, Take, bool], None], tell: Callable[[DictationError], None]
    ) -> None:
        """``write`` puts an entry into the file, with its sound or without, or raises DictationError."""
        self._write, self._tell = write, tell
        self._late: list[Late] = []
        self._lock, self._more, self._closed = threading.Lock(), threading.Event(), threading.Event()

    def __bool__(self) -> bool:
        return bool(self._late)

    def has(self, recording: str) -> bool:
        """Whether an entry of it waits."""
        return any(said.recording == recording for said, _, _ in self._late)

    def add(self, said: HistoryEntry, take: Take, sound: bool) -> None:
        """Write it later, in the place of one of the same recording; at once where others wait: there may be room."""
        if self._late:
            self._more.set()
        with self._lock:
            others = [each for each in self._late if each[0].recording != said.recording]
            first, self._late = not self._late, [*others, (said, take, sound)][-MOST_LATE:]
        if first and not self._closed.is_set():
            threading.Thread(target=self._behind, name="history-late", daemon=True).start()

    def forget(self, recording: str) -> None:
        """It was deleted."""
        with self._lock:
            self._late = [each for each in self._late if each[0].recording != recording]

    def clear(self) -> None:
        """All were deleted."""
        with self._lock:
            self._late = []

    def close(self) -> list[Take]:
        """Write now what waits, and try no more. What could not be written."""
        self._closed.set()
        self._more.set()
        self._catch_up()
        return [take for _, take, _ in self._late]

    def _behind(self) -> None:
        pause = LATE_SECONDS
        while not self._closed.is_set():
            self._more.wait(pause)
            self._more.clear()
            if self._closed.is_set() or self._catch_up():
                return
            pause = min(2 * pause, LATEST_SECONDS)

    def _catch_up(self) -> bool:
        """Whether all of it is in the file now. The lock is free between two of them."""
        while True:
            with self._lock:
                if not self._late:
                    return True
                said, take, sound = self._late[0]
                try:
                    self._write(said, take, sound)
                except DictationError as error:
                    self._tell(error)
                    return False
                self._late = self._late[1:]
                if said.text:
                    take.spooled.done()
