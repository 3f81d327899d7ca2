"""Decides on Latin words: the right case, words that belong together, and misspelt ones."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from dictation.language.code.vocabulary import COMMANDS, FUNCTION
from dictation.language.terms.candidates import Candidate
from dictation.language.terms.sentence import Scene
from dictation.language.terms.term_index import key_of
from dictation.spelled.lazy_regex import late
from dictation.spelled.wordlist import in_order as _words

_BEFORE = frozenset(
    _words(
        "a an the my our your to in on of for from with by via use uses using used into and or through as than "
        "like at inside within around against behind per between without configure configured deploy deployed host "
        "hosted migrate restart reload start stop upgrade upgraded update test build wrote write writes read reads "
        "prefer need needs want choose chose support supports adopted adopt runs ran moved switched switch started set "
        "added add enable disable their his her its some every each another only local remote setup import imports "
        "is are was install learn try written open call run running called both new any this that no latest plain"
    )
)
_AFTER = frozenset(
    _words(
        "and or to for with in on is are was as at from by than so because when if before after but has can will "
        "should "
        "does then instead not via into of the a we i it they you that these those again now first today while "
        "where which who must might may could would did were had have under over inside here there dash minus"
    )
)


def case(scene: Scene, found: Candidate) -> bool:
    """A single word with the term's own letters."""
    entry, text = found.entry, scene.text[found.start : found.end]
    low = key_of(text)
    if entry.term[0] == "." and text[0] != ".":
        return False
    if text == entry.term or "l" in entry.flags or entry.term.islower():
        return False
    if re.search("[a-z][A-Z]|[A-Z]{2}[a-z]", text) and (entry.term.isupper() or text.lower() != entry.term.lower()):
        return False
    if text.isupper() and not entry.term.isupper() and (not found.stretch.has_han or scene.lexicon.knows(text.lower())):
        return False
    if low in COMMANDS and scene.commanded(found.end):
        return False
    if ("c" in entry.flags and scene.commanded(found.end)) or _COMMAND.search(scene.text, scene.start, found.start):
        return False
    if "v" in entry.flags and re.match(r"\s*v?[0-9]", scene.text[found.end : scene.end]):
        return True
    if "s" in entry.flags and entry.term.isupper() and entry.term.isalpha() and len(low) > 2 and text.islower():
        return True
    if _ordinary(scene, found, low):
        strength = scene.strength(found.start, found.end) + scene.speaks(entry.cues, found.start, found.end)
        if (
            scene.lexicon.cost(low) < 55
            and not found.stretch.has_han
            and not scene.speaks(entry.cues, found.start, found.end)
        ):
            return False
        return strength >= (1 if _island(found) else 2) and (not text[:1].isupper() or not entry.term[:1].isupper())
    return bool(found.stretch.has_han or scene.lexicon.cost(low) >= 90 or scene.strength(found.start, found.end) >= 0.5)


def _ordinary(scene: Scene, found: Candidate, low: str) -> bool:
    flags = found.entry.flags
    if "s" in flags:
        return False
    return "a" in flags or scene.lexicon.cost(low) < 72 or (low in scene.lexicon.names and len(low) < 6)


def _island(found: Candidate) -> bool:
    """Whether it stands in a few Latin words among Chinese."""
    if not found.stretch.has_han:
        return False
    tokens = found.stretch.tokens
    left, right = found.first, found.last
    while left and tokens[left - 1].kind != "h":
        left -= 1
    while right < len(tokens) and tokens[right].kind != "h":
        right += 1
    return right - left <= 7


