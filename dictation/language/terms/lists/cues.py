"""Signs of developer talk: words that say that the sentence is about software, and how much each says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dictation.language.terms.lists.packed import data

_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Cue:
    """A sign at ``start`` to ``end`` of the text."""

    start: int
    end: int
    weight: float
    word: str


@cache
def weights() -> dict[str, float]:
    """Weight of every cue word, lower case."""
    text = data("cues.txt").decode("utf-8")
    found: dict[str, float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            weight, *words = line.split()
            found |= dict.fromkeys(words, float(weight))
    return found


def chinese_cues(text: str, start: int, end: int) -> list[Cue]:
    """Cues in a run of Chinese characters, the longest at each place."""
    table = weights()
    found = []
    at = start
    while at < end:
        for size in range(min(_LONGEST, end - at), 0, -1):
            word = text[at : at + size]
            weight = table.get(word)
            if weight is not None:
                found.append(Cue(at, at + size, weight, word))
                at += size - 1
                break
        at += 1
    return found


def talk(text: str) -> float:
    """How much a whole text sounds like developer talk, see ``strength``."""
    cues = chinese_cues(text, 0, len(text))
    cues += [Cue(0, 0, weight_of(word), word) for word in re.findall("[a-z]+", text.lower())]
    return strength(cues, 0, 0)


def weight_of(word: str) -> float:
    """Weight of a lower-case Latin word; 0 if it is no sign."""
    return weights().get(word, 0.0)


def strength(cues: list[Cue], start: int, end: int) -> float:
    """How much the cues outside ``start`` to ``end`` say together; each word counts once, and 3 is all there is."""
    said: dict[str, float] = {}
    for cue in cues:
        if cue.end <= start or cue.start >= end:
            said[cue.word] = max(cue.weight, said.get(cue.word, 0.0))
    return min(3.0, sum(said.values()))
