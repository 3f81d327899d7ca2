"""What is done in its turn, by one thread: two texts never mix at the cursor."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable

from dictation.app.board import Board
from dictation.core.errors import DictationError, EngineError
from dictation.core.types import Notice, State

NOW, END, LATER = 0, 1, 2
"""The order of jobs: what is asked for, the end, and what nobody waits for."""


class Job:
    """Keeps the promise of ``ports.Pending``: who asked for it may wait until it is done, and hears why it was not."""

    def __init__(self, do: Callable[[], object]) -> None:
        """``do`` raises a DictationError, or gives it back where it has been told already."""
        self._do = do
        self._over = threading.Event()
        self._error: Exception | None = None

    def run(self) -> None:
        """Do it, in the thread of the queue. Raises what ``do`` raises."""
        try:
            given = self._do()
            self._error = given if isinstance(given, DictationError) else None
        except Exception as error:
            self._error = error
            raise
        finally:
            self._over.set()

    def wait(self, seconds: float) -> None:
        """See ``Pending``."""
        if not self._over.wait(seconds):
            raise DictationError(
                "still-busy", f"It is not done after {seconds:g} s", "It goes on; see `dictation status`."
            )
        if self._error is not None:
            raise self._error


class JobQueue:
    """Does jobs in order, in a thread of its own."""

    def __init__(self, board: Board) -> None:
        """What a job raises is told to ``board``."""
        self._board = board
        self._jobs: queue.PriorityQueue[tuple[int, int, Job | None]] = queue.PriorityQueue()
        self._count = itertools.count()
        self._thread = threading.Thread(target=self._loop, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def run(self, do: Callable[[], object], later: bool = False) -> Job:
        """Do something in its turn. From any thread; returns at once. A DictationError it raises is told.

        ``later``: nobody waits for it, so that all that is asked for meanwhile goes first.
        """
        job = Job(do)
        self._jobs.put((LATER if later else NOW, next(self._count), job))
        return job

    def asked(self) -> bool:
        """Whether somebody waits, or is just speaking, so that what is for later had better wait. From any thread."""
        waiting = list(self._jobs.queue)
        return any(rank != LATER for rank, _, _ in waiting) or self._board.state.state is State.LISTENING

    def close(self, patience: float) -> None:
        """End after what is asked for now; what is for later is not done."""
        self._jobs.put((END, next(self._count), None))
        if self._thread.is_alive():
            self._thread.join(timeout=patience)

    def _loop(self) -> None:
        while (job := self._jobs.get()[2]) is not None:
            try:
                job.run()
            except DictationError as error:
                self._board.tell(Notice(error))
            except Exception as error:  # noqa: BLE001 - a bug in one utterance must not end the app
                self._board.tell(Notice(unexpected(error)))


def unexpected(error: Exception) -> DictationError:
    """What a bug is told as."""
    return EngineError(
        "unexpected",
        f"Something unexpected happened ({type(error).__name__}: {error})",
        "Please report it with `dictation doctor`.",
    )
