"""A matcher in the manner of CapsWriter's hot words, to compare with: phonemes, sliding edit distance, 0.85 replaces.

Chinese characters are an initial and a final, Latin words their letters; pairs that are often mixed up cost a half, one
script for the other costs all. Every listed form and every term is a hot word.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.language.terms.lists.glossary import builtin
from dictation.language.terms.lists.lexicon import lexicon

_SIMILAR = {
    frozenset(pair.split("/"))
    for pair in "an/ang en/eng in/ing ian/iang uan/uang z/zh c/ch s/sh l/n f/h p/b t/d k/g l/r".split()
}
_LEAST = 0.85
_SHARED = 0.6
"""Share of a hot word's phonemes that must stand in the sentence at all before the distance is computed."""
Unit = tuple[str, int, int]


def _units(text: str) -> list[Unit]:
    """Each phoneme with the start and the end of the character or word that it is of."""
    found: list[Unit] = []
    for each in re.finditer(r"[\u4e00-\u9fff]|[A-Za-z]+|[0-9]+", text):
        if "\u4e00" <= each[0] <= "\u9fff":
            said = lexicon().readings.get(each[0], "")
            initial = re.match("zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?", said)
            head = initial[0] if initial else ""
            found += [("=" + part, *each.span()) for part in (head, said[len(head) :]) if part]
        else:
            found += [(letter, *each.span()) for letter in each[0].lower()]
    return found


def phoneme_match() -> Callable[[str], str]:
    """The way to mend a text."""
    words = {form: each.term for each in builtin() for form in (each.term, *each.english, *each.chinese)}
    known = [([unit[0] for unit in _units(form)], term) for form, term in words.items() if not form.startswith("/")]
    known = [(units, term) for units, term in known if len(units) > 2]

    def fix(text: str) -> str:
        units = _units(text)
        said = {unit[0] for unit in units}
        found = []
        for word, term in known:
            if sum(each in said for each in word) >= _SHARED * len(word):
                found += [(score, start, end, term) for score, start, end in [_best(units, word)] if score >= _LEAST]
        taken: list[tuple[int, int, str]] = []
        for _, start, end, term in sorted(found, key=lambda each: (-each[0], each[1] - each[2])):
            if all(end <= left or right <= start for left, right, _ in taken):
                taken.append((start, end, term))
        for start, end, term in sorted(taken, reverse=True):
            text = text[:start] + term + text[end:]
        return text

    return fix


def _best(units: list[Unit], word: list[str]) -> tuple[float, int, int]:
    """The best place of a hot word, from and to the bounds of characters and words: its score, start and end."""
    best = (0.0, 0, 0)
    for at, unit in enumerate(units):
        if at and unit[1] == units[at - 1][1]:
            continue
        row = [float(place) for place in range(len(word) + 1)]
        for stop in range(at, min(len(units), at + len(word) + 2)):
            before, row = row, [row[0] + 1]
            for place, its in enumerate(word, 1):
                cost = _cost(units[stop][0], its)
                row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + cost))
            score = 1 - row[-1] / len(word)
            whole = stop + 1 == len(units) or units[stop + 1][1] != units[stop][1]
            if whole and score > best[0]:
                best = (score, unit[1], units[stop][2])
    return best


def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return 0.5 if frozenset((one.strip("="), other.strip("="))) in _SIMILAR else 1.0
