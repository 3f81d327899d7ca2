"""How alike two written texts sound, and which words of a text sound most like a given one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.sounds.align import distance
from dictation.language.terms.sounds.phones import of_syllable

_TOKEN = re.compile(r"[A-Za-z]+|\d|[\u3400-\u9fff]")
_WIDEST = 12
"""Words or characters of a stretch that is compared: the longest attested mishearing of one term has nine."""


@dataclass(frozen=True, slots=True)
class SoundSpan:
    """Characters ``start`` to ``end`` of a text, and how far the sound is apart, for each phone that is wanted."""

    start: int
    end: int
    apart: float


def sound(text: str) -> str:
    """Phones of ``text``, Latin words and Chinese characters alike; what cannot be said is left out."""
    return "".join(_phones(token) for token in _TOKEN.findall(text))


def most_alike(text: str, wanted: str) -> SoundSpan | None:
    """The stretch of whole words of ``text`` that sounds most like ``wanted``; None where nothing can be compared."""
    said = sound(wanted)
    tokens = [(match.start(), match.end(), _phones(match[0])) for match in _TOKEN.finditer(text)]
    best: SoundSpan | None = None
    for first, (start, _, _) in enumerate(tokens):
        heard = ""
        for _, end, phones in tokens[first : first + _WIDEST]:
            heard += phones
            if not said or not heard:
                continue
            apart = distance(said, heard) / len(said)
            if best is None or apart < best.apart:
                best = SoundSpan(start, end, apart)
    return best


def _phones(token: str) -> str:
    known = lexicon()
    if token.isascii():
        return known.phones_of(token.lower()) if token.isalpha() else ""
    syllables = known.syllables(token)
    return of_syllable(syllables[0]) if syllables else ""
