"""Ways to write a name that are asked for aloud: "camel case user id" -> ``userId``; and where such a name ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from dictation.spelled.wordlist import words

_TABLE = Path(__file__).parent / "data" / "cases.tsv"


def _titles(parts: Sequence[str]) -> list[str]:
    return [each[:1].upper() + each[1:] for each in parts]


def _camel(parts: Sequence[str]) -> str:
    return parts[0] + "".join(_titles(parts[1:]))


_WRITERS: dict[str, Callable[[Sequence[str]], str]] = {
    "camel": _camel,
    "pascal": lambda parts: "".join(_titles(parts)),
    "snake": "_".join,
    "kebab": "-".join,
    "constant": lambda parts: "_".join(parts).upper(),
    "dot": ".".join,
    "path": "/".join,
    "title": lambda parts: " ".join(_titles(parts)),
    "upper": lambda parts: "_".join(parts).upper(),
    "lower": " ".join,
    "joined": "".join,
}
WAYS = frozenset([*_WRITERS, "cap"])
"""Every way; ``cap`` only gives a word a capital and leaves the rest."""

MOST = 6
"""The longest names in the standard libraries of Python, Java and JavaScript have six words, but for a handful."""


def write(way: str, parts: Sequence[str]) -> str:
    """``camel`` of ``["user", "id"]`` -> ``userId``."""
    if way == "cap":
        return "".join(_titles(parts))
    return _WRITERS[way]([each.lower() for each in parts])


@cache
def _rows() -> tuple[list[list[str]], ...]:
    """Each way as a cell of its own, then its four cells of forms."""
    lines = [each.split("\t") for each in _TABLE.read_text(encoding="utf-8").splitlines() if not each.startswith("#")]
    return tuple(
        [[form.strip() for form in cell.split("|") if form] for cell in (line + [""] * 4)[:5]] for line in lines[1:]
    )


def _column(*columns: int) -> dict[str, str]:
    return {form: way[0] for way, *cells in _rows() for column in columns for form in cells[column]}


@cache
def english() -> dict[str, str]:
    """What is said in English -> the way."""
    return _column(0, 1)


@cache
def chinese() -> dict[str, str]:
    """What is said in Chinese -> the way."""
    return _column(2, 3)


@cache
def anywhere() -> dict[str, str]:
    """What is said in either language and counts in any sentence -> the way."""
    return _column(0, 2)


SMALL = words(
    """a an the and or but not no in on at to of for from by with as it its if then than so this that these those is are
    was were be been am do does did has have had will would can could should may might must i you he she we they me him
    her us them my your his our their what which who when where why how please just also too very only let lets"""
)
"""Words without a meaning of their own: a name ends before one, unless it is a name's own kind of word."""

_BEGINS = words("is has can should on to no not my all did was will are max min")
"""Small words that a name begins with: isActive, hasChildren, toString."""

_INSIDE = words("by to of in on at for from with and or not is as no has")
"""Small words that stand inside a name: getUserById, sortByDate, last_login_at."""

_TALK = words(
    """naming convention conventions style styles names name variables variable format formats identifiers notation
    instead letters text titles everywhere whenever always identifier function functions keys key fields field only rule
    rules better nicer worse used preferred recommended required needed called considered ugly fine good bad nice
    common standard allowed easier harder cleaner"""
)
"""What follows when a way of writing is spoken about, not asked for."""

_STATES = words(
    """valid invalid active inactive open shut empty full visible hidden ready admin new old dirty null none online
    offline first last running done default public private known unknown present absent dev prod debug test mobile
    desktop dark selected access permission more next previous error data role token value"""
)
"""What a name that begins with "is" or "has" goes on with."""

_VERBS = words(
    """returns throws takes gives needs contains holds fails works accepts expects calls prints raises handles means
    uses runs gets comes goes stands looks keeps makes sends reads writes stores creates"""
)
"""What a named thing does, in a sentence: the name has ended."""


def length(parts: Sequence[str], *, whole: bool) -> int:
    """How many of ``parts`` (lower case) a name has that begins with the first; 0 where none is asked for.

    ``whole`` says that nothing but the end of the sentence follows the last of ``parts``.
    """
    if not parts or _about(parts):
        return 0
    for at in range(len(parts)):
        if at == MOST or _ends_before(parts, at):
            return at
    return len(parts) if whole else _without_small_end(parts)


def _ends_before(parts: Sequence[str], at: int) -> bool:
    """Whether the part at ``at`` cannot be of the name."""
    part = parts[at]
    if not at:
        return part in SMALL and (part not in _BEGINS or len(parts) == 1)
    return part in _VERBS or (part in SMALL and not _within(parts, at))


def spoken_about(parts: Sequence[str]) -> bool:
    """Whether one of ``parts`` says that names or their ways of writing are the matter: "variable names"."""
    return any(part in _TALK for part in parts)


def _about(parts: Sequence[str]) -> bool:
    """Whether the way of writing is spoken about: "camel case is nicer", "snake case variables"."""
    first = parts[1] if len(parts) > 1 and parts[0] in ("is", "was", "are", "for", "in") else parts[0]
    states = parts[0] in ("is", "are", "was", "has") and not (len(parts) > 1 and _state(parts[1]))
    return states or first in _TALK or first in _VERBS


def _state(word: str) -> bool:
    """Whether ``word`` is what a truth is named by: "is logged in", "has children"; not "is hard to read"."""
    return word in _STATES or word.endswith(("ed", "able", "ible", "ing")) or (word.endswith("s") and word not in SMALL)


def _within(parts: Sequence[str], at: int) -> bool:
    """Whether the small word at ``at`` joins what stands around it in one name."""
    after = parts[at + 1] if at + 1 < len(parts) else ""
    if parts[at] not in _INSIDE:
        return False
    if not after:  # "is logged in", "created at": particles that end a name
        return parts[at] in ("in", "at", "by", "on", "to", "for", "from", "of")
    return parts[at] == "by" and after not in SMALL and after not in _TALK


def _without_small_end(parts: Sequence[str]) -> int:
    size = len(parts)
    while size > 1 and parts[size - 1] in SMALL and parts[size - 1] not in ("at", "by", "in", "on"):
        size -= 1
    return size
