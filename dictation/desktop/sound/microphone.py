"""The microphone: opens on the key, or stays open when asked to, and records into a sink."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from dictation.core.errors import MicrophoneError
from dictation.core.sections import MicrophoneSettings as Settings
from dictation.core.types import RATE
from dictation.desktop.sound.capture import Capture, CapturedRecording
from dictation.desktop.sound.devices import GONE, Device, find, installed, served, shapes
from dictation.desktop.sound.portaudio import PortAudio

FRESH_SECONDS = 60.0
"""How long a list of devices is not looked up again unasked: each scan leaves some 12 kB behind (measured on ALSA)."""


class SoundDeviceMicrophone:
    """Keeps the port ``Microphone`` with PortAudio. Its methods are called from one thread (the recorder's).

    Cold (the default) the device is open only while a key is down. Warm it stays open, and the last
    ``pre_roll_ms`` are kept in memory, never on disk, until a key takes them.
    """

    def __init__(self, settings: Settings, audio: PortAudio | None = None) -> None:
        """Loads PortAudio in the background, so that the first key finds it ready; when warm, opens the device."""
        self._settings = settings
        self._audio = audio or PortAudio()
        self._opening: Future[Capture] | None = None
        self._capture: Capture | None = None
        self._take: CapturedRecording | None = None
        self._changed = False
        self._remark: MicrophoneError | None = None
        """What the user should know of the last recording's device; whoever tells it takes it away."""
        # Touched by PortAudio's jobs only:
        self._missed = ""
        self._scanned = time.monotonic()
        self._found: tuple[int, str, Device] | None = None
        self._shapes: dict[tuple[str, str], tuple[int, int]] = {}
        self._prepare()

    def begin(self, sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> CapturedRecording:
        """Start recording; see the port. Raises MicrophoneError."""
        if self._recording():
            raise MicrophoneError(
                "already-recording", "The last recording has not ended yet", "Release the key, then press it again."
            )
        take = CapturedRecording(sink, trouble, self._settle)
        capture = self._warm()
        if capture is None or not capture.begin(take):
            capture = self._capture = self._audio.ask(self._open_job(), self._drop)
            if not capture.begin(take):
                raise MicrophoneError(
                    "microphone-lost",
                    f"The microphone {capture.device.name!r} stopped as soon as it was opened",
                    "Check the microphone and its cable, or choose another from `dictation devices`.",
                )
        self._take = take
        return take

    def remark(self) -> MicrophoneError | None:
        """See ``ports.Remarks``."""
        said, self._remark = self._remark, None
        return said

    def change(self, settings: Settings) -> None:
        """Use other settings from the next recording on; one that is under way is not disturbed."""
        old, self._settings = self._settings, settings
        same = dataclasses.replace(old, tail_ms=settings.tail_ms, limit_minutes=settings.limit_minutes) == settings
        if same:
            return
        if self._recording():
            self._changed = True
            return
        self._let_go()
        self._prepare()

    def devices(self) -> list[dict[str, object]]:
        """The input devices; looked for anew when no recording is under way. Raises MicrophoneError."""
        return self._audio.ask(partial(_listed, self._audio))

    def close(self) -> None:
        """Let go of the device and end the threads. Never raises."""
        if self._take is not None and self._recording():
            self._take.abandon()
        self._let_go()
        self._audio.close()

    def _recording(self) -> bool:
        return self._take is not None and not self._take.over.is_set()

    def _prepare(self) -> None:
        """In the background: open the device when warm, else only look for it. Failures are told by ``begin``."""
        if self._settings.warm:
            self._opening = self._audio.post(self._open_job())
        else:
            self._audio.post(partial(self._find, self._settings.device))

    def _warm(self) -> Capture | None:
        """The open capture, if there is one that works and is what the settings ask for."""
        if self._opening is not None:
            opening, self._opening = self._opening, None
            try:
                self._capture = self._audio.wait(opening, self._drop)
            except MicrophoneError:
                return None  # opened again now, which tells today's reason
        if self._capture is not None and not self._capture.alive:
            self._let_go()
        return self._capture

    def _settle(self) -> None:
        """A take has ended: close the device, unless it is to stay open."""
        changed, self._changed = self._changed, False
        if changed or not self._settings.warm:
            self._let_go()
        if changed:
            self._prepare()

    def _let_go(self) -> None:
        capture, self._capture = self._capture, None
        opening, self._opening = self._opening, None
        if opening is not None:
            self._audio.discard(opening, self._drop)
        if capture is not None:
            self._drop(capture)

    def _drop(self, capture: Capture) -> None:
        """Close in the background: closing may hang, and whoever ends a recording must not."""
        self._audio.post(partial(self._close, capture))

    # ---- PortAudio's jobs

    def _open_job(self) -> Callable[[Any], Capture]:
        settings = self._settings
        return lambda sounddevice: self._open(settings, sounddevice)

    def _open(self, settings: Settings, sounddevice: Any) -> Capture:
        """Open; when that fails, look for devices anew and try once more (plugged in or restarted since)."""
        try:
            return self._try(settings, sounddevice)
        except (MicrophoneError, sounddevice.PortAudioError) as error:
            anew = self._audio.rescan(sounddevice)
            if not anew and not _gone(error, settings):
                raise
        if anew:
            try:
                return self._try(settings, sounddevice)
            except MicrophoneError as error:
                if not _gone(error, settings):
                    raise
        return self._instead(settings, sounddevice)

    def _instead(self, settings: Settings, sounddevice: Any) -> Capture:
        """The chosen microphone is not there: the system's default, and a word about it, once."""
        capture = self._try(dataclasses.replace(settings, device=""), sounddevice)
        if self._missed != settings.device:
            self._missed = settings.device
            self._remark = MicrophoneError(
                "microphone-instead",
                f"The microphone {settings.device!r} is not there; {capture.device.name} is used instead",
                "Plug it in, or choose another in the settings.",
            )
        return capture

    def _try(self, settings: Settings, sounddevice: Any) -> Capture:
        device = self._find(settings.device, sounddevice)
        if settings.device:
            self._missed = ""  # it is there again
        good = self._shapes.get((device.name, device.host))
        tries = list(dict.fromkeys([good, *shapes(device)] if good else shapes(device)))
        if settings.channel:
            tries = _with_channel(device, tries, settings.channel)
        before = RATE * settings.pre_roll_ms // 1000 if settings.warm else 0
        capture = Capture(sounddevice, device, tries, before, self._drop, settings.channel)
        self._audio.streams += 1
        self._shapes[device.name, device.host] = capture.rate, capture.channels
        return capture

    def _find(self, wanted: str, sounddevice: Any) -> Device:
        known = self._found
        if known is not None and known[:2] == (self._audio.scans, wanted):
            return known[2]
        device = find(sounddevice, wanted)
        self._found = self._audio.scans, wanted, device
        return device

    def _close(self, capture: Capture, _: Any) -> None:
        if not capture.closed:
            capture.close()
            self._audio.streams -= 1
            self._audio.later = self._look_around

    def _look_around(self, sounddevice: Any) -> None:
        """Between recordings: has another device become the default? PortAudio asks for that only when it starts."""
        if time.monotonic() - self._scanned > FRESH_SECONDS and self._audio.rescan(sounddevice):
            self._scanned = time.monotonic()
            self._find(self._settings.device, sounddevice)


def _gone(error: Exception, settings: Settings) -> bool:
    """Whether it says that a microphone which the user chose is not there; the default may do instead."""
    return bool(settings.device) and getattr(error, "code", "") == GONE


def _with_channel(device: Device, tries: list[tuple[int, int]], channel: int) -> list[tuple[int, int]]:
    """Those of ``tries`` in which every input of ``device`` is by itself: fewer channels would be a mix of them.

    Raises MicrophoneError where there is no such input.
    """
    if channel > device.channels:
        raise MicrophoneError(
            "microphone-channel",
            f"The microphone {device.name!r} has {device.channels} inputs, and no input {channel}",
            "Choose another: `dictation config set microphone.channel 0` takes whichever carries sound.",
        )  # fmt: skip
    return [each for each in tries if each[1] == device.channels]


def devices(audio: PortAudio | None = None) -> list[dict[str, object]]:
    """The input devices now: name, host, rate (Hz), channels, default, index, source. Raises MicrophoneError."""
    audio = audio or PortAudio()
    try:
        return audio.ask(partial(_listed, audio))
    finally:
        audio.close()


def _listed(audio: PortAudio, sounddevice: Any) -> list[dict[str, object]]:
    audio.rescan(sounddevice)
    known = installed(sounddevice)
    return [dataclasses.asdict(each) for each in [*known, *served(known)]]
