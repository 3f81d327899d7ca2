"""Writes a name the way it is asked for: "camel case user id" -> ``userId``."""

from __future__ import annotations

import re

from dictation.language.code.vocabulary import CASES, FUNCTION, NOT_NAMES
from dictation.language.line_edits import Change, Sheet
from dictation.spelled.lazy_regex import late

_ASKED = late(
    r"(?<![A-Za-z])(?:"
    + "|".join(sorted(CASES, key=len, reverse=True))
    + r")(?:的|法|式)?(?:[:：,，]?[^\S\n]*)(?=[A-Za-z])",
    re.I,
)
_WORDS = late(r"[A-Za-z][A-Za-z0-9]*(?:[^\S\n]+[A-Za-z0-9]+)*")
_MOST = 5
_HINT = late("case|all caps|驼峰|帕斯卡|蛇形|命名|大写", re.I)


def apply_case(sheet: Sheet) -> None:
    """Joins up to five words after each request; talk about the style itself ("camel case is nicer") stays."""
    if not _HINT.search(sheet.text):
        return
    changes = []
    for found in _ASKED.finditer(sheet.text):
        said = re.match("[A-Za-z ]+[A-Za-z]|[\u4e00-\u9fff]+?(?=[的法式:：,，\\s]|$|[A-Za-z])", found[0])
        style = CASES.get(" ".join(said[0].lower().split()) if said else "")
        words = _WORDS.match(sheet.text, found.end())
        if style is None or words is None:
            continue
        chinese = not found[0][0].isascii()
        parts: list[str] = []
        end = found.end()
        for each in re.finditer(r"[A-Za-z0-9]+", words[0]):
            low = each[0].lower()
            if (
                len(parts) == _MOST
                or (low in NOT_NAMES and not parts)
                or (low in FUNCTION and not _inside(low, parts, chinese))
            ):
                break
            parts.append(low)
            end = words.start() + each.end()
        if len(parts) == 1 and not chinese and style in ("camel", "snake", "kebab", "upper"):
            continue
        if parts and not (len(parts) == 2 and parts[1] in ("naming", "convention", "notation", "style")):
            changes.append(Change(found.start(), end, write(style, parts), lock=True))
    sheet.change("path", changes)


def _inside(word: str, parts: list[str], chinese: bool) -> bool:
    """``is`` begins a name (isActive), ``to``, ``by`` and ``of`` stand inside one (getUserById)."""
    if not parts:
        return word in ("is", "has", "can", "should", "on", "all", "my") and chinese
    return word not in ("and", "or", "but", "it", "is", "this", "that") if chinese else word == "by"


def write(style: str, parts: list[str]) -> str:
    """``camel`` of ``["user", "id"]`` -> ``userId``."""
    if style == "snake":
        return "_".join(parts)
    if style == "kebab":
        return "-".join(parts)
    if style == "constant":
        return "_".join(parts).upper()
    if style == "upper":
        return "_".join(parts).upper()
    titles = [each[:1].upper() + each[1:] for each in parts]
    return "".join(titles) if style == "pascal" else parts[0] + "".join(titles[1:])
