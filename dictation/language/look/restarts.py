"""Takes back what a speaker takes back at once: "3000, sorry, 4000" -> 4000, 用 Redis 啊不 用 Kafka -> 用 Kafka.

Only neighbours of the same kind are exchanged (a number for a number, a path for a path, a name for another name, any
word where the words before it are said again), so that "sorry" and 不对 keep their meaning everywhere else. Words that
were said twice in a row are said once.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.language.line_edits import Change, Sheet
from dictation.spelled.lazy_regex import late
from dictation.spelled.numbers import CHINESE, WORDS, chinese_digits, english_number

Known = Callable[[str], bool]
"""Whether a lower-case name is a term."""

_GAP = r"[^\S\n]*"
_PAUSE = rf"{_GAP}(?:[,，;；。…、—]|\.(?=\s)|(?<=\s)-(?=\s))+{_GAP}"
_MARKER = late(
    # After these nothing but what is meant instead can follow, with a pause before them or without.
    rf"(?P<strong>(?:{_PAUSE}|{_GAP})(?:[啊哦噢呃唉哎诶]，?不(?:对|是|不)*|[啊哦噢呃唉哎诶]，?(?:说|讲)?错了|"
    r"(?<![a-z])(?:oh,? |uh,? |um,? |er,? )?(?:no,? wait|wait,? no|no,? no|(?:no,? )?i mean(?:t)?|make that|or rather|"
    r"my mistake)(?![a-z]))"
    # These are words of other sentences too, so a pause has to stand before them ...
    rf"|{_PAUSE}(?:不对(?:，?不对)*|(?:我)?(?:说|讲)错了|我是说|(?<![a-z])(?:sorry|oops|correction)(?![a-z]))"
    # ... and on both sides of these.
    rf"|{_PAUSE}(?:不是|不|(?<![a-z])(?:no|rather|wait|actually)(?![a-z]))(?=[，,])"
    # Between two numbers of one unit no pause is needed: 三十秒不对六十秒.
    rf"|{_GAP}(?P<bare>不对)(?={_GAP}[\d{''.join(sorted(CHINESE))}])"
    rf")(?:{_PAUSE}|{_GAP})(?:应该是|是(?=[A-Za-z\d])|it's (?=\S)|make it (?=\S))?{_GAP}",
    re.I,
)
_NUMERALS = "".join(sorted(CHINESE))
_LAST = late(
    rf"(?:[A-Za-z0-9_~][\w./+#~:%-]*[\w+#%]|[A-Za-z0-9%]|[{_NUMERALS}]+)$",
)
_FIRST = late(rf"[A-Za-z0-9_~/][\w./+#~:%-]*[\w+#%]|[A-Za-z0-9]|[{_NUMERALS}]+")
_WORD = late(r"[A-Za-z0-9][\w.+#-]*")
_FILE = late(r"[^/\s]*\.[a-z][a-z0-9]{0,4}", re.I)
_NUMBER = late(r"[vV]?\d[\d.,:]*(?:%|[A-Za-z]{1,2})?")
_DENIED = late(
    r"[^\S\n]*(?:is|was|are|were|has|had|will|would|isn't|wasn't|didn't|does|did|如果|是不是)(?![a-z])", re.I
)
"""What shows that a new sentence begins behind the marker: "3000, sorry, 4000 was taken"."""

_LONGEST = 4
"""Words of a term, words or characters that are said again with it, or words of a number."""

_TWICE = late(
    r"(?<![\w'.-])(the|a|an|to|of|at|with|from|and|or|but|if|i|we|he|she|they|my|our|your|their|its|this|these)"
    r"(?:[^\S\n]+\1)+(?=[^\S\n]+[a-z0-9])",
    re.I,
)
"""Words that never stand twice in a row in a sentence, unlike that, had, is, in, on, very."""

_TWICE_ZH = late(
    r"(我们|你们|他们|咱们|因为|所以|但是|如果|然后|可以|应该|需要|我|你|他|她|它|这|那|把|被|和|跟|从|也|还|就|我想|我要)\1+"
    r"(?=[\u4e00-\u9fffA-Za-z])"
)
_WORDS_ZH = ("把把", "就就", "从从", "还还")


def take_back(sheet: Sheet, known: Known) -> None:
    """Leave out what was said wrong or twice. ``known`` tells terms, which are names like any other here."""
    changes = [
        Change(found.start() + len(found[1]), found.end(), "")
        for found in _TWICE.finditer(sheet.text)
        # "NOT, AND and IOR" is no slip of the tongue.
        if not (len(found[1]) > 1 and found[1].isupper()) and found[0].split()[1:] in _said_again(found)
    ]
    if not sheet.text.isascii():
        changes += [
            Change(found.start(), found.end() - len(found[1]), "")
            for found in _TWICE_ZH.finditer(sheet.text)
            if not _reduplicated(sheet.text, found)
        ]
    sheet.change("filler", changes)
    at = 0
    while found := _MARKER.search(sheet.text, at):
        at = found.end()
        if meant := _meant(sheet.text, found, known):
            start, end, new = meant
            if _may(sheet, start, end):
                sheet.unlock(start, end)
                sheet.change("filler", [Change(start, end, new)])
                at = start
                continue
        at = max(found.start() + 1, at)


def _said_again(found: re.Match[str]) -> tuple[list[str], list[str]]:
    """How the words behind the first are written where they are the same word once more."""
    times = len(found[0].split()) - 1
    return [found[1]] * times, [found[1].lower()] * times


def _reduplicated(text: str, found: re.Match[str]) -> bool:
    """Whether the pair is a word of its own (把把关) or a part of a longer repetition that means something."""
    return len(found[1]) == 1 and len(found[0]) == 2 and found[0] in _WORDS_ZH and text[found.end() :][:1] in "关业"


def _meant(text: str, found: re.Match[str], known: Known) -> tuple[int, int, str] | None:
    """Where the wrong words begin, where those that are meant end, and how they are written."""
    left, right = text[: found.start()], text[found.end() :]
    unit = _shared_unit(left, right)
    if found["bare"] and not unit:
        return None
    if unit:
        left = left[: len(left) - len(unit[0])].rstrip()
    for wrong in _items_before(left, known):
        for again in _repeated(left[: len(left) - len(wrong)], right):
            kind = _kind(wrong, known) or ("word" if again else "")
            new = _item_after(right[again:], known, kind) if kind else ""
            if not new or new.lower() == wrong.lower() or _DENIED.match(right, again + len(new)):
                continue
            if unit and not right[again + len(new) :].lstrip().lower().startswith(unit[0].strip().lower()):
                continue
            start = len(left) - len(wrong)
            return start, found.end() + again + len(new), _as(new, wrong)
    return None


def _shared_unit(left: str, right: str) -> tuple[str] | None:
    """The unit that stands behind both numbers: "three seconds, sorry, four seconds"; None where there is none."""
    tail = re.search(r"[^\S\n]*(?:[\u4e00-\u9fff]{1,2}|[A-Za-z]{2,12})$", left)
    if tail is None:
        return None
    before, unit = left[: tail.start()], tail[0]
    word = unit.strip().lower()
    counted = re.search(rf"(?:\d|[{_NUMERALS}]|(?<![a-z])(?:{'|'.join(sorted(WORDS))}))$", before, re.I)
    return (unit,) if counted and word not in WORDS and word in right[:40].lower() else None


def _items_before(left: str, known: Known) -> list[str]:
    """What may be meant by the words before the marker, the longest first."""
    found: list[str] = []
    ends = [match.start() for match in _WORD.finditer(left)]
    for start in ends[-_LONGEST:]:
        words = left[start:]
        if " " in words and (_spoken_number(words) or known(words.lower())):
            found.append(words)
    if last := _LAST.search(left):
        found.append(last[0])
    return found


def _item_after(right: str, known: Known, kind: str) -> str:
    """The item of ``kind`` that begins ``right``, the longest; empty where there is none."""
    words = [match.end() for match in _WORD.finditer(right[:80])][:_LONGEST]
    for end in reversed(words):
        item = right[:end]
        if " " in item and (_spoken_number(item) or known(item.lower())) and _kind(item, known) == kind:
            return item
    first = _FIRST.match(right)
    return first[0] if first and kind in (_kind(first[0], known), "word" if first[0].isalpha() else "") else ""


def _repeated(before: str, right: str) -> list[int]:
    """How long the words are that ``right`` repeats from the end of ``before``: 用 in 用 Redis 啊不 用 Kafka."""
    context = before.rstrip()
    found = [0]
    for size in range(1, _LONGEST + 1):
        words = re.search(rf"(?:(?:[A-Za-z']+|[\u4e00-\u9fff])[^\S\n]*){{{size}}}$", context)
        if words is None:
            break
        said = words[0].strip().lower()
        if right.lower().startswith(said) and not (said[-1].isascii() and right[len(said) : len(said) + 1].isalpha()):
            found.append(len(right) - len(right[len(said) :].lstrip()))
    return found[::-1]


def _kind(item: str, known: Known) -> str:
    """number, path, name, or nothing that is exchanged."""
    if _NUMBER.fullmatch(item) or _spoken_number(item):
        return "number"
    if "/" in item or _FILE.fullmatch(item):
        return "path"
    if not item[0].isascii() or not item[0].isalpha():
        return ""
    named = item[0].isupper() or any(char.isupper() or char in "_" or char.isdigit() for char in item)
    return "name" if named or known(item.lower()) else ""


def _spoken_number(item: str) -> bool:
    return _digits(item) is not None


def _digits(item: str) -> str | None:
    return chinese_digits(item) if item[0] in CHINESE else english_number(item.lower().split())


def _as(new: str, wrong: str) -> str:
    """``new`` in digits, if the number that it replaces is."""
    return (_digits(new) or new) if wrong[0].isdigit() and not new[0].isdigit() else new


def _may(sheet: Sheet, start: int, end: int) -> bool:
    """Whether nothing that is protected reaches into the stretch from outside: code in quotes, a link."""
    return all(start <= a and b <= end for a, b in sheet.locks() if a < end and b > start)
