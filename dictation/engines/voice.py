"""Owns voice activity: how loud a recording is, and how likely each 32 ms of it is to be speech."""

from __future__ import annotations

import functools
import math
import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from dictation.core.evidence import Evidence, SpeechBurst
from dictation.core.types import RATE
from dictation.engines import speech_shape

Samples = npt.NDArray[np.float32]

WINDOW = 512  # samples: the only window Silero takes at 16 kHz
CONTEXT = 64  # samples of the window before, which Silero sees in front of each window
FRAME = RATE // 50  # samples: 20 ms, what loudness is measured over
BLOCK = 1000 * WINDOW  # samples: 32 s are worked on at a time, so that half an hour costs no more memory
TAPS = 1024  # samples until the high-pass has forgotten: its ringing is 1e-18 by then

CUTOFF = 150.0  # Hz: below are fans, mains hum and desks, hardly any speech
TARGET = 10 ** (-25 / 20)  # RMS of the louder frames that Silero judges best
MAX_GAIN = 10 ** (40 / 20)  # more would make speech of the converter's own hiss
LEAD = 8 * WINDOW  # samples of silence before the recording
LOUD_SHARE = 0.05  # of the frames are louder than the one that sets the gain,
REMEMBERED = 3000  # frames, the last minute: what a follower's gain is set by
LOUD_FRAMES = 15  # but never more than 0.3 s of them: one word in a long silence must not be overdriven


def measure(samples: bytes) -> Evidence:
    """Peak of the raw audio, and one speech probability per 512 samples of a conditioned copy of it.

    ``samples`` is float32 little endian mono at 16 kHz; the last window is filled up with silence. The copy is
    high-passed, and amplified so that its louder 20 ms frames have -25 dBFS: without that, half of the short words at
    -70 dBFS are lost (measured with Silero v6). Nothing is decided here.
    """
    audio = np.frombuffer(samples, "<f4")
    if not len(audio):
        return Evidence(0.0, 0.0)
    peak = max(float(np.abs(block).max()) for block in _blocks(audio))
    # What is short is kept between the two looks at it; what is long is filtered twice, and takes no memory.
    kept = list(_high_passed(audio)) if len(audio) <= BLOCK else None
    levels = np.concatenate([_frame_levels(block) for block in kept or _high_passed(audio)])
    gain = _gain_for(levels)
    silero = _Silero()
    voice = np.array(
        [chance for block in kept or _high_passed(audio) for chance in silero.hear(block * gain)], np.float32
    )
    best = tuple(_stretch(centre, audio, voice, levels * gain, gain) for centre in speech_shape.most_like_speech(voice))
    return Evidence(len(audio) / RATE, min(1.0, peak), tuple(voice.tolist()), best)


class Follower:
    """Speech probabilities of a recording that is still growing; its gain follows what has been heard so far.

    What comes out depends on the sound alone, and never on the pieces in which it is handed over.
    """

    def __init__(self) -> None:
        self._past = np.zeros(TAPS - 1, np.float32)
        self._unframed = np.zeros(0, np.float32)
        self._levels = np.zeros(0, np.float32)
        self._voice = _Silero()

    def hear(self, samples: bytes) -> tuple[float, ...]:
        """One probability per window of the next samples, which are a whole number of windows."""
        joined = np.concatenate([self._past, *_blocks(np.frombuffer(samples, "<f4"))])
        if len(joined) < len(self._past) + WINDOW:
            return ()
        self._past = joined[-(TAPS - 1) :]
        looks = np.lib.stride_tricks.sliding_window_view(joined, TAPS - 1 + WINDOW)[::WINDOW]
        size = 1 << (looks.shape[1] - 1).bit_length()
        passed = np.fft.irfft(np.fft.rfft(looks, size) * _spectrum(size), size)[:, TAPS - 1 : looks.shape[1]]
        windows = passed.astype(np.float32)
        for window in windows:
            window *= self._gain(window.copy())
        return tuple(self._voice.hear(windows.ravel()))

    def _gain(self, window: Samples) -> np.float32:
        """What the levels up to the end of ``window`` ask for."""
        sound = np.concatenate([self._unframed, window])
        whole = len(sound) // FRAME * FRAME
        self._unframed = sound[whole:]
        self._levels = np.concatenate([self._levels, _frame_levels(sound[:whole])])[-REMEMBERED:]
        return _gain_for(self._levels)


