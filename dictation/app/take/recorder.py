"""The recorder thread: owns the microphone and the session, and does what the session decides."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from dictation.app.board import Board
from dictation.app.settings_in_force import InForce
from dictation.app.take.decode_ahead import DecodeAhead
from dictation.app.take.take import Reply, Take
from dictation.core.errors import DictationError, MicrophoneError, UsageError
from dictation.core.ports import Microphone, Recording, Remarks
from dictation.core.session import Effect, Kind, Phase, Session, Signal, deadline, habits, step
from dictation.core.types import Failed, Finished, Notice, Purpose
from dictation.desktop.store.spool import Spool


class Finishing(Protocol):
    """What the recorder hands an utterance to. Each of the calls returns at once."""

    def begin(self, take: Take) -> None:
        """It is being recorded: find out which window it is for, and wake what it will need."""

    def held(self, down: bool) -> None:
        """The key that records is held down, or not any more."""

    def submit(self, take: Take) -> None:
        """It is recorded."""

    def drop(self, take: Take) -> None:
        """Its text, which was kept from the cursor, is not wanted either."""


@dataclass(frozen=True, slots=True)
class _Running:
    take: Take
    recording: Recording


@dataclass(slots=True)
class _Post:
    """Something that happened; ``handled`` is set with ``refused``, why no recording began of it, known by then."""

    signal: Signal
    at: float
    reply: Reply | None = None
    handled: threading.Event = field(default_factory=threading.Event)
    refused: DictationError | None = None


ASK_SECONDS = 4.0
"""So long who asks for a recording waits for the microphone; its caller gives up after 5 s."""


class Recorder:
    """Everything that happens is posted to its inbox and handled in order by one thread."""

    def __init__(
        self,
        in_force: InForce,
        microphone: Microphone,
        spool: Spool,
        board: Board,
        decode_ahead: DecodeAhead,
        finisher: Finishing,
    ) -> None:
        """Nothing runs before ``start``."""
        self._in_force, self._microphone, self._spool, self._board = in_force, microphone, spool, board
        self._decode_ahead, self._finisher = decode_ahead, finisher
        self._inbox: queue.SimpleQueue[_Post | None] = queue.SimpleQueue()
        self._session = Session()
        self._running: _Running | None = None
        self._grip = False
        self._takes: list[Take] = []
        """The newest utterance, and those before it that are still thought about."""
        self._count = 0
        self._thread = threading.Thread(target=self._loop, name="recorder", daemon=True)

    def start(self) -> None:
        """Begin to handle signals."""
        self._thread.start()

    def post(self, kind: Kind, purpose: Purpose = Purpose.DICTATE, reply: Reply | None = None) -> None:
        """Something happened just now. From any thread; returns at once.

        ``reply`` gets the answer to the utterance that begins with this, and hears of it where none does.
        """
        self._inbox.put(_Post(Signal(kind, purpose), time.monotonic(), reply))

    def ask(self, kind: Kind, purpose: Purpose) -> None:
        """As ``post``, but waits until it is done. Raises the DictationError for which no recording began."""
        post = _Post(Signal(kind, purpose), time.monotonic())
        self._inbox.put(post)
        if post.handled.wait(ASK_SECONDS) and post.refused:
            raise post.refused

    def close(self) -> None:
        """Leave a running recording for the next start, let go of the microphone, end the thread.

        The app may end because the display went away or the session is over, in the middle of a sentence.
        """
        self._inbox.put(None)
        self._thread.join(timeout=3)
        self._microphone.close()

    def level(self) -> float:
        """Peak of the last 100 ms of the running recording, 0 to 1; 0 when there is none."""
        running = self._running
        return running.recording.level() if running else 0.0

    def target(self) -> str:
        """The program that the running recording is for, as its window names it; empty when that is not known."""
        running = self._running
        return running.take.target.app if running else ""

    def _loop(self) -> None:
        while True:
            due = deadline(self._session, habits(self._in_force.now))
            try:
                item = self._inbox.get(timeout=None if due is None else max(0.0, due - time.monotonic()))
            except queue.Empty:
                item = _Post(Signal(Kind.TICK), time.monotonic())
            if item is None:
                self._leave()
                return
            self._handle(item)
            item.handled.set()

    def _handle(self, post: _Post) -> None:
        before = self._session
        self._session, effects = step(before, post.signal, post.at, habits(self._in_force.now))
        phase = self._session.phase
        self._follow_grip(before.phase, post.signal.kind)
        if self._running and not effects and phase is not before.phase and Phase.ENDING in (phase, before.phase):
            self._decode_ahead.key(self._running.take, down=phase is not Phase.ENDING)
        does: dict[Effect, Callable[[], object]] = {
            Effect.BEGIN: lambda: self._begin(post),
            Effect.SUBMIT: lambda: self._end(before.up if before.phase is Phase.ENDING else post.at),
            Effect.DISCARD: self._discard,
            Effect.PARK: self._park,
        }
        for effect in effects:
            does[effect]()
        if post.reply and Effect.BEGIN not in effects:
            post.reply.refused(UsageError("listening", "Dictation is listening already", "End that first."))

    def _follow_grip(self, before: Phase, kind: Kind) -> None:
        """Tell whether the key is held. A microphone that is gone ends the recording, not the grip on the key, which
        would make a shortcut of what is typed then; that ends with the release."""
        kept = kind is Kind.BROKEN or (before is not Phase.HELD and kind is not Kind.RELEASE)
        grip = self._session.phase is Phase.HELD or (self._grip and kept)
        if grip is not self._grip:
            self._grip = grip
            self._finisher.held(grip)

    def _begin(self, post: _Post) -> None:
        self._count += 1
        purpose = self._session.purpose
        spooled = self._spool.begin(self._count, purpose)
        take = Take(purpose, self._in_force.now, spooled, self._count, reply=post.reply)
        self._takes = [*(each for each in self._takes if each.open), take]
        if post.reply:
            post.reply.begun(take)
        self._decode_ahead.begin(take, lambda: self._quiet(take))

        def keep(samples: bytes) -> None:
            spooled.append(samples)
            self._decode_ahead.feed(take, samples)

        try:
            # The microphone comes first: every millisecond before it is a piece of the first syllable.
            recording = self._microphone.begin(keep, lambda error: self._broken(take, error))
        except DictationError as error:
            spooled.done()
            self._decode_ahead.drop(take)
            self._session, post.refused = Session(), error
            self._board.trouble("microphone", error.line())
            take.finished = Finished(take.id, Failed(error))
            self._board.tell(take.finished)
            return
        self._running = _Running(take, recording)
        self._board.trouble("microphone", None)
        self._board.recording(purpose)
        self._finisher.begin(take)
        self._remark()

    def _remark(self) -> None:
        if isinstance(self._microphone, Remarks) and (remark := self._microphone.remark()):
            self._board.tell(Notice(remark))

    def _broken(self, take: Take, error: Exception) -> None:
        """The device stopped in the middle (called from the adapter's thread)."""
        if isinstance(error, MicrophoneError):
            take.trouble = error
        self.post(Kind.BROKEN)

    def _quiet(self, take: Take) -> None:
        """Nobody speaks after the key came up (called from the thread that decodes ahead)."""
        running = self._running
        if running and running.take is take:
            self.post(Kind.STILL)

    def _end(self, ended: float) -> None:
        if not (running := self._running):
            return
        self._running, take = None, running.take
        running.recording.finish()
        take.ended = ended
        self._decode_ahead.end(take)
        take.spooled.sync()
        if take.trouble:
            self._board.tell(Notice(take.trouble))
        self._remark()
        self._finisher.submit(take)
        self._board.recording(None)

    def _leave(self) -> None:
        if running := self._running:
            self._running = None
            running.recording.finish()
            running.take.spooled.sync()
            running.take.spooled.leave()

    def _park(self) -> None:
        """Keep from the cursor what is still thought about; where that has been done, throw the newest away."""
        fresh = [each for each in self._takes if each.open and not each.parked]
        for each in fresh:
            each.parked = True
        newest = self._takes[-1] if self._takes else None
        if not fresh and newest and newest.parked and not newest.cancelled:
            newest.cancelled = True
            self._finisher.drop(newest)

    def _discard(self) -> None:
        if running := self._running:
            self._running, take = None, running.take
            take.cancelled = True
            running.recording.abandon()
            take.spooled.done()
            self._decode_ahead.drop(take)
            self._board.recording(None)
