"""How one setting is declared, and which values it takes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dictation.core.errors import SettingError

Value = str | bool | int | float


@dataclass(frozen=True, slots=True)
class Option:
    """What is declared of one setting. ``key`` is ``section.name``; numbers have inclusive bounds.

    ``words`` say the choices in plain language, in the same order. ``editor`` names a special way to edit it in the
    window (keys, device, gate, model, folder, address, served, methods); ``page`` the page that it stands on, where
    that is not its section's. ``unit`` is what a number counts, ``zero`` the word for none of it.
    """

    key: str
    kind: type
    default: Value
    label: str
    help: str
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    words: tuple[str, ...] = ()
    editor: str = ""
    page: str = ""
    unit: str = ""
    zero: str = ""


def option(
    default: Value,
    label: str,
    help: str,
    *,
    choices: Mapping[str, str] | None = None,
    low: float | None = None,
    high: float | None = None,
    editor: str = "",
    page: str = "",
    unit: str = "",
    zero: str = "",
) -> Any:
    """Declare a setting as a dataclass field with its sentence. ``choices`` are values, each with its word."""
    named = choices or {}
    about = {
        "label": label, "help": help, "choices": tuple(named), "low": low, "high": high,
        "words": tuple(named.values()), "editor": editor, "page": page, "unit": unit, "zero": zero,
    }  # fmt: skip
    return field(default=default, metadata=about)


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
    nearest = max(number, declared.low if declared.low is not None else number)
    nearest = min(nearest, declared.high if declared.high is not None else nearest)
    if nearest != number:
        _refuse(declared, value, good, f"{nearest:g}")
    return int(number) if declared.kind is int else number


def _refuse(declared: Option, value: Value, good: str, nearest: str) -> None:
    raise SettingError(
        "bad-value",
        f"{declared.key} cannot be {value!r}: it must be {good}",
        f"Try `dictation config set {declared.key} {nearest}`.",
    )
