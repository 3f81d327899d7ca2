"""Finds addresses of mail that are spelled out: "john underscore doe at gmail dot com", 张三艾特163点com."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dictation.spelled.endings import TLDS
from dictation.spelled.pieces import Said
from dictation.spelled.plain_words import FUNCTION
from dictation.spelled.stretches.stretch import SURE, Stretch, runs

_WITHIN = frozenset((".", "_", "-", "+"))
_LONGEST_NAME = 4
"""Characters of a Chinese name before the at sign: longer runs hold more of the sentence than a name."""


def addresses(text: str, pieces: Sequence[Said]) -> Iterator[Stretch]:
    """Every address of mail in ``text``."""
    for run in runs(text, pieces):
        for at, piece in enumerate(run):
            if piece.kind == "sign" and piece.text == "@":
                first, name = _name(run, at)
                last = _domain(run, at + 1)
                if name and last > at + 1:
                    written = f"{name}@{''.join(map(_written, run[at + 1 : last]))}"
                    yield Stretch(run[first].start, run[last - 1].end, written, SURE + 0.5, "address")


def _written(piece: Said) -> str:
    return piece.low if piece.text.istitle() else piece.text


def _name(run: list[Said], at: int) -> tuple[int, str]:
    """Where the name before the at sign begins, and the name; empty where there is none."""
    chinese = _chinese(run, at)
    if any(each.kind == "han" for each in chinese):
        name = "".join(each.raw for each in chinese)  # 张三: its 三 is no number
        return (0, name) if len(chinese) == at and len(name) <= _LONGEST_NAME else (at, "")
    first = at
    while first and _part(run[first - 1]):
        first -= 1
        if first >= 2 and run[first - 1].text in _WITHIN and _part(run[first - 2]):
            first -= 1
        elif not first or run[first - 1].end != run[first].start:
            break
    return first, "".join(map(_written, run[first:at]))


def _chinese(run: list[Said], at: int) -> list[Said]:
    """The Chinese pieces, numbers too, that stand right before ``at``."""
    first = at
    while first and run[first - 1].kind in ("han", "number") and not run[first - 1].raw.isascii():
        first -= 1
    return run[first:at]


def _part(piece: Said) -> bool:
    return piece.kind == "number" or (piece.kind == "word" and piece.text.isalnum() and piece.low not in FUNCTION)


def _domain(run: list[Said], at: int) -> int:
    """Behind the domain that begins at ``at``; ``at`` where there is none."""
    last = at
    while last < len(run) and _part(run[last]):
        last += 1
        if last + 1 < len(run) and run[last].kind == "sign" and run[last].text in (".", "-") and _part(run[last + 1]):
            last += 1
        else:
            break
    return last if last > at + 2 and run[last - 1].low in TLDS and run[last - 2].text == "." else at
