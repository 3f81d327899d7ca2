"""Global hotkeys on macOS by pynput's event tap. Never run on macOS: written from Apple's headers and pynput's source.

``auto`` is Right Command and Right Option: laptops have no Right Ctrl, and shortcuts are pressed with the left ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dictation.core.errors import HotkeyError
from dictation.core.settings import Settings
from dictation.desktop.hotkeys.chords import Bindings
from dictation.desktop.hotkeys.hotkeys_feed import Feed
from dictation.desktop.hotkeys.hotkeys_hook import HookedHotkeys

# Carbon's Events.h (kVK_...), by place as on a US keyboard.
_KEY_CODES = {
    **{key: code for code, key in enumerate("asdfhgzxcv")}, "b": 11, "q": 12, "w": 13, "e": 14, "r": 15, "y": 16,
    "t": 17, "1": 18, "2": 19, "3": 20, "4": 21, "6": 22, "5": 23, "equal": 24, "9": 25, "7": 26, "minus": 27,
    "8": 28, "0": 29, "bracket_right": 30, "o": 31, "u": 32, "bracket_left": 33, "i": 34, "p": 35, "enter": 36,
    "l": 37, "j": 38, "quote": 39, "k": 40, "semicolon": 41, "backslash": 42, "comma": 43, "slash": 44, "n": 45,
    "m": 46, "period": 47, "tab": 48, "space": 49, "grave": 50, "backspace": 51, "esc": 53,
    "super_r": 54, "super_l": 55, "shift_l": 56, "alt_l": 58, "ctrl_l": 59, "shift_r": 60, "alt_r": 61, "ctrl_r": 62,
    "f1": 122, "f2": 120, "f3": 99, "f4": 118, "f5": 96, "f6": 97, "f7": 98, "f8": 100, "f9": 101, "f10": 109,
    "f11": 103, "f12": 111, "f13": 105, "f14": 107, "f15": 113, "f16": 106, "f17": 64, "f18": 79, "f19": 80,
    "f20": 90, "insert": 114, "home": 115, "page_up": 116, "delete": 117, "end": 119, "page_down": 121, "left": 123,
    "right": 124, "down": 125, "up": 126, "numpad_period": 65, "numpad_multiply": 67, "numpad_plus": 69,
    "numpad_divide": 75, "numpad_enter": 76, "numpad_minus": 78,
    **{f"numpad_{number}": code for number, code in enumerate((82, 83, 84, 85, 86, 87, 88, 89, 91, 92))},
}  # fmt: skip
_NAMES = {code: name for name, code in _KEY_CODES.items()}
# IOLLEvent.h (NX_DEVICE...KEYMASK): the plain flags do not tell left from right.
_DEVICE_FLAGS = {
    "ctrl_l": 0x1, "shift_l": 0x2, "shift_r": 0x4, "super_l": 0x8, "super_r": 0x10, "alt_l": 0x20, "alt_r": 0x40,
    "ctrl_r": 0x2000,
}  # fmt: skip
_KEY_DOWN, _KEY_UP, _FLAGS_CHANGED, _OTHER_MOUSE_DOWN, _OTHER_MOUSE_UP = 10, 11, 12, 25, 26
_BUTTONS = {2: "mouse_middle", 3: "mouse_back", 4: "mouse_forward"}


class MacHotkeys(HookedHotkeys):
    """The port ``Hotkeys`` for macOS. Secure input (a password field) hides all keys while it has the cursor."""

    NAME = "macOS (event tap)"

    def preferred(self) -> Sequence[str]:
        """See the top of this file."""
        return ("super_r", "alt_r", "ctrl_r", "f9")

    def bind(self, settings: Settings) -> Bindings:
        """Without keys that a Mac has not, or whose release it does not tell. Raises HotkeyError."""
        bound = super().bind(settings)
        for chord in bound.chords():
            if not chord.mouse and not any(name in _KEY_CODES for name in (chord.key, f"{chord.key}_l")):
                raise HotkeyError(
                    "key-not-here",
                    f"{chord.key} cannot be held on macOS: the system does not tell programs when it comes up",
                    "Take super_r (Right Command), alt_r (Right Option) or f9.",
                )
        return bound

    def is_down(self, name: str) -> bool:
        """What the hardware says (kCGEventSourceStateHIDSystemState is 1)."""
        import Quartz

        return name not in _KEY_CODES or bool(Quartz.CGEventSourceKeyState(1, _KEY_CODES[name]))

    def keyboard(self, feed: Feed) -> Any:
        """Everything is decided in the tap, because only there an event can be kept back."""
        import Quartz
        from ApplicationServices import AXIsProcessTrusted
        from pynput import keyboard

        if not AXIsProcessTrusted():  # pynput asks, too, but merely logs a warning and hears nothing
            raise HotkeyError(
                "no-permission",
                "macOS does not let Dictation see keys",
                "Allow it in System Settings > Privacy & Security > Accessibility and Input Monitoring; start again.",
            )

        def intercept(kind: int, event: Any) -> Any:
            code = Quartz.CGEventGetIntegerValueField(event, Quartz.kCGKeyboardEventKeycode)
            name = _NAMES.get(code, f"key {code}")
            if kind == _FLAGS_CHANGED:
                if name in _DEVICE_FLAGS:
                    feed.key(name, bool(Quartz.CGEventGetFlags(event) & _DEVICE_FLAGS[name]))
            elif kind in (_KEY_DOWN, _KEY_UP) and feed.key(name, kind == _KEY_DOWN):
                return None
            return event

        return keyboard.Listener(darwin_intercept=intercept)

    def mouse(self, feed: Feed) -> Any:
        """The same for the three buttons that may be hotkeys."""
        import Quartz
        from pynput import mouse

        def intercept(kind: int, event: Any) -> Any:
            if kind in (_OTHER_MOUSE_DOWN, _OTHER_MOUSE_UP):
                number = Quartz.CGEventGetIntegerValueField(event, Quartz.kCGMouseEventButtonNumber)
                if number in _BUTTONS and feed.key(_BUTTONS[number], kind == _OTHER_MOUSE_DOWN):
                    return None
            return event

        return mouse.Listener(darwin_intercept=intercept)
