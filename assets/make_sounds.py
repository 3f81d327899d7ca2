"""Makes sounds/begin.wav and sounds/end.wav: two soft notes each, up for listening, down for done.

    python assets/make_sounds.py

Sine tones with a little of the octave, a 12 ms rise so that nothing clicks, and a decay like a struck bar. The peak is
-20 dB of full scale: quieter than most things a desktop plays.
"""

from __future__ import annotations

import array
import math
import sys
import wave
from pathlib import Path

RATE = 44_100
PEAK = 0.1
RISE_SECONDS = 0.012
DECAY_SECONDS = 0.055
NOTES = {"begin": (587.33, 880.0), "end": (880.0, 587.33)}
"""Hz: D5 and A5, a fifth apart."""

APART_SECONDS = 0.085
LENGTH_SECONDS = 0.36


def note(hertz: float, at: float) -> float:
    """One note's sample ``at`` seconds after it was struck."""
    if at < 0:
        return 0.0
    rise = min(1.0, at / RISE_SECONDS)
    tone = math.sin(2 * math.pi * hertz * at) + 0.18 * math.sin(4 * math.pi * hertz * at)
    return tone * rise * rise * math.exp(-at / DECAY_SECONDS)


def make(notes: tuple[float, ...]) -> array.array[int]:
    """16-bit samples of ``notes``, one after the other, faded out to nothing."""
    count = round(LENGTH_SECONDS * RATE)
    plain = [sum(note(hertz, i / RATE - n * APART_SECONDS) for n, hertz in enumerate(notes)) for i in range(count)]
    loudest = max(abs(each) for each in plain)
    faded = [each / loudest * PEAK * min(1.0, (count - i) / (0.03 * RATE)) for i, each in enumerate(plain)]
    return array.array("h", (round(each * 32767) for each in faded))


def main() -> int:
    folder = Path(__file__).resolve().parent / "sounds"
    folder.mkdir(exist_ok=True)
    for name, notes in NOTES.items():
        samples = make(notes)
        if sys.byteorder == "big":
            samples.byteswap()
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
