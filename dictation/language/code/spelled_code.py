"""Accepts inside a sentence what the shared reader takes for code, where there is evidence that it is meant."""

from __future__ import annotations

from dictation.language.line_edits import Change, Sheet
from dictation.spelled.reader import read
from dictation.spelled.stretches.stretch import SURE, Stretch


def write_code(sheet: Sheet) -> None:
    """Writes the stretches that are certain, and keeps other rules from them; a false change costs more than a miss."""
    found = [each for each in read(sheet.text) if each.certainty >= SURE]
    for each in found:
        if all(kept in each.written for kept in _kept(sheet, each)):
            sheet.unlock(each.start, each.end)
    sheet.lock((each.start, each.end) for each in found if sheet.text[each.start : each.end] == each.written)
    sheet.change("path", [Change(each.start, each.end, each.written, lock=True) for each in found])


def _kept(sheet: Sheet, stretch: Stretch) -> list[str]:
    """What is kept from change inside ``stretch``."""
    return [sheet.text[a:b] for a, b in sheet.locks() if stretch.start <= a and b <= stretch.end]
