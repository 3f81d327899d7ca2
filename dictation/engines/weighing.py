"""Owns the weighing of texts against sound that is already encoded: one decoder pass for each text, no search.

``align`` of CTranslate2 gives the probability of every token of any text, given an encoding, and where in the sound the
decoder looks for it. The same text against encoded silence tells what the decoder would say anyway.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from dictation.core.evidence import HeardWord, Weight
from dictation.engines.hint_prompt import POSITIONS

LEAST_CHANCE = 1e-9
"""A token is never less likely than this, so that one that cannot be does not outweigh a whole text."""

SILENCE_POSITIONS = 100

FRAME_SECONDS = 0.02
"""What one position of the encoder stands for."""

MOST_BYTES = 96 << 20
"""Of encodings kept: 32 pieces of base, 12 of the large models. An utterance has one piece in four seconds or more."""

NARROWEST = 384
"""The width of Whisper tiny. What is narrower was not trained as Whisper was, and says nothing sensible of silence."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoder's output for one piece: ``positions`` of them are sound, the rest is padding.

    ``weighed`` are the weights of texts that were asked for, by language: who decides what was heard and who chooses
    between two hearings ask for the same one.
    """

    encoded: Any
    positions: int
    seconds: float
    language: str
    weighed: dict[tuple[str, str], Weight] = field(default_factory=dict, compare=False)


class Kept:
    """The encodings of the latest pieces by number; the oldest give way. A number is never used twice."""

    def __init__(self, first: int) -> None:
        """``first`` is above all numbers that an earlier process may have given."""
        self._next = first
        self._kept: OrderedDict[int, tuple[Encoding, int]] = OrderedDict()

    def keep(self, encoding: Encoding) -> int:
        """The number of ``encoding`` from now on."""
        self._next += 1
        self._kept[self._next] = (encoding, 4 * math.prod(encoding.encoded.shape))
        while len(self._kept) > 1 and sum(size for _, size in self._kept.values()) > MOST_BYTES:
            self._kept.popitem(last=False)
        return self._next

    def find(self, number: int) -> Encoding | None:
        """The encoding of that number, if it is still kept."""
        found = self._kept.get(number)
        return found[0] if found else None

    def forget(self) -> None:
        """Let go of all."""
        self._kept.clear()


def silence_of(encoded: Any) -> Any:
    """The first two seconds of ``encoded``, ten seconds of silence: enough to have nothing in it, and quick to look at.

    With all of it no support differs by more than a third of a nat per token (148 words, base).
    """
    import ctranslate2
    import numpy as np

    host = encoded.to_device(ctranslate2.Device.cpu).to(ctranslate2.DataType.float32)
    few = np.ascontiguousarray(np.array(host)[:, :SILENCE_POSITIONS])
    quiet = ctranslate2.StorageView.from_array(few)
    return quiet if encoded.device == "cpu" else quiet.to_device(ctranslate2.Device.cuda)


def weigh(model: Any, tokenizer: Any, text: str, sound: Encoding, silence: Any) -> Weight:
    """How much ``sound`` speaks for ``text``, in the language of ``tokenizer``; ``silence`` is encoded silence."""
    asked = tokenizer.language_code, text
    if asked not in sound.weighed:
        sound.weighed[asked] = _weighed(model, tokenizer, text, sound, silence)
    return sound.weighed[asked]


def _weighed(model: Any, tokenizer: Any, text: str, sound: Encoding, silence: Any) -> Weight:
    tokens = text_tokens(tokenizer, text)
    if not tokens:
        return Weight(text, 0.0, 0.0, 0)
    prompt = [*tokenizer.sot_sequence]
    heard = model.align(sound.encoded, prompt, [tokens], [2 * sound.positions])[0]
    unheard = model.align(silence, prompt, [tokens], [2 * silence.shape[1]])[0]
    with_sound, without = (
        [math.log(max(each, LEAST_CHANCE)) for each in found.text_token_probs] for found in (heard, unheard)
    )
    times: dict[int, list[int]] = {}
    for index, position in heard.alignments:
        times.setdefault(index, []).append(position)
    words = _words(tokenizer, tokens, with_sound, without, times)
    return Weight(text, sum(with_sound), sum(without), len(tokens), words)


def text_tokens(tokenizer: Any, text: str) -> list[int]:
    """``text`` in tokens as a decoder writes it: a space in front, but none in front of Chinese; no special ones."""
    text = text.strip()
    spaced = f" {text}" if text and ord(text[0]) < 0x2E80 else text
    room = POSITIONS // 2
    return [each for each in tokenizer.encode(spaced) if each < tokenizer.eot][:room]


def _words(
    tokenizer: Any, tokens: list[int], heard: list[float], unheard: list[float], times: dict[int, list[int]]
) -> tuple[HeardWord, ...]:
    """Tokens put together to words: what has no blank between, and Chinese character by character."""
    groups: list[tuple[str, int, int]] = []  # text, first token, the one after its last
    at = 0
    for piece, own in zip(*tokenizer.split_tokens_on_unicode([*tokens]), strict=True):
        if groups and _goes_on(groups[-1][0], piece):
            text, first, _ = groups.pop()
            groups.append((text + piece, first, at + len(own)))
        else:
            groups.append((piece, at, at + len(own)))
        at += len(own)
    words = []
    for text, first, last in groups:
        positions = [each for index in range(first, last) for each in times.get(index, ())] or [0]
        words.append(
            HeardWord(
                text, FRAME_SECONDS * min(positions), FRAME_SECONDS * (max(positions) + 1),
                sum(heard[first:last]), sum(unheard[first:last]), last - first,
            )
        )  # fmt: skip
    return tuple(words)


def _goes_on(before: str, piece: str) -> bool:
    """Whether ``piece`` belongs to the word ``before``."""
    if not any(each.isalnum() for each in piece):
        return True
    return not piece.startswith(" ") and not _wide(before[-1]) and not _wide(piece[0])


def _wide(character: str) -> bool:
    return ord(character) >= 0x2E80
