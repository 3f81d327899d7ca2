"""Takes out what is said while thinking: 嗯, 呃, 那个 before a pause, um, uh, and a doubled 这个这个."""

from __future__ import annotations

import re

from dictation.language.line_edits import Change, Sheet
from dictation.spelled.lazy_regex import late

_HUM = "[嗯呃额唔]"
# A reply stays: 嗯？ and 嗯，好的; so does 额 as part of a word (额度, 名额, 额外).
_CHINESE = late(
    rf"(?:^|(?<=[，,。！？!?；;、\s]))(?>(?:(?:嗯+|呃+|额+(?=[，,]))[，,、…\s]*)+)(?![。？?！!…]|$|嗯|好|对|是的|"
    rf"行[，,。]|可以[，,。]|没错)"
    r"|(?:^|(?<=[，,。！？!?；;]))\s*(?:那个[，,]?)*那个[，,](?=\S)|(?<=[说后是])嗯+(?=[，,])"
    rf"|(?<=[\u4e00-\u9fff，,])(?:呃+(?!了)|[，,]\s*{_HUM}+(?=[，,]))"
    r"|(?<=然后|就是|这个|那个|但是|所以|因为|不过|我们|咱们)嗯+(?=[\u4e00-\u9fffA-Za-z])(?!嗯|了|着|一声)"
    r"|(?<![\u4e00-\u9fff])(这个|那个)(?:[，,]?\1)+(?=[\u4e00-\u9fff])|(这个|那个)[，,]\2(?=[\u4e00-\u9fff])"
)
_ENGLISH = late(
    r"(?:(?<=[A-Za-z0-9]),?|^)[^\S\n]*(?<![A-Za-z0-9'.-])(?:um+|uh+|uhm+|erm|er)(?![A-Za-z0-9'.:=(/-])(?:,[^\S\n]*|"
    r"\.\.\.[^\S\n]*|[^\S\n]+(?=[A-Za-z0-9]|[^\x00-\x7f])|(?=[.!?]?$))",
    re.I,
)
_FOREIGN_UM = late(
    r"\b(?:uns|der|das|ein|eine|para|com|que|não|und|os|dos|em|ou|pode|sie|zu|ist|die|den|von|mit|da|na|como|todos)\b",
    re.I,
)


def drop_fillers(sheet: Sheet) -> None:
    """Removes them; what is left of a sentence that was nothing else is left alone."""
    text = sheet.text
    changes = []
    if not text.isascii():
        for found in _CHINESE.finditer(text):
            keep = found[1] or found[2] or ""
            if found[0].strip() != text.strip():
                changes.append(Change(found.start(), found.end(), keep))
    lower = text.lower()
    if ("um" in lower or "uh" in lower or "er" in lower) and not _FOREIGN_UM.search(text):
        for found in _ENGLISH.finditer(text):
            said = found[0].strip(" ,.").lower()
            if found[0].strip() == text.strip() or (said == "er" and "," not in found[0]) or "UM" in found[0]:
                continue
            changes.append(_english(text, found))
    if sheet.change("filler", changes) and text[:1].isupper() and sheet.text[:1].islower() and text.isascii():
        sheet.change("filler", [Change(0, 1, sheet.text[:1].upper())])


def _english(text: str, found: re.Match[str]) -> Change:
    at_start = found.start() == 0
    after = text[found.end() : found.end() + 1]
    if found[0].startswith(",") and "," not in found[0][1:]:
        return Change(found.start() + 1, found.end(), " " if after.isalnum() else "")
    space = "" if at_start or not after or after in ".!?,;" or not text[found.start() - 1].isascii() else " "
    return Change(found.start(), found.end(), space)
