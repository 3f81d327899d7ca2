"""What no score may overrule: candidates that are never meant, whatever speaks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dictation.language.code.vocabulary import FUNCTION as GRAMMAR
from dictation.language.terms.candidate_features import loses_grammar
from dictation.language.terms.candidates import Candidate
from dictation.language.terms.lists.term_index import key_of
from dictation.language.terms.sentence import Scene
from dictation.language.terms.settled_terms import keeps
from dictation.spelled.lazy_regex import late
from dictation.spelled.numbers import DIGITS


def possible(scene: Scene, candidates: Iterable[Candidate], settled: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """The candidates that may be meant; ``settled`` are spans that are right as they stand."""
    for found in candidates:
        if _says_something(scene, found) and keeps(scene.text, found, settled):
            yield found


def _says_something(scene: Scene, found: Candidate) -> bool:
    text = scene.text[found.start : found.end]
    if text == found.entry.term or text.lower() == found.entry.term.lower() + "s":
        return False  # a plural is right too: unit tests
    if _loses_a_number(found) or _glued(scene.text, found):
        return False
    if any(ord(token.low[0]) in scene.lexicon.simplified for token in found.tokens):
        return False  # what is odd about traditional characters is the script alone
    kinds = {token.kind for token in found.tokens}
    if found.entry.is_chinese:
        written = kinds == {"h"} and found.kind in ("chinese", "exact", "sound") and " " not in text
        return written and (found.kind == "chinese" or not loses_grammar(text, found.entry.term))
    if "h" in kinds:
        return " " not in text if kinds == {"h"} else found.kind != "coarse"
    if found.kind in ("exact", "coarse", "chinese"):
        return False
    if found.kind in ("sound", "part"):
        return _misheard(found, text)
    return _named_in_latin(scene, found, text)


def _named_in_latin(scene: Scene, found: Candidate, text: str) -> bool:
    """Whether Latin words are the term by their letters, and are not the ordinary words that they look like."""
    words = [token.low for token in found.tokens]
    if len(words) > 1 and all(word in GRAMMAR for word in words):
        return False  # it is a test: no ISA
    if found.kind == "english":
        everyday = len(words) == 1 and scene.lexicon.cost(words[0]) < _ORDINARY
        return scene.speaks(found.entry.cues, found.start, found.end) if everyday else not _spelled_out(found)
    if _sentence_words(scene, found) or _spelled_out(found):
        return False
    return not (found.kind == "letters" and len(words) > 1 and " " not in text)


def _sentence_words(scene: Scene, found: Candidate) -> bool:
    """Whether the name would be put together from a word of grammar and an ordinary word: "in vision", "on shape"."""
    first, *others = (token.low for token in found.tokens)
    joined = bool(others) and " " not in found.entry.term
    return joined and first in GRAMMAR and all(scene.lexicon.cost(word) < _ORDINARY for word in others)


def _loses_a_number(found: Candidate) -> bool:
    """Whether a number at the end of what was heard would be gone: queen 三 is Qwen 3."""
    last = found.tokens[-1]
    number = last.kind == "d" or last.low in DIGITS
    return number and found.last - found.first > 1 and not any(char.isdigit() for char in found.entry.term)


def _glued(text: str, found: Candidate) -> bool:
    """Whether Latin letters are a part of a longer name, a path or an address: ~/.ssh, redis-py, llama.cpp, .csv."""
    before, after = text[max(0, found.start - 1) : found.start], text[found.end : found.end + 2]
    left = found.tokens[0].kind == "l" and before in _JOINTS_BEFORE and not found.entry.term.startswith(before)
    right = found.tokens[-1].kind == "l" and (
        after[:1] in _JOINTS_AFTER or (after[:1] == "." and after[1:].isascii() and after[1:].isalnum())
    )
    return bool((before and left) or (after and right))


_CAMEL = late("[a-z][A-Z]")
_JOINTS_BEFORE = frozenset("./-_~@\\")
_JOINTS_AFTER = frozenset("/-_@")
_ORDINARY = 64
"""Cost up to which an English word is one of every day: as a form it needs a word that speaks for its term."""


def _misheard(found: Candidate, text: str) -> bool:
    """Whether Latin words may be another word misheard: they are no abbreviation, no name in code, no piece of it."""
    words = [token.low for token in found.tokens]
    key = key_of(found.entry.term)
    if key_of(text) == key or {key, f"{key}s"}.intersection(words) or all(len(word) == 1 for word in words):
        return False
    if found.kind == "part":
        rest = [word for word in words if word not in key]
        return bool(rest) and not any(word in GRAMMAR or len(word) == 1 for word in rest)
    if len(words) == 1:
        piece = key in words[0] or words[0] in key
        return not piece and not text.isupper() and not _CAMEL.search(text)
    if found.distance > 0 and (words[0] in GRAMMAR or words[-1] in GRAMMAR):
        return words[0] not in GRAMMAR
    ends = found.entry.term.endswith(text.split()[-1])  # Post Gray SQL
    return not _CAMEL.search(text.rsplit(None, 1)[0] if ends else text)


def _spelled_out(found: Candidate) -> bool:
    """Whether letters said one by one go on before or after it: an abbreviation is not cut out of a longer one."""
    if any(len(token.low) > 1 and token.kind == "l" for token in found.tokens):
        return False
    tokens = found.stretch.tokens
    beside = [tokens[at] for at in (found.first - 1, found.last) if 0 <= at < len(tokens)]
    return any(each.kind == "l" and len(each.low) == 1 and each.low not in ("a", "i") for each in beside)
