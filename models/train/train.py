"""Owns the training: the schedule in stages, the batches and the loop."""

from __future__ import annotations

import argparse
import math
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Before PyTorch is loaded: keep the kernels of all batch shapes, not only of the last few.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384")

import torch
from corpus import Clip, load, noises
from features import Mixer
from grammar import join, phrases, salads, sentences
from model import Mini, Shape
from tokenizer import (
    END,
    NO_SPEECH,
    NO_TIMESTAMPS,
    PREVIOUS,
    START,
    TIME_ZERO,
    TRANSCRIBE,
    VOCABULARY_SIZE,
    text_ids,
)
from tokenizers import Tokenizer

IGNORE = -100
LAST_TIME = 620  # timestamps are learned up to 12.4 s


@dataclass(frozen=True)
class Stage:
    """One part of the schedule. The learning rate falls linearly from `rate` to `final`."""

    name: str
    steps: int
    rate: float
    final: float
    frames: int  # frames in a batch, padding included
    longest: int = 1_000  # frames of the longest clip taken
    strength: float = 1.0  # of noise and level, see `Mixer`
    sentences: float = 0.0  # share of batches from the long clips
    padded: float = 0.0  # share of batches padded to any length up to 15 s
    full: float = 0.0  # share of batches padded to Whisper's whole 30 s
    prompted: float = 0.0  # share of batches with an earlier text before the transcript
    joined: float = 0.0  # share of long clips that are two in a row


# Starting with sentences never works: the decoder learns the grammar and stops listening; nor does starting with loud
# noise. Single clean words teach it to listen; then short clips, half of them words in no order; then sentences; then
# padding of any length, since faster-whisper pads to 30 s.
STAGES = (
    Stage("words", 1_200, 2e-3, 2e-3, 6_500, longest=90, strength=0.0),
    Stage("phrases", 900, 2e-3, 1.2e-3, 9_000, strength=0.4),
    Stage("sentences", 3_050, 1.5e-3, 5e-4, 12_000, sentences=0.7, padded=0.1, full=0.05, prompted=0.03, joined=0.05),
    Stage("padding", 1_150, 5e-4, 0.0, 12_000, sentences=0.75, padded=0.2, full=0.12, prompted=0.08, joined=0.1),
)


class Rows:
    """The tokens in use, numbered from 0; every other token is the last row."""

    def __init__(self, tokenizer: Tokenizer, seed: int) -> None:
        self.tokenizer = tokenizer
        texts = {s.text for s in phrases(seed, 20_000) + salads(seed, 20_000)}
        for held_out in (False, True):
            texts |= {s.text for s in sentences(seed + 1, 20_000, held_out=held_out)}
        zero = self.token(TIME_ZERO)
        names = (END, START, TRANSCRIBE, PREVIOUS, NO_SPEECH, NO_TIMESTAMPS, "<|en|>", "<|zh|>")
        used = {i for text in texts for i in text_ids(tokenizer, text)}
        used |= {self.token(name) for name in names} | set(range(zero, zero + LAST_TIME + 1))
        self.ids = sorted(used)
        self._row = {token: row for row, token in enumerate(self.ids)}
        self.zero = self._row[zero]
        # Special tokens come after all text in Whisper's vocabulary.
        self.text_rows = self._row[self.token(END)]

    def token(self, name: str) -> int:
        """The id of a special token."""
        found = self.tokenizer.token_to_id(name)
        if found is None:
            raise ValueError(f"the tokenizer has no {name}")
        return int(found)

    def special(self, name: str) -> int:
        """The row of a special token."""
        return self._row[self.token(name)]

    def text(self, text: str) -> list[int]:
        """The rows of a transcript."""
        return [self._row.get(i, len(self.ids)) for i in text_ids(self.tokenizer, text)]

    def knows(self, text: str) -> bool:
        """True if every token of the transcript is in use."""
        return max(self.text(text)) < self.text_rows


