"""Which words of two hearings of one sound stay: stretch by stretch the one that sound and sentence speak for.

The first hearing is plain, the second was made with hints: terms that sound like what was heard. What both have alike
is kept. Where they differ, the second is taken although the recogniser, asked without hints, prefers its first: it is
asked how much less it believes the second (nats, summed over the stretch), and in a developer's sentence that may be
more than in another. The bars were fitted by ``models/heard/fit.py``, whose README says on what and how well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dictation.core.evidence import HeardWord, Weight
from dictation.core.hearing.phantoms import syllables

Listed = Callable[[str], bool]
"""Whether a word, or some words without their spaces, in lower case, is a term."""

_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Bars:
    """How many nats less likely a second hearing may be: with a term that the first has not, and without."""

    term: float
    other: float


TRADE = Bars(12.0, 12.0)
"""In a sentence with signs of developer talk."""

ORDINARY = Bars(3.0, -2.0)
"""In any other sentence."""

LEAST_SUPPORT = 0.6
"""Of the first hearing's support per token, what the second must have at least; loops and echoes have a tenth."""


LEAST_LEFT = 0.6
"""Of the syllables of the first hearing, what the second must have at least: 抗费大亚姆 has five, config.yaml four."""

LEAST_NEW, NEW_SUPPORT, NEW_HEARD = 3, 3.0, -1.0
"""Where the first hearing has no word at all: the least syllables, and the support and the log probability of each of
their tokens, in nats. One real sentence in twenty has less support; what a prompt puts in front of a sentence ("I'm",
"Um") has two syllables at most."""


@dataclass(frozen=True, slots=True)
class HeardTwice:
    """Words of the first hearing and of the second that stand in the same place; ``alike`` but for marks and case."""

    first: Sequence[HeardWord]
    second: Sequence[HeardWord]
    alike: bool

    @property
    def less(self) -> float:
        """How much less the recogniser believes the second, in nats."""
        return sum(word.heard for word in self.first) - sum(word.heard for word in self.second)


def choose(first: Weight, second: Weight, trade: bool, listed: Listed, marks: bool) -> str:
    """The words that stay, as a text. ``trade``: there are signs of developer talk; ``marks``: what both have alike is
    written as in the second."""
    if second.support < LEAST_SUPPORT * first.support:
        return first.text
    bars = TRADE if trade else ORDINARY
    kept: list[HeardWord] = []
    for stretch in stretches(first.words, second.words):
        if stretch.alike:
            kept += stretch.second if marks else stretch.first
        else:
            kept += stretch.second if taken(stretch, bars, listed) else stretch.first
    return "".join(word.text for word in kept).strip()


def taken(stretch: HeardTwice, bars: Bars, listed: Listed) -> bool:
    """Whether the second hearing of a stretch stays. Words do not vanish, and appear only where the sound has them."""
    before, after = (syllables("".join(word.text for word in words)) for words in (stretch.first, stretch.second))
    if not before and after:
        return after >= LEAST_NEW and _sure(stretch.second)
    if after < LEAST_LEFT * before or not after:
        return False
    return stretch.less <= (bars.term if brings_term(stretch, listed) else bars.other)


def _sure(words: Sequence[HeardWord]) -> bool:
    tokens = sum(word.tokens for word in words)
    support, heard = sum(word.support for word in words), sum(word.heard for word in words)
    return support >= NEW_SUPPORT * tokens and heard >= NEW_HEARD * tokens


def brings_term(stretch: HeardTwice, listed: Listed) -> bool:
    """Whether the second hearing has a term in Latin letters that the first has not."""
    before = "".join(map(_plain, stretch.first))
    words = [_plain(word) for word in stretch.second]
    runs = {"".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, start + 5)}
    return any(_LATIN.fullmatch(run) and run not in before and listed(run) for run in runs if run)


def stretches(first: Sequence[HeardWord], second: Sequence[HeardWord]) -> Iterator[HeardTwice]:
    """Both hearings side by side, in order."""
    one, other = [_plain(word) for word in first], [_plain(word) for word in second]
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield HeardTwice(first[a:b], second[c:d], what == "equal")


def _plain(word: HeardWord) -> str:
    """Letters, digits and characters alone, in lower case."""
    return "".join(each for each in unicodedata.normalize("NFKC", word.text).lower() if each.isalnum())
