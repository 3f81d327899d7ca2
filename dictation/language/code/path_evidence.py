"""Says whether a chain of words and spoken signs is code, where a sentence stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dictation.language.code.vocabulary import ARTICLES, DIRECTORIES, FUNCTION, LEADS, OBJECTS, VERBS
from dictation.spelled import programs
from dictation.spelled.chains import chinese, ending, is_sign
from dictation.spelled.endings import AFTER_DOT, DOTFILES, ROOTS
from dictation.spelled.hosts import ends_in_domain, is_host
from dictation.spelled.lazy_regex import late
from dictation.spelled.pieces import Said
from dictation.spelled.wordlist import words

_PLAIN_DOTFILES = DOTFILES - words("git github config ssh cache local vscode docker profile aws cursor idea")
"""Names that are no word without their dot."""

_BEFORE_DOTFILE = late(r"(?:^|[在了开用改个看写进到把装入加删是放存读配和建给叫名有]|[,，:：]|[A-Za-z])\s*$")
_FILE_AFTER = late(r"\s*(?:文件|目录|file|folder|dir|里|下|配置)", re.I)
_BEFORE_ROOT = late(r"(?:^|[是在到问开用求由径口看])\s*$")
_SIDE_BY_SIDE = frozenset(("./", ":/", "//", ":\\", "/*", "*."))
"""Signs that may follow each other in a chain that begins with a word."""

_NEVER = frozenset(("--", "__", "@"))
"""Signs that no path has."""

_TAGS = frozenset(("latest", "alpine", "stable"))


@dataclass(frozen=True)
class Chain:
    """A chain with the text around it."""

    text: str
    pieces: Sequence[Said]

    @property
    def words(self) -> list[Said]:
        """Its words and numbers."""
        return [each for each in self.pieces if not is_sign(each)]

    @property
    def signs(self) -> list[str]:
        """Its signs."""
        return [each.text for each in self.pieces if is_sign(each)]

    @property
    def spoken_chinese(self) -> bool:
        """Whether all its signs were said in Chinese: nobody says 斜杠 for anything else."""
        return all(chinese(each) for each in self.pieces if is_sign(each))


_BEGINNINGS: dict[str, frozenset[str] | None] = {"~": None, "..": None, "*": None, "/": ROOTS, ".": DOTFILES}
"""Signs that a path begins with behind a verb, and the words that must follow; ``None`` for any."""


def stands_apart(chain: Sequence[Said]) -> bool:
    """Whether the first word only stands before the path: "open slash etc", "in dot env"."""
    first, sign, following = chain[0].low, chain[1].text, chain[2].low
    if sign not in _BEGINNINGS:
        return False
    if first in FUNCTION:
        return True
    here, wanted = sign == "." and following == "/", _BEGINNINGS[sign]
    begun = here or wanted is None or following in wanted
    return begun and (first in VERBS or (here and first in programs.spoken()))


def evident(text: str, pieces: Sequence[Said]) -> bool:
    """Whether ``pieces``, a chain in ``text``, are code."""
    chain = Chain(text, pieces)
    if not _possible(chain):
        return False
    if is_sign(pieces[0]):
        rule = _LEADING.get(pieces[0].text)
        return rule is not None and rule(chain)
    if is_host(pieces):
        return True
    if set(chain.signs) == {"_"} and chain.words[0].low in LEADS and not _latin_before(chain):
        return True
    ends = {chain.words[0].low, chain.words[-1].low}
    return FUNCTION.isdisjoint(ends) and ARTICLES.isdisjoint(ends) and _inner(chain)


def _possible(chain: Chain) -> bool:
    if not chain.words or not _NEVER.isdisjoint(chain.signs):
        return False
    if any(chinese(each) for each in chain.words) and not is_host(chain.pieces):
        return False
    doubled = {a.text + b.text for a, b in pairwise(chain.pieces) if is_sign(a) and is_sign(b)}
    return is_sign(chain.pieces[0]) or doubled <= _SIDE_BY_SIDE


def _latin_before(chain: Chain) -> bool:
    return chain.text[: chain.pieces[0].start].rstrip()[-1:].isascii()


def _inner(chain: Chain) -> bool:
    """Whether a chain that begins with a word is code, by the signs in it."""
    signs = set(chain.signs)
    if ":" not in signs and (_has_ending(chain.pieces) or signs == {"_"}):
        return True
    rule = next((rule for sign, rule in _WITHIN.items() if sign in signs), _dashed)
    return rule(chain)


def _with_colon(chain: Chain) -> bool:
    """``nginx:alpine``, ``http://...``."""
    return chain.words[-1].low in _TAGS or (chain.words[0].low in ("http", "https") and len(chain.signs) > 2)


def _dashed(chain: Chain) -> bool:
    """Words with spoken Chinese dashes and underscores; none is a lone letter."""
    long_enough = all(len(each.raw) > 1 or each.kind == "number" for each in chain.words)
    return chain.spoken_chinese and set(chain.signs) <= {"-", "_"} and long_enough


def _dotted(chain: Chain) -> bool:
    first, second = chain.words[:2]
    member = chain.signs[0] == "." and first.low in OBJECTS and second.kind != "number"
    return member or ends_in_domain(chain.words)


def _slashed(chain: Chain) -> bool:
    known = any(each.low in DIRECTORIES for each in chain.words)
    shouted = all(each.raw.isupper() and len(each.raw) > 1 for each in chain.words)
    return chain.spoken_chinese or known or chain.signs.count("/") > 1 or shouted


_WITHIN: dict[str, Callable[[Chain], bool]] = {":": _with_colon, ".": _dotted, "/": _slashed}
"""What a chain with the sign inside must have; the first that is in it counts."""


def _root(chain: Chain) -> bool:
    """``/etc/hosts``."""
    first = chain.words[0].low
    if is_sign(chain.pieces[1]) or first in FUNCTION:
        return False
    led = chinese(chain.pieces[0]) and bool(_BEFORE_ROOT.search(chain.text[: chain.pieces[0].start]))
    whole = len(chain.words) > 1 and (_has_ending(chain.pieces) or first in DIRECTORIES)
    return first in ROOTS or whole or led


def _hidden(chain: Chain) -> bool:
    """``.env``, ``./run.sh``."""
    name, after = chain.words[0].low, chain.text[chain.pieces[-1].end :]
    if is_sign(chain.pieces[1]):
        return _folder(chain)
    if name not in DOTFILES or not _BEFORE_DOTFILE.search(chain.text[: chain.pieces[0].start]):
        return False
    return name in _PLAIN_DOTFILES or bool(_FILE_AFTER.match(after)) or len(chain.words) > 1


def _folder(chain: Chain) -> bool:
    """``../src``, ``~/bin``."""
    return chain.pieces[1].text == "/" and chain.words[0].low not in FUNCTION


def _any_of(chain: Chain) -> bool:
    """``*.py``."""
    return chain.pieces[1].text == "." and chain.words[0].low in AFTER_DOT


_LEADING: dict[str, Callable[[Chain], bool]] = {
    "/": _root, ".": _hidden, "..": _folder, "~": _folder, "*": _any_of,
}  # fmt: skip


def _has_ending(pieces: Sequence[Said]) -> bool:
    if len(pieces) < 3 or pieces[-2].text != "." or is_sign(pieces[-3]) or pieces[-3].kind == "number":
        return False
    return ending(pieces[-1].low) in AFTER_DOT
