"""Says whether a candidate is meant; the rules are in ``decide_chinese`` and ``decide_latin``."""

from __future__ import annotations

from dictation.language.terms.candidates import Candidate
from dictation.language.terms.decide_chinese import chinese, homophone, mixed
from dictation.language.terms.decide_latin import case, english, misspelt
from dictation.language.terms.sentence import Scene


def accepts(scene: Scene, found: Candidate) -> bool:
    """The decision; ``scene`` holds what the sentence says around it."""
    kinds = {token.kind for token in found.tokens}
    if found.entry.is_chinese:
        return kinds == {"h"} and homophone(scene, found)
    if kinds == {"h"}:
        return chinese(scene, found)
    if "h" in kinds:
        return found.kind != "coarse" and mixed(scene, found)
    if found.kind in ("exact", "coarse", "chinese"):
        return False
    if found.kind == "letters" and found.last - found.first == 1:
        return case(scene, found)
    return misspelt(scene, found) if found.kind == "sound" else english(scene, found)
