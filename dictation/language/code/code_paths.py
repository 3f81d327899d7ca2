"""Writes paths, options and addresses that were spelled out: "src slash main dot py" -> ``src/main.py``."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, takewhile

from dictation.language.code.filenames import branches, signs, stem
from dictation.language.code.hosts import is_host
from dictation.language.code.protect import EXTENSIONS
from dictation.language.code.symbols import HINT, Piece, digits_of, stretches
from dictation.language.code.vocabulary import (
    ARTICLES,
    COMMANDS,
    DIRECTORIES,
    FLAGS,
    FUNCTION,
    HEARD_AS,
    LEADS,
    OBJECTS,
    ROOTS,
    SHORTS,
    SUBCOMMANDS,
    VERBS,
)
from dictation.language.line_edits import Change, Sheet
from dictation.spelled.endings import DOTFILES, TLDS
from dictation.spelled.lazy_regex import late
from dictation.spelled.numbers import WORDS, english_number
from dictation.spelled.wordlist import in_order

_PLAIN_DOTFILES = DOTFILES - set(
    in_order("git github config ssh cache local vscode docker profile aws cursor idea env")
) | {"env"}
_BEFORE_DOTFILE = late(r"(?:^|[在了开用改个看写进到把装入加删是放存读配和建给叫名有]|[,，:：]|[A-Za-z])\s*$")
_FILE_AFTER = late(r"\s*(?:文件|目录|file|folder|dir|里|下|配置)", re.I)
_BEFORE_ROOT = late(r"(?:^|[是在到问开用求由径口看])\s*$")


_HERE = late(
    r"(?<![A-Za-z])(?:git add|pip install (?:-e|dash e)|docker build|code|ls|ruff check|eslint|pytest|black|mypy|"
    r"go build|npx [a-z-]+|docker build (?:-t|dash t) [a-z0-9:/-]+)\s+(dot|点)(?=\s*$|\s*[,，。])"
)
"""A command whose last word is this folder."""

_ABOUT_DUNDER = frozenset(("method", "methods", "name", "names", "attribute", "attributes", "variables"))


def write_paths(sheet: Sheet) -> None:
    """Joins what has evidence: a known extension, directory, option, host or object beside the spoken symbol."""
    sheet.change("path", signs(sheet.text))
    if not HINT.search(sheet.text):
        return
    changes: list[Change] = []
    for run in stretches(sheet.text):
        if all(sheet.free(each.start, each.end) for each in run if each.sign):
            changes += _read(sheet.text, run)
    changes += [Change(found.start(1), found.end(1), ".", lock=True) for found in _HERE.finditer(sheet.text)]
    sheet.change("path", changes)
    sheet.change("path", branches(sheet.text))


def _read(text: str, run: list[Piece]) -> list[Change]:
    found: list[Change] = []
    chain: list[Piece] = []
    at = 0
    while at < len(run):
        piece = run[at]
        size, name = stem(run, at)
        if size:
            piece = replace(piece, end=run[at + size - 1].end, text=name)
            if chain and not chain[-1].sign:
                found += _settle(text, chain)
                chain = []
            chain.append(piece)
            at += size
            continue
        size, written = _option(text, run, at)
        if size:
            found += _settle(text, chain)
            chain = []
            found.append(Change(piece.start, run[at + size - 1].end, written, lock=True))
            at += size
            continue
        if not piece.sign and chain and not chain[-1].sign:
            joined = _joined(chain, piece)
            if joined is None:
                found += _settle(text, chain)
                chain = [piece]
            else:
                chain[-1] = joined
        else:
            chain.append(piece)
        at += 1
    return found + _settle(text, chain)


def _option(text: str, run: list[Piece], at: int) -> tuple[int, str]:
    """How many pieces from ``at`` make an option or a ``__name__``, and how it is written."""
    sign = run[at].sign
    words = [each.low for each in run[at + 1 : at + 5]]
    latin = [word.isascii() and not each.sign for word, each in zip(words, run[at + 1 :], strict=False)]
    if sign == "__" and latin[:1] == [True] and words[0] not in FUNCTION and words[0] not in _ABOUT_DUNDER:
        closed = at + 2 < len(run) and run[at + 2].sign == "__"
        return (3 if closed else 2), f"__{words[0]}__"
    if sign == "--" and latin[:1] == [True]:
        for size in range(len(words), 0, -1):
            if tuple(words[:size]) in FLAGS and all(latin[:size]):
                return size + 1, FLAGS[tuple(words[:size])]
        if words[0] == "no" and latin[1:2] == [True] and words[1] not in FUNCTION:
            return 3, f"--no-{words[1]}"
        if (words[0] in FUNCTION and words[0] not in ("all", "from", "to", "in", "on", "with", "no")) or words[
            0
        ].isdigit():
            return 0, ""
        size, written = 2, "--" + words[0]
        while at + size + 1 < len(run) and run[at + size].sign == "-" and _goes_on(run[at + size + 1]):
            written += "-" + run[at + size + 1].low
            size += 2
        return size, written
    if (
        sign == "-"
        and latin[:1] == [True]
        and (len(words[0]) == 1 or words[0] in SHORTS or (len(words[0]) == 2 and latin[1:2] != [True]))
    ):
        before = {each.lower() for each in re.findall(r"[A-Za-z][A-Za-z0-9-]*", text[: run[at].start])}
        left = run[at - 1] if at else None
        if left is not None and left.end == run[at].start and not run[at].chinese:
            return 0, ""
        if before & COMMANDS and (left is None or left.low not in ARTICLES) and not words[0].isdigit():
            more = list(takewhile(_is_letter, (each.text for each in run[at + 2 : at + 5] if len(words[0]) == 1)))
            return 2 + len(more), "-" + run[at + 1].text + "".join(more)
    return 0, ""


def _goes_on(piece: Piece) -> bool:
    return not piece.sign and len(piece.text) > 1  # "dash x" is an option of its own


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isalpha()


def _joined(chain: list[Piece], piece: Piece) -> Piece | None:
    """The chain's last word together with ``piece``, where the two are one: "p y" after a dot, "v one", digits."""
    last = chain[-1]
    before = chain[-2].sign if len(chain) > 1 else ""
    letters = last.low.replace(" ", "") + piece.low
    if (
        before == "."
        and len(piece.text) == 1
        and len(letters) <= 5
        and any(each.startswith(letters) for each in EXTENSIONS)
    ):
        return replace(last, end=piece.end, text=letters)
    if last.low == "v" and digits_of(piece):
        return replace(last, end=piece.end, text=f"{last.text}{digits_of(piece)}")
    if {*last.low.split(), piece.low} <= WORDS:
        number = english_number(f"{last.low} {piece.low}".split())
        return replace(last, end=piece.end, text=f"{last.low} {piece.low}") if number else None
    return None


