"""Every setting, declared once: type, default, bounds, label and one sentence of help."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from dictation.core.errors import SettingError

Value = str | bool | int | float


@dataclass(frozen=True, slots=True)
class Option:
    """What is declared of one setting. ``key`` is ``section.name``; numbers have inclusive bounds."""

    key: str
    kind: type
    default: Value
    label: str
    help: str
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


def option(
    default: Value,
    label: str,
    help: str,
    *,
    choices: tuple[str, ...] = (),
    low: float | None = None,
    high: float | None = None,
) -> Any:
    """Declare a setting as a dataclass field with its sentence."""
    about = {"label": label, "help": help, "choices": choices, "low": low, "high": high}
    return field(default=default, metadata=about)


@dataclass(frozen=True, slots=True)
class Keys:
    """Hotkeys."""

    dictate: str = option("auto", "Dictation key", "Hold to speak. auto: the key that collides least on this platform.")
    command: str = option("auto", "Command key", "Kept for command mode, which is not in this version.")
    mode: str = option(
        "both", "Key behaviour", "hold: speak while down. toggle: press to start, press to stop. both: a tap toggles.",
        choices=("both", "hold", "toggle"),
    )  # fmt: skip
    cancel: str = option("esc", "Cancel key", "Throws the running recording away; off: none.")
    tap_ms: int = option(400, "Tap", "A press shorter than this toggles, in milliseconds.", low=100, high=1000)


@dataclass(frozen=True, slots=True)
class Microphone:
    """Microphone."""

    device: str = option("", "Device", "Name or part of it, as in `dictation devices`; empty: the system's default.")
    warm: bool = option(
        False,
        "Keep the microphone open",
        "Also records the moment before the key; the system shows the microphone in use.",
    )
    pre_roll_ms: int = option(
        300, "Before the key", "What is kept from before the key while warm, in ms.", low=0, high=1000
    )
    tail_ms: int = option(200, "After release", "How long recording goes on after release, in ms.", low=0, high=1000)
    limit_minutes: int = option(
        30, "Longest recording", "A recording is ended and used after so many minutes.", low=1, high=120
    )


@dataclass(frozen=True, slots=True)
class Hearing:
    """How you are heard."""

    language: str = option(
        "auto", "Language", "auto chooses between zh and en for each utterance.", choices=("auto", "zh", "en")
    )
    gate: float = option(
        0.5, "Silence gate", "Speech probability that counts as speech; higher is stricter.", low=0.2, high=0.9
    )
    quiet_voice: bool = option(False, "Quiet voice", "Lets whispers through; more noises get as far as the recogniser.")


@dataclass(frozen=True, slots=True)
class Engine:
    """Recognition."""

    kind: str = option("local", "Engine", "local Whisper, or a remote server.", choices=("local", "remote"))
    model: str = option(
        "auto", "Model", "A name from `dictation models list`, or a folder. auto: the best one installed."
    )
    device: str = option(
        "auto", "Compute on", "auto takes a CUDA GPU if there is one.", choices=("auto", "cpu", "cuda")
    )
    precision: str = option(
        "auto", "Precision", "auto: int8 on the CPU, float16 on the GPU.",
        choices=("auto", "int8", "int8_float16", "float16", "float32"),
    )  # fmt: skip
    context: str = option(
        "auto", "Encoder context", "auto: short for short speech, checked against full (30 s) on your own speech.",
        choices=("auto", "full"),
    )  # fmt: skip
    threads: int = option(0, "Threads", "0: chosen for this machine.", low=0, high=64)
    unload_minutes: int = option(
        0, "Unload when idle", "Frees the model's memory after so many minutes; 0: never.", low=0, high=1440
    )


@dataclass(frozen=True, slots=True)
class Remote:
    """Remote recogniser (OpenAI-compatible)."""

    url: str = option("", "Address", "Base address of a server with /audio/transcriptions, such as http://gpu:8000/v1.")
    model: str = option("whisper-1", "Model", "The model's name on that server.")
    timeout_seconds: float = option(30.0, "Patience", "Longest wait for the server, in seconds.", low=1, high=600)


@dataclass(frozen=True, slots=True)
class Words:
    """Words."""

    correct: bool = option(
        True, "Language rules", "Mends technical terms, spoken code, numbers and spacing; off: as heard."
    )
    code: bool = option(True, "Spoken code", "Turns spoken paths, symbols and letters into written ones.")
    numbers: bool = option(True, "Numbers", "Writes digits where there is a reason, as in versions and ports.")
    fillers: bool = option(True, "Leave out fillers", "Leaves out um and 嗯.")
    spacing: bool = option(True, "Spacing", "Puts a space between Chinese and Latin words.")
    punctuation: str = option(
        "full",
        "Punctuation",
        "Next to Chinese: full width, half width, or keep what was heard.",
        choices=("full", "half", "keep"),
    )
    script: str = option(
        "simplified", "Chinese script", "simplified turns traditional characters into simplified ones.",
        choices=("simplified", "keep"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Insert:
    """Inserting text."""

    method: str = option(
        "auto", "Method", "auto pastes and gives the clipboard back.", choices=("auto", "paste", "type")
    )


@dataclass(frozen=True, slots=True)
class Models:
    """Model downloads."""

    hub: str = option("", "Download from", "Another address that serves the same models; empty: the usual one.")
    folder: str = option("", "Folder", "Where models are kept; empty: the platform's place for data.")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. A value: an utterance finishes with the one it began with."""

    keys: Keys = field(default_factory=Keys)
    microphone: Microphone = field(default_factory=Microphone)
    hearing: Hearing = field(default_factory=Hearing)
    engine: Engine = field(default_factory=Engine)
    remote: Remote = field(default_factory=Remote)
    words: Words = field(default_factory=Words)
    insert: Insert = field(default_factory=Insert)
    models: Models = field(default_factory=Models)


