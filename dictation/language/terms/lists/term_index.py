"""The glossary compiled for looking up: by letters without spaces, by syllables, and by the skeleton of the sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from dictation.language.terms.lists.glossary import Entry
from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.lists.packed import Packed
from dictation.language.terms.sounds import phones
from dictation.spelled.lazy_regex import late

_HAN = late("[\u4e00-\u9fff]")
_SPLIT = late(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[+#]+")
_SAID = {
    "+": "plus",
    "#": "sharp",
    **{
        str(at): name
        for at, name in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
    },
}
_NAME = late("[A-Za-z][a-z]+[A-Za-z]?[a-z]+")
SHORTEST = 3
"""Consonants that a term must have to be found by its sound alone."""
_LEAST_PART, _MOST_PARTS = 2, 4
"""Letters of a part of a name that it is found by (the rest has more phones), and parts of a name at most."""
_LONG = 5
"""Consonants of a name so long that one of them may be lost, but the first: 波斯特格瑞扣."""


class Hit(NamedTuple):
    """An entry that a key leads to. ``kind``: ``term`` its own letters, ``english`` or ``chinese`` a form of it."""

    entry: Entry
    kind: str


Hits = dict[str, list[Hit]] | Packed[list[Hit]]
Sounds = dict[str, list[tuple[Entry, str]]] | Packed[list[tuple[Entry, str]]]


@dataclass(slots=True)
class Index:
    """Where a key leads: what ``compile_index`` makes, or what ``shipped`` reads.

    ``plain`` by letters and characters, ``exact`` and ``coarse`` by syllables, ``skeletons`` and ``short`` by
    consonants, three and more or two. ``heads`` leads from the first part of a name to how the rest of it sounds,
    ``tails`` from the last part to how the beginning sounds. ``first`` holds the first characters of the plain keys.
    """

    plain: Hits
    exact: Hits
    coarse: Hits
    skeletons: Sounds
    short: Sounds
    heads: Sounds
    tails: Sounds
    first: frozenset[str]

    def beginning(self, key: str) -> Mapping[str, list[Hit]]:
        """Where to look for plain keys of two characters and more that begin like ``key``."""
        return self.plain if isinstance(self.plain, dict) else self.plain.beside(key)

    def coded(self, rough: bool, head: str) -> Mapping[str, list[Hit]]:
        """Where to look for keys by syllables, exact or ``rough``, that begin with ``head``."""
        table = self.coarse if rough else self.exact
        return table if isinstance(table, dict) else table.beside(head)

    def has(self, name: str) -> bool:
        """Whether a lower-case name, dots and all, is a term."""
        return any(hit.kind == "term" and "l" not in hit.entry.flags for hit in self.plain.get(key_of(name), ()))


def key_of(text: str) -> str:
    """Lower case without spaces and joints: ``VS Code`` -> ``vscode``, ``CI/CD`` -> ``cicd``."""
    return re.sub(r"[\s\-/._·]+", "", text.lower())


@cache
def syllable_codes() -> tuple[dict[int, str], dict[int, str]]:
    """Translation tables from a character to one letter for its syllable: exact, and coarse (see ``phones.coarse``)."""
    table = lexicon().readings
    names = sorted(set(table.values()))
    rough = sorted({phones.coarse(each) for each in names})
    exact = {name: chr(0xE000 + at) for at, name in enumerate(names)}
    coarse = {name: chr(0xE000 + rough.index(phones.coarse(name))) for name in names}
    return (
        {ord(char): exact[name] for char, name in table.items()},
        {ord(char): coarse[name] for char, name in table.items()},
    )


def _codes(form: str, rough: bool, every: bool) -> set[str]:
    """Every key of a Chinese form, by the usual reading of its characters or by ``every`` one; at most eight."""
    table = lexicon()
    by_name = _by_name(rough)
    choices = []
    for char in form.lower():
        names = table.syllables(char)
        choices.append(
            [by_name[name] for name in (names if every else names[:1]) if name in by_name] if names else [char]
        )
    return {"".join(each) for each in islice(product(*choices), 8)}


@cache
def _by_name(rough: bool) -> dict[str, str]:
    codes = syllable_codes()[rough]
    return {name: codes[ord(char)] for char, name in lexicon().readings.items()}


@lru_cache(maxsize=8192)
def sound(text: str) -> str:
    """Phones of a Latin term or spoken form: words by the dictionary or by rule, capitals as letters."""
    table = lexicon()
    out = []
    for word in text.split():
        for part in _SPLIT.findall(word):
            part = _SAID.get(part[0], part) if not part[0].isalpha() else part
            low = part.lower()
            spelled = part.isupper() and 1 < len(part) <= 4 and low not in table.sounds
            out.append("".join(phones.LETTERS.get(each, "") for each in low) if spelled else table.phones_of(low))
    return "".join(out)


@lru_cache(maxsize=4096)
def sounds_of(entry: Entry) -> tuple[str, ...]:
    """The ways a term is said, in phones."""
    said = [phones.of_arpabet(form.strip("/")) for form in entry.english if form.startswith("/")]
    said += [sound(form) for form in entry.english if not form.startswith("/")][:3]
    if not any(form.startswith("/") for form in entry.english):
        said.insert(0, sound(entry.term))
    if entry.term.endswith("SQL"):
        said += [sound(entry.term[:-3]) + end for end in ("ekO", "sikO", "sekO")]
    said += [each.replace("dr", "j").replace("tr", "q") for each in said if "dr" in each or "tr" in each]
    return tuple(dict.fromkeys(each for each in said if each))


def compile_index(entries: Iterable[Entry]) -> Index:
    """Compiles entries; a later entry for the same term stands beside the earlier."""
    plain: dict[str, list[Hit]] = {}
    exact: dict[str, list[Hit]] = {}
    coarse: dict[str, list[Hit]] = {}
    skeletons: dict[str, list[tuple[Entry, str]]] = {}
    short: dict[str, list[tuple[Entry, str]]] = {}
    heads: dict[str, list[tuple[Entry, str]]] = {}
    tails: dict[str, list[tuple[Entry, str]]] = {}
    for entry in entries:
        _put(plain, key_of(entry.term), Hit(entry, "term"))
        for form in entry.english:
            if not form.startswith("/") and _another(form, entry.term):
                _put(plain, key_of(form), Hit(entry, "english"))
        chinese = [*entry.chinese, entry.term] if entry.is_chinese else [*entry.chinese]
        for form in chinese:
            key = key_of(form)
            _put(plain, key, Hit(entry, "chinese"))
            if not _HAN.search(key):
                continue
            for code in _codes(key, False, entry.is_chinese):
                _put(exact, code, Hit(entry, "chinese"))
            if len(key) >= 3 and not entry.is_chinese:
                for code in _codes(key, True, False):
                    _put(coarse, code, Hit(entry, "chinese"))
        if not entry.is_chinese and entry.term[-1] not in "+#":
            _add_sounds(skeletons, short, entry)
            _add_parts(heads, tails, entry)
    return Index(plain, exact, coarse, skeletons, short, heads, tails, frozenset(key[0] for key in plain if key))


def _another(form: str, term: str) -> bool:
    """Whether a form has letters of its own: the plural of a word has not, ``post gress`` has."""
    heard, meant = key_of(form), key_of(term)
    return heard != meant and (" " in form or heard.rstrip("s") != meant.rstrip("s"))


def _add_sounds(
    skeletons: dict[str, list[tuple[Entry, str]]], short: dict[str, list[tuple[Entry, str]]], entry: Entry
) -> None:
    brief = _NAME.fullmatch(entry.term) is not None
    for said in (*sounds_of(entry), *_chinese_sounds(entry)):
        size = len(phones.skeleton(said))
        every = phones.skeletons(said) if size >= SHORTEST - 1 else set()
        if size >= _LONG:
            every |= {
                bones[:at] + bones[at + 1 :] for bones in every if len(bones) >= _LONG for at in range(1, len(bones))
            }
        for bones in every:
            table = skeletons if len(bones) >= SHORTEST else short if brief and len(bones) == SHORTEST - 1 else None
            if table is not None:
                listed = table.setdefault(bones, [])
                if (entry, said) not in listed:
                    listed.append((entry, said))


def _add_parts(
    heads: dict[str, list[tuple[Entry, str]]], tails: dict[str, list[tuple[Entry, str]]], entry: Entry
) -> None:
    """A name of several parts (Chat|GPT, pull|request) by its first part and by its last."""
    parts = _SPLIT.findall(entry.term)
    if not 1 < len(parts) <= _MOST_PARTS or not entry.term[0].isalpha() or entry.term[0] == ".":
        return
    for table, key, rest in ((heads, parts[0], parts[1:]), (tails, parts[-1], parts[:-1])):
        said = sound(" ".join(rest))
        if len(key) >= _LEAST_PART and len(said) > _LEAST_PART:
            table.setdefault(key.lower(), []).append((entry, said))


def _chinese_sounds(entry: Entry) -> Iterator[str]:
    """The phones of the Chinese forms: what is heard may be near to one of them and to no English sound."""
    readings = lexicon().readings
    for form in entry.chinese:
        if all(char in readings for char in form):
            yield "".join(phones.of_syllable(readings[char]) for char in form)


def _put(table: dict[str, list[Hit]], key: str, hit: Hit) -> None:
    if key:
        listed = table.setdefault(key, [])
        if all(each.entry is not hit.entry or each.kind != hit.kind for each in listed):
            listed.append(hit)


@lru_cache(maxsize=8)
def compiled(entries: Sequence[Entry]) -> Index:
    """``compile_index``, remembered for the last few glossaries (a tuple of entries)."""
    return compile_index(entries)
