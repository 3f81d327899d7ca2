"""What is known of a candidate, as numbers: how like the term it is, how odd it is where it stands, what speaks for it.

The table of weights (``term_weights``) is fitted on these by ``models/language/fit.py``; here nothing is decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from dictation.language.code.vocabulary import FUNCTION as GRAMMAR
from dictation.language.terms.candidates import Candidate
from dictation.language.terms.lists.term_index import key_of
from dictation.language.terms.sentence import FUNCTION, NAMING, PLAIN, Scene, SentenceToken
from dictation.language.terms.sounds import phones
from dictation.language.terms.tool_places import AFTER, BEFORE, COUNTS, after_verb, before_command, before_verb, leads

KINDS = ("letters", "english", "chinese", "exact", "coarse", "digits", "sound", "named", "part")
FLAGS = "aslcvzu"
NAMES = (
    *(f"kind_{kind}" for kind in KINDS), *(f"flag_{flag}" for flag in FLAGS),
    "distance", "margin", "rivals", "bones", "likeness", "same_characters", "term_length", "term_cost", "term_upper",
    "fame",
    "talk", "talk_near", "own_cue", "has_cues", "talk_or_own",
    "tokens", "characters", "share", "at_start", "at_end", "sentence", "has_han", "island",
    "gain", "gain_each", "heard_cost", "inside_cost", "crossed_left", "crossed_right", "grammar", "plain", "naming",
    "after_verb", "after_verb_surely", "before_verb", "left_odd", "right_odd", "left_naming", "right_naming", "bends",
    "word_mean", "word_least", "word_most", "unknown", "single_letters", "numbers", "edge_grammar", "fits_left",
    "fits_right", "leads", "commanded", "in_command", "capitals", "title", "digit_after", "foreign", "compound",
    "same_case_letters", "holds_term", "changed", "of_after",
)  # fmt: skip
"""The features in their order. Costs are -10 log10 of a word's share (see ``lexicon``), 100 where there is no word."""

_FAMOUS, _OWN = 12, 6
"""Forms from which on a term counts as known to everybody, and what a user's own term counts as: that many are listed
for a term that is said often."""
NO_WORD = 100.0
_NEAR = 12
"""Characters within which a sign of developer talk counts as near."""


def features(scene: Scene, found: Candidate, others: Sequence[Candidate]) -> tuple[float, ...]:
    """The numbers of ``NAMES``. ``others`` are all candidates of the same stretch that overlap it."""
    entry, tokens = found.entry, found.tokens
    kinds = [float(found.kind == kind) for kind in KINDS]
    flags = [float(flag in entry.flags) for flag in FLAGS]
    latin = [token for token in tokens if token.kind == "l"]
    han = [token for token in tokens if token.kind == "h"]
    return (
        *kinds, *flags, *_likeness(scene, found, others), *_signs(scene, found), *_place(scene, found),
        *(_chinese(scene, found, han) if han else _NO_CHINESE), *(_latin(scene, found, latin) if latin else _NO_LATIN),
    )  # fmt: skip


def _likeness(scene: Scene, found: Candidate, others: Sequence[Candidate]) -> Iterator[float]:
    entry = found.entry
    rivals = [
        each.distance - found.distance
        for each in others
        if each.entry.term != entry.term and each.start < found.end and found.start < each.end
    ]
    heard = "".join(token.low for token in found.tokens)
    key = key_of(entry.term)
    yield found.distance
    yield min(rivals, default=0.5)
    yield float(len(rivals))
    yield float(len(phones.skeleton(scene.sound(found.tokens))))
    yield SequenceMatcher(None, heard, key, autojunk=False).ratio() if heard.isascii() else 0.0
    yield sum(one == other for one, other in zip(heard, entry.term, strict=False)) / len(heard)
    yield float(len(key))
    yield float(scene.lexicon.chinese.get(entry.term, NO_WORD) if entry.is_chinese else scene.lexicon.cost(key))
    yield float(entry.term.isupper())
    yield float(_OWN if "u" in entry.flags else min(entry.forms or len(entry.english) + len(entry.chinese), _FAMOUS))


def _signs(scene: Scene, found: Candidate) -> Iterator[float]:
    start, end = found.start, found.end
    strength = scene.strength(start, end)
    own = float(scene.speaks(found.entry.cues, start, end))
    near = [cue.weight for cue in scene.cues if start - _NEAR <= cue.end <= start or end <= cue.start <= end + _NEAR]
    yield strength
    yield min(sum(near), 3.0)
    yield own
    yield float(bool(found.entry.cues))
    yield strength + own


def _place(scene: Scene, found: Candidate) -> Iterator[float]:
    size = scene.end - scene.start
    span = found.end - found.start
    yield float(found.last - found.first)
    yield float(span)
    yield span / size
    yield float(not scene.text[scene.start : found.start].strip())
    yield float(not scene.text[found.end : scene.end].strip(" .。"))
    yield float(size)
    yield float(found.stretch.has_han)
    yield float(island(found))


