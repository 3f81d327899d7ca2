"""Reads numbers that are said: 三千 -> 3000, 八零八零 -> 8080, "eighty eighty" -> 8080, "four oh four" -> 404.

In a sentence a number must be well formed. Where the rest is code, number words that stand side by side are one number.
"""

from __future__ import annotations

from dictation.spelled.wordlist import in_order

DIGITS = {char: value for value, chars in enumerate(in_order("零〇 一幺 二两 三 四 五 六 七 八 九")) for char in chars}
UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = frozenset([*DIGITS, *UNITS, "万"])
"""Characters that numbers are made of."""

ONES = {
    word: value
    for value, word in enumerate(
        in_order(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        )
    )
}
TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10), in_order("twenty thirty forty fifty sixty seventy eighty ninety"), strict=True
    )
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
ENGLISH = frozenset([*ONES, *TENS, *SCALES])
"""Words that numbers are made of."""

WORDS = ENGLISH | {"oh"}
"""The same with "oh", which only counts between others."""

_VALUES = {**ONES, **TENS, "oh": 0}
_TENTHS = {"百": 10, "千": 100, "万": 1000}


def chinese_value(text: str) -> int | None:
    """Value of a numeral with units (一百二十三, 三千, 两万五), or ``None`` if it is not one; a trailing 万 is read."""
    over, ten_thousands, under = text.rpartition("万")
    high, low = _below_ten_thousand(over), _below_ten_thousand(under)
    if high is None or low is None or (ten_thousands and not high):
        return None
    # 两万五 is 25000, 三千二 is 3200: the last digit counts tenths of the unit before it, unless a 零 stood between.
    tenth = _TENTHS.get(text[-2:-1], 1)
    return high * 10_000 + low + DIGITS.get(text[-1:], 0) * (tenth - 1)


def _below_ten_thousand(text: str) -> int | None:
    """The value of a numeral without 万; zero for none."""
    value = number = 0
    seen, last_unit = False, 10_000
    for char in text:
        if char in DIGITS:
            if number:
                return None
            number, seen = DIGITS[char], True
        elif char in UNITS:
            unit = UNITS[char]
            if unit >= last_unit or (unit != 10 and not seen):
                return None
            value += (number or 1) * unit
            number, seen, last_unit = 0, False, unit
        else:
            return None
    return value + number


def chinese_digits(text: str) -> str | None:
    """Digits of a numeral: with units by value, without units one by one (八零八零 -> 8080)."""
    if all(char in DIGITS for char in text):
        return "".join(str(DIGITS[char]) for char in text)
    value = chinese_value(text)
    return None if value is None else str(value)


def chinese_in_code(text: str) -> str | None:
    """The same where the rest is code: 百 and 百五 count too."""
    if not text:
        return None
    return chinese_digits(text) or (chinese_digits("一" + text) if text[0] in "百千" else None)


def english_number(words: list[str]) -> str | None:
    """Digits of lower-case number words: by value (three thousand), one by one (eight zero eight zero, four oh four),
    or in pairs (eighty eighty, nineteen ninety nine); ``None`` if they are no number."""
    if not words or not WORDS.issuperset(words):
        return None
    if len(words) > 1 and all(_VALUES.get(word, 100) < 10 for word in words):
        return "".join(str(_VALUES[word]) for word in words)
    if not SCALES.keys().isdisjoint(words):
        return _by_value(words)
    groups = _groups(words)
    return "".join(map(str, groups)) if _one_number(groups) else None


def _one_number(groups: list[int]) -> bool:
    """Whether numbers below a hundred that stand side by side are one: in pairs, or two around a zero."""
    return all(10 <= each < 100 for each in groups[1:]) or (len(groups) == 3 and groups[1] == 0)


def english_in_code(words: list[str]) -> str | None:
    """The same where the rest is code: what stands side by side is one number, and "hundred" alone counts too."""
    if not words or not WORDS.issuperset(words):
        return None
    if not SCALES.keys().isdisjoint(words):
        return _by_value(words) or (_by_value(["one", *words]) if words[0] in SCALES else None)
    return "".join(map(str, _groups(words)))


def _groups(words: list[str]) -> list[int]:
    """The numbers below a hundred that ``words`` are: "eighty", "two", "five" -> 82, 5."""
    groups: list[int] = []
    for at, word in enumerate(words):
        value = _VALUES[word]
        if 0 < value < 10 and at and words[at - 1] in TENS:
            groups[-1] += value
        else:
            groups.append(value)
    return groups


def _by_value(words: list[str]) -> str | None:
    total = section = 0
    for at, word in enumerate(words):
        if word == "hundred" and 0 < section < 100:
            section *= 100
        elif word in SCALES:
            if word == "hundred" or not section:
                return None
            total, section = total + section * SCALES[word], 0
        elif at and not _adds(words[at - 1], _VALUES[word]):
            return None
        else:
            section += _VALUES[word]
    return str(total + section)


def _adds(before: str, value: int) -> bool:
    """Whether a word of ``value`` may follow ``before`` in one number: "forty two", "hundred five"."""
    return value > 0 and before not in ONES and (before not in TENS or value < 10)
