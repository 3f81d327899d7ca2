"""Recording with a device that does what real ones do: refuses rates, stalls, dies, hangs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from dictation.core.errors import MicrophoneError
from dictation.desktop.sound.capture import TICK, CapturedRecording
from tests.desktop.fake_sound import FakeDevice, Samples
from tests.desktop.recording import RATE, Ear, Room, noise, open_rooms, until
from tests.patience import SOON


@pytest.fixture
def room() -> Iterator[Callable[..., Room]]:
    with open_rooms() as build:
        yield build


def tone(seconds: float, rate: int) -> Samples:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


# ---- what is said is what is recorded


def test_a_device_at_16_khz_is_recorded_bit_by_bit_from_the_first_sample(room: Callable[..., Room]) -> None:
    here, ear, said = room(FakeDevice("Mic")), Ear(), noise(0.7)
    take = here.microphone().begin(ear.sink, ear.trouble)
    here.stream.hear(said)
    take.finish()
    assert np.array_equal(ear.samples, said)
    assert len(ear.threads) == 1
    assert here.stream.heard_in not in ear.threads  # the device's thread only copies
    assert here.all_closed
    assert ear.troubles == []


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 1), (48_000, 1), (44_100, 2), (96_000, 4)])
def test_any_rate_and_channels_come_out_as_16_khz_mono(room: Callable[..., Room], rate: int, channels: int) -> None:
    here, ear = room(FakeDevice("Mic", rates=(rate,), channels=(channels,))), Ear()
    take = here.microphone().begin(ear.sink, ear.trouble)
    assert (here.stream.rate, here.stream.channels) == (rate, channels)
    here.stream.hear(tone(1.0, rate))
    take.finish()
    wanted = tone(1.0, RATE)
    assert abs(len(ear.samples) - len(wanted)) <= 1  # nothing of the resampler's delay is lost
    size = min(len(ear.samples), len(wanted))
    assert np.corrcoef(ear.samples[:size], wanted[:size])[0, 1] > 0.999


def test_the_chosen_input_of_an_interface_is_heard_alone(room: Callable[..., Room]) -> None:
    here, ear, said, other = room(FakeDevice("Interface", channels=(1, 2, 4))), Ear(), noise(0.2), noise(0.2)[::-1]
    take = here.microphone(channel=3).begin(ear.sink, ear.trouble)
    assert here.stream.channels == 4
    here.stream.hear(np.stack([other, other, said, other], axis=1))
    take.finish()
    assert np.allclose(ear.samples, said, atol=1e-4)


def test_an_input_that_an_interface_does_not_have_is_refused(room: Callable[..., Room]) -> None:
    assert room(FakeDevice("Mic", channels=(2,))).refusal(channel=3).code == "microphone-channel"


def test_sound_on_one_of_two_channels_is_heard(room: Callable[..., Room]) -> None:
    here, ear, said = room(FakeDevice("Mic", channels=(2,))), Ear(), noise(0.2)
    take = here.microphone().begin(ear.sink, ear.trouble)
    here.stream.hear(np.stack([said, np.zeros_like(said)], axis=1))
    take.finish()
    assert np.allclose(ear.samples, said, atol=1e-6)


def test_what_the_device_takes_is_remembered(room: Callable[..., Room]) -> None:
    here = room(FakeDevice("Mic", rates=(44_100,), channels=(2,)))
    microphone = here.microphone()
    microphone.begin(lambda _: None, lambda _: None).finish()
    here.rest()
    tried = len(here.sound.attempts)
    assert tried > 1
    microphone.begin(lambda _: None, lambda _: None).finish()
    assert here.sound.attempts[tried:] == [("Mic", 44_100, 2)]


def test_the_level_is_the_peak_of_the_last_100_ms(room: Callable[..., Room]) -> None:
    here, ear = room(FakeDevice("Mic")), Ear()
    take = here.microphone().begin(ear.sink, ear.trouble)
    assert take.level() == 0
    here.stream.hear(np.full(800, -0.75, np.float32))
    until(lambda: take.level() == 0.75)
    for _ in range(5):
        before = len(ear.samples)
        here.stream.hear(np.full(800, 0.1, np.float32))
        until(lambda before=before: len(ear.samples) == before + 800)  # type: ignore[misc]
    assert take.level() == pytest.approx(0.1)
    take.finish()
    assert take.level() == 0


# ---- the end


def test_after_abandon_nothing_is_handed_over(room: Callable[..., Room]) -> None:
    here, ear = room(FakeDevice("Mic")), Ear()
    take = here.microphone().begin(ear.sink, ear.trouble)
    take.abandon()
    count = len(ear.blocks)
    here.rest()
    here.stream.hear(noise(0.1))
    here.stream.die()
    take.finish()
    assert len(ear.blocks) == count
    assert ear.troubles == []
    assert here.all_closed


def test_abandon_drops_what_waits_behind_a_slow_sink(room: Callable[..., Room]) -> None:
    here, ear, go = room(FakeDevice("Mic")), Ear(), threading.Event()

    def slow(block: bytes) -> None:
        ear.sink(block)
        go.wait(5)

    take = here.microphone().begin(slow, ear.trouble)
    here.stream.hear(noise(0.02))
    assert ear.came.wait(5)
    here.stream.hear(noise(0.1))
    take.abandon()
    go.set()
    assert take.over.wait(5)
    assert len(ear.samples) == 0.02 * RATE


def test_a_device_that_hangs_on_closing_holds_nobody_up(room: Callable[..., Room]) -> None:
    device = FakeDevice("Mic")
    here, ear, said = room(device, patience=0.2), Ear(), noise(0.1)
    microphone = here.microphone()
    take = microphone.begin(ear.sink, ear.trouble)
    here.stream.hear(said)
    device.hang = threading.Event()
    began = time.monotonic()
    take.finish()
    assert time.monotonic() - began < SOON
    assert np.array_equal(ear.samples, said)
    with pytest.raises(MicrophoneError) as caught:
        microphone.begin(ear.sink, ear.trouble)
    assert caught.value.code == "sound-system-hangs"
    device.hang.set()
    device.hang = None
    here.rest()
    take = microphone.begin(ear.sink, ear.trouble)
    take.finish()
    assert here.all_closed


def test_a_device_that_opens_too_late_is_closed_again(room: Callable[..., Room]) -> None:
    device = FakeDevice("Mic", hang=threading.Event())
    here = room(device, patience=0.2)
    assert here.refusal().code == "sound-system-hangs"
    assert device.hang is not None
    device.hang.set()
    until(lambda: bool(here.sound.streams) and here.all_closed)


def test_finish_from_within_the_callbacks_does_not_wait_for_itself(room: Callable[..., Room]) -> None:
    here, done = room(FakeDevice("Mic")), threading.Event()
    takes: list[CapturedRecording] = []

    class Over(threading.Event):
        waits = 0

        def wait(self, timeout: float | None = None) -> bool:
            self.waits += 1
            return super().wait(timeout)

    over = Over()

    def end(_: object) -> None:
        takes[0].finish()
        done.set()

    takes.append(here.microphone().begin(end, end))
    takes[0].over = over
    here.stream.hear(noise(0.1))
    assert done.wait(5)
    until(lambda: here.all_closed)
    assert over.waits == 0


def test_twenty_recordings_leave_no_thread_behind(room: Callable[..., Room]) -> None:
    here = room(FakeDevice("Mic", rates=(48_000,)))
    microphone = here.microphone()
    here.rest()
    before = set(threading.enumerate())
    for _ in range(20):
        take = microphone.begin(lambda _: None, lambda _: None)
        here.stream.hear(noise(0.05))
        take.finish()
    here.rest()
    assert set(threading.enumerate()) == before
    microphone.close()
    assert not [each for each in threading.enumerate() if each.name in ("portaudio", "microphone")]


# ---- trouble in the middle


@pytest.mark.parametrize("how", ["die", "stall"])
def test_a_lost_device_is_told_once_and_what_was_said_is_kept(room: Callable[..., Room], how: str) -> None:
    here, ear, said = room(FakeDevice("Mic")), Ear(), noise(0.3)
    microphone = here.microphone()
    take = microphone.begin(ear.sink, ear.trouble)
    here.stream.hear(said)
    began = time.monotonic()
    if how == "die":
        here.stream.die()
    assert ear.troubled.wait(5)
    assert how == "die" or time.monotonic() - began > 0.4
    take.finish()
    assert np.array_equal(ear.samples, said)
    (error,) = ear.troubles
    assert isinstance(error, MicrophoneError)
    assert error.code == {"die": "microphone-lost", "stall": "microphone-stalled"}[how]
    assert "Mic" in error.message
    assert here.all_closed

    again = Ear()
    take = microphone.begin(again.sink, again.trouble)
    here.stream.hear(said)
    take.finish()
    assert np.array_equal(again.samples, said)
    assert len(ear.troubles) == 1


def test_a_device_that_never_sends_anything_is_given_up_later(room: Callable[..., Room]) -> None:
    here, ear = room(FakeDevice("Mic")), Ear()
    began = time.monotonic()
    here.microphone().begin(ear.sink, ear.trouble)
    assert ear.troubled.wait(10)
    assert time.monotonic() - began > 2  # a Bluetooth headset needs its time to switch
    assert [getattr(each, "code", "") for each in ear.troubles] == ["microphone-stalled"]


def test_a_slow_sink_is_not_taken_for_a_dead_device(room: Callable[..., Room]) -> None:
    here, ear, go = room(FakeDevice("Mic")), Ear(), threading.Event()

    def slow(block: bytes) -> None:
        ear.sink(block)
        go.wait(5)

    take = here.microphone().begin(slow, ear.trouble)
    here.stream.hear(noise(0.1))
    assert ear.came.wait(5)
    assert not ear.troubled.wait(0.8)
    go.set()
    assert not ear.troubled.wait(0.2)
    take.finish()
    assert ear.troubles == []


def test_what_a_stuck_sink_cannot_take_is_counted_and_never_blocks_the_device(room: Callable[..., Room]) -> None:
    here, ear, go = room(FakeDevice("Mic")), Ear(), threading.Event()

    def stuck(block: bytes) -> None:
        ear.sink(block)
        go.wait(20)

    take = here.microphone().begin(stuck, ear.trouble)
    here.stream.hear(noise(0.02))
    assert ear.came.wait(5)
    here.stream.hear(noise(12))
    go.set()
    take.finish()
    assert take.lost == pytest.approx(2, abs=0.05)
    assert len(ear.samples) / RATE + take.lost == pytest.approx(12.02)


def test_a_sink_that_fails_is_told_not_swallowed(room: Callable[..., Room]) -> None:
    here, ear = room(FakeDevice("Mic")), Ear()

    def broken(_: bytes) -> None:
        raise ValueError("no room")

    take = here.microphone().begin(broken, ear.trouble)
    here.stream.hear(noise(0.02))
    assert ear.troubled.wait(5)
    take.finish()
    assert [getattr(each, "code", "") for each in ear.troubles] == ["recording-not-taken"]
    assert here.all_closed


def test_the_callback_is_not_slowed_by_a_reader_that_waits(room: Callable[..., Room]) -> None:
    here, ear = room(FakeDevice("Mic")), Ear()
    take = here.microphone().begin(ear.sink, ear.trouble)
    stream, block = here.stream, noise(0.02)
    began = time.perf_counter()
    for _ in range(200):
        stream._deliver(block)
    assert time.perf_counter() - began < 200 * TICK  # as long as 200 looks of the reader would take
    take.finish()
    assert len(ear.samples) == 200 * len(block)
