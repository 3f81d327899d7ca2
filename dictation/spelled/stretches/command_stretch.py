"""Finds a command that is spelled out inside a sentence: from a program's name to the last piece that has its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dictation.spelled import programs
from dictation.spelled.command_line.line import NotLiteral, Part
from dictation.spelled.command_line.line_signs import LineReader
from dictation.spelled.command_line.line_start import Where
from dictation.spelled.endings import AFTER_DOT, CLASS_FILES, DOTFILES, TLDS
from dictation.spelled.lazy_regex import late
from dictation.spelled.pieces import Said
from dictation.spelled.plain_words import FUNCTION, PROSE
from dictation.spelled.stretches.stretch import Stretch, runs

_LONGEST = 40
"""Pieces of the longest command that is looked for; longer ones are dictated in parts."""

_TAKE_SMALL = frozenset(("compose", "run", "make", "just"))
"""What a small word may follow: make all, docker compose up."""

_PATH = late(
    rf"(?:[\w./~$*-]*[\w*-])?\.(?:{'|'.join(sorted(AFTER_DOT))})(?:\.\w+)?|(?:~|\.{{1,2}})?/[\w./*-]*|[\w.-]+/[\w./*-]+"
)
_CLASS_FILE = late(rf"[a-z]+\.(?:{'|'.join(sorted(CLASS_FILES))})")
_LOGIN = late(r"[\w.-]+@[\w.-]+(?::\S*)?")
_PORTS = late(r"(?:[\w.-]+:)?\d{2,5}:\d{2,5}|[\w.@-]+:(?:\d{2,5}|/[\w./-]*)(?:/[\w./-]*)?")


def commands(text: str, pieces: Sequence[Said], where: Where) -> Iterator[Stretch]:
    """Every command of ``text``, the first and longest at each place, also one that is written already."""
    for whole in runs(text, pieces):
        for run in _without_chinese(whole):
            at = 0
            while at < len(run) - 1:
                found = _longest(text, run[at : at + _LONGEST], where) if _begins(run, at) else None
                if found is not None:
                    yield found[0]
                at += found[1] if found is not None else 1


def _without_chinese(run: list[Said]) -> list[list[Said]]:
    """The parts of ``run`` between Chinese words, which stand in no command outside quotes."""
    parts: list[list[Said]] = [[]]
    quoted = False
    for at, each in enumerate(run):
        quoted ^= each.kind == "sign" and each.text in "\"'"
        if (each.kind == "han" and quoted) or not _of_sentence(run, at):
            parts[-1].append(each)
        else:
            parts.append([])
    return [part for part in parts if any(map(_signed, part))]


def _of_sentence(run: list[Said], at: int) -> bool:
    """Whether the piece at ``at`` is Chinese text, or a number that is part of a Chinese word: 一下."""
    piece = run[at]
    if piece.kind == "han":
        return True
    after = run[at + 1] if at + 1 < len(run) else None
    number = piece.kind == "number" and not piece.raw.isascii() and not (at and run[at - 1].kind == "sign")
    return number and after is not None and after.kind == "han" and after.start == piece.end


def _signed(piece: Said) -> bool:
    """Whether a sign was said, or is written already."""
    return piece.kind == "sign" or (piece.kind == "word" and re.search("[-@/=:]", piece.text) is not None)


def _said(piece: Said) -> bool:
    """Whether ``piece`` is a sign that was said in words, not written."""
    return piece.kind == "sign" and piece.raw[:1].isalnum()


def _begins(run: list[Said], at: int) -> bool:
    """Whether a program's name may begin at ``at``, and a sign is still to come."""
    if run[at].kind == "sign" or not any(map(_signed, run[at + 1 :])):
        return False
    for size in range(1, 5):
        said = " ".join(each.low for each in run[at : at + size])
        if said in programs.heard() or (size == 1 and said in programs.spoken()):
            return True
    dashed = [each.low for each in run[at : at + 3]]
    return dashed[1:2] == ["-"] and "".join(dashed) in programs.spoken()


