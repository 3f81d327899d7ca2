"""Fits when both languages are tried, and what their texts then count (``dictation/engines/pick_language.py``).

Every sentence of the recordings is decoded in both languages. What is printed is how many are decoded in the wrong one,
by how doubtful the choice must be for that (logarithm of the odds) and what the likelihood of the texts counts beside
the chances; and how many are decoded twice. It needs a folder with a real Whisper, and takes five minutes.

    PYTHONPATH=. python models/gate/fit_language.py ../shared/data/audio build/real/base

Figures with base, 81 sentences of 2 s and more: the chances alone have 2 wrong. With a doubt of 2.2 (a rival with a
tenth of both) and texts that count fully none is wrong, and 6 are decoded twice; with texts that count half or less 1
is wrong; a doubt of 6 has 27 decoded twice for nothing. In 78 shorter clips the texts made no fewer wrong and 2 more.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dictation.engines.decode import read_audio
from dictation.engines.pick_language import LANGUAGES, SENTENCE_SECONDS
from dictation.engines.whisper import Whisper

DOUBTS = (0.0, 1.0, 2.2, 3.0, 4.0, 6.0, 20.0)
COUNTS = (0.1, 0.25, 0.5, 1.0)


@dataclass(frozen=True)
class Case:
    """One sentence: its language, the odds of Chinese, and by how much the Chinese text is likelier (logarithms)."""

    chinese: bool
    odds: float
    likelier: float

    def wrong(self, doubt: float, count: float) -> bool:
        """Whether it is decoded in the wrong language."""
        odds = self.odds + (count * self.likelier if abs(self.odds) < doubt else 0.0)
        return (odds > 0) != self.chinese


def cases(folder: Path, model: str) -> Iterator[Case]:
    """The sentences of the recordings in one language."""
    whisper = Whisper(model, "cpu")
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        clip = json.loads(line)
        if clip["group"] not in LANGUAGES or not SENTENCE_SECONDS <= clip["seconds"] < 29:
            continue
        samples = read_audio(folder / clip["file"])
        chances = whisper.chances(samples)
        heard = {each: whisper.transcribe(samples, each) for each in LANGUAGES}
        likelihood = {each: sum(span.logprob * (span.tokens + 1) for span in heard[each].spans) for each in LANGUAGES}
        odds = math.log(chances["<|zh|>"] / chances["<|en|>"])
        yield Case(clip["group"] == "zh", odds, likelihood["zh"] - likelihood["en"])


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("model")
    given = asked.parse_args()
    known = list(cases(given.folder, given.model))
    print(f"{len(known)} sentences of at least {SENTENCE_SECONDS:g} s")
    for doubt in DOUBTS:
        twice = sum(abs(each.odds) < doubt for each in known)
        wrong = [sum(each.wrong(doubt, count) for each in known) for count in COUNTS]
        by_count = dict(zip(COUNTS, wrong, strict=True))
        print(f"doubt {doubt:4}: {twice:3} decoded twice; wrong by what the texts count {by_count}")


if __name__ == "__main__":
    main()
