"""What the microphone hears now, for the window: level and speech several times a second, and the sound as a file."""

from __future__ import annotations

import io
import sys
import threading
import wave
from array import array
from collections.abc import Callable

from dictation.core.errors import MicrophoneError
from dictation.core.settings import Settings
from dictation.core.types import RATE, SAMPLE_BYTES
from dictation.desktop import choose
from dictation.engines.process import EngineProcess

STEP_SECONDS = 0.1
LONGEST_SECONDS = 120.0
KEPT_SECONDS = 30
WINDOW_BYTES = 512 * SAMPLE_BYTES


def hear(settings: Settings, heard: Callable[[float, float], bool]) -> bytes:
    """Listen until ``heard(level, speech)`` (both 0 to 1) says no; a WAV file of the last half minute.

    Blocks. Raises MicrophoneError, and EngineError where what tells speech cannot run: that is a process of its own,
    which ends with the test and takes its memory with it.
    """
    microphone = choose.microphone(settings)
    engine, taken, stopped = EngineProcess(None), bytearray(), threading.Event()
    trouble: list[Exception] = []

    def broken(error: Exception) -> None:
        trouble.append(error)
        stopped.set()

    try:
        engine.start()
        recording = microphone.begin(taken.extend, broken)
        at, speech, life = 0, 0.0, 0
        for _ in range(round(LONGEST_SECONDS / STEP_SECONDS)):
            if stopped.wait(STEP_SECONDS):
                break
            new = (len(taken) - at) // WINDOW_BYTES * WINDOW_BYTES
            if new and engine.state != "loading":  # the level moves meanwhile, and nothing is missed
                voice = engine.follow(life, bytes(taken[at : at + new]))
                speech, life = (max(voice), life) if voice else (0.0, life + 1)
                at += new
            if not heard(recording.level(), speech):
                break
        recording.finish()
    finally:
        microphone.close()
        engine.close()
    if trouble:
        if isinstance(trouble[0], MicrophoneError):
            raise trouble[0]
        raise MicrophoneError("microphone-gone", "The microphone stopped", "Choose another.") from trouble[0]
    return _wav(bytes(taken[-KEPT_SECONDS * RATE * SAMPLE_BYTES :]))


def _wav(samples: bytes) -> bytes:
    values = memoryview(samples[: len(samples) // SAMPLE_BYTES * SAMPLE_BYTES]).cast("f")
    sound = array("h", [int(max(-1.0, min(1.0, each)) * 32767) for each in values])
    if sys.byteorder == "big":
        sound.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound.tobytes())
    return file.getvalue()
