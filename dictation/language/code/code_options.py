"""Reads an option that is spelled out in a sentence: "dash dash dry run", 杠 u, "dunder init"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from dictation.language.code.vocabulary import ARTICLES, FUNCTION
from dictation.spelled import programs
from dictation.spelled.chains import chinese, is_sign
from dictation.spelled.pieces import Said

_ABOUT_DUNDER = frozenset(("method", "methods", "name", "names", "attribute", "attributes", "variables"))
_LONG_SMALL = frozenset(("all", "from", "to", "in", "on", "with", "no"))
"""Small words that are long options."""

_None = (0, "")


def option(text: str, run: Sequence[Said], at: int) -> tuple[int, str]:
    """How many pieces from ``at`` make an option or a ``__name__``, and how it is written; 0 where they do not."""
    words = list(takewhile(lambda each: not is_sign(each) and each.raw.isascii(), run[at + 1 : at + 5]))
    if not is_sign(run[at]) or not words:
        return _None
    if run[at].text == "__":
        return _dunder(run, at, words[0].raw.lower())
    if run[at].text == "--":
        return _long(run, at, [each.raw.lower() for each in words])
    return _short(text, run, at, words) if run[at].text == "-" else _None


def _dunder(run: Sequence[Said], at: int, word: str) -> tuple[int, str]:
    if word in FUNCTION or word in _ABOUT_DUNDER:
        return _None
    closed = at + 2 < len(run) and run[at + 2].text == "__"
    return (3 if closed else 2), f"__{word}__"


def _long(run: Sequence[Said], at: int, words: list[str]) -> tuple[int, str]:
    for size in range(len(words), 0, -1):
        if known := _known("-".join(" ".join(words[:size]).split())):  # a number of two words is one piece
            return size + 1, "--" + known
    if words[0] == "no" and len(words) > 1 and words[1] not in FUNCTION:
        return 3, f"--no-{words[1]}"
    if (words[0] in FUNCTION and words[0] not in _LONG_SMALL) or words[0].isdigit():
        return _None
    size, written = 2, "--" + words[0]
    while more := _more(run[at + size : at + size + 2]):
        written += "-" + more
        size += 2
    return size, written


def _known(name: str) -> str:
    """The long option of several words that ``name`` is, as its program writes it; empty where it is none."""
    if "-" not in name:
        return ""
    joined = name.replace("-", "")
    if name in programs.long_options():
        return name
    return joined if joined in programs.everywhere("options.one_word") else ""


def _more(pair: Sequence[Said]) -> str:
    """The word of a dash and a word that go on in a long option; empty where ``pair`` is nothing of the kind."""
    if len(pair) < 2 or pair[0].text != "-" or is_sign(pair[1]):
        return ""
    return pair[1].raw.lower() if len(pair[1].raw) > 1 else ""  # "dash x" is an option of its own


def _short(text: str, run: Sequence[Said], at: int, words: list[Said]) -> tuple[int, str]:
    first = words[0].raw
    low, last = first.lower(), len(words) == 1
    if not (len(low) == 1 or low in programs.bundles() or (len(low) == 2 and last)) or low.isdigit():
        return _None
    if at and _joins(run[at - 1], run[at]):
        return _None
    before = {each.lower() for each in re.findall(r"[A-Za-z][A-Za-z0-9-]*", text[: run[at].start])}
    if not before & programs.spoken():
        return _None
    more = [each.raw for each in takewhile(lambda each: each.letter, words[1:4])] if len(low) == 1 else []
    return 2 + len(more), "-" + first + "".join(more)


def _joins(left: Said, dash: Said) -> bool:
    """Whether the dash belongs to what stands before it: written to it, or spoken about ("a dash")."""
    return left.low in ARTICLES or (left.end == dash.start and not chinese(dash))
