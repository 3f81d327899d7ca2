"""The language rules with the user's glossary and the project's names: built when first needed, and anew on change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from dictation.app.words.learning import Learning
from dictation.core.errors import DictationError, StorageError
from dictation.core.sections import WordSettings as Wishes
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE, Draft, Edit, Target
from dictation.desktop.project.project_names import Projects, RepositoryNames
from dictation.language.code.named_project import Project
from dictation.language.correct import Corrector
from dictation.language.rule_options import RuleOptions
from dictation.language.terms.lists.built_in import shipped
from dictation.language.terms.lists.glossary import ALWAYS, Entry, parse
from dictation.language.terms.lists.term_index import key_of

MOST_HINTS = 40
_PATIENCE_SECONDS = 0.05
"""How long an utterance waits for its project to be read; it is read from key-down on."""


class WordRules:
    """Corrects text by the settings in force. Thread-safe; building takes some 0.1 s."""

    def __init__(
        self,
        glossary: Path,
        tell: Callable[[DictationError], None] = lambda _: None,
        projects: Projects | None = None,
    ) -> None:
        """``glossary`` is the user's file, which need not be there; ``tell`` hears what is wrong with it, once.

        ``projects`` knows the names of the project in front; without it there are none.
        """
        self._file, self._tell, self._projects = glossary, tell, projects
        self.learning = Learning(glossary)
        self.hinted: Callable[[], bool] = lambda: True
        """Whether the recogniser in use can do with hints: the self-test model was never taught to read them."""
        self._lock = threading.Lock()
        self._made: tuple[Wishes, tuple[tuple[int, int] | None, ...]] | None = None
        self._corrector: Corrector | None = None
        self._terms: tuple[str, ...] = ()
        self._project: tuple[RepositoryNames, Project] | None = None

    def look(self, target: Target, settings: Settings) -> None:
        """The user begins to speak to ``target``: have its project's names ready. Returns at once, never raises."""
        if self._projects and settings.words.correct and settings.words.project:
            self._projects.look(target)

    def correct(self, settings: Settings, text: str, language: str, target: Target = NOWHERE) -> Draft:
        """``text`` as it is meant in ``target``, with every edit. Never raises."""
        if not settings.words.correct:
            return Draft(text, text)
        return self.ready(settings).apply(text, language, project=self._names(settings, target, _PATIENCE_SECONDS))

    def hints(self, settings: Settings, target: Target = NOWHERE) -> tuple[str, ...]:
        """What the recogniser should know, at most ``MOST_HINTS``: the user's own terms in the order of the file, and
        the project's names. Never raises.

        Nothing depends on what was said before. With 40 terms that are not in a sentence, base mishears a tenth more of
        it, and with those said lately among the hints a third more of developers' Chinese (benchmarks/speech.py).
        """
        if not settings.words.correct or not self.hinted():
            return ()
        self.ready(settings)
        project = self._names(settings, target, 0.0)
        named = project.hints(MOST_HINTS // 2) if project else ()
        room = MOST_HINTS - min(len(named), MOST_HINTS // 4)
        return tuple(dict.fromkeys([*self._terms[:room], *named]))[:MOST_HINTS]

    def undone(self, edits: Iterable[Edit]) -> None:
        """The text with these edits was taken back at once: they are not made again. Raises StorageError."""
        self.learning.undone(edits)

    def ready(self, settings: Settings) -> Corrector:
        """The rules as they are wanted now; builds them if need be."""
        wanted = (settings.words, (_stamp(self._file), _stamp(self.learning.blocks)))
        with self._lock:
            if self._corrector is None or wanted != self._made:
                entries = self._glossary()
                self._corrector = Corrector(
                    [_whole(entry) for entry in entries], options(settings.words), self.learning.blocked(), entries
                )
                self._terms = tuple(entry.term for entry in entries)
                self._made = wanted
            return self._corrector

    def _names(self, settings: Settings, target: Target, patience: float) -> Project | None:
        if self._projects is None or not settings.words.project:
            return None
        found = self._projects.names(target, patience)
        if found is None:
            return None
        with self._lock:
            if self._project is None or self._project[0] is not found:
                others = (*found.branches, *found.dependencies)
                self._project = found, Project(found.files, found.identifiers, others)
            return self._project[1]

    def _glossary(self) -> tuple[Entry, ...]:
        try:
            entries, problems = parse(self._file.read_text(encoding="utf-8", errors="replace").splitlines())
        except FileNotFoundError:
            return ()
        except OSError as error:
            self._tell(StorageError("glossary", f"{self._file} cannot be read: {error.strerror}", "Make it readable."))
            return ()
        if problems:
            more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
            self._tell(
                StorageError("glossary", f"{self._file}, {problems[0]}{more}", "Mend it; the other lines are used.")
            )
        return entries


def _stamp(file: Path) -> tuple[int, int] | None:
    """Changes whenever the file does; None while there is none."""
    try:
        about = file.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size


def _whole(entry: Entry) -> Entry:
    """The user's entry, marked as such, with the forms of the built-in one for the same term."""
    hits = shipped().plain.get(key_of(entry.term), ())
    same = next((hit.entry for hit in hits if hit.entry.term == entry.term), Entry(entry.term))
    return replace(
        entry,
        english=tuple(dict.fromkeys((*entry.english, *same.english))),
        chinese=tuple(dict.fromkeys((*entry.chinese, *same.chinese))),
        flags="".join(sorted({*(entry.flags.replace(ALWAYS, "") or same.flags), "u"})),
        cues=entry.cues or same.cues,
    )


def options(wishes: Wishes) -> RuleOptions:
    """The rules' options as the settings say."""
    return RuleOptions(
        wishes.punctuation, wishes.script, wishes.fillers, wishes.numbers, wishes.spacing, wishes.code,
        wishes.marks,
    )  # fmt: skip
