"""The ear by which a language model's edits are judged: does what is to stand there sound like what was said there?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, product

from dictation.core.types import Draft
from dictation.language.code import protect
from dictation.language.code.vocabulary import FUNCTION as SMALL
from dictation.language.correct import Corrector
from dictation.language.line_edits import Sheet
from dictation.language.look.spacing import space_out
from dictation.language.terms.lists.glossary import Entry
from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.lists.term_index import Index, key_of, sound
from dictation.language.terms.segments import Segments
from dictation.language.terms.sentence import PLAIN, Scene
from dictation.language.terms.sounds import phones
from dictation.language.terms.sounds.align import distance
from dictation.spelled.lazy_regex import late
from dictation.spelled.numbers import DIGITS, UNITS, WORDS, chinese_digits, english_number

_TOKEN = late(r"[\u3400-\u9fff]|[A-Za-z]+(?:['’][A-Za-z]+)?[+#]*|[0-9]+")
_HAN = late("[\u3400-\u9fff]")
_RUN = "".join(DIGITS) + "".join(UNITS) + "万亿点"
_WORD = "(?:" + "|".join(sorted(WORDS - {"oh"}, key=len, reverse=True)) + ")"
_NUMBER = late(
    rf"(?P<digits>[0-9]+(?:[.,][0-9]+)*)|(?P<chinese>[{_RUN}]+)"
    rf"|(?<![A-Za-z])(?P<english>{_WORD}(?:[ -](?:and |oh |point |dot )?{_WORD})*)(?![A-Za-z])",
    re.I,
)
_IDIOM = late(
    "[一二三四五六七八九十百千万][一二三四五六七八九十百千万]?[点下起定样些直般切共致]|[三五七二四六八][四六八三五七九]"
)
_OPPOSITES = (
    ("in", "de"), ("in", "ex"), ("im", "ex"), ("en", "de"), ("en", "dis"), ("on", "off"), ("up", "down"), ("in", "out"),
    ("a", "un"), ("en", "un"), ("de", "re"), ("pre", "post"), ("pro", "re"), ("un", "re"), ("a", "de"), ("as", "des"),
)  # fmt: skip
"""Beginnings that turn a word into its opposite and sound much the same in a hurry."""


_AROUND = 120
"""Characters on each side of an edit that may speak for it or against it."""


class Ear:
    """Implements ``core.rewrite.Senses`` with the glossary in force. Thread-safe; made in no time."""

    def __init__(self, indexes: Sequence[Index], offered: Sequence[str] = ()) -> None:
        """``offered`` are spellings that the model was given beside the glossary."""
        self._indexes, self._offered = indexes, frozenset(offered)

    def locked(self, text: str) -> list[tuple[int, int]]:
        """See ``Senses``."""
        sheet = Sheet(text)
        sheet.lock(protect.spans(text, lambda name: any(index.has(name) for index in self._indexes)))
        return list(zip(sheet.starts, sheet.ends, strict=True))

    def numbers(self, text: str) -> list[str]:
        """See ``Senses``."""
        return [_value(found) or found[0].lower() for found in _NUMBER.finditer(text) if found[0] != "点"]

    def figures(self, text: str) -> str:
        """See ``Senses``: only what can be nothing but a number, so not 一起, 三五, 三点一起 or "twenty"."""
        return _NUMBER.sub(lambda found: _plainly(found) or found[0], text)

    def listed(self, name: str) -> bool:
        """See ``Senses``."""
        return name in self._offered or any(entry.term == name for entry in self._entries(name))

    def known(self, word: str) -> bool:
        """See ``Senses``."""
        return len(word) == 1 or lexicon().knows(word.lower()) or bool(self._entries(word))

    def alike(self, text: str, start: int, end: int, after: str) -> bool:
        """See ``Senses``. Only what stands within some lines of it is looked at, so that a long text costs no more."""
        begin = max(0, start - _AROUND)
        text, start, end = text[begin : end + _AROUND], start - begin, end - begin
        heard, meant = _trimmed(text, start, end, after)
        if not heard or not meant:
            return False  # words may not appear or vanish
        scene = scene_of(text, self.locked(text))
        first, last = heard[0].start(), heard[-1].end()
        said = after[meant[0].start() : meant[-1].end()]
        entries = self._entries(said) or self._entries(after)
        apart = min(
            (distance(one, other) for one in _sounds(said, entries) for other in _heard(text[first:last])), default=9.0
        )
        return self._fits(scene, heard, said, entries, apart)

    def _fits(self, scene: Scene, heard: list[re.Match[str]], said: str, entries: list[Entry], apart: float) -> bool:
        first, last = heard[0].start(), heard[-1].end()
        listed = bool(entries) or said in self._offered
        own = any(scene.speaks(entry.cues, first, last) for entry in entries)
        strength = scene.strength(first, last) + own
        if _HAN.search(said):
            return _chinese(scene, heard, said, listed, strength, apart)
        size = sum(bool(_HAN.match(token[0])) for token in heard)
        if size:
            each = scene.gain(first, last) / size
            if listed:
                return _foreign(scene, heard, size, each, strength, apart, len(phones.skeleton(sound(said))))
            return self._spoken(said) and size >= 3 and each >= 38 and apart <= 0.2
        words = [token[0].lower() for token in heard]
        odd = any(len(word) > 1 and not lexicon().knows(word) for word in words)
        if listed:
            return _latin(words, odd, own, strength, apart)
        if any(_opposite(one, other) for one in words for other in said.lower().split()):
            return False
        return self._spoken(said) and apart <= (0.22 if odd else 0.03)

    def _spoken(self, said: str) -> bool:
        """Whether all of it are words, and not one more name that the model made up."""
        return all(self.known(word[0]) for word in _TOKEN.finditer(said))

    def _entries(self, name: str) -> list[Entry]:
        key = key_of(name)
        found = [hit.entry for index in self._indexes for hit in index.plain.get(key, ()) if hit.kind == "term"]
        return [entry for entry in found if entry.term.casefold() == name.casefold()]


def _latin(words: list[str], odd: bool, own: bool, strength: float, apart: float) -> bool:
    """English words for a term that is listed; ``odd``: one of them is no word; ``own``: a word speaks for the term."""
    length = len("".join(words))
    if apart <= 0.05 and len(words) >= 3 and length >= 10:
        return True
    if words[0] in SMALL or words[-1] in SMALL:
        return apart <= (0.2 if len(words) > 1 else 0.05) and strength >= 1
    if len(words) == 1 and not odd:
        return own and apart <= 0.24  # a word that is one, for a term that is about something else
    return apart <= 0.34 if odd else apart <= 0.24 and strength >= 0.5 and length >= 4


def _foreign(
    scene: Scene, heard: list[re.Match[str]], size: int, each: float, strength: float, apart: float, bones: int
) -> bool:
    """Chinese for a term that is listed. What makes sense as it stands is kept, unless much speaks for the term."""
    form = apart <= 0.05
    if size < 2 or (size + 1 < bones and not form):
        return False
    if form and ((strength >= 1 and each >= 18) or (size >= 4 and each >= 26)):
        return True
    if _makes_sense(scene, heard, 42 if each >= 36 and strength else 66):
        return False
    if size == 2:
        return apart <= 0.12 and each >= 30 and strength >= 0.75
    if each >= 36:
        return apart <= (0.34 if each >= 42 or strength >= 0.5 else 0.22)
    return each >= 28 and apart <= 0.22 and strength >= 0.5


def _makes_sense(scene: Scene, heard: list[re.Match[str]], cost: int) -> bool:
    """Whether it begins or ends with a word of grammar, or is all frequent words, up to a ``cost``."""
    plain = heard[0][0] in PLAIN or heard[-1][0] in PLAIN
    return plain or scene.frequent(heard[0].start(), heard[-1].end(), cost)


def _chinese(scene: Scene, heard: list[re.Match[str]], said: str, listed: bool, strength: float, apart: float) -> bool:
    """Chinese for Chinese: as many syllables of the same sound, and the sentence is likelier for it."""
    han = [token[0] for token in heard if _HAN.match(token[0])]
    if len(han) != len(heard) or len(said) != len(han) or not all(map(_HAN.match, said)):
        odd = all(not lexicon().knows(token[0].lower()) for token in heard)
        return listed and not han and odd and apart <= 0.12
    if apart > 0.16 or not all(map(_same_syllable, han, said)):
        return False
    first, last = heard[0].start(), heard[-1].end()
    run = scene.run_of(first)
    if run is None:
        return False
    left, segments = run
    before = segments.text
    then = before[: first - left] + said + before[last - left :]
    saved = segments.ahead[-1] - Segments(then, lexicon()).ahead[-1]
    if listed and len(said) > 1:
        ordinary = lexicon().chinese.get("".join(han)) is not None
        return saved >= 6 or (strength >= (1.5 if ordinary else 1) and saved >= -12)
    return saved >= 12


def _same_syllable(one: str, other: str) -> bool:
    table = lexicon()
    return bool(set(map(phones.coarse, table.syllables(one))) & set(map(phones.coarse, table.syllables(other))))


def _value(found: re.Match[str]) -> str | None:
    if found["digits"]:
        return re.sub(",(?=[0-9]{3}(?![0-9]))", "", found[0])
    if found["chinese"]:
        parts = [chinese_digits(part) if part else None for part in found[0].split("点")]
        return None if any(part is None for part in parts) else ".".join(part for part in parts if part is not None)
    pieces = re.split(r"[ -](?:point|dot)[ -]", found[0].lower())
    read = [english_number([word for word in re.split("[ -]", piece) if word != "and"]) for piece in pieces]
    return None if any(each is None for each in read) else ".".join(each for each in read if each is not None)


def _plainly(found: re.Match[str]) -> str | None:
    said = found[0]
    if found["digits"] or _value(found) is None:
        return None
    if found["english"]:
        return _value(found) if " " in said or "-" in said else None
    if (
        len(said) < (2 if set(said) & set("百千") else 3)
        or said[-1] in "万亿点"
        or _IDIOM.fullmatch(said + found.string[found.end() : found.end() + 1])
    ):
        return None
    if "点" in said and len(said.rpartition("点")[2]) < 2:
        return None
    return _value(found)


def _trimmed(text: str, start: int, end: int, after: str) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """The tokens of both without what they begin and end with alike: else 测试环境 -> 生产环境 sounds half the same."""
    heard, meant = list(_TOKEN.finditer(text, start, end)), list(_TOKEN.finditer(after))
    while heard and meant and heard[0][0].casefold() == meant[0][0].casefold():
        heard, meant = heard[1:], meant[1:]
    while heard and meant and heard[-1][0].casefold() == meant[-1][0].casefold():
        heard, meant = heard[:-1], meant[:-1]
    return heard, meant


def _heard(text: str) -> list[str]:
    """Phones of a piece of text, by the first two readings of each character; at most eight."""
    table = lexicon()
    choices = []
    for token in _TOKEN.finditer(text):
        if _HAN.match(token[0]):
            choices.append([phones.of_syllable(each) for each in table.syllables(token[0])[:2]] or [""])
        else:
            choices.append([sound(token[0])])
    return ["".join(each) for each in islice(product(*choices), 8)]


def _sounds(said: str, entries: list[Entry]) -> list[str]:
    """How what is meant is said: by its letters, and in the ways the glossary has for it."""
    forms = [*_heard(said)]
    for entry in entries:
        for form in entry.english:
            forms.append(phones.of_arpabet(form.strip("/")) if form.startswith("/") else sound(form))
        for form in entry.chinese:
            forms += _heard(form)[:2]
    forms += [each.replace("dr", "j").replace("tr", "q") for each in forms if "dr" in each or "tr" in each]
    return [each for each in dict.fromkeys(forms) if each]


def _opposite(one: str, other: str) -> bool:
    return any(
        (one.startswith(a) and other.startswith(b) and one[len(a) :] == other[len(b) :] != "")
        or (one.startswith(b) and other.startswith(a) and one[len(b) :] == other[len(a) :] != "")
        for a, b in _OPPOSITES
    )


def indexes_of(corrector: Corrector) -> tuple[Index, ...]:
    """The glossaries that the rules look terms up in, the user's own first."""
    return tuple(corrector._indexes)


def spaced(text: str, locked: Sequence[tuple[int, int]]) -> Draft:
    """``text`` with a space wherever Chinese and Latin meet."""
    sheet = Sheet(text)
    sheet.lock(locked)
    space_out(sheet)
    return Draft(sheet.text, text, tuple(sheet.edits))


def scene_of(text: str, locked: Sequence[tuple[int, int]]) -> Scene:
    """``text`` as the term rules see it."""
    sheet = Sheet(text)
    sheet.lock(locked)
    return Scene(sheet, 0, len(text), lexicon())
