"""Owns the measurement: error rates through the unchanged faster-whisper, on sentences and voices never trained on."""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from corpus import to_16k
from ctranslate2 import StorageView
from faster_whisper import WhisperModel
from features import RATE, Floats, noise
from grammar import Sentence, sentences, units
from speech import Speaker, random_speaker, synthesize


class ShortContext(WhisperModel):
    """faster-whisper with a shorter encoder context, as the product uses it."""

    frames = 3000

    def encode(self, features: np.ndarray) -> StorageView:
        """Encode the first `frames` frames."""
        return super().encode(features[..., : self.frames])


def distance(a: list[str], b: list[str]) -> int:
    """Edit distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (x != y)))
    return row[-1]


def clip(sentence: Sentence, speaker: Speaker, rng: random.Random) -> Floats:
    """One utterance at 16 kHz with up to 400 ms of silence on both sides, by way of 48 kHz."""
    audio = to_16k(synthesize(sentence.text, sentence.language, speaker), via_48k=True)
    return np.pad(audio, (rng.randrange(6400), rng.randrange(6400)))


def with_noise(audio: Floats, snr: float, seed: int) -> Floats:
    """Add noise of a random kind; `snr` in dB between the powers of the whole clips."""
    extra = noise(np.random.default_rng(seed), len(audio) / RATE + 0.01)[: len(audio)]
    ratio = np.sqrt(np.mean(audio**2) / (np.mean(extra**2) + 1e-12)) * 10 ** (-snr / 20)
    return np.asarray((audio + extra * ratio).clip(-1, 1), np.float32)


def at_level(audio: Floats, level: float) -> Floats:
    """Scale to a peak of `level` dBFS and round to 16 bits."""
    scaled = audio / np.abs(audio).max() * 10 ** (level / 20)
    return np.asarray(np.round(scaled * 32767) / 32768, np.float32)


def detect(model: WhisperModel, audio: Floats) -> str:
    """The likelier one of English and Chinese."""
    features = model.feature_extractor(audio)[:, :3000]
    padded = np.pad(features, ((0, 0), (0, 3000 - features.shape[1])))
    found = dict(model.model.detect_language(model.encode(padded))[0])
    return "en" if found["<|en|>"] > found["<|zh|>"] else "zh"


def hear(model: WhisperModel, audio: Floats, language: str, hints: str | None = None) -> str:
    """Transcribe as the product does: greedy, no fallback, no timestamps."""
    parts, _ = model.transcribe(
        audio,
        language=language,
        hotwords=hints,
        beam_size=1,
        temperature=0.0,
        without_timestamps=True,
        condition_on_previous_text=False,
    )
    return "".join(part.text for part in parts).strip()


# What a user's dictionary puts before the transcript: words that the model knows and words that it does not.
HINTS = (
    "Kubernetes",
    "Qwen, LangChain, 张伟, Dictation",
    ", ".join(["Grafana, Zookeeper, 李娜, Tailscale, Ollama"] * 5),
)

Clips = list[tuple[Sentence, Floats]]


def report(title: str, clips: Clips, transcribe: Callable[[Sentence, Floats], str], show: int) -> None:
    """Print the error rate and the share of wholly right sentences per language."""
    errors: dict[str, int] = defaultdict(int)
    totals: dict[str, int] = defaultdict(int)
    exact: dict[str, list[bool]] = defaultdict(list)
    wrong = []
    for sentence, audio in clips:
        text = transcribe(sentence, audio)
        for key in (sentence.language, "all"):
            errors[key] += distance(units(text), units(sentence.text))
            totals[key] += len(units(sentence.text))
            exact[key].append(text == sentence.text)
        if text != sentence.text:
            wrong.append(f"    {sentence.text}  ->  {text}")
    rates = [f"{k} {100 * errors[k] / totals[k]:.2f} % ({sum(exact[k])}/{len(exact[k])} exact)" for k in sorted(totals)]
    print(f"{title}: " + ", ".join(rates), *wrong[:show], sep="\n", flush=True)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--count", type=int, default=40, help="sentences per language")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--show", type=int, default=6, help="wrong sentences shown per line")
    parser.add_argument("--quick", action="store_true", help="the first line only")
    args = parser.parse_args()
    model = ShortContext(str(args.model), device="cpu", compute_type="int8")
    rng = random.Random(args.seed)
    texts = [s for k in ("en", "zh", "mixed") for s in sentences(args.seed, args.count, k, held_out=True)]

    def given(sentence: Sentence, audio: Floats, hints: str | None = None) -> str:
        return hear(model, audio, "en" if sentence.language == "en" else "zh", hints)

    unknown = [(s, clip(s, random_speaker(rng, held_out=True), rng)) for s in texts]
    began = time.monotonic()
    report("held-out sentences, held-out voices", unknown, given, args.show)
    seconds = sum(len(a) for _, a in unknown) / RATE
    print(f"speed: {(time.monotonic() - began) / seconds:.3f} of real time over {seconds:.0f} s")
    if args.quick:
        return
    report("... language detected", unknown, lambda _, a: hear(model, a, detect(model, a)), args.show)
    model.frames = 1000
    report("... context of 1000 frames", unknown, given, args.show)
    report("... 1000 frames, language detected", unknown, lambda _, a: hear(model, a, detect(model, a)), args.show)
    for hints in HINTS:
        title = f"... 1000 frames, {len(hints)} letters of hints"
        report(title, unknown, partial(given, hints=hints), 2)
    model.frames = 3000
    for level in (-35.0, -3.0):
        report(f"... peak at {level:.0f} dBFS", [(s, at_level(a, level)) for s, a in unknown], given, 0)
    for snr in (30.0, 20.0):
        report(f"... noise at {snr:.0f} dB", [(s, with_noise(a, snr, i)) for i, (s, a) in enumerate(unknown)], given, 0)
    known = [(s, clip(s, random_speaker(rng), rng)) for s in texts]
    report("held-out sentences, training voices", known, given, args.show)
    seen = [s for k in ("en", "zh", "mixed") for s in sentences(args.seed + 1, args.count, k)]
    trained = [(s, clip(s, random_speaker(rng, held_out=True), rng)) for s in seen]
    report("other sentences, held-out voices", trained, given, args.show)
    said = []
    for i in range(60):
        audio = np.zeros(RATE * 2, np.float32) if i < 4 else noise(np.random.default_rng(i), 0.5 + 0.1 * i)
        said.append(hear(model, audio * 10 ** (-(i % 12 + 1) / 4), ("en", "zh")[i % 2]))
    print(f"silence and noise: {sum(map(bool, said))} of {len(said)} made text: {sorted({s for s in said if s})}")


if __name__ == "__main__":
    main()
