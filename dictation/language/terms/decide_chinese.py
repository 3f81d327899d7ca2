"""Decides on Chinese characters: how much ordinary language loses by a term, against the signs of developer talk."""

from __future__ import annotations

from dictation.language.terms.candidates import Candidate
from dictation.language.terms.sentence import FUNCTION, NAMING, PLAIN, Scene
from dictation.language.terms.tool_places import after_verb, before_verb, goes_before

_TERM_COST = 55
"""Cost of a Chinese term that the lexicon does not have: rare, but a word."""
_PLAIN_WORD = {2: 62, 3: 62, 4: 56}
"""A word below this cost inside a span says that it is no name; long spans hold short words by chance."""


_GRAMMAR = FUNCTION | frozenset("便则及至级占进出入里所期时内外等其若即且故此之于按一二三四五六七八九十")
"""What is no part of a misheard term."""


def homophone(scene: Scene, found: Candidate) -> bool:
    """A Chinese term written with other characters of the same sound."""
    heard = scene.text[found.start : found.end]
    if heard == found.entry.term or found.kind not in ("chinese", "exact") or " " in heard:
        return False
    known = heard in scene.lexicon.chinese
    if found.kind == "exact" and _bends(heard, found.entry.term):
        return False
    cues = (
        found.entry.cues
        if found.kind == "chinese" and not known
        else tuple(each for each in found.entry.cues if len(each) > 1)
    )
    own = scene.speaks(cues, found.start, found.end)
    strength = scene.strength(found.start, found.end) + own
    cost = scene.lexicon.chinese.get(found.entry.term, _TERM_COST)
    saved = scene.gain(found.start, found.end) - cost
    left, right = scene.crossed(found.start, found.end)
    if left or right:  # 当前|段落: worse where the character that the word needs is the one to change
        changed = (left and heard[0] != found.entry.term[0]) or (right and heard[-1] != found.entry.term[-1])
        if saved < (60 if changed else 30):
            return False
    if known:
        return own and found.kind == "chinese" and saved >= -10
    same = _same(heard, found.entry.term)
    if found.kind == "exact" and (heard[0] in FUNCTION or scene.frequent(found.start, found.end, but=found.entry.term)):
        return False
    if found.kind == "exact" and not own and len(heard) > 2 and _beside_word(scene, heard, found.entry.term):
        return False
    needed = 24 if found.kind == "exact" else 18
    if len(heard) == 2:
        if found.kind == "exact" and not same:
            return False  # a word that no list has may be any word
        bent = _bends(heard, found.entry.term)
        if not own and (found.kind != "chinese" or bent):
            asked = 0.5 if saved >= 36 else 1.5 if found.kind == "chinese" else 2.0
            return strength >= asked and saved >= 25 and (found.kind == "chinese" or not bent)
        return strength >= 1.0 and saved >= needed - 5 * min(strength, 2)
    if same >= len(heard) - 1 and saved >= needed and (strength >= 0.5 or saved >= needed + 20):
        return True
    if saved >= needed + 12 and (len(heard) > 3 or found.kind == "chinese"):
        return True
    return strength >= 0.5 and saved >= needed - 5 * min(strength, 2)


def _bends(heard: str, term: str) -> bool:
    """Whether a character would change that the grammar of the sentence needs."""
    long = len(heard) > 2
    return any(
        one != other and (one in _GRAMMAR or (long and one in "只直")) for one, other in zip(heard, term, strict=False)
    )


def _beside_word(scene: Scene, heard: str, term: str) -> bool:
    """Whether the first or the last character would change, and the rest is a word: 返回|至 is no 返回值."""
    words = scene.lexicon.chinese
    first = heard[0] != term[0] and (heard[1:] == term[1:] or len(heard) == 3)
    last = heard[-1] != term[-1] and (heard[:-1] == term[:-1] or len(heard) == 3)
    return (first and heard[1:] in words) or (last and heard[:-1] in words)


def _same(heard: str, term: str) -> int:
    """How many characters are already right."""
    return sum(one == other for one, other in zip(heard, term, strict=False))


