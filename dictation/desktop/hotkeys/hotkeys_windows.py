"""Global hotkeys on Windows by pynput's low-level hooks. Never run on Windows: written from its and pynput's documents.

``auto`` is Right Ctrl and Right Alt, as on X11; Right Alt is left alone where the layout makes it AltGr.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from dictation.desktop.hotkeys.chords import base
from dictation.desktop.hotkeys.hotkeys_feed import Feed
from dictation.desktop.hotkeys.hotkeys_hook import HookedHotkeys

# https://learn.microsoft.com/windows/win32/inputdev/virtual-key-codes
_VIRTUAL_KEYS = {
    **{chr(code + 32): code for code in range(0x41, 0x5B)}, **{chr(code): code for code in range(0x30, 0x3A)},
    **{f"f{number}": 0x6F + number for number in range(1, 25)},
    "shift_l": 0xA0, "shift_r": 0xA1, "ctrl_l": 0xA2, "ctrl_r": 0xA3, "alt_l": 0xA4, "alt_r": 0xA5,
    "super_l": 0x5B, "super_r": 0x5C, "backspace": 0x08, "tab": 0x09, "enter": 0x0D, "pause": 0x13, "caps_lock": 0x14,
    "esc": 0x1B, "space": 0x20, "page_up": 0x21, "page_down": 0x22, "end": 0x23, "home": 0x24, "left": 0x25,
    "up": 0x26, "right": 0x27, "down": 0x28, "print_screen": 0x2C, "insert": 0x2D, "delete": 0x2E, "menu": 0x5D,
    "scroll_lock": 0x91, "semicolon": 0xBA, "equal": 0xBB, "comma": 0xBC, "minus": 0xBD, "period": 0xBE,
    **{f"numpad_{number}": 0x60 + number for number in range(10)}, "numpad_multiply": 0x6A, "numpad_plus": 0x6B,
    "numpad_minus": 0x6D, "numpad_period": 0x6E, "numpad_divide": 0x6F, "volume_mute": 0xAD, "volume_down": 0xAE,
    "volume_up": 0xAF, "media_next": 0xB0, "media_previous": 0xB1, "media_stop": 0xB2, "media_play": 0xB3,
    "slash": 0xBF, "grave": 0xC0, "bracket_left": 0xDB, "backslash": 0xDC, "bracket_right": 0xDD, "quote": 0xDE,
}  # fmt: skip
_NAMES = {code: name for name, code in _VIRTUAL_KEYS.items()}
_EXTENDED, _ENTER = 1, 0x0D
"""A flag (KBDLLHOOKSTRUCT) that tells the Enter of the numpad from the other, whose code is the same."""
_KEY_DOWN, _KEY_UP = (0x100, 0x104), (0x101, 0x105)
_MIDDLE_DOWN, _MIDDLE_UP, _SIDE_DOWN, _SIDE_UP = 0x207, 0x208, 0x20B, 0x20C
_SIDES = {1: "mouse_back", 2: "mouse_forward"}
_ALTGR_CTRL = 0x21D
"""Scan code of the left Ctrl that Windows makes up before every AltGr."""
_MASK_KEY = 0xE8
"""A key code that nothing uses: pressed while Alt or Win is down, it keeps their release from opening a menu."""


class WindowsHotkeys(HookedHotkeys):
    """The port ``Hotkeys`` for Windows. A program that runs as administrator hides its keys from hooks."""

    NAME = "Windows (low-level hook)"

    def preferred(self) -> Sequence[str]:
        """Right Alt only where no character needs AltGr."""
        return ("ctrl_r", *(() if _has_altgr() else ("alt_r",)), "menu", "pause", "f9")

    def is_down(self, name: str) -> bool:
        """A key that we hide never counts as down for Windows, so only modifiers can be asked for."""
        return base(name) == name or bool(_user32().GetAsyncKeyState(_VIRTUAL_KEYS[name]) & 0x8000)

    def keyboard(self, feed: Feed) -> Any:
        """The filter decides in the hook itself, because only there an event can be kept back."""
        from pynput import keyboard

        def filtered(message: int, data: Any) -> bool:
            if data.vkCode == _MASK_KEY or data.scanCode == _ALTGR_CTRL or message not in (*_KEY_DOWN, *_KEY_UP):
                return False
            name = _NAMES.get(data.vkCode, f"key {data.vkCode}")
            if data.vkCode == _ENTER and data.flags & _EXTENDED:
                name = "numpad_enter"
            hide = feed.key(name, message in _KEY_DOWN)
            if message in _KEY_DOWN and name in feed.held and base(name) in ("alt", "super"):
                _user32().keybd_event(_MASK_KEY, 0, 0, 0)
                _user32().keybd_event(_MASK_KEY, 0, 2, 0)
            if hide:
                hook.suppress_event()  # raises, which is pynput's way
            return False  # nothing is left for pynput to do

        hook = keyboard.Listener(win32_event_filter=filtered)
        return hook

    def mouse(self, feed: Feed) -> Any:
        """The same for the three buttons that may be hotkeys."""
        from pynput import mouse

        def filtered(message: int, data: Any) -> bool:
            if message in (_MIDDLE_DOWN, _MIDDLE_UP):
                name: str | None = "mouse_middle"
            elif message in (_SIDE_DOWN, _SIDE_UP):
                name = _SIDES.get(data.mouseData >> 16)
            else:
                name = None
            if name and feed.key(name, message in (_MIDDLE_DOWN, _SIDE_DOWN)):
                hook.suppress_event()
            return False

        hook = mouse.Listener(win32_event_filter=filtered)
        return hook


def _user32() -> Any:
    return ctypes.WinDLL("user32")  # type: ignore[attr-defined,unused-ignore]


def _has_altgr() -> bool:
    """Whether some character of the present layout is typed with Ctrl+Alt, which is what AltGr is to Windows."""
    user32 = _user32()
    layout = ctypes.c_void_p(user32.GetKeyboardLayout(0))
    return any(user32.VkKeyScanExW(ord(each), layout) >> 8 & 7 == 6 for each in "@€{}[]|~\\#łąñçßµ")
