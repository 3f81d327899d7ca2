"""Finds the spans of a sentence that may be a term, by letters, by syllables and by sound; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dictation.language.terms import phones
from dictation.language.terms.align import distance
from dictation.language.terms.glossary import Entry
from dictation.language.terms.sentence import NAMING, PLAIN, Scene, Stretch, Token
from dictation.language.terms.term_index import SHORTEST, Index, key_of, sounds_of
from dictation.language.terms.tool_places import after_verb, before_verb
from dictation.spelled.numbers import chinese_digits

_MOST_TOKENS = 8
_WORST = {3: 0.17, 4: 0.22}
"""Largest distance by the number of consonants; 0.26 from five on."""
_WORST_SHORT = 0.13
_TAILS = frozenset("尔恩特斯德克姆夫兹普布格茨泽儿呃厄勒")
"""What a foreign name often ends with."""
_NUMERALS = frozenset("零一二两三四五六七八九十百千万亿")
_MEASURES = frozenset(
    "个起种次样下些遍点位者天年月日台条份套步般直定旦边方共切致件家章篇本句行层只号并律门块张把周堆批组类项段款期代"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``first`` to ``last`` (not included) of a stretch may be ``entry.term``.

    ``kind``: ``letters`` the term's own letters, ``english`` or ``chinese`` a form of it, ``exact`` or ``coarse``
    sounds like a Chinese form, ``digits`` its letters with its number in
    Chinese, ``sound`` sounds like the term, ``short`` too, by two consonants where a name stands.
    """

    stretch: Stretch
    first: int
    last: int
    entry: Entry
    kind: str
    distance: float = 0.0

    @property
    def tokens(self) -> list[Token]:
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
        if stretch.has_han:
            yield from _half_sound(scene, stretch, indexes)
            yield from _short_sound(scene, stretch, indexes)


def _by_key(stretch: Stretch, index: Index) -> Iterator[Candidate]:
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


def _by_digits(stretch: Stretch, first: int, most: int, index: Index) -> Iterator[Candidate]:
    """Letters, a number in Chinese, and perhaps letters again: utf 八, s t m 三十二. A measure word makes a count."""
    tokens = stretch.tokens
    at = next((at for at in range(first, most) if tokens[at].kind != "l"), most)
    start = at + (at < most and tokens[at].low == "点")  # h 点二六四
    stop = next((at for at in range(start, most) if tokens[at].low not in _NUMERALS), most)
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


def _by_syllables(stretch: Stretch, first: int, most: int, index: Index) -> Iterator[Candidate]:
    tokens, at = stretch.tokens, stretch.at
    for kind, keys, shortest in (("exact", stretch.exact, 2), ("coarse", stretch.coarse, 3)):
        table = index.coded(kind == "coarse", keys[at[first]])
        for last in range(first + shortest, most + 1) if table else ():
            hits = table.get(keys[at[first] : at[last]])
            if hits and (tokens[first].kind == "h" or tokens[last - 1].kind == "h"):
                for hit in hits:
                    yield Candidate(stretch, first, last, hit.entry, kind)


def _short_sound(scene: Scene, stretch: Stretch, indexes: Sequence[Index]) -> Iterator[Candidate]:
    """Two to four odd characters with two consonants, where a name stands, and one term that they sound like: 索拉."""
    tokens, text = stretch.tokens, scene.text
    for first in range(len(tokens)):
        if tokens[first].kind != "h" or tokens[first].low in PLAIN or not after_verb(text, tokens[first].start, True):
            continue
        for last in range(first + 2, min(len(tokens), first + 4) + 1):
            part = tokens[first:last]
            if part[-1].kind != "h" or part[-1].low in PLAIN or part[-1].low in _NUMERALS:
                break
            if not before_verb(text, part[-1].end, scene.end):
                continue
            heard = scene.sound(part)
            key = phones.skeleton(heard)
            if len(key) > SHORTEST - 1:
                break
            if len(key) == SHORTEST - 1 and scene.gain(part[0].start, part[-1].end) >= 33 * len(part):
                yield from _nearest(stretch, first, last, key, heard, indexes)


def _nearest(
    stretch: Stretch, first: int, last: int, key: str, heard: str, indexes: Sequence[Index]
) -> Iterator[Candidate]:
    """The term nearest in sound, if no other is about as near."""
    apart: dict[str, tuple[float, Entry]] = {}
    for index in indexes:
        for entry, said in index.short.get(key, ()):
            here = distance(said, heard)
            if here < apart.get(entry.term, (9.0, entry))[0]:
                apart[entry.term] = here, entry
    ordered = sorted(apart.values(), key=lambda each: each[0])
    if ordered and ordered[0][0] <= _WORST_SHORT and (len(ordered) == 1 or ordered[1][0] - ordered[0][0] >= 0.04):
        yield Candidate(stretch, first, last, ordered[0][1], "short", ordered[0][0])


