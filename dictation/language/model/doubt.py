"""Says where the rules are unsure: garbled Chinese, unknown words, and the terms that may be meant by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dictation.language.model.check_edits import Ear, scene_of
from dictation.language.terms.judged_terms import SHAKY, judge
from dictation.language.terms.lists.term_index import SHORTEST, Index, key_of
from dictation.language.terms.sentence import PLAIN, Scene, SentenceToken
from dictation.language.terms.sounds import phones
from dictation.language.terms.sounds.align import distance
from dictation.language.terms.term_weights import shipped_table
from dictation.language.terms.write_terms import is_case, offered

GARBLED = 46
"""What each character of a piece must save for the piece to be odd; ordinary words save 15 to 20."""

_LONGEST = 1000
_PIECES = 4
_WINDOW = 5
_NEAR = 0.45


@dataclass(frozen=True, slots=True)
class Doubt:
    """``pieces`` of the text that make little sense, and at most twelve ``candidates`` that may be meant.

    ``declined``: the rules saw a term that they did not dare to write.
    """

    pieces: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    declined: bool = False

    def __bool__(self) -> bool:
        return bool(self.pieces) or self.declined


def doubt(text: str, indexes: Sequence[Index]) -> Doubt:
    """What is odd in a text that has gone through the rules. Some 2 ms per sentence; nothing for very long texts."""
    if len(text) > _LONGEST:
        return Doubt()
    scene = scene_of(text, Ear(indexes).locked(text))
    pieces = [*_unknown(scene, indexes), *_garbled(scene)]
    terms: dict[str, float] = {}
    _, free = offered(scene, indexes, frozenset())
    for judged in judge(scene, [each for each in free if not is_case(each)], shipped_table()):
        found = judged.found
        if judged.score >= -SHAKY and found.entry.term not in text:
            apart = found.distance if found.kind == "sound" else 0.1
            terms[found.entry.term] = min(apart, terms.get(found.entry.term, 9.0))
    declined = bool(terms)
    for start, end in pieces[:_PIECES]:
        for term, apart in _near(scene, start, end, indexes):
            terms[term] = min(apart, terms.get(term, 9.0))
    ordered = sorted(terms, key=lambda term: (terms[term], term))
    return Doubt(tuple(text[start:end] for start, end in pieces), tuple(ordered[:12]), declined)


def _unknown(scene: Scene, indexes: Sequence[Index]) -> Iterator[tuple[int, int]]:
    """Latin words that no list has. A capital inside, or all capitals, is somebody's name for something."""
    for stretch in scene.stretches:
        for token in stretch.tokens:
            written = scene.text[token.start : token.end]
            if token.kind != "l" or len(token.low) < 4 or written[1:] != written[1:].lower():
                continue
            if scene.lexicon.knows(token.low) or scene.lexicon.knows(token.low.removesuffix("s")):
                continue
            if not any(key_of(token.low) in index.plain for index in indexes):
                yield token.start, token.end


def _garbled(scene: Scene) -> Iterator[tuple[int, int]]:
    """Two to five Chinese characters that make the sentence much likelier when they are taken out."""
    for stretch in scene.stretches:
        tokens = stretch.tokens
        first = 0
        while first < len(tokens) - 1:
            best = _longest(scene, stretch.tokens, first)
            if best:
                yield tokens[first].start, tokens[best - 1].end
                first = best
            else:
                first += 1


def _longest(scene: Scene, tokens: Sequence[SentenceToken], first: int) -> int:
    found = 0
    for last in range(first + 1, min(len(tokens), first + _WINDOW) + 1):
        part = tokens[first:last]
        if part[-1].kind != "h" or part[-1].start != part[0].start + len(part) - 1:
            break
        if len(part) < 2 or part[0].low in PLAIN or part[-1].low in PLAIN:
            if part[0].low in PLAIN:
                break
            continue
        start, end = part[0].start, part[-1].end
        if scene.gain(start, end) >= GARBLED * len(part) and not scene.frequent(start, end, 50):
            found = last
    return found


def _near(scene: Scene, start: int, end: int, indexes: Sequence[Index]) -> Iterator[tuple[str, float]]:
    """Terms that sound somewhat like the piece: too far off for the rules, near enough for a reader of the sentence."""
    piece = [token for stretch in scene.stretches for token in stretch.tokens if start <= token.start < end]
    heard = scene.sound(piece)
    bones = phones.skeleton(heard)
    for index in indexes:
        for key in _shorter(bones):
            for entry, said in index.skeletons.get(key, ()):
                apart = distance(said, heard)
                if apart <= _NEAR:
                    yield entry.term, apart


def _shorter(bones: str) -> set[str]:
    """The skeleton, and what is left of it without one or two of its consonants."""
    keys = {bones[:10]}
    for _ in range(2):
        keys |= {key[:at] + key[at + 1 :] for key in keys for at in range(len(key)) if len(key) > SHORTEST}
    return keys
