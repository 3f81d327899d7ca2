"""A single word that is a term but for its case: whether it is meant, and what keeps its case."""

from __future__ import annotations

import re

from dictation.language.code.vocabulary import COMMANDS
from dictation.language.terms.candidate_features import island
from dictation.language.terms.candidates import Candidate
from dictation.language.terms.lists.term_index import key_of
from dictation.language.terms.sentence import Scene
from dictation.language.terms.tool_places import before_command
from dictation.spelled.lazy_regex import late

_NOUN, _OF = late(r"(?<![A-Za-z])(?:the|a|an|this|that)\s+\Z", re.I), late(r"\s+of(?![A-Za-z])", re.I)
"""An ordinary noun stands between these, a tool does not."""
_COMMON, _RARE, _UNKNOWN = 55, 72, 90
"""Costs of a word: as common as "view", as rare as a word that few texts have, and one that no list has."""


def recased(scene: Scene, found: Candidate) -> bool:
    """Whether a word with the term's own letters should get the term's case."""
    text = scene.text[found.start : found.end]
    if _keeps_its_case(scene, found, text):
        return False
    entry, low = found.entry, key_of(text)
    if "v" in entry.flags and re.match(r"\s*v?[0-9]", scene.text[found.end : scene.end]):
        return True
    if (
        "s" in entry.flags
        and scene.lexicon.cost(low) >= _COMMON
        and entry.term.isupper()
        and entry.term.isalpha()
        and len(low) > 2
        and text.islower()
    ):
        return True
    if _ordinary(scene, found, low):
        return _named(scene, found, text, low)
    return bool(
        found.stretch.has_han or scene.lexicon.cost(low) >= _UNKNOWN or scene.strength(found.start, found.end) >= 0.5
    )


def _keeps_its_case(scene: Scene, found: Candidate, text: str) -> bool:
    """Whether its case is somebody's choice: a name in code, a shout, a command or its argument."""
    entry = found.entry
    if text == entry.term or "l" in entry.flags or entry.term.islower() or (entry.term[0] == "." and text[0] != "."):
        return True
    if re.search("[a-z][A-Z]|[A-Z]{2}[a-z]", text) and (entry.term.isupper() or text.lower() != entry.term.lower()):
        return True
    shout = text.isupper() and not entry.term.isupper()
    if shout and (not found.stretch.has_han or scene.lexicon.knows(text.lower())):
        return True
    command = (key_of(text) in COMMANDS or "c" in entry.flags) and scene.commanded(found.end)
    after = scene.text[found.end : scene.end]
    imported = scene.text.endswith("from ", scene.start, found.start) and after.lstrip().startswith("import ")
    return command or imported or before_command(scene.text, scene.start, found.start)


def _named(scene: Scene, found: Candidate, text: str, low: str) -> bool:
    """Whether an ordinary word is the name of a tool here."""
    own = scene.speaks(found.entry.cues, found.start, found.end)
    if _NOUN.search(scene.text[scene.start : found.start]) and _OF.match(scene.text[found.end : scene.end]):
        return False  # the rest of it
    if scene.lexicon.cost(low) < _COMMON and not found.stretch.has_han and not own:
        return False
    strength = scene.strength(found.start, found.end) + own
    # One capital at the head of a sentence says nothing of a name.
    return strength >= (1 if island(found) else 2) and (not text[:1].isupper() or not found.entry.term[:1].isupper())


def _ordinary(scene: Scene, found: Candidate, low: str) -> bool:
    flags = found.entry.flags
    if "s" in flags and scene.lexicon.cost(low) >= _COMMON:
        return False
    return "a" in flags or scene.lexicon.cost(low) < _RARE or (low in scene.lexicon.names and len(low) < 6)
