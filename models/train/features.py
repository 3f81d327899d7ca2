"""Owns what the model hears: log-mel features as faster-whisper makes them, and every change made to them in training.

Clips are stored as ln(mel power) before Whisper's normalisation. There a louder clip is a sum, a mixture is a log of a
sum, and silence is a constant, so level, noise and silence can be drawn anew for every batch at almost no cost.
"""

from __future__ import annotations

import functools
import math

import numpy as np
import numpy.typing as npt
import torch
from faster_whisper.feature_extractor import FeatureExtractor

Floats = npt.NDArray[np.float32]

RATE = 16_000  # Hz
HOP = 160  # samples between frames: 10 ms
MELS = 80
_WINDOW = 400  # samples
SILENCE = math.log(1e-10)  # Whisper's floor
LN10 = math.log(10)


@functools.cache
def _filters() -> Floats:
    return np.asarray(FeatureExtractor.get_mel_filters(RATE, _WINDOW, MELS), np.float32)


def log_power(audio: Floats) -> Floats:
    """ln of mel power, [80, frames], of mono samples at 16 kHz; one frame per 10 ms."""
    padded = np.pad(np.pad(audio, (0, HOP)), _WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::HOP][:-1]
    window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)).astype(np.float32) ** 2
    return np.asarray(np.log(np.maximum(_filters() @ power.T, 1e-10)), np.float32)


def whisper_features(power: Floats) -> Floats:
    """Whisper's normalisation of ln mel power: what faster-whisper hands to the encoder."""
    return normalise(torch.from_numpy(power)[None], torch.ones(1, 1, power.shape[1], dtype=torch.bool))[0].numpy()


def normalise(power: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
    """Whisper's normalisation of ln mel power [batch, 80, frames]; frames that are not valid [batch, 1, frames] are 0.

    Zero, not silence: faster-whisper pads after this step, in the feature domain.
    """
    log10 = power.clamp(min=SILENCE) / LN10
    peak = log10.masked_fill(~valid, -100.0).amax(dim=(1, 2), keepdim=True)
    return ((torch.maximum(log10, peak - 8.0) + 4.0) / 4.0) * valid


def noise(rng: np.random.Generator, seconds: float) -> Floats:
    """Noise of a random kind at 16 kHz, peak 1: white, pink, brown, a fan, key clicks, mains hum or two of them."""
    n = int(seconds * RATE)
    kind = rng.integers(7)
    if kind == 6:
        mixture = noise(rng, seconds) + rng.uniform(0.1, 1) * noise(rng, seconds)
        return np.asarray(mixture / (np.abs(mixture).max() + 1e-6), np.float32)
    t = np.arange(n) / RATE
    if kind < 4:
        # White 0, pink 1, brown 2; a fan is steep noise and the tone of its blades.
        slope = (0.0, 0.5, 1.0, 0.8)[kind]
        spectrum = np.fft.rfft(rng.standard_normal(n))
        spectrum /= np.maximum(np.arange(len(spectrum)), 20 * n / RATE) ** slope
        x = np.fft.irfft(spectrum, n)
        x /= np.abs(x).max()
        if kind == 3:
            base = rng.uniform(60, 220)
            x += sum(rng.uniform(0, 0.3) / k * np.sin(2 * np.pi * base * k * t) for k in range(1, 5))
    elif kind == 4:
        x = rng.standard_normal(n) * 1e-4
        for _ in range(rng.integers(1, 2 + int(6 * seconds))):
            length = int(rng.integers(80, 800))
            at = int(rng.integers(0, max(1, n - length)))
            click = rng.standard_normal(length) * np.exp(-np.arange(length) / rng.uniform(15, 150))
            x[at : at + length] += rng.uniform(0.2, 1) * click[: n - at]
    else:
        base = rng.choice((50.0, 60.0))
        x = sum(rng.uniform(0, 1) / k * np.sin(2 * np.pi * base * k * t + k) for k in range(1, 12))
        x = np.asarray(x) + 1e-3 * rng.standard_normal(n)
    return np.asarray(x / (np.abs(x).max() + 1e-6), np.float32)


class Mixer:
    """Turns stored clips into a batch: random level, silence around the speech, noise behind it, a dulled treble."""

    def __init__(self, noises: list[Floats], strength: float, seed: int) -> None:
        """`noises` are ln mel powers [80, frames]; `strength` 0 changes little, 1 as much as a desk does."""
        self._strength = strength
        self.edge = round(10 + 30 * strength)  # frames of silence at most before and after the speech
        self._noises = noises
        self._rng = np.random.default_rng(seed)

    def _noise(self, frames: int) -> Floats:
        clip = self._noises[self._rng.integers(len(self._noises))]
        start = int(self._rng.integers(clip.shape[1]))
        return np.take(clip, np.arange(start, start + frames), axis=1, mode="wrap")

    def batch(self, clips: list[Floats | None], length: int) -> tuple[torch.Tensor, list[int]]:
        """Features [batch, 80, frames] and per clip the frame at which its speech ends.

        A clip of None is one without speech. The batch is `length` frames long; the rest of it is zero.
        """
        rng = self._rng
        frames = [clip.shape[1] if clip is not None else 0 for clip in clips]
        leads = [min(int(rng.integers(0, self.edge + 1)), length - n) for n in frames]
        ends = [lead + n for lead, n in zip(leads, frames, strict=True)]
        stops = [min(end + int(rng.integers(0, self.edge + 1)), length) for end in ends]
        stops = [stop if n else int(rng.integers(30, length + 1)) for stop, n in zip(stops, frames, strict=True)]
        speech = np.full((len(clips), MELS, length), SILENCE, np.float32)
        behind = np.full((len(clips), MELS, length), SILENCE, np.float32)
        for i, clip in enumerate(clips):
            stop = stops[i]
            # ln power of 1 dB is ln(10) / 10.
            if clip is None:
                if rng.random() < 0.9:
                    behind[i, :, :stop] = self._noise(stop) + rng.uniform(-80, -6) * LN10 / 10
                continue
            level = rng.uniform(-6 - 26 * self._strength, 3) * LN10 / 10
            speech[i, :, leads[i] : ends[i]] = clip + level
            if rng.random() < 0.3 * self._strength:
                # Resamplers and microphones differ most in the treble.
                corner = int(rng.integers(40, MELS))
                speech[i, corner:] -= np.linspace(0, rng.uniform(0, 4), MELS - corner, dtype=np.float32)[:, None]
            if rng.random() < 0.25 + 0.4 * self._strength:
                ratio = -rng.uniform(40 - 28 * self._strength, 60) * LN10 / 10
                hiss = self._noise(stop)
                behind[i, :, :stop] = hiss - hiss.max() + float(clip.max()) + level + ratio
        power = torch.logaddexp(torch.from_numpy(speech), torch.from_numpy(behind))
        valid = torch.arange(length)[None, None] < torch.tensor(stops)[:, None, None]
        return normalise(power, valid), ends
