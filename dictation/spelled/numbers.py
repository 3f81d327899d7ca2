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


def chinese_value(text: str) -> int | None:
    """Value of a numeral with units (一百二十三, 三千, 两万五), or ``None`` if it is not one; a trailing 万 is read."""
    total = section = number = 0
    last_unit = 10_000_000
    seen_digit = ""
    for char in text:
        if char in DIGITS:
            if seen_digit and seen_digit not in "零〇":
                return None
            number, seen_digit = DIGITS[char], char
        elif char in UNITS:
            unit = UNITS[char]
            if unit >= last_unit or (seen_digit == "" and unit != 10):
                return None
            section += (number if seen_digit and seen_digit not in "零〇" else 1) * unit
            last_unit, number, seen_digit = unit, 0, ""
        elif char == "万":
            if total or section + number == 0:
                return None
            total, section, number, seen_digit, last_unit = (section + number) * 10_000, 0, 0, "", 10_000
        else:
            return None
    if number and not seen_digit:
        return None
    # 两万五 is 25000, 三千二 is 3200: the last digit counts tenths of the unit before it, unless a 零 stood between.
    if number and len(text) > 1 and text[-2] in "百千万" and last_unit >= 100:
        number *= last_unit // 10
    return total + section + number


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
    if not words or any(word not in WORDS for word in words):
        return None
    if len(words) > 1 and all((word in ONES and ONES[word] < 10) or word == "oh" for word in words):
        return "".join("0" if word == "oh" else str(ONES[word]) for word in words)
    if any(word in SCALES for word in words):
        return _by_value(words)
    groups = _groups(words)
    rest = groups[1:]
    if not rest or all(10 <= each < 100 for each in rest) or (len(groups) == 3 and groups[1] == 0):
        return "".join(map(str, groups))
    return None


def english_in_code(words: list[str]) -> str | None:
    """The same where the rest is code: what stands side by side is one number, and "hundred" alone counts too."""
    if not words or any(word not in WORDS for word in words):
        return None
    if any(word in SCALES for word in words):
        return _by_value(words) or (_by_value(["one", *words]) if words[0] in SCALES else None)
    return "".join(map(str, _groups(words)))


def _groups(words: list[str]) -> list[int]:
    """The numbers below a hundred that ``words`` are: "eighty", "two", "five" -> 82, 5."""
    groups: list[int] = []
    for at, word in enumerate(words):
        small = 0 if word == "oh" else ONES.get(word)
        if small is not None and 0 < small < 10 and at and words[at - 1] in TENS:
            groups[-1] += small
        else:
            groups.append(TENS[word] if small is None else small)
    return groups


def _by_value(words: list[str]) -> str | None:
    total = section = 0
    for at, word in enumerate(words):
        if word in SCALES:
            if word == "hundred" and 0 < section < 100:
                section *= 100
            elif word != "hundred" and section:
                total, section = total + section * SCALES[word], 0
            else:
                return None
        else:
            value = 0 if word == "oh" else ONES.get(word, TENS.get(word, 0))
            before = words[at - 1] if at else ""
            if before in ONES or (before in TENS and value >= 10) or (value == 0 and at):
                return None
            section += value
    return str(total + section)
