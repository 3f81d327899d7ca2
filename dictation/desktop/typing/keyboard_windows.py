"""Strikes keys through SendInput. Never run on Windows: written from Microsoft's pages."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Sequence
from typing import Any

from dictation.core.errors import InsertError
from dictation.desktop.typing.keystrokes import Keystroke

KEYEVENTF_EXTENDEDKEY, KEYEVENTF_KEYUP, KEYEVENTF_UNICODE = 1, 2, 4
INPUT_KEYBOARD = 1

VIRTUAL_KEYS = {
    "ctrl": 0x11, "shift": 0x10, "alt": 0x12, "super": 0x5B, "enter": 0x0D, "tab": 0x09, "space": 0x20,
    "backspace": 0x08, "delete": 0x2E, "insert": 0x2D, "esc": 0x1B, "up": 0x26, "down": 0x28, "left": 0x25,
    "right": 0x27, "home": 0x24, "end": 0x23, "pageup": 0x21, "pagedown": 0x22,
}  # fmt: skip

EXTENDED = frozenset({0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x2D, 0x2E, 0x5B})
"""Keys that are the numeric pad's without this mark."""

MODIFIERS = (0x10, 0x11, 0x12, 0x5B, 0x5C)


class _Keyboard(ctypes.Structure):
    _fields_ = (
        ("key", ctypes.c_uint16), ("scan", ctypes.c_uint16), ("flags", ctypes.c_uint32), ("time", ctypes.c_uint32),
        ("extra", ctypes.c_size_t),
    )  # fmt: skip


class _Any(ctypes.Union):
    # INPUT is as large as its largest member, MOUSEINPUT: 8 bytes more than a key on every Windows.
    _fields_ = (("keyboard", _Keyboard), ("room", ctypes.c_uint8 * (ctypes.sizeof(_Keyboard) + 8)))


class _Input(ctypes.Structure):
    _fields_ = (("kind", ctypes.c_uint32), ("of", _Any))


Stroke = tuple[int, int, int]
"""Virtual key, scan code or UTF-16 unit, flags."""


def chord_strokes(chord: Keystroke, code_of: Any) -> list[Stroke]:
    """Down in order, up in reverse. ``code_of(character)`` is VkKeyScanW."""
    codes = [VIRTUAL_KEYS.get(name) or code_of(name) & 0xFF for name in (*chord.modifiers, chord.key)]
    flags = [KEYEVENTF_EXTENDEDKEY if code in EXTENDED else 0 for code in codes]
    down = [(code, 0, flag) for code, flag in zip(codes, flags, strict=True)]
    return down + [(code, 0, flag | KEYEVENTF_KEYUP) for code, _, flag in reversed(down)]


def text_strokes(text: str) -> list[Stroke]:
    """Each UTF-16 unit down and up: Windows hands them over as characters, whatever the layout."""
    data = text.encode("utf-16-le")
    units = [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]
    return [(0, unit, KEYEVENTF_UNICODE | up) for unit in units for up in (0, KEYEVENTF_KEYUP)]


def send(user: Any, strokes: Sequence[Stroke]) -> None:
    """Inject them in one go, so that the user's own keys cannot come between. Raises InsertError."""
    inputs = (_Input * len(strokes))()
    for each, (key, scan, flags) in zip(inputs, strokes, strict=True):
        each.kind = INPUT_KEYBOARD
        each.of.keyboard = _Keyboard(key, scan, flags, 0, 0)
    if user.SendInput(len(strokes), inputs, ctypes.sizeof(_Input)) != len(strokes):
        raise InsertError(
            "keys-refused",
            "Windows did not let the keys through: the window belongs to a program with more rights, or is locked",
            "Run Dictation with the same rights, or paste the last text yourself.",
        )


def wait_released(user: Any, timeout: float) -> bool:
    """Wait until Shift, Ctrl, Alt and Windows are up; False after ``timeout`` seconds."""
    end = time.monotonic() + timeout
    while any(user.GetAsyncKeyState(key) & 0x8000 for key in MODIFIERS):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
