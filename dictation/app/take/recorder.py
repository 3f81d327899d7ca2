"""The conductor thread: owns the microphone and the session, and does what the session decides."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from dictation.app.board import Board
from dictation.app.take.decode_ahead import Forerunner
from dictation.core.errors import DictationError, MicrophoneError
from dictation.core.ports import Focus, Microphone, Recording
from dictation.core.session import Effect, Kind, Phase, Session, Signal, deadline, habits, step
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE, Failed, Finished, Notice, Purpose, Target
from dictation.desktop.store.spool import Spool, SpoolFile


@dataclass(frozen=True, slots=True)
class Take:
    """A finished recording, on disk, waiting for the worker. ``ended``: when the key came up, monotonic seconds."""

    id: int
    purpose: Purpose
    spooled: SpoolFile
    target: Target
    ended: float
    settings: Settings


@dataclass(slots=True)
class _Running:
    id: int
    purpose: Purpose
    recording: Recording
    spooled: SpoolFile
    target: Target
    settings: Settings
    trouble: DictationError | None = None


class Conductor:
    """Everything that happens is posted to its inbox and handled in order by one thread."""

    def __init__(
        self,
        settings: Settings,
        microphone: Microphone,
        focus: Focus,
        spool: Spool,
        board: Board,
        submit: Callable[[Take], None],
        touch: Callable[[], None],
        forerunner: Forerunner,
        look: Callable[[Target, Settings], None] = lambda _target, _settings: None,
        drop: Callable[[int], None] = lambda _: None,
    ) -> None:
        """``submit`` takes finished recordings; ``touch`` wakes the engine and the typist at key-down; both at once.

        ``look`` is told which window the words are for, as soon as that is known; it returns at once too.
        ``drop`` throws away an utterance that was kept from the cursor.
        """
        self.settings = settings
        self._microphone, self._focus, self._spool, self._board = microphone, focus, spool, board
        self._submit, self._touch, self._forerunner, self._look = submit, touch, forerunner, look
        self._inbox: queue.SimpleQueue[tuple[Signal, float] | None] = queue.SimpleQueue()
        self._session = Session()
        self._running: _Running | None = None
        self._newest = 0
        self._dropped: set[int] = set()
        self._parked, self._drop = 0, drop
        self._thread = threading.Thread(target=self._loop, name="conductor", daemon=True)

    def start(self) -> None:
        """Begin to handle signals."""
        self._thread.start()

    def post(self, kind: Kind, purpose: Purpose = Purpose.DICTATE) -> None:
        """Something happened just now. From any thread; returns at once."""
        self._inbox.put((Signal(kind, purpose), time.monotonic()))

    def close(self) -> None:
        """Leave a running recording for the next start, let go of the microphone, end the thread.

        The app may end because the display went away or the session is over, in the middle of a sentence.
        """
        self._inbox.put(None)
        self._thread.join(timeout=3)
        self._microphone.close()

    def wanted(self, id: int) -> bool:
        """Whether utterance ``id`` has not been cancelled."""
        return id not in self._dropped

    def parked(self, id: int) -> bool:
        """Whether the user wants the words of utterance ``id`` kept, and not at the cursor."""
        return 0 < id <= self._parked

    def aim(self, id: int) -> tuple[Settings, Purpose, Target] | None:
        """What the running utterance ``id`` began with; None when another runs, or none. From any thread."""
        running = self._running
        return (running.settings, running.purpose, running.target) if running and running.id == id else None

    def level(self) -> float:
        """Peak of the last 100 ms of the running recording, 0 to 1; 0 when there is none."""
        running = self._running
        return running.recording.level() if running else 0.0

    def _loop(self) -> None:
        while True:
            due = deadline(self._session, habits(self.settings))
            try:
                item = self._inbox.get(timeout=None if due is None else max(0.0, due - time.monotonic()))
            except queue.Empty:
                item = (Signal(Kind.TICK), time.monotonic())
            if item is None:
                self._leave()
                return
            self._handle(*item)

    def _handle(self, signal: Signal, now: float) -> None:
        before = self._session
        self._session, effects = step(before, signal, now, habits(self.settings))
        phase = self._session.phase
        if self._running and not effects and phase is not before.phase and Phase.ENDING in (phase, before.phase):
            self._forerunner.key(self._running.id, down=phase is not Phase.ENDING)
        for effect in effects:
            if effect is Effect.BEGIN:
                self._begin()
            elif effect is Effect.SUBMIT:
                self._end(before.up if before.phase is Phase.ENDING else now)
            elif effect is Effect.DISCARD:
                self._discard()
            else:
                self._park()

    def _begin(self) -> None:
        self._newest += 1
        purpose = self._session.purpose
        id, spooled = self._newest, self._spool.begin(self._newest, purpose)
        self._forerunner.begin(id, self.settings, lambda: self._quiet(id))

        def keep(samples: bytes) -> None:
            spooled.append(samples)
            self._forerunner.feed(id, samples)

        try:
            # The microphone comes first: every millisecond before it is a piece of the first syllable.
            recording = self._microphone.begin(keep, self._broken)
        except DictationError as error:
            spooled.done()
            self._forerunner.drop(id)
            self._session = Session()
            self._board.trouble("microphone", error.line())
            self._board.tell(Finished(id, Failed(error)))
            return
        self._running = _Running(id, purpose, recording, spooled, NOWHERE, self.settings)
        self._board.trouble("microphone", None)
        self._board.recording(purpose)
        self._touch()
        self._running.target = self._focus.current()
        self._look(self._running.target, self.settings)

    def _broken(self, error: Exception) -> None:
        """The device stopped in the middle (called from the adapter's thread)."""
        if self._running and isinstance(error, MicrophoneError):
            self._running.trouble = error
        self.post(Kind.BROKEN)

    def _quiet(self, id: int) -> None:
        """Nobody speaks after the key came up (called from the forerunner's thread)."""
        running = self._running
        if running and running.id == id:
            self.post(Kind.STILL)

    def _end(self, ended: float) -> None:
        if not (running := self._running):
            return
        self._running = None
        running.recording.finish()
        self._forerunner.end(running.id)
        running.spooled.sync()
        if running.trouble:
            self._board.tell(Notice(running.trouble))
        self._submit(Take(running.id, running.purpose, running.spooled, running.target, ended, running.settings))
        self._board.recording(None)

    def _leave(self) -> None:
        if running := self._running:
            self._running = None
            running.recording.finish()
            running.spooled.sync()
            running.spooled.leave()

    def _park(self) -> None:
        if self._newest > self._parked:
            if self._running or self._board.busy:
                self._parked = self._newest
        elif self._newest and self._newest not in self._dropped:
            self._dropped.add(self._newest)
            self._drop(self._newest)

    def _discard(self) -> None:
        if running := self._running:
            self._dropped.add(running.id)
            self._running = None
            running.recording.abandon()
            running.spooled.done()
            self._forerunner.drop(running.id)
            self._board.recording(None)
