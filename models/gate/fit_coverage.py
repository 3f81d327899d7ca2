"""Measures the bars of ``coverage`` and ``stretches`` (in ``dictation/core/hearing``) on recordings.

Every sentence is decoded in all of the window and weighed. As it was decoded, no clause is missing (only sentences that
are mostly right count); then every third of its words is left out in turn, which is a lost clause, and single words at
its end, which are lost words. Printed is how long the longest voiced stretch without a word is in each of the three, by
percentiles; and the support per token of the sentences, which tells what a stretch has that was heard well.

    PYTHONPATH=. python models/gate/fit_coverage.py ../shared/data/audio build/real/base        # some minutes
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dictation.core.evidence import HeardWord
from dictation.core.hearing import coverage, stretches
from dictation.engines import voice
from dictation.engines.decode import read_audio
from dictation.engines.whisper import LONGEST, Whisper
from tests.real_speech import apart, units

MOST_WRONG = 0.3
"""Share of the words that may be misheard: with more, nobody knows whether one is missing."""

FEWEST = 6
"""Words of a sentence of which a third is a clause."""

SHARES = (50, 90, 95, 98, 100)


@dataclass
class Found:
    """Voiced seconds of the longest stretch without a word, of sentences whole, with a word less and a clause less; and
    the support per token of the whole ones."""

    whole: list[float] = field(default_factory=list)
    word: list[float] = field(default_factory=list)
    clause: list[float] = field(default_factory=list)
    support: list[float] = field(default_factory=list)


def longest(words: Sequence[HeardWord], voiced: Sequence[float]) -> float:
    """The longest voiced stretch between the beginnings of two words, in seconds."""
    edges = [0.0, *(word.start for word in words), len(voiced) * coverage.WINDOW_SECONDS]
    places = [round(each / coverage.WINDOW_SECONDS) for each in edges]
    return max(coverage.voiced(voiced[low:high]) for low, high in itertools.pairwise(places))


def thirds(words: Sequence[HeardWord]) -> Iterator[Sequence[HeardWord]]:
    """What is left of the words when the first, the middle or the last third of them is lost."""
    for part in range(3):
        low, high = len(words) * part // 3, len(words) * (part + 1) // 3
        yield [*words[:low], *words[high:]]


def measure(folder: Path, model: Whisper) -> Found:
    """Every sentence of a folder with a manifest."""
    found = Found()
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        said = row.get("written") or row.get("text")
        if (
            not said
            or row.get("group") in ("noise", "short")
            or "spliced" in row.get("id", "")
            or row["seconds"] > LONGEST
        ):
            continue
        samples = read_audio(folder / row["file"])
        heard = model.transcribe_whole(samples, "auto")
        if not heard.text or apart(units(said), units(heard.text)) > MOST_WRONG * len(units(said)):
            continue
        (weight,) = model.weigh(heard.spans[0].piece, [heard.text])
        voiced = voice.measure(samples).voice
        found.whole.append(longest(weight.words, voiced))
        found.support.append(weight.support)
        if len(weight.words) >= FEWEST:
            found.word += [longest([*weight.words[:-1]], voiced)]
            found.clause += [longest(left, voiced) for left in thirds(weight.words)]
    return found


def main() -> int:
    """Prints the percentiles beside the bars in force."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+", help="recordings with a manifest.jsonl")
    parser.add_argument("model", help="folder of a real Whisper")
    asked = parser.parse_args()
    model = Whisper(asked.model, "cpu")
    every = [measure(folder, model) for folder in asked.folder]
    print(f"{'':28}{'number':>8}" + "".join(f"{share:>7} %" for share in SHARES))
    for name in ("whole", "word", "clause", "support"):
        values = [value for found in every for value in getattr(found, name)]
        print(f"{name:28}{len(values):>8}" + "".join(f"{np.percentile(values, share):9.2f}" for share in SHARES))
    low = [value for found in every for value in found.support]
    print(f"{'support, lowest':28}{'':8}" + "".join(f"{np.percentile(low, 100 - share):9.2f}" for share in SHARES))
    for name, bar in (("LONGEST", coverage.LONGEST), ("TOLD", coverage.TOLD)):
        over = {
            kind: np.mean([value > bar for found in every for value in getattr(found, kind)])
            for kind in ("whole", "word", "clause")
        }
        print(f"over {name} = {bar}: " + ", ".join(f"{share:.1%} of {kind}" for kind, share in over.items()))
    for name, bar in (("SURE_SUPPORT", stretches.SURE_SUPPORT), ("LEAST_SUPPORT", stretches.LEAST_SUPPORT)):
        print(f"under {name} = {bar}: {np.mean([value < bar for value in low]):.1%} of the sentences")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
