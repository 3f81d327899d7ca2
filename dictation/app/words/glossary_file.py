"""The user's glossary as the window edits it: one line at a time, everything else in the file left as it stands."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dictation.app.words.foreign_lists import ForeignList, read
from dictation.core.errors import StorageError, UsageError
from dictation.desktop.store.folders import write_whole
from dictation.language.terms.lists.glossary import Entry, parse

LARGEST = 1 << 24
"""Bytes of a file that is read: a line has some 40, and nobody has 400,000 terms."""

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
        """Add the terms of another file; how many. Raises UsageError.

        A glossary goes before what stands here for the same terms; a list of another program adds its forms to it.
        """
        read_as = _opened(file)
        if isinstance(read_as, ForeignList):
            return self._merge(file, read_as)
        rows = read_as.splitlines()
        entries, problems = parse(rows)
        if not entries:
            what = f"{file.name} has no terms in it" + (f"; {problems[0]}" if problems else "")
            raise UsageError(
                "import", what, "Each line is a term, a tab, how it is said in English, a tab, in Chinese."
            )
        with self._lock:
            lines = self._lines()
            wanted = {entry.term for entry in entries}
            theirs = [row.lstrip("\ufeff").strip("\r\n") for row in rows]
            self._write(_over(lines, {_term(row): row for row in theirs if _term(row) in wanted}))
        return len(entries)

    def _merge(self, file: Path, foreign: ForeignList) -> int:
        """Add the terms of another program's list that can be terms here, and their forms that can be forms."""
        fit = _fitting(foreign)
        if not fit:
            why = f"; {foreign.left_out} of its rules are patterns" if foreign.left_out else ""
            raise UsageError("import", f"{file.name} has no terms in it{why}", "See docs/words.md for what is read.")
        with self._lock:
            lines = self._lines()
            here = {_term(line): line for line in lines}
            self._write(_over(lines, {term: _with_forms(here.get(term, term), said) for term, said in fit.items()}))
        return len(fit)

    def give(self, file: Path) -> int:
        """Write the terms to another file, as JSON, CSV or a glossary by its name; how many."""
        entries = self.entries()
        body = _BODIES.get(file.suffix.lower(), _as_glossary)(entries)
        try:
            file.write_text(body + "\n", encoding="utf-8", newline="\n")
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


def _opened(file: Path) -> str | ForeignList:
    """The text of a file, or what it is as a list of another program. Raises UsageError."""
    try:
        if file.stat().st_size > LARGEST:
            raise UsageError("import", f"{file} is larger than a list of words", "Choose a list of words.")
        raw = file.read_bytes()
        return read(file.name, raw) or raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise UsageError("import", f"{file} cannot be read: {error}", "Choose a text file in UTF-8.") from error


def _fitting(foreign: ForeignList) -> dict[str, list[str]]:
    """The terms that can be terms here, each with the forms that can be forms."""
    fit: dict[str, list[str]] = {}
    for term, forms in foreign.terms.items():
        said = [form for form in forms if "|" not in form and not form.startswith(("/", "#"))]
        if not term.startswith("#") and not parse([_row(term, said)])[1]:
            fit[term] = said
    return fit


def _over(lines: Sequence[str], new: Mapping[str, str]) -> list[str]:
    """``lines`` with the line of each term of ``new`` in the place of the one that was there, or at the end."""
    over = list(lines)
    places = {_term(line): number for number, line in enumerate(lines)}
    for term, line in new.items():
        if (at := places.get(term)) is None:
            over.append(line)
        else:
            over[at] = line
    return over


def _with_forms(line: str, said: Iterable[str]) -> str:
    """A line of the glossary with more forms."""
    cells = line.split("\t")
    known = [form for cell in cells[1:3] for form in cell.split("|") if form.strip()]
    return "\t".join([_row(_term(line), dict.fromkeys([*known, *said])), *cells[3:]])


def _as_glossary(entries: Sequence[Entry]) -> str:
    return "\n".join([HEADING, *(_row(each.term, (*each.english, *each.chinese)) for each in entries)])


def _as_csv(entries: Sequence[Entry]) -> str:
    out = io.StringIO()
    rows = ((each.term, "|".join(each.english), "|".join(each.chinese)) for each in entries)
    csv.writer(out, lineterminator="\n").writerows([HEADING.split("\t"), *rows])
    return out.getvalue().rstrip("\n")


def _as_json(entries: Sequence[Entry]) -> str:
    """As VoiceInk reads it."""
    heard = {", ".join((*each.english, *each.chinese)): each.term for each in entries if each.english or each.chinese}
    body = {"vocabularyWords": [each.term for each in entries], "wordReplacements": heard}
    return json.dumps(body, ensure_ascii=False, indent=2)


_BODIES = {".json": _as_json, ".csv": _as_csv}
"""How the terms are written to a file of that ending; a glossary to any other."""


def _row(term: str, said: Iterable[str]) -> str:
    """A line of the glossary."""
    forms = list(said)
    english = "|".join(form for form in forms if form.isascii())
    return "\t".join((term, english, "|".join(form for form in forms if not form.isascii())))


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
