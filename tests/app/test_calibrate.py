"""What five seconds of a room say about the microphone and the threshold."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from dictation.app.room.calibrate import calibrate, look
from dictation.core.errors import MicrophoneError
from dictation.core.evidence import Evidence, SpeechBurst
from dictation.core.hearing.gate import FAINT, MUTED, judge
from dictation.core.settings import Settings, put
from dictation.core.types import RATE

SETTINGS = Settings()
FAN = SpeechBurst(0.0, brief=0.1, steady=0.08, tone=0.4, varied=0.15, above=3.0)
PARROT = SpeechBurst(0.0, brief=0.5, steady=0.45, tone=0.8, varied=0.6, above=25.0)
WORD = SpeechBurst(0.0, brief=0.95, steady=0.95, tone=0.95, varied=1.0, above=30.0)


def sound(peak: float) -> bytes:
    return struct.pack("<2f", peak, -peak) * (RATE // 2)


def evidence(*stretches: SpeechBurst, peak: float = 0.01) -> Evidence:
    return Evidence(1.0, peak, (0.1,) * 31, stretches)


def test_a_quiet_room_keeps_the_usual_threshold() -> None:
    room = look(sound(0.001), evidence(FAN), SETTINGS)
    assert (room.verdict, room.threshold, room.level_dbfs) == ("fine", 0.5, -60.0)


def test_a_room_that_sounds_like_a_voice_gets_a_threshold_that_silences_it() -> None:
    room = look(sound(0.001), evidence(PARROT), SETTINGS)
    assert room.verdict == "note" and room.threshold is not None and room.threshold > 0.5
    assert judge(evidence(PARROT), room.threshold).kind == "reject"
    assert f"hearing.gate {room.threshold:.2f}" in room.remedy


def test_a_threshold_that_is_stricter_than_it_need_be_is_said() -> None:
    room = look(sound(0.001), evidence(FAN), put(SETTINGS, "hearing.gate", 0.8))
    assert (room.verdict, room.threshold) == ("note", 0.5)


def test_a_muted_microphone_a_faint_one_and_one_that_clips_are_told_apart() -> None:
    assert look(sound(0.0), evidence(peak=0.0), SETTINGS).message == MUTED
    assert look(sound(0.0001), evidence(FAN, peak=0.0001), SETTINGS).message == FAINT
    clips = look(sound(1.0), evidence(FAN, peak=1.0), SETTINGS)
    assert (clips.verdict, clips.clipped) == ("note", 1.0) and "clipped" in clips.message


def test_speech_gives_no_threshold() -> None:
    assert look(sound(0.1), evidence(WORD), SETTINGS).threshold is None


def test_the_finding_says_what_doctor_says() -> None:
    found = look(sound(0.001), evidence(FAN), SETTINGS).as_json()
    assert found["part"] == "room" and found["verdict"] == "fine" and found["threshold"] == 0.5


class Tape:
    """A microphone that has recorded before."""

    def __init__(self, samples: bytes, error: MicrophoneError | None = None) -> None:
        self.samples, self.error, self.closed = samples, error, False

    def begin(self, sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> Tape:
        sink(self.samples)
        if self.error:
            trouble(self.error)
        return self

    def level(self) -> float:
        return 0.25

    def finish(self) -> None: ...
    def abandon(self) -> None: ...

    def close(self) -> None:
        self.closed = True


def test_the_room_is_recorded_and_the_level_shown_meanwhile() -> None:
    levels: list[float] = []
    tape = Tape(sound(0.001))
    room = calibrate(SETTINGS, tape, 0.2, levels.append)
    assert levels == [0.25, 0.25]
    assert room.level_dbfs == -60.0
    assert not tape.closed, "it belongs to the caller"


def test_a_microphone_that_stops_in_the_middle_says_so() -> None:
    with pytest.raises(MicrophoneError, match="gone"):
        calibrate(SETTINGS, Tape(sound(0.1), MicrophoneError("lost", "It is gone", "Plug it in.")), 1.0)
    with pytest.raises(MicrophoneError, match="nothing"):
        calibrate(SETTINGS, Tape(b""), 0.1)
