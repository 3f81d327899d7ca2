"""Whether everything that was said is explained by words: the voiced stretches in which no word begins.

A recogniser ends early where the language changes or a pause is long, and says nothing of it; but where its words lie
in the sound is known, and so is where somebody spoke. ``models/gate/fit_coverage.py`` measures the bars.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from dictation.core.evidence import WINDOW_SECONDS, HeardWord

VOICED = 0.5
"""Speech probability of a window in which somebody speaks for sure."""

LONGEST = 0.9
"""Seconds of voice between the beginnings of two words: of 73 sentences heard right one in ten has more, of those that
lost a third of their words three in four. It costs a decode in the larger window."""

TOLD = 1.5
"""Seconds of voice without a word, from which on a clause is missing and not a word, and the user is told. None of
those sentences has so much (1.2 at most), and of those that lost their last word one in sixty."""

SYLLABLE_SECONDS = 0.3
"""What a syllable of slow speech takes: a word of many may go on for longer than ``LONGEST``."""

QUICK_SYLLABLE_SECONDS = 0.14
"""What a syllable of quick speech takes at least: so much of the voice is explained without a look at the places."""

PAUSE = 0.35
"""Speech probability under which nobody speaks."""

SHORTEST_PAUSE = 3
"""Windows (80 ms and more), longer than a mouth is closed within a word."""


REACH, COMMA = 12, 6
"""Windows before a word in which a pause is looked for, and how long one is that is written as a comma (0.2 s)."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a piece in which no word begins, though somebody speaks for ``voiced`` seconds of it.

    ``first`` and ``last`` are the numbers of the words before and after it (-1, or as many as there are words).
    """

    start: float
    end: float
    voiced: float
    first: int
    last: int


def plausible(syllables: int, voice: Sequence[float]) -> bool:
    """Whether so many syllables fill the voiced windows so well that no clause can be missing."""
    return voiced(voice) - QUICK_SYLLABLE_SECONDS * syllables < LONGEST


def voiced(voice: Sequence[float]) -> float:
    """Seconds of voice."""
    return WINDOW_SECONDS * sum(chance >= VOICED for chance in voice)


def gaps(words: Sequence[HeardWord], voice: Sequence[float], counts: Sequence[int]) -> tuple[Gap, ...]:
    """The stretches of a piece that no word explains. ``voice`` is one probability per window of it from its start.

    ``counts`` are the syllables of the words.
    """
    seconds = len(voice) * WINDOW_SECONDS
    edges = [0.0, *(word.start for word in words), seconds]
    found = []
    for number, (start, end) in enumerate(itertools.pairwise(edges)):
        low, high = round(start / WINDOW_SECONDS), round(end / WINDOW_SECONDS)
        spoken = voiced(voice[low:high])
        allowed = max(LONGEST, SYLLABLE_SECONDS * counts[number - 1]) if number else LONGEST
        if spoken > allowed:
            found.append(Gap(start, end, spoken, number - 1, number))
    return tuple(found)


def nothing_said(voice: Sequence[float]) -> tuple[Gap, ...]:
    """The stretches of a piece without words."""
    return gaps((), voice, ())


def told(gaps: Sequence[Gap]) -> tuple[tuple[float, float], ...]:
    """Start and end of those that the user is told of."""
    return tuple((round(gap.start, 3), round(gap.end, 3)) for gap in gaps if gap.voiced >= TOLD)


def cuts(gap: Gap, voice: Sequence[float], count: int) -> tuple[float, ...]:
    """Where to divide a piece of ``count`` words so that what is in ``gap`` stands alone: one place or two, in seconds.

    Each is the middle of a pause: the first after the word before the gap, and the last before the word after it; where
    there is none, the least voiced window.
    """
    low, high = round(gap.start / WINDOW_SECONDS), min(len(voice), round(gap.end / WINDOW_SECONDS))
    pauses = _pauses(voice, low, high)
    places = set[int]()
    if gap.first >= 0:
        places.add(pauses[0] if pauses else _weakest(voice, low, (low + high) // 2))
    if gap.last < count:
        places.add(pauses[-1] if pauses else _weakest(voice, (low + high) // 2, high))
    return tuple(place * WINDOW_SECONDS for place in sorted(places) if 0 < place < len(voice))


def pause_before(word: HeardWord, voice: Sequence[float]) -> bool:
    """Whether somebody was silent for a while right before ``word``, or within its beginning."""
    at = round(word.start / WINDOW_SECONDS)
    run = longest = 0
    for chance in voice[max(0, at - REACH) : at + REACH // 2]:
        run = run + 1 if chance < PAUSE else 0
        longest = max(longest, run)
    return longest >= COMMA


def _pauses(voice: Sequence[float], low: int, high: int) -> list[int]:
    """The middles of the pauses from window ``low`` to ``high`` that have voice on both sides of them."""
    middles, began = [], None
    for index in range(low, high):
        if voice[index] < PAUSE:
            began = index if began is None else began
        elif began is not None:
            if index - began >= SHORTEST_PAUSE and voiced(voice[low:began]) > 0:
                middles.append((began + index) // 2)
            began = None
    return middles


def _weakest(voice: Sequence[float], low: int, high: int) -> int:
    return min(range(low, max(low + 1, high)), key=lambda index: voice[index] if index < len(voice) else 0.0)
