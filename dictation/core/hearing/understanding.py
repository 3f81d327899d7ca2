"""What was said in one piece of sound: decoded, weighed against the sound, and looked through for what it left out.

Everything that is spared for speed is kept only where it costs no word: a piece whose words do not explain its voice,
or that the sound hardly speaks for, is decoded again in the whole window, and divided where somebody speaks and no word
is. Where the recogniser cannot weigh, the gate and the known phantoms decide alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dictation.core.errors import EngineError
from dictation.core.evidence import WINDOW_SECONDS
from dictation.core.hearing import chunks, coverage, gate, phantoms, stretches
from dictation.core.ports import Recogniser, Weigher
from dictation.core.types import RATE, SAMPLE_BYTES, Transcript, Verdict, Weight

MOST_HINTS = 40
"""Terms that a recogniser is told; with more it reads them out instead of hearing them."""

SHORTEST_PART = 0.5
"""Seconds: what is divided from a piece is at least so long, for a recogniser makes words of what is shorter."""

FEWEST = 3
"""Syllables that a division must bring: for fewer, a sentence is not torn apart."""

DEEPEST = 2
"""How often a part may be divided again: three languages in one breath."""

Hints = Callable[[], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Sense:
    """What one decode of a piece is worth. ``weight`` is None where nothing had to be decided, or nothing can be."""

    heard: Transcript
    weight: Weight | None = None
    gaps: tuple[coverage.Gap, ...] = ()

    @property
    def unexplained(self) -> float:
        return sum(gap.voiced for gap in self.gaps)


def can_weigh(recogniser: Recogniser) -> bool:
    """Whether the recogniser has the power, and the model that it has loaded too."""
    return isinstance(recogniser, Weigher) and recogniser.weighs


def understand(
    recogniser: Recogniser, samples: bytes, verdict: Verdict, language: str, hints: Hints, gated: bool = True
) -> tuple[Transcript, str | None]:
    """The words in the part of ``samples`` that ``verdict``, the gate's on them, says is worth decoding.

    With them comes the reason to type nothing (phantom, echo, loop, impossible_rate, no_voice), or None; all is kept
    where ``gated`` is False. Times are seconds from the start of ``samples``. Raises EngineError.
    """
    piece = samples[_offset(verdict.start) : _offset(verdict.end)]
    if not (isinstance(recogniser, Weigher) and recogniser.weighs):
        heard = hear(recogniser, piece, verdict, language, hints)
        reason = _doubted(heard, verdict) if gated else None
        kept = phantoms.sift(heard, verdict)[0] if gated and not reason else heard
        return chunks.later(kept, verdict.start), reason
    voice = _slice(verdict.voice, verdict.start, verdict.end)
    ear = _Ear(recogniser, verdict, hints, gated)
    heard, reason = ear.understand(piece, voice, language)
    return chunks.later(heard, verdict.start), reason


def hear(recogniser: Recogniser, samples: bytes, verdict: Verdict, language: str, hints: Hints) -> Transcript:
    """Decode one piece: with hints only where somebody speaks for sure, and without them where they are read out.

    An echo of the hints can hide what was really said, and a decode that ran into its limit may be of their making.
    Raises EngineError.
    """
    given = tuple(hints())[:MOST_HINTS] if verdict.kind == "accept" else ()
    heard = recogniser.transcribe(samples, language, given)
    if given and (phantoms.echoes(heard.text, given) or _cut(heard)):
        return recogniser.transcribe(samples, language)
    return heard


def support_of(recogniser: Recogniser, transcript: Transcript) -> float | None:
    """How much the sound speaks for what was heard, in nats per token; pieces that nothing depended on are weighed now.

    None where that cannot be known; never raises.
    """
    if not isinstance(recogniser, Weigher) or not recogniser.weighs:
        return None
    spans = []
    for span in transcript.spans:
        if span.support is None:
            try:
                weights = recogniser.weigh(span.piece, [span.text])
            except EngineError:
                return None  # the text is where it belongs; the figure is not worth a word of complaint
            span = replace(span, support=weights[0].support, tokens=weights[0].tokens) if weights else span
        spans.append(span)
    return replace(transcript, spans=tuple(spans)).support


def _doubted(heard: Transcript, verdict: Verdict) -> str | None:
    """Why nothing of what was decoded counts, by what the gate and the lists know."""
    return gate.confirm(verdict, heard) or phantoms.sift(heard, verdict)[1]


@dataclass(frozen=True, slots=True)
class _Ear:
    """A recogniser that can weigh, and what is known of the sound it is asked about."""

    recogniser: Weigher
    verdict: Verdict
    hints: Hints
    gated: bool

    def understand(self, samples: bytes, voice: Sequence[float], language: str) -> tuple[Transcript, str | None]:
        sure = self.verdict.kind == "accept"
        sense = self._first(samples, voice, language)
        if sure and _open(language) == "auto":
            sense = self._by_language(sense, voice)
        # What was heard well is not decoded again where a clause is lost: a larger window brings none back.
        lost = sure and stretches.clause_lost(sense.gaps) and self._supported(sense)
        worth = sure or self.verdict.voiced >= gate.ACCEPT
        if worth and not lost and (sense.gaps or not self._supported(sense)):
            sense = _better(sense, self._otherwise(sense, samples, voice, language))
        if not self._supported(sense):
            return self._refused(sense, voice)
        if sure and stretches.clause_lost(sense.gaps):
            return self._divided(sense, samples, voice, language, DEEPEST), None
        return self._finished(sense, voice), None

    def _given(self) -> tuple[str, ...]:
        return tuple(self.hints())[:MOST_HINTS] if self.verdict.kind == "accept" else ()

    def _first(self, samples: bytes, voice: Sequence[float], language: str) -> _Sense:
        """One decode, weighed where something is to be decided. What may be noise is encoded once, and wholly."""
        if self.verdict.kind != "accept":
            return self._weighed(self.recogniser.transcribe_whole(samples, language), voice)
        given = self._given()
        heard = self.recogniser.transcribe(samples, language, given)
        if _cut(heard) or (given and phantoms.echoes(heard.text, given)):
            bare = self.recogniser.again(_piece(heard)) or self.recogniser.transcribe(samples, language)
            heard = heard if _cut(bare) else bare
        if self._plain(heard, voice):
            return _Sense(heard)
        return self._weighed(heard, voice)

    def _otherwise(self, sense: _Sense, samples: bytes, voice: Sequence[float], language: str) -> _Sense:
        """The piece in the other window than the one that left a doubt; the same where there is no better one."""
        if any(span.short for span in sense.heard.spans):
            sure = self.verdict.kind == "accept"
            heard = self.recogniser.transcribe_whole(samples, language, self._given(), styled=sure)
        elif self._supported(sense):
            return sense
        else:
            heard = self.recogniser.transcribe_short(samples, language, self._given())
        return self._weighed(heard, voice)

    def _by_language(self, sense: _Sense, voice: Sequence[float]) -> _Sense:
        """Heard in the language that the sound speaks for more, where it hardly speaks for the one that was taken."""
        if not sense.weight or sense.weight.support >= gate.WORD_SUPPORT or not self._supported(sense):
            return sense
        heard = self.recogniser.again(_piece(sense.heard), "en" if sense.heard.language == "zh" else "zh")
        return max(sense, self._weighed(heard, voice), key=_support) if heard else sense

    def _plain(self, heard: Transcript, voice: Sequence[float]) -> bool:
        """Whether nothing speaks against ``heard``: sure words to the end, that fill the voice, and no phantom."""
        return (
            bool(heard.text.strip())
            and not _cut(heard)
            and all(span.logprob >= gate.SURE_LOGPROB for span in heard.spans)
            and coverage.plausible(phantoms.syllables(heard.text), voice)
            and phantoms.sift(heard, self.verdict) == (heard, None)
            and not chunks.blanks(heard.text)
        )

    def _weighed(self, heard: Transcript, voice: Sequence[float]) -> _Sense:
        if not heard.text.strip():
            return _Sense(heard, None, coverage.nothing_said(voice))
        weights = self.recogniser.weigh(_piece(heard), [heard.text], heard.language)
        if not weights:
            return _Sense(heard)
        gaps = stretches.gaps(weights[0].words, voice)
        spans = tuple(replace(span, support=weights[0].support, tokens=weights[0].tokens) for span in heard.spans)
        return _Sense(replace(heard, spans=spans), weights[0], gaps)

    def _supported(self, sense: _Sense) -> bool:
        if not sense.heard.text.strip():
            return False
        if sense.weight is None:
            return _doubted(sense.heard, self.verdict) is None
        return gate.supported(self.verdict, sense.heard, sense.weight)

    def _refused(self, sense: _Sense, voice: Sequence[float]) -> tuple[Transcript, str | None]:
        """Nothing counts; somebody may have spoken all the same, which is told."""
        lost = coverage.told(coverage.nothing_said(voice)) if self.verdict.kind == "accept" else ()
        heard = replace(sense.heard, unexplained=lost)
        if not self.gated:
            return heard, None
        reason = phantoms.sift(heard, self.verdict)[1] if heard.text.strip() else None
        return heard, reason or "no_voice"

    def _divided(self, sense: _Sense, samples: bytes, voice: Sequence[float], language: str, depth: int) -> Transcript:
        """The piece in parts, each with what is said in it, if that explains more of the voice than the whole did."""
        whole = self._finished(sense, voice)
        parts = []
        for start, end in itertools.pairwise(_edges(sense, voice)):
            sound, inside = samples[_offset(start) : _offset(end)], _slice(voice, start, end)
            if coverage.voiced(inside):
                part = self._part(sense, sound, inside, language, start)
                parts.append(chunks.later(self._said_in(part, sound, inside, language, depth), start))
        joined = chunks.rejoined(parts)
        left = sum(coverage.voiced(_slice(voice, *each)) for each in joined.unexplained)
        more = stretches.syllables(joined.text) - stretches.syllables(whole.text)
        return joined if left < sense.unexplained and more >= FEWEST else whole

    def _said_in(self, part: _Sense, sound: bytes, voice: Sequence[float], language: str, depth: int) -> Transcript:
        """What is written of a part: nothing without support, and more parts where a clause is lost."""
        if not self._supported(part):
            return Transcript("", part.heard.language, unexplained=coverage.told(coverage.nothing_said(voice)))
        if stretches.clause_lost(part.gaps) and depth > 1:
            return self._divided(part, sound, voice, language, depth - 1)
        return self._finished(part, voice)

    def _part(self, sense: _Sense, sound: bytes, voice: Sequence[float], language: str, start: float) -> _Sense:
        """What is said in ``sound``, which begins at ``start`` of ``sense``: known from that, or decoded on its own."""
        known = stretches.part(sense.heard, sense.weight, start, start + len(voice) * WINDOW_SECONDS)
        first = _Sense(*known) if known and not stretches.gaps(known[1].words, voice) else None
        if first and first.weight and first.weight.support >= stretches.SURE_SUPPORT:
            return first
        part = self._weighed(self.recogniser.transcribe(sound, _open(language)), voice)
        least = first.weight.support if first and first.weight else stretches.LEAST_SUPPORT
        told = part.weight and part.weight.heard >= gate.UNSURE_LOGPROB * part.weight.tokens
        if part.heard.language == sense.heard.language or (told and part.weight and part.weight.support > least):
            return part
        return first or _Sense(Transcript("", part.heard.language), None, coverage.nothing_said(voice))

    def _finished(self, sense: _Sense, voice: Sequence[float]) -> Transcript:
        """What is written: without loops and credits that nobody said, and without blanks inside Chinese."""
        heard = replace(sense.heard, unexplained=coverage.told(sense.gaps))
        if sense.weight is None:
            return phantoms.sift(heard, self.verdict)[0]
        kept = phantoms.sift(heard, self.verdict)[0].text
        if kept and kept != heard.text and not self._said(heard, sense.weight, kept):
            heard = replace(heard, text=kept)
        return replace(heard, text=" ".join(stretches.closed(heard.text, sense.weight, voice).split()))

    def _said(self, heard: Transcript, whole: Weight, kept: str) -> bool:
        """Whether the sound speaks for what ``kept`` leaves out of ``heard``."""
        rest = self.recogniser.weigh(_piece(heard), [kept])
        if not rest or whole.tokens <= rest[0].tokens:
            return False
        left_out = (whole.heard - whole.unheard) - (rest[0].heard - rest[0].unheard)
        more = Weight("", left_out, 0.0, whole.tokens - rest[0].tokens)
        return gate.supported(self.verdict, heard, more)


def _edges(sense: _Sense, voice: Sequence[float]) -> tuple[float, ...]:
    """Where the piece is divided, in seconds, with its ends; nothing where a part would be too short to be heard."""
    words = sense.weight.words if sense.weight else ()
    places = sorted({place for gap in sense.gaps for place in coverage.cuts(gap, voice, len(words))})
    edges = (0.0, *places, len(voice) * WINDOW_SECONDS)
    shortest = min(end - start for start, end in itertools.pairwise(edges))
    return edges if places and shortest >= SHORTEST_PART else ()


def _slice(voice: Sequence[float], start: float, end: float) -> Sequence[float]:
    return voice[round(start / WINDOW_SECONDS) : round(end / WINDOW_SECONDS)]


def _open(language: str) -> str:
    return "auto" if language.partition("-")[0] == "auto" else language


def _offset(seconds: float) -> int:
    return round(seconds * RATE) * SAMPLE_BYTES


def _cut(heard: Transcript) -> bool:
    return any(span.cut for span in heard.spans)


def _piece(heard: Transcript) -> int:
    return heard.spans[0].piece if heard.spans else 0


def _better(one: _Sense, other: _Sense) -> _Sense:
    """What explains more of the voice; where both explain the same, what the sound supports more."""
    return max(one, other, key=lambda each: (-each.unexplained, _support(each)))


def _support(sense: _Sense) -> float:
    return sense.weight.support if sense.weight else 0.0
