"""Which spans of a sentence are odd enough to be a term that was misheard: they are compared with every sound."""

from __future__ import annotations

from collections.abc import Sequence

from dictation.language.terms.lists.term_index import SHORTEST, Index
from dictation.language.terms.sentence import FUNCTION, Scene, SentenceToken

_LEAST_GAIN, _ODD_GAIN = 10, 24
"""Oddness (-10 log10) of each Chinese character that makes it worth a look: less is a word among words; more is asked
of two consonants and where a word of grammar stands inside."""
_LEAST_COST, _LONG_COST, _MANY_BONES = 50, 40, 5
"""Mean cost of Latin words that makes them worth a look; less will do from so many consonants on."""
_COMMON_WORD = 54
"""Cost of a Chinese word that is cut by an end of what is misheard for a term in 4 of 1,601 cases, and by every fifth
candidate."""
NUMERALS = frozenset("零一二两三四五六七八九十百千万亿")
"""No part of a name that is heard as Chinese."""
_NEVER_FIRST = frozenset("的了在就也都很吗吧呢被于")
"""Characters that a name does not begin with, however it sounds."""


def goes_with(tokens: list[SentenceToken], first: int, at: int, kind: str) -> bool:
    """Whether token ``at`` can go on a name that began at ``first``: the same script, no pause, no word of grammar."""
    token = tokens[at]
    if token.kind != kind:
        return False
    if kind == "l":
        return True
    apart = at > first and tokens[at - 1].end != token.start
    return not (apart or token.low in NUMERALS)


def odd(scene: Scene, tokens: list[SentenceToken], bones: int, indexes: Sequence[Index]) -> bool:
    """Whether a span is odd enough to be something else: garbled Chinese, or unknown or rare Latin words."""
    if tokens[0].kind == "h":
        return _garbled(scene, tokens, bones)
    words = [token.low for token in tokens]
    if len(words) == 1:
        known = scene.lexicon.knows(words[0]) or any(index.has(words[0]) for index in indexes)
        return len(words[0]) >= 4 and not known
    return any(len(word) > 1 and not scene.lexicon.knows(word) for word in words) or sum(
        map(scene.lexicon.cost, words)
    ) >= (_LEAST_COST if bones < _MANY_BONES else _LONG_COST) * len(words)


def _garbled(scene: Scene, tokens: list[SentenceToken], bones: int) -> bool:
    """Whether two and more Chinese characters are odd where they stand."""
    if len(tokens) < 2 or tokens[0].low in _NEVER_FIRST:
        return False
    grammar = sum(token.low in FUNCTION for token in tokens)
    if grammar > 1 or (grammar and (tokens[-1].low in FUNCTION or len(tokens) < 3)):
        return False
    start, end = tokens[0].start, tokens[-1].end
    least = _ODD_GAIN if grammar or bones < SHORTEST else _LEAST_GAIN
    return scene.across(start, end) >= _COMMON_WORD and scene.gain(start, end) >= least * len(tokens)
