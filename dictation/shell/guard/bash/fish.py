"""Turns fish into bash, so that one walker serves both: blocks, ``set``, ``(...)``, ``and`` and ``or``."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.shell.guard.inspection import DEEPEST, TooMuchError
from dictation.spelled.lazy_regex import late

OPENING = {"for": "done", "while": "done", "if": "fi", "begin": "}", "function": "}", "switch": "}"}
PREFIXES = {"and": "", "or": "", "not": "", "builtin": "builtin ", "command": "command "}
"""Words before a statement, and what bash has in their place."""


def as_bash(text: str, depth: int = 0) -> str:
    """``text`` of fish as bash. Raises TooMuchError when brackets are nested too deeply."""
    if depth > DEEPEST:
        raise TooMuchError
    out, blocks = list[str](), list[str]()
    for piece, sign in _pieces(text, depth):
        out.append(_statement(piece.strip(), blocks) + sign)
    return "".join(out)


def _pieces(text: str, nested: int) -> list[tuple[str, str]]:
    """The statements and what stands between them; quotes and brackets are kept together."""
    found, now, place = list[tuple[str, str]](), "", 0
    while place < len(text):
        if text[place] == "(":
            inside, place = _bracket(text, place)
            now += f"{'' if now.endswith('$') else '$'}({as_bash(inside, nested + 1)})"
        elif sign := _sign(text, place, now):
            found.append((now, "\n" if sign == "\n" else f" {sign} "))
            now, place = "", place + len(sign)
        else:
            kept = KEPT.match(text, place)
            piece = kept[0] if kept else text[place]
            now, place = now + piece, place + len(piece)
    return [*found, (now, "")]


KEPT = late(r"\\.|(['\"])(?:\\.|(?!\1).)*(?:\1|\Z)", re.DOTALL)
"""A sign behind a backslash, and a text in quotes: nothing in them has a meaning."""


def _sign(text: str, place: int, before: str) -> str:
    """The sign at ``place`` that ends a statement, which is ``before``; empty where none does: ``>&2``, ``&>``."""
    double = text[place : place + 2]
    redirects = double[0] == "&" and (before.endswith((">", "<")) or double == "&>")
    if redirects or double[0] not in ";\n|&":
        return ""
    return double if double in ("||", "&&") else double[0]


def _bracket(text: str, start: int) -> tuple[str, int]:
    """The inside of the bracket that opens at ``start``, and where the text goes on."""
    depth, quote, place = 0, "", start
    while place < len(text):
        each = text[place]
        if each == "\\":
            place += 1
        elif quote:
            quote = "" if each == quote else quote
        elif each in "'\"":
            quote = each
        elif each == "(":
            depth += 1
        elif each == ")":
            depth -= 1
            if depth == 0:
                return text[start + 1 : place], place + 1
        place += 1
    return text[start + 1 :], len(text)


def _statement(text: str, blocks: list[str]) -> str:
    word, _, rest = text.partition(" ")
    if word in PREFIXES and rest:
        return PREFIXES[word] + _statement(rest.strip(), blocks)
    if word == "end":
        return (blocks.pop() if blocks else "end") + (f" {rest}" if rest else "")
    if word in OPENING and (rest or word != "function"):
        blocks.append(OPENING[word])
        return _opened(word, rest, text)
    if written := WITHIN.get(word):
        return written(rest)
    return _errors(text)


def _errors(text: str) -> str:
    """``^file``, where older versions send the errors."""
    return re.sub(r"\^(?=\s*\S+$)", "2>", text) if re.search(r"\s\^\s?\S+$", text) else text


def _case(_: str) -> str:
    return "true"


def _string(rest: str) -> str:
    """What is worked out of ``string``, under a name of its own."""
    return f"string_ {rest}" if rest.startswith(("join", "replace", "unescape")) else _errors(f"string {rest}")


def _else(rest: str) -> str:
    return f"elif {rest.removeprefix('if ')}; then true" if rest.startswith("if ") else "else true"


def _opened(word: str, rest: str, text: str) -> str:
    """The statement that opens a block, with a command so that bash takes it where the block is empty."""
    if word in ("for", "while"):
        return f"{text}; do true"
    if word == "if":
        return f"{text}; then true"
    if word == "function":
        return f"{re.split(r'[ ;]', rest)[0]}() {{ true"
    return "{ true" + (f"; {rest}" if word == "begin" and rest else f" {rest}")


def _set(rest: str) -> str:
    """``set -gx NAME value`` as an assignment; queries and erasures stay as they are."""
    words = re.match(r"((?:-\S+\s+)*)([A-Za-z_]\w*)(?:\[[^]]*\])?\s*(.*)", rest, re.DOTALL)
    if not words or re.search(r"-\w*[qen]\b|--(?:query|erase|names)", words[1]):
        return f"true {rest}"
    value = words[3].strip()
    return (
        f"{words[2]}=({value})"
        if re.search(r"\s", value) and not re.match(r"^(?:'[^']*'|\"[^\"]*\"|\$\([^()]*\))$", value)
        else f"{words[2]}={value}"
    )


WITHIN: dict[str, Callable[[str], str]] = {"else": _else, "case": _case, "set": _set, "string": _string}
"""Words that are written in another way in bash, by what follows them."""
