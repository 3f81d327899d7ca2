"""Turns fish into bash, so that one walker serves both: blocks, ``set``, ``(...)``, ``and`` and ``or``."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import DEEPEST, TooMuchError

OPENING = {"for": "done", "while": "done", "if": "fi", "begin": "}", "function": "}", "switch": "}"}


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
    found, now, quote, depth, place = list[tuple[str, str]](), "", "", 0, 0
    while place < len(text):
        each = text[place]
        if each == "\\" and place + 1 < len(text):
            now += text[place : place + 2]
            place += 2
            continue
        if quote:
            if each == "(" and quote == '"' and text[place - 1 : place] == "$":
                pass
            now, quote = now + each, "" if each == quote else quote
        elif each in "'\"":
            now, quote = now + each, each
        elif each == "(":
            inside, place = _bracket(text, place)
            before = "" if now.endswith("$") else "$"
            now += f"{before}({as_bash(inside, nested + 1)})"
            continue
        elif (
            each in ";\n|&"
            and depth == 0
            and not (each == "&" and (now.endswith((">", "<")) or text[place + 1 : place + 2] == ">"))
        ):
            double = text[place : place + 2]
            sign = double if double in ("||", "&&") else each
            found.append((now, f" {sign} " if sign != "\n" else "\n"))
            now, place = "", place + len(sign)
            continue
        else:
            now += each
        place += 1
    found.append((now, ""))
    return found


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
    if word in ("and", "or", "not", "builtin", "command") and rest:
        return ("" if word in ("and", "or", "not") else f"{word} ") + _statement(rest.strip(), blocks)
    if word == "end":
        return (blocks.pop() if blocks else "end") + (f" {rest}" if rest else "")
    if word == "else":
        return f"elif {rest.removeprefix('if ')}; then true" if rest.startswith("if ") else "else true"
    if word == "case":
        return "true"
    if word in OPENING and not (word == "function" and not rest):
        blocks.append(OPENING[word])
        return _opened(word, rest, text)
    if word == "set":
        return _set(rest)
    if word == "string" and rest.startswith(("join", "replace", "unescape")):
        return f"string_ {rest}"
    return re.sub(r"\^(?=\s*\S+$)", "2>", text) if re.search(r"\s\^\s?\S+$", text) else text


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
