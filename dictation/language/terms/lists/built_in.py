"""The built-in glossary's index, compiled beforehand: written by ``models/language/index.py``, read in some 10 ms."""

from __future__ import annotations

import zlib
from functools import lru_cache

from dictation.language.terms.lists.glossary import Entry, builtin, entry_of
from dictation.language.terms.lists.packed import Packed, data, pack
from dictation.language.terms.lists.term_index import Hit, Index, compile_index

_KINDS = {"t": "term", "e": "english", "c": "chinese"}
_DATA = "index.bin"


def stamp() -> str:
    """Changes whenever the glossary or the lexicon does."""
    return " ".join(str(zlib.crc32(data(name))) for name in ("glossary.tsv", "lexicon.bin"))


@lru_cache(maxsize=4)
def shipped(hidden: frozenset[str] = frozenset()) -> Index:
    """The index without the terms ``hidden``, which the user's own glossary has. Compiles it if the file is stale."""
    try:
        body = data(_DATA)
        parts = dict(part.split("\x1f", 1) for part in zlib.decompress(body).decode("utf-8").split("\x1e"))
    except FileNotFoundError:
        parts = {"stamp": ""}
    if parts["stamp"] != stamp():
        return compile_index(entry for entry in builtin() if entry.term not in hidden)
    lines = parts["entries"].split("\n")
    known: dict[str, Entry] = {}

    def entry(number: str) -> Entry:
        found = known.get(number)
        if found is None:
            found = known[number] = entry_of(lines[int(number)].split("\t"))
        return found

    def hits(text: str) -> list[Hit]:
        made = [Hit(entry(each[1:]), _KINDS[each[0]]) for each in text.split(";")]
        return [hit for hit in made if hit.entry.term not in hidden] if hidden else made

    def sounds(text: str) -> list[tuple[Entry, str]]:
        made = [(entry(number), said) for number, said in (each.split(":") for each in text.split(";"))]
        return [each for each in made if each[0].term not in hidden] if hidden else made

    return Index(
        Packed(parts["plain"], 2, hits),
        Packed(parts["exact"], 1, hits),
        Packed(parts["coarse"], 1, hits),
        Packed(parts["skeletons"], 3, sounds),
        Packed(parts["short"], 2, sounds),
        Packed(parts["heads"], 2, sounds),
        Packed(parts["tails"], 2, sounds),
        frozenset(parts["first"]),
    )


def write() -> bytes:
    """What the file should hold for the glossary and the lexicon there are."""
    entries = builtin()
    number = {entry.term: str(at) for at, entry in enumerate(entries)}
    index = compile_index(entries)

    def hits(table: object) -> dict[str, str]:
        assert isinstance(table, dict)
        return {key: ";".join(hit.kind[0] + number[hit.entry.term] for hit in listed) for key, listed in table.items()}

    def sounds(table: object) -> dict[str, str]:
        assert isinstance(table, dict)
        return {
            key: ";".join(f"{number[entry.term]}:{said}" for entry, said in listed) for key, listed in table.items()
        }

    parts = {
        "stamp": stamp(),
        "entries": "\n".join(
            "\t".join([each.term, "|".join(each.english), "|".join(each.chinese), each.flags, " ".join(each.cues)])
            for each in entries
        ),
        "plain": pack(hits(index.plain), 2),
        "exact": pack(hits(index.exact), 1),
        "coarse": pack(hits(index.coarse), 1),
        "skeletons": pack(sounds(index.skeletons), 3),
        "short": pack(sounds(index.short), 2),
        "heads": pack(sounds(index.heads), 2),
        "tails": pack(sounds(index.tails), 2),
        "first": "".join(sorted(index.first)),
    }
    return zlib.compress("\x1e".join(f"{name}\x1f{text}" for name, text in parts.items()).encode("utf-8"), 9)