def english(scene: Scene, found: Candidate) -> bool:
    """Words that make up a term when joined or misheard: ``type script``, ``get hub``, ``y a m l``."""
    tokens = found.tokens
    entry = found.entry
    text = scene.text[found.start : found.end]
    if text == entry.term or (found.kind == "letters" and len(tokens) > 1 and text.replace(" ", "") == text):
        return False
    island = _island(found)
    own = scene.speaks(entry.cues, found.start, found.end)
    strength = scene.strength(found.start, found.end) + own
    letters = sum(len(token.low) == 1 for token in tokens)
    if letters == len(tokens) or (letters and letters + sum(token.low in _COUNTS for token in tokens) == len(tokens)):
        return _spelled(found, letters, island, strength)
    words = [token.low for token in tokens if token.kind == "l"]
    if len(words) == 2 and words[1] == "x" and len(words[0]) < 5 and not island and not own:
        return False  # "on X" and "View X" are more often that than ONNX and Vuex
    if "l" in entry.flags and found.kind == "letters" and not island and all(_plain(scene, word) for word in words):
        return False
    if "a" in entry.flags and not own and ("l" in entry.flags or found.kind == "letters"):
        named = strength >= 2 or (strength >= 1 and _leads(found))
        if island:
            return ("l" not in entry.flags or found.kind == "english") and strength >= 1 and len(tokens) > 1
        return "l" not in entry.flags and named and _fits(scene, found, 2)
    if len(words) == 1 == len(tokens) and scene.lexicon.cost(words[0]) < 64 and not (own and strength >= 1):
        return False
    if found.kind == "letters" and "l" in entry.flags and text.lower() == entry.term.lower():
        return False
    if found.kind == "letters" and text.lower() == entry.term.lower():
        return _same_words(scene, found, island, strength)
    if found.kind == "letters" and letters >= 2 and len(key_of(text)) >= 6:
        return True
    whole = scene.text[scene.start : scene.end].strip(" .") == text
    if whole and len(tokens) > 1 and not {"a", "l"} & set(entry.flags):
        return True  # nothing else was said, and these words alone say nothing else
    if words[-1:] == ["js"] and found.kind == "letters":
        return True
    if _telling(scene, found, words) and (len(words) > 2 or (strength >= 1 and _fits(scene, found, 0))):
        return True
    mean = sum(scene.lexicon.cost(word) if len(word) > 1 else 60 for word in words) / max(1, len(words))
    odd = any(len(word) > 1 and not scene.lexicon.knows(word) for word in words)
    if odd and mean >= 55:
        return island or strength >= 0.5 or (found.kind == "letters" and len(key_of(text)) >= 7)
    if mean >= 57:
        return (island and strength >= 0.25) or (strength >= 0.75 and _fits(scene, found, 1))
    if island and found.kind == "letters" and len(key_of(text)) >= 5 and words[-1] not in FUNCTION:
        return strength >= 0.25
    if island:
        return strength >= (0.75 if "a" in entry.flags and not own else 0.5)
    if found.kind == "letters" and own and strength >= 1.5 and _fits(scene, found, 0):
        return True
    return strength >= 1 and _fits(scene, found, 2)


def _telling(scene: Scene, found: Candidate, words: list[str]) -> bool:
    """Whether the words are long, carry a meaning each, and only make sense as the term: ``mat plot lib``."""
    if "s" not in found.entry.flags or {"a", "l"} & set(found.entry.flags) or len(words) != len(found.tokens):
        return False
    # Next, most, own and the like go with any word.
    meant = all(len(each) > 1 and each not in FUNCTION and scene.lexicon.cost(each) >= 32 for each in words)
    return len(words) > 1 and sum(map(len, words)) > 7 and meant


_COMMAND = late(
    r"(?<![A-Za-z])(?:git|docker|kubectl|npm|pnpm|yarn|pip|cargo|apt|brew|helm|terraform|go|npx|uv|conda)\s+"
    r"(?:-{1,2}[a-z]\S*|run|install|push|pull|add|exec|build|get|create|delete|apply|clone|commit|init|start|i|"
    r"uninstall|remove|upgrade)"
    r"(?:\s+-\S+)*\s+\Z|(?<![A-Za-z])import\s+\Z"
)
"""A command line that goes on up to here: its arguments are written as the command wants them."""


def imported(text: str, start: int, end: int) -> bool:
    """Whether what stands at ``end`` is an argument of a command or of an import, and in lower case therefore."""
    return _COMMAND.search(text, start, end) is not None


def _same_words(scene: Scene, found: Candidate, island: bool, strength: float) -> bool:
    """A term of several words in the wrong case: ``github actions``, ``hugging face``."""
    if all(_plain(scene, word) for word in re.split("[ -]", scene.text[found.start : found.end].lower())):
        return strength >= (0.75 if island else 1) or ("s" in found.entry.flags and strength >= 0.5)
    return True


def _plain(scene: Scene, word: str) -> bool:
    return scene.lexicon.cost(word) < 66


_COUNTS = frozenset(_words("zero one two three four five six seven eight nine ten eleven sixteen eighteen thirty"))


