"""Whether the sound speaks for an edit of a language model nearly as well as for what it would replace."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from difflib import SequenceMatcher

from dictation.core.errors import DictationError
from dictation.core.ports import Weigher
from dictation.core.types import Span

log = logging.getLogger("dictation")

NEARLY = 6.0
"""Nats by which an edit may be less likely than what was heard. With base, of 25 edits of a word that had been heard
right into a word of another sound (AWS to WSL -16, React to Redux -18, Docker to Doctor -6.4, CPU to GPU -6.9, 流量 to
容量 -11) one is above it (learning to loading -4.6); of 15 that mend a misheard word (Dipsync to DeepSeek -1.4, red is
cash to Redis cache -2.5, 粉纸 to 分支 -2.7) four are below it."""


class HeardEdits:
    """Weighs edits of ``text``, which the rules made of what was heard in ``spans``; called with start, end and the new
    words. Where nothing can be weighed, everything passes: the guards that read the text stand in front."""

    def __init__(self, text: str, spans: Sequence[Span], weigher: Weigher | None) -> None:
        self._text, self._weigher = text, weigher
        self._spans = [span for span in spans if span.text] if all(span.piece for span in spans) else []
        self._blocks: list[tuple[int, int, int]] | None = None

    def __call__(self, start: int, end: int, after: str) -> bool:
        """Whether ``after`` may stand for what is at ``start`` to ``end`` of the text. Never raises."""
        if self._weigher is None or not self._spans:
            return True
        if (place := self._place(start, end)) is None:
            return False  # it is nowhere, or in two pieces of sound at once
        span, first, last = place
        texts = [span.text[:first] + words + span.text[last:] for words in (self._text[start:end], after)]
        try:
            weights = self._weigher.weigh(span.piece, texts, span.language)
        except DictationError as error:
            log.info("an edit could not be weighed: %s", error.line())
            return False
        return len(weights) != 2 or weights[0].heard - weights[1].heard <= NEARLY

    def _place(self, start: int, end: int) -> tuple[Span, int, int] | None:
        """The piece of sound in which that part of the text was heard, and where it stands in its words."""
        if self._blocks is None:
            heard = " ".join(span.text for span in self._spans)
            self._blocks = [
                (block.a, block.b, block.size)
                for block in SequenceMatcher(None, self._text, heard, autojunk=False).get_matching_blocks()
            ]
        # What the rules changed lies between two blocks: it was heard as what lies between them there.
        low = max(((b + min(start - a, size)) for a, b, size in self._blocks if a <= start), default=0)
        high = min(((b + max(end - a, 0)) for a, b, size in self._blocks if a + size >= end), default=low)
        begin = 0
        for span in self._spans:
            if begin <= low <= high <= begin + len(span.text):
                return span, low - begin, high - begin
            begin += len(span.text) + 1
        return None
