"""Numbers as they are said in a request: "eighty eighty", 八零八零, "twenty five", 三点十一."""

from __future__ import annotations

_SMALL = {
    word: at
    for at, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"oh": 0}
_TENS = {
    word: 10 * at
    for at, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
ENGLISH = frozenset(_SMALL) - {"oh"} | frozenset(_TENS) | frozenset(_SCALES)
"""Words that numbers are made of; "oh" only counts between others."""

_DIGITS = {each: at for at, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1, "洞": 0}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
CHINESE = frozenset(_DIGITS) - {"洞"} | frozenset(_CHINESE_SCALES)
"""Characters that numbers are made of."""


def english(words: list[str]) -> str | None:
    """The digits that ``words`` (lower case) stand for: one number, digit by digit, or pairs; ``None`` if none fits."""
    if not words or any(word not in ENGLISH and word != "oh" for word in words):
        return None
    if any(word in _SCALES for word in words):
        return _scaled(words)
    groups: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word in _TENS:
            value = _TENS[word]
            if at + 1 < len(words) and 0 < _SMALL.get(words[at + 1], 0) < 10:
                value += _SMALL[words[at + 1]]
                at += 1
            groups.append(str(value))
        else:
            groups.append(str(_SMALL[word]))
        at += 1
    return "".join(groups)


def _scaled(words: list[str]) -> str | None:
    total, part = 0, 0
    for word in words:
        if word in _SCALES:
            scale = _SCALES[word]
            if not part and word != words[0]:
                return None
            if scale == 100:
                part = (part or 1) * 100
            else:
                total, part = total + (part or 1) * scale, 0
        else:
            value = _SMALL.get(word, _TENS.get(word, 0))
            if part % 100 and not (part % 10 == 0 and part % 100 >= 20 and 0 < value < 10):
                return None
            part += value
    return str(total + part)


def chinese(text: str) -> str | None:
    """The digits that a run of Chinese numerals stands for: 八零八零 -> 8080, 三千 -> 3000, 两百五 -> 250."""
    if not text or any(each not in CHINESE for each in text):
        return None
    if not any(each in _CHINESE_SCALES for each in text):
        return "".join(str(_DIGITS[each]) for each in text)
    total, part, digit, scale = 0, 0, 0, 1
    for each in text:
        if each in _DIGITS:
            digit = _DIGITS[each]
            if digit == 0:
                scale = 1
            continue
        scale = _CHINESE_SCALES[each]
        if scale == 10_000:
            total, part, digit = (total + part + digit) * scale, 0, 0
        else:
            part, digit = part + (digit or 1) * scale, 0
    if digit and scale > 10 and text[-2:-1] and text[-2] in _CHINESE_SCALES:
        digit *= scale // 10  # 两百五 is 250
    return str(total + part + digit)
