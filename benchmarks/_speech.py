"""Paced speech for the benchmarks: sentences by espeak-ng with a speaker's pauses between them, and a little room."""

from __future__ import annotations

import importlib.util
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from dictation.core.types import RATE

TRAIN = Path(__file__).resolve().parents[1] / "models" / "train"
PAUSES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.2)
"""Seconds between two sentences or phrases of somebody who dictates and thinks; the benchmarks' own choice."""

ROOM = 10 ** (-62 / 20)  # RMS of a quiet room


@dataclass(frozen=True)
class Take:
    """What was said, as float32 mono 16 kHz, from the key's press to the end of the last word."""

    samples: Any = field(repr=False)
    text: str

    @property
    def seconds(self) -> float:
        """Length."""
        return len(self.samples) / RATE

    def until(self, later: float) -> bytes:
        """The recording, when it goes on for so many seconds after the last word."""
        rest = _room(round(later * RATE), len(self.samples))
        return bytes(np.concatenate([self.samples, rest]).astype("<f4").tobytes())


def speak(seconds: float, seed: int) -> Take:
    """At most ``seconds`` of English, as near to it as the sentences allow."""
    import soxr

    speech, grammar = _load("speech"), _load("grammar")
    rng = random.Random(seed)
    voice = speech.Speaker("", 165, 50, "en-us")
    parts, left, misses = [np.zeros(round(0.2 * RATE), np.float32)], seconds - 0.2, 0
    texts: list[str] = []
    for sentence in grammar.sentences(seed, round(40 + seconds), "en"):
        pause = rng.choice(PAUSES) if texts else 0.0
        said = soxr.resample(speech.synthesize(sentence.text, "en", voice), speech.RATE, RATE)
        if pause + len(said) / RATE > left:
            misses += 1
            if misses > 12:
                break
            continue
        parts += [np.zeros(round(pause * RATE), np.float32), said]
        texts.append(sentence.text)
        left -= pause + len(said) / RATE
    samples = np.concatenate(parts)
    return Take((samples + _room(len(samples), seed)).astype(np.float32), " ".join(texts))


def _room(length: int, seed: int) -> Any:
    return ROOM * np.random.default_rng(seed).standard_normal(length, np.float32)


def _load(name: str) -> ModuleType:
    """A room of ``models/train``, which is no package."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, TRAIN / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module
