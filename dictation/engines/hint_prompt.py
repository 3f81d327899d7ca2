"""Owns the tokens around a decode: hints in front of it, what it may not say, and where it is cut off."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

HINT_TERMS = 40
HINT_TOKENS = 100  # more costs time (prefill) and invites the model to read its hints out
CHINESE_STYLE = "以下是普通话的句子。"
"""In front of a decode, this brings simplified characters and marks: in 17 of 31 sentences against 1 (base). Where
nothing was said it is read out, so that it is only for what is speech for sure."""
POSITIONS = 448  # tokens of prompt and text that Whisper's decoder can count

_HEAD = re.compile(r"\A\s*(?:[，。、；：]|[,.;:](?=\s))+")


def most_tokens(seconds: float) -> int:
    """Where a decode is cut off: a loop would otherwise run to 224 tokens, and no one says nine in a second."""
    return 8 + math.ceil(9 * seconds)


def hint_tokens(tokenizer: Any, hints: Sequence[str], style: str = "") -> list[int]:
    """``<|startofprev|>``, ``style`` and as many whole hints as there is room for; nothing without either.

    Of a ``style`` that is too long by itself the end is kept, as Whisper keeps the end of what was said before.
    """
    tokens: list[int] = [each for each in tokenizer.encode(style) if each < tokenizer.eot] if style else []
    tokens = tokens[-HINT_TOKENS:]
    for hint in hints[:HINT_TERMS]:
        # A hint that spells a special token must not become one.
        more = [each for each in tokenizer.encode(("," if tokens else "") + f" {hint}") if each < tokenizer.eot]
        if len(tokens) + len(more) > HINT_TOKENS:
            break
        tokens += more
    return [tokenizer.sot_prev, *tokens] if tokens else []


def suppressed(tokenizer: Any) -> list[int]:
    """What faster-whisper never lets through, but for ``<|nospeech|>``: a model may say that it heard none."""
    from faster_whisper.transcribe import get_suppressed_tokens

    return [each for each in get_suppressed_tokens(tokenizer, [-1]) if each != tokenizer.no_speech]


def unheaded(text: str) -> str:
    """``text`` without the mark that ends what is in front of it: some decodes begin with the stop of the prompt."""
    return _HEAD.sub("", text).strip()
