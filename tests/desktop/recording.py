"""What the tests of the microphone share: an ear that collects, and a room with devices."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from dictation.core.errors import MicrophoneError
from dictation.core.sections import MicrophoneSettings as Settings
from dictation.desktop.sound.microphone import SoundDeviceMicrophone
from dictation.desktop.sound.portaudio import PortAudio
from tests.desktop.fake_sound import FakeDevice, FakeSound, Samples

RATE = 16_000


def noise(seconds: float, rate: int = RATE) -> Samples:
    """Something in which every moment differs, below full scale."""
    return np.random.default_rng(1).uniform(-0.5, 0.5, round(seconds * rate)).astype(np.float32)


class Ear:
    """Collects what a recording hands over."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        self.threads: set[int] = set()
        self.troubles: list[Exception] = []
        self.troubled, self.came = threading.Event(), threading.Event()
        self.first = 0.0
        """When the first sound came, by ``time.perf_counter``."""

    def sink(self, block: bytes) -> None:
        self.first = self.first or time.perf_counter()
        assert isinstance(block, bytes)
        self.blocks.append(block)
        self.threads.add(threading.get_ident())
        self.came.set()

    def trouble(self, error: Exception) -> None:
        self.troubles.append(error)
        self.troubled.set()

    @property
    def samples(self) -> Samples:
        return np.frombuffer(b"".join(self.blocks), "<f4")


class Room:
    """A sound system, and microphones opened on it."""

    def __init__(self, *plugged: FakeDevice, patience: float = 5.0, idle: float = 60.0) -> None:
        self.sound = FakeSound(*plugged)
        self.audio = PortAudio(lambda: self.sound, patience, idle)
        self.microphones: list[SoundDeviceMicrophone] = []

    def microphone(self, **settings: Any) -> SoundDeviceMicrophone:
        self.microphones.append(SoundDeviceMicrophone(Settings(**settings), self.audio))
        return self.microphones[-1]

    def rest(self) -> None:
        """Until everything asked of PortAudio so far is done."""
        self.audio.post(lambda _: None).result(5)

    def refusal(self, **settings: Any) -> MicrophoneError:
        """Why a microphone with these settings does not begin."""
        with pytest.raises(MicrophoneError) as caught:
            self.microphone(**settings).begin(lambda _: None, lambda _: None)
        assert caught.value.remedy
        return caught.value

    @property
    def stream(self) -> Any:
        self.rest()
        return self.sound.streams[-1]

    @property
    def all_closed(self) -> bool:
        self.rest()
        return all(each.closed for each in self.sound.streams)


@contextmanager
def open_rooms() -> Iterator[Callable[..., Room]]:
    """Builds rooms, and closes their microphones at the end."""
    rooms: list[Room] = []

    def build(*plugged: FakeDevice, **how: Any) -> Room:
        rooms.append(Room(*plugged, **how))
        return rooms[-1]

    yield build
    for each in rooms:
        for microphone in each.microphones:
            microphone.close()


def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.005)


def record(microphone: SoundDeviceMicrophone, during: Callable[[], object]) -> Ear:
    """What is heard while ``during`` runs, and 0.25 s more: the tail the app leaves too."""
    ear = Ear()
    take = microphone.begin(ear.sink, ear.trouble)
    during()
    ear.troubled.wait(0.25)
    take.finish()
    assert ear.troubles == []
    return ear


def record_some(microphone: SoundDeviceMicrophone, seconds: float) -> Ear:
    """What is heard until ``seconds`` of sound have come, however long a busy machine takes for them."""
    ear = Ear()
    take = microphone.begin(ear.sink, ear.trouble)
    until(lambda: bool(ear.troubles) or len(ear.samples) >= seconds * RATE, 30)
    take.finish()
    assert ear.troubles == []
    return ear
