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
from dictation.core.pipeline import hear, leaning
from dictation.core.ports import Listener, Recogniser
from dictation.core.settings import Settings
from dictation.core.types import RATE, SAMPLE_BYTES, WINDOW_SECONDS, Ahead, Transcript, Verdict

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
    still: Callable[[], None] | None
    samples: bytearray = field(default_factory=bytearray)  # of the open chunk
    voice: list[float] = field(default_factory=list)  # of the open chunk
    texts: list[Transcript] = field(default_factory=list)
    done: int = 0  # windows before the open chunk
    speech_seconds: float = 0.0
    guessed: int | None = None  # last voiced window of what was guessed at, with words or without
    guess: Transcript | None = None
    verdict: Verdict | None = None  # on what was guessed at
    over: int | None = None  # windows since the key came up
    lost: bool = False  # no more can be decoded ahead; what is known stays true

    @property
    def bar(self) -> float:
        return ahead.speaking(self.settings.hearing)

    def begin_chunk(self, end: int) -> None:
        del self.samples[: end * WINDOW_BYTES]
        del self.voice[:end]
        self.done += end
        self.guess = self.guessed = self.verdict = None


@dataclass(frozen=True, slots=True)
class _More:
    id: int
    samples: bytes


@dataclass(frozen=True, slots=True)
class _Key:
    id: int
    down: bool


