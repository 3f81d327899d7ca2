"""Writes what was spelled out: messages and patterns in quotes, and the finished words as the shell wants them."""

from __future__ import annotations

import re

from dictation.spelled import programs
from dictation.spelled.line import Line, NotLiteral, Part
from dictation.spelled.pieces import Said
from dictation.spelled.quoting import quote, quoted


def messages() -> frozenset[str]:
    """Options after which everything is a message."""
    return programs.everywhere("options.message")


def settled(line: Line) -> list[Part]:
    """The parts; copying and moving need two names, so one that was glued of two is taken apart. Raises NotLiteral."""
    parts = line.parts
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


def prose(text: str, pieces: list[Said]) -> str:
    """Words as they were said, with spoken signs written: "feat colon add login" -> ``feat: add login``."""
    out = ""
    end: int | None = None
    attach = False
    for piece in pieces:
        if piece.kind == "sign" and piece.text in ("\n", "`"):
            raise NotLiteral
        space = end is not None and text[end : piece.start].strip(" ,.") == "" and piece.start > end
        if piece.kind == "sign" and piece.text in (":", ","):
            out += piece.text
            attach, end = False, piece.end
            out += " "
            continue
        if piece.kind == "sign" and piece.text in ("-", "/", "_", ".", "=", "@", "#", "+"):
            out = out.rstrip(" ") + ("" if out and piece.text != "#" else " " if out else "") + piece.text
            attach, end = True, piece.end
            continue
        if piece.kind == "sign" and piece.text == " ":
            out += " "
            attach, end = True, piece.end
            continue
        if out and not out.endswith(" ") and not attach and space:
            out += " "
        out += piece.raw
        attach, end = False, piece.end
    if not out.strip():
        raise NotLiteral
    return out.strip()


def pattern(text: str, pieces: list[Said]) -> str:
    """A pattern between quotes: signs stand for themselves and are attached."""
    if not any(each.kind == "sign" for each in pieces):
        return prose(text, pieces)
    out = ""
    sign = True
    for piece in pieces:
        if piece.kind == "sign":
            if piece.text in ("\n", "`"):
                raise NotLiteral
            out += " " if piece.text == "$" and out[-1:].isalnum() else ""
            out += " " if piece.text == " " else piece.text
            sign = True
        else:
            out += ("" if sign else " ") + (piece.text if sign and piece.kind == "number" else piece.raw)
            sign = False
    return out


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
    if "*" in part.text and (before in programs.patterns() or part.text.startswith(("--include=", "--exclude="))):
        return quoted(part.text, shell)
    if re.fullmatch(r"[012]>&[12]", part.text) or re.search(r"\$[A-Z_]+", part.text) or part.text.startswith("~"):
        return part.text
    if "*" in part.text or part.text == "^":
        return part.text
    return quote(part.text, shell)