def longer(scene: Scene, found: Candidate) -> Candidate:
    """With the character after it that is the end of the same name, if there is one: 康瑟|尔, 阿尔派|恩."""
    tokens, last = found.stretch.tokens, found.last
    if last == len(tokens) or tokens[last].low not in _TAILS or tokens[last - 1].kind != "h":
        return found
    start, end = tokens[last].start, tokens[last].end
    if start != found.end or scene.gain(start, end) < 38:
        return found
    heard = scene.sound([*found.tokens, tokens[last]])
    if min((distance(said, heard) for said in sounds_of(found.entry)), default=1.0) > 0.26:
        return found
    return Candidate(found.stretch, found.first, last + 1, found.entry, found.kind, found.distance)


def _by_sound(scene: Scene, stretch: Stretch, indexes: Sequence[Index]) -> Iterator[Candidate]:
    tokens = stretch.tokens
    size = len(tokens)
    sounds = [scene.sound([token]) for token in tokens]
    bones = [phones.skeleton(sound) for sound in sounds]
    for first in range(size):
        if tokens[first].kind == "d" or tokens[first].low in PLAIN:
            continue
        for last in range(first + 1, min(size, first + _MOST_TOKENS) + 1):
            token = tokens[last - 1]
            if token.kind == "d" or token.low in _NUMERALS:
                break
            if token.kind != tokens[first].kind or token.low in PLAIN or (token.kind == "l" and last - first > 3):
                if token.kind == "l" and last - first > 3:
                    break
                continue
            if token.start != tokens[last - 2].end and token.kind == "h" and last - first > 1:
                break
            if any(each.kind != token.kind or (each.low in PLAIN and each.low != "里") for each in tokens[first:last]):
                break  # 里 stands inside many a name: 泰普斯克里普特
            key = "".join(bones[first:last])
            if len(key) < SHORTEST or len(key) > 10:
                if len(key) > 10:
                    break
                continue
            if token.kind == "l" and last - first == 1 and any(index.has(token.low) for index in indexes):
                continue  # it is a term already
            if _worth(scene, stretch, first, last):
                yield from _alike(stretch, first, last, key, "".join(sounds[first:last]), indexes)


def _half_sound(scene: Scene, stretch: Stretch, indexes: Sequence[Index]) -> Iterator[Candidate]:
    """Chinese for the first part of a term and its last letters: 蒙狗DB."""
    tokens = stretch.tokens
    for at, token in enumerate(tokens):
        if token.kind != "l" or len(token.low) > 5 or not at or tokens[at - 1].kind != "h":
            continue
        tail = "".join(phones.LETTERS.get(each, "") for each in token.low)
        for first in range(at - 2, max(-1, at - 6), -1):
            part = tokens[first:at]
            if any(each.kind != "h" or each.low in PLAIN for each in part):
                break
            if len(token.low) == 1 and (token.start != part[-1].end or any(each.low not in NAMING for each in part)):
                continue
            heard = scene.sound(part) + tail
            key = phones.skeleton(heard)
            gain = scene.gain(part[0].start, part[-1].end)
            if len(key) >= SHORTEST and gain >= 14 * len(part):
                for found in _alike(stretch, first, at + 1, key, heard, indexes, 0.06 if len(token.low) > 1 else 0):
                    near = gain >= 34 * len(part) or (found.distance <= 0.12 and len(token.low) > 1)
                    if near and key_of(found.entry.term).endswith(token.low):
                        yield found


def _worth(scene: Scene, stretch: Stretch, first: int, last: int) -> bool:
    """Whether the span is odd enough to be something else: garbled Chinese, or an unknown or rare Latin word."""
    tokens = stretch.tokens[first:last]
    if tokens[0].kind == "h":
        naming = sum(token.low in NAMING for token in tokens)
        if last - first < 3 or 2 * naming < len(tokens):
            return False
        start, end = tokens[0].start, tokens[-1].end
        # Where a name stands, its characters may be known from other names: 塔尔温德.
        named = naming == len(tokens) and after_verb(scene.text, start) and before_verb(scene.text, end, scene.end)
        return scene.gain(start, end) >= (14 if named else 26) * (last - first)
    words = [token.low for token in tokens]
    if len(words) == 1:
        return len(words[0]) >= 5 and not scene.lexicon.knows(words[0])
    return any(len(word) > 1 and not scene.lexicon.knows(word) for word in words) or sum(
        map(scene.lexicon.cost, words)
    ) >= 62 * len(words)


def _alike(
    stretch: Stretch, first: int, last: int, key: str, heard: str, indexes: Sequence[Index], slack: float = 0.0
) -> Iterator[Candidate]:
    keys = [key]
    if len(key) >= 4:
        keys += [key[:at] + key[at + 1 :] for at in range(len(key)) if key[at] in "HLNM" or key[at] == key[at - 1]]
    seen: set[tuple[str, str]] = set()
    spoken = sum(len(token.low) for token in stretch.tokens[first:last])
    for index in indexes:
        for each in keys:
            for entry, said in index.skeletons.get(each, ()):
                if (entry.term, said) in seen:
                    continue
                seen.add((entry.term, said))
                size = len(phones.skeleton(said))
                if stretch.tokens[first].kind == "h" and spoken < min(size - 1, 4):
                    continue
                worst = _WORST.get(min(size, len(key)), 0.26) + slack
                apart = distance(said, heard, worst)
                if apart <= worst:
                    yield Candidate(stretch, first, last, entry, "sound", apart)
