"""What is done in its turn, by one thread: two texts never mix at the cursor."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable

from dictation.app.board import Board
from dictation.core.errors import DictationError, EngineError
from dictation.core.types import Notice, State

NOW, END, LATER = 0, 1, 2
"""The order of jobs: what is asked for, the end, and what nobody waits for."""

PATIENCE_SECONDS = 120.0
"""So long a job may take. The engine, the language model and the windows have limits of their own, which are shorter;
this one is for what has none, such as a file on a network that is gone."""

LOOK_SECONDS = 1.0
"""Between two looks at the job in hand, of which a held key makes none count."""


class Job:
    """Keeps the promise of ``ports.Pending``: who asked for it may wait until it is done, and hears why it was not."""

    def __init__(
        self, do: Callable[[], object], patience: float = PATIENCE_SECONDS,
        given_up: Callable[[DictationError], object] | None = None,
    ) -> None:  # fmt: skip
        """``do`` raises a DictationError, or gives it back where it has been told already.

        ``given_up`` is told the reason when it has not ended after ``patience`` seconds; what ``do`` does later must
        change nothing any more.
        """
        self._do, self.left, self._given_up = do, patience, given_up
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

    def give_up(self) -> DictationError | None:
        """It hangs, and is waited for no longer. What is left to be told about that."""
        error = EngineError(
            "job-hangs",
            "A file or a program that Dictation asked does not answer",
            "The recording is kept: `dictation history`. Look for a network disk that is gone.",
        )
        self._error = error
        self._over.set()
        if self._given_up is None:
            return error
        self._given_up(error)
        return None

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

    def __init__(self, board: Board, look: float = LOOK_SECONDS) -> None:
        """What a job raises is told to ``board``; the job in hand is looked at every ``look`` seconds."""
        self._board, self._look = board, look
        self.held: Callable[[], bool] = lambda: False
        """Whether the job in hand may be waiting for our key, which can be held for any time."""
        self._jobs: queue.PriorityQueue[tuple[int, int, Job | None]] = queue.PriorityQueue()
        self._count = itertools.count()
        self._lock = threading.Lock()
        self._in_hand: Job | None = None
        self._begun, self._closed = threading.Event(), threading.Event()
        self._thread = self._worker()

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()
        threading.Thread(target=self._watch, name="jobs-watch", daemon=True).start()

    def run(
        self, do: Callable[[], object], later: bool = False, patience: float = PATIENCE_SECONDS,
        given_up: Callable[[DictationError], object] | None = None,
    ) -> Job:  # fmt: skip
        """Do something in its turn. From any thread; returns at once. A DictationError it raises is told.

        ``later``: nobody waits for it, so that all that is asked for meanwhile goes first. The rest: see ``Job``.
        """
        job = Job(do, patience, given_up)
        self._jobs.put((LATER if later else NOW, next(self._count), job))
        return job

    def late(self) -> bool:
        """Whether this is called by a job that was given up, and comes back after others have gone on."""
        mine = threading.current_thread()
        return mine.name == "jobs" and mine is not self._thread

    def asked(self) -> bool:
        """Whether somebody waits, or is just speaking, so that what is for later had better wait. From any thread."""
        waiting = list(self._jobs.queue)
        return any(rank != LATER for rank, _, _ in waiting) or self._board.state.state is State.LISTENING

    def close(self, patience: float) -> None:
        """End after what is asked for now; what is for later is not done."""
        self._jobs.put((END, next(self._count), None))
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(timeout=patience)

    def _worker(self) -> threading.Thread:
        return threading.Thread(target=self._loop, name="jobs", daemon=True)

    def _loop(self) -> None:
        while (job := self._jobs.get()[2]) is not None:
            self._in_hand = job
            self._begun.set()
            error: DictationError | None = None
            try:
                job.run()
            except DictationError as raised:
                error = raised
            except Exception as raised:  # noqa: BLE001 - a bug in one utterance must not end the app
                error = unexpected(raised)
            with self._lock:
                if self.late():
                    return
                self._in_hand = None
            if error is not None:
                self._board.tell(Notice(error))

    def _watch(self) -> None:
        while not self._closed.is_set():
            self._begun.wait()
            began = time.monotonic()
            if self._closed.wait(self._look):
                return
            # What the whole machine slept is not the job's: a look counts once.
            passed = 0.0 if self.held() else min(time.monotonic() - began, 2 * self._look)
            with self._lock:
                if (job := self._in_hand) is None:
                    self._begun.clear()
                    if self._in_hand is not None:
                        self._begun.set()
                    continue
                job.left -= passed
                if job.left > 0:
                    continue
                self._in_hand, self._thread = None, self._worker()
            if error := job.give_up():
                self._board.tell(Notice(error))
            self._thread.start()


def unexpected(error: Exception) -> DictationError:
    """What a bug is told as."""
    return EngineError(
        "unexpected",
        f"Something unexpected happened ({type(error).__name__}: {error})",
        "Please report it with `dictation doctor`.",
    )
