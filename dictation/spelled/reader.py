"""Reads how code is said aloud: finds the stretches of a text that are code, and how each is written.

It proposes; each door decides. Dictation takes a stretch inside a sentence on evidence alone, command mode takes only a
whole command.
"""

from __future__ import annotations

from collections.abc import Iterable

from dictation.spelled.command_line.line_start import Where
from dictation.spelled.pieces import cut
from dictation.spelled.stretches.address_stretch import addresses
from dictation.spelled.stretches.command_stretch import commands
from dictation.spelled.stretches.expression_stretch import expressions
from dictation.spelled.stretches.link_stretch import links
from dictation.spelled.stretches.name_stretch import names
from dictation.spelled.stretches.stretch import Stretch

__all__ = ["Stretch", "Where", "read"]


def read(text: str, where: Where = Where()) -> list[Stretch]:  # noqa: B008
    """The stretches of ``text``, one line, that may be code, in order and apart; the surest where two meet."""
    pieces = cut(text)
    found = [*commands(text, pieces, where), *names(text, pieces), *addresses(text, pieces), *links(text, pieces)]
    return _apart([*found, *expressions(text, cut(text, expressions=True))])


def _apart(stretches: Iterable[Stretch]) -> list[Stretch]:
    chosen: list[Stretch] = []
    for each in sorted(stretches, key=lambda each: (-each.certainty, each.start - each.end)):
        if all(each.end <= other.start or other.end <= each.start for other in chosen):
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.start)
