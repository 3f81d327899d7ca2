"""How an English word that no dictionary has is probably said, from its letters."""

from __future__ import annotations

import re
from functools import lru_cache

from dictation.language.terms.sounds.phones import LETTERS, weaken

RULES = (
    ("tion", "x@n"), ("sion", "j@n"), ("ture", "q@R"), ("ough", "O"), ("augh", "o"), ("eigh", "E"), ("igh", "A"),
    ("sch", "sk"), ("tch", "q"), ("dge", "j"), ("chr", "kr"), ("ing$", "iN"), ("ble$", "b@L"), ("ple$", "p@L"),
    ("tle$", "t@L"), ("cle$", "k@L"), ("gle$", "g@L"), ("dle$", "d@L"), ("ous$", "@s"), ("ies$", "is"), ("ey$", "i"),
    ("eer", "ir"), ("ear", "ir"), ("air", "er"), ("are$", "er"), ("ire$", "A@R"), ("ore$", "oR"), ("ure$", "yuR"),
    ("ai", "E"), ("ay", "E"), ("ee", "i"), ("ea", "i"), ("ei", "E"), ("ie", "i"), ("oa", "O"), ("oo", "u"),
    ("ou", "U"),
    ("ow", "O"), ("oi", "oi"), ("oy", "oi"), ("au", "o"), ("aw", "o"), ("ew", "yu"), ("eu", "yu"), ("ue$", "u"),
    ("ch", "q"), ("sh", "x"), ("th", "s"), ("ph", "f"), ("^gh", "g"), ("gh", ""), ("^kn", "n"), ("^wr", "r"),
    ("^ps", "s"), ("wh", "w"),
    ("ck", "k"), ("qu", "kw"), ("q", "k"), ("ngg", "Ng"), ("ng", "Ng"), ("nk", "Nk"), ("ss", "s"), ("ll", "l"),
    ("tt", "t"),
    ("pp", "p"), ("bb", "b"), ("dd", "d"), ("ff", "f"), ("gg", "g"), ("mm", "m"), ("nn", "n"), ("rr", "r"),
    ("zz", "z"),
    ("cc(?=[ei])", "ks"), ("cc", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("g(?=[ey])", "j"), ("^x", "z"), ("x", "ks"),
    ("ar", "aR"), ("er", "@R"), ("ir", "@R"), ("or", "oR"), ("ur", "@R"), ("^y", "y"), ("y(?=[aeou])", "y"),
    ("y$", "i"),
    ("a(?=[bcdfgklmnprstvz]e$)", "E"), ("i(?=[bcdfgklmnprstvz]e$)", "A"), ("o(?=[bcdfgklmnprstvz]e$)", "O"),
    ("u(?=[bcdfgklmnprstvz]e$)", "u"), ("e$", ""), ("a$", "@"), ("o$", "O"), ("i$", "i"), ("u$", "u"), ("es$", "s"),
    ("a", "a"), ("e", "e"), ("i", "i"), ("o", "o"), ("u", "u"), ("y", "i"), ("j", "j"),
)  # fmt: skip
"""(letters, phones), tried in this order at each place; ``^`` and ``$`` are the ends of the word."""

LETTER_NAMES = {
    syllables: letter
    for letter, names in {
        "a": "ei,ai", "b": "bi", "c": "xi,sei", "d": "di", "e": "yi", "f": "ai fu,fu", "g": "ji", "h": "ai qi,ai chi",
        "i": "ai", "j": "jie,zhei", "k": "kai,kei", "l": "ai er,ai le", "m": "ai mu,ai mu", "n": "en,ai en", "o": "ou",
        "p": "pi", "q": "kou,qiu", "r": "a er,a", "s": "ai si,si", "t": "ti", "u": "you", "v": "wei",
        "x": "ai ke si,ai ke",
        "y": "wai", "z": "zei",
    }.items()
    for syllables in names.split(",")
}  # fmt: skip
"""Toneless pinyin of what a letter's English name is written as -> the letter."""

_UNSAYABLE = re.compile("[nmx][bcdfgjkmpqrstvwxz]|[bdfgv][bcdfgjkmnpqstvz]")
_COMPILED = tuple((re.compile(letters), sound, letters.startswith("^")) for letters, sound in RULES)


@lru_cache(maxsize=4096)
def sound_of(word: str) -> str:
    """Phones of a lower-case word by rule; a word without vowels is spelled out."""
    clean = re.sub("[^a-z]", "", word)
    if not re.search("[aeiouy]", clean):
        return "".join(LETTERS[each] for each in clean)
    out = []
    at = 0
    if _UNSAYABLE.match(clean):  # nmap, xterm: the first letter is said by its name
        out, at = [LETTERS[clean[0]]], 1
    while at < len(clean):
        for pattern, sound, first in _COMPILED:
            found = None if first and at else pattern.match(clean, at)
            if found and found.end() > at:
                out.append(sound)
                at = found.end()
                break
        else:
            out.append(clean[at])
            at += 1
    return weaken("".join(out) or clean)
