"""Owns the proof that the test of the microphone tells level and speech, ends when asked, and lets go of the device."""

from __future__ import annotations

import io
import math
import os
import wave
from array import array
from collections.abc import Callable

import numpy as np
import pytest

from dictation.app.room import room_sound
from dictation.core.errors import EngineError, MicrophoneError
from dictation.core.settings import Settings
from dictation.desktop import choose
from dictation.engines.engine_life import Lifeline
from dictation.engines.process import EngineProcess


class Humming:
    """A microphone that has heard two seconds of a loud hum as soon as it is opened."""

    def __init__(self, wrong: Exception | None = None) -> None:
        self.wrong = wrong
        self.closed = self.finished = False

    def begin(self, sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> Humming:
        sound = 0.5 * np.sin(np.arange(32_000) * (2 * np.pi * 120 / 16_000))
        sink(sound.astype("<f4").tobytes())
        if self.wrong:
            trouble(self.wrong)
        return self

    def level(self) -> float:
        return 0.5

    def finish(self) -> None:
        self.finished = True

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[EngineProcess]:
    """Every engine that was made."""
    made: list[EngineProcess] = []

    def make(directory: str | None) -> EngineProcess:
        made.append(EngineProcess(directory))
        return made[-1]

    monkeypatch.setattr(room_sound, "EngineProcess", make)
    return made


def test_level_and_speech_are_told_until_enough_and_the_sound_comes_back(
    monkeypatch: pytest.MonkeyPatch, engines: list[EngineProcess]
) -> None:
    microphone, told, lives = Humming(), list[tuple[float, float]](), set[Lifeline | None]()
    monkeypatch.setattr(choose, "microphone", lambda settings: microphone)

    def heard(level: float, speech: float) -> bool:
        told.append((level, speech))
        lives.add(engines[0]._line)
        return not speech

    sound = room_sound.hear(Settings(), heard)
    assert all(level == 0.5 for level, _ in told) and 0 < told[-1][1] <= 1
    assert microphone.finished and microphone.closed
    (engine,), (life,) = engines, lives
    assert life is not None and life.pid != os.getpid(), "speech is told by a process of its own"
    assert life._over.wait(20), "which ends with the test"
    with pytest.raises(EngineError, match="closed"):
        engine.start()
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (16_000, 1, 32_000)
        loudest = max(abs(each) for each in memoryview(file.readframes(32_000)).cast("h"))
    assert loudest == pytest.approx(0.5 * 32767, rel=0.01)


def test_a_broken_driver_cannot_spoil_the_file() -> None:
    sound = room_sound._wav(array("f", [math.nan, math.inf, -math.inf, 2.0, -2.0, 0.0]).tobytes() + b"\0")
    with wave.open(io.BytesIO(sound)) as file:
        assert list(memoryview(file.readframes(6)).cast("h"))[1:] == [32767, -32767, 32767, -32767, 0]


def test_a_microphone_that_goes_is_told_and_let_go_of(
    monkeypatch: pytest.MonkeyPatch, engines: list[EngineProcess]
) -> None:
    microphone = Humming(MicrophoneError("gone", "It is gone", "Plug it in."))
    monkeypatch.setattr(choose, "microphone", lambda settings: microphone)
    with pytest.raises(MicrophoneError, match="It is gone"):
        room_sound.hear(Settings(), lambda level, speech: True)
    assert microphone.closed and engines[0].pid is None
