"""Phrases that mean keys: a new line, a paragraph, taking the last sentence back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dictation.core.types import Draft, Edit

LINES = {
    "new line": "\n", "newline": "\n", "line break": "\n", "换行": "\n", "换一行": "\n", "另起一行": "\n",
    "新的一行": "\n", "new paragraph": "\n\n", "新段落": "\n\n", "另起一段": "\n\n", "新的一段": "\n\n",
}  # fmt: skip
"""What ends a line, and with what."""

BACK = frozenset(("scratch that", "strike that", "撤回上一句", "划掉", "划掉上一句", "删掉上一句"))
"""What takes the sentence before it back."""

_KEYS = frozenset(
    (
        "tab",
        "tabs",
        "space",
        "spaces",
        "enter",
        "return",
        "backspace",
        "comma",
        "period",
        "空格",
        "回车",
        "制表符",
        "缩进",
    )
)
# A dot is a pause only where it ends something: main.py and 3.11 hold none.
_PAUSE = re.compile(r"[^\S\n]*(?:[,，、;；!！?？…。:：\n]+|\.+(?=\s|$))[^\S\n]*")
_STOPS = re.compile(r"[.。!！?？\n]")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A draft with its spoken keys pressed; ``back`` says that what was put in before is taken back first."""

    draft: Draft
    back: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """Words between two pauses, with the pause after them."""

    words: str
    pause: str

    @property
    def said(self) -> str:
        return " ".join(self.words.lower().split())


def press(draft: Draft) -> Spoken:
    """Presses the keys of phrases that stand alone between pauses or at the ends.

    "dear Ann, new line, how are you" has two lines. A phrase in the middle of a sentence ("add a new line here"), in
    quotation marks, or in a list of keys ("tab, new line, space") is talked about, and stays.
    """
    parts = _parts(draft.text)
    pressed = [at for at, part in enumerate(parts) if _is_key(parts, at, part.said)]
    if not pressed:
        return Spoken(draft)
    back = False
    kept = ""
    edits: list[Edit] = []
    for at, part in enumerate(parts):
        if at not in pressed:
            kept += part.words + part.pause
        elif part.said in LINES:
            kept = _ended(kept) + LINES[part.said]
            edits.append(Edit("punctuation", part.words + part.pause, LINES[part.said]))
        else:
            left = without_last(kept)
            back = back or not kept.strip()
            edits.append(Edit("filler", kept[len(left) :] + part.words + part.pause, ""))
            kept = left
    return Spoken(Draft(_tidy(kept), draft.heard, draft.edits + tuple(edits)), back)


def without_last(text: str) -> str:
    """``text`` up to its last sentence."""
    bare = text.rstrip(" \t,，、;；.。!！?？…")
    ends = [found.end() for found in _STOPS.finditer(bare) if _ends_here(bare, found)]
    if not ends:
        return ""
    after = text[ends[-1] :]
    return text[: ends[-1]] + after[: len(after) - len(after.lstrip(" "))]


def _ends_here(text: str, found: re.Match[str]) -> bool:
    return found[0] != "." or text[found.end() : found.end() + 1].isspace()


def _parts(text: str) -> list[_Part]:
    parts, at = [], 0
    for found in _PAUSE.finditer(text):
        parts.append(_Part(text[at : found.start()], found[0]))
        at = found.end()
    return [*parts, _Part(text[at:], "")] if at < len(text) else parts


def _is_key(parts: list[_Part], at: int, said: str) -> bool:
    if (said not in LINES and said not in BACK) or "?" in parts[at].pause or "？" in parts[at].pause:
        return False
    beside = [parts[place].said for place in (at - 1, at + 1) if 0 <= place < len(parts)]
    return not any(each in _KEYS or each.removeprefix("and ").removeprefix("or ") in _KEYS for each in beside)


def _ended(text: str) -> str:
    """``text`` at the end of a line: without the pause that led to the phrase, with the stop of a sentence."""
    return text.rstrip(" \t,，、;；:：…") if text.strip() else text


def _tidy(text: str) -> str:
    """No blank at the edge of a line, and none left where a sentence was taken out."""
    lines = [line.strip(" \t") for line in text.split("\n")]
    return "\n".join(lines)
