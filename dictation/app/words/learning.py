"""What the user teaches by the way: replacements that were undone, and corrections that were made twice."""

from __future__ import annotations

import contextlib
import difflib
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dictation.core.errors import DictationError, UsageError
from dictation.core.types import Edit
from dictation.desktop.store.folders import write_whole
from dictation.language.terms.lists.glossary import ALWAYS, parse
from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.taught_forms import ordinary

COUNTED = frozenset(("terms", "split", "letters"))
"""Rules whose replacements an undo counts against."""

ENOUGH = 2
"""So many times the same correction, and it is offered."""

_MOST_LINES = 2000
_LONGEST = 40
_TOKEN = re.compile(r"[A-Za-z0-9_.+#-]+|[\u4e00-\u9fff]|[^\S\n]+|.", re.S)
_BLOCKED = "# Replacements that were undone, and are not made any more: what was heard, a tab, the term. Lines may go."
_COUNTS = "# Corrections that were made by hand: what stood there, what was wanted, how often."

Pair = tuple[str, str]


class Learning:
    """Two readable files beside the glossary. Thread-safe."""

    def __init__(self, glossary: Path) -> None:
        """``glossary`` is the user's own; the files are ``blocked.tsv`` and ``corrections.tsv`` in its folder."""
        self._glossary = glossary
        self.blocks, self._counts = glossary.with_name("blocked.tsv"), glossary.with_name("corrections.tsv")
        self._lock = threading.Lock()

    def blocked(self) -> frozenset[Pair]:
        """What was heard and what it must not become, both in lower case. Never raises."""
        return frozenset((cells[0].lower(), cells[1].lower()) for cells in _rows(self.blocks, 2))

    def undone(self, edits: Iterable[Edit]) -> None:
        """The user took a text back right after it was put in. Raises StorageError."""
        pairs = [(edit.before.strip(), edit.after.strip()) for edit in edits if edit.rule in COUNTED]
        with self._lock:
            rows = [(cells[0], cells[1]) for cells in _rows(self.blocks, 2)]
            new = [pair for pair in dict.fromkeys(pairs) if pair not in rows and all(pair) and _plain(*pair)]
            if new:
                _write(self.blocks, _BLOCKED, [*rows, *new][-_MOST_LINES:])

    def corrected(self, typed: str, wanted: str) -> tuple[Pair, ...]:
        """The user made ``wanted`` of the text ``typed``; gives what was now corrected twice and may be learnt.

        Both are whole texts. Raises StorageError.
        """
        twice = self.taught_again([pair for pair in differences(typed, wanted) if all(pair) and _plain(*pair)])
        return tuple(pair for pair in twice if _worth_it(*pair))

    def taught_again(self, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
        """Count ``pairs``; gives those that were now corrected for the second time. Raises StorageError."""
        if not pairs:
            return ()
        with self._lock:
            counts: dict[Pair, int] = {}
            for cells in _rows(self._counts, 3):
                counts[cells[0], cells[1]] = int(cells[2]) if cells[2].isdecimal() else 1
            for pair in pairs:
                counts[pair] = counts.get(pair, 0) + 1
            rows = [(*pair, str(count)) for pair, count in counts.items()]
            _write(self._counts, _COUNTS, rows[-_MOST_LINES:])
        return tuple(pair for pair in dict.fromkeys(pairs) if counts[pair] >= ENOUGH)

    def learn(self, heard: str, wanted: str, always: bool = False) -> None:
        """From now on ``heard`` is the term ``wanted``: a line in the glossary. Raises UsageError, StorageError.

        One ordinary word is refused, as it would be replaced in every sentence, unless that is wanted: ``always``.
        """
        heard, wanted = " ".join(heard.split()), " ".join(wanted.split())
        new = _line(wanted, heard) + (f"\t{ALWAYS}" if always else "")
        if why := _unfit(heard, wanted):
            raise UsageError(
                "cannot-learn", f"{heard!r} cannot become {wanted!r}: {why}", "Use words, without | or tabs."
            )
        if not always and ordinary(heard) and heard.lower() != wanted.lower():
            raise UsageError(
                "ordinary-word",
                f"{heard!r} is an ordinary word, which would be replaced in every sentence",
                "Teach it with the words beside it, or with --always if that is what you want.",
            )
        with self._lock:
            lines = self._glossary_lines()
            for number, line in enumerate(lines):
                if line.split("\t")[0].strip() == wanted:
                    lines[number] = _with(line, heard, always)
                    break
            else:
                lines.append(new)
            write_whole(self._glossary, "\n".join(lines) + "\n")
            rows = [(cells[0], cells[1]) for cells in _rows(self.blocks, 2)]
            left = [row for row in rows if (row[0].lower(), row[1].lower()) != (heard.lower(), wanted.lower())]
            if len(left) < len(rows):
                _write(self.blocks, _BLOCKED, left)

    def _glossary_lines(self) -> list[str]:
        try:
            return self._glossary.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                "glossary", f"{self._glossary} cannot be read: {error}", "Mend it, then teach the word again."
            ) from error

    def unlearn(self, heard: str, term: str) -> bool:
        """``heard`` is no form of ``term`` any more; whether it was one in the user's glossary. Raises StorageError."""
        with self._lock:
            try:
                lines = self._glossary.read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError):
                return False
            kept = [_without(line, heard) if line.split("\t")[0].strip() == term else line for line in lines]
            if kept == lines:
                return False
            write_whole(self._glossary, "\n".join(line for line in kept if line is not None) + "\n")
            return True


