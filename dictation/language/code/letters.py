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
    changes = []
    for found in _SPACED.finditer(sheet.text):
        letters = found[0].split()
        start = found.start()
        if (
            letters[0] in ("a", "A", "I")
            and letters[0].lower() + "".join(letters[1:]).lower() not in ("api", "aws", "ide", "ios")
            and (len(letters) > 3 or re.search(r"[A-Za-z]\s$", sheet.text[:start]))
        ):
            start += 2
            letters = letters[1:]
        name = "".join(letters).upper()
        in_order = all(ord(b) - ord(a) == 1 for a, b in pairwise(name))
        if (
            len(name) > (_MOST if _HAN.search(sheet.text) else 5)
            or in_order
            or len(set(name)) < 2
            or ("I" in letters[1:-1] and not _HAN.search(sheet.text))
        ):
            continue
        changes.append(Change(start, found.end(), name))
    sheet.change("letters", changes)
