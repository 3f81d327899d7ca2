"""Writes paths, options and addresses that were spelled out: "src slash main dot py" -> ``src/main.py``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile

from dictation.language.code.code_options import option
from dictation.language.code.filenames import branches, fixed
from dictation.language.code.path_evidence import evident, stands_apart
from dictation.language.code.vocabulary import COMMANDS, DIRECTORIES, FUNCTION, SUBCOMMANDS, VERBS
from dictation.language.line_edits import Change, Sheet
from dictation.spelled.cases import write
from dictation.spelled.chains import ending, in_sentence, is_sign, joined, stem
from dictation.spelled.endings import AFTER_DOT, CLASS_FILES
from dictation.spelled.hosts import is_host
from dictation.spelled.lazy_regex import late
from dictation.spelled.pieces import Said, cut

_HINT = late(
    r"slash|dot|underscore|under score|dash|hyphen|dunder|colon|\bat\b|tilde|\bminus minus|[斜杠点线]|减减|冒号|艾特|"
    r"连字符|波浪|星号|减号",
    re.I,
)
"""A line without any of these has no spoken sign."""

_HERE = late(
    r"(?<![A-Za-z])(?:git add|pip install (?:-e|dash e)|docker build|code|ls|ruff check|eslint|pytest|black|mypy|"
    r"go build|npx [a-z-]+|docker build (?:-t|dash t) [a-z0-9:/-]+)\s+(dot|点)(?=\s*$|\s*[,，。])"
)
"""A command whose last word is this folder."""


def write_paths(sheet: Sheet) -> None:
    """Joins what has evidence: a known ending, directory, option, host or object beside the spoken sign."""
    sheet.change("path", fixed(sheet.text))
    if not _HINT.search(sheet.text):
        return
    changes: list[Change] = []
    for run in in_sentence(cut(sheet.text)):
        if all(sheet.free(each.start, each.end) for each in run if is_sign(each)):
            changes += _read(sheet.text, run)
    changes += [Change(found.start(1), found.end(1), ".", lock=True) for found in _HERE.finditer(sheet.text)]
    sheet.change("path", changes)
    sheet.change("path", branches(sheet.text))


def _read(text: str, run: Sequence[Said]) -> list[Change]:
    """The changes of a run: its options, and the chains between them."""
    found: list[Change] = []
    chain: list[Said] = []
    at = 0
    while at < len(run):
        piece = run[at]
        size, name = stem(run, at)
        option_size, written = (0, "") if size else option(text, run, at)
        if option_size:
            found += _settle(text, chain)
            found.append(Change(piece.start, run[at + option_size - 1].end, written, lock=True))
            chain, at = [], at + option_size
            continue
        if size:
            piece = replace(piece, end=run[at + size - 1].end, text=name, raw=name, kind="word")
        if is_sign(piece) or not chain or is_sign(chain[-1]):
            chain.append(piece)
        elif (one := None if size else joined(chain, piece)) is not None:
            chain[-1] = one
        else:
            found += _settle(text, chain)
            chain = [piece]
        at += size or 1
    return found + _settle(text, chain)


def _settle(text: str, chain: list[Said]) -> list[Change]:
    """The change a chain of words and signs deserves: the whole of it, or its parts around an "at"."""
    ats = [at for at, each in enumerate(chain) if is_sign(each) and each.text == "@"]
    if ats:
        return _settle(text, chain[: ats[-1]]) + _settle(text, chain[ats[-1] + 1 :])
    chain = _trimmed(chain)
    if len(chain) < (2 if chain and is_sign(chain[0]) else 3) or not evident(text, chain):
        return []
    return [_class_file(text, chain) or _write(chain)]


def _trimmed(chain: list[Said]) -> list[Said]:
    """``chain`` without the signs at its end and the words before its path."""
    last = len(chain)
    while last and is_sign(chain[last - 1]) and chain[last - 1].text != "__":
        last -= 1
    first = 0
    while last - first > 2 and not is_sign(chain[first]) and stands_apart(chain[first:last]):
        first += 1
    return chain[first:last]


_WORDS_BEFORE = late(r"(?:(?<![A-Za-z0-9._/-])[a-z]+ ){1,3}\Z")
_KINDS = frozenset(("file", "class", "module", "code", "source", "new", "old", "test"))


def _class_file(text: str, chain: Sequence[Said]) -> Change | None:
    """The file of a class whose name was said in several words: user service dot java is UserService.java."""
    if len(chain) != 3 or chain[1].text != "." or ending(chain[2].low) not in CLASS_FILES or not chain[0].raw.islower():
        return None
    before = _WORDS_BEFORE.search(text, 0, chain[0].start)
    words = before[0].split() if before else []
    last = max((at for at, word in enumerate(words) if word in FUNCTION), default=-1)
    # What stands first may be said of the file; inside a name the same word is a part of it: login view controller.
    words = list(dropwhile(_said_of_it, words[last + 1 :]))
    if not words:
        return None
    start = chain[0].start - len(" ".join(words)) - 1
    name = write("pascal", [*words, chain[0].low])
    return Change(start, chain[2].end, f"{name}.{ending(chain[2].low)}", lock=True)


def _said_of_it(word: str) -> bool:
    """Whether a word before the name of a file is no part of it."""
    return word in VERBS or word in COMMANDS or word in _KINDS


def _write(chain: Sequence[Said]) -> Change:
    host = is_host(chain) or any(each.text == ":" for each in chain if is_sign(each))
    out: list[str] = []
    before = ""
    for at, each in enumerate(chain):
        if is_sign(each) or (each.kind == "number" and (host or before == "_")):
            out.append(each.text)
        else:
            out.append(_part(each, last=at == len(chain) - 1 and before == "."))
        before = each.text
    return Change(chain[0].start, chain[-1].end, "".join(out), lock=True)


def _part(word: Said, last: bool) -> str:
    """A word of a path as it is written; ``last``: it stands behind the last dot."""
    if last:
        low = ending(word.low)
        return low if low in AFTER_DOT else word.raw
    return word.low if word.raw.istitle() and word.low in DIRECTORIES | SUBCOMMANDS else word.raw
