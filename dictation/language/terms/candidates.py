"""Finds the spans of a sentence that may be a term, by letters, by syllables and by sound; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dictation.language.terms.lists.glossary import Entry
from dictation.language.terms.lists.term_index import SHORTEST, Index, key_of
from dictation.language.terms.odd_spans import NUMERALS, goes_with, odd
from dictation.language.terms.sentence import NAMING, PLAIN, Scene, SentenceToken, TokenRun
from dictation.language.terms.sounds import phones
from dictation.language.terms.sounds.align import distance
from dictation.language.terms.sounds.letter_sounds import LETTER_NAMES
from dictation.spelled.numbers import chinese_digits

_MOST_TOKENS = 8
_MOST_WORDS = 4
_MOST_BONES = 10
"""Tokens, words and consonants of the longest span that is looked at: no term has more."""
_FARTHEST, _FARTHEST_SHORT = 0.25, 0.22
"""Distances up to which a term is proposed at all (for a span of two consonants, which many terms share). Of 1,601
terms that were taken rightly, 1,599 lay within, and so did three quarters of 117,000 candidates. These and the numbers
below bound the work; the weights decide."""
_FARTHEST_PART, _FARTHEST_PLAIN = 0.4, 0.12
"""The same for the rest of a name of which a part stands there as it is written, and for ordinary English words."""
_RIVALS = 4
"""Terms proposed for one span, the nearest first."""
_MEASURES = frozenset(
    "个起种次样下些遍点位者天年月日台条份套步般直定旦边方共切致件家章篇本句行层只号并律门块张把周堆批组类项段款期代"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``first`` to ``last`` (not included) of a stretch may be ``entry.term``.

    ``kind``: ``letters`` the term's own letters, ``english`` or ``chinese`` a form of it, ``exact`` or ``coarse``
    sounds like a Chinese form, ``digits`` its letters with its number in
    Chinese, ``named`` its letters by their names, ``sound`` sounds like the term, ``part`` has one part of its name and
    sounds like the rest.
    """

    stretch: TokenRun
    first: int
    last: int
    entry: Entry
    kind: str
    distance: float = 0.0

    @property
    def tokens(self) -> list[SentenceToken]:
        """The tokens it covers."""
        return self.stretch.tokens[self.first : self.last]

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.stretch.tokens[self.first].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.stretch.tokens[self.last - 1].end


def find(scene: Scene, indexes: Sequence[Index]) -> Iterator[Candidate]:
    """Every candidate of the sentence."""
    for stretch in scene.stretches:
        for index in indexes:
            yield from _by_key(stretch, index)
        yield from _by_sound(scene, stretch, indexes)
        yield from _by_part(scene, stretch, indexes)
        if stretch.has_han:
            yield from _half_sound(scene, stretch, indexes)
            yield from _by_letter_names(scene, stretch, indexes)


def _by_key(stretch: TokenRun, index: Index) -> Iterator[Candidate]:
    tokens, at, plain = stretch.tokens, stretch.at, stretch.plain
    size = len(tokens)
    for first in range(size):
        begin, most = at[first], min(size, first + _MOST_TOKENS)
        if plain[begin] in index.first:
            table = index.beginning(plain[begin : begin + 2])
            for last in range(first + 1, most + 1):
                key = plain[begin : at[last]]
                for hit in (table if len(key) > 1 else index.plain).get(key, ()):
                    yield Candidate(stretch, first, last, hit.entry, "letters" if hit.kind == "term" else hit.kind)
            if stretch.has_han and tokens[first].kind == "l":
                yield from _by_digits(stretch, first, most, index)
        if stretch.has_han:
            yield from _by_syllables(stretch, first, most, index)