@dataclass(frozen=True, slots=True)
class _End:
    id: int


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
        self._inbox: queue.SimpleQueue[_Take | _More | _Key | _End] = queue.SimpleQueue()
        self._ended: dict[int, Future[Ahead]] = {}
        self._take: _Take | None = None
        self._pace = 0.0
        """Seconds of decoding per second of audio, besides encoding."""
        threading.Thread(target=self._loop, name="forerunner", daemon=True).start()

    def begin(self, id: int, settings: Settings, still: Callable[[], None] = lambda: None) -> None:
        """Utterance ``id`` begins. From the conductor's thread; returns at once, as the three below do.

        ``still`` is called at most once, in this thread: something was said, the key is up, and nobody speaks any more.
        """
        self._ended[id] = Future()
        self._inbox.put(_Take(id, settings, still))

    def feed(self, id: int, samples: bytes) -> None:
        """The next samples of utterance ``id``."""
        self._inbox.put(_More(id, samples))

    def key(self, id: int, down: bool) -> None:
        """The key came up, and the recording goes on for a moment only; or it is down again, as that was a repeat."""
        self._inbox.put(_Key(id, down))

    def end(self, id: int) -> None:
        """Nothing more will come of utterance ``id``."""
        self._inbox.put(_End(id))

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
                more = self._take is not None and self._try(self._advance, self._take)

    def _try(self, work: Callable[[Engine, _Take], bool], take: _Take) -> bool:
        """What ``work`` says; False when there is no engine, or it fails."""
        try:
            if not take.lost and (engine := self._engine(take.settings)):
                return work(engine, take)
        except Exception as error:  # noqa: BLE001 - the worker waits for this thread: it must live on
            # The road will meet the same failure, with the user's attention.
            log.info("nothing is decoded ahead: %r", error)
        take.lost = True
        return False

    def _handle(self, item: _Take | _More | _Key | _End) -> None:
        if isinstance(item, _Take):
            self._take = item
            return
        take = self._take if self._take and self._take.id == item.id else None
        match item:
            case _End(id=id):
                if (future := self._ended.get(id)) and not future.done():
                    future.set_result(self._summary(take) if take else Ahead())
                if take:
                    self._take = None
            case _More(samples=samples) if take:
                take.samples += samples
            case _Key(down=down) if take:
                take.over = None if down else 0

    def _advance(self, engine: Engine, take: _Take) -> bool:
        """Do what is to be done now; whether a chunk was begun, after which there may be more to do at once."""
        # Fewer than three windows at a time would cost more in messages than in listening; at the end, time costs more.
        if not self._follow(engine, take, 3 if take.over is None else 1):
            take.lost = True
            return False
        if self._settle(take):
            return True
        self._tell_still(take)
        cost = engine.encode_seconds + self._pace * len(take.voice) * WINDOW_SECONDS
        match ahead.plan(take.voice, take.guessed, cost <= LONGEST_GUESS, take.bar, take.over or 0):
            case ahead.Commit() as job:
                self._commit(engine, take, job)
                return True
            case ahead.Skip(end=end):
                take.begin_chunk(end)
                return True
            case ahead.Speculate(end=end, last=last):
                take.verdict, take.guess = self._decode(engine, take, end)
                take.guessed = last
        return False

    def _tell_still(self, take: _Take) -> None:
        said = take.texts or max(take.voice, default=0.0) >= take.bar
        tail = take.settings.microphone.tail_ms / 1000
        if take.still and take.over and said and ahead.still(take.voice, take.over, tail, take.bar):
            take.still()
            take.still = None

    def _summary(self, take: _Take) -> Ahead:
        """What is known of ``take``, which has ended: the wait is for the words since the last pause, if any."""
        whole = self._try(self._listen_to_the_end, take)
        holds = whole and take.guessed is not None and ahead.covers(take.guessed, take.voice, take.bar)
        return Ahead(
            tuple(take.texts), take.done * WINDOW_SECONDS, take.speech_seconds, take.guess, take.guessed or 0,
            take.verdict if holds and take.guess else None,
        )  # fmt: skip

    def _listen_to_the_end(self, engine: Engine, take: _Take) -> bool:
        whole = self._follow(engine, take, 1)
        self._settle(take)
        return whole

    def _follow(self, engine: Engine, take: _Take, least: int) -> bool:
        """Hear the voice in what is new, of so many windows; False when the engine has forgotten how it began."""
        heard = len(take.voice) * WINDOW_BYTES
        fresh = (len(take.samples) - heard) // WINDOW_BYTES
        if fresh >= least:
            voice = engine.follow(take.id, bytes(take.samples[heard : heard + fresh * WINDOW_BYTES]))
            if voice is None:
                return False
            take.voice += voice
            if take.over is not None:
                take.over += fresh
        return True

    def _settle(self, take: _Take) -> bool:
        """Whether a guess, after which more was said, is now a chunk."""
        if take.guess is None or take.guessed is None or take.verdict is None:
            return False
        if (cut := ahead.settle(take.voice, take.guessed, take.bar)) is None:
            return False
        self._keep(take, replace(take.guess, text=chunks.eased(take.guess.text)), take.verdict)
        take.begin_chunk(cut)
        return True

    def _commit(self, engine: Engine, take: _Take, job: ahead.Commit) -> None:
        verdict, heard = take.verdict, take.guess
        if not heard or not verdict or take.guessed != job.last:
            verdict, heard = self._decode(engine, take, job.end)
        if heard and heard.text.strip():
            if job.breathless:
                heard = replace(heard, text=chunks.unended(heard.text))
            self._keep(take, heard, verdict)
        take.begin_chunk(job.end)

    def _keep(self, take: _Take, heard: Transcript, verdict: Verdict) -> None:
        take.texts.append(heard)
        take.speech_seconds += verdict.speech_seconds
        self._tell(Progress(take.id, chunks.join([each.text for each in take.texts])))
        self._committed(take.id, len(take.texts) - 1, heard)

    def _decode(self, engine: Engine, take: _Take, end: int) -> tuple[Verdict, Transcript | None]:
        """Every chunk passes the gate on its own, and its decode is what the road would have made of it."""
        chunk, hearing = bytes(take.samples[: end * WINDOW_BYTES]), take.settings.hearing
        verdict = gate.judge(engine.measure(chunk), hearing.gate, hearing.quiet_voice)
        if verdict.kind == "reject":
            return verdict, None
        first, last = (round(edge * RATE) * SAMPLE_BYTES for edge in (verdict.start, verdict.end))
        began = time.monotonic()
        settings = take.settings
        language = leaning(hearing.language, take.texts)
        heard = hear(engine, chunk[first:last], verdict, language, lambda: self._hints(settings))
        # Half of the old value: one decode that had to queue must not end guessing.
        extra = max(0.0, time.monotonic() - began - engine.encode_seconds)
        self._pace = (self._pace + extra / max(1.0, verdict.end - verdict.start)) / 2
        kept, nobody = phantoms.sift(heard, verdict)
        return verdict, None if nobody or gate.confirm(verdict, heard) else kept
