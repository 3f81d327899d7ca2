"""Cuts PowerShell into statements, words, and the pieces in brackets."""

from __future__ import annotations

import re


def split(text: str, signs: str) -> list[str]:
    """``text`` cut at signs that stand outside quotes and brackets."""
    parts, now, quote, depth, place = list[str](), "", "", 0, 0
    doubles = signs == "&&||"
    while place < len(text):
        each, two = text[place], text[place : place + 2]
        if each == "`" and quote != "'":
            now, place = now + two, place + 2
            continue
        if quote:
            quote = "" if each == quote else quote
        elif each in "'\"":
            quote = each
        elif each in "({[":
            depth += 1
        elif each in ")}]":
            depth = max(0, depth - 1)
        elif depth == 0 and (two in ("&&", "||") if doubles else each in signs and not (each == "|" and two == "||")):
            parts.append(now)
            now, place = "", place + (2 if doubles else 1)
            continue
        now, place = now + each, place + 1
    return [*parts, now]


def words(text: str) -> list[tuple[str, bool]]:
    """The words of one command without quotes and back-ticks, and whether each was quoted."""
    words, now, quote, depth, place, quoted = list[tuple[str, bool]](), "", "", 0, 0, False
    while place < len(text):
        each = text[place]
        if each == "`" and quote != "'" and place + 1 < len(text):
            now += "" if text[place + 1] == "\n" else text[place + 1]
            place += 1
        elif quote:
            if each == quote:
                quote = ""
            else:
                now += each
        elif each in "'\"" and depth == 0:
            quote, quoted = each, True
        elif each.isspace() and depth == 0:
            if now or quoted:
                words.append((now, quoted))
            now, quoted = "", False
        else:
            depth += (each in "({[") - (each in ")}]")
            now += each
        place += 1
    return [*words, (now, quoted)] if now or quoted else words


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
