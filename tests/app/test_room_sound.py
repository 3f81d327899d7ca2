"""Owns the proof that the test of the microphone tells level and speech, ends when asked, and lets go of the device."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable

import numpy as np
import pytest

from dictation.app import room_sound
from dictation.core.errors import MicrophoneError
from dictation.core.settings import Settings
from dictation.desktop import choose


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


def test_level_and_speech_are_told_until_enough_and_the_sound_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    microphone, told = Humming(), list[tuple[float, float]]()
    monkeypatch.setattr(choose, "microphone", lambda settings: microphone)

    def heard(level: float, speech: float) -> bool:
        told.append((level, speech))
        return len(told) < 3

    sound = room_sound.hear(Settings(), heard)
    assert len(told) == 3 and all(level == 0.5 and 0 <= speech <= 1 for level, speech in told)
    assert microphone.finished and microphone.closed
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (16_000, 1, 32_000)
        loudest = max(abs(each) for each in memoryview(file.readframes(32_000)).cast("h"))
    assert loudest == pytest.approx(0.5 * 32767, rel=0.01)


def test_a_microphone_that_goes_is_told_and_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    microphone = Humming(MicrophoneError("gone", "It is gone", "Plug it in."))
    monkeypatch.setattr(choose, "microphone", lambda settings: microphone)
    with pytest.raises(MicrophoneError, match="It is gone"):
        room_sound.hear(Settings(), lambda level, speech: True)
    assert microphone.closed
