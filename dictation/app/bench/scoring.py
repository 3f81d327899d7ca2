"""How far what was heard is from what was read: errors per unit, and terms that came out as they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_UNIT = re.compile(r"[\u3400-\u9fff]|[a-z0-9]+")


def units(text: str) -> list[str]:
    """What errors are counted in: Chinese characters, and words of letters and digits, without case and marks."""
    return _UNIT.findall(unicodedata.normalize("NFKC", text).lower())


def distance(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """The fewest units to put in, leave out or exchange (Levenshtein 1966)."""
    row = list(range(len(heard) + 1))
    for at, unit in enumerate(wanted, 1):
        corner, row[0] = row[0], at
        for index, other in enumerate(heard, 1):
            corner, row[index] = row[index], min(row[index] + 1, row[index - 1] + 1, corner + (unit != other))
    return row[-1]


def error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Errors per unit of all pairs of what was ``wanted`` and what was heard; 0 where nothing was wanted."""
    both = [(units(wanted), units(heard)) for wanted, heard in pairs]
    size = sum(len(wanted) for wanted, _ in both)
    return sum(distance(wanted, heard) for wanted, heard in both) / size if size else 0.0


def terms_right(pairs: Iterable[tuple[Sequence[str], str]]) -> tuple[int, int]:
    """How many of the terms stand in what was heard, in their own case, and how many there are."""
    found = [term in heard for terms, heard in pairs for term in terms]
    return sum(found), len(found)
