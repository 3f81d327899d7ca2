"""Candidates with their features and whether they are meant: what the table of weights is fitted on."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from dictation.language.correct import Corrector  # noqa: E402
from dictation.language.line_edits import Sheet  # noqa: E402
from dictation.language.terms.candidate_features import features  # noqa: E402
from dictation.language.terms.lists.glossary import Entry  # noqa: E402
from dictation.language.terms.lists.lexicon import lexicon  # noqa: E402
from dictation.language.terms.lists.term_index import Index, key_of  # noqa: E402
from dictation.language.terms.sentence import Scene  # noqa: E402
from dictation.language.terms.write_terms import is_case, offered, sentence_spans  # noqa: E402


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: its features, whether it is meant, the term it proposes, how much the row counts, what was
    heard where (for a reader), and whether it stands in ordinary text, which the bar is set by."""

    numbers: tuple[float, ...]
    meant: bool
    term: str
    weight: float
    place: str
    ordinary: bool


def rows(
    heard: str, want: str, index: Index, weight: float, corrector: Corrector, ordinary: bool = False
) -> Iterator[Row]:
    """The candidates of a sentence, as the rules see it that come before the terms."""
    sheet = Sheet(heard)
    corrector.prepare(sheet, [index])
    meant = _Meant(sheet.text, want)
    for start, end in sentence_spans(sheet.text):
        scene = Scene(sheet, start, end, lexicon())
        _, candidates = offered(scene, [index], frozenset())
        judged = [each for each in candidates if not is_case(each)]
        for found in judged:
            right = meant.says(found.start, found.end, found.entry.term)
            if right is not None:
                place = f"{heard}\t{found.start}\t{found.end}"
                yield Row(features(scene, found, judged), right, found.entry.term, weight, place, ordinary)


class _Meant:
    """Where the parts of what was heard stand in what is meant; spaces and case do not count."""

    def __init__(self, heard: str, want: str) -> None:
        self._places = [0]
        for char in heard:
            self._places.append(self._places[-1] + len(_tight(char)))
        self._heard, self._want = _tight(heard), _tight(want)
        matcher = difflib.SequenceMatcher(None, self._heard, self._want, autojunk=False)
        self._blocks = matcher.get_opcodes()
        self._raw = heard, want

    def _there(self, place: int, end: bool) -> int | None:
        """Where in what is meant a place of what was heard is; None inside a changed part."""
        for kind, a, b, c, d in self._blocks:
            if kind == "equal" and a <= place <= b:
                return c + place - a
            if kind != "equal" and place == (b if end else a):
                return d if end else c
        return None

    def says(self, start: int, end: int, term: str) -> bool | None:
        """Whether ``term`` is meant at ``start`` to ``end``; None where that cannot be said."""
        first, last = self._there(self._places[start], False), self._there(self._places[end], True)
        if first is None or last is None:
            return False
        meant, heard = self._want[first:last], self._heard[self._places[start] : self._places[end]]
        if meant == key_of(term):
            before, after = self._raw
            return True if meant != heard else after.count(term) > before.count(term)
        # A form with a suffix of its own, or a name whose neighbour belongs to it as well, is neither right nor wrong.
        return None if meant != heard and key_of(term) in meant else False


def _tight(text: str) -> str:
    return key_of(text)


def without_forms(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The glossary as if nobody had ever listed what its terms are heard as: what is left is the sound."""
    return tuple(
        replace(
            each,
            english=tuple(form for form in each.english if form.startswith("/")),
            chinese=(),
            forms=len(each.english) + len(each.chinese),
        )
        for each in entries
    )
