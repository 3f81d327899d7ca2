"""Accepts inside a sentence what the shared reader takes for code, where there is evidence that it is meant."""

from __future__ import annotations

from dictation.language.line_edits import Change, Sheet
from dictation.spelled.reader import read
from dictation.spelled.stretch import SURE


def write_code(sheet: Sheet) -> None:
    """Writes the stretches that are certain, and keeps other rules from them; a false change costs more than a miss."""
    found = [each for each in read(sheet.text) if each.certainty >= SURE]
    for each in found:
        inside = [(a, b) for a, b in sheet.locks() if each.start <= a and b <= each.end]
        if all(sheet.text[a:b] in each.written for a, b in inside):  # what was kept from change is still there
            sheet.unlock(each.start, each.end)
    sheet.lock((each.start, each.end) for each in found if sheet.text[each.start : each.end] == each.written)
    sheet.change("path", [Change(each.start, each.end, each.written, lock=True) for each in found])
