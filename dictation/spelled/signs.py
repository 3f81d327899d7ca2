"""The signs of code as they are said, in English and Chinese: reads the one table, ``data/signs.tsv``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dictation.spelled import cases

_TABLE = Path(__file__).parent / "data" / "signs.tsv"
_NAMED = {"space": " ", "newline": "\n"}
"""Signs that the table cannot hold as they are."""

OPERATORS = frozenset(("|", "&&", "||", ";", ">", ">>", "<"))
"""Signs between words that are neither attached nor part of a word."""


@cache
def _rows() -> tuple[tuple[str, list[list[str]]], ...]:
    """Each sign with its six cells of forms."""
    found = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        sign, *cells = line.split("\t")
        cells += [""] * (6 - len(cells))
        found.append((_NAMED.get(sign, sign), [[form.strip() for form in cell.split("|") if form] for cell in cells]))
    return tuple(found[1:])


def _column(*columns: int) -> dict[str, str]:
    return {form: sign for sign, cells in _rows() for column in columns for form in cells[column]}


@cache
def english() -> dict[str, str]:
    """What is said in English -> the sign, or the way to write the words that follow."""
    return _column(0, 1) | cases.english()


@cache
def chinese() -> dict[str, str]:
    """What is said in Chinese -> the sign, or the way to write the words that follow."""
    return _column(3, 4) | cases.chinese()


@cache
def anywhere() -> frozenset[str]:
    """The forms of signs that count in any sentence; the others only where what stands around them is code."""
    return frozenset(_column(0, 3))


@cache
def expressions() -> dict[str, str]:
    """What is said in either language -> an operator that only a programming language has."""
    return _column(2, 5)


@cache
def longest_english() -> int:
    """The most words that an English name of a sign has."""
    return max(len(said.split()) for said in english())


@cache
def longest_chinese() -> int:
    """The most characters that a Chinese name of a sign has."""
    return max(map(len, chinese()))


WRITTEN = {
    "--": "--", "-": "-", "—": "--", "–": "-", ".": ".", "..": "..", "/": "/", "//": "//", "\\": "\\", "_": "_",
    ":": ":", "@": "@", "~": "~", "*": "*", "=": "=", "+": "+", "%": "%", "^": "^", "$": "$", "#": "#", "|": "|",
    "&&": "&&", "||": "||", ";": ";", "&": "&", ">": ">", ">>": ">>", "<": "<", '"': '"', "'": "'",
}  # fmt: skip
"""Signs that the recogniser already wrote, standing alone."""
