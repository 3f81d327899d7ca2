"""The user's own terms, and what the rules make of a text, for the windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from dictation.app.settings_in_force import InForce
from dictation.app.words.glossary_file import GlossaryFile
from dictation.app.words.said_often import said_often
from dictation.app.words.word_rules import WordRules
from dictation.core.said import HistoryEntry


class WordDesk:
    """Implements ``controls.WordControls``."""

    def __init__(
        self, glossary: Path, words: WordRules, in_force: InForce, history: Callable[[], Iterable[HistoryEntry]] = tuple
    ) -> None:
        """``glossary`` is the user's file, which need not be there; ``history`` is what was said, newest first."""
        self._file, self._words, self._in_force, self._history = glossary, words, in_force, history

    def terms(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(each.term, each.english + each.chinese) for each in self._glossary().entries()]

    def put_term(self, term: str, said: Sequence[str], before: str = "") -> None:
        self._glossary().put(term, said, before)

    def drop_term(self, term: str) -> None:
        self._glossary().drop(term)

    def import_terms(self, file: str) -> int:
        return self._glossary().take(Path(file))

    def often(self) -> list[tuple[str, int]]:
        return said_often(self._history(), [each.term for each in self._glossary().entries()])

    def export_terms(self, file: str) -> int:
        return self._glossary().give(Path(file))

    def try_words(self, text: str) -> dict[str, object]:
        draft = self._words.ready(self._in_force.now).apply(text, "")
        edits = [{"rule": each.rule, "from": each.before, "to": each.after} for each in draft.edits]
        return {"heard": draft.heard, "text": draft.text, "edits": edits}

    def learn(self, heard: str, term: str) -> None:
        self._words.learning.learn(heard, term)

    def _glossary(self) -> GlossaryFile:
        return GlossaryFile(self._file)
