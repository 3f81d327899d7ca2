"""Which key codes and modifier bits an X server gives to the keys of a chord, read once and again after a change."""

from __future__ import annotations

from typing import Any

from dictation.desktop.hotkeys.chords import MODIFIERS, SIDED, Bindings, base
from dictation.desktop.typing.keycodes_linux import CODES, KEYSYMS

BUTTONS = {"mouse_middle": 2, "mouse_back": 8, "mouse_forward": 9}
"""X numbers of the mouse buttons; 4 to 7 are the wheel."""

_USUAL_BITS = {"shift": 0x01, "ctrl": 0x04, "alt": 0x08, "super": 0x40}
_LOCK = 0x02


class Keymap:
    """The keyboard as it is now. A chord follows the letter on the key (``z`` moves with a German layout); a key
    that the layout does not have is taken by its place on the keyboard.
    """

    def __init__(self, display: Any) -> None:
        from Xlib import XK

        info = display.display.info
        first = info.min_keycode
        rows = display.get_keyboard_mapping(first, info.max_keycode - first + 1)
        self._columns = {first + n: tuple(row) for n, row in enumerate(rows)}
        self._string_to_keysym = XK.string_to_keysym
        self._modifier_codes = [[code for code in row if code] for row in display.get_modifier_mapping()]
        self.bits = {name: self._bit(name) for name in MODIFIERS}
        self.own_bits = {name: self._union(self.codes(name)) for name in SIDED}
        """Modifier bits that each key really sets; 0 where its place is no modifier of its own (AltGr)."""
        num_lock = self._bits_of(XK.string_to_keysym("Num_Lock"))
        self.lock_masks = tuple({0, _LOCK, num_lock, _LOCK | num_lock})
        """Every state of Caps Lock and Num Lock; a grab is for one state only, so it takes one for each."""

    def codes(self, name: str) -> tuple[int, ...]:
        """Key codes of the key ``name`` (sided, not a mouse button), at least one."""
        keysym = self._string_to_keysym(KEYSYMS[name])
        for column in (0, 2):  # unshifted, in the first and in the second layout
            found = tuple(
                c for c, row in self._columns.items() if keysym and len(row) > column and row[column] == keysym
            )
            if found:
                return found
        return (CODES[name] + 8,)

    def names(self, bound: Bindings) -> dict[int, str]:
        """The name of every key code that matters to ``bound``: its keys, and all modifiers."""
        keys = [c.key for c in bound.chords() if not c.mouse and base(c.key) not in MODIFIERS]
        # The hotkeys come last, so that they win when one place has two names (caps:escape, for instance).
        return {code: name for name in (*SIDED, *reversed(keys)) for code in self.codes(name)}

    def mask(self, modifiers: tuple[str, ...]) -> int:
        """The state bits of ``modifiers``. X does not tell left from right here."""
        return sum(self.bits[base(each)] for each in modifiers)

    def preferred(self) -> tuple[str, ...]:
        """What ``auto`` takes from. See ``hotkeys_x11`` for why."""
        return tuple(name for name in ("ctrl_r", "alt_r", "menu", "pause", "f9") if self._plain(name))

    def _plain(self, name: str) -> bool:
        """Whether the key at this place does, in no layout that is loaded, anything but what is printed on it."""
        if name not in SIDED:
            return True
        row = self._columns.get(CODES[name] + 8, ())
        wanted = self._string_to_keysym(KEYSYMS[name])
        return bool(row) and all(row[column] in (0, wanted) for column in (0, 2) if column < len(row)) and any(row)

    def _bit(self, name: str) -> int:
        codes = {code for side in "lr" for code in self.codes(f"{name}_{side}")}
        found = [1 << n for n, row in enumerate(self._modifier_codes) if codes & set(row)]
        return _USUAL_BITS[name] if _USUAL_BITS[name] in found or not found else found[0]

    def _union(self, codes: tuple[int, ...]) -> int:
        return sum(1 << n for n, row in enumerate(self._modifier_codes) if set(codes) & set(row))

    def _bits_of(self, keysym: int) -> int:
        codes = {code for code, row in self._columns.items() if keysym in row}
        return next((1 << n for n, row in enumerate(self._modifier_codes) if codes & set(row)), 0)