_NO_CHINESE = (0.0, 0.0, 0.0, NO_WORD, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def _chinese(scene: Scene, found: Candidate, han: list[SentenceToken]) -> Iterator[float]:
    start, end, text = found.start, found.end, scene.text
    heard = "".join(token.low for token in han)
    size = len(heard)
    gain = scene.gain(start, end)
    left, right = scene.crossed(start, end)
    words = scene.lexicon.chinese
    yield float(gain)
    yield gain / size
    yield float(words.get(heard, NO_WORD)) if size > 1 else 0.0
    yield float(scene.inside(start, end, found.entry.term if found.entry.is_chinese else ""))
    yield float(words.get(left, NO_WORD)) if left else 0.0
    yield float(words.get(right, NO_WORD)) if right else 0.0
    yield sum(char in FUNCTION for char in heard) / size
    yield sum(char in PLAIN for char in heard) / size
    yield sum(char in NAMING for char in heard) / size
    yield float(after_verb(text, start))
    yield float(after_verb(text, start, True))
    yield float(before_verb(text, end, scene.end))
    for place in (start - 1, end):
        yield float(scene.gain(place, place + 1)) if scene.start <= place < scene.end else 0.0
    for place in (start - 1, end):
        yield float(scene.start <= place < scene.end and text[place] in NAMING and text[place] not in PLAIN)
    yield float(found.entry.is_chinese and bends(heard, found.entry.term))


_NO_LATIN = (0.0,) * 21


def _latin(scene: Scene, found: Candidate, latin: list[SentenceToken]) -> Iterator[float]:
    words = [token.low for token in latin]
    costs = [scene.lexicon.cost(word) if len(word) > 1 else 60 for word in words]
    yield from _word_costs(scene, words, costs)
    yield from _between(scene, found)
    yield from _written(scene, found, words)
    yield from _shared(scene, found, words, costs)
    tokens = found.stretch.tokens
    yield float(found.last < len(tokens) and tokens[found.last].low == "of")


def _word_costs(scene: Scene, words: list[str], costs: list[int]) -> Iterator[float]:
    """How odd the words are."""
    yield sum(costs) / len(costs)
    yield float(min(costs))
    yield float(max(costs))
    yield float(sum(len(word) > 1 and not scene.lexicon.knows(word) for word in words))
    yield float(sum(len(word) == 1 for word in words))
    yield float(sum(word in COUNTS for word in words))
    yield float((words[0] in GRAMMAR) + (words[-1] in GRAMMAR))


def _between(scene: Scene, found: Candidate) -> Iterator[float]:
    """Whether the name of a tool fits between the words beside it."""
    tokens = found.stretch.tokens
    before = tokens[found.first - 1] if found.first else None
    after = tokens[found.last] if found.last < len(tokens) else None
    cued = {cue.start for cue in scene.cues}
    yield float(before is None or before.kind != "l" or before.low in BEFORE or before.start in cued)
    yield float(after is None or after.kind != "l" or after.low in AFTER or after.start in cued)
    yield float(leads(before.low if before else ""))
    yield float(scene.commanded(found.end))
    yield float(before_command(scene.text, scene.start, found.start))


def _written(scene: Scene, found: Candidate, words: list[str]) -> Iterator[float]:
    """How the words are written, and how strange the others of the stretch are."""
    text, known = scene.text[found.start : found.end], scene.lexicon.knows
    yield float(text.isupper() and len(text) > 1)
    yield float(text.istitle())
    yield float(re.match(r"\s*v?[0-9]", scene.text[found.end : scene.end]) is not None)
    latin = (token.low for token in found.stretch.tokens if token.kind == "l" and len(token.low) > 1)
    others = [word for word in latin if word not in words]
    yield sum(not known(word) for word in others) / len(others) if others else 0.0


def _shared(scene: Scene, found: Candidate, words: list[str], costs: list[int]) -> Iterator[float]:
    """What the words have of the term, and whether they are a compound of their own."""
    cost, key = scene.lexicon.cost, key_of(found.entry.term)
    one = words[0] if len(words) == 1 else ""
    yield float(any(cost(one[:at]) < 60 and cost(one[at:]) < 60 for at in range(3, len(one) - 2)))
    yield float(scene.text[found.start : found.end].lower() == found.entry.term.lower())
    yield float(key in words or any(len(word) > 2 and word in key for word in words))
    changed = [each for word, each in zip(words, costs, strict=True) if word not in key]
    yield sum(changed) / len(changed) if changed else 0.0


def island(found: Candidate) -> bool:
    """Whether it stands in a few Latin words among Chinese."""
    if not found.stretch.has_han:
        return False
    tokens = found.stretch.tokens
    left, right = found.first, found.last
    while left and tokens[left - 1].kind != "h":
        left -= 1
    while right < len(tokens) and tokens[right].kind != "h":
        right += 1
    return right - left <= _ISLAND


_ISLAND = 7
"""Latin words among Chinese that are still no English sentence."""
_STRUCTURE = FUNCTION | frozenset("便则及至级占进出入里所期时内外等其若即且故此之于按一二三四五六七八九十")
"""What is no part of a misheard Chinese term."""


def loses_grammar(heard: str, term: str) -> bool:
    """Whether a character would go that nothing but grammar is written with."""
    return any(one != other and one in FUNCTION for one, other in zip(heard, term, strict=False))


def bends(heard: str, term: str) -> bool:
    """Whether a character would change that the grammar of the sentence needs."""
    long = len(heard) > 2
    return any(
        one != other and (one in _STRUCTURE or (long and one in "只直"))
        for one, other in zip(heard, term, strict=False)
    )
