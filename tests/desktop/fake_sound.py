"""A ``sounddevice`` that drives callbacks from a thread of its own and punishes what the real one would punish."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]


class PortAudioError(Exception):
    """As in sounddevice: message, code, and for -9999 the host's own error."""


@dataclass(eq=False)
class FakeDevice:
    """A microphone that can be plugged; ``rates`` and ``channels`` are what it takes."""

    name: str
    rates: tuple[int, ...] = (16_000, 44_100, 48_000)
    channels: tuple[int, ...] = (1, 2)
    host: int = 0
    error: tuple[Any, ...] | None = None
    """What opening it raises."""
    hang: threading.Event | None = None
    """Opening and closing wait for this."""
    opened: list[FakeStream] = field(default_factory=list)


class FakeSound:
    """The module. The first device is the default one; like PortAudio it knows only what its last scan found."""

    PortAudioError = PortAudioError

    def __init__(self, *plugged: FakeDevice) -> None:
        self.plugged = list(plugged)
        self.attempts: list[tuple[str, int, int]] = []
        self.streams: list[FakeStream] = []
        self._thread: threading.Thread | None = None
        self._initialized = 0
        self._initialize()

    def _initialize(self) -> None:
        self._initialized += 1
        self.known = list(self.plugged)

    def _terminate(self) -> None:
        self.same_thread()
        assert not [each for each in self.streams if not each.closed], "this would close a stream that is in use"
        self._initialized -= 1

    def same_thread(self) -> None:
        """PortAudio is not thread-safe."""
        self._thread = self._thread or threading.current_thread()
        assert threading.current_thread() is self._thread, "PortAudio was called from two threads"

    def query_hostapis(self) -> list[dict[str, Any]]:
        self.same_thread()
        if not self._initialized:
            raise PortAudioError("Error querying: PortAudio not initialized", -10_000)
        return [{"name": "Fake API"}, {"name": "Other API"}]

    def query_devices(self, kind: str | None = None) -> Any:
        self.same_thread()
        rows = [
            {
                "name": each.name,
                "index": index,
                "hostapi": each.host,
                "max_input_channels": max(each.channels),
                "default_samplerate": float(each.rates[-1]),
            }
            for index, each in enumerate(self.known)
        ]
        if kind == "input":
            if not rows:
                raise PortAudioError("Error querying device -1")
            return rows[0]
        loudspeaker = {"name": "Speaker", "index": len(rows), "hostapi": 0, "max_input_channels": 0}
        return [*rows, {**loudspeaker, "default_samplerate": 48_000.0}]

    def RawInputStream(self, **how: Any) -> FakeStream:
        self.same_thread()
        device = self.known[how["device"]]
        self.attempts.append((device.name, how["samplerate"], how["channels"]))
        if device.hang is not None:
            device.hang.wait(20)
        if device not in self.plugged:
            raise PortAudioError("Error opening RawInputStream: Illegal combination of I/O devices", -9993)
        if device.error is not None:
            raise PortAudioError(*device.error)
        if how["channels"] not in device.channels:
            raise PortAudioError("Error opening RawInputStream: Invalid number of channels", -9998)
        if how["samplerate"] not in device.rates:
            raise PortAudioError("Error opening RawInputStream: Invalid sample rate", -9997)
        assert how["dtype"] == "float32"
        assert how["blocksize"] == how["samplerate"] // 50
        stream = FakeStream(self, device, **how)
        self.streams.append(stream)
        device.opened.append(stream)
        return stream


class FakeStream:
    """An open stream; the test says what it hears."""

    def __init__(self, sound: FakeSound, plugged: FakeDevice, **how: Any) -> None:
        self._sound, self.device = sound, plugged
        self.rate, self.channels, self._block = how["samplerate"], how["channels"], how["blocksize"]
        self._callback, self._finished = how["callback"], how["finished_callback"]
        self.active = self.closed = False
        self.heard_in: int | None = None

    def start(self) -> None:
        self._sound.same_thread()
        self.active = True

    def stop(self) -> None:
        raise AssertionError("stop() hangs when the source is suspended")

    def abort(self) -> None:
        self._end()

    def close(self) -> None:
        assert not self.closed, "closed twice"
        self._end()
        self.closed = True

    def _end(self) -> None:
        self._sound.same_thread()
        assert not self.closed
        if self.device.hang is not None:
            self.device.hang.wait(20)
        if self.active:
            self.active = False
            self._finished()

    def hear(self, samples: Samples) -> None:
        """Deliver frames of this stream's rate (one row per frame, or mono), block by block; returns afterwards."""
        frames = np.repeat(samples[:, None], self.channels, axis=1) if samples.ndim == 1 else samples

        def deliver() -> None:
            for at in range(0, len(frames), self._block):
                self._deliver(frames[at : at + self._block])

        self._run(deliver)

    def die(self) -> None:
        """The device goes by itself."""
        self.active = False
        self._run(self._finished)

    def _deliver(self, frames: Samples) -> None:
        self.heard_in = threading.get_ident()
        block = bytearray(frames.astype(np.float32).tobytes())
        if self.active:
            self._callback(memoryview(block), len(frames), None, None)
        block[:] = b"\xff" * len(block)  # the real buffer is used again at once

    def _run(self, work: Callable[[], object]) -> None:
        thread = threading.Thread(target=work, name="device")
        thread.start()
        thread.join(20)
        assert not thread.is_alive(), "the callback was blocked"
