"""The look of a line: a space between Chinese and Latin, and the width of punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dictation.language.line_edits import Change, Sheet
from dictation.spelled.lazy_regex import late

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_BETWEEN = late(
    rf"(?<=[{HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{HAN}])|(?<=\+\+)(?=[{HAN}])|(?<=[A-Z]#)(?=[{HAN}])|"
    rf"(?<=[0-9]%)(?=[{HAN}])"
)
_OPENS = late(r"[A-Za-z0-9`/~.@$*_-]")
_CLOSES = late(r"[A-Za-z0-9`/+#%_)\]}*]")
_HAN = late(f"[{HAN}]")
_WIDE = dict(zip(",?!:;", "，？！：；", strict=True))
_NARROW = {wide: narrow for narrow, wide in _WIDE.items()} | {"。": ".", "（": "(", "）": ")"}
_CHINESE = late(f"[{HAN}，。？！：；、“”‘’（）《》【】…]")
_MARK = late(r"[^\S\n]*([,?!:;])([^\S\n]*)(?=(.?))", re.S)
_CLAUSE = late(r"[^，。？！：；、,?!:;\n]*")
_DOT = late(rf"(?<=[{HAN}])\.(?=[^\S\n]*$|[^\S\n]+[{HAN}]|[{HAN}])", re.M)
_SENTENCE = late(r"[^。！？!?\n]+?(?:[。！？!?]+|\.(?=\s|$)|\n|$)")
_WORDS = late(r"[A-Za-z][\w'’.-]*[^\S\n，,]+[A-Za-z]")
"""Two words side by side: one alone is a name in Chinese, with Chinese marks."""
_LOOSE = late(r"[^\S\n]+(?=[，。？！：；、])|(?<=[，。？！：；、])[^\S\n]+")


def space_out(sheet: Sheet) -> None:
    """One space where Chinese meets Latin letters, digits, or a protected span."""
    text = sheet.text
    if text.isascii() or not _HAN.search(text):
        return
    places = {found.start() for found in _BETWEEN.finditer(text)}
    for start, end in zip(sheet.starts, sheet.ends, strict=True):
        if start and _HAN.match(text[start - 1]) and _OPENS.match(text[start]):
            places.add(start)
        if end < len(text) and _HAN.match(text[end]) and _CLOSES.match(text[end - 1]):
            places.add(end)
    sheet.change("spacing", [Change(place, place, " ") for place in places])


def punctuate(sheet: Sheet, width: str) -> None:
    """``full`` widens marks beside Chinese, ``half`` narrows them, ``keep`` leaves them.

    A sentence in a text that is Chinese else has the marks of its own language.
    """
    text = sheet.text
    if width == "keep" or not _HAN.search(text):
        return
    if width == "half":
        sheet.change("punctuation", [_narrowed(text, at) for at, char in enumerate(text) if char in _NARROW])
        return
    foreign = {at for found in _SENTENCE.finditer(text) if _foreign(found[0]) for at in range(*found.span())}
    changes = [each for each in _widened(text) if each.start not in foreign]
    changes += [Change(found.start(), found.end(), "。") for found in _DOT.finditer(text)]
    changes += [_narrowed(text, at) for at in sorted(foreign) if text[at] in _NARROW]
    sheet.change("punctuation", sorted(changes, key=lambda each: each.start))
    if changes:
        sheet.change("punctuation", [Change(found.start(), found.end(), "") for found in _LOOSE.finditer(sheet.text)])


def _foreign(sentence: str) -> bool:
    """Whether it is a sentence without Chinese: of one word it is a name, and none says nothing."""
    return not _HAN.search(sentence) and _WORDS.search(sentence) is not None


def _narrowed(text: str, at: int) -> Change:
    """The mark at ``at`` in half width, with a space where a word follows."""
    char, after = text[at], text[at + 1 : at + 2]
    word = bool(after) and not after.isspace() and after not in _NARROW and after not in "”’\"')"
    return Change(at, at + 1, _NARROW[char] + (" " if word and char not in "（）" else ""))


def _between_clauses(text: str, comma: re.Match[str]) -> bool:
    """Whether a mark is a comma with Chinese in what is said before it and after it, outside of brackets; none of a
    number."""
    if comma[1] != "," or (text[comma.start() - 1].isdigit() and comma[3].isdigit()):
        return False
    before = _CLAUSE.match(text[: comma.start()][::-1])
    after = _CLAUSE.match(text, comma.end())
    if not (before and after and _HAN.search(before[0]) and _HAN.search(after[0])):
        return False
    return all(before[0].count(left) <= before[0].count(right) for left, right in ("()", "[]"))


def _widened(text: str) -> Iterator[Change]:
    """Marks beside Chinese, commas between two clauses with Chinese in them, marks at the end of a line that is mostly
    Chinese; but not the colon in 12:30."""
    mostly = len(_HAN.findall(text)) * 2 >= len(re.findall(f"[{HAN}]|[A-Za-z0-9]+", text))
    for found in _MARK.finditer(text):
        before = text[found.start() - 1 : found.start()] if found.start() else ""
        after = found[3]
        beside = bool(_CHINESE.match(before or " ") or _CHINESE.match(after or " "))
        trailing = mostly and not after and (before.isalnum() or before in ")`%")
        clock = found[1] == ":" and before.isdigit() and after.isdigit()
        if before and not clock and (beside or trailing or _between_clauses(text, found)):
            yield Change(found.start(), found.end(), _WIDE[found[1]])
