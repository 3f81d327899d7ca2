"""Owns the speech: which espeak-ng voices say the sentences, and how one sentence becomes a sound file.

Only the standard library and NumPy, so that tests and demonstrations can import `speak`.
"""

from __future__ import annotations

import io
import random
import re
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Audio = npt.NDArray[np.float32]

RATE = 22_050  # Hz, what espeak-ng makes
HAN = "\u4e00-\u9fff"

# espeak-ng's voice variants ("" is the plain voice). Whispering, croaking and robot ones are left out: nobody dictates
# like that. Those held out are never heard in training: they stand for a speaker the model does not know.
HELD_OUT_VOICES = ("m6", "f4", "benjamin", "linda")
TRAINING_VOICES = (
    "", "m1", "m2", "m3", "m4", "m5", "m7", "m8", "f1", "f2", "f3", "f5",
    "Alex", "Alicia", "Andrea", "Andy", "Annie", "Denis", "Diogo", "Gene", "Henrique", "Hugo", "Jacky", "Lee",
    "Marco", "Mario", "Michael", "Mike", "adam", "anika", "antonio", "aunty", "belinda", "caleb", "david", "ed",
    "edward", "grandpa", "iven", "john", "klatt", "max", "michel", "miguel", "norbert", "pablo", "paul",
    "pedro", "quincy", "rob", "robert", "sandro", "shelby", "steph", "travis", "victor", "zac",
)  # fmt: skip
_COMMON = TRAINING_VOICES[:12]
ACCENTS = ("en-us", "en-us", "en-us", "en-gb", "en-gb-x-rp")
SPEEDS = (130, 200)  # words per minute
PITCHES = (30, 70)  # espeak-ng's own scale, 0 to 99


@dataclass(frozen=True)
class Speaker:
    """How one utterance is said; `voice` is a variant of espeak-ng and `accent` its English voice."""

    voice: str
    speed: int
    pitch: int
    accent: str


def random_speaker(rng: random.Random, held_out: bool = False) -> Speaker:
    """A speaker for training, or one of the held-out voices."""
    voices = HELD_OUT_VOICES if held_out else rng.choice((_COMMON, TRAINING_VOICES))
    return Speaker(rng.choice(voices), rng.randint(*SPEEDS), rng.randint(*PITCHES), rng.choice(ACCENTS))


def _espeak(text: str, base: str, speaker: Speaker) -> Audio:
    voice = f"{base}+{speaker.voice}" if speaker.voice else base
    options = ["-v", voice, "-s", str(speaker.speed), "-p", str(speaker.pitch)]
    # "--" because a text may begin with a dash.
    done = subprocess.run(["espeak-ng", *options, "--stdout", "--", text], check=True, capture_output=True)
    with wave.open(io.BytesIO(done.stdout)) as file:
        if file.getframerate() != RATE:
            raise ValueError(f"espeak-ng made {file.getframerate()} Hz instead of {RATE}")
        # Streamed WAV files carry a nonsense length: read what there is.
        samples = np.frombuffer(file.readframes(1 << 30), np.int16)
    return np.asarray(samples / 32768, np.float32)


def _trim(audio: Audio, threshold: float = 0.01, margin: int = RATE // 60) -> Audio:
    loud = np.flatnonzero(np.abs(audio) > threshold)
    return audio[max(0, loud[0] - margin) : loud[-1] + margin] if len(loud) else audio[:0]


def synthesize(text: str, language: str, speaker: Speaker) -> Audio:
    """Say `text` ("en", "zh" or "mixed"): mono samples in -1..1 at 22,050 Hz.

    espeak-ng garbles Chinese after a Latin word ("bu4" becomes "buh four"), so each run of one script is said by the
    voice of its own language, and the pieces are put together with the short gap that a speaker leaves.
    """
    if language == "en":
        return _trim(_espeak(text, speaker.accent, speaker))
    gap = np.zeros(RATE // 40, np.float32)
    pieces: list[Audio] = []
    for run in re.findall(rf"[{HAN}]+|[^{HAN}]+", text):
        if run.strip():
            base = "cmn" if re.match(f"[{HAN}]", run) else speaker.accent
            pieces += [_trim(_espeak(run.strip(), base, speaker)), gap]
    return np.concatenate(pieces[:-1]) if pieces else gap[:0]


def speak(
    text: str, language: str, voice: str, speed: int, pitch: int, path: str | Path, accent: str = "en-us"
) -> None:
    """Write `text` as a 16-bit mono WAV file at 22,050 Hz, with 100 ms of silence on both sides."""
    audio = synthesize(text, language, Speaker(voice, speed, pitch, accent))
    edge = np.zeros(RATE // 10, np.float32)
    samples = (np.concatenate([edge, audio, edge]).clip(-1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
