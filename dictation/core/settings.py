"""All settings as one value: found, read and changed by their keys."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from dictation.core.errors import SettingError
from dictation.core.methods import OTHERS, check_wishes, wishes_for
from dictation.core.options import Option, Value, check
from dictation.core.sections import (
    CommandSettings,
    EngineSettings,
    HearingSettings,
    HistorySettings,
    InsertSettings,
    KeySettings,
    LlmSettings,
    LookSettings,
    MicrophoneSettings,
    ModelSettings,
    RemoteSettings,
    WordSettings,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. A value: an utterance finishes with the one it began with."""

    keys: KeySettings = field(default_factory=KeySettings)
    microphone: MicrophoneSettings = field(default_factory=MicrophoneSettings)
    hearing: HearingSettings = field(default_factory=HearingSettings)
    engine: EngineSettings = field(default_factory=EngineSettings)
    remote: RemoteSettings = field(default_factory=RemoteSettings)
    words: WordSettings = field(default_factory=WordSettings)
    llm: LlmSettings = field(default_factory=LlmSettings)
    commands: CommandSettings = field(default_factory=CommandSettings)
    insert: InsertSettings = field(default_factory=InsertSettings)
    look: LookSettings = field(default_factory=LookSettings)
    history: HistorySettings = field(default_factory=HistorySettings)
    models: ModelSettings = field(default_factory=ModelSettings)


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
            yield Option(f"{name}.{part.name}", type(default), default, **part.metadata)


@cache
def _known() -> dict[str, Option]:
    return {each.key: each for each in options()}


def find(key: str) -> Option:
    """The declaration of ``key``. Raises SettingError that names the nearest key."""
    known = _known()
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
    if key == "insert.methods":
        check_wishes(str(checked))
    section, name = key.split(".")
    part = dataclasses.replace(getattr(settings, section), **{name: checked})
    return dataclasses.replace(settings, **{section: part})


def in_program(settings: Settings, app: str) -> Settings:
    """The settings as they count in one program: with what the user wants to be otherwise there."""
    for what, value in wishes_for(app, settings.insert.methods).items():
        if what in OTHERS:
            settings = put(settings, OTHERS[what][0], value)
    return settings


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
