"""Traditional characters become simplified ones; words stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from dictation.language.line_edits import Change, Sheet
from dictation.language.terms.lists.lexicon import lexicon

# Characters that are also simplified: alone they do not show that a text is traditional.
_BOTH = frozenset("乾著藉瞭於麼徵沈鬱")


@cache
def _traditional() -> tuple[frozenset[str], dict[str, list[str]]]:
    """Every traditional character; and the phrases that do not go character by character, by their first one."""
    table = lexicon()
    phrases: dict[str, list[str]] = {}
    for phrase in sorted(table.phrases, key=len, reverse=True):
        phrases.setdefault(phrase[0], []).append(phrase)
    return frozenset(map(chr, table.simplified)), phrases


def plainly_simplified(text: str) -> str:
    """``text`` in simplified characters."""
    sheet = Sheet(text)
    simplify(sheet)
    return sheet.text


def simplify(sheet: Sheet, is_term: Callable[[str], bool] = lambda _: False) -> None:
    """Changes traditional characters, where the text has any that simplified writing does not use.

    A name that is written with one stays: 昇腾. ``is_term`` says of a text that the glossary has it.
    """
    text = sheet.text
    if text.isascii():
        return
    single, phrases = _traditional()
    if not (single - _BOTH).intersection(text):
        return
    table = lexicon()
    changes: list[Change] = []
    at = 0
    while at < len(text):
        found = next((each for each in phrases.get(text[at], ()) if text.startswith(each, at)), "")
        size = len(found) or 1
        if text[at] in single and (name := _name_at(text, at, is_term)):
            at = max(at + 1, name)
            continue
        if found or text[at] in single:
            new = table.phrases.get(found) or text[at].translate(table.simplified)
            start = at
            if changes and changes[-1].end == at:  # one edit for what stands together
                start, new = changes[-1].start, changes.pop().new + new
            changes.append(Change(start, at + size, new))
        at += size
    sheet.change("script", changes)


_LONGEST_NAME = 4
"""Characters of a Chinese name that is looked for around a traditional character."""


def _name_at(text: str, at: int, is_term: Callable[[str], bool]) -> int:
    """Where the term ends that is written with the character ``at``; 0 where there is none."""
    for size in range(_LONGEST_NAME, 1, -1):
        for start in range(max(0, at - size + 1), at + 1):
            if len(text[start : start + size]) == size and is_term(text[start : start + size]):
                return start + size
    return 0