def _settle(text: str, chain: list[Piece]) -> list[Change]:
    """The change a chain of words and symbols deserves: the whole of it, or its parts around an "at"."""
    while chain and (chain[-1].sign and chain[-1].sign != "__"):
        chain = chain[:-1]
    if len(chain) < 2:
        return []
    ats = [at for at, each in enumerate(chain) if each.sign == "@"]
    if ats:
        at = ats[-1]
        if at and _is_address(chain, at):
            return [_write(chain[at - 1 :])]
        return _settle(text, chain[:at]) + _settle(text, chain[at + 1 :])
    while len(chain) > 2 and not chain[0].sign and _stands_apart(chain):
        chain = chain[1:]
    if not chain[0].sign and len(chain) == 2:
        return []
    return [_write(chain)] if _evident(text, chain) else []


def _is_address(chain: list[Piece], at: int) -> bool:
    names = [each for each in chain[at + 1 :] if not each.sign]
    dots = [each for each in chain[at + 1 :] if each.sign == "."]
    return (
        bool(dots)
        and not chain[at - 1].sign
        and chain[at - 1].low not in FUNCTION
        and any(each.low in TLDS for each in names[1:])
    )


def _stands_apart(chain: list[Piece]) -> bool:
    """Whether the first word only stands before the path: "open slash etc", "in dot env"."""
    first, sign = chain[0].low, chain[1].sign
    following = chain[2].low
    if sign in ("/", "~", "..", "*"):
        leads = following in ROOTS if sign == "/" else True
        return (
            (first in VERBS or first in FUNCTION)
            and (leads or first not in DIRECTORIES)
            and (sign != "/" or leads or first in FUNCTION)
        )
    if sign == ".":
        return (
            (first in VERBS and following in DOTFILES)
            or first in FUNCTION
            or (chain[2].sign == "/" and first in VERBS | COMMANDS)
        )
    return False


