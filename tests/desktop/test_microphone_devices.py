"""Which device is opened, when it stays open, and what is said when it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from dictation.core.errors import MicrophoneError
from dictation.core.sections import MicrophoneSettings as Settings
from dictation.desktop.sound.devices import Device, match
from dictation.desktop.sound.microphone import SoundDeviceMicrophone, devices
from dictation.desktop.sound.portaudio import PortAudio
from tests.desktop.fake_sound import FakeDevice, FakeSound, PortAudioError
from tests.desktop.recording import RATE, Ear, Room, noise, open_rooms, until


@pytest.fixture
def room() -> Iterator[Callable[..., Room]]:
    with open_rooms() as build:
        yield build


# ---- warm


def test_warm_hands_over_the_moment_before_the_key_exactly_once(room: Callable[..., Room]) -> None:
    here, said = room(FakeDevice("Mic")), noise(3)
    microphone = here.microphone(warm=True, pre_roll_ms=300)
    stream = here.stream
    spoken = 0

    def hear(seconds: float) -> None:
        nonlocal spoken
        size = round(seconds * RATE)
        stream.hear(said[spoken : spoken + size])
        spoken += size

    hear(1.0)
    taken_up = microphone._audio.ask(lambda _: microphone._warm())  # the reader has looked at the ring
    assert taken_up is not None
    until(lambda: len(taken_up._before) == round(0.3 * RATE) * 4)
    until(lambda: bytes(taken_up._before) == said[round(0.7 * RATE) : RATE].tobytes())
    first = Ear()
    take = microphone.begin(first.sink, first.trouble)
    hear(0.5)
    take.finish()
    assert np.array_equal(first.samples, said[round(0.7 * RATE) : round(1.5 * RATE)])

    second = Ear()
    take = microphone.begin(second.sink, second.trouble)
    hear(0.1)
    take.finish()
    assert np.array_equal(second.samples, said[round(1.5 * RATE) : round(1.6 * RATE)])

    hear(0.2)
    third = Ear()
    take = microphone.begin(third.sink, third.trouble)
    take.finish()
    assert np.array_equal(third.samples, said[round(1.6 * RATE) : round(1.8 * RATE)])
    assert len(here.sound.streams) == 1
    assert not stream.closed
    microphone.close()
    assert stream.closed


def test_a_warm_device_that_died_while_idle_is_opened_again(room: Callable[..., Room]) -> None:
    here, ear, said = room(FakeDevice("Mic")), Ear(), noise(0.1)
    microphone = here.microphone(warm=True)
    here.stream.die()
    until(lambda: here.all_closed)
    take = microphone.begin(ear.sink, ear.trouble)
    here.stream.hear(said)
    take.finish()
    assert np.array_equal(ear.samples, said)
    assert not here.stream.closed


def test_settings_change_from_the_next_recording_on(room: Callable[..., Room]) -> None:
    here, ear = room(FakeDevice("First"), FakeDevice("Second")), Ear()
    microphone = here.microphone()
    take = microphone.begin(ear.sink, ear.trouble)
    microphone.change(Settings(device="Second", warm=True))
    assert here.stream.device.name == "First"
    here.stream.hear(noise(0.1))
    take.finish()
    assert len(ear.samples) == RATE // 10
    assert (here.stream.device.name, here.stream.closed) == ("Second", False)
    microphone.change(Settings(device="Second"))
    assert here.all_closed
    microphone.begin(ear.sink, ear.trouble).finish()
    assert here.stream.device.name == "Second"
    assert here.all_closed


# ---- which device, and why not


def test_a_microphone_plugged_in_later_is_found(room: Callable[..., Room]) -> None:
    here = room(FakeDevice("Built-in"))
    microphone = here.microphone(device="USB")
    for note in ("microphone-instead", None):
        microphone.begin(lambda _: None, lambda _: None).finish()
        assert here.stream.device.name == "Built-in", "the default is better than nothing"
        said = microphone.remark()
        assert (said.code if said else None) == note, "it is said once"
        assert said is None or ("USB" in said.message and "Built-in" in said.message)
    here.sound.plugged.insert(0, FakeDevice("USB Headset"))
    microphone.begin(lambda _: None, lambda _: None).finish()
    assert here.stream.device.name == "USB Headset"
    here.sound.plugged.pop(0)
    microphone.begin(lambda _: None, lambda _: None).finish()
    assert microphone.remark(), "and again when it is gone again"


def test_after_the_sound_server_was_restarted_the_next_key_works(room: Callable[..., Room]) -> None:
    here, ear = room(FakeDevice("default")), Ear()
    microphone = here.microphone()
    microphone.begin(ear.sink, ear.trouble).finish()
    here.sound.plugged[:] = [FakeDevice("default")]  # another one by the same name: the old one gives -9993
    microphone.begin(ear.sink, ear.trouble).finish()
    assert here.stream.device is here.sound.plugged[0]


def test_a_new_default_device_is_noticed_between_recordings(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dictation.desktop.sound.microphone.FRESH_SECONDS", 0.0)
    here = room(FakeDevice("Built-in"), idle=0.05)
    microphone = here.microphone()
    microphone.begin(lambda _: None, lambda _: None).finish()
    here.sound.plugged.insert(0, FakeDevice("Headset"))
    until(lambda: here.audio.scans == 1)
    microphone.begin(lambda _: None, lambda _: None).finish()
    assert here.stream.device.name == "Headset"


def test_a_library_that_lost_its_footing_is_started_again(room: Callable[..., Room]) -> None:
    here = room(FakeDevice("Mic"))
    microphone = here.microphone()
    here.rest()
    here.sound._initialized = 0  # as after a scan while the sound system was starting
    microphone._found = None
    microphone.begin(lambda _: None, lambda _: None).finish()
    assert here.sound._initialized == 1


def test_listing_devices_does_not_disturb_a_recording(room: Callable[..., Room]) -> None:
    here, ear, said = room(FakeDevice("Mic")), Ear(), noise(0.1)
    microphone = here.microphone()
    take = microphone.begin(ear.sink, ear.trouble)
    here.sound.plugged.append(FakeDevice("New", host=1))
    assert [each["name"] for each in microphone.devices()] == ["Mic"]
    here.stream.hear(said)
    take.finish()
    assert np.array_equal(ear.samples, said)
    assert microphone.devices() == [
        {"name": "Mic", "host": "Fake API", "rate": 48_000, "channels": 2, "default": True, "index": 0, "source": ""},
        {"name": "New", "host": "Other API", "rate": 48_000, "channels": 2, "default": False, "index": 1, "source": ""},
    ]
    audio = PortAudio(lambda: here.sound)
    here.sound._thread = None
    assert [each["name"] for each in devices(audio)] == ["Mic", "New"]
    here.sound._thread = None


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (("Error opening: Device unavailable", -9985), "microphone-busy"),
        (("Error opening", -9999, (0, -16, "Device or resource busy")), "microphone-busy"),
        (("Error opening", -9999, (0, -13, "Permission denied")), "microphone-refused"),
        (("Error opening: Invalid sample rate", -9997), "microphone-format"),
        (("Error opening: Illegal combination of I/O devices", -9993), "microphone-failed"),
        (("Error opening", -9999, (0, -5, "Input/output error")), "microphone-failed"),
    ],
)
def test_every_refusal_has_its_name(room: Callable[..., Room], error: tuple[Any, ...], code: str) -> None:
    here = room(FakeDevice("Mic", error=error))
    found = here.refusal()
    assert found.code == code
    assert "Mic" in found.message
    assert here.audio.streams == 0


def test_without_any_microphone_that_is_said(room: Callable[..., Room]) -> None:
    assert room().refusal().code == "no-microphone"


def test_without_the_library_the_package_to_install_is_named() -> None:
    def load() -> Any:
        raise OSError("PortAudio library not found")

    microphone = SoundDeviceMicrophone(Settings(), PortAudio(load))
    with pytest.raises(MicrophoneError) as caught:
        microphone.begin(lambda _: None, lambda _: None)
    assert caught.value.code == "portaudio-missing"
    assert "libportaudio2" in caught.value.remedy
    microphone.close()


def test_a_sound_system_that_fails_at_first_may_work_later() -> None:
    sound, tries = (
        FakeSound(FakeDevice("Mic")),
        iter([PortAudioError("Error initializing PortAudio", -9986), None, None]),
    )

    def load() -> Any:
        if (error := next(tries)) is not None:
            raise error
        return sound

    audio = PortAudio(load)
    with pytest.raises(MicrophoneError):
        devices(audio)
    assert [each["name"] for each in devices(audio)] == ["Mic"]


def test_one_recording_at_a_time(room: Callable[..., Room]) -> None:
    here = room(FakeDevice("Mic"))
    microphone = here.microphone()
    take = microphone.begin(lambda _: None, lambda _: None)
    with pytest.raises(MicrophoneError) as caught:
        microphone.begin(lambda _: None, lambda _: None)
    assert caught.value.code == "already-recording"
    take.finish()
    microphone.begin(lambda _: None, lambda _: None).abandon()


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ("Headset", 1),
        ("headset, wasapi", 3),
        ("usb", 2),
        ("Audio", 2),
        ("2", 2),
        ("alsa_input.usb", 4),
        ("wave 2", 5),
        ("nothing", None),
        ("9", None),
    ],
)
def test_a_device_is_chosen_by_index_name_beginning_or_part(wanted: str, index: int | None) -> None:
    known = [
        Device("Built-in", "MME", 44_100, 2, False, 0),
        Device("Headset", "MME", 44_100, 1, True, 1),
        Device("USB Audio", "MME", 48_000, 2, False, 2),
        Device("Headset", "WASAPI", 48_000, 1, False, 3),
        Device("Blue Yeti", "PulseAudio", 48_000, 2, False, 4, "alsa_input.usb"),
        Device("Wave 2", "MME", 48_000, 2, False, 5),
    ]
    found = match(known, wanted)
    assert (found and found.index) == index
