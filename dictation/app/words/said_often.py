"""Words that the user says often and that no list has: they are offered as terms, and never taken by themselves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable

from dictation.core.said import HistoryEntry
from dictation.language.terms.lists.built_in import shipped
from dictation.language.terms.lists.lexicon import lexicon

_WORD = re.compile(r"(?<![\w./@-])[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*(?![\w/@-])(?!\.\w)")
"""A name; not a part of a path or of an address."""

OFTEN = 3
"""Utterances that a word must stand in: twice is one matter that was spoken of, from the third on it is the work."""

LATEST = 2000
"""Utterances that are looked at: what was not said for so long is not said often."""

_SHORTEST, _LONGEST = 3, 40


def said_often(history: Iterable[HistoryEntry], known: Iterable[str], most: int = 20) -> list[tuple[str, int]]:
    """Words of ``history`` (newest first) that neither a dictionary nor the glossary has, each with the number of
    utterances it stands in, the most frequent first. ``known`` are the user's own terms.

    A word is given as it was written most often. Only dictated Latin words are found: what is new among Chinese
    characters has no borders.
    """
    own = {each.lower() for term in known for each in (term, *term.split())}
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for said, _ in zip(history, range(LATEST), strict=False):
        if said.purpose != "dictate":
            continue
        for word in {found[0] for found in _WORD.finditer(said.text)}:
            if _SHORTEST <= len(word) <= _LONGEST and not _known(word.lower(), own):
                written[word.lower()][word] += 1
    counted = [(forms.most_common(1)[0][0], forms.total()) for forms in written.values() if forms.total() >= OFTEN]
    return sorted(counted, key=lambda each: (-each[1], each[0]))[:most]


def _known(word: str, own: Container[str]) -> bool:
    """Whether a word, or what it is a plural of, is in the user's own list, in a dictionary or in the glossary."""
    lexical, terms = lexicon(), shipped()
    both = (word, word.removesuffix("s"))
    return any(each in own or lexical.knows(each) or terms.has(each) for each in both)
