"""Owns the search for words in what was encoded: greedy first, and wider where its words are not sure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dictation.core.hearing.gate import SURE_LOGPROB
from dictation.core.types import Span
from dictation.engines.hint_prompt import POSITIONS, hint_tokens, most_tokens, suppressed, unheaded

BEAMS = 5
"""As many as faster-whisper takes by default. For every piece they would cost 0.10 s each (0.14 s greedy, base, two
cores); where greedy search is not sure, which is three pieces of ten, they bring all that they bring but in Chinese
that is read aloud: 4 % fewer errors, and of 116 developers' terms 66 are right, not 62 (benchmarks/speech.py)."""


def search(
    model: Any, tokenizer: Any, encoded: Any, hints: Sequence[str], seconds: float, style: str = "", beams: int = 1
) -> Span:
    """The words in one piece of ``seconds``, with hints and style in front as ``hint_prompt`` says.

    ``model`` is CTranslate2's, ``tokenizer`` one for the language. Raises RuntimeError.
    """
    prompt = [*hint_tokens(tokenizer, hints, style), *tokenizer.sot_sequence, tokenizer.no_timestamps]
    most = min(most_tokens(seconds), POSITIONS - len(prompt))
    result = model.generate(
        encoded,
        [prompt],
        beam_size=beams,
        # CTranslate2 gives the text the smaller of half of max_length and what the prompt leaves of it.
        max_length=max(2 * most, most + len(prompt) - 1),
        suppress_blank=True,
        suppress_tokens=suppressed(tokenizer),
        return_scores=True,
        return_no_speech_prob=True,
    )[0]
    tokens = result.sequences_ids[0]
    text = "" if tokens[:1] == [tokenizer.no_speech] else unheaded(tokenizer.decode(tokens))
    # The score is the sum over the tokens and the end, divided by the tokens alone.
    logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
    return Span(
        text, 0.0, seconds, logprob, result.no_speech_prob,
        language=tokenizer.language_code, tokens=len(tokens), cut=len(tokens) >= most,
    )  # fmt: skip


def unsure(span: Span) -> bool:
    """Whether there are words, and a wider search may find better ones."""
    return bool(span.text) and span.logprob < SURE_LOGPROB


def surer(span: Span, wider: Span) -> Span:
    """What the wider search found where that has words and is as likely as ``span``; ``span`` else."""
    return wider if wider.text and wider.logprob >= span.logprob else span