def _stretch(centre: int, audio: Samples, voice: Samples, levels: Samples, gain: np.float32) -> SpeechBurst:
    """Describe the stretch around window ``centre``; the few samples of it are high-passed once more."""
    first, last = speech_shape.reach(centre, len(voice))
    start = first * WINDOW - WINDOW // 2  # of the look around the first window
    before = start - (TAPS - 1)
    raw = next(_blocks(audio[max(0, before) : last * WINDOW + WINDOW // 2]))
    sound = _convolved(np.pad(raw, (max(0, -before), 0)))[TAPS - 1 :] * gain
    return speech_shape.describe(centre, voice, sound, levels)


def _blocks(audio: Samples) -> Iterator[Samples]:
    for start in range(0, len(audio), BLOCK):
        # A broken driver may deliver NaN, and one of them would spoil everything after it.
        yield np.nan_to_num(audio[start : start + BLOCK], nan=0.0, posinf=1.0, neginf=-1.0)


def _gain_for(frames: Samples) -> np.float32:
    rank = min(LOUD_FRAMES, int(len(frames) * LOUD_SHARE))
    loud = float(np.partition(frames, -1 - rank)[-1 - rank])
    return np.float32(min(MAX_GAIN, TARGET / loud) if loud > 0 else 1.0)


def _frame_levels(block: Samples) -> Samples:
    """RMS of each 20 ms frame; what is shorter than a frame counts as one."""
    whole = len(block) // FRAME * FRAME
    frames = block[:whole].reshape(-1, FRAME) if whole else block[None]
    levels: Samples = np.sqrt(np.mean(np.square(frames), axis=1))
    return levels


def _high_passed(audio: Samples) -> Iterator[Samples]:
    past = np.zeros(TAPS - 1, np.float32)
    for block in _blocks(audio):
        joined = np.concatenate([past, block])
        yield _convolved(joined)[TAPS - 1 :]
        past = joined[-(TAPS - 1) :]


def _convolved(block: Samples) -> Samples:
    """``block`` through the high-pass; the first ``TAPS - 1`` samples are not to be used (circular convolution)."""
    size = 1 << (len(block) - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(block, size) * _spectrum(size), size)[: len(block)].astype(np.float32)


@functools.lru_cache(4)
def _spectrum(size: int) -> npt.NDArray[np.complex64]:
    return np.fft.rfft(_impulse_response(), size).astype(np.complex64)


def _impulse_response() -> npt.NDArray[np.float64]:
    """The first ``TAPS`` samples of a second-order Butterworth high-pass (bilinear transform, unit gain at Nyquist).

    A recursive filter needs a loop over the samples; its response, cut where it has died away, needs only an FFT.
    """
    angle = 2 * math.pi * CUTOFF / RATE
    cosine, alpha = math.cos(angle), math.sin(angle) / math.sqrt(2)
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(8 * TAPS))
    above = (1 + cosine) / 2 * (1 - z) ** 2
    below = (1 + alpha) - 2 * cosine * z + (1 - alpha) * z**2
    return np.fft.irfft(above / below)[:TAPS]


class _Silero:
    """Silero v6 over consecutive blocks of one recording; whole or in blocks, the answer is the same."""

    def __init__(self) -> None:
        # ONNX Runtime 1.29 and later report to Microsoft unless told not to before they are loaded.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime
        from faster_whisper.vad import get_vad_model

        onnxruntime.disable_telemetry_events()  # where the variable is not read
        # The model's own call starts anew each time, and writes zeros into its caller's samples.
        self._session: Any = get_vad_model().session
        self._context = np.zeros(CONTEXT, np.float32)
        self._state = _after_silence(self._session)

    def hear(self, block: Samples) -> list[float]:
        """One probability per window. Only the last block of a recording may be no multiple of the window."""
        windows = np.pad(block, (0, -len(block) % WINDOW)).reshape(-1, WINDOW)
        before = np.vstack([self._context, windows[:-1, -CONTEXT:]])
        h, c = self._state
        heard, *self._state = self._session.run(None, {"input": np.hstack([before, windows]), "h": h, "c": c})
        self._context = windows[-1, -CONTEXT:]
        return [float(chance) for chance in heard.ravel()]


@functools.cache
def _after_silence(session: Any) -> list[npt.NDArray[np.float32]]:
    """Silero's state after a moment of silence: it hears a recording out of silence, as speech begins.

    Used to the room beforehand (by its own beginning, mirrored) it misses a word that begins at once: 8 of 148 recorded
    ones against none of them. What it takes for a voice instead, a hum or a hiss that begins all of a sudden, the gate
    knows by its other evidence.
    """
    nothing = np.zeros((1, 1, 128), np.float32)
    silence = np.zeros((LEAD // WINDOW, CONTEXT + WINDOW), np.float32)
    return list(session.run(None, {"input": silence, "h": nothing, "c": nothing})[1:])
