"""Made sounds for the gate: noise of eighteen kinds, and short words by espeak-ng as they are said in a room."""

from __future__ import annotations

import functools
import io
import subprocess
import wave

import numpy as np
import numpy.typing as npt

from dictation.core.types import RATE

Samples = npt.NDArray[np.float32]
Wave = npt.NDArray[np.float64]

KINDS = (
    "dither", "white", "pink", "brown", "fan", "hum", "buzz", "tone", "sweep", "alarm", "keys", "clicks", "bump",
    "breath", "coughs", "rain", "music", "zero",
)  # fmt: skip
WORDS = (
    *((word, "en-us") for word in ("yes", "no", "ok", "ls", "go", "hi", "stop", "cd", "git", "up", "run", "two")),
    *((word, "cmn") for word in ("好", "是", "对", "不", "嗯", "行", "停", "一")),
)
"""Short words of both languages and espeak-ng's voice for them."""

WAYS = {"clean": (45, -25), "quiet": (35, -55), "noisy": (12, -30)}
"""How a word is said: dB above the room's pink noise, and its own dBFS."""

VARIANTS = (("", 160), ("+f2", 190), ("+m3", 140))
"""espeak-ng's voice variants and words a minute."""


def at(sound: Wave | Samples, db: float) -> Samples:
    """``sound`` with an RMS of ``db`` dBFS."""
    rms = float(np.sqrt(np.mean(np.square(sound))))
    return (sound * (10 ** (db / 20) / rms if rms else 0.0)).astype(np.float32)


def noise(kind: str, seconds: float, db: float, seed: int = 7) -> Samples:
    """``seconds`` of ``kind``, at 16 kHz."""
    random, count = np.random.default_rng(seed), round(seconds * RATE)
    time, white = np.arange(count) / RATE, random.standard_normal(count)
    hertz = random.uniform(100, 1500)
    match kind:
        case "dither":
            made = np.round(0.7 * white)
        case "pink" | "brown":
            made = _coloured(white, {"pink": 0.5, "brown": 1.0}[kind])
        case "fan":
            made = _coloured(white, 0.5) + 0.7 * _harmonics(time, 97, 2)
        case "hum" | "buzz":
            made = _harmonics(time, 50, 8) if kind == "hum" else _harmonics(time, 120, 30, slope=0)
            made += 0.01 * white
        case "tone" | "alarm":
            made = np.sin(2 * np.pi * hertz * time) * (1 if kind == "tone" else (2 * time) % 1 < 0.5)
        case "sweep":
            made = np.sin(2 * np.pi * (100 + 200 * np.abs((time / 2) % 2 - 1)) * time) + 0.01 * white
        case "keys" | "clicks":
            made = 0.003 * white + _bursts(random, count, 6 if kind == "keys" else 2, 0.006)
        case "bump":
            shape = np.sin(2 * np.pi * 80 * time) * np.exp(-time / 0.06)
            made = 0.003 * white + np.roll(shape, count // 3)
        case "breath":
            made = _coloured(white, 0.3) * np.maximum(0, np.sin(2 * np.pi * time / 3)) ** 2
        case "coughs":
            made = 0.003 * white + _bursts(random, count, 0.5, 0.08)
        case "rain":
            made = 0.3 * white + _bursts(random, count, 100, 0.001)
        case "music":
            made = _chords(random, time)
        case "zero":
            made = np.zeros(count)
        case _:
            made = white
    return at(made, db)


@functools.cache
def word(text: str, voice: str, speed: int = 160) -> Samples:
    """``text`` by espeak-ng without the silence around it, at 16 kHz."""
    import soxr

    command = ["espeak-ng", "-v", voice, "-s", str(speed), "--stdout", "--", text]
    done = subprocess.run(command, check=True, capture_output=True, timeout=30)
    with wave.open(io.BytesIO(done.stdout)) as file:
        said = np.frombuffer(file.readframes(1 << 24), "<i2").astype(np.float32) / 32768
        said = soxr.resample(said, file.getframerate(), RATE)
    loud = np.flatnonzero(np.abs(said) > 0.01)
    alone: Samples = said[max(0, loud[0] - 200) : loud[-1] + 400]
    return alone


def in_a_room(said: Samples, above: float, db: float, lead: float = 0.3, tail: float = 0.3, seed: int = 7) -> Samples:
    """``said`` at ``db`` dBFS, ``above`` dB over pink noise, with ``lead`` and ``tail`` seconds of it around."""
    room = noise("pink", lead + tail + len(said) / RATE, db - above, seed)
    start = round(lead * RATE)
    room[start : start + len(said)] += at(said, db)[: len(room) - start]
    return room


def _coloured(white: Wave, slope: float) -> Wave:
    hertz = np.maximum(np.fft.rfftfreq(len(white), 1 / RATE), 20)
    made = np.fft.irfft(np.fft.rfft(white) / hertz**slope, len(white))
    return np.asarray(made / made.std())


def _harmonics(time: Wave, hertz: float, count: int, slope: float = 1) -> Wave:
    """Partials 1 to ``count``; without a common phase, so that they do not all peak at once."""
    parts = [np.sin(2 * np.pi * hertz * n * time + n * n) / n**slope for n in range(1, count + 1)]
    return np.asarray(np.sum(parts, axis=0))


def _bursts(random: np.random.Generator, count: int, rate: float, decay: float) -> Wave:
    """``rate`` noise bursts a second that die away in ``decay`` seconds."""
    made, longest = np.zeros(count), min(count, round(6 * decay * RATE))
    for start in random.integers(0, max(1, count - longest), max(1, round(count / RATE * rate))):
        burst = random.standard_normal(longest) * np.exp(-np.arange(longest) / RATE / decay)
        made[start : start + longest] += random.uniform(0.3, 1) * burst
    return made


def _chords(random: np.random.Generator, time: Wave) -> Wave:
    """Two plucked triads a second, and a drum on each."""
    made, step = np.zeros(len(time)), RATE // 2
    for start in range(0, len(time), step):
        part = time[start : start + step] - time[start]
        base = random.choice([220, 262, 294, 330, 392])
        chord = np.sum([_harmonics(part, base * ratio, 5, 1.5) for ratio in (1, 1.26, 1.5)], axis=0)
        drum = random.standard_normal(len(part)) * np.exp(-part / 0.02)
        made[start : start + step] = chord * np.exp(-3 * part) + drum
    return made
