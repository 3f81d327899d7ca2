"""What ordinary language looks like: how likely a word is, and how a character or a word sounds."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache

from dictation.language.terms.lists.packed import Packed, data
from dictation.language.terms.sounds import phones
from dictation.language.terms.sounds.letter_sounds import sound_of

UNKNOWN = 78
"""Cost of a Chinese character or an English word that no list has, in -10 log10 of its share."""


@dataclass(frozen=True)
class Lexicon:
    """Word costs are -10 log10 of a word's share of all text: 15 is a word like "the", 40 common, 70 rare."""

    readings: dict[str, str]
    others: dict[str, tuple[str, ...]]
    chinese: Packed[int]
    english: Packed[int]
    names: Packed[bool]
    sounds: Packed[str]
    simplified: dict[int, str]
    phrases: dict[str, str]

    def knows(self, word: str) -> bool:
        """Whether ``word`` (lower-case Latin letters) is an English word or a name."""
        if word in self.english or word in self.names:
            return True
        return word.endswith("'s") and self.knows(word[:-2])

    def cost(self, word: str) -> int:
        """How unlikely a lower-case Latin word is in ordinary English."""
        found = self.english.get(word)
        if found is None and word.endswith("'s"):
            found = self.english.get(word[:-2])
        return (70 if word in self.names else 90) if found is None else found

    def phones_of(self, word: str) -> str:
        """How a lower-case Latin word sounds; a single letter is its name."""
        if len(word) == 1:
            return phones.LETTERS.get(word, "")
        return self.sounds.get(word) or sound_of(word)

    def syllables(self, char: str) -> tuple[str, ...]:
        """Every toneless reading of a character, the usual one first."""
        usual = self.readings.get(char)
        return () if usual is None else (usual, *self.others.get(char, ()))


@cache
def lexicon() -> Lexicon:
    """The lexicon that is shipped, read once: some 50 ms, for the words themselves are read when they are asked for."""
    body = zlib.decompress(data("lexicon.bin")).decode("utf-8")
    parts = dict(section.split("\x1f", 1) for section in body.split("\x1e"))
    readings: dict[str, str] = {}
    for line in parts["readings"].split("\n"):
        syllable, chars = line.split(" ")
        readings.update(dict.fromkeys(chars, syllable))
    others: dict[str, tuple[str, ...]] = {}
    for each in parts["others"].split(" "):
        others[each[0]] = (*others.get(each[0], ()), each[1:])
    return Lexicon(
        readings,
        others,
        Packed(parts["chinese"], 1, int),
        Packed(parts["english"], 2, int),
        Packed(parts["names"], 2, bool),
        Packed(parts["sounds"], 2, str),
        dict(zip(map(ord, parts["traditional"]), parts["simplified"], strict=True)),
        dict(pair.split("=", 1) for pair in parts["phrases"].split(" ")),
    )
