"""Key names: what Qt tells of a pressed key or button, as the settings spell it, and spelt keys as people call them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

translate = QCoreApplication.translate
Key = Qt.Key

MODIFIERS = {
    Key.Key_Control: "ctrl", Key.Key_Shift: "shift", Key.Key_Alt: "alt", Key.Key_AltGr: "alt", Key.Key_Meta: "super",
    Key.Key_Super_L: "super", Key.Key_Super_R: "super",
}  # fmt: skip

_RIGHT_SYMBOLS = frozenset((0xFFE2, 0xFFE4, 0xFFE8, 0xFFEA, 0xFFEC, 0xFE03, 0xA1, 0xA3, 0xA5, 0x5C, 54, 60, 61, 62))
"""What three kinds of systems call the modifiers of the right side: key symbols, virtual keys, and key codes."""

_RIGHT_SCANS = frozenset((0x136, 0x11D, 0x138, 0x15C))
"""Scan codes of the same, where the virtual key says no side."""

_NAMED = {
    Key.Key_CapsLock: "caps_lock", Key.Key_ScrollLock: "scroll_lock", Key.Key_Pause: "pause",
    Key.Key_Print: "print_screen", Key.Key_SysReq: "print_screen", Key.Key_Menu: "menu", Key.Key_Insert: "insert",
    Key.Key_Space: "space", Key.Key_Return: "enter", Key.Key_Enter: "enter", Key.Key_Tab: "tab",
    Key.Key_Backtab: "tab", Key.Key_Escape: "esc", Key.Key_Backspace: "backspace", Key.Key_Delete: "delete",
    Key.Key_Home: "home", Key.Key_End: "end", Key.Key_PageUp: "page_up", Key.Key_PageDown: "page_down",
    Key.Key_Up: "up", Key.Key_Down: "down", Key.Key_Left: "left", Key.Key_Right: "right", Key.Key_Minus: "minus",
    Key.Key_Underscore: "minus", Key.Key_Equal: "equal", Key.Key_Plus: "equal", Key.Key_BracketLeft: "bracket_left",
    Key.Key_BraceLeft: "bracket_left", Key.Key_BracketRight: "bracket_right", Key.Key_BraceRight: "bracket_right",
    Key.Key_Semicolon: "semicolon", Key.Key_Colon: "semicolon", Key.Key_Apostrophe: "quote",
    Key.Key_QuoteDbl: "quote", Key.Key_QuoteLeft: "grave", Key.Key_AsciiTilde: "grave",
    Key.Key_Backslash: "backslash", Key.Key_Bar: "backslash", Key.Key_Comma: "comma", Key.Key_Less: "comma",
    Key.Key_Period: "period", Key.Key_Greater: "period", Key.Key_Slash: "slash", Key.Key_Question: "slash",
    Key.Key_Exclam: "1", Key.Key_At: "2", Key.Key_NumberSign: "3", Key.Key_Dollar: "4", Key.Key_Percent: "5",
    Key.Key_AsciiCircum: "6", Key.Key_Ampersand: "7", Key.Key_Asterisk: "8", Key.Key_ParenLeft: "9",
    Key.Key_ParenRight: "0", Key.Key_VolumeMute: "volume_mute", Key.Key_VolumeDown: "volume_down",
    Key.Key_VolumeUp: "volume_up", Key.Key_MediaPlay: "media_play", Key.Key_MediaTogglePlayPause: "media_play",
    Key.Key_MediaStop: "media_stop", Key.Key_MediaPrevious: "media_previous", Key.Key_MediaNext: "media_next",
}  # fmt: skip

_ON_NUMPAD = {
    Key.Key_Period: "period", Key.Key_Comma: "period", Key.Key_Slash: "divide", Key.Key_Asterisk: "multiply",
    Key.Key_Minus: "minus", Key.Key_Plus: "plus", Key.Key_Enter: "enter", Key.Key_Insert: "0", Key.Key_End: "1",
    Key.Key_PageDown: "3", Key.Key_Clear: "5", Key.Key_Home: "7", Key.Key_PageUp: "9", Key.Key_Delete: "period",
    **{Key(Key.Key_0 + number): str(number) for number in range(10)},
}  # fmt: skip
"""With Num Lock and without it; the arrows are left out, for on macOS Qt counts all of them among the numpad."""

BUTTONS = {
    Qt.MouseButton.MiddleButton: "mouse_middle",
    Qt.MouseButton.BackButton: "mouse_back",
    Qt.MouseButton.ForwardButton: "mouse_forward",
}


def pressed(event: QKeyEvent) -> str:
    """The name of the key, ``ctrl_r`` or ``f9``; empty for one that has none."""
    key = event.key()
    if (base := MODIFIERS.get(Key(key))) is not None:
        right = event.nativeVirtualKey() in _RIGHT_SYMBOLS or event.nativeScanCode() in _RIGHT_SCANS
        return f"{base}_r" if right or key in (Key.Key_AltGr, Key.Key_Super_R) else f"{base}_l"
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier and (name := _ON_NUMPAD.get(Key(key))):
        return f"numpad_{name}"
    if Key.Key_F1 <= key <= Key.Key_F24:
        return f"f{key - Key.Key_F1 + 1}"
    if Key.Key_A <= key <= Key.Key_Z or Key.Key_0 <= key <= Key.Key_9:
        return chr(key).lower()
    return _NAMED.get(Key(key), "")


def chord(down: list[str]) -> str:
    """The keys that are down together, as the settings spell it; modifiers beside another key lose their side."""
    order = ("ctrl", "alt", "shift", "super")
    held = sorted({each for each in down if _base(each) in order}, key=lambda each: order.index(_base(each)))
    others = [each for each in down if _base(each) not in order]
    if others:
        return "+".join(dict.fromkeys([*(_base(each) for each in held), others[-1]]))
    return "+".join(held)


def shown(spelt: str) -> str:
    """``ctrl_r`` as ``Right Ctrl``; ``auto`` and ``off`` in words."""
    words = {"auto": translate("keys", "Automatic"), "off": translate("keys", "None"), "": translate("keys", "None")}
    if spelt.strip().lower() in words:
        return words[spelt.strip().lower()]
    return " + ".join(_part(each.strip()) for each in spelt.split("+"))


def _part(name: str) -> str:
    if name.endswith("_l") and _base(name) != name:
        return translate("keys", "Left {key}").format(key=_base(name).title())
    if name.endswith("_r") and _base(name) != name:
        return translate("keys", "Right {key}").format(key=_base(name).title())
    special = {
        "space": translate("keys", "Space"),
        "mouse_middle": translate("keys", "Middle mouse button"),
        "mouse_back": translate("keys", "Back mouse button"),
        "mouse_forward": translate("keys", "Forward mouse button"),
        "volume_mute": translate("keys", "Mute"),
        "volume_down": translate("keys", "Volume down"),
        "volume_up": translate("keys", "Volume up"),
        "media_play": translate("keys", "Play/Pause"),
        "media_stop": translate("keys", "Media stop"),
        "media_previous": translate("keys", "Previous track"),
        "media_next": translate("keys", "Next track"),
    }
    if name.startswith("numpad_"):
        return translate("keys", "Numpad {key}").format(key=name.removeprefix("numpad_").title())
    return special.get(name, name.replace("_", " ").title())


def _base(name: str) -> str:
    return name[:-2] if name[-2:] in ("_l", "_r") and name[:-2] in ("ctrl", "alt", "shift", "super") else name
