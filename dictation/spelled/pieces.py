"""Cuts a request, as it was heard, into words, numbers and spoken signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dictation.spelled import numbers, signs
from dictation.spelled.lazy_regex import late

_HAN = "㐀-鿿豈-﫿〇"
_QUOTES = str.maketrans({"“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "—": "-", "–": "-"})
_RUNS = late(rf'(?P<han>[{_HAN}]+)|(?P<quote>")|(?P<pause>[，。！？；、…]+)|(?P<latin>[^\s{_HAN}"，。！？；、…]+)')
_TRAILING = late(r"(?<=[\w\)'\]])[,.;:!?]+$")
_SPLIT_NUMBER = late(rf"[{''.join(numbers.CHINESE)}]+")
_LETTER = late("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of a request: ``kind`` is word, number, han (Chinese text), sign, or pause; ``raw`` is as heard.

    ``text`` is the word, the digits or the sign. ``start`` and ``end`` are its place in the cleaned request.
    """

    kind: str
    text: str
    raw: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()

    @property
    def letter(self) -> bool:
        """Whether it is one Latin letter."""
        return self.kind == "word" and bool(_LETTER.fullmatch(self.text))


def clean(request: str) -> str:
    """``request`` in one line, with plain widths and quotes and without the punctuation at its end."""
    # The full-width comma and its like say where a pause was; NFKC would make them signs of a command.
    kept = "".join(
        each if each in "，。！？；、…“”‘’" else unicodedata.normalize("NFKC", each)
        for each in request
        if each.isprintable() or each.isspace()
    )
    text = " ".join(kept.translate(_QUOTES).split())
    text = re.sub(r"[，。！？；、…\s]+$", "", text)
    return re.sub(r"(?<=[\w\"'])\s*[,.;:!?]+$", "", text) if not re.search(r"\s[.,]+$", text) else text


def cut(text: str, *, expressions: bool = False) -> list[Said]:
    """The pieces of ``text``, in order; with ``expressions`` operators that only programming languages have count."""
    more = signs.expressions() if expressions else {}
    chinese, english = signs.chinese() | more, signs.english() | more
    pieces: list[Said] = []
    for found in _RUNS.finditer(text):
        start, raw = found.start(), found[0]
        if found.lastgroup == "han":
            pieces += _han(raw, start, chinese)
        elif found.lastgroup == "quote":
            pieces.append(Said("sign", '"', raw, start, found.end()))
        elif found.lastgroup == "pause":
            pieces.append(Said("pause", ",", raw, start, found.end()))
        else:
            pieces += _latin(raw, start)
    return _numbers(_merged(_english_signs(pieces, english)))


def _latin(raw: str, start: int) -> list[Said]:
    if raw in signs.WRITTEN:
        return [Said("sign", signs.WRITTEN[raw], raw, start, start + len(raw))]
    body = _TRAILING.sub("", raw)
    if re.fullmatch(r"[A-Za-z]\.", raw):
        body = raw[:-1]
    pieces = []
    if body:
        kind = "number" if body.isdigit() else "word"
        pieces.append(Said(kind, body, body, start, start + len(body)))
    if len(body) < len(raw):
        pieces.append(Said("pause", ",", raw[len(body) :], start + len(body), start + len(raw)))
    return pieces


_VERB = late(r"[加减](?:一?[个些下条层套份台行]|[上入了到进载密速少])")
"""A sign's name that is a verb here, or the beginning of a word: 加个缓存, 加一个服务, 加载. 加一 is +1."""


def _han(raw: str, start: int, known: dict[str, str]) -> list[Said]:
    pieces: list[Said] = []
    at, plain = 0, 0

    def text(upto: int) -> None:
        if upto > plain:
            pieces.append(Said("han", raw[plain:upto], raw[plain:upto], start + plain, start + upto))

    while at < len(raw):
        for size in range(min(signs.longest_chinese(), len(raw) - at), 0, -1):
            word = raw[at : at + size]
            if word in known and not (size == 1 and _VERB.match(raw, at)):
                text(at)
                pieces.append(Said("sign", known[word], word, start + at, start + at + size))
                at += size
                plain = at
                break
        else:
            number = _SPLIT_NUMBER.match(raw, at)
            digits = numbers.chinese_in_code(number[0]) if number else None
            if number and digits is not None:
                text(at)
                pieces.append(Said("number", digits, number[0], start + at, start + number.end()))
                at = plain = number.end()
            else:
                at += len(number[0]) if number else 1
    text(len(raw))
    return pieces


def _english_signs(pieces: list[Said], known: dict[str, str]) -> list[Said]:
    out: list[Said] = []
    at = 0
    while at < len(pieces):
        for size in range(signs.longest_english(), 0, -1):
            group = pieces[at : at + size]
            if len(group) < size or any(each.kind != "word" for each in group):
                continue
            said = " ".join(each.low for each in group)
            if said in known:
                raw = " ".join(each.raw for each in group)
                out.append(Said("sign", known[said], raw, group[0].start, group[-1].end))
                at += size
                break
        else:
            out.append(pieces[at])
            at += 1
    return out


_TWICE = {"-": "--", ".": "..", "&": "&&", ">": ">>"}
"""Signs that are said twice for another: "dash" "dash" with a pause, or 杠 杠 with a blank between."""


def _merged(pieces: list[Said]) -> list[Said]:
    merged: list[Said] = []
    for each in pieces:
        last = merged[-1] if merged else None
        if last and each.kind == last.kind == "sign" and each.text == last.text and each.text in _TWICE:
            merged[-1] = Said("sign", _TWICE[each.text], f"{last.raw} {each.raw}", last.start, each.end)
        else:
            merged.append(each)
    return merged


def _numbers(pieces: list[Said]) -> list[Said]:
    """English number words in digits; "eighty", "eighty" is 8080."""
    out: list[Said] = []
    at = 0
    while at < len(pieces):
        group = _number_words(pieces, at)
        found = _read(group) if group else []
        out += found or [pieces[at]]
        at += len(group) if found else 1
    return out


def _number_words(pieces: list[Said], at: int) -> list[Said]:
    """The pieces from ``at`` on that may be of one number."""
    last = at
    while last < len(pieces) and _counts(pieces, at, last - at):
        last += 1
    while last > at and pieces[last - 1].low == "oh":
        last -= 1
    return pieces[at:last]


def _read(group: list[Said]) -> list[Said]:
    """The number that ``group`` is, or the two ("dash nine four thousand"); empty where it is none."""
    low = [each.low for each in group if each.low != "and"]
    if (digits := numbers.english_in_code(low)) is not None:
        return [_number(group, digits)]
    if len(low) < len(group):
        return []
    for size in range(1, len(low)):
        first, second = numbers.english_in_code(low[:size]), numbers.english_in_code(low[size:])
        if first and second:
            return [_number(group[:size], first), _number(group[size:], second)]
    return []


def _number(group: list[Said], digits: str) -> Said:
    return Said("number", digits, " ".join(each.raw for each in group), group[0].start, group[-1].end)


def _counts(pieces: list[Said], start: int, place: int) -> bool:
    piece = pieces[start + place]
    if piece.kind != "word":
        return False
    if piece.low in numbers.ENGLISH:
        return True
    if not place:
        return False
    if piece.low == "and":  # "three thousand and one"
        after = pieces[start + place + 1] if start + place + 1 < len(pieces) else None
        return pieces[start + place - 1].low in ("hundred", "thousand") and (
            after is not None and after.kind == "word" and after.low in numbers.ENGLISH
        )
    return piece.low == "oh"
