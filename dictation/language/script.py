"""Traditional characters become simplified ones; words stay as they are."""

from __future__ import annotations

import re
from functools import cache

from dictation.language.lexicon import lexicon
from dictation.language.sheet import Change, Sheet

# Characters that are also simplified: alone they do not show that a text is traditional.
_BOTH = "乾著藉瞭於麼徵沈鬱"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = lexicon()
    single = "".join(chr(each) for each in table.simplified)
    phrases = "|".join(sorted(map(re.escape, table.phrases), key=len, reverse=True))
    return re.compile(f"[{single}]"), re.compile(f"{phrases}|[{single}]+")


def simplify(sheet: Sheet) -> None:
    """Changes runs of traditional characters, where the text has any that simplified writing does not use."""
    if sheet.text.isascii():
        return
    table = lexicon()
    single, either = _patterns()
    if not any(each not in _BOTH for each in single.findall(sheet.text)):
        return
    changes = []
    for found in either.finditer(sheet.text):
        new = table.phrases.get(found[0]) or found[0].translate(table.simplified)
        changes.append(Change(found.start(), found.end(), new))
    sheet.change("script", changes)