def _by_digits(stretch: TokenRun, first: int, most: int, index: Index) -> Iterator[Candidate]:
    """Letters, a number in Chinese, and perhaps letters again: utf 八, s t m 三十二. A measure word makes a count."""
    tokens = stretch.tokens
    at = next((at for at in range(first, most) if tokens[at].kind != "l"), most)
    start = at + (at < most and tokens[at].low == "点")  # h 点二六四
    stop = next((at for at in range(start, most) if tokens[at].low not in NUMERALS), most)
    after = tokens[stop] if stop < len(tokens) else None
    if at == first or start == stop or (after is not None and after.low in _MEASURES):
        return
    number = chinese_digits("".join(each.low for each in tokens[start:stop]))
    key = "".join(each.low for each in tokens[first:at]) + (number or "")
    for last in range(stop, most + 1):
        if last > stop:
            if tokens[last - 1].kind != "l":
                break
            key += tokens[last - 1].low
        for hit in index.plain.get(key, ()) if number else ():
            yield Candidate(stretch, first, last, hit.entry, "digits")


def _by_syllables(stretch: TokenRun, first: int, most: int, index: Index) -> Iterator[Candidate]:
    tokens, at = stretch.tokens, stretch.at
    for kind, keys, shortest in (("exact", stretch.exact, 2), ("coarse", stretch.coarse, 3)):
        table = index.coded(kind == "coarse", keys[at[first]])
        for last in range(first + shortest, most + 1) if table else ():
            hits = table.get(keys[at[first] : at[last]])
            if hits and (tokens[first].kind == "h" or tokens[last - 1].kind == "h"):
                for hit in hits:
                    yield Candidate(stretch, first, last, hit.entry, kind)


def _by_sound(scene: Scene, stretch: TokenRun, indexes: Sequence[Index]) -> Iterator[Candidate]:
    """Spans of Chinese and spans of Latin words that sound like a term and are odd where they stand."""
    tokens = stretch.tokens
    size = len(tokens)
    sounds = [scene.sound([token]) for token in tokens]
    bones = [phones.skeleton(sound) for sound in sounds]
    for first in range(size):
        kind = tokens[first].kind
        longest = {"h": _MOST_TOKENS, "l": _MOST_WORDS}.get(kind, 0)
        for last in range(first + 1, min(size, first + longest) + 1):
            if not goes_with(tokens, first, last - 1, kind) or ord(tokens[last - 1].low[0]) in scene.lexicon.simplified:
                break
            key = "".join(bones[first:last])
            if len(key) > _MOST_BONES:
                break
            least = SHORTEST - 1 if kind == "h" else SHORTEST
            if len(key) < least:
                continue
            strange = odd(scene, tokens[first:last], len(key), indexes)
            if strange or (kind == "l" and last - first > 1 and scene.cues):
                farthest = _FARTHEST_PLAIN if not strange else _FARTHEST if len(key) >= SHORTEST else _FARTHEST_SHORT
                yield from _alike(stretch, first, last, key, "".join(sounds[first:last]), indexes, farthest)


def _by_part(scene: Scene, stretch: TokenRun, indexes: Sequence[Index]) -> Iterator[Candidate]:
    """A part of a name as it is written, and beside it Latin words that sound like the rest: Deep Sleep, mongo tv."""
    tokens = stretch.tokens
    for at, token in enumerate(tokens):
        if token.kind != "l" or len(token.low) < 2:
            continue
        for index in indexes:
            for entry, said in index.heads.get(token.low, ()):
                yield from _rest(scene, stretch, at, entry, said, 1)
            for entry, said in index.tails.get(token.low, ()):
                yield from _rest(scene, stretch, at, entry, said, -1)


def _rest(scene: Scene, stretch: TokenRun, at: int, entry: Entry, said: str, step: int) -> Iterator[Candidate]:
    """The words after (``step`` 1) or before (-1) token ``at`` that sound like the rest of ``entry``, the nearest."""
    tokens = stretch.tokens
    best, apart_best = None, _FARTHEST_PART
    for size in range(1, _MOST_WORDS):
        first, last = (at, at + size + 1) if step > 0 else (at - size, at + 1)
        if first < 0 or last > len(tokens) or tokens[at + size * step].kind != "l":
            break
        words = tokens[at + 1 : last] if step > 0 else tokens[first:at]
        apart = distance(said, scene.sound(words), _FARTHEST_PART)
        if apart < apart_best:
            best, apart_best = (first, last), apart
    if best is not None:
        yield Candidate(stretch, *best, entry, "part", apart_best)


