"""Writes what was spelled out: messages and patterns in quotes, and the finished words as the shell wants them."""

from __future__ import annotations

import re

from dictation.spelled import programs
from dictation.spelled.command_line.line import Line, NotLiteral, Part
from dictation.spelled.lazy_regex import late
from dictation.spelled.pieces import Said
from dictation.spelled.quoting import quote, quoted


def messages() -> frozenset[str]:
    """Options after which everything is a message."""
    return programs.everywhere("options.message")


def settled(line: Line) -> list[Part]:
    """The parts; copying and moving need two names, so one that was glued of two is taken apart. Raises NotLiteral."""
    parts = line.parts
    _one_message(parts)
    if not parts or parts[0].text not in ("cp", "mv", "ln"):
        return parts
    names = [part for part in parts[1:] if part.kind == "word"]
    if len(names) != 1 or any(part.kind == "operator" for part in parts):
        return parts
    only = names[0]
    for pattern in (r"(.+[^/])(/(?:var|etc|usr|opt|tmp|home|srv|mnt|root)(?:/.*)?)", r"(\.\w+\.\w+)(\.\w+)"):
        if twice := re.fullmatch(pattern, only.text):
            first, second = twice.groups()
            at = parts.index(only)
            return [*parts[:at], Part(first, bare=False), Part(second, bare=False), *parts[at + 1 :]]
    raise NotLiteral


def _one_message(parts: list[Part]) -> None:
    """Raises NotLiteral for a message in two pairs of quotes: git reads the second as the name of a file."""
    for option, first, second in zip(parts, parts[1:], parts[2:], strict=False):
        if option.text in messages() and first.quoted and second.quoted:
            raise NotLiteral


_ATTACHED = frozenset("-/_.=@#+ ")
"""Signs that what follows is attached to, in words."""


def prose(text: str, pieces: list[Said]) -> str:
    """Words as they were said, with spoken signs written: "feat colon add login" -> ``feat: add login``."""
    _one_line(pieces)
    out, end, attach = "", 0, False
    for piece in pieces:
        sign = piece.text if piece.kind == "sign" else ""
        if sign in (":", ","):
            out, attach = f"{out}{sign} ", False
        elif sign in _ATTACHED:
            out, attach = _attached(out, sign), True
        else:
            apart = piece.start > end and text[end : piece.start].strip(" ,.") == ""
            blank = " " if out and not attach and apart and not out.endswith(" ") else ""
            out, attach = out + blank + piece.raw, False
        end = piece.end
    if not out.strip():
        raise NotLiteral
    return out.strip()


def _one_line(pieces: list[Said]) -> None:
    """Raises NotLiteral for what would end the line, or run something in it."""
    if any(each.kind == "sign" and each.text in ("\n", "`") for each in pieces):
        raise NotLiteral


def _attached(out: str, sign: str) -> str:
    """``out`` with a sign that the next word is attached to; the sign of an issue stands apart from what is before."""
    if sign == " ":
        return out + sign
    return out.rstrip(" ") + (" " if out and sign == "#" else "") + sign


def pattern(text: str, pieces: list[Said]) -> str:
    """A pattern between quotes: signs stand for themselves and are attached."""
    if not any(each.kind == "sign" for each in pieces):
        return prose(text, pieces)
    _one_line(pieces)
    out = ""
    sign = True
    for piece in pieces:
        if piece.kind == "sign":
            out += (" " if piece.text == "$" and out[-1:].isalnum() else "") + piece.text
        else:
            out += ("" if sign else " ") + (piece.text if sign and piece.kind == "number" else piece.raw)
        sign = piece.kind == "sign"
    return out


_AS_IT_IS = late(r"[012]>&[12]|~.*|\^|.*\$[A-Z_].*", re.S)
"""What the shell shall read itself: a stream, a home folder, a variable."""


def written(parts: list[Part], at: int, shell: str) -> str:
    """The part at ``at`` as the shell wants it."""
    part = parts[at]
    if part.kind == "operator":
        return part.text
    before = parts[at - 1].text if at else ""
    if part.quoted:
        name, equals, value = part.text.partition("=")
        if part.chain and equals and re.fullmatch(r"[\w.-]+", name):
            return f"{name}={quoted(value, shell)}"
        return quoted(part.text, shell)
    if "*" in part.text:
        sought = before in programs.patterns() or part.text.startswith(("--include=", "--exclude="))
        return quoted(part.text, shell) if sought else part.text
    return part.text if _AS_IT_IS.fullmatch(part.text) else quote(part.text, shell)
