"""Fits the weights of the silence gate (``core/hearing/gate.py``) and says what they are worth on sounds not seen.

Two logistic models over the same six numbers of a stretch of sound: is it a voice at all, and is it speech. What is
printed is cross-validated: every clip is judged by weights fitted without its source (the same recording, speaker
collection or made word), ten parts, three times. See the README beside it.

    PYTHONPATH=. python models/gate/fit.py ../shared/data/audio
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dictation.core.evidence import SpeechBurst
from dictation.core.hearing.gate import ACCEPT, REJECT, features
from dictation.core.types import RATE
from dictation.engines import voice
from dictation.engines.decode import read_audio
from tests.engines import made

Samples = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]

ROOMS = {"env": 3.0, "keyboard": 1.0, "roomtone": 1.5, "made": 2.0}
SPEECH = {"short": 4.0, "en": 2.0, "zh": 1.0, "mixed": 0.5, "long": 0.2, "made word": 1.5, "made whisper": 0.5}
SOUNDS = {"env": 2.0, "keyboard": 0.3, "roomtone": 0.7, "made": 0.7, "human": 3.0}
"""How much a group counts, however many clips it has: the voice is told from rooms, speech from all sounds."""

PENALTY = 5.0
PARTS, TIMES = 10, 3


@dataclass(frozen=True)
class Case:
    """One clip, or one made from it (``variant``)."""

    group: str
    source: str
    variant: bool
    stretches: tuple[SpeechBurst, ...]


def cases(folder: Path) -> Iterator[Case]:
    """All clips, and pieces and mixtures of them."""
    random = np.random.default_rng(5)
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["contains_background_voices"]:
            continue
        group = row["sub"].split("/")[0].removesuffix("-nonspeech") if row["group"] == "noise" else row["group"]
        samples = np.frombuffer(read_audio(folder / row["file"]), "<f4")
        yield _case(group, _source(row), False, samples)
        for _ in range(4 if row["group"] == "noise" else 2 if group == "short" else 1):
            yield _case(group, _source(row), True, _variant(group, samples, random))
    for kind in made.KINDS:
        for number, level in enumerate((-75, -60, -45, -30, -20)):
            for seconds in (1.0, 3.0):
                yield _case("made", kind, False, made.noise(kind, seconds, level, 10 * number + int(seconds)))
    for text, accent in made.WORDS:
        for variant, speed in made.VARIANTS:
            said = made.word(text, accent + variant, speed)
            for above, level in ((45, -25), (35, -55), (30, -70), (12, -30), (5, -30)):
                yield _case("made word", text, False, made.in_a_room(said, above, level))
        whisper = made.word(text, accent + "+whisper")
        yield _case("made whisper", text, False, made.in_a_room(whisper, 35, -30))


def _case(group: str, source: str, variant: bool, samples: Samples) -> Case:
    return Case(group, source, variant, voice.measure(samples.astype("<f4").tobytes()).stretches)


def _source(row: dict[str, str]) -> str:
    """What a clip must not share with those that its judge was fitted on."""
    name = row["source"]
    if "ESC-10" in name:  # fold-recording-take
        return name.rsplit("/", 1)[-1].split("-")[1]
    return name.split(":")[0] + (row["sub"] if row["group"] == "noise" else "")


def _variant(group: str, samples: Samples, random: np.random.Generator) -> Samples:
    """A piece of a sound, faster or slower; a word in a noisy room; a piece of a sentence; each louder or quieter."""
    if group == "short":
        lead, tail = random.uniform(0, 0.5), random.uniform(0, 0.4)
        room = made.noise(
            str(random.choice(["pink", "white", "brown", "fan"])), lead + tail + len(samples) / RATE + 0.01, -40,
            int(random.integers(1 << 20)),
        )  # fmt: skip
        room = room / _rms(room) * _rms(samples) * 10 ** (-random.uniform(10, 40) / 20)
        room[round(lead * RATE) :][: len(samples)] += samples
        samples = room
    else:
        length = round(random.uniform(0.6, 4) * RATE)
        if len(samples) > length:
            loud = int(np.convolve(np.square(samples), np.ones(1600), "same").argmax())
            start = random.integers(0, len(samples) - length)
            if group in ("human", *SPEECH):
                start = int(np.clip(loud - random.uniform(0.2, 0.8) * length, 0, len(samples) - length))
            samples = samples[start : start + length]
        if group not in SPEECH:
            speed = random.choice([1, 1, 0.85, 1.15])
            samples = np.interp(np.arange(0, len(samples) - 1, speed), np.arange(len(samples)), samples)
    return np.clip(samples * 10 ** (random.uniform(-25, 5) / 20), -1, 1).astype(np.float32)


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples)))) + 1e-9


def fit(rows: Numbers, labels: Numbers, weights: Numbers) -> Numbers:
    """Weights of the columns, and the constant: logistic regression with a ridge over standardised columns."""
    mean = np.average(rows, axis=0, weights=weights)
    spread = np.sqrt(np.average(np.square(rows - mean), axis=0, weights=weights)) + 1e-9
    table = np.c_[(rows - mean) / spread, np.ones(len(rows))]
    ridge = np.diag([PENALTY] * rows.shape[1] + [1e-6])
    found = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(table @ found, -50, 50)))
        slope = table.T @ (weights * (chance - labels)) + ridge @ found
        step = np.linalg.solve((table.T * (weights * chance * (1 - chance))) @ table + ridge, slope)
        found -= step
        if np.abs(step).max() < 1e-9:
            break
    plain = found[:-1] / spread
    return np.r_[plain, found[-1] - plain @ mean]


class Table:
    """One row per stretch; a sound without words teaches with all of its stretches, speech with its likeliest."""

    def __init__(self, all_cases: list[Case], without: dict[str, float]) -> None:
        self.cases = all_cases
        rows, owners = [], []
        for number, case in enumerate(all_cases):
            for stretch in case.stretches:
                rows.append(features(stretch))
                owners.append(number)
        self.rows, self.owners = np.array(rows), np.array(owners)
        first = np.r_[True, self.owners[1:] != self.owners[:-1]]
        groups = np.array([all_cases[owner].group for owner in owners])
        self.labels = np.isin(groups, list(SPEECH)).astype(float)
        self.weights = np.zeros(len(rows))
        for names in (SPEECH, without):
            for name, much in names.items():
                here = (groups == name) & (first | (self.labels == 0))
                if here.any():
                    self.weights[here] = 400 * much / sum(names.values()) / here.sum()

    def fit(self, leave: set[str] | None = None) -> Numbers:
        """Fitted without the sources in ``leave``."""
        used = self.weights > 0
        if leave:
            used &= ~np.isin([self.cases[owner].source for owner in self.owners], list(leave))
        return fit(self.rows[used], self.labels[used], self.weights[used])

    def scores(self, weights: Numbers) -> Numbers:
        """The highest score of each case's stretches."""
        best = np.full(len(self.cases), -math.inf)
        np.maximum.at(best, self.owners, self.rows @ weights[:-1] + weights[-1])
        return best

    def unseen(self) -> Numbers:
        """Each case's score by weights that were fitted without its source; the mean over several divisions."""
        sources = sorted({case.source for case in self.cases})
        total = np.zeros(len(self.cases))
        for seed in range(TIMES):
            mixed = np.random.default_rng(seed).permutation(sources)
            part = {source: number % PARTS for number, source in enumerate(mixed)}
            own = np.array([part[case.source] for case in self.cases])
            for number in range(PARTS):
                scores = self.scores(self.fit({source for source in sources if part[source] == number}))
                total[own == number] += scores[own == number] / TIMES
        return total


