"""Strikes keys on Wayland by the compositor's virtual keyboard, whose keymap we write: any character is a key."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from dictation.core.errors import InsertError
from dictation.desktop.display.wire_wayland import Fd, Wire
from dictation.desktop.typing.keystrokes import Keystroke

MANAGER, SEAT = "zwp_virtual_keyboard_manager_v1", "wl_seat"

STROKE_SECONDS = 0.001
SETTLE_SECONDS = 0.03
"""A program needs a moment for a new keyboard; without it the first character was lost once in a while."""

KEYSYMS = {
    "enter": "Return", "tab": "Tab", "space": "space", "backspace": "BackSpace", "delete": "Delete",
    "insert": "Insert", "esc": "Escape", "up": "Up", "down": "Down", "left": "Left", "right": "Right", "home": "Home",
    "end": "End", "pageup": "Prior", "pagedown": "Next",
}  # fmt: skip

_BITS = {"shift": 0x01, "ctrl": 0x04, "alt": 0x08, "super": 0x40}
_FIRST = 9
_MOST = 240
"""Keys of one keymap: X programs know key codes up to 255."""


class WaylandKeyboard:
    """A keyboard of ours, until ``close``. One thread."""

    name, types = "the compositor's virtual keyboard", True

    def __init__(self) -> None:
        """Raises InsertError where the compositor lets nobody press keys."""
        self._wire = Wire()
        manager, seat = self._wire.bind(MANAGER), self._wire.bind(SEAT)
        if manager is None or seat is None:
            self._wire.close()
            raise no_keyboard()
        self._keyboard = self._wire.new()
        self._wire.request(manager, 0, seat, self._keyboard)
        self._keys: dict[str, int] = {}
        try:
            self._wire.roundtrip()
        except InsertError as why:
            self._wire.close()
            raise no_keyboard() from why

    def chord(self, chord: Keystroke, times: int = 1) -> None:
        """Press and release a chord, so many times. Raises InsertError."""
        name = KEYSYMS.get(chord.key) or _keysym(chord.key)
        self._learn([name])
        held = sum(_BITS[each] for each in chord.modifiers)
        self._modifiers(held)
        for _ in range(times):
            self._strike(self._keys[name])
        self._modifiers(0)
        self._wire.roundtrip()

    def type(self, text: str) -> None:
        """Type characters as keys; a new line and a tab are not among them. Raises InsertError."""
        names = [_keysym(each) for each in text if each not in "\n\t"]
        at = 0
        while at < len(names):
            kinds: set[str] = set()
            end = at
            while end < len(names) and len(kinds | {names[end]}) <= _MOST:
                kinds.add(names[end])
                end += 1
            self._learn(sorted(kinds))
            for name in names[at:end]:
                self._strike(self._keys[name])
            self._wire.roundtrip()
            at = end

    def close(self) -> None:
        """Unplug it, once the last key has reached its program."""
        try:
            self._wire.roundtrip()
            time.sleep(SETTLE_SECONDS)
        except InsertError:
            pass
        self._wire.close()

    def _learn(self, names: Sequence[str]) -> None:
        """Write a keymap with these keysyms, unless the one in force has them."""
        if all(name in self._keys for name in names):
            return
        self._keys = {name: _FIRST + at for at, name in enumerate(names)}
        raw = keymap(names).encode() + b"\0"
        handle = os.memfd_create("keymap", os.MFD_CLOEXEC)
        try:
            os.write(handle, raw)
            self._wire.request(self._keyboard, 0, 1, Fd(handle), len(raw))
        finally:
            os.close(handle)
        self._wire.roundtrip()
        # A key that means nothing: the program takes over the keymap before the first that does.
        self._strike(_FIRST + len(names))
        self._wire.roundtrip()
        time.sleep(SETTLE_SECONDS)

    def _strike(self, code: int) -> None:
        for down in (1, 0):
            self._wire.request(self._keyboard, 1, int(time.monotonic() * 1000), code - 8, down)
        time.sleep(STROKE_SECONDS)

    def _modifiers(self, held: int) -> None:
        self._wire.request(self._keyboard, 2, held, 0, 0, 0)


def keymap(names: Sequence[str]) -> str:
    """An XKB keymap in which the key codes from 9 on give these keysyms, and the next one gives none."""
    codes = [f"<K{at}> = {_FIRST + at};" for at in range(len(names) + 1)]
    keys = [f"key <K{at}> {{ [ {name} ] }};" for at, name in enumerate([*names, "VoidSymbol"])]
    return "\n".join([
        "xkb_keymap {",
        'xkb_keycodes "dictation" {', "minimum = 8;", "maximum = 255;", *codes, "};",
        'xkb_types "dictation" { include "complete" };',
        'xkb_compatibility "dictation" { include "complete" };',
        'xkb_symbols "dictation" {', *keys, "};",
        "};",
    ])  # fmt: skip


def no_keyboard() -> InsertError:
    """What is raised where keys cannot be pressed this way."""
    return InsertError(
        "no-keys-on-wayland", "This compositor lets no program press keys (it has no virtual keyboard protocol)",
        "Install ydotool and start ydotoold, or paste the text yourself.",
    )  # fmt: skip


def _keysym(character: str) -> str:
    return f"U{ord(character):04X}" if ord(character) > 0x7F or not character.isalnum() else character
