"""Owns the training clips: sentences said by espeak-ng in many voices, stored as features, the same for one seed."""

from __future__ import annotations

import argparse
import json
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from features import Floats, log_power, noise
from grammar import Sentence, phrases, salads, sentences
from scipy.signal import resample_poly
from speech import Audio, random_speaker, synthesize

SHORTEST, LONGEST = 8, 900  # frames of 10 ms; longer utterances are cut at pauses by the product
_NOISES = 400


@dataclass(frozen=True)
class Clip:
    """One utterance: its sentence and ln mel power [80, frames] (float16)."""

    text: str
    language: str
    power: Floats


def to_16k(audio: Audio, via_48k: bool) -> Floats:
    """22,050 Hz to 16 kHz, at once or by 48 kHz as a sound server does."""
    if via_48k:
        audio = resample_poly(resample_poly(audio, 320, 147), 1, 3).astype(np.float32)
        return np.asarray(audio)
    return np.asarray(resample_poly(audio, 320, 441), np.float32)


def _make(job: tuple[int, Sentence]) -> Floats:
    seed, sentence = job
    rng = random.Random(seed)
    audio = to_16k(synthesize(sentence.text, sentence.language, random_speaker(rng)), rng.random() < 0.5)
    # Up to one frame of shift, so that frames do not always begin where the speech does.
    audio = np.pad(audio, (200 + rng.randrange(160), 200))
    return log_power(audio).astype(np.float16)


def _write(path: Path, made: list[tuple[Sentence, Floats]]) -> None:
    kept = [(s, p) for s, p in made if SHORTEST <= p.shape[1] <= LONGEST]
    np.savez(
        path,
        power=np.concatenate([p for _, p in kept], axis=1),
        lengths=np.array([p.shape[1] for _, p in kept]),
        rows=np.array(json.dumps([[s.text, s.language] for s, _ in kept])),
    )


def load(path: Path) -> list[Clip]:
    """The clips of one file."""
    with np.load(path) as file:
        power, lengths, rows = file["power"], file["lengths"], json.loads(str(file["rows"]))
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return [Clip(text, language, power[:, starts[i] : starts[i + 1]]) for i, (text, language) in enumerate(rows)]


def noises(seed: int) -> list[Floats]:
    """ln mel powers [80, 600] of six-second noises."""
    rng = np.random.default_rng(seed)
    return [log_power(noise(rng, 6.0))[:, :600] for _ in range(_NOISES)]


def main() -> None:
    """Write `short.npz` and `long-K.npz` into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--part", choices=["short", "long"], required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--phrases", type=int, default=12_000)
    parser.add_argument("--sentences", type=int, default=14_000)
    parser.add_argument("--salads", type=int, default=6_000)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.part == "short":
        texts = {"short": phrases(args.seed, args.phrases)}
    else:
        mixture = sentences(args.seed + 1, args.sentences) + salads(args.seed + 2, args.salads)
        random.Random(args.seed).shuffle(mixture)
        texts = {f"long-{k}": mixture[k::4] for k in range(4)}
    with ProcessPoolExecutor(args.jobs) as pool:
        for index, (name, rows) in enumerate(texts.items()):
            jobs = [(args.seed * 1_000_003 + index * 100_003 + i, s) for i, s in enumerate(rows)]
            powers = pool.map(_make, jobs, chunksize=32)
            _write(args.out / f"{name}.npz", list(zip(rows, powers, strict=True)))
            print(name, len(rows), flush=True)


if __name__ == "__main__":
    main()
