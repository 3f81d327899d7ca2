"""One open stream: sound from the device's callback to whoever records, as float32 mono at 16 kHz."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from dictation.core.channels import Mix
from dictation.core.errors import MicrophoneError
from dictation.core.types import RATE, SAMPLE_BYTES
from dictation.desktop.sound import devices
from dictation.desktop.sound.devices import Device
from dictation.desktop.sound.ring import Ring

Samples = npt.NDArray[np.float32]

TICK = 0.02
"""Seconds between two looks into the ring. The callback may not wake the reader: waking takes a lock."""

STALLED, SLOW_START = 0.5, 2.5
"""Seconds without a callback after which the device is given up: in the middle, and before the first one."""

RING_SECONDS = 10
"""How long the reader may be held up (by a slow disk) before sound is lost."""

LEVEL_SAMPLES = RATE // 10
"""The level is the peak of the last 100 ms."""


class CapturedRecording:
    """One recording from a capture. Keeps the port ``Recording``."""

    def __init__(
        self,
        sink: Callable[[bytes], None],
        trouble: Callable[[Exception], None],
        ended: Callable[[], None],
    ) -> None:
        """``ended`` is called when the recording has come to its end, once or more."""
        self.sink = sink
        self.trouble = trouble
        self.over = threading.Event()
        self.finishing = self.abandoned = False
        self.lost = 0.0
        """Seconds of sound that came too fast to be taken."""
        self._ended = ended
        self._peaks: deque[tuple[int, float]] = deque()
        self._level = 0.0
        self.poke: Callable[[float], None] = lambda _: None
        """Wakes the capture and waits for ``over``; set by the capture."""

    def level(self) -> float:
        """Peak of the last 100 ms, 0 to 1; 0 when the recording is over."""
        return 0.0 if self.over.is_set() else self._level

    def finish(self) -> None:
        """Hand over what was recorded up to now and end. Never raises, waits at most 0.4 s for a slow sink."""
        self.finishing = True
        self.poke(0.4)
        self._ended()

    def abandon(self) -> None:
        """End; the sink and ``trouble`` are not called any more. Never raises."""
        self.abandoned = True
        self.poke(0.4)
        self._ended()

    def hand(self, samples: Samples) -> None:
        """Give ``samples`` to the sink and take their level. Reader's side; what the sink raises is raised."""
        if not samples.size or self.abandoned:
            return
        self._peaks.append((samples.size, float(np.abs(samples).max())))
        held = sum(size for size, _ in self._peaks)
        while held - self._peaks[0][0] >= LEVEL_SAMPLES:
            held -= self._peaks.popleft()[0]
        self._level = min(1.0, max(peak for _, peak in self._peaks))
        self.sink(samples.astype("<f4", copy=False).tobytes())