def main() -> None:
    """Print the weights and the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="recordings with a manifest.jsonl")
    found = list(cases(parser.parse_args().folder))
    voices, words = Table(found, ROOMS), Table(found, SOUNDS)
    for name, table in (("VOICE", voices), ("SPEECH", words)):
        print(f"{name} = ({', '.join(f'{each:.2f}' for each in table.fit())})")
    is_voice, is_speech = voices.unseen(), words.unseen()
    rooms = np.array([case.group in ("env", "keyboard", "roomtone") for case in found])
    short = np.array([case.group == "short" for case in found])
    human = np.array([case.group == "human" for case in found])
    for bar in np.arange(-0.4, 0.7, 0.1):
        print(f"REJECT {bar:5.1f}: {np.mean(is_voice[rooms] >= bar):6.1%} of rooms heard, "
              f"{np.mean(is_voice[short] < bar):5.1%} of short words lost")  # fmt: skip
    for bar in np.arange(0.9, 2.0, 0.1):
        print(f"ACCEPT {bar:5.1f}: {np.mean(is_speech[human] >= bar):6.1%} of human sounds accepted, "
              f"{np.mean(is_speech[short] >= bar):5.1%} of short words")  # fmt: skip
    print(f"\ncross-validated, with REJECT = {REJECT} and ACCEPT = {ACCEPT}:")
    print(f"{'':14}{'clips':>6}{'accept':>9}{'unsure':>9}{'reject':>9}")
    for variant in (False, True):
        for group in (*ROOMS, "human", *SPEECH):
            here = np.array([case.group == group and case.variant is variant for case in found])
            if here.any():
                heard = is_voice[here] >= REJECT
                accepted = heard & (is_speech[here] >= ACCEPT)
                shares = (f"{each.mean():9.1%}" for each in (accepted, heard & ~accepted, ~heard))
                print(f"{group + (' *' if variant else ''):14}{here.sum():6}" + "".join(shares))
    print("* pieces and mixtures of the clips above")


if __name__ == "__main__":
    main()
