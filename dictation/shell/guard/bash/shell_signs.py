"""Works on the signs of a word of bash: quoting, escapes, braces, and patterns that cut a value."""

from __future__ import annotations

import fnmatch
import itertools
import re

from dictation.shell.guard.inspection import UNKNOWN
from dictation.spelled.lazy_regex import late

SHIFT = 0xF0000
"""Quoted ASCII is moved up here while a word is taken apart, so that only unquoted signs have a meaning."""

MOST_WORDS = 64
"""Words that braces may make."""

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v"}
BRACE = late(r"\{([^{},]*(?:,[^{},]*)+|-?\w+\.\.-?\w+(?:\.\.-?\d+)?)\}")


def shield(text: str) -> str:
    """``text`` with its ASCII out of the reach of splitting, braces and globs."""
    return "".join(chr(ord(each) + SHIFT) if "\0" < each <= "\x7f" else each for each in text)


def bare(text: str) -> str:
    """The opposite of ``shield``."""
    return "".join(chr(ord(each) - SHIFT) if SHIFT < ord(each) <= SHIFT + 0x7F else each for each in text)


def ansi(text: str) -> str:
    r"""The inside of ``$'...'``: ``\x72``, ``\162``, ``\u0072``, ``\n``."""

    def decoded(found: re.Match[str]) -> str:
        code = found[0][1:]
        try:
            if code[0] in "xuU":
                return chr(int(code[1:].strip("{}"), 16))
            if code[0] in "01234567":
                return chr(int(code, 8) & 0xFF)
            if code[0] == "c":
                return chr(ord(code[1]) & 0x1F)
        except (ValueError, OverflowError):
            return UNKNOWN
        return ESCAPES.get(code, code)

    pattern = r"\\(?:x\{?[0-9a-fA-F]{1,2}\}?|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|c.|.)"
    return re.sub(pattern, decoded, text, flags=re.DOTALL)


def braces(text: str) -> list[str]:
    """Brace expansion, innermost first, of unquoted braces only; cut off at ``MOST_WORDS`` words."""
    done, waiting = list[str](), [text]
    while waiting and len(done) + len(waiting) < MOST_WORDS:
        each = waiting.pop(0)
        if not (found := BRACE.search(each)):
            done.append(each)
            continue
        inside = found[1]
        choices = inside.split(",") if "," in inside else _range(inside)
        waiting = [each[: found.start()] + choice + each[found.end() :] for choice in choices] + waiting
    return done + waiting


def _range(inside: str) -> list[str]:
    first, last = inside.split("..")[:2]
    if re.fullmatch(r"-?\d+", first) and re.fullmatch(r"-?\d+", last):
        low, high = int(first), int(last)
        return [
            str(each)
            for each in itertools.islice(range(low, high + 1) if low <= high else range(low, high - 1, -1), 20)
        ]
    if len(first) == len(last) == 1:
        low, high = ord(first), ord(last)
        return [chr(each) for each in (range(low, high + 1) if low <= high else range(low, high - 1, -1))][:60]
    return [first, last]


def trimmed(value: str, operator: str, pattern: str) -> str:
    """``${NAME#pattern}``, ``##``, ``%``, ``%%``: the value without what fits at its beginning or end."""
    ends = range(len(value) + 1)
    if operator[0] == "#":
        cuts = [end for end in ends if fnmatch.fnmatchcase(value[:end], pattern)]
        return value[(max(cuts) if len(operator) == 2 else min(cuts)) :] if cuts else value
    cuts = [end for end in ends if fnmatch.fnmatchcase(value[end:], pattern)]
    return value[: (min(cuts) if len(operator) == 2 else max(cuts))] if cuts else value
