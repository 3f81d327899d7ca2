"""`dictation correct`: the language rules on text, without sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dictation.app.transcribe import edits, note
from dictation.app.words import Words
from dictation.desktop import settings_file
from dictation.desktop.places import places


def correct(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One report per line, in order and as it comes, as the contract's JSON."""
    where = places()
    settings, wrong = settings_file.load(where.settings)
    for error in wrong:
        note(error)
    words = Words(where.glossary, note)
    for line in lines:
        draft = words.correct(settings, line, "")
        yield {"heard": draft.heard, "text": draft.text, "edits": edits(draft.edits)}
