"""`dictation correct`: the language rules on text, without sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dictation.app.verbs.transcribe_verb import edits, note
from dictation.app.words.model_pass import insisted, ready
from dictation.app.words.word_rules import WordRules
from dictation.core.errors import RewriteError
from dictation.core.hearing.spoken import press
from dictation.core.types import Transcript
from dictation.desktop.store import settings_file
from dictation.desktop.store.folders import places


def correct(lines: Iterable[str], llm: bool = False, keys: bool = False) -> Iterator[dict[str, Any]]:
    """One report per line, in order and as it comes, as the contract's JSON; ``llm``: a language model looks at each;
    ``keys``: spoken keys are pressed, so that one line may become two.

    Raises UsageError where ``llm`` is wanted and none is set up. What fails later is a note, and the line as the rules
    left it.
    """
    where = places()
    settings, wrong = settings_file.load(where.settings)
    for error in wrong:
        note(error)
    words = WordRules(where.glossary, note)
    rewriter = ready(insisted(settings, llm), words, where)
    for line in lines:
        draft = words.correct(settings, line, "")
        if rewriter:
            try:
                draft = rewriter.rewrite(draft, Transcript(line, ""))
            except RewriteError as error:
                note(error)
        if keys:
            draft = press(draft).draft
        yield {"heard": draft.heard, "text": draft.text, "edits": edits(draft.edits)}