@dataclass(frozen=True)
class Batch:
    """One step's input; see `Mini.losses` for the shapes."""

    features: torch.Tensor
    rows: torch.Tensor
    labels: torch.Tensor
    spoken: list[list[int]]
    ends: list[int]


class Batches:
    """Draws batches for a stage."""

    def __init__(self, rows: Rows, short: list[Clip], long: list[Clip], seed: int) -> None:
        self._rows, self._short, self._long = rows, short, long
        self._rng = random.Random(seed)
        self._seed = seed
        self._mixer = Mixer([], 0.0, seed)

    def stream(self, stage: Stage) -> Iterator[Batch]:
        """Batches without end: clips of like length together, as many as fit."""
        rng = self._rng
        self._mixer = Mixer(noises(self._seed), stage.strength, self._seed)
        short = [c for c in self._short if c.power.shape[1] <= stage.longest]
        while True:
            clips = self._long if rng.random() < stage.sentences else short
            pool: list[Clip | None] = list(rng.choices(clips, k=1200))
            if clips is self._long:
                pool = [self._join(c, rng.choice(clips)) if rng.random() < stage.joined else c for c in pool if c]
            pool = [None if rng.random() < 0.06 else c for c in pool]
            pool.sort(key=lambda c: c.power.shape[1] if c else rng.randrange(50, min(300, stage.longest)))
            parts: list[tuple[list[Clip | None], int]] = []
            while pool:
                kind = rng.random()
                longest = (pool[-1].power.shape[1] if pool[-1] else 300) + self._mixer.edge
                length = longest + rng.randrange(0, self._mixer.edge)
                if kind < stage.full:
                    length = 3000
                elif kind < stage.full + stage.padded:
                    length += int((1500 - min(1500, length)) * rng.random())
                # Few different shapes: oneDNN prepares its kernels for each anew, which takes longer than to use them.
                unit = 40 if length <= 400 else 100
                length = min(3000, -(-length // unit) * unit)
                size = max(3, stage.frames // length)
                if size <= len(pool):
                    parts.append((pool[-size:], length))
                del pool[-size:]
            rng.shuffle(parts)
            for chosen, length in parts:
                yield self._batch(stage, chosen, length)

    def _join(self, first: Clip, second: Clip) -> Clip:
        total = first.power.shape[1] + second.power.shape[1]
        if total > 800 or (first.language == "en") != (second.language == "en"):
            return first
        text = join([first.text, second.text])
        if not self._rows.knows(text):
            return first
        gap = torch.full((80, self._rng.randrange(5, 50)), -23.0).numpy().astype(first.power.dtype)
        power = torch.cat([torch.from_numpy(p) for p in (first.power, gap, second.power)], dim=1).numpy()
        return Clip(text, first.language, power)

    def _batch(self, stage: Stage, clips: list[Clip | None], length: int) -> Batch:
        rng, rows = self._rng, self._rows
        features, ends = self._mixer.batch([c.power.astype("float32") if c else None for c in clips], length)
        prompt: list[int] = []
        if rng.random() < stage.prompted:
            words = rows.text(rng.choice(self._long).text) * 8 + [len(rows.ids)] * 60
            prompt = [rows.special(PREVIOUS), *rng.choices(words, k=rng.choice((4, 8, 16, 30, 60, 200)))]
        sequences, labels, spoken = [], [], []
        for clip, end in zip(clips, ends, strict=True):
            spoken_in = clip.language if clip else rng.choice(("en", "zh"))
            language = rows.special("<|en|>" if spoken_in == "en" else "<|zh|>")
            timed = rng.random() < 0.15 and end // 2 <= LAST_TIME
            text = rows.text(clip.text) if clip else []
            first = rows.zero if timed else rows.special(NO_TIMESTAMPS)
            tail = [rows.zero + end // 2] if timed and clip else []
            sequence = [rows.special(START), language, rows.special(TRANSCRIBE), first, *text, *tail, rows.special(END)]
            wanted = sequence[1:]
            if clip is None:
                # Whisper's own mark for silence; and if the transcript is asked for all the same, it is empty.
                wanted = [rows.special(NO_SPEECH), IGNORE, IGNORE, rows.special(END)]
            sequences.append(prompt + sequence[:-1])
            labels.append([IGNORE] * len(prompt) + wanted)
            spoken.append(text)
        longest = -(-max(map(len, sequences)) // 8) * 8
        fill = rows.special(END)
        return Batch(
            features,
            torch.tensor([s + [fill] * (longest - len(s)) for s in sequences]),
            torch.tensor([x + [IGNORE] * (longest - len(x)) for x in labels]),
            spoken,
            ends,
        )


def run(model: Mini, batches: Batches, stage: Stage, limit_minutes: float, save: Callable[[], None]) -> None:
    """Train for one stage; `save` is called now and then."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=stage.rate, weight_decay=0.01, betas=(0.9, 0.98))
    smooth: dict[str, float] = {}
    began, waited, clips = time.monotonic(), 0.0, 0
    stream = batches.stream(stage)
    steps = stage.steps
    for step in range(steps):
        minutes = (time.monotonic() - began) / 60
        done = max(step / steps, minutes / limit_minutes)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = min(1.0, (step + 1) / 200) * (stage.rate + (stage.final - stage.rate) * done)
        asked = time.monotonic()
        batch = next(stream)
        waited += time.monotonic() - asked
        with torch.autocast("cpu", dtype=torch.bfloat16):
            entropy, ctc, right = model.losses(batch.features, batch.rows, batch.labels, batch.spoken, batch.ends)
        loss = entropy + ctc
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        if math.isfinite(float(norm)):
            optimizer.step()
        clips += len(batch.ends)
        for name, value in (("entropy", entropy.item()), ("ctc", ctc.item()), ("wrong", 1 - right.item())):
            smooth[name] = 0.98 * smooth.get(name, value) + 0.02 * value
        if (step + 1) % 50 == 0:
            figures = " ".join(f"{k} {v:.4f}" for k, v in smooth.items())
            print(f"{stage.name} {step + 1} {minutes:.1f} min {figures} clips {clips} wait {waited:.0f} s", flush=True)
        if (step + 1) % 400 == 0:
            save()


def main() -> None:
    """Run the schedule, or one stage of it from the checkpoint before it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that corpus.py wrote")
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("out", type=Path, help="folder for the checkpoints")
    parser.add_argument("--stage", choices=[s.name for s in STAGES], help="only this stage")
    parser.add_argument("--start", type=Path, help="begin with this checkpoint")
    parser.add_argument("--limit", type=float, default=1e9, help="minutes per stage; the rate falls in that time")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_flush_denormal(True)
    rows = Rows(Tokenizer.from_file(str(args.tokenizer)), args.seed)
    model = Mini(Shape(), len(rows.ids), rows.text_rows, VOCABULARY_SIZE)
    print(f"{len(rows.ids)} tokens, {sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters", flush=True)
    if args.start:
        saved: dict[str, Any] = torch.load(args.start)
        model.load_state_dict(saved["model"])
    short = load(args.data / "short.npz")
    long = [c for k in range(4) if (path := args.data / f"long-{k}.npz").exists() for c in load(path)]
    short, long = ([c for c in clips if rows.knows(c.text)] for clips in (short, long))
    args.out.mkdir(parents=True, exist_ok=True)
    for stage in STAGES:
        if args.stage not in (None, stage.name):
            continue

        def save(path: Path = args.out / f"{stage.name}.pt") -> None:
            staged = path.with_suffix(".new")
            torch.save({"model": model.state_dict(), "ids": rows.ids}, staged)
            staged.replace(path)

        run(model, Batches(rows, short, long, args.seed + STAGES.index(stage)), stage, args.limit, save)
        save()


if __name__ == "__main__":
    main()
