"""One phone alphabet for Mandarin and English: what a syllable or an ARPAbet word sounds like, one character a phone.

The consonants are ``b p d t g k f v s z c x q j m n l r h w y`` with Mandarin's values: ``x`` is sh, ``q`` ch, ``j``
zh and ``c`` ts. ``N R L`` are the weak codas. Vowels are ``a e i o u @``, the diphthongs ``A`` (ai), ``E`` (ei), ``O``
(ou) and ``U`` (ao), and ``_``, the empty vowel of si and zhi.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

VOWELS = frozenset("aeiou@AEOU_")
FRONT = frozenset("ieE")
WEAK = frozenset("NRL")

ARPABET = {
    "AA": "a", "AE": "a", "AH": "@", "AO": "o", "AW": "U", "AY": "A", "EH": "e", "ER": "@R", "EY": "E", "IH": "i",
    "IY": "i",
    "OW": "O", "OY": "oi", "UH": "u", "UW": "u", "P": "p", "B": "b", "T": "t", "D": "d", "K": "k", "G": "g", "F": "f",
    "V": "v",
    "S": "s", "Z": "z", "SH": "x", "ZH": "j", "CH": "q", "JH": "j", "TH": "s", "DH": "d", "M": "m", "N": "n",
    "NG": "N",
    "L": "l", "R": "r", "HH": "h", "W": "w", "Y": "y",
}  # fmt: skip
"""ARPAbet without stress -> phones."""

LETTERS = {
    "a": "E", "b": "bi", "c": "si", "d": "di", "e": "i", "f": "ef", "g": "ji", "h": "Eq", "i": "A", "j": "jE",
    "k": "kE",
    "l": "eL", "m": "em", "n": "eN", "o": "O", "p": "pi", "q": "kyu", "r": "aR", "s": "es", "t": "ti", "u": "yu",
    "v": "vi",
    "w": "d@b@Lyu", "x": "eks", "y": "wA", "z": "zi",
}  # fmt: skip
"""The names of the letters."""

FINALS = {
    "a": "a", "o": "o", "e": "@", "i": "i", "u": "u", "v": "u", "ai": "A", "ei": "E", "ao": "U", "ou": "O", "an": "aN",
    "en": "@N", "ang": "aN", "eng": "@N", "ong": "oN", "er": "@R", "ia": "ya", "ie": "ye", "iao": "yU", "iu": "yO",
    "ian": "yeN", "in": "iN", "iang": "yaN", "ing": "iN", "iong": "yoN", "ua": "wa", "uo": "o", "uai": "wA",
    "ui": "wE",
    "uan": "waN", "un": "w@N", "uang": "waN", "ue": "ye", "ve": "ye", "n": "@N", "ng": "@N", "m": "m", "": "",
}  # fmt: skip
WHOLE = {
    "yi": "i", "ya": "ya", "ye": "ye", "yao": "yU", "you": "yO", "yan": "yeN", "yin": "iN", "yang": "yaN",
    "ying": "iN",
    "yong": "yoN", "yu": "yu", "yue": "ye", "yuan": "yeN", "yun": "yiN", "yo": "yo", "wu": "u", "wa": "wa", "wo": "wo",
    "wai": "wA", "wei": "wE", "wan": "waN", "wen": "w@N", "wang": "waN", "weng": "w@N",
}  # fmt: skip
INITIALS = {"zh": "j", "ch": "q", "sh": "x"} | {each: each for each in "bpmfdtnlgkhjqxrzcs"}

CLASSES = str.maketrans("bpdtgkfvwszcxqjmnlrh", "BBDDGGFVVSSSJJJMNLLH", "aeiou@AEOU_NRLy")
"""Consonants that one is heard for another fall into one class; the rest is left out of a skeleton."""


@cache
def of_syllable(syllable: str) -> str:
    """Phones of a toneless pinyin syllable: ``ke`` -> ``k@``."""
    if syllable in WHOLE:
        return WHOLE[syllable]
    initial = next((syllable[:size] for size in (2, 1) if syllable[:size] in INITIALS), "")
    final = syllable[len(initial) :]
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        return INITIALS[initial] + "_"
    return INITIALS.get(initial, "") + FINALS.get(final, "")


@cache
def coarse(syllable: str) -> str:
    """The syllable with what careless speech and recognisers mix up made one: ``ping`` and ``bin`` are equal."""
    said = re.sub("^(zh|j)", "z", re.sub("^(ch|q)", "c", re.sub("^(sh|x)", "s", syllable)))
    said = said.translate(str.maketrans("ptkcr", "bdgzl")) if said[:1] in "ptkcr" else said
    return re.sub("uo$", "o", re.sub("ue$|ie$", "ie", re.sub("ng$", "n", said)))


def of_arpabet(word: str) -> str:
    """Phones of an ARPAbet word with or without stress: ``D AA1 K ER0`` -> ``dak@R``."""
    raw = "".join(ARPABET.get(each.rstrip("012"), "") for each in word.split())
    return weaken(raw)


def weaken(raw: str) -> str:
    """Turns ``n``, ``r`` and ``l`` that no vowel follows into their weak codas, and ``R`` before a vowel into ``r``."""
    out = []
    for at, phone in enumerate(raw):
        after = raw[at + 1 : at + 2]
        voiced = after in VOWELS if after else False
        if phone in "nrl" and not voiced and after not in ("y", "w"):
            out.append(phone.upper())
        elif phone == "R" and voiced:
            out.append("Rr")
        else:
            out.append(phone)
    return "".join(out)


@lru_cache(maxsize=8192)
def skeleton(phones: str) -> str:
    """The classes of the consonants: ``k@b@Rnetis`` -> ``GBNDS``. A glide after a consonant is part of the vowel."""
    return re.sub("(?<=[bpdtgkfvszcxqjmnlrh])w", "", phones).translate(CLASSES)


def skeletons(phones: str) -> set[str]:
    """Every skeleton that a Mandarin ear may make of an English word; at most 96."""
    found = {""}
    at = 0
    while at < len(phones):
        two = phones[at] in "dt" and phones[at + 1 : at + 2] == "r"
        choices = ("J", "DL") if two else _heard_as(phones, at)
        at += 2 if two else 1
        found = {old + new for old in found for new in choices}
        if len(found) > 96:
            found = set(sorted(found, key=lambda each: (-len(each), each))[:96])
    return {each for each in found if each}


def _heard_as(phones: str, at: int) -> tuple[str, ...]:
    """The classes that the phone at ``at`` may be heard as; empty where it may not be heard at all."""
    phone, before, after = phones[at], phones[at - 1] if at else "", phones[at + 1 : at + 2]
    own, closed = phone.translate(CLASSES), after not in VOWELS
    if _soft(phone, after):
        return own, "J"
    match phone:
        case "m" if closed:
            return "M", ""
        case "L":
            return "", "L"
        case "v":
            return ("V", "F") if closed else ("V", "F", "B")
        case "w":
            return ("",) if before and before not in VOWELS and before not in WEAK else ("V", "")
        case "r" if not at:
            return "L", "V"
    return (own, "") if _swallowed(phone, after) else (own,)


def _soft(phone: str, after: str) -> bool:
    """Whether Mandarin has no such syllable but with j, q or x: ki, si."""
    return (phone in "kgh" and bool(after) and after in FRONT) or (phone in "sz" and after == "i")


def _swallowed(phone: str, after: str) -> bool:
    """Whether no vowel or glide follows a stop, which Mandarin cannot end a syllable with."""
    return phone in "tdkgpb" and (not after or (after not in VOWELS and after not in "rlwy"))
