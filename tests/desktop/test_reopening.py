"""A recording outlives a hiccup of the sound system: what came before and after it is one recording with a gap."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from dictation.core.errors import MicrophoneError
from dictation.desktop.sound.reopening import ReopenedRecording, ReopeningMicrophone
from tests.desktop.fake_sound import FakeDevice
from tests.desktop.recording import Ear, Room, noise, open_rooms, until


@pytest.fixture
def room() -> Iterator[Callable[..., Room]]:
    with open_rooms() as build:
        yield build


def opened(here: Room, count: int) -> None:
    until(lambda: len(here.sound.streams) >= count and not trying())


def trying() -> bool:
    return any(each.name == "microphone-again" for each in threading.enumerate())


@pytest.mark.parametrize("hiccups", [1, 3])
def test_sound_before_and_after_a_hiccup_is_one_recording_with_a_gap(room: Callable[..., Room], hiccups: int) -> None:
    here, ear, said = room(FakeDevice("Mic")), Ear(), [noise(0.3) for _ in range(hiccups + 1)]
    microphone = ReopeningMicrophone(here.microphone())
    take = microphone.begin(ear.sink, ear.trouble)
    for piece in said[:-1]:
        count = len(here.sound.streams)
        here.stream.hear(piece)
        here.stream.die()
        opened(here, count + 1)
    here.stream.hear(said[-1])
    take.finish()
    assert ear.troubles == []
    heard = ear.samples
    assert np.array_equal(heard[: len(said[0])], said[0])
    assert np.array_equal(heard[-len(said[-1]) :], said[-1])
    assert len(heard) > sum(map(len, said)), "the gap has its length"
    remark = microphone.remark()
    assert remark and remark.code == "microphone-gap"
    assert microphone.remark() is None, "told once"


def test_a_device_that_stays_away_is_told_once_and_what_was_said_is_kept(room: Callable[..., Room]) -> None:
    here, ear, said = room(FakeDevice("Mic")), Ear(), noise(0.3)
    microphone = ReopeningMicrophone(here.microphone(), patience=0.3)
    take = microphone.begin(ear.sink, ear.trouble)
    here.stream.hear(said)
    here.sound.plugged.clear()
    here.stream.die()
    assert ear.troubled.wait(5)
    take.finish()
    assert np.array_equal(ear.samples, said)
    assert [getattr(each, "code", "") for each in ear.troubles] == ["microphone-lost"]
    assert microphone.remark() is None


def test_the_key_may_come_up_in_the_gap_and_the_reason_is_told_then(room: Callable[..., Room]) -> None:
    here, ear, said = room(FakeDevice("Mic")), Ear(), noise(0.3)
    microphone = ReopeningMicrophone(here.microphone())
    take = microphone.begin(ear.sink, ear.trouble)
    here.stream.hear(said)
    here.sound.plugged.clear()
    here.stream.die()
    until(trying)
    take.finish()
    until(lambda: not trying())
    assert np.array_equal(ear.samples, said) and ear.troubles == []
    remark = microphone.remark()
    assert remark and remark.code == "microphone-lost"


def test_a_device_that_comes_back_after_the_end_is_let_go() -> None:
    opening, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    class Part:
        def level(self) -> float:
            return 0.0

        def finish(self) -> None: ...

        def abandon(self) -> None:
            ended.set()

    parts: list[Callable[[Exception], None]] = []
    sinks: list[Callable[[bytes], None]] = []

    def reopen(sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> Part:
        parts.append(trouble)
        sinks.append(sink)
        if len(parts) > 1:
            opening.set()
            assert go_on.wait(5)
        return Part()

    heard: list[bytes] = []
    take = ReopenedRecording(reopen, heard.append, lambda _: None, 5.0, threading.Lock())
    take.start()
    sinks[0](b"\0" * 4)
    parts[0](MicrophoneError("microphone-lost", "It is gone", "Plug it in."))
    assert opening.wait(5)
    take.finish()
    go_on.set()
    assert ended.wait(5)
    sinks[1](b"\1" * 4)
    assert heard == [b"\0" * 4]


def test_a_recording_that_nobody_takes_is_not_tried_again() -> None:
    ear = Ear()
    opened: list[Callable[[Exception], None]] = []

    class Part:
        def level(self) -> float:
            return 0.0

        def finish(self) -> None: ...

        def abandon(self) -> None: ...

    def reopen(sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> Part:
        opened.append(trouble)
        return Part()

    take = ReopenedRecording(reopen, ear.sink, ear.trouble, 5.0, threading.Lock())
    take.start()
    opened[0](MicrophoneError("recording-not-taken", "The disk is gone", "Try again."))
    assert [getattr(each, "code", "") for each in ear.troubles] == ["recording-not-taken"] and len(opened) == 1
