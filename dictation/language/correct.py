"""From what was heard to what is meant: the language rules in their order."""

from __future__ import annotations

from collections.abc import Sequence

from dictation.core.types import Draft, Edit
from dictation.language.code import protect
from dictation.language.code.code_paths import write_paths
from dictation.language.code.filenames import links
from dictation.language.code.letters import join_letters
from dictation.language.code.named_project import Project
from dictation.language.code.project_spelling import write_names
from dictation.language.code.spelled_code import write_code
from dictation.language.line_edits import Sheet
from dictation.language.look.fillers import drop_fillers
from dictation.language.look.restarts import take_back
from dictation.language.look.said_marks import write_marks
from dictation.language.look.simplified import simplify
from dictation.language.look.spacing import punctuate, space_out
from dictation.language.numbers import numbers_en, numbers_zh
from dictation.language.rule_options import RuleOptions
from dictation.language.terms.lists.built_in import shipped
from dictation.language.terms.lists.glossary import Entry
from dictation.language.terms.lists.term_index import Index, compiled
from dictation.language.terms.taught_forms import TaughtForms
from dictation.language.terms.term_weights import Table
from dictation.language.terms.write_terms import write_terms
from dictation.spelled.lazy_regex import late

__all__ = ["Corrector", "RuleOptions"]

_ROUNDS = 4
_PLAIN = late(r"[A-Za-z\u3400-\u9fff]")


class Corrector:
    """The rules with a glossary and the user's options.

    Built once: it loads the lexicon and reads the glossary, in some 0.1 s.

    It holds no state that a call changes, so one may serve many threads.
    """

    def __init__(
        self,
        glossary: Sequence[Entry] = (),
        options: RuleOptions = RuleOptions(),  # noqa: B008
        blocked: frozenset[tuple[str, str]] = frozenset(),
        taught: Sequence[Entry] = (),
        table: Table | None = None,
    ) -> None:
        """``blocked`` holds what is heard and the term that it must not become, both in lower case.

        ``taught`` are the entries of the user's glossary as they stand there: their forms are their terms, unweighed.
        ``table`` holds the weights of the terms; those that are shipped if there is none.
        """
        self.options, self._blocked, self._table = options, blocked, table
        self._own = tuple(glossary)
        self._taught = TaughtForms(taught, blocked)
        self._indexes = [shipped(frozenset(entry.term for entry in self._own))]
        if self._own:
            self._indexes.insert(0, compiled(self._own))

    @classmethod
    def without_terms(cls, options: RuleOptions) -> Corrector:
        """The other rules alone, with no glossary: what a benchmark puts beside another way of finding terms."""
        made = cls.__new__(cls)
        made.options, made._own, made._indexes, made._blocked, made._table = options, (), [], frozenset(), None
        made._taught = TaughtForms(())
        return made

    def apply(
        self, text: str, language: str = "", extra: Sequence[Entry] = (), project: Project | None = None
    ) -> Draft:
        """The text as it is meant, with every edit.

        Lines are taken one by one; ``extra`` and the names of ``project`` join the glossary for this call.

        Applying it to its own result changes nothing. A language other than ``zh``, ``en`` or none gets no rules.
        """
        if language not in ("", "zh", "en", "auto") or not text:
            return Draft(text, text)
        indexes = [compiled(tuple(extra)), *self._indexes] if extra else self._indexes
        if project is not None:
            indexes = [*indexes, project.index]
        lines: list[str] = []
        edits: list[Edit] = []
        for line in text.split("\n"):
            settled, made = self._settle(line, indexes, project)
            lines.append(settled)
            edits += made
        return Draft("\n".join(lines), text, tuple(edits))

    def _settle(self, line: str, indexes: Sequence[Index], project: Project | None) -> tuple[str, list[Edit]]:
        """Applies the rules until nothing changes. A line that does not settle stays as it was heard."""
        edits: list[Edit] = []
        now = line
        for _ in range(_ROUNDS):
            then, made = self._once(now, indexes, project)
            if then == now:
                return now, edits
            now, edits = then, edits + made
        return (now, edits) if self._once(now, indexes, project)[0] == now else (line, [])

    def _once(self, line: str, indexes: Sequence[Index], project: Project | None = None) -> tuple[str, list[Edit]]:
        if not _PLAIN.search(line):
            return line, []
        chosen = self.options
        sheet = Sheet(line)
        self.prepare(sheet, indexes, project)
        if chosen.marks != "off":
            write_marks(sheet, chosen.marks == "alone")
        write_terms(sheet, indexes, self._blocked, self._table)
        if chosen.code:
            join_letters(sheet)
        if chosen.numbers:
            numbers_zh.write_numbers(sheet)
            numbers_en.write_numbers(sheet)
        if chosen.fillers:
            take_back(sheet, lambda name: any(index.has(name) for index in indexes))
        punctuate(sheet, chosen.punctuation)
        if chosen.spacing:
            space_out(sheet)
        return sheet.text, sheet.edits

    def prepare(self, sheet: Sheet, indexes: Sequence[Index], project: Project | None = None) -> None:
        """The rules that come before the terms: what no rule may touch is locked, and what is code is written."""
        if self.options.code:
            sheet.change("path", links(sheet.text))

        def known(name: str) -> bool:
            return any(index.has(name) for index in indexes)

        sheet.lock(protect.spans(sheet.text, known))
        if self.options.script == "simplified":
            simplify(sheet, known)
        self._taught.write(sheet)
        if self.options.fillers:
            drop_fillers(sheet)
        if self.options.code:
            write_code(sheet)
            if project is not None:
                write_names(sheet, project, self._blocked)
            write_paths(sheet)
