"""Owns how much the encoder is given, when that was too little, and the proof of it on the user's own speech.

Whisper was trained on windows of 30 s, and encoding one costs five to ten times as much as encoding 10 s. Stock weights
take a shorter window only with silence enough after the speech: cut to its length, they loop (futo-org/whisper-acft).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FULL = 3000
"""Mel frames of 10 ms in 30 s: the window that Whisper was trained with."""

ZEROS = 1000
"""Frames of zeros after the speech, what sherpa-onnx ships; so no window is shorter than 10 s."""

SHORTEST = 1.6
"""Seconds of a piece, 0.3 of them on both sides of the voice, under which a short window costs words of one syllable:
62 of 116 were right, and 75 in the full one (base). The embedded model knows no full window."""

STEP = 100
USUAL_SECONDS = 3.0
"""Length of the piece that is left to decode when the key comes up."""

WORDS_A_SECOND, HAN_A_SECOND = 7, 12
UNSURE = -1.0  # mean log-probability of a token
REPEATS, LONGEST_PHRASE = 4, 6
FEW_LETTERS, MANY_LETTERS = 4, 12

PIECES, ENOUGH = 50, 20
"""Pieces of speech to compare, and how many of them are enough to switch the short window off."""

MOST_DIFFERENT = 0.03
MOST_WAITING = 8
"""Pieces kept for comparison: at most 16 MB."""

_UNITS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+(?:['’][^\W_]+)?")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def window(heard: int) -> int:
    """Frames to encode for ``heard`` frames of speech: 1000 to 3000, in steps of 100."""
    return min(FULL, -(-(heard + ZEROS) // STEP) * STEP)


def units(text: str) -> list[str]:
    """Words in lower case and single Chinese characters, in order, without punctuation."""
    return _UNITS.findall(text.lower())


def doubt(text: str, seconds: float, logprob: float, ended: bool) -> str:
    """Why ``text``, decoded from so many seconds in a short window, may be wrong; empty when nothing speaks against it.

    ``logprob`` is the mean per token; ``ended`` whether the model came to an end by itself.
    """
    said = units(text)
    han = sum(1 for unit in said if _HAN.match(unit))
    if not said:
        return "nothing"  # of what the gate took for speech
    if not ended:
        return "no end"
    if logprob < UNSURE:
        return "unsure"
    if (len(said) - han) / WORDS_A_SECOND + han / HAN_A_SECOND > seconds:
        return "too fast"
    letters = re.sub(r"\s", "", text)
    if _loops(said) or (len(letters) >= MANY_LETTERS and len(set(letters)) <= FEW_LETTERS):
        return "loop"
    return ""


def _loops(said: Sequence[str]) -> bool:
    for size in range(1, LONGEST_PHRASE + 1):
        run = 0  # units in a row that are the same as the one a phrase earlier
        for unit, earlier in zip(said[size:], said, strict=False):
            run = run + 1 if unit == earlier else 0
            if run >= size * (REPEATS - 1):
                return True
    return False


def changes(one: str, other: str) -> int:
    """The fewest words (or Chinese characters) to put in, take out or replace to make one text of the other."""
    ours, theirs = units(one), units(other)
    row = list(range(len(theirs) + 1))
    for at, unit in enumerate(ours, 1):
        corner, row[0] = row[0], at
        for index, against in enumerate(theirs, 1):
            corner, row[index] = row[index], min(row[index] + 1, row[index - 1] + 1, corner + (unit != against))
    return row[-1]


@dataclass(frozen=True, slots=True)
class Piece:
    """What was decoded in a short window, to be decoded again at leisure."""

    samples: bytes = field(repr=False)
    language: str
    hints: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Proof:
    """Whether the short window is harmless with this model and this voice; only the counts outlive the process.

    ``short`` decodes were made in a short window, ``fallbacks`` of them again in the full one because of a doubt;
    ``compared`` pieces of ``words`` words were decoded in both at leisure, and ``different`` words were not the same.
    """

    short: int = 0
    fallbacks: int = 0
    compared: int = 0
    words: int = 0
    different: int = 0
    _waiting: deque[Piece] = field(default_factory=lambda: deque(maxlen=MOST_WAITING))

    @property
    def failed(self) -> bool:
        """Whether more than 3 % of the words were different, in 20 pieces or more."""
        return self.compared >= ENOUGH and self.different > MOST_DIFFERENT * self.words

    @property
    def waiting(self) -> bool:
        """Whether there is a piece to compare."""
        return bool(self._waiting)

    def keep(self, piece: Piece) -> None:
        """Remember ``piece`` for comparison, as long as comparisons are wanted; the oldest gives way."""
        if self.failed or self.compared >= PIECES:
            return
        if self._waiting and piece.samples.startswith(_half(self._waiting[-1].samples)):
            self._waiting.pop()  # a guess at what has now been decoded whole
        self._waiting.append(piece)

    def take(self) -> Piece:
        """The piece to compare next, the newest; it is forgotten here. Raises IndexError when none is waiting."""
        return self._waiting.pop()

    def compare(self, piece: Piece, text: str) -> None:
        """``text`` is what ``piece`` gave in the full window."""
        self.compared += 1
        self.words += max(len(units(piece.text)), len(units(text)))
        self.different += changes(piece.text, text)
        if self.failed or self.compared >= PIECES:
            self._waiting.clear()

    def counts(self) -> dict[str, int]:
        """The counts by name; ``resume`` takes them."""
        return {name: getattr(self, name) for name in _COUNTS}

    @classmethod
    def resume(cls, counts: Mapping[str, int]) -> Proof:
        """A proof that goes on from ``counts``, which may be empty."""
        proof = cls()
        for name in _COUNTS:
            setattr(proof, name, int(counts.get(name, 0)))
        return proof


_COUNTS = ("short", "fallbacks", "compared", "words", "different")


def _half(samples: bytes) -> bytes:
    return samples[: len(samples) // 2]
