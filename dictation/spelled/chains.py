"""Joins words and spoken signs that stand side by side to chains: paths, files, hosts, names with underscores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from dictation.spelled import signs
from dictation.spelled.endings import AFTER_DOT, HEARD_ENDINGS, PLAIN_ENDINGS, STEMS
from dictation.spelled.pieces import Said

_MEMBERS = Path(__file__).parent / "data" / "members.txt"


def chinese(piece: Said) -> bool:
    """Whether ``piece`` was said in Chinese."""
    return not piece.raw.isascii()


def is_sign(piece: Said) -> bool:
    """Whether ``piece`` is a sign."""
    return piece.kind == "sign"


def in_sentence(pieces: Sequence[Said]) -> list[list[Said]]:
    """The runs of words, numbers and signs with nothing between them but blanks, that hold a sign.

    Only forms that count in any sentence are signs here; the others are plain words, or end a run.
    """
    runs: list[list[Said]] = [[]]
    for piece in pieces:
        plain = _plain(piece)
        if plain is None or (runs[-1] and piece.kind == "sign" and piece.raw[0].isupper()):
            runs.append([])
        else:
            runs[-1].append(plain)
    return [run for run in runs if any(map(is_sign, run))]


def _plain(piece: Said) -> Said | None:
    if piece.kind == "sign":
        low = " ".join(piece.raw.lower().split())
        if low in signs.anywhere():
            return piece
        return replace(piece, kind="word", text=piece.raw) if low.isalpha() and low.isascii() else None
    if piece.kind == "word":
        return piece if piece.text.replace("'", "").isalnum() and piece.text.isascii() else None
    return piece if piece.kind == "number" else None


def joined(chain: Sequence[Said], piece: Said) -> Said | None:
    """The chain's last word and ``piece`` in one, where they are one: "p y" after a dot, "v one"."""
    last = chain[-1]
    letters = last.low.replace(" ", "") + piece.low
    after_dot = len(chain) > 1 and chain[-2].text == "." and is_sign(chain[-2])
    ending = after_dot and piece.letter and len(letters) <= 5 and any(each.startswith(letters) for each in AFTER_DOT)
    if ending:
        return replace(last, end=piece.end, text=letters, raw=letters)
    if last.low == "v" and piece.kind == "number":
        return replace(last, end=piece.end, text=last.text + piece.text, raw=last.text + piece.text)
    return None


def stem(run: Sequence[Said], at: int) -> tuple[int, str]:
    """How many pieces from ``at`` are a file's name that everybody has, if "dot" and an ending follow; and the name."""
    if at and run[at - 1].text == "." and is_sign(run[at - 1]):
        return _member(run, at)
    if [each.low for each in run[at : at + 3]] == ["local", "host", ":"]:
        return 2, "localhost"
    named = ((size, _stem_of(run[at : at + size + 2], size)) for size in (4, 3, 2, 1))
    return next((found for found in named if found[1]), (0, ""))


def _stem_of(part: Sequence[Said], size: int) -> str:
    """The name that the first ``size`` pieces of ``part`` are, where the last two are "dot" and an ending."""
    if len(part) < size + 2 or part[size].text != "." or any(map(is_sign, part[:size])):
        return ""
    name = STEMS.get(" ".join(each.low for each in part[:size]), "")
    return name if ending(part[-1].low)[:1] in "jytmlxp" else ""


def _member(run: Sequence[Said], at: int) -> tuple[int, str]:
    """A member of an object that is said in several words: "document dot get element by id"."""
    for size in range(5, 1, -1):
        part = run[at : at + size]
        name = _members().get("".join(each.low for each in part), "")
        if name and not any(map(is_sign, part)):
            return len(part), name
    return 0, ""


@cache
def _members() -> dict[str, str]:
    lines = _MEMBERS.read_text(encoding="utf-8").splitlines()
    return {name.lower(): name for line in lines if not line.startswith("#") for name in line.split()}


def ending(word: str) -> str:
    """The ending that ``word`` (lower case) is heard for in a sentence: pie -> py."""
    return word if word in PLAIN_ENDINGS else HEARD_ENDINGS.get(word, word)