def differences(typed: str, wanted: str) -> Iterator[Pair]:
    """What was replaced by what, by whole words; what was only added or deleted is no correction of a word."""
    old, new = _TOKEN.findall(typed), _TOKEN.findall(wanted)
    if max(len(old), len(new)) > 4000:
        return
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, a, b, c, d in steps:
        before, after = "".join(old[a:b]).strip(), "".join(new[c:d]).strip()
        if kind == "replace" and before and after and max(len(before), len(after)) <= _LONGEST:
            yield before, after


def heard_first(pairs: Iterable[Pair], edits: Iterable[Edit]) -> tuple[Pair, ...]:
    """``pairs`` of what stood in a text and what was wanted, with what was heard in the place of what the rules had
    made of it by ``edits``: that is what will be heard the next time."""
    made = {edit.after.strip(): edit.before.strip() for edit in edits if edit.rule in COUNTED}
    found = dict.fromkeys((made.get(before, before), wanted) for before, wanted in pairs)
    return tuple(pair for pair in found if pair[0] != pair[1] and not _unfit(*pair))


def _unfit(heard: str, wanted: str) -> str:
    """Why no line of the glossary can make ``wanted`` of ``heard``; empty when one can."""
    wrong = parse([_line(wanted, heard)])[1]
    if wrong:
        return wrong[0].partition(": ")[2]
    odd = not heard or "|" in heard or heard.startswith(("/", "#")) or wanted.startswith("#")
    return "no such form can be written" if odd else ""


def _worth_it(heard: str, wanted: str) -> bool:
    """Whether to offer it: a term, and not one ordinary word for another, which depends on the sentence."""
    if _unfit(heard, wanted):
        return False
    if wanted.isascii():
        known = lexicon()
        if all(known.knows(word) for text in (heard, wanted) for word in text.split()):
            return False
        return len(heard) > (1 if not heard.isascii() else 2)
    return len(heard) > 1 and len(wanted) > 1


def _line(term: str, heard: str) -> str:
    return f"{term}\t{heard}\t" if heard.isascii() else f"{term}\t\t{heard}"


def _with(line: str, heard: str, always: bool) -> str:
    """A line of the glossary with one more spoken form; ``always`` makes all its forms replaced without weighing."""
    cells = [*line.split("\t"), "", "", "", ""][: max(4 if always else 3, line.count("\t") + 1)]
    if always and ALWAYS not in cells[3]:
        cells[3] += ALWAYS
    column = 1 if heard.isascii() else 2
    forms = [form for form in cells[column].split("|") if form.strip()]
    if heard not in forms:
        cells[column] = "|".join([*forms, heard])
    return "\t".join(cells)


def _without(line: str, heard: str) -> str | None:
    """A line of the glossary without a spoken form; None where the term was there for that form alone."""
    cells = line.split("\t")
    for column in (1, 2):
        if column < len(cells):
            forms = [form for form in cells[column].split("|") if form.strip().lower() != heard.lower()]
            cells[column] = "|".join(forms)
    return "\t".join(cells) if any(cell.strip() for cell in cells[1:]) or line.count("\t") == 0 else None


def _plain(*texts: str) -> bool:
    return all(text.isprintable() and "\t" not in text for text in texts)


def _rows(path: Path, size: int) -> list[list[str]]:
    """Lines of ``size`` cells; whatever else is in the file is passed over."""
    text = ""
    with contextlib.suppress(OSError):
        text = path.read_text(encoding="utf-8", errors="replace")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [cells for cells in rows if len(cells) == size and all(cells)]


def _write(path: Path, about: str, rows: Iterable[tuple[str, ...]]) -> None:
    write_whole(path, "\n".join([about, *("\t".join(row) for row in rows)]) + "\n")


def offer(glossary: Path, typed: str, wanted: str) -> tuple[Pair, ...]:
    """``Learning.corrected`` that never raises: what may be offered to the user after this correction."""
    try:
        return Learning(glossary).corrected(typed, wanted)
    except DictationError:
        return ()
