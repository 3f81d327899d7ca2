"""Which terms of a glossary sound like some part of what was heard, however it was written; decides nothing.

A recogniser writes a term that it does not expect as whatever it sounds like: 报错 as 暴躁, DeepSeek as Dipsync,
callback as 靠白. Every term is therefore laid along the sound of the whole text, in the phones of ``phones`` and at
the costs of ``align``, beginning and ending where a character or a word does. All are laid at once, in some 40 ms for
60 phones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from dictation.language.terms.lists.glossary import Entry, builtin
from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.lists.packed import data
from dictation.language.terms.lists.term_index import sound, sounds_of
from dictation.language.terms.sounds import phones
from dictation.language.terms.sounds.align import costs_of_heard, costs_of_term, phones_apart
from dictation.spelled.lazy_regex import late

_TOKEN = late(r"[\u3400-\u9fff]|[A-Za-z]+(?:['’][A-Za-z]+)?|[0-9]")
_LONGEST = 24
"""Phones of a term that are compared; what is longer is known by then."""

_WAYS = 4
"""Ways of saying one term that are looked for."""

_DRIFT = 0.33
"""Distance at which only the drift of a term is the same (see ``align.distance``): from there it is worth nothing."""

_OFTEN = 0.03
"""What a word is worth more for each e-fold of the packages that use it. Of 85 terms in 36 mixed sentences, 22 were
among the twenty nearest of the glossary, 33 with the words of ``said_in_chinese``; 41 were heard right, then 42, and 44
by this; 0.07 is alike, 0.12 is too much (42)."""

_FAR = 99.0
_PHONES = phones.VOWELS | phones.WEAK | frozenset("bpdtgkfvszcxqjmnlrhwy")


class SoundsLike:
    """Terms laid out for comparing them with a sound. Made in half a second; thread-safe."""

    def __init__(self, entries: Iterable[Entry], often: Mapping[str, int] | None = None) -> None:
        """``often``: how many packages use a term (see ``said_in_chinese``)."""
        import numpy as np

        said = [(entry.term, way[:_LONGEST]) for entry in entries for way in _said(entry)[:_WAYS] if way]
        self._terms = [term for term, _ in said]
        counts = [(often or {}).get(term, 0) for term in self._terms]
        self._often = np.array([_OFTEN * math.log1p(count) for count in counts], np.float32)
        alphabet = sorted({phone for _, way in said for phone in way} | _PHONES)
        number = {phone: index for index, phone in enumerate(alphabet)}
        deep, many = max((len(way) for _, way in said), default=0), len(said)
        places = np.zeros((deep, many), np.int16)
        self._lost = np.zeros((deep, many), np.float32)
        self._ends = np.array([len(way) for _, way in said], np.intp)
        self._weights = np.ones(many, np.float32)
        for column, (_, way) in enumerate(said):
            lost, self._weights[column] = costs_of_term(way)
            places[: len(way), column] = [number[phone] for phone in way]
            self._lost[: len(way), column] = lost
        self._apart = {
            other: np.array([phones_apart(phone, other) for phone in alphabet], np.float32)[places]
            for other in alphabet
        }

    def near(self, text: str, most: int) -> list[tuple[str, float]]:
        """At most so many terms, the likeliest first, each with what it is worth: its weight times its nearness, and
        more where it is often said."""
        import numpy as np

        heard, starts, stops = _sound(text)
        if not heard or not self._terms:
            return []
        worth = self._weights * _DRIFT - self._best(heard, starts, stops) + self._often
        found: dict[str, float] = {}
        for index in np.argsort(-worth, kind="stable"):
            if worth[index] <= 0 or len(found) == most:
                break
            found.setdefault(self._terms[index], float(worth[index]))
        return list(found.items())

    def _best(self, heard: str, starts: set[int], stops: set[int]) -> Any:
        """What each way costs where it fits best: the usual table of an edit distance, for all ways at once."""
        import numpy as np

        deep, many = self._lost.shape
        every = np.arange(many)
        row = np.zeros((deep + 1, many), np.float32)
        np.cumsum(self._lost, axis=0, out=row[1:])
        best = np.full(many, _FAR, np.float32)
        for at, (phone, added) in enumerate(zip(heard, costs_of_heard(heard), strict=True), start=1):
            apart, last = self._apart[phone], row
            row = np.empty_like(last)
            row[0] = 0.0 if at in starts else _FAR
            for depth in range(deep):
                here = np.minimum(last[depth] + apart[depth], last[depth + 1] + added)
                np.minimum(here, row[depth] + self._lost[depth], out=row[depth + 1])
            if at in stops:
                np.minimum(best, row[self._ends, every], out=best)
        return best


@cache
def shipped() -> SoundsLike:
    """The built-in glossary and the words that are said inside Chinese, laid out once."""
    terms = {entry.term: entry for entry in builtin()}
    often = said_in_chinese()
    return SoundsLike([*terms.values(), *(Entry(word) for word in often if word not in terms)], often)


@cache
def said_in_chinese() -> dict[str, int]:
    """English words that developers use inside Chinese sentences, and how many packages use them there (0: by hand)."""
    lines = data("said_in_chinese.tsv").decode("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: int(number) for word, number in pairs}


def _said(entry: Entry) -> Sequence[str]:
    return (_chinese(entry.term),) if entry.is_chinese else sounds_of(entry)


def _chinese(text: str) -> str:
    return "".join(phones.of_syllable(said[0]) for said in map(lexicon().syllables, text) if said)


def _sound(text: str) -> tuple[str, set[int], set[int]]:
    """The phones of a text, and where in them a word or a character begins and ends."""
    heard, starts, stops = "", {0}, set[int]()
    for token in _TOKEN.finditer(text):
        starts.add(len(heard))
        one = token[0]
        heard += sound(one) if one.isascii() and one.isalpha() else _chinese(_DIGIT.get(one, one))
        stops.add(len(heard))
    # What no table has a sound for cannot be compared.
    return heard, starts, stops


_DIGIT = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
