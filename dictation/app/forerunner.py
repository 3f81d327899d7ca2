"""The forerunner thread: decodes what is already said while the key is still down, as `core.ahead` decides."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Protocol

from dictation.core import ahead, chunks, gate, phantoms
from dictation.core.events import Progress
from dictation.core.nouns import RATE, SAMPLE_BYTES, WINDOW_SECONDS, Ahead, Transcript, Verdict
from dictation.core.pipeline import hear
from dictation.core.ports import Listener, Recogniser
from dictation.core.settings import Settings

log = logging.getLogger("dictation")

WINDOW_BYTES = round(WINDOW_SECONDS * RATE) * SAMPLE_BYTES
LONGEST_GUESS = 1.0
"""Seconds a speculation may take: at worst the user waits so long for a decode that was for nothing."""


class Engine(Listener, Recogniser, Protocol):
    """A recogniser on this machine, which can also follow the voice as it comes."""

    def follow(self, id: int, samples: bytes) -> list[float] | None:
        """Speech probabilities of the next whole windows of utterance ``id``; None when its beginning is not known."""

    @property
    def encode_seconds(self) -> float:
        """How long encoding took when the model was loaded, 0 when not known."""


@dataclass(slots=True)
class _Take:
    id: int
    settings: Settings
    samples: bytearray = field(default_factory=bytearray)  # of the open chunk
    voice: list[float] = field(default_factory=list)  # of the open chunk
    texts: list[Transcript] = field(default_factory=list)
    done: int = 0  # windows before the open chunk
    speech_seconds: float = 0.0
    guess: Transcript | None = None
    guessed: int | None = None
    guessed_seconds: float = 0.0  # of speech in the guess
    lost: bool = False  # no more can be decoded ahead; what is known stays true


class Forerunner:
    """One thread for the life of the app. Everything is optional: what it does not get done is decoded at the end."""

    def __init__(
        self,
        engine: Callable[[Settings], Engine | None],
        tell: Callable[[Progress], None] = lambda _: None,
        hints: Callable[[Settings], Sequence[str]] = lambda _: (),
        committed: Callable[[int, int, Transcript], None] = lambda _id, _number, _heard: None,
    ) -> None:
        """``engine`` gives the engine for these settings, None when nothing can be decoded ahead.

        ``tell`` hears of every commit, and ``committed`` of every chunk with speech in it: the utterance, the chunk's
        number in it from 0, and its words; both in this thread. ``hints`` are terms that the recogniser should know.
        """
        self._engine, self._tell, self._hints, self._committed = engine, tell, hints, committed
        self._inbox: queue.SimpleQueue[tuple[int, bytes | None] | _Take] = queue.SimpleQueue()
        self._ended: dict[int, Future[Ahead]] = {}
        self._take: _Take | None = None
        self._pace = 0.0
        """Seconds of decoding per second of audio, besides encoding."""
        threading.Thread(target=self._loop, name="forerunner", daemon=True).start()

    def begin(self, id: int, settings: Settings) -> None:
        """Utterance ``id`` begins. From the conductor's thread; returns at once, as ``feed`` and ``end`` do."""
        self._ended[id] = Future()
        self._inbox.put(_Take(id, settings))

    def feed(self, id: int, samples: bytes) -> None:
        """The next samples of utterance ``id``."""
        self._inbox.put((id, samples))

    def end(self, id: int) -> None:
        """Nothing more will come of utterance ``id``."""
        self._inbox.put((id, None))

    def known(self, id: int) -> Ahead:
        """What is decoded of an ended utterance; waits for a decode under way. A second call gets nothing."""
        future = self._ended.get(id)
        known = future.result() if future else Ahead()
        self._ended.pop(id, None)
        return known

    def drop(self, id: int) -> None:
        """Utterance ``id`` was cancelled."""
        self.end(id)
        self._ended.pop(id, None)

    def _loop(self) -> None:
        while True:
            self._handle(self._inbox.get())
            more = True
            while more:
                # All that has come meanwhile is taken in before the next decision, above all the end.
                while not self._inbox.empty():
                    self._handle(self._inbox.get())
                more = self._take is not None and self._try(self._take)

    def _try(self, take: _Take) -> bool:
        """Whether a chunk was begun, after which there may be more to do at once."""
        try:
            return not take.lost and self._advance(take)
        except Exception as error:  # noqa: BLE001 - the worker waits for this thread: it must live on
            # The road will meet the same failure, with the user's attention.
            log.info("nothing is decoded ahead: %r", error)
            take.lost = True
            return False

    def _handle(self, item: tuple[int, bytes | None] | _Take) -> None:
        if isinstance(item, _Take):
            self._take = item
            return
        id, samples = item
        take = self._take if self._take and self._take.id == id else None
        if samples is not None:
            if take:
                take.samples += samples
            return
        if (future := self._ended.get(id)) and not future.done():
            future.set_result(_summary(take) if take else Ahead())
        if take:
            self._take = None

    def _advance(self, take: _Take) -> bool:
        engine = self._engine(take.settings)
        if engine is None or not self._follow(engine, take):
            take.lost = True
            return False
        cost = engine.encode_seconds + self._pace * len(take.voice) * WINDOW_SECONDS
        bar = ahead.speaking(take.settings.hearing)
        match ahead.plan(take.voice, take.guessed, cost <= LONGEST_GUESS, bar):
            case ahead.Commit() as job:
                self._commit(engine, take, job)
                return True
            case ahead.Skip(end=end):
                _begin_chunk(take, end)
                return True
            case ahead.Speculate(end=end, last=last):
                verdict, take.guess = self._decode(engine, take, end)
                take.guessed, take.guessed_seconds = last, verdict.speech_seconds
        return False

    def _follow(self, engine: Engine, take: _Take) -> bool:
        """Hear the voice in what is new; False when the engine has forgotten how it began."""
        heard = len(take.voice) * WINDOW_BYTES
        fresh = (len(take.samples) - heard) // WINDOW_BYTES * WINDOW_BYTES
        # Fewer than three windows at a time would cost more in messages than in listening.
        if fresh >= 3 * WINDOW_BYTES:
            voice = engine.follow(take.id, bytes(take.samples[heard : heard + fresh]))
            if voice is None:
                return False
            take.voice += voice
        return True

    def _commit(self, engine: Engine, take: _Take, job: ahead.Commit) -> None:
        if take.guess and take.guessed == job.last:
            heard: Transcript | None = take.guess
            verdict = self._judge(engine, take, bytes(take.samples[: job.end * WINDOW_BYTES]))
        else:
            verdict, heard = self._decode(engine, take, job.end)
        if heard and heard.text.strip():
            if job.breathless:
                heard = replace(heard, text=chunks.unended(heard.text))
            take.texts.append(heard)
            take.speech_seconds += verdict.speech_seconds
            self._tell(Progress(take.id, chunks.join([each.text for each in take.texts])))
            self._committed(take.id, len(take.texts) - 1, heard)
        _begin_chunk(take, job.end)

    def _judge(self, engine: Engine, take: _Take, chunk: bytes) -> Verdict:
        hearing = take.settings.hearing
        return gate.judge(engine.measure(chunk), hearing.gate, hearing.quiet_voice)

    def _decode(self, engine: Engine, take: _Take, end: int) -> tuple[Verdict, Transcript | None]:
        """Every chunk passes the gate on its own, and its decode is what the road would have made of it."""
        chunk = bytes(take.samples[: end * WINDOW_BYTES])
        verdict = self._judge(engine, take, chunk)
        if verdict.kind == "reject":
            return verdict, None
        first, last = (round(edge * RATE) * SAMPLE_BYTES for edge in (verdict.start, verdict.end))
        began = time.monotonic()
        settings = take.settings
        heard = hear(engine, chunk[first:last], verdict, settings.hearing.language, lambda: self._hints(settings))
        # Half of the old value: one decode that had to queue must not end guessing.
        extra = max(0.0, time.monotonic() - began - engine.encode_seconds)
        self._pace = (self._pace + extra / max(1.0, verdict.end - verdict.start)) / 2
        kept, nobody = phantoms.sift(heard, verdict)
        return verdict, None if nobody or gate.confirm(verdict, heard) else kept


def _begin_chunk(take: _Take, end: int) -> None:
    del take.samples[: end * WINDOW_BYTES]
    del take.voice[:end]
    take.done += end
    take.guess = take.guessed = None


def _summary(take: _Take) -> Ahead:
    bar = ahead.speaking(take.settings.hearing)
    if take.guess and take.guessed is not None and (cut := ahead.settle(take.voice, take.guessed, bar)) is not None:
        # The wait is for the words since the last pause, however short it was.
        take.texts.append(take.guess)
        take.speech_seconds += take.guessed_seconds
        _begin_chunk(take, cut)
    done = take.done * WINDOW_SECONDS
    return Ahead(tuple(take.texts), done, take.speech_seconds, take.guess, take.guessed or 0)