def _evident(text: str, chain: list[Piece]) -> bool:
    signs = [each.sign for each in chain if each.sign]
    words = [each for each in chain if not each.sign]
    if not words or (any(not each.text.isascii() for each in words) and not is_host(chain)):
        return False
    if any(sign in ("--", "__", "@") for sign in signs):
        return False
    if chain[0].sign:
        return _leading(text, chain, words)
    if any(
        a.sign and b.sign and a.sign + b.sign not in ("./", ":/", "//", ":\\", "/*", "*.") for a, b in pairwise(chain)
    ):
        return False
    if is_host(chain):
        return True
    if set(signs) == {"_"} and words[0].low in LEADS and not text[: chain[0].start].rstrip()[-1:].isascii():
        return True
    if any(each.low in FUNCTION or each.low in ARTICLES for each in (words[0], words[-1])):
        return False
    if ":" in signs:
        return words[-1].low in ("latest", "alpine", "stable") or (words[0].low in ("http", "https") and len(signs) > 2)
    if _has_extension(chain):
        return True
    spoken = all(each.chinese for each in chain if each.sign)
    if set(signs) == {"_"}:
        return True
    if "." in signs:
        return (signs[0] == "." and words[0].low in OBJECTS and digits_of(words[1]) is None) or (
            words[-1].low in TLDS and len(words) > 1 and not words[0].text.isdigit() and words[0].low != "sharp"
        )
    if "/" in signs:
        known = any(each.low in DIRECTORIES for each in words)
        return (
            spoken or known or signs.count("/") > 1 or all(each.text.isupper() and len(each.text) > 1 for each in words)
        )
    return spoken and set(signs) <= {"-", "_"} and all(len(each.text) > 1 or digits_of(each) for each in words)


def _leading(text: str, chain: list[Piece], words: list[Piece]) -> bool:
    """A chain that begins with a symbol: ``/etc/hosts``, ``.env``, ``./run.sh``, ``~/bin``, ``*.py``."""
    first = chain[0].sign
    second = chain[1].sign
    before, after = text[: chain[0].start], text[chain[-1].end :]
    if first == "/":
        if second or words[0].low in FUNCTION:
            return False
        spoken = chain[0].chinese and bool(_BEFORE_ROOT.search(before))
        return (
            words[0].low in ROOTS
            or (len(words) > 1 and (_has_extension(chain) or words[0].low in DIRECTORIES))
            or spoken
        )
    if first == "." and not second:
        name = words[0].low
        if name not in DOTFILES or not _BEFORE_DOTFILE.search(before):
            return False
        return name in _PLAIN_DOTFILES or bool(_FILE_AFTER.match(after)) or len(words) > 1
    if first in (".", "..", "~"):
        return second == "/" and len(words) > 0 and words[0].low not in FUNCTION
    if first == "*":
        return second == "." and words[0].low in EXTENSIONS
    return False


def _has_extension(chain: list[Piece]) -> bool:
    if len(chain) < 3 or chain[-2].sign != "." or chain[-3].sign or digits_of(chain[-3]) is not None:
        return False
    last = HEARD_AS.get(chain[-1].low, chain[-1].low)
    return last in EXTENSIONS


def _write(chain: list[Piece]) -> Change:
    host = is_host(chain) or any(each.sign in (":", "@") for each in chain)
    out = []
    for at, each in enumerate(chain):
        if each.sign:
            out.append(each.sign)
            continue
        word = each.text
        number = digits_of(each) if host or (at and chain[at - 1].sign == "_") else None
        if at == len(chain) - 1 and at and chain[at - 1].sign == ".":
            word = HEARD_AS.get(word.lower(), word.lower() if word.lower() in EXTENSIONS else word)
        elif word.istitle() and word.lower() in DIRECTORIES | SUBCOMMANDS:
            word = word.lower()
        out.append(number if number is not None else word)
    return Change(chain[0].start, chain[-1].end, "".join(out), lock=True)
