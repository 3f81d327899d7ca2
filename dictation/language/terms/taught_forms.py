"""What the user taught: a form of the user's own glossary becomes its term wherever it stands, unweighed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dictation.language.line_edits import Change, Sheet
from dictation.language.terms.lists.glossary import ALWAYS, Entry
from dictation.language.terms.lists.lexicon import lexicon

ORDINARY = 42
"""Cost (-10 log10 of the share of all text) up to which a word is one of everyday language.

At this cost a word stands once in 16,000, so in what one says every day; 2,463 English and 2,546 Chinese words are as
common. To replace such a word in every sentence would harm more sentences than it mends.
"""

_LATIN = "A-Za-z0-9_"
_BLANKS = r"[^\S\n]*"
_BESIDE_HAN = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")
_PIECE = re.compile(r"[\u3400-\u9fff]|[^\u3400-\u9fff]+")


def ordinary(form: str) -> bool:
    """Whether ``form`` is one word of everyday language or one character, so that only a sentence tells what it is."""
    words = form.lower().split()
    if len(words) != 1:
        return False
    word = words[0]
    if len(word) == 1:
        return True
    cost = lexicon().english.get(word) if word.isascii() else lexicon().chinese.get(word)
    return cost is not None and cost <= ORDINARY


class TaughtForms:
    """The forms of the user's own ``entries``, found in one pass over a line; the longest form that begins first wins.

    A pronunciation (between slashes) is no form that can stand in a text. An ordinary word is left to the scoring of
    terms unless its entry is flagged ``ALWAYS``. A term that stands there as it is written stays as it is.
    """

    def __init__(self, entries: Sequence[Entry], blocked: frozenset[tuple[str, str]] = frozenset()) -> None:
        """``blocked`` holds what is heard and the term that it must not become, both in lower case."""
        self._terms: dict[str, str] = {}
        for entry in entries:
            for form in (*entry.english, *entry.chinese):
                if form.startswith("/") or (form.lower(), entry.term.lower()) in blocked:
                    continue
                if ALWAYS in entry.flags or not ordinary(form):
                    self._terms.setdefault(_key(form), entry.term)
        written = {_key(term): term for term in self._terms.values()}
        found = sorted({**self._terms, **written}, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_expression, found)), re.I) if self._terms else None
        self._terms = {**self._terms, **written}

    def write(self, sheet: Sheet) -> None:
        """Put the terms in the place of their forms, and keep later rules away from them."""
        if self._pattern is None:
            return
        found = [
            Change(match.start(), match.end(), term, lock=True)
            for match in self._pattern.finditer(sheet.text)
            if (term := self._terms.get(_key(match[0]))) is not None
        ]
        sheet.lock((each.start, each.end) for each in found if sheet.text[each.start : each.end] == each.new)
        sheet.change("terms", found)


def _key(text: str) -> str:
    """The same for all ways in which a form may stand in a text: neither case nor the blanks beside Chinese count."""
    return _BESIDE_HAN.sub("", " ".join(text.lower().split()))


def _expression(key: str) -> str:
    """Finds the form with this key, as whole words where it begins or ends with a Latin letter or a digit."""
    parts = [_BLANKS.join(map(re.escape, _PIECE.findall(word))) for word in key.split(" ")]
    body = r"[^\S\n]+".join(parts)
    before = f"(?<![{_LATIN}])" if key[0].isascii() and key[0].isalnum() else ""
    after = f"(?![{_LATIN}])" if key[-1].isascii() and key[-1].isalnum() else ""
    return f"{before}{body}{after}"
