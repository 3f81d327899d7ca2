"""Cuts PowerShell into statements, words, and the pieces in brackets."""

from __future__ import annotations

import re

from dictation.spelled.lazy_regex import late


def split(text: str, signs: str) -> list[str]:
    """``text`` cut at signs that stand outside quotes and brackets."""
    parts, now, depth, place = list[str](), "", 0, 0
    while place < len(text):
        if kept := KEPT.match(text, place):
            now, place = now + kept[0], kept.end()
        elif depth == 0 and (sign := _sign(text, place, signs)):
            parts.append(now)
            now, place = "", place + len(sign)
        else:
            depth = max(0, depth + DEPTHS.get(text[place], 0))
            now, place = now + text[place], place + 1
    return [*parts, now]


KEPT = late(r"`(?:.|\Z)|'[^']*(?:'|\Z)|\"(?:`.|[^\"])*(?:\"|\Z)", re.DOTALL)
"""A sign behind a back-tick, and a text in quotes: nothing in them has a meaning."""

DEPTHS = {**dict.fromkeys("({[", 1), **dict.fromkeys(")}]", -1)}


def _sign(text: str, place: int, signs: str) -> str:
    """The sign at ``place`` at which is to be cut; empty where there is none."""
    one, two = text[place], text[place : place + 2]
    if signs == "&&||":
        return two if two in ("&&", "||") else ""
    return one if one in signs and two != "||" else ""


def words(text: str) -> list[tuple[str, bool]]:
    """The words of one command without quotes and back-ticks, and whether each was quoted."""
    words, now, depth, place, quoted = list[tuple[str, bool]](), "", 0, 0, False
    while place < len(text):
        each = text[place]
        if found := BACK_TICK.match(text, place):
            now, place = now + found[0][1:].strip("\n"), found.end()
        elif depth == 0 and (found := QUOTED.match(text, place)):
            now, place, quoted = now + _unquoted(found), found.end(), True
        elif depth == 0 and each.isspace():
            words.append((now, quoted))
            now, place, quoted = "", place + 1, False
        else:
            depth += DEPTHS.get(each, 0)
            now, place = now + each, place + 1
    return [word for word in [*words, (now, quoted)] if any(word)]


BACK_TICK = late(r"`.", re.DOTALL)
QUOTED = late(r"'([^']*)(?:'|\Z)|\"((?:`.|[^\"])*)(?:\"|\Z)", re.DOTALL)


def _unquoted(found: re.Match[str]) -> str:
    """The text in quotes; in double ones a back-tick takes the meaning of a sign away."""
    if found[2] is None:
        return found[1]
    return BACK_TICK.sub(lambda sign: sign[0][1:].strip("\n"), found[2])


def inside(text: str) -> list[str]:
    """The texts in brackets and braces, at any depth once: they are looked at on their own."""
    found, place = list[str](), 0
    bare = re.sub(r"'[^']*'", lambda each: "'" * 0 + " " * len(each[0]), text)
    while place < len(bare):
        if bare[place] in "({":
            depth, end = 0, place
            while end < len(bare):
                depth += (bare[end] in "({") - (bare[end] in ")}")
                if depth == 0:
                    break
                end += 1
            found.append(text[place + 1 : end])
            place = end
        place += 1
    return found
