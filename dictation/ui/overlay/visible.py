"""Visible: a command as it is shown, with nothing in it that cannot be seen."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

PICTURES = {"\t": "⇥", "\n": "⏎\n", "\r": "␍"}

HIDDEN = ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp", "Zs")
"""Unicode's categories of what has no ink."""

INKLESS = {
    0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
}  # fmt: skip
"""Characters without ink in other categories."""


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Part of a shown command. ``start`` and ``end`` say what it stands for in the real one.

    ``strange`` marks what would not have been seen, or looks like something else."""

    text: str
    start: int
    end: int
    strange: bool = False


def pieces(command: str) -> list[ShownPiece]:
    """``command`` in pieces that together show every character of it, in order."""
    found: list[ShownPiece] = []
    plain = 0
    stripped = command.rstrip(" ")
    for at, character in enumerate(command):
        shown = _shown(character, edge=at >= len(stripped) or (character == " " and not command[:at].strip(" ")))
        if shown is None:
            continue
        if at > plain:
            found.append(ShownPiece(command[plain:at], plain, at))
        found.append(ShownPiece(shown, at, at + 1, strange=True))
        plain = at + 1
    if plain < len(command):
        found.append(ShownPiece(command[plain:], plain, len(command)))
    return found


def _shown(character: str, edge: bool) -> str | None:
    """What stands for ``character``; None when it can be seen as it is."""
    if character == " ":
        return "·" if edge else None
    if character in PICTURES:
        return PICTURES[character]
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if unicodedata.category(character) in HIDDEN or code in INKLESS:
        return f"‹U+{code:04X}›"
    return None


def where(command: str, at: str) -> tuple[int, int] | None:
    """Start and end of the piece ``at`` of ``command``; None when it is not in there, or is all of it."""
    start = command.find(at) if at else -1
    return None if start < 0 or len(at) >= len(command.strip()) else (start, start + len(at))