def sections() -> Iterator[tuple[str, str, type]]:
    """Name, title and class of every section, in order."""
    for part in dataclasses.fields(Settings):
        kind = cast(type, part.default_factory)
        yield part.name, (kind.__doc__ or "").rstrip("."), kind


def options() -> Iterator[Option]:
    """Every setting there is, in order."""
    for name, _, kind in sections():
        for part in dataclasses.fields(kind):
            default = cast(Value, part.default)
            about = part.metadata
            yield Option(
                f"{name}.{part.name}", type(default), default, about["label"], about["help"],
                about["choices"], about["low"], about["high"],
            )  # fmt: skip


def find(key: str) -> Option:
    """The declaration of ``key``. Raises SettingError that names the nearest key."""
    known = {each.key: each for each in options()}
    if key in known:
        return known[key]
    near = difflib.get_close_matches(key, known, 1, 0.4) or [k for k in known if k.endswith("." + key)][:1]
    remedy = f"Did you mean {near[0]}?" if near else "See `dictation config list`."
    raise SettingError("unknown-setting", f"There is no setting {key!r}", remedy)


def get(settings: Settings, key: str) -> Value:
    """The value of ``key``. Raises SettingError."""
    find(key)
    section, name = key.split(".")
    return cast(Value, getattr(getattr(settings, section), name))


def put(settings: Settings, key: str, value: Value) -> Settings:
    """New settings with ``key`` set to ``value`` (text is read as the setting's type). Raises SettingError."""
    checked = check(find(key), value)
    section, name = key.split(".")
    part = dataclasses.replace(getattr(settings, section), **{name: checked})
    return dataclasses.replace(settings, **{section: part})


def check(declared: Option, value: Value) -> Value:
    """``value`` as the declared type and within bounds. Raises SettingError with the nearest good value."""
    if declared.kind is bool:
        return _truth(declared, value)
    if declared.kind in (int, float):
        return _number(declared, value)
    text = str(value).strip()
    if declared.choices and text not in declared.choices:
        near = difflib.get_close_matches(text.lower(), declared.choices, 1, 0.3)
        _refuse(declared, value, f"one of {', '.join(declared.choices)}", near[0] if near else str(declared.default))
    return text


def _truth(declared: Option, value: Value) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in ("true", "yes", "on", "1"):
        return True
    if word in ("false", "no", "off", "0"):
        return False
    _refuse(declared, value, "true or false", str(declared.default).lower())
    raise AssertionError  # _refuse always raises


def _number(declared: Option, value: Value) -> int | float:
    good = "a whole number" if declared.kind is int else "a number"
    if declared.low is not None and declared.high is not None:
        good += f" from {declared.low:g} to {declared.high:g}"
    try:
        if isinstance(value, bool):
            raise ValueError
        number = float(value)
        if number != number or (declared.kind is int and number != int(number)):
            raise ValueError
    except (ValueError, OverflowError):
        _refuse(declared, value, good, f"{declared.default}")
        raise AssertionError from None
    nearest = number
    if declared.low is not None:
        nearest = max(nearest, declared.low)
    if declared.high is not None:
        nearest = min(nearest, declared.high)
    if nearest != number:
        _refuse(declared, value, good, f"{nearest:g}")
    return int(number) if declared.kind is int else number


def _refuse(declared: Option, value: Value, good: str, nearest: str) -> None:
    raise SettingError(
        "bad-value",
        f"{declared.key} cannot be {value!r}: it must be {good}",
        f"Try `dictation config set {declared.key} {nearest}`.",
    )


def read(table: Mapping[str, object]) -> tuple[Settings, list[SettingError]]:
    """Settings from nested tables (a parsed file). What is wrong is left at its default and returned as errors."""
    settings, wrong = Settings(), []
    for section, part in table.items():
        entries = part.items() if isinstance(part, Mapping) else [("", part)]
        for name, value in entries:
            key = f"{section}.{name}" if name else section
            try:
                if not isinstance(value, str | bool | int | float):
                    raise SettingError(
                        "bad-value", f"{key} is not a single value", f"See `dictation config get {key}`."
                    )
                settings = put(settings, key, value)
            except SettingError as error:
                wrong.append(error)
    return settings, wrong
