"""Which microphones there are, which one is meant, and how one is opened."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dictation.core.errors import MicrophoneError
from dictation.core.foreign import json_from
from dictation.core.types import RATE
from dictation.desktop.sound.portaudio import REFUSED_SHAPES, explain

BLOCK_SECONDS = 0.02
"""One callback's worth of sound. Smaller gives more callbacks, larger arrives in bursts (notes/desktop.md, 3)."""

SERVER_DEVICE = "pulse"
"""PortAudio's single name for whatever the sound server offers."""


GONE = "microphone-gone"
"""Code of the error that says so."""


@dataclass(frozen=True, slots=True)
class Device:
    """An input device: its ``rate`` in Hz is its own, ``index`` is PortAudio's, ``source`` the sound server's name.

    ``default`` marks what is recorded when no device is chosen.
    """

    name: str
    host: str
    rate: int
    channels: int
    default: bool
    index: int
    source: str = ""


def installed(sounddevice: Any) -> list[Device]:
    """PortAudio's input devices, as of its last scan."""
    hosts = sounddevice.query_hostapis()
    try:
        default = sounddevice.query_devices(kind="input")["index"]
    except (sounddevice.PortAudioError, ValueError):  # there is none
        default = -1
    return [
        Device(
            str(each["name"]),
            str(hosts[each["hostapi"]]["name"]),
            round(each["default_samplerate"]),
            int(each["max_input_channels"]),
            each["index"] == default,
            int(each["index"]),
        )
        for each in sounddevice.query_devices()
        if each["max_input_channels"] > 0
    ]


def served(known: Sequence[Device]) -> list[Device]:
    """The sound server's microphones, which PortAudio hides behind one name; empty without such a server.

    Asks ``pactl`` (PulseAudio, or PipeWire in its place). Monitors of loudspeakers are left out.
    """
    door = next((each for each in known if each.name == SERVER_DEVICE), None)
    pactl = shutil.which("pactl")
    if door is None or pactl is None:
        return []
    routed = any(each.default and each.name in ("default", SERVER_DEVICE) for each in known)
    try:
        usual = _pactl(pactl, "info")["default_source_name"] if routed else None
        return [
            Device(
                str(each["description"]),
                "PulseAudio",
                int(each["sample_specification"].split()[-1].removesuffix("Hz")),
                int(each["sample_specification"].split()[-2].removesuffix("ch")),
                each["name"] == usual,
                door.index,
                str(each["name"]),
            )
            for each in _pactl(pactl, "list", "sources")
            if each["properties"].get("device.class") != "monitor"
        ]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, IndexError, AttributeError):
        return []  # no server, or a pactl older than 16 that cannot speak JSON: PortAudio's own list remains


def _pactl(pactl: str, *words: str) -> Any:
    command = [pactl, "--format=json", *words]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}  # names are in any language; numbers must not be
    return json_from(subprocess.run(command, capture_output=True, timeout=2, check=True, env=environment).stdout)


def find(sounddevice: Any, wanted: str) -> Device:
    """The device that ``wanted`` means: empty for the system's default, a name or part of one, or an index.

    Raises MicrophoneError, which names the devices there are.
    """
    known = installed(sounddevice)
    if not known:
        raise MicrophoneError(
            "no-microphone",
            "There is no microphone: the sound system offers no input device",
            "Plug one in, or start the sound server; then see `dictation devices`.",
        )
    if not wanted:
        return next((each for each in known if each.default), known[0])
    # The server's list costs two calls of pactl, so it is looked at only for what PortAudio does not know by its whole
    # name; then it comes first, because the server holds the devices that both list.
    found = match(known, wanted, whole=True)
    if found is None:
        known = [*served(known), *known]
        found = match(known, wanted)
    if found is None:
        names = "; ".join(dict.fromkeys(each.name for each in known))
        raise MicrophoneError(
            GONE,
            f"The microphone {wanted!r} is not there; there are: {names}",
            'Plug it in, or take the default: `dictation config set microphone.device ""`.',
        )
    return found


def match(known: Sequence[Device], wanted: str, whole: bool = False) -> Device | None:
    """The device among ``known`` meant by an index, a whole name, its beginning, or a part of it, in this order.

    ``whole``: only by an index or a whole name. One microphone appears once per host API on some systems: the default
    device, else the first, is taken.
    """
    text = wanted.strip().casefold()
    rules: tuple[Callable[[Device], bool], ...] = (
        lambda each: text == str(each.index) and not each.source,
        lambda each: text in (each.name.casefold(), each.source.casefold(), f"{each.name}, {each.host}".casefold()),
        lambda each: each.name.casefold().startswith(text),
        lambda each: text in f"{each.name}, {each.host}".casefold(),
    )
    for rule in rules[:2] if whole else rules:
        if hits := [each for each in known if rule(each)]:
            return next((each for each in hits if each.default), hits[0])
    return None


def shapes(device: Device) -> Iterator[tuple[int, int]]:
    """Rates (Hz) and channels to try, best first: what the recogniser wants, then what the device is."""
    rates = dict.fromkeys((RATE, device.rate, 48_000, 44_100))
    channels = dict.fromkeys(count for count in (1, 2, device.channels) if count <= device.channels)
    return ((rate, count) for count in channels for rate in rates)


def start(
    sounddevice: Any,
    device: Device,
    tries: Sequence[tuple[int, int]],
    callback: Callable[[int, int], Callable[..., None]],
    finished: Callable[[], None],
) -> tuple[Any, int, int]:
    """A running stream of ``device`` in float32, in the first rate and channels of ``tries`` that it takes.

    ``callback(rate, channels)`` makes PortAudio's callback. Returns stream, rate, channels. Raises MicrophoneError.
    """
    refused: Exception | None = None
    _point(device)
    for rate, channels in tries:
        stream = None
        try:
            stream = sounddevice.RawInputStream(
                samplerate=rate,
                channels=channels,
                dtype="float32",
                device=device.index,
                blocksize=round(rate * BLOCK_SECONDS),
                latency="low",
                callback=callback(rate, channels),
                finished_callback=finished,
            )
            stream.start()
            return stream, rate, channels
        except sounddevice.PortAudioError as error:
            if stream is not None:
                stream.close()
            refused = error
            if len(error.args) < 2 or error.args[1] not in REFUSED_SHAPES:
                break
        except ValueError as error:  # sounddevice's own check of the index: the device is gone from its list
            refused = error
            break
    assert refused is not None
    raise explain(refused, device.name) from refused


def _point(device: Device) -> None:
    """Tell the sound server's client library which source is meant: it reads this variable when it connects."""
    if device.source:
        if os.environ.get("PULSE_SOURCE") != device.source:
            _usual.setdefault("PULSE_SOURCE", os.environ.get("PULSE_SOURCE"))
            os.environ["PULSE_SOURCE"] = device.source
    elif "PULSE_SOURCE" in _usual:
        before = _usual.pop("PULSE_SOURCE")
        if before is None:
            os.environ.pop("PULSE_SOURCE", None)
        else:
            os.environ["PULSE_SOURCE"] = before


_usual: dict[str, str | None] = {}
"""What the user had set before a source was chosen here."""
