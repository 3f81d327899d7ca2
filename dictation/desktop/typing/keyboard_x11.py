"""Strikes keys through XTEST: only keys that the keyboard has, never a key that was given another meaning for it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from dictation.core.errors import InsertError
from dictation.desktop.typing.keystrokes import Keystroke

POLL_SECONDS = 0.01
STROKE_SECONDS = 0.001
"""A pause after each stroke, so that slow programs keep up."""

KEYSYMS = {
    "ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L", "super": "Super_L", "enter": "Return", "tab": "Tab",
    "space": "space", "backspace": "BackSpace", "delete": "Delete", "insert": "Insert", "esc": "Escape", "up": "Up",
    "down": "Down", "left": "Left", "right": "Right", "home": "Home", "end": "End", "pageup": "Page_Up",
    "pagedown": "Page_Down",
}  # fmt: skip


class Keyboard:
    """The keyboard as it is laid out when this object is made. Raises InsertError where keys cannot be injected."""

    def __init__(self, connection: Any) -> None:
        if not connection.has_extension("XTEST"):
            raise InsertError("no-xtest", "This X server does not let programs press keys", "Enable XTEST.")
        self._connection = connection
        self._root = connection.screen().root

    def wait_released(self, timeout: float) -> bool:
        """Wait until no modifier is down, so that ours are the only ones; False after ``timeout`` seconds."""
        modifiers = self._modifiers()
        end = time.monotonic() + timeout
        while self._root.query_pointer().mask & modifiers:
            if time.monotonic() > end:
                return False
            time.sleep(POLL_SECONDS)  # the server tells nobody but the focused window when a modifier goes up
        return True

    def chord(self, chord: Keystroke) -> list[int]:
        """Key codes of a chord, in the order they go down. Raises InsertError if the keyboard lacks one."""
        from Xlib import XK

        codes = []
        for name in (*chord.modifiers, chord.key):
            keysym = XK.string_to_keysym(KEYSYMS[name]) if name in KEYSYMS else _keysym(name)
            code = self._connection.keysym_to_keycode(keysym)
            if not code:
                raise InsertError("no-such-key", f"This keyboard layout has no {name} key", "Choose another layout.")
            codes.append(code)
        return codes

    def spell(self, text: str) -> list[list[int]] | None:
        """Key codes for each character; None when the active layout lacks one, or Caps Lock turns letters round."""
        from Xlib import XK, X

        mask = self._root.query_pointer().mask
        group = mask >> 13 & 3  # where the server shows the active layout (XKB protocol, 2.2.2)
        if mask & X.LockMask or group > 1:  # the core map shows two layouts
            return None
        shift = self._connection.keysym_to_keycode(XK.XK_Shift_L)
        strokes: dict[int, list[int]] = {}
        info = self._connection.display.info
        for level in (0, 1):
            for code in range(info.min_keycode, info.max_keycode + 1):
                keysym = self._connection.keycode_to_keysym(code, 2 * group + level)
                strokes.setdefault(keysym, [shift, code] if level else [code])
        spelled = [strokes.get(_keysym(each)) if each.isprintable() else None for each in text]
        return None if None in spelled else [each for each in spelled if each]

    def strike(self, codes: Sequence[int]) -> None:
        """Press the keys in order and release them in reverse."""
        from Xlib import X
        from Xlib.ext import xtest

        for code in codes:
            xtest.fake_input(self._connection, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self._connection, X.KeyRelease, code)
        self._connection.sync()

    def _modifiers(self) -> int:
        """The mask bits of modifiers that are held; not of locks, which stay on."""
        from Xlib import XK

        held = 0
        locks = {XK.XK_Caps_Lock, XK.XK_Shift_Lock, XK.XK_Num_Lock, XK.string_to_keysym("Scroll_Lock")}
        for bit, codes in enumerate(self._connection.get_modifier_mapping()):
            keysyms = {self._connection.keycode_to_keysym(code, 0) for code in codes if code}
            if bit != 1 and keysyms and not keysyms & locks:
                held |= 1 << bit
        return held


def _keysym(character: str) -> int:
    """Latin-1 has the numbers of its characters, all others theirs plus a mark (X11 protocol, appendix A)."""
    code = ord(character)
    return code if 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xFF else code | 0x0100_0000
