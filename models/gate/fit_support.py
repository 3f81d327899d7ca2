"""Fits the weights that believe or refuse what was decoded (``SUPPORTED`` in ``dictation/core/hearing/gate.py``).

Every noise and every short word is decoded as the program does it where the gate is not sure: once, in all of the
window. One logistic model over three numbers (how much the sound speaks for the text, how much it is speech, whether it
is spelled as a cry) says whether it counts. What is printed is cross-validated by source, as in ``fit.py``. It needs a
folder with a real Whisper, and takes a quarter of an hour; the numbers of each clip are kept in ``--cache``.

    PYTHONPATH=. python models/gate/fit_support.py ../shared/data/audio build/real/base --cache build/support.jsonl
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from dictation.core.evidence import Verdict, Weight
from dictation.core.hearing.gate import believed, scores
from dictation.core.types import RATE, SAMPLE_BYTES
from dictation.engines import voice
from dictation.engines.decode import read_audio
from dictation.engines.whisper import LONGEST, Whisper

WEIGHTS = {"short": 1.5, "human": 2.0, "room": 3.0}
"""How much a clip of each kind counts: a room that types is worse than a sneeze that does."""

BAR = 0.25
"""Taken off the constant: so high, no room of those below is believed, and of 148 words one is refused."""

PARTS, TIMES, PENALTY = 8, 3, 3.0


@dataclass(frozen=True)
class Case:
    """What was decoded of one clip: the numbers that ``believed`` takes."""

    kind: str
    source: str
    text: str
    support: float
    spoken: float
    logprob: float

    def row(self) -> tuple[float, ...]:
        """The numbers of the model."""
        verdict = Verdict("uncertain", spoken=self.spoken)
        return believed(verdict, self.logprob, Weight(self.text, self.support, 0.0, 1))


def decoded(folder: Path, model: str, fit: ModuleType) -> Iterator[Case]:
    """One case for each noise and short word in which anything was decoded."""
    whisper = Whisper(model, "cpu")
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["contains_background_voices"] or row["group"] not in ("noise", "short"):
            continue
        samples = read_audio(folder / row["file"])[: (LONGEST - 2) * RATE * SAMPLE_BYTES]
        heard = whisper.transcribe_whole(samples, "auto")
        if not heard.text:
            continue
        (weight,) = whisper.weigh(heard.spans[0].piece, [heard.text])
        kind = "short" if row["group"] == "short" else "human" if "human" in row["sub"] else "room"
        _, spoken = scores(voice.measure(samples))
        yield Case(kind, fit._source(row), heard.text, weight.support, spoken, heard.spans[0].logprob)


def main() -> None:
    """Print the weights, and what they are worth on sources not seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="recordings with a manifest.jsonl")
    parser.add_argument("model", help="folder of a real Whisper")
    parser.add_argument("--cache", type=Path, help="where the numbers are kept, or come from")
    asked = parser.parse_args()
    fit = _beside("fit")
    if asked.cache and asked.cache.is_file():
        cases = [Case(**json.loads(line)) for line in asked.cache.read_text(encoding="utf-8").splitlines()]
    else:
        cases = list(decoded(asked.folder, asked.model, fit))
        if asked.cache:
            lines = (json.dumps(dataclasses.asdict(case), ensure_ascii=False) + "\n" for case in cases)
            asked.cache.write_text("".join(lines), encoding="utf-8")
    # "you" is what an empty window says: of a word it is no hearing, and the other window is tried then.
    used = [case for case in cases if case.kind != "short" or case.support > -1]
    rows, labels = np.array([case.row() for case in used]), np.array([float(case.kind == "short") for case in used])
    weights = np.array([WEIGHTS[case.kind] for case in used])
    fit.PENALTY = PENALTY
    found = fit.fit(rows, labels, weights)
    print(f"SUPPORTED = ({', '.join(f'{each:.2f}' for each in [*found[:-1], found[-1] - BAR])})")
    sources, total = sorted({case.source for case in used}), np.zeros(len(used))
    for seed in range(TIMES):
        mixed = np.random.default_rng(seed).permutation(sources)
        part = {source: number % PARTS for number, source in enumerate(mixed)}
        own = np.array([part[case.source] for case in used])
        for number in range(PARTS):
            unseen = fit.fit(rows[own != number], labels[own != number], weights[own != number])
            total[own == number] += (rows[own == number] @ unseen[:-1] + unseen[-1] - BAR) / TIMES
    for kind in WEIGHTS:
        here = np.array([case.kind == kind for case in used])
        print(f"{kind:6} {int(here.sum()):4} decoded, {np.mean(total[here] >= 0):6.1%} believed")


def _beside(name: str) -> ModuleType:
    """Another script of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
