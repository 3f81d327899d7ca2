"""Keeps a recording going over a hiccup of the sound system: opens the device again while it is asked for."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Protocol

from dictation.core.errors import MicrophoneError
from dictation.core.ports import Recording
from dictation.core.sections import MicrophoneSettings as Settings
from dictation.core.types import RATE, SAMPLE_BYTES

GONE_SECONDS = 5.0
"""So long without sound the device is tried again: a sound server that systemd restarts is back in 1 to 2 s."""

AGAIN_SECONDS = 0.1
"""Between two tries: each may look for all devices anew, and the next words wait for it."""

CLOSE_SECONDS = 1.0
"""So long an end waits for a device that is just being opened; who hangs then is left alone."""

HICCUPS = ("microphone-lost", "microphone-stalled")
"""Codes of the errors that a device may come back from."""


class Reopenable(Protocol):
    """A microphone of one device, as ``ports.Microphone``, ``ports.Changes`` and ``ports.Remarks`` say."""

    def begin(self, sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> Recording: ...
    def remark(self) -> MicrophoneError | None: ...
    def change(self, settings: Settings) -> None: ...
    def devices(self) -> list[dict[str, object]]: ...
    def close(self) -> None: ...


class ReopeningMicrophone:
    """Keeps the ports that ``inner`` keeps. Calls to ``inner`` are never made at the same time."""

    def __init__(self, inner: Reopenable, patience: float = GONE_SECONDS) -> None:
        """``patience`` is in seconds without sound, after which a recording ends in trouble."""
        self._inner, self._patience = inner, patience
        self._turn = threading.Lock()
        self._take: ReopenedRecording | None = None

    def begin(self, sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> ReopenedRecording:
        """See ``ports.Microphone``: ``trouble`` comes only when the device stays away. Raises MicrophoneError."""
        take = ReopenedRecording(self._inner.begin, sink, trouble, self._patience, self._turn)
        take.start()
        self._take = take
        return take

    def remark(self) -> MicrophoneError | None:
        """See ``ports.Remarks``; at the end of a recording, whether a piece of it is missing."""
        if self._take and (gap := self._take.missing()):
            return gap
        return self._inner.remark()

    def change(self, settings: Settings) -> None:
        """See ``ports.Changes``."""
        with self._turn:
            self._inner.change(settings)

    def devices(self) -> list[dict[str, object]]:
        """The input devices. Raises MicrophoneError."""
        with self._turn:
            return self._inner.devices()

    def close(self) -> None:
        """Let go of the device. Never raises."""
        if self._take:
            self._take.abandon()
        ours = self._turn.acquire(timeout=CLOSE_SECONDS)
        self._inner.close()
        if ours:
            self._turn.release()


class ReopenedRecording:
    """One recording, of as many openings of the device as it takes. Keeps the port ``Recording``."""

    def __init__(
        self,
        reopen: Callable[[Callable[[bytes], None], Callable[[Exception], None]], Recording],
        sink: Callable[[bytes], None],
        trouble: Callable[[Exception], None],
        patience: float,
        turn: threading.Lock,
    ) -> None:
        """Nothing is open before ``start``. ``turn`` is held while the device is opened, or closed unwanted."""
        self._open, self._sink, self._trouble, self._patience = reopen, sink, trouble, patience
        self._turn, self._guard = turn, threading.Lock()
        self._over, self._ended = threading.Event(), threading.Event()
        self._part: Recording | None = None
        self._heard = 0.0
        """When sound came last, in monotonic seconds; 0 before the first."""
        self._gone: Exception | None = None
        """Why there is no sound just now."""
        self._missed = 0.0
        """Seconds of the gaps that nobody has been told of."""

    def start(self) -> None:
        """Open the device. Raises MicrophoneError."""
        with self._turn:
            self._part = self._open(self._take, self._broken)

    def level(self) -> float:
        """Peak of the last 100 ms, 0 to 1; 0 in a gap."""
        part = self._part
        return part.level() if part else 0.0

    def finish(self) -> None:
        """See the port."""
        self._end(lambda part: part.finish())

    def abandon(self) -> None:
        """See the port."""
        self._end(lambda part: part.abandon())

    def _end(self, how: Callable[[Recording], None]) -> None:
        with self._guard:
            self._over.set()
            part = self._part
        if part:
            how(part)
        self._ended.set()

    def missing(self) -> MicrophoneError | None:
        """What to tell of the gaps in it; given once."""
        missed, self._missed = self._missed, 0.0
        gone, self._gone = self._gone, None
        if isinstance(gone, MicrophoneError):
            return gone
        if not missed:
            return None
        return MicrophoneError(
            "microphone-gap",
            f"The microphone was away for {missed:.1f} s",
            "What was said meanwhile is missing; read the text once more.",
        )

    def _take(self, samples: bytes) -> None:
        """Sound came. After a gap, silence of its length goes first: two halves of a word are not one word."""
        if self._ended.is_set():
            return  # of a device that came back too late
        now = time.monotonic()
        if self._gone is not None:
            self._gone, gap = None, now - self._heard
            self._missed += gap
            self._sink(bytes(round(gap * RATE) * SAMPLE_BYTES))
        self._heard = now
        self._sink(samples)

    def _broken(self, error: Exception) -> None:
        """The device stopped. From the thread that read it, which ends now."""
        if getattr(error, "code", "") not in HICCUPS or not self._heard:
            self._trouble(error)
            return
        self._gone = self._gone or error
        threading.Thread(target=self._again, name="microphone-again", daemon=True).start()

    def _again(self) -> None:
        """Open until it works, nobody wants it any more, or the device has been away for too long."""
        while not self._over.is_set() and time.monotonic() - self._heard < self._patience:
            with contextlib.suppress(MicrophoneError), self._turn:
                part = self._open(self._take, self._broken)
                with self._guard:
                    self._part = part
                    unwanted = self._over.is_set()
                if unwanted:
                    part.abandon()
                return
            self._over.wait(AGAIN_SECONDS)
        if not self._over.is_set() and (gone := self._gone) is not None:
            self._gone = None  # told here, and not once more at the end
            self._trouble(gone)
