"""Hears symbols: cuts a line into words and spoken symbols, "dot", 斜杠, "dash dash"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dictation.spelled.lazy_regex import late
from dictation.spelled.numbers import chinese_digits, english_number

SAID = {
    "slash": "/", "forward slash": "/", "backslash": "\\", "back slash": "\\", "dot": ".", "period": "",
    "underscore": "_", "under score": "_",
    "dash": "-", "hyphen": "-", "minus": "", "colon": ":", "at": "@", "tilde": "~", "star": "*", "asterisk": "*",
    "hash": "",
    "斜杠": "/", "斜线": "/", "正斜杠": "/", "反斜杠": "\\", "点": ".", "下划线": "_", "下横线": "_", "杠": "-",
    "横杠": "-", "中划线": "-", "短横线": "-",
    "连字符": "-", "横线": "-", "减号": "-", "冒号": ":", "艾特": "@", "波浪号": "~", "波浪线": "~", "星号": "*",
    "dash dash": "--", "double dash": "--", "minus minus": "--", "杠杠": "--", "减减": "--", "横杠横杠": "--",
    "双横杠": "--", "双横线": "--",
    "两个横杠": "--", "两个杠": "--", "双杠": "--", "杠 杠": "--", "两个减号": "--", "短横线短横线": "--",
    "dunder": "__", "double underscore": "__", "双下划线": "__", "两个下划线": "__", "underscore underscore": "__",
    "下划线下划线": "__",
    "dot dot": "..", "点点": "..",
}  # fmt: skip
SAID = {said: sign for said, sign in SAID.items() if sign}
_SIGNS = "|".join(sorted(map(re.escape, SAID), key=len, reverse=True)).replace(r"\ ", r"[^\S\n]+")
_CHINESE_SIGNS = "|".join(sorted((each for each in SAID if not each.isascii()), key=len, reverse=True))
_TOKEN = late(
    rf"(?P<sign>(?<![A-Za-z0-9])(?:{_SIGNS})(?![a-z])|(?:{_CHINESE_SIGNS}))"
    r"|(?P<word>[A-Za-z][A-Za-z0-9]*(?:'[a-z]+)?|[0-9]+)|(?P<digits>[零〇一二两三四五六七八九十百千万幺]+)"
    r"|(?P<space>[^\S\n]+)|(?P<other>.)",
    re.I,
)
HINT = late(
    r"slash|dot|underscore|under score|dash|hyphen|dunder|colon|\bat\b|tilde|\bminus minus|[斜杠点线]|减减|冒号|艾特|"
    r"连字符|波浪|星号|减号",
    re.I,
)
"""A line without any of these has no spoken symbol."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a symbol at ``start`` to ``end``; ``sign`` is empty for a word; ``chinese`` says how it was spoken."""

    start: int
    end: int
    text: str
    sign: str = ""
    chinese: bool = False

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()


def stretches(text: str) -> list[list[Piece]]:
    """Runs of words and symbols with nothing but spaces between them."""
    runs: list[list[Piece]] = [[]]
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind == "sign":
            said = " ".join(found[0].lower().split())
            if found[0][0].isupper() and found.start():  # a name: Fear Dot Com
                runs.append([])
                continue
            runs[-1].append(Piece(found.start(), found.end(), found[0], SAID[said], not found[0][0].isascii()))
        elif kind in ("word", "digits"):
            runs[-1].append(Piece(found.start(), found.end(), found[0], "", kind == "digits"))
        elif kind == "other" and runs[-1]:
            runs.append([])
    return [run for run in runs if any(each.sign for each in run)]


def digits_of(piece: Piece) -> str | None:
    """The number a word or Chinese numeral stands for, in digits, or ``None``."""
    if piece.text.isdigit():
        return piece.text
    return chinese_digits(piece.text) if piece.chinese else english_number(piece.low.split())
