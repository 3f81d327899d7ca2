"""The language rules with the user's glossary: built when first needed, and anew when file or settings change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from dictation.core.errors import DictationError, StorageError
from dictation.core.nouns import Draft
from dictation.core.settings import Settings
from dictation.core.settings import Words as Wishes
from dictation.language.correct import Corrector
from dictation.language.glossary import Entry, parse
from dictation.language.options import Options


class Words:
    """Corrects text by the settings in force. Thread-safe; building takes some 0.3 s."""

    def __init__(self, glossary: Path, tell: Callable[[DictationError], None] = lambda _: None) -> None:
        """``glossary`` is the user's file, which need not be there; ``tell`` hears what is wrong with it, once."""
        self._file, self._tell = glossary, tell
        self._lock = threading.Lock()
        self._made: tuple[Wishes, tuple[int, int] | None] | None = None
        self._corrector: Corrector | None = None
        self._terms: tuple[str, ...] = ()

    def correct(self, settings: Settings, text: str, language: str) -> Draft:
        """``text`` as it is meant, with every edit. Never raises."""
        if not settings.words.correct:
            return Draft(text, text)
        return self.ready(settings).apply(text, language)

    def hints(self, settings: Settings) -> tuple[str, ...]:
        """The user's own terms, in the order of the file: what the recogniser should know. Never raises."""
        if not settings.words.correct:
            return ()
        self.ready(settings)
        return self._terms

    def ready(self, settings: Settings) -> Corrector:
        """The rules as they are wanted now; builds them if need be."""
        wanted = (settings.words, self._stamp())
        with self._lock:
            if self._corrector is None or wanted != self._made:
                entries = self._glossary()
                self._corrector = Corrector(entries, options(settings.words))
                self._terms = tuple(entry.term for entry in entries)
                self._made = wanted
            return self._corrector

    def _stamp(self) -> tuple[int, int] | None:
        """Changes whenever the file does; None while there is none."""
        try:
            about = self._file.stat()
        except OSError:
            return None
        return about.st_mtime_ns, about.st_size

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


def options(wishes: Wishes) -> Options:
    """The rules' options as the settings say."""
    return Options(
        wishes.punctuation, wishes.script, wishes.fillers, wishes.numbers, wishes.spacing, wishes.code
    )  # fmt: skip
