"""What one hearing says about a stretch of its piece: the words that begin there, and how much the sound supports them.

So a piece that is divided is decoded again only where its first hearing has no good words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dictation.core.evidence import HeardWord, Weight
from dictation.core.hearing import chunks, coverage, phantoms
from dictation.core.types import Transcript

SURE_SUPPORT = 3.2
"""Nats per token: none of 73 recorded sentences heard right by Whisper base has less (``models/gate/fit_coverage.py``;
the median is 4.8). A stretch that has as much is not decoded again."""

LEAST_SUPPORT = 2.1
"""Nats per token, two thirds of that. A stretch in another language than the piece, where nothing was
heard before, needs so much, and words that are no mere guess (``gate.UNSURE_LOGPROB``): clauses that were there had
-0.5 a token and more, an invented one -1.6."""


def clause_lost(gaps: Sequence[coverage.Gap]) -> bool:
    """Whether so long a voice has no word that a clause is missing, not a word."""
    return any(gap.voiced >= coverage.TOLD for gap in gaps)


def gaps(words: Sequence[HeardWord], voice: Sequence[float]) -> tuple[coverage.Gap, ...]:
    """The stretches of a piece that none of ``words`` explains; ``voice`` is as ``coverage.gaps`` takes it."""
    return coverage.gaps(words, voice, [syllables(word.text) for word in words])


def part(heard: Transcript, weight: Weight | None, start: float, end: float) -> tuple[Transcript, Weight] | None:
    """The words of ``heard`` that begin from ``start`` to ``end``, in seconds, with times from ``start``.

    None where there are none, or where ``weight`` does not tell them apart.
    """
    if weight is None or len(heard.spans) != 1:
        return None
    if "".join(word.text for word in weight.words).strip() != heard.text.strip():
        return None
    words = tuple(
        replace(word, start=word.start - start, end=word.end - start)
        for word in weight.words
        if start <= word.start < end
    )
    if not (text := "".join(word.text for word in words).strip()):
        return None
    own = Weight(text, _sum(words, "heard"), _sum(words, "unheard"), sum(word.tokens for word in words), words)
    span = replace(heard.spans[0], text=text, start=0.0, end=end - start, support=own.support, tokens=own.tokens)
    return replace(heard, text=text, spans=(span,)), own


def _sum(words: Sequence[HeardWord], name: str) -> float:
    return sum(float(getattr(word, name)) for word in words)


def syllables(text: str) -> int:
    """How many syllables it may take to say ``text``: two for a digit, one for each letter of what is spelled."""
    spelled = sum(len(word) for word in text.split() if word.isupper())
    return max(phantoms.syllables(text), spelled + 2 * sum(each.isdigit() for each in text))


def closed(text: str, weight: Weight, voice: Sequence[float]) -> str:
    """``text`` without blanks inside Chinese; where somebody was silent for a while, as ``chunks.closed`` has it."""
    places = chunks.blanks(text)
    if not places:
        return text
    starts, at = {}, 0
    for word in weight.words:
        starts[at] = word
        at += len(word.text)
    joined = "".join(word.text for word in weight.words)
    lead = len(joined) - len(joined.lstrip())
    after = [starts.get(place + lead, starts.get(place + lead + 1)) for place in places]
    return chunks.closed(text, [word is not None and coverage.pause_before(word, voice) for word in after])
