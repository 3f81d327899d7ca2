"""Writes punctuation that was said: "deploy it comma then test it period" -> "deploy it, then test it."."""

from __future__ import annotations

import re

from dictation.language.line_edits import Change, Sheet
from dictation.spelled.lazy_regex import late

_ENGLISH = {
    "comma": ",", "period": ".", "full stop": ".", "question mark": "?", "exclamation mark": "!",
    "exclamation point": "!", "semicolon": ";",
}  # fmt: skip
_CHINESE = {"逗号": "，", "句号": "。", "问号": "？", "感叹号": "！", "叹号": "！", "分号": "；", "顿号": "、"}

_PAUSE = r"[^\S\n]*[,，.。;；、]*[^\S\n]*"
_SAID = late(
    rf"(?P<before>{_PAUSE})(?:(?<![A-Za-z0-9'_/.-])(?P<english>{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})"
    rf"(?![A-Za-z0-9'_/-])|(?P<chinese>{'|'.join(sorted(_CHINESE, key=len, reverse=True))}))(?P<after>{_PAUSE})",
    re.I,
)
_NAMED_BEFORE = late(
    r"(?:(?<![A-Za-z])(?:an?|the|this|that|these|each|every|one|no|with|by|trial|grace|time|trailing|missing|add|use)\s"
    r"|[个的用加是以删在去改])\Z",
    re.I,
)
_NAMED_AFTER = late(r"(?:of|is|was|as|and|or|after|before|separated)(?![A-Za-z])|[后前的和或是分隔结不改换]", re.I)
"""What shows that the mark is spoken of: "a period of time", 用逗号分隔."""


def write_marks(sheet: Sheet, alone: bool) -> None:
    """Puts each mark in the place of its name; ``alone``: only where it was said between two pauses."""
    text = sheet.text
    changes = []
    for found in _SAID.finditer(text):
        first, last = found.start() == 0, found.end() == len(text)
        paused = [bool(found[side].strip()) for side in ("before", "after")]
        if alone and not ((first or paused[0]) and (last or paused[1])):
            continue
        named = _NAMED_BEFORE.search(text, 0, found.end("before")) or _NAMED_AFTER.match(text, found.end())
        if first or (named and not all(paused)):
            continue
        mark = _ENGLISH[found["english"].lower()] if found["english"] else _CHINESE[found["chinese"]]
        after = text[found.end() : found.end() + 1]
        changes.append(Change(found.start(), found.end(), mark + (" " if found["english"] and after else "")))
        if found["english"] and mark in ".?!" and after.islower() and after.isascii():
            changes.append(Change(found.end(), found.end() + 1, after.upper()))
    sheet.change("punctuation", changes)
