"""What Linux calls the keys of a chord: the kernel's number (linux/input-event-codes.h) and the X name."""

from __future__ import annotations

from dictation.desktop.typing.keystrokes import Keystroke

_FUNCTION = {f"f{n}": 58 + n for n in range(1, 11)} | {"f11": 87, "f12": 88} | {f"f{n}": 170 + n for n in range(13, 25)}
_ROWS = {
    2: "1234567890", 16: "qwertyuiop", 30: "asdfghjkl", 44: "zxcvbnm",
}  # fmt: skip
_LETTERS = {key: first + offset for first, row in _ROWS.items() for offset, key in enumerate(row)}

_NUMPAD = {
    "7": 71, "8": 72, "9": 73, "minus": 74, "4": 75, "5": 76, "6": 77, "plus": 78, "1": 79, "2": 80, "3": 81, "0": 82,
    "period": 83, "enter": 96, "divide": 98, "multiply": 55,
}  # fmt: skip

CODES: dict[str, int] = {
    **_FUNCTION, **_LETTERS, **{f"numpad_{name}": code for name, code in _NUMPAD.items()},
    "volume_mute": 113, "volume_down": 114, "volume_up": 115, "media_next": 163, "media_play": 164,
    "media_previous": 165, "media_stop": 166,
    "ctrl_l": 29, "ctrl_r": 97, "alt_l": 56, "alt_r": 100, "shift_l": 42, "shift_r": 54, "super_l": 125, "super_r": 126,
    "esc": 1, "minus": 12, "equal": 13, "backspace": 14, "tab": 15, "bracket_left": 26, "bracket_right": 27,
    "enter": 28, "semicolon": 39, "quote": 40, "grave": 41, "backslash": 43, "comma": 51, "period": 52, "slash": 53,
    "space": 57, "caps_lock": 58, "scroll_lock": 70, "print_screen": 99, "home": 102, "up": 103, "page_up": 104,
    "left": 105, "right": 106, "end": 107, "down": 108, "page_down": 109, "insert": 110, "delete": 111, "pause": 119,
    "menu": 127, "mouse_middle": 0x112, "mouse_back": 0x113, "mouse_forward": 0x114,
}  # fmt: skip
"""By place, as on a US keyboard. The two side buttons are BTN_SIDE and BTN_EXTRA."""

_SIDED = {"ctrl": "ctrl_l", "shift": "shift_l", "alt": "alt_l", "super": "super_l"}
_PLACES = {"pageup": "page_up", "pagedown": "page_down"}


def codes_of(chord: Keystroke) -> list[int]:
    """The keys of a chord in the order in which they go down; empty when one of them is not known."""
    codes = [CODES.get(_SIDED.get(name) or _PLACES.get(name, name), 0) for name in (*chord.modifiers, chord.key)]
    return codes if all(codes) else []


_SAME = {"space", "minus", "equal", "semicolon", "grave", "backslash", "comma", "period", "slash"}
_SIGNS = {"period": "Decimal", "divide": "Divide", "multiply": "Multiply", "minus": "Subtract", "plus": "Add"}
_OTHERWISE = {
    "volume_mute": "XF86AudioMute", "volume_down": "XF86AudioLowerVolume", "volume_up": "XF86AudioRaiseVolume",
    "media_play": "XF86AudioPlay", "media_stop": "XF86AudioStop", "media_previous": "XF86AudioPrev",
    "media_next": "XF86AudioNext",
    **{f"numpad_{name}": f"KP_{_SIGNS.get(name) or name.title()}" for name in _NUMPAD},
    "print_screen": "Print", "enter": "Return", "esc": "Escape", "backspace": "BackSpace",
    "bracket_left": "bracketleft", "bracket_right": "bracketright", "quote": "apostrophe",
    **{f"ctrl_{side}": f"Control_{side.upper()}" for side in "lr"},
}  # fmt: skip

KEYSYMS: dict[str, str] = {
    name: _OTHERWISE.get(name) or (name if len(name) == 1 or name in _SAME else name.title())
    for name in CODES
    if not name.startswith("mouse")
}
"""X keysym names, by what is printed on the key: ``F9``, ``Control_R``, ``Caps_Lock``, ``a``."""
