"""Owns what the sound is like where it is most like speech: how periodic, how varied, how far above the room."""

from __future__ import annotations

import functools
import math

import numpy as np
import numpy.typing as npt

from dictation.core.evidence import WINDOW_SECONDS, SpeechBurst
from dictation.core.types import RATE

Samples = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]

WINDOW = 512  # samples between two looks: a window of the voice activity
LOOK = 2 * WINDOW  # samples of one look: several periods of a deep voice
REACH = 10  # windows on both sides of the most voiced one: 0.67 s in all, a short word with its ends
MOST = 3  # stretches of one recording
BRIEF, STEADY = 5, 9  # windows, 0.16 and 0.29 s
SURE = 1e-3  # a probability is never nearer to 0 and 1 than this

DEEPEST, HIGHEST = 60, 600  # Hz, of voices
HEARD = 2500  # Hz: above, a voice is hardly periodic
BANDS, SHAPES = 20, 4  # of the mel spectrum, and cepstral coefficients of it that tell one sound from another
CLEAREST = 5  # windows
FAINT = 20  # dB below the loudest window: not looked at
MOST_ABOVE = 30.0  # dB
SILENCE = 1e-5  # RMS: digital silence says nothing about the room


def most_like_speech(voice: Samples) -> list[int]:
    """The windows around which speech is most likely, the likeliest first; no two of them share a stretch."""
    likely = _odds(voice)
    smooth = np.convolve(np.pad(likely, BRIEF // 2, mode="edge"), np.ones(BRIEF) / BRIEF, "valid")
    centres: list[int] = []
    while len(centres) < MOST and np.isfinite(smooth).any():
        best = int(smooth.argmax())
        centres.append(best)
        smooth[max(0, best - 2 * REACH) : best + 2 * REACH + 1] = -np.inf
    return centres


def describe(centre: int, voice: Samples, sound: Samples, levels: Samples) -> SpeechBurst:
    """The stretch around window ``centre``.

    ``voice``: the probabilities of all windows. ``sound``: the conditioned samples from ``reach(centre)`` on.
    ``levels``: RMS of all 20 ms frames of the recording, conditioned too.
    """
    first, last = reach(centre, len(voice))
    inside = voice[first:last]
    spectra = _spectra(sound, last - first)
    loudness = 10 * np.log10(spectra.sum(1) + 1e-9)
    loud = loudness >= loudness.max() - FAINT
    shapes = _shapes(spectra[loud])
    varied = float(shapes.std(0).mean()) if len(shapes) > 1 else 0.0
    frames = levels[int(first * WINDOW_SECONDS * 50) : math.ceil(last * WINDOW_SECONDS * 50)]
    return SpeechBurst(
        first * WINDOW_SECONDS,
        _best(inside, BRIEF),
        _best(inside, STEADY),
        float(np.sort(_periodic(spectra))[-CLEAREST:].mean()),
        varied,
        _above(frames, levels),
    )


def reach(centre: int, count: int) -> tuple[int, int]:
    """First window of the stretch around ``centre``, and the one after its last, in a recording of ``count``."""
    return max(0, centre - REACH), min(count, centre + REACH + 1)


def _odds(chances: Samples) -> Numbers:
    sure = np.clip(chances.astype(np.float64), SURE, 1 - SURE)
    return np.asarray(np.log(sure / (1 - sure)))


def _best(chances: Samples, count: int) -> float:
    """The highest mean of ``count`` windows in a row; what is missing of a short recording counts as no speech."""
    padded = np.pad(chances, (0, max(0, count - len(chances))))
    return float(np.convolve(padded, np.ones(count) / count, "valid").max())


def _spectra(sound: Samples, count: int) -> Numbers:
    """Power spectra of ``count`` looks, each around its window, zero-padded to twice its length."""
    padded = np.pad(sound, (0, max(0, (count + 1) * WINDOW - len(sound))))
    looks = np.lib.stride_tricks.sliding_window_view(padded, LOOK)[::WINDOW][:count]
    return np.square(np.abs(np.fft.rfft(looks * _taper(), 2 * LOOK)))


def _periodic(spectra: Numbers) -> Numbers:
    """0 to 1 for each look: the highest peak of its autocorrelation where the pitch of a voice can be."""
    hertz = np.fft.rfftfreq(2 * LOOK, 1 / RATE)
    same = np.fft.irfft(spectra * ((hertz >= 80) & (hertz <= HEARD)))[:, :LOOK]
    same = same / (same[:, :1] + 1e-12) / _taper_alone()
    low, high = RATE // HIGHEST, RATE // DEEPEST
    inside = same[:, low:high]
    peaks = (inside >= same[:, low - 1 : high - 1]) & (inside >= same[:, low + 1 : high + 1])
    return np.asarray(np.clip(np.where(peaks, inside, 0.0).max(1), 0.0, 1.0))


def _shapes(spectra: Numbers) -> Numbers:
    """The first cepstral coefficients of each look, without the loudness."""
    return np.asarray(np.log(spectra[:, ::2] @ _bands().T + 1e-7) @ _cosines().T)


def _above(frames: Samples, levels: Samples) -> float:
    sounding = levels[levels > SILENCE]
    if not len(sounding) or not len(frames):
        return 0.0
    loudest = max(float(frames.max()), SILENCE)
    return min(MOST_ABOVE, max(0.0, 20 * math.log10(loudest / float(np.percentile(sounding, 10)))))


@functools.cache
def _taper() -> Samples:
    return np.hanning(LOOK + 1)[:-1].astype(np.float32)


@functools.cache
def _taper_alone() -> Numbers:
    """The autocorrelation of the taper: a steady tone would otherwise seem less periodic the deeper it is."""
    same = np.fft.irfft(np.square(np.abs(np.fft.rfft(_taper(), 2 * LOOK))))[:LOOK]
    return np.asarray(np.maximum(same / same[0], 1e-3))


@functools.cache
def _bands() -> Numbers:
    """Triangles on the mel scale from 100 to 7600 Hz."""
    ends = np.linspace(2595 * math.log10(1 + 100 / 700), 2595 * math.log10(1 + 7600 / 700), BANDS + 2)
    low, middle, high = (700 * (10 ** (part / 2595) - 1) for part in (ends[:-2], ends[1:-1], ends[2:]))
    hertz = np.fft.rfftfreq(LOOK, 1 / RATE)[:, None]
    return np.asarray(np.maximum(0, np.minimum((hertz - low) / (middle - low), (high - hertz) / (high - middle))).T)


@functools.cache
def _cosines() -> Numbers:
    return np.asarray(
        np.cos(np.pi / BANDS * np.outer(np.arange(1, SHAPES + 1), np.arange(BANDS) + 0.5)) * math.sqrt(2 / BANDS) / 3
    )