def chinese(scene: Scene, found: Candidate) -> bool:
    """A foreign term in Chinese characters."""
    start, end = found.start, found.end
    heard = scene.text[start:end]
    size = end - start
    gain = scene.gain(start, end)
    each = gain / size
    own = scene.speaks(found.entry.cues, start, end) or ("c" in found.entry.flags and scene.commanded(found.end))
    strength = scene.strength(start, end) + own + (0.25 if "u" in found.entry.flags else 0)
    empty = any(char in FUNCTION for char in (heard[:-1] if size > 2 and _ends_so(found, heard) else heard))
    if (size <= 3 and _fragment(scene, start, end)) or _goes_on(scene, start, end):
        return False
    if found.kind == "short":
        return _short(scene, found, heard, each, strength)
    slot = after_verb(scene.text, start) and before_verb(scene.text, end, scene.end)
    # Three odd characters may be a word that no list has, where nothing says that the name of a tool is meant: 莫吉托.
    placed = size > 3 or slot or strength >= 0.5 or scene.text.startswith("一下", end)
    if found.kind == "chinese":
        if heard in scene.lexicon.chinese:
            asked = 1 if not found.entry.cues else 1.5 if slot and after_verb(scene.text, start, True) else 2
            return (own or strength >= asked) and gain >= 24
        if size == 2:
            if "a" in found.entry.flags and "l" not in found.entry.flags and not own:
                return slot and each >= 38 and strength >= 1 and not empty
            return each >= 24 and strength >= (1 if empty or each < 36 else 0.75)
        if each >= 36 and not empty and not found.entry.cues:
            return gain >= 50 and placed
        return gain >= 50 and strength >= (0.75 if not empty else 1)
    if heard[0] in FUNCTION or heard in scene.lexicon.chinese or scene.frequent(start, end):
        return False
    if 2 * sum(char in NAMING for char in heard) < size:
        return False
    if found.kind == "exact":
        if size == 2:
            return each >= 38 and own and strength >= 1.5 and not empty and not _fragment(scene, start, end)
        return not empty and ((each >= 40 and placed) or (each >= 28 and strength >= 0.75))
    if found.kind == "sound" and each < 45 and not all(map(NAMING.issuperset, scene.crossed(start, end))):
        return False  # 布林代|数 is no Blender
    if found.kind == "sound" and slot and strength >= 1.25 and found.distance <= 0.15 and NAMING.issuperset(heard):
        return own or not {"a", "l"} <= set(found.entry.flags)
    if scene.frequent(start, end, _PLAIN_WORD.get(size, 46)):
        return False
    if found.kind == "coarse":
        return each >= 32 and (strength >= 0.5 if size >= 4 else own) and not empty
    if {"a", "l"} <= set(found.entry.flags) and not own:
        return False
    return _sounded(found, size, each, strength, slot) or (
        size >= 5 and found.distance <= 0.17 and each >= 32 and NAMING.issuperset(heard)
    )


def _short(scene: Scene, found: Candidate, heard: str, each: float, strength: float) -> bool:
    """Two consonants say little: the place, the oddness and the talk must all agree."""
    if heard in scene.lexicon.chinese or not NAMING.issuperset(heard) or any(char in FUNCTION for char in heard):
        return False
    if scene.frequent(found.start, found.end, 60) or _fragment(scene, found.start, found.end):
        return False
    if "a" in found.entry.flags and not scene.speaks(found.entry.cues, found.start, found.end):
        return False
    return strength >= 1 and each >= (36 if len(heard) == 2 else 33)


def _ends_so(found: Candidate, heard: str) -> bool:
    """Whether a form of the term ends with the same character."""
    return any(form.endswith(heard[-1]) for form in found.entry.chinese)


def _sounded(found: Candidate, size: int, each: float, strength: float, slot: bool) -> bool:
    worst = 0.24 if each >= 40 else 0.19 if each >= 34 else 0.12
    if found.distance > worst:
        return False
    if found.entry.term.isupper() and not (slot and found.distance <= 0.1):
        return False
    if slot and size == 3 and each >= 31 and found.distance <= 0.13 and strength >= 1:
        return True
    if size >= 4 and found.distance <= 0.14 and each >= 38:
        return strength >= 0.25
    return strength >= 0.5 if size >= 4 else strength >= 1.25 and each >= 36 and found.distance <= 0.15


def _fragment(scene: Scene, start: int, end: int) -> bool:
    """Whether the span is a piece of something longer and as odd: 阿|维特, 给特|哈勃."""
    run = scene.run_of(start)
    if run is None:
        return False
    left, segments = run
    for place in (start - 1, end):
        at = place - left
        if 0 <= at < len(segments.text) and segments.text[at] not in FUNCTION:
            alone = segments.gain(at, at + 1)
            char = segments.cost(segments.text[at])
            if alone >= 52 and (char is None or char >= 52):
                return True
    return False


def _goes_on(scene: Scene, start: int, end: int) -> bool:
    """Whether the name is longer than the span: 艾|拉斯蒂克, 维特|普莱斯."""
    for place in (start - 1, end):
        char = scene.text[place : place + 1] if place >= 0 else ""
        if place == end and goes_before(char):
            continue
        if not char or char not in NAMING or char in PLAIN:
            continue
        begins = place < start and after_verb(scene.text, place) and not after_verb(scene.text, start)
        if begins or scene.gain(place, place + 1) >= 44:
            return True
    return False


def mixed(scene: Scene, found: Candidate) -> bool:
    """Chinese and Latin together: 芒果DB, K八S."""
    chinese = [token for token in found.tokens if token.kind == "h"]
    if found.kind == "sound" and scene.strength(found.start, found.end) < 0.5:
        return False
    if found.kind == "digits":
        letters = sum(len(token.low) for token in found.tokens if token.kind == "l")
        return letters > 2 or scene.strength(found.start, found.end) >= 0.5
    tail = found.tokens[-1].low
    lone = any(len(token.low) == 1 for token in found.tokens if token.kind == "l")
    if found.kind == "sound" and lone and found.distance > 0.1:
        return False
    letters = sum(len(token.low) for token in found.tokens if token.kind == "l")
    if (
        found.kind == "sound"
        and letters > 1
        and len(chinese) > 2
        and found.distance <= 0.1
        and found.entry.term.lower().endswith(tail)
    ):
        return scene.strength(found.start, found.end) >= 0.5
    if found.kind in ("exact", "coarse") and lone:
        return all(scene.gain(token.start, token.end) >= 36 for token in chinese)
    if found.kind == "chinese" and letters > 1:
        return scene.strength(found.start, found.end) >= 0.5
    floor = 6 if found.distance == 0 and len(chinese) > 2 else 14
    return sum(scene.gain(token.start, token.end) for token in chinese) >= floor * len(chinese)