class Capture:
    """An open device, read by a thread of its own until it is closed or dies."""

    def __init__(
        self,
        sounddevice: Any,
        device: Device,
        tries: list[tuple[int, int]],
        before: int,
        died: Callable[[Capture], None],
        channel: int = 0,
    ) -> None:
        """Open and start ``device``. A PortAudio job. Raises MicrophoneError.

        ``tries`` are rates and channels, best first. ``before`` samples (16 kHz) from before a take begins are kept
        for it. ``died(self)`` is called from the reader when the device stops by itself.
        ``channel`` counts from 1; 0 stands for whichever carries sound.
        """
        self.device = device
        self.alive = True
        self.closed = False
        self._died = died
        self._handover = threading.Lock()
        self._kept = before * SAMPLE_BYTES
        self._before = b""
        self._take: CapturedRecording | None = None
        self._stopped = False
        self._lost = 0
        self._awake = threading.Event()
        self._quiet, self._heard, self._looked = 0.0, False, time.monotonic()
        self._stream, self.rate, self.channels = devices.start(
            sounddevice, device, tries, self._callback, self._finished
        )
        self._mix, self._channel = Mix(), channel
        self._resampler: Any = None
        if self.rate != RATE:
            import soxr

            self._resampler = soxr.ResampleStream(self.rate, RATE, 1, "float32", "HQ")
        self._reader = threading.Thread(target=self._read, name="microphone", daemon=True)
        self._reader.start()

    def begin(self, take: CapturedRecording) -> bool:
        """Record into ``take`` from now on, the kept samples first. False when the device has just died."""
        take.poke = lambda patience: self._wake(take, patience)
        with self._handover:
            if self.alive:
                self._take = take
            return self.alive

    def close(self) -> None:
        """Let go of the device. A PortAudio job. Never raises.

        Never ``stop()``: it waits for sound that does not come when the source is suspended, for ever.
        """
        self.closed = True
        self._stream.abort()
        self._stream.close()
        self._awake.set()
        if threading.current_thread() is not self._reader:
            self._reader.join(1)

    # ---- the device's thread: copies and counts, nothing else

    def _callback(self, rate: int, channels: int) -> Callable[..., None]:
        ring = self._ring = Ring(rate * channels * SAMPLE_BYTES * RING_SECONDS)

        def callback(block: Any, *_: Any) -> None:
            ring.write(block)

        return callback

    def _finished(self) -> None:
        self._stopped = True

    # ---- the reader's thread

    def _read(self) -> None:
        while self.alive:
            self._awake.wait(TICK)
            self._awake.clear()
            self._look()

    def _look(self) -> None:
        """Move what came since the last look, and see whether a take or the device has ended."""
        stopped, closed = self._stopped, self.closed  # in this order: closing a stream also stops it
        take = self._take
        ending = take is not None and (take.finishing or take.abandoned)
        block = self._ring.read()  # after the flags above: what came before an end is part of it
        gone = self._watch(bool(block), stopped and not closed)
        problem = None if ending else gone  # who has finished has it all
        try:
            samples = self._convert(block)
            if ending or closed or gone is not None:
                samples = np.concatenate((samples, self._drain()))
            self._hand(take, samples)
        except Exception as error:  # noqa: BLE001  (the sink's: it must not kill the thread unheard)
            problem = MicrophoneError(
                "recording-not-taken",
                f"The recording could not be taken over ({type(error).__name__}: {error})",
                "What was said up to now is kept; try again.",
            )
        with self._handover:
            if closed or gone is not None or problem is not None:
                self.alive = False
                take = self._take  # one that began meanwhile must hear of it
            if ending or not self.alive:
                self._take = None
        if take is not None and (ending or not self.alive):
            self._conclude(take, problem)
        if not self.alive and not closed:
            self._died(self)

    def _hand(self, take: CapturedRecording | None, samples: Samples) -> None:
        """Give ``take`` what came, and first what came just before it; while there is none, keep that."""
        if take is None:
            self._before = (self._before + samples.tobytes())[-self._kept :] if self._kept else b""
            return
        take.lost = (self._ring.lost - self._lost) / (SAMPLE_BYTES * self.channels * self.rate)
        before, self._before = self._before, b""  # handed over once: never again to a later take
        take.hand(np.concatenate((np.frombuffer(before, np.float32), samples)) if before else samples)

    def _conclude(self, take: CapturedRecording, problem: MicrophoneError | None) -> None:
        self._lost = self._ring.lost
        take.over.set()
        if problem is not None and not take.abandoned:
            with contextlib.suppress(Exception):  # nobody is left to tell
                take.trouble(problem)

    def _watch(self, came: bool, stopped: bool) -> MicrophoneError | None:
        """Why the device counts as gone, if it does.

        A look may count for two ticks at most: when this program or the whole machine was held up, the device was not.
        """
        now = time.monotonic()
        passed, self._looked = min(now - self._looked, 2 * TICK), now
        self._quiet = 0.0 if came else self._quiet + passed
        self._heard = self._heard or came
        remedy = "What was said is kept. Check the microphone and its cable, then press the key again."
        if stopped:
            return MicrophoneError("microphone-lost", f"The microphone {self.device.name!r} is gone", remedy)
        if self._quiet > (STALLED if self._heard else SLOW_START):
            what = "stopped sending sound" if self._heard else "sends no sound"
            return MicrophoneError("microphone-stalled", f"The microphone {self.device.name!r} {what}", remedy)
        return None

    def _convert(self, block: bytes) -> Samples:
        """Frames of the device as 16 kHz mono."""
        frames = np.frombuffer(block, np.float32)
        if self.channels > 1:
            every = frames.reshape(-1, self.channels)
            frames = every[:, self._channel - 1].copy() if self._channel else self._mix.mono(every)
        if self._resampler is not None:
            frames = self._resampler.resample_chunk(frames)
        return np.clip(frames, -1.0, 1.0)  # a resampler overshoots at sharp edges

    def _drain(self) -> Samples:
        """What the resampler still holds; afterwards it begins anew."""
        if self._resampler is None:
            return np.empty(0, np.float32)
        rest: Samples = self._resampler.resample_chunk(np.empty(0, np.float32), last=True)
        self._resampler.clear()
        return np.clip(rest, -1.0, 1.0)

    def _wake(self, take: CapturedRecording, patience: float) -> None:
        self._awake.set()
        if threading.current_thread() is not self._reader:
            take.over.wait(patience)
