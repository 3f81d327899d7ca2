"""A stretch of what was said that reads as code: where it stands, how it is written, and how certain that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dictation.spelled.pieces import Said

SURE = 2.0
"""The certainty from which nothing but code can be meant: two signs of it that do not depend on each other.

One sign alone may be a word of everyday talk ("a dash of salt", "meet me at noon"); of the sentences that must stay,
none has two.
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` are ``written`` as code.

    ``kind`` is command, name, expression or address. ``certainty`` counts the signs of code that were found, by weight.
    """

    start: int
    end: int
    written: str
    certainty: float
    kind: str


def runs(text: str, pieces: Sequence[Said]) -> list[list[Said]]:
    """The pieces between two pauses, or between two marks of punctuation that no piece holds."""
    found: list[list[Said]] = []
    for pause, group in groupby(pieces, key=lambda each: each.kind == "pause"):
        if not pause:
            found.append([])
            for each in group:
                if found[-1] and text[found[-1][-1].end : each.start].strip():
                    found.append([])
                found[-1].append(each)
    return found
