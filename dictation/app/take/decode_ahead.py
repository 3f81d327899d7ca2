"""The thread that decodes what is already said while the key is still down, as `core.ahead` decides."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from dictation.app.take.take import Take
from dictation.core.hearing import ahead, chunks, gate
from dictation.core.hearing.understanding import can_weigh, understand
from dictation.core.ports import Listener, Recogniser
from dictation.core.settings import Settings
from dictation.core.types import RATE, SAMPLE_BYTES, WINDOW_SECONDS, Ahead, Target, Transcript, Verdict

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
class _Following:
    take: Take
    still: Callable[[], None] | None
    samples: bytearray = field(default_factory=bytearray)  # of the open chunk
    voice: list[float] = field(default_factory=list)  # of the open chunk
    texts: list[Transcript] = field(default_factory=list)
    unexplained: list[tuple[float, float]] = field(default_factory=list)  # of chunks without words
    done: int = 0  # windows before the open chunk
    looked: int = 0  # windows of the open chunk that were looked at
    speech_seconds: float = 0.0
    guessed: int | None = None  # last voiced window of what was guessed at, with words or without
    guess: Transcript | None = None
    verdict: Verdict | None = None  # on what was guessed at
    silent: str | None = None  # why the guess does not count
    over: int | None = None  # windows since the key came up
    lost: bool = False  # no more can be decoded ahead; what is known stays true

    @property
    def bar(self) -> float:
        return ahead.speaking(self.take.settings.hearing)

    def begin_chunk(self, end: int) -> None:
        del self.samples[: end * WINDOW_BYTES]
        del self.voice[:end]
        self.done += end
        self.looked = 0
        self.guess = self.guessed = self.verdict = self.silent = None


@dataclass(frozen=True, slots=True)
class _More:
    take: Take
    samples: bytes


@dataclass(frozen=True, slots=True)
class _Key:
    take: Take
    down: bool


@dataclass(frozen=True, slots=True)
class _End:
    take: Take
    decoded: Future[Ahead] | None


class DecodeAhead:
    """One thread for the life of the app. Everything is optional: what it does not get done is decoded at the end."""

    def __init__(
        self,
        engine: Callable[[Settings], Engine | None],
        tell: Callable[[Take, str], None] = lambda _take, _text: None,
        hints: Callable[[Settings, Target], Sequence[str]] = lambda _settings, _target: (),
        committed: Callable[[Take, int, Transcript], None] = lambda _take, _number, _heard: None,
    ) -> None:
        """``engine`` gives the engine for these settings, None when nothing can be decoded ahead.

        ``tell`` hears all the words so far at every commit and every guess (what would be typed if no more were said),
        ``committed`` of every chunk with speech: the utterance, its number in it from 0, and its words; both in
        this thread. ``hints`` are terms that the recogniser should know, under these settings, where the words are for
        this window.
        """
        self._engine, self._tell, self._hints, self._committed = engine, tell, hints, committed
        self._inbox: queue.SimpleQueue[_Following | _More | _Key | _End] = queue.SimpleQueue()
        self._now: _Following | None = None
        self._pace = 0.0
        """Seconds of decoding per second of audio, besides encoding."""
        threading.Thread(target=self._loop, name="decode-ahead", daemon=True).start()

    def begin(self, take: Take, still: Callable[[], None] = lambda: None) -> None:
        """An utterance begins. From the recorder's thread; returns at once, as the three below do.

        ``still`` is called at most once, in this thread: something was said, the key is up, and nobody speaks any more.
        What is decoded by the end is ``take.decoded``.
        """
        take.decoded = Future()
        self._inbox.put(_Following(take, still))

    def feed(self, take: Take, samples: bytes) -> None:
        """The next samples of ``take``."""
        self._inbox.put(_More(take, samples))

    def key(self, take: Take, down: bool) -> None:
        """The key came up, and the recording goes on for a moment only; or it is down again, as that was a repeat."""
        self._inbox.put(_Key(take, down))

    def end(self, take: Take) -> None:
        """Nothing more will come of ``take``."""
        self._inbox.put(_End(take, take.decoded))

    def drop(self, take: Take) -> None:
        """``take`` was cancelled."""
        self.end(take)

    def _loop(self) -> None:
        while True:
            self._handle(self._inbox.get())
            more = True
            while more:
                # All that has come meanwhile is taken in before the next decision, above all the end.
                while not self._inbox.empty():
                    self._handle(self._inbox.get())
                more = self._now is not None and self._try(self._advance, self._now)

    def _try(self, work: Callable[[Engine, _Following], bool], now: _Following) -> bool:
        """What ``work`` says; False when there is no engine, or it fails."""
        try:
            if not now.lost and (engine := self._engine(now.take.settings)):
                return work(engine, now)
        except Exception as error:  # noqa: BLE001 - the finisher waits for this thread: it must live on
            # The pipeline will meet the same failure, with the user's attention.
            log.info("nothing is decoded ahead: %r", error)
        now.lost = True
        return False

    def _handle(self, item: _Following | _More | _Key | _End) -> None:
        if isinstance(item, _Following):
            self._now = item
            return
        now = self._now if self._now and self._now.take is item.take else None
        match item:
            case _End(take=take, decoded=decoded):
                self._settle(now if not take.cancelled else None, decoded)
                self._now = None if now else self._now
            case _More(samples=samples) if now:
                now.samples += samples
            case _Key(down=down) if now:
                now.over = None if down else 0

    def _settle(self, now: _Following | None, decoded: Future[Ahead] | None) -> None:
        """Tell who waits what is known, if there is anything."""
        if decoded and not decoded.done():
            decoded.set_result(self._summary(now) if now else Ahead())

    def _advance(self, engine: Engine, now: _Following) -> bool:
        """Do what is to be done now; whether a chunk was begun, after which there may be more to do at once."""
        # Fewer than three windows at a time would cost more in messages than in listening; at the end, time costs more.
        if not self._follow(engine, now, 3 if now.over is None else 1):
            now.lost = True
            return False
        if self._cut(engine, now):
            return True
        self._tell_still(now)
        job = self._plan(engine, now, len(now.voice))
        if isinstance(job, ahead.Speculate):
            now.verdict, now.guess, now.silent = self._decode(engine, now, ahead.worth(job.last, len(now.voice)))
            now.guessed = job.last
            if now.guess and not now.silent:
                self._show(now, now.guess)
        return False

    def _plan(self, engine: Engine, now: _Following, count: int) -> ahead.Job | None:
        cost = engine.encode_seconds + self._pace * len(now.voice) * WINDOW_SECONDS
        return ahead.plan(now.voice[:count], now.guessed, cost <= LONGEST_GUESS, now.bar)

    def _cut(self, engine: Engine, now: _Following) -> bool:
        """Go window by window through what is new; whether a chunk was begun. Where depends on the voice alone."""
        for count in range(now.looked + 1, len(now.voice) + 1):
            now.looked = count
            match self._plan(engine, now, count):
                case ahead.Commit() as job:
                    self._commit(engine, now, job)
                    return True
                case ahead.Skip(end=end):
                    now.begin_chunk(end)
                    return True
        return False

    def _tell_still(self, now: _Following) -> None:
        said = now.texts or max(now.voice, default=0.0) >= now.bar
        tail = now.take.settings.microphone.tail_ms / 1000
        if now.still and now.over and said and ahead.still(now.voice, now.over, tail, now.bar):
            now.still()
            now.still = None

    def _summary(self, now: _Following) -> Ahead:
        """What is known of ``now``, which has ended: the wait is for the words since the last pause, if any."""
        whole = self._try(self._listen_to_the_end, now)
        last = ahead.last_voiced(now.voice, now.bar)
        holds = whole and now.guessed is not None and last == now.guessed
        end = None if not whole or last is None else now.done + ahead.worth(last, len(now.voice))
        # A guess at nothing is known as such only where it holds.
        guess = now.guess if holds or not now.silent else None
        return Ahead(
            tuple(now.texts), now.done * WINDOW_SECONDS, now.speech_seconds, guess, now.guessed or 0,
            now.verdict if holds and guess else None, silent=now.silent if guess else None,
            end=None if end is None else end * WINDOW_SECONDS, unexplained=tuple(now.unexplained),
        )  # fmt: skip

    def _listen_to_the_end(self, engine: Engine, now: _Following) -> bool:
        whole = self._follow(engine, now, 1)
        while whole and self._cut(engine, now):
            pass
        return whole

    def _follow(self, engine: Engine, now: _Following, least: int) -> bool:
        """Hear the voice in what is new, of so many windows; False when the engine has forgotten how it began."""
        heard = len(now.voice) * WINDOW_BYTES
        fresh = (len(now.samples) - heard) // WINDOW_BYTES
        if fresh >= least:
            voice = engine.follow(now.take.id, bytes(now.samples[heard : heard + fresh * WINDOW_BYTES]))
            if voice is None:
                return False
            now.voice += voice
            if now.over is not None:
                now.over += fresh
        return True

    def _commit(self, engine: Engine, now: _Following, job: ahead.Commit) -> None:
        verdict, heard, silent = now.verdict, now.guess, now.silent
        if not verdict or now.guessed != job.last:
            end = job.end if job.breathless else ahead.worth(job.last, len(now.voice))
            verdict, heard, silent = self._decode(engine, now, end)
        if heard and heard.text.strip() and not silent:
            text = chunks.unended(heard.text) if job.breathless else heard.text
            self._keep(now, replace(heard, text=chunks.eased(text) if job.eased else text), verdict)
        elif heard:
            now.unexplained += heard.unexplained
        now.begin_chunk(job.end)

    def _keep(self, now: _Following, heard: Transcript, verdict: Verdict) -> None:
        now.texts.append(heard)
        now.speech_seconds += verdict.speech_seconds
        self._show(now)
        self._committed(now.take, len(now.texts) - 1, heard)

    def _show(self, now: _Following, *guessed: Transcript) -> None:
        """Tell all the words so far."""
        self._tell(now.take, chunks.join([each.text for each in (*now.texts, *guessed)]))

    def _decode(self, engine: Engine, now: _Following, end: int) -> tuple[Verdict, Transcript | None, str | None]:
        """Every chunk passes the gate on its own, and its decode is what the pipeline would have made of it.

        Times are seconds from the start of the utterance; the last is the reason if nobody said anything.
        """
        chunk, hearing = bytes(now.samples[: end * WINDOW_BYTES]), now.take.settings.hearing
        verdict = gate.judge(engine.measure(chunk), hearing.gate, hearing.quiet_voice, can_weigh(engine))
        if verdict.kind == "reject":
            return verdict, None, verdict.reason
        began = time.monotonic()
        take, language = now.take, chunks.leaning(hearing.language, now.texts)
        hints = partial(self._hints, take.settings, take.target)
        heard, silent = understand(engine, chunk, verdict, language, hints)
        # Half of the old value: one decode that had to queue must not end guessing.
        extra = max(0.0, time.monotonic() - began - engine.encode_seconds)
        self._pace = (self._pace + extra / max(1.0, verdict.end - verdict.start)) / 2
        return verdict, chunks.later(heard, now.done * WINDOW_SECONDS), silent
