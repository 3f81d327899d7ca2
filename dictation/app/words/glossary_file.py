"""The user's glossary as the window edits it: one line at a time, everything else in the file left as it stands."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from dictation.core.errors import StorageError, UsageError
from dictation.desktop.store.folders import write_whole
from dictation.language.terms.glossary import Entry, parse

HEADING = "term\tenglish\tchinese"


class GlossaryFile:
    """``path`` need not be there yet. Thread-safe. Every method raises StorageError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def entries(self) -> tuple[Entry, ...]:
        """The terms in the order of the file; what is wrong is passed over."""
        return parse(self._lines())[0]

    def put(self, term: str, said: Sequence[str], before: str = "") -> None:
        """Write ``term`` and how it is said, in the place of ``before`` if that is there. Raises UsageError."""
        new = _columns(term, said)
        with self._lock:
            lines = self._lines()
            places = {_term(line): number for number, line in enumerate(lines)}
            if (at := places.get(before or new[0])) is None:
                lines.append("\t".join(new))
            else:
                # The columns after the third, flags and cues, are not shown in the window and stay.
                lines[at] = "\t".join([*new, *lines[at].split("\t")[3:]])
            if before and before != new[0] and (other := places.get(new[0])) is not None:
                del lines[other]
            self._write(lines)

    def drop(self, term: str) -> None:
        """Delete ``term``; nothing if it is not there."""
        with self._lock:
            lines = self._lines()
            left = [line for line in lines if _term(line) != term]
            if len(left) < len(lines):
                self._write(left)

    def take(self, file: Path) -> int:
        """Add the terms of another file, which go before those of the same name here; how many. Raises UsageError."""
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError("import", f"{file} cannot be read: {error}", "Choose a text file in UTF-8.") from error
        rows = text.splitlines()
        entries, problems = parse(rows)
        if not entries:
            what = f"{file.name} has no terms in it" + (f"; {problems[0]}" if problems else "")
            raise UsageError(
                "import", what, "Each line is a term, a tab, how it is said in English, a tab, in Chinese."
            )
        with self._lock:
            lines = self._lines()
            places = {_term(line): number for number, line in enumerate(lines)}
            wanted = {entry.term for entry in entries}
            for line in rows:
                term = _term(line.lstrip("\ufeff"))
                if term not in wanted:
                    continue
                if term in places:
                    lines[places[term]] = line.strip("\r\n")
                else:
                    places[term] = len(lines)
                    lines.append(line.lstrip("\ufeff"))
            self._write(lines)
        return len(entries)

    def give(self, file: Path) -> int:
        """Write the terms to another file; how many."""
        entries = self.entries()
        rows = [HEADING, *("\t".join((e.term, "|".join(e.english), "|".join(e.chinese))) for e in entries)]
        try:
            file.write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")
        except OSError as error:
            what = f"{file} cannot be written: {error.strerror or error}"
            raise StorageError("write", what, "Name a file in a folder of yours with room on its disk.") from error
        return len(entries)

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StorageError(
                "glossary", f"{self._path} cannot be read: {error.strerror}", "Make it readable."
            ) from error

    def _write(self, lines: list[str]) -> None:
        try:
            write_whole(self._path, "\n".join(lines) + "\n")
        except UnicodeEncodeError as error:
            raise StorageError("glossary", f"{self._path} is not in UTF-8", "Convert it, then try again.") from error


def _term(line: str) -> str:
    """The term of a line; empty for a comment."""
    term = line.split("\t")[0].strip()
    return "" if term.startswith("#") else term


def _columns(term: str, said: Sequence[str]) -> list[str]:
    """The term, its English forms and its Chinese ones, as they stand in a line. Raises UsageError."""
    forms = [" ".join(each.split()) for each in said if each.strip()]
    english = [each for each in forms if each.isascii()]
    chinese = [each for each in forms if not each.isascii()]
    new = [" ".join(term.split()), "|".join(english), "|".join(chinese)]
    wrong = parse(["\t".join(new)])[1]
    if not new[0] or wrong or new[0].startswith("#") or any("|" in each for each in forms):
        why = wrong[0].partition(": ")[2] if wrong else "it would not be read as a term"
        raise UsageError("bad-term", f"{term!r} cannot be a term: {why}", "Use letters, digits or characters.")
    return new