def _longest(text: str, run: list[Said], where: Where) -> tuple[Stretch, int] | None:
    """The longest command that ``run`` begins with, and over how many pieces it goes."""
    for size in range(len(run), 1, -1):
        last = run[size - 1]
        if last.kind == "sign" and size < len(run) and run[size].kind != "sign":
            continue  # a sign belongs to the word behind it
        reader = LineReader(text, run[:size], where)
        try:
            parts = reader.read()
            written = reader.write(parts)
        except (NotLiteral, ValueError):
            continue
        certainty = 0.0 if _talks(parts) or _names_class(parts) else _certainty(parts)
        if certainty:
            whole = text[: run[0].start].strip() == text[last.end :].strip(" .。") == ""
            if not any(map(_said, run[:size])):
                written = text[run[0].start : last.end]
            return Stretch(run[0].start, last.end, written, certainty + whole, "command"), size
    return None


def _talks(parts: list[Part]) -> bool:
    """Whether a bare word of talk stands among ``parts``; behind an option it may be the option's value."""
    for before, part in pairwise(parts):
        low = part.text.lower()
        if part.bare and part.kind == "word" and len(low) > 1 and low in FUNCTION:
            return low not in programs.subcommands(before.text) and before.text not in _TAKE_SMALL
    return False


def _names_class(parts: list[Part]) -> bool:
    """Whether a verb stands before the file of a class whose name was said in several words: open user manager.java.

    Such a file is one name with capitals, which a sentence writes; a command would take each word for a file.
    """
    if parts[0].text not in programs.having("everyday"):
        return False
    return any(
        before.bare and before.kind == "word" and before.text.islower() and _CLASS_FILE.fullmatch(part.text)
        for before, part in pairwise(parts[1:])
    )


def _certainty(parts: list[Part]) -> float:
    """How certain it is that ``parts`` are a command, by all that speaks for one; 0 where nothing does."""
    if len(parts) < 2 or (parts[1].kind == "operator" and len(parts) < 3):
        return 0.0
    program = programs.same(parts[0].text)
    everyday = parts[0].text in programs.having("everyday")
    certainty = (0.0 if everyday else 1.0) + ("-" in program)
    if parts[1].text in programs.subcommands(program):
        certainty += 1.0 if everyday else 0.5
    for before, part in pairwise(parts):
        certainty += _weight(part, before, program)
    doubtful = sum(part.bare and part.text.lower() in PROSE for part in parts[2:])
    return max(0.0, certainty - 0.5 * doubtful)


def _weight(part: Part, before: Part, program: str) -> float:
    """What one word says for a command: an option, a path, a port, a pipe into a program."""
    if part.kind == "option":
        return _option_weight(part.text, program)
    if before.kind == "operator" and before.text in ("|", "&&", "||", ";"):
        return 1.0 if part.text in programs.spoken() else -3.0
    if part.bare:
        return 0.75 if part.text.isdigit() and program in programs.having("options.counts") else 0.0
    return 0.0 if part.kind == "operator" else _word_weight(part)


def _word_weight(part: Part) -> float:
    """What a word with a sign in it says: "node dot js" is a name, and "git dot com", so ".js" speaks against it."""
    if hidden := re.match(r"\.(\w+)", part.text):
        name = hidden[1].lower()
        return 1.0 if name in DOTFILES else -2.0 if name in AFTER_DOT | TLDS else 0.0
    if part.quoted or _PATH.fullmatch(part.text) or _PORTS.fullmatch(part.text) or _LOGIN.fullmatch(part.text):
        return 1.0
    return 1.0 if re.match(r"\$|[A-Z_]{3,}=", part.text) else 0.5


def _option_weight(option: str, program: str) -> float:
    name = option.lstrip("-").partition("=")[0]
    known = programs.letters(program, "options.valued") | programs.letters(program, "options.upper")
    if option.startswith("--"):
        return 1.5 if name else 0.5
    if len(name) == 1 or name.isdigit():
        return 1.25 if name in known else 1.0
    bundled = name in programs.listed(program, "options.bundles") | programs.listed(program, "options.words")
    return 1.5 if bundled else 1.0 if name in programs.bundles() else 0.0
