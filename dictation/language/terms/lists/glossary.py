"""The glossary: terms with the ways they are said; the one that is built in, and the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dictation.language.terms.lists.packed import data
from dictation.spelled.lazy_regex import late

_HAN = late("[\u4e00-\u9fff]")
ALWAYS = "w"
"""The flag of a term whose forms are the term even where they are ordinary words."""

_FLAGS = frozenset("asclvzuw")
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as it is written, and what it is heard as.

    A form between slashes is a pronunciation in ARPAbet: ``/EH N JH IH N EH K S/``. ``flags``: ``a`` also an ordinary
    word (asks for signs of developer talk), ``s`` never an ordinary word, ``l`` its case is left alone, ``c`` a command
    (lower case before its subcommand), ``v`` takes a version number, ``z`` a Chinese term, ``u`` the user's own, ``w``
    its forms are always the term, ordinary words too (in the user's own glossary).
    ``cues`` are words that speak for this term; ``forms`` is how many forms are listed where the forms themselves are
    left out.
    """

    term: str
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()
    flags: str = ""
    cues: tuple[str, ...] = ()
    forms: int = 0

    @property
    def is_chinese(self) -> bool:
        """Whether the term itself is Chinese."""
        return "z" in self.flags or not self.term.isascii()


def parse(lines: Iterable[str]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Reads ``term<TAB>english forms a|b<TAB>chinese forms``; says what is wrong with which line, and goes on.

    A term alone is enough. ``#`` begins a comment. A heading line ``term<TAB>...`` is passed over. Two more columns,
    flags and cues separated by spaces, are those of ``Entry``. The last line for a term counts.
    """
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    for number, raw in enumerate(lines, start=1):
        line = raw.lstrip("\ufeff").rstrip("\r\n")
        if not line.strip() or line.lstrip().startswith("#") or (number == 1 and line.startswith("term\t")):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        problem = _wrong(cells)
        if problem:
            problems.append(f"line {number}: {problem}")
            continue
        entries[cells[0]] = entry_of(cells)
    return tuple(entries.values()), tuple(problems)


def entry_of(cells: list[str]) -> Entry:
    """The entry of a line's cells, of which the first is enough."""
    term, english, chinese, flags, cues = [*cells, "", "", "", ""][:5]
    return Entry(term, _forms(english), _forms(chinese), flags, tuple(cues.split()))


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.strip() for form in cell.split("|") if form.strip()))


def _wrong(cells: list[str]) -> str:
    """What is wrong with a line's cells, or nothing."""
    if not cells[0]:
        return "there is no term before the first tab"
    if len(cells[0]) > _LONGEST:
        return f"the term is longer than {_LONGEST} characters"
    if any(ord(char) < 32 or ord(char) == 127 or 0xD800 <= ord(char) <= 0xDFFF for char in "".join(cells)):
        return "there is a control character in it"
    if not any(char.isalnum() for char in cells[0]):
        return f"{cells[0]!r} has neither a letter nor a digit"
    if len(cells) > 5:
        return "there are more than five columns"
    if len(cells) > 3 and not set(cells[3]) <= _FLAGS:
        return f"{cells[3]!r} is no set of flags"
    return ""


@cache
def builtin() -> tuple[Entry, ...]:
    """The glossary that is shipped; read once."""
    text = data("glossary.tsv").decode("utf-8")
    return parse(text.splitlines())[0]
