"""Learns from what stands selected: the corrected words, compared with the text that was put in last."""

from __future__ import annotations

from collections.abc import Sequence

from dictation.app.words.learning import Learning, Pair, differences, heard_first
from dictation.core.errors import UsageError
from dictation.core.events import Taught
from dictation.core.types import Edit
from dictation.language.terms.sounds.likeness import most_alike

LONGEST = 2000
"""Characters of a selection that is compared: more is no correction of a dictated text."""


def teach(learning: Learning, typed: str, edits: Sequence[Edit], selected: str, at_once: bool = False) -> Taught:
    """Compare ``selected`` with the text ``typed``, of which the rules had made ``edits``.

    A pair is learnt the second time it is taught, or ``at_once``. What is corrected back to what was heard is unlearnt.
    Raises UsageError where there is nothing to compare, StorageError.
    """
    selected = selected.strip()
    _comparable(typed, selected)
    pairs = tuple(corrections(typed, selected))
    if not pairs:
        raise UsageError(
            "teach-unlike", "What is selected is not like the last text", "Select the whole corrected sentence."
        )
    made = {(edit.after.strip(), edit.before.strip()) for edit in edits}
    unlearnt = _unlearn(learning, [pair for pair in pairs if pair in made], edits)
    meant = heard_first([pair for pair in pairs if pair not in made], edits)
    ready = set(meant) if at_once else set(learning.taught_again(meant))
    learnt = tuple(pair for pair in meant if pair in ready)
    for heard, term in learnt:
        learning.learn(heard, term)
    return Taught(learnt, tuple(pair for pair in meant if pair not in ready), unlearnt)


def _unlearn(learning: Learning, pairs: Sequence[Pair], edits: Sequence[Edit]) -> tuple[Pair, ...]:
    """Take back the rules' own ``edits`` of which ``pairs`` are the corrections; what is told of them."""
    back = tuple((heard, term) for term, heard in pairs)
    unlearnt = tuple(pair for pair in back if learning.unlearn(*pair))
    if back:
        learning.undone([edit for edit in edits if (edit.before.strip(), edit.after.strip()) in back])
    return unlearnt or back


def _comparable(typed: str, selected: str) -> None:
    """Raises UsageError where the selection cannot be a correction of the last text."""
    if not typed.strip():
        raise UsageError("teach-nothing", "No text was put in yet", "Dictate something first.")
    if not selected:
        raise UsageError("teach-empty", "Nothing is selected", "Correct the words, select them, then teach.")
    if len(selected) > LONGEST:
        raise UsageError("teach-long", "Too much is selected", "Select only the corrected words.")
    if selected in typed:
        raise UsageError(
            "teach-same", "What is selected is what was put in", "Correct the words first, then select them and teach."
        )


def corrections(typed: str, selected: str) -> list[Pair]:
    """What was replaced by what. A sentence is compared with its like; single words with what sounds most like them."""
    found = [pair for pair in differences(_part(typed, selected), selected) if _is_word(pair)]
    if found:
        return found
    alike = most_alike(typed, selected)
    return [(typed[alike.start : alike.end], selected)] if alike and len(selected) <= len(typed) else []


def _part(typed: str, selected: str) -> str:
    """The part of ``typed`` that ``selected`` is a correction of: from its first to its last words, if they stand."""
    words = selected.split() if selected.isascii() else [selected[:2], selected[-2:]]
    if len(words) < 2:
        return ""
    start, end = typed.find(words[0]), typed.rfind(words[-1])
    first = start if start >= 0 else 0
    last = end + len(words[-1]) if end >= 0 else len(typed)
    return typed[first:last] if (start >= 0 or end >= 0) and first < last else ""


def _is_word(pair: Pair) -> bool:
    return all(any(char.isalnum() for char in side) for side in pair)