def _spelled(found: Candidate, letters: int, island: bool, strength: float) -> bool:
    """Letters said one by one. Two are little: ``c i`` needs a reason, and an article is not a letter."""
    tokens = found.stretch.tokens
    before = tokens[found.first - 1] if found.first else None
    after = tokens[found.last] if found.last < len(tokens) else None
    if any(
        each is not None and each.kind == "l" and len(each.low) == 1 and each.low not in ("a", "i")
        for each in (before, after)
    ):
        return False
    size = found.last - found.first
    if size >= 3:
        return True
    if letters == 2 and tokens[found.first].low in ("a", "i") and not island:
        return strength >= 1.5
    return strength >= (0.5 if island else 1)


def _leads(found: Candidate) -> bool:
    """Whether a word stands before it that a tool's name follows: run it with, deployed on, written in."""
    before = found.stretch.tokens[found.first - 1] if found.first else None
    return before is not None and before.low in (
        "with",
        "using",
        "via",
        "on",
        "in",
        "to",
        "into",
        "from",
        "use",
        "uses",
    )


def _fits(scene: Scene, found: Candidate, sides: int) -> bool:
    """Whether the neighbours in an English sentence are those a name has: ``to get hub and``, not ``get hub caps``."""
    tokens = found.stretch.tokens
    before = tokens[found.first - 1] if found.first else None
    after = tokens[found.last] if found.last < len(tokens) else None
    cued = {cue.start for cue in scene.cues}
    right = after is None or after.kind != "l" or after.low in _AFTER or after.start in cued
    left = before is None or before.kind != "l" or before.low in _BEFORE or before.start in cued
    if sides == 0:
        return right or left
    if sides == 1:
        return right
    return (
        right
        and left
        and found.tokens[0].low not in ("a", "i", "it", "the")
        and found.tokens[-1].low not in ("the", "a", "in", "of", "to")
    )


def _foreign(scene: Scene, found: Candidate) -> bool:
    """Whether the words around are no English either."""
    others = [token.low for token in found.stretch.tokens if token.kind == "l" and len(token.low) > 1]
    others = [word for word in others if not any(word == token.low for token in found.tokens)]
    return len(others) >= 3 and sum(not scene.lexicon.knows(word) for word in others) * 3 > len(others)


def _compound(scene: Scene, word: str) -> bool:
    """Whether two common words make it up: ``quicksort`` is no misspelt QuickSight."""
    cost = scene.lexicon.cost
    return any(cost(word[:at]) < 60 and cost(word[at:]) < 60 for at in range(3, len(word) - 2))


def misspelt(scene: Scene, found: Candidate) -> bool:
    """Unknown Latin words that sound like a term: ``cubernetes``, ``cooper netes``."""
    island = _island(found)
    strength = scene.strength(found.start, found.end) + scene.speaks(found.entry.cues, found.start, found.end)
    words = [token.low for token in found.tokens]
    text = scene.text[found.start : found.end]
    if key_of(text) == key_of(found.entry.term) or text.isupper() or found.entry.term.isupper():
        return False
    if key_of(found.entry.term) in words or all(len(word) == 1 for word in words):
        return False
    if len(words) == 1 and (key_of(found.entry.term) in words[0] or words[0] in key_of(found.entry.term)):
        return False
    ends = len(words) > 1 and found.entry.term.endswith(text.split()[-1])  # Post Gray SQL
    if re.search("[a-z][A-Z]|[A-Z]{2}", text.rsplit(None, 1)[0] if ends else text):
        return False
    if any(word in FUNCTION and len(words) > 1 for word in (words[0], words[-1])):
        return False
    if _foreign(scene, found):
        return False
    if len(words) == 1 and _compound(scene, words[0]):
        return False
    likeness = SequenceMatcher(None, "".join(words), key_of(found.entry.term), autojunk=False).ratio()
    if len(words) == 1:
        limit = 0.16 if likeness >= 0.8 else 0.1
        return (
            likeness >= (0.72 if island else 0.8)
            and (island or len(words[0]) > 5)
            and found.distance <= limit
            and strength >= 0.5
            and not (words[0].endswith("s") and scene.lexicon.knows(words[0][:-1]))
        )
    odd = any(len(word) > 1 and not scene.lexicon.knows(word) for word in words)
    if not odd:
        return island and strength >= 0.75 and found.distance <= 0.08 and likeness >= 0.5
    alike = found.distance <= 0.15 and likeness >= (0.55 if island else 0.65)
    return alike and strength >= 0.5 and (island or _fits(scene, found, 1))
