"""Finds a command that is spelled out inside a sentence: from a program's name to the last piece that has its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dictation.spelled import programs
from dictation.spelled.endings import AFTER_DOT, DOTFILES, ROOTS
from dictation.spelled.line import NotLiteral, Part
from dictation.spelled.line_signs import LineReader
from dictation.spelled.line_start import Where
from dictation.spelled.pieces import Said
from dictation.spelled.plain_words import FUNCTION, PROSE
from dictation.spelled.stretch import Stretch, runs

_LONGEST = 40
"""Pieces of the longest command that is looked for; longer ones are dictated in parts."""

_PATH = re.compile(
    rf"(?:[\w./~$*-]*[\w*-])?\.(?:{'|'.join(sorted(AFTER_DOT))})(?:\.\w+)?|(?:~|\.{{1,2}})?/[\w./*-]*|[\w.-]+/[\w./*-]+"
)
_PORTS = re.compile(r"(?:[\w.-]+:)?\d{2,5}:\d{2,5}|[\w.@-]+:(?:\d{2,5}|/[\w./-]*)(?:/[\w./-]*)?")


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
    """The parts of ``run`` between Chinese words, which stand in no command outside a message."""
    parts: list[list[Said]] = [[]]
    for each in run:
        if each.kind == "han":
            parts.append([])
        else:
            parts[-1].append(each)
    return [part for part in parts if any(map(_signed, part))]


def _signed(piece: Said) -> bool:
    """Whether a sign was said, or is written already."""
    return piece.kind == "sign" or (piece.kind == "word" and piece.text.startswith("-"))


def _begins(run: list[Said], at: int) -> bool:
    """Whether a program's name may begin at ``at``, and a sign is still to come."""
    if run[at].kind == "sign" or not any(map(_signed, run[at + 1 :])):
        return False
    for size in range(1, 5):
        said = " ".join(each.low for each in run[at : at + size])
        if said in programs.heard() or (size == 1 and said in programs.spoken()):
            return True
    return False


def _longest(text: str, run: list[Said], where: Where) -> tuple[Stretch, int] | None:
    """The longest command that ``run`` begins with, and over how many pieces it goes."""
    for size in range(len(run), 1, -1):
        last = run[size - 1]
        if last.kind == "word" and last.low in FUNCTION and run[size - 2].kind != "sign":
            continue
        reader = LineReader(text, run[:size], where)
        try:
            parts = reader.read()
            written = reader.write(parts)
        except (NotLiteral, ValueError):
            continue
        certainty = _certainty(parts)
        if certainty and not _talks(parts):
            return Stretch(run[0].start, last.end, written, certainty, "command"), size
    return None


def _talks(parts: list[Part]) -> bool:
    """Whether a bare word of talk stands among ``parts``; behind an option it may be the option's value."""
    for before, part in pairwise(parts):
        low = part.text.lower()
        if part.bare and part.kind == "word" and low in FUNCTION and low not in programs.subcommands(before.text):
            return before.text not in ("compose", "run", "make", "just")
    return False


def _certainty(parts: list[Part]) -> float:
    """How certain it is that ``parts`` are a command: 0 where what follows the program cannot follow one."""
    if len(parts) < 2 or not _follows(parts):
        return 0.0
    everyday = parts[0].text in programs.having("everyday")
    certainty = 0.0 if everyday else 1.0
    if parts[1].text in programs.subcommands(programs.same(parts[0].text)):
        certainty += 0.5
    for before, part in pairwise(parts):
        certainty += _weight(part, before, programs.same(parts[0].text))
    doubtful = sum(part.bare and part.text.lower() in PROSE for part in parts[2:])
    return max(0.0, certainty - 0.5 * doubtful)


def _follows(parts: list[Part]) -> bool:
    """Whether what begins with a dot may do so: "node dot js" and "docker compose dot yml" are one name."""
    hidden = [
        part.text[1:] for part in parts[1:] if part.kind == "word" and part.chain and re.match(r"\.\w", part.text)
    ]
    known = all(re.split("[./]", each)[0] in DOTFILES for each in hidden)
    return known and (parts[1].kind != "operator" or len(parts) > 2)


def _weight(part: Part, before: Part, program: str) -> float:
    """What one word says for a command: an option, a path, a port, a pipe into a program."""
    if part.kind == "option":
        return _option_weight(part.text, program)
    if before.kind == "operator" and before.text in ("|", "&&", "||", ";"):
        return 1.0 if part.text in programs.spoken() else -3.0
    if part.kind == "operator" or part.bare:
        return 0.0
    if _PATH.fullmatch(part.text) or _PORTS.fullmatch(part.text) or part.text.lstrip("./~") in ROOTS | DOTFILES:
        return 1.0
    return 0.5 if re.search(r"\w[_=@:/]\w|^\$", part.text) else 0.25


def _option_weight(option: str, program: str) -> float:
    name = option.lstrip("-").partition("=")[0]
    known = programs.letters(program, "options.valued") | programs.letters(program, "options.upper")
    if option.startswith("--"):
        return 1.5 if name else 0.5
    if len(name) == 1 or name.isdigit():
        return 1.25 if name in known else 1.0
    bundled = name in programs.listed(program, "options.bundles") | programs.listed(program, "options.words")
    return 1.5 if bundled else 1.0 if name in programs.bundles() else 0.0
