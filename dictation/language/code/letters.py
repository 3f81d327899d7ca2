"""Joins letters that were said one by one, where no term was: ``x y z w`` -> XYZW."""

from __future__ import annotations

import re
from itertools import pairwise

from dictation.language.line_edits import Change, Sheet
from dictation.spelled.lazy_regex import late

_SPACED = late(r"(?<![A-Za-z0-9.'’/_-])(?:[A-Za-z][^\S\n]){2,}[A-Za-z](?![A-Za-z0-9'’/_-]|\.[A-Za-z0-9])")
_ALIAS = late(r"(?<![A-Za-z])import\s+[a-z_.]+\s+as\s+((?:[a-z]\s){1,3}[a-z])(?![A-Za-z'])", re.I)
_UNIT = late(r"(?:[0-9]|[零一二三四五六七八九十百千两])\s?((?:[kmgt]\sb|q\sp\ss|t\sp\ss|f\sp\ss))(?![A-Za-z])", re.I)
_HAN = late("[\u4e00-\u9fff]")
_MOST = 8


def join_letters(sheet: Sheet) -> None:
    """Three letters or more become an abbreviation; an article before them stays outside; a b c is a list."""
    changes = [
        Change(found.start(1), found.end(1), re.sub(r"\s", "", found[1]).lower())
        for found in _ALIAS.finditer(sheet.text)
    ]
    changes += [Change(*found.span(1), found[1].replace(" ", "").upper()) for found in _UNIT.finditer(sheet.text)]
    sheet.change("letters", changes)
    spelled = map(_abbreviation, _SPACED.finditer(sheet.text))
    sheet.change("letters", [each for each in spelled if each is not None])


def _abbreviation(found: re.Match[str]) -> Change | None:
    """The abbreviation that the letters of ``found`` are; None where they are none."""
    text, start, letters = found.string, found.start(), found[0].split()
    if _after_article(text[:start], letters):
        start, letters = start + 2, letters[1:]
    name = "".join(letters).upper()
    mixed = _HAN.search(text) is not None
    in_order = all(ord(b) - ord(a) == 1 for a, b in pairwise(name))
    if len(name) > (_MOST if mixed else 5) or in_order or len(set(name)) < 2:
        return None
    return None if "I" in letters[1:-1] and not mixed else Change(start, found.end(), name)


def _after_article(before: str, letters: list[str]) -> bool:
    """Whether the first letter is a word of the sentence: "a" or "I"."""
    if letters[0] not in ("a", "A", "I") or "".join(letters).lower() in ("api", "aws", "ide", "ios"):
        return False
    return len(letters) > 3 or re.search(r"[A-Za-z]\s$", before) is not None
