"""Cuts lines of cmd into commands and words: quotes, carets, variables, switches."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import MOST_EXPANDED, TooMuchError
from dictation.spelled.lazy_regex import late

KNOWN = {
    "comspec": "cmd",
    "systemdrive": "C:",
    "systemroot": "C:\\Windows",
    "windir": "C:\\Windows",
    "userprofile": "C:\\Users\\me",
    "temp": "C:\\Temp",
    "cd": ".",
    "homedrive": "C:",
    "homepath": "\\Users\\me",
}
"""What variables hold in every shell."""


def split(text: str) -> list[str]:
    """Commands between ``&``, ``|`` and line ends outside quotes; a caret takes a sign's meaning away and goes."""
    parts, now, place = list[str](), "", 0
    while place < len(text):
        each = text[place]
        if kept := KEPT.match(text, place):
            now, place = now + _without_caret(kept[0]), kept.end()
        elif each in "|\n" or (each == "&" and not now.rstrip().endswith(">")):
            parts.append(now)
            now, place = "", place + 1
        else:
            now, place = now + each, place + 1
    return [*parts, now]


KEPT = late(r'"[^"]*(?:"|\Z)|\^(?:.|\Z)', re.DOTALL)
"""A text in quotes, and a sign behind a caret: nothing in them has a meaning."""


def _without_caret(piece: str) -> str:
    """The sign behind a caret, marked where it would have had a meaning; a line end goes with its caret."""
    if piece[0] != "^":
        return piece
    return re.sub(r"\A([&|<>()])", "\x01\\1", piece[1:].removeprefix("\n"))


def filled(text: str, variables: dict[str, str]) -> str:
    """``%name%``, ``!name!`` and ``%name:~0,1%`` with what is known of them."""
    if sum(map(len, variables.values())) + len(text) > MOST_EXPANDED // 4:
        raise TooMuchError

    def value(found: re.Match[str]) -> str:
        name, _, cut = found[1].partition(":")
        known = variables.get(name.lower())
        if known is None:
            return found[0]
        if span := re.fullmatch(r"~(-?\d+)(?:,(-?\d+))?", cut):
            start = int(span[1])
            return known[start:][: int(span[2])] if span[2] else known[start:]
        if swap := re.fullmatch(r"\*?([^=]+)=(.*)", cut):
            return known.replace(swap[1], swap[2])
        return known

    return re.sub(r"!(\w+(?::[^!]*)?)!", value, re.sub(r"%(\w+(?::[^%]*)?)%", value, text))


def parted(words: list[str]) -> tuple[str, list[str]]:
    """The program and its arguments; ``del/q`` and ``cd..`` are cut behind the name."""
    first = words[0].replace('"', "")
    glued = re.match(r"(?i)^(del|erase|rd|rmdir|echo|type|cd|copy|move|set|start|call|format)([/.\\:\"].*)$", first)
    if glued and not first.lower().endswith((".exe", ".bat", ".cmd")):
        return glued[1], [glued[2], *words[1:]]
    return first, words[1:]


def flags_and_places(args: list[str]) -> tuple[set[str], list[str]]:
    """``/s/q`` in single switches, and the places without the switches that are joined to them."""
    switches = " ".join(each for each in args if each.startswith("/"))
    flags = {each.lower() for each in re.findall(r"/[a-zA-Z]", switches)}
    return flags, [re.sub(r"(?:/[a-zA-Z])+$", "", each.strip('"')) for each in args if not each.startswith("/")]