def _half_sound(scene: Scene, stretch: TokenRun, indexes: Sequence[Index]) -> Iterator[Candidate]:
    """Chinese for the first part of a term and its last letters: 蒙狗DB."""
    tokens = stretch.tokens
    for at, token in enumerate(tokens):
        if token.kind == "l" and len(token.low) <= 5 and at and tokens[at - 1].kind == "h":
            for first in range(at - 2, max(-1, at - 6), -1):
                part = tokens[first:at]
                if any(each.kind != "h" or each.low in PLAIN for each in part):
                    break
                yield from _with_letters(scene, stretch, first, at, indexes)


def _with_letters(
    scene: Scene, stretch: TokenRun, first: int, at: int, indexes: Sequence[Index]
) -> Iterator[Candidate]:
    """The terms that end with the letters of token ``at`` and sound like the Chinese from ``first`` on before them."""
    part, token = stretch.tokens[first:at], stretch.tokens[at]
    single = len(token.low) == 1
    if single and (token.start != part[-1].end or any(each.low not in NAMING for each in part)):
        return
    heard = scene.sound(part) + "".join(phones.LETTERS.get(each, "") for each in token.low)
    key = phones.skeleton(heard)
    gain = scene.gain(part[0].start, part[-1].end) / len(part)
    if len(key) < SHORTEST or gain < 14:
        return
    for found in _alike(stretch, first, at + 1, key, heard, indexes, _FARTHEST):
        near = gain >= 34 or (found.distance <= 0.12 and not single)
        if near and key_of(found.entry.term).endswith(token.low):
            yield found


def _by_letter_names(scene: Scene, stretch: TokenRun, indexes: Sequence[Index]) -> Iterator[Candidate]:
    """Letters said by their names and written as Chinese, alone or after Latin letters: 艾尔艾尔艾姆, Vue杰艾斯."""
    tokens = stretch.tokens
    for first in range(len(tokens)):
        letters, at = ("", first) if tokens[first].kind == "h" else (tokens[first].low, first + 1)
        said = 0
        while at < len(tokens) and tokens[at].kind == "h":
            size = next(
                (size for size in (3, 2, 1) if at + size <= len(tokens) and _letter(scene, tokens[at : at + size])), 0
            )
            if not size:
                break
            letters += _letter(scene, tokens[at : at + size])
            said, at = said + 1, at + size
            if said > 1 and at - first > said:
                for index in indexes:
                    for hit in index.plain.get(letters, ()):
                        if hit.kind == "term":
                            yield Candidate(stretch, first, at, hit.entry, "named")


def _letter(scene: Scene, tokens: list[SentenceToken]) -> str:
    """The letter whose name these Chinese characters sound like, or nothing."""
    if any(token.kind != "h" for token in tokens):
        return ""
    return LETTER_NAMES.get(" ".join(scene.lexicon.readings.get(token.low, "") for token in tokens), "")


def _alike(
    stretch: TokenRun, first: int, last: int, key: str, heard: str, indexes: Sequence[Index], farthest: float
) -> Iterator[Candidate]:
    """The terms whose consonants are those of the span, or all but a weak one, and whose sound is near."""
    keys = [key]
    if len(key) >= 4:
        keys += [key[:at] + key[at + 1 :] for at in range(len(key)) if key[at] in "HLNM" or key[at] == key[at - 1]]
    best: dict[str, tuple[float, Entry]] = {}
    for index in indexes:
        for each in keys:
            table = index.skeletons if len(each) >= SHORTEST else index.short
            for entry, said in table.get(each, ()):
                apart = distance(said, heard, farthest)
                if apart <= farthest and apart < best.get(entry.term, (9.0, entry))[0]:
                    best[entry.term] = apart, entry
    nearest = sorted(best.values(), key=lambda each: each[0])[:_RIVALS]
    for apart, entry in nearest:
        yield Candidate(stretch, first, last, entry, "sound", apart)
