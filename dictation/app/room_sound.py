"""What the microphone hears now, for the window: level and speech several times a second, and the sound as a file."""

from __future__ import annotations

import io
import threading
import wave
from collections.abc import Callable

from dictation.core.errors import MicrophoneError
from dictation.core.nouns import RATE, SAMPLE_BYTES
from dictation.core.settings import Settings
from dictation.desktop import choose

STEP_SECONDS = 0.1
LONGEST_SECONDS = 120.0
KEPT_SECONDS = 30
WINDOW_BYTES = 512 * SAMPLE_BYTES


def hear(settings: Settings, heard: Callable[[float, float], bool]) -> bytes:
    """Listen until ``heard(level, speech)`` (both 0 to 1) says no; a WAV file of the last half minute.

    Blocks. Raises MicrophoneError.
    """
    from dictation.engines.voice import Follower

    microphone = choose.microphone(settings)
    follower, taken, stopped = Follower(), bytearray(), threading.Event()
    trouble: list[Exception] = []

    def broken(error: Exception) -> None:
        trouble.append(error)
        stopped.set()

    try:
        recording = microphone.begin(taken.extend, broken)
        at, speech = 0, 0.0
        for _ in range(round(LONGEST_SECONDS / STEP_SECONDS)):
            if stopped.wait(STEP_SECONDS):
                break
            new = (len(taken) - at) // WINDOW_BYTES * WINDOW_BYTES
            if new:
                speech = max(follower.hear(bytes(taken[at : at + new])))
                at += new
            if not heard(recording.level(), speech):
                break
        recording.finish()
    finally:
        microphone.close()
    if trouble:
        if isinstance(trouble[0], MicrophoneError):
            raise trouble[0]
        raise MicrophoneError("microphone-gone", "The microphone stopped", "Choose another.") from trouble[0]
    return _wav(bytes(taken[-KEPT_SECONDS * RATE * SAMPLE_BYTES :]))


def _wav(samples: bytes) -> bytes:
    import numpy as np

    sound = (np.clip(np.frombuffer(samples[: len(samples) // 4 * 4], "<f4"), -1.0, 1.0) * 32767).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound.tobytes())
    return file.getvalue()
