"""Owns what may be put at a cursor: clean text, and chords by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dictation.core.errors import InsertError
from dictation.core.types import Move, Paste, Press, Type

MODIFIERS = {
    "ctrl": "ctrl", "control": "ctrl", "shift": "shift", "alt": "alt", "option": "alt",
    "super": "super", "cmd": "super", "win": "super", "meta": "super",
}  # fmt: skip

KEYS = {
    "enter": "enter", "return": "enter", "tab": "tab", "space": "space", "backspace": "backspace", "delete": "delete",
    "insert": "insert", "esc": "esc", "escape": "esc", "up": "up", "down": "down", "left": "left", "right": "right",
    "home": "home", "end": "end", "pageup": "pageup", "pagedown": "pagedown",
}  # fmt: skip

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Keystroke:
    """A key and the modifiers held with it: names of ``MODIFIERS`` and ``KEYS``, or one character as the key."""

    modifiers: tuple[str, ...]
    key: str


def parse_chord(name: str) -> Keystroke:
    """The chord in a name such as ``enter`` or ``ctrl+shift+z``. Raises InsertError."""
    *held, key = name.strip().lower().split("+") if name.strip() != "+" else ["+"]
    known = KEYS.get(key, key if len(key) == 1 and key.isprintable() else "")
    if not known or any(each not in MODIFIERS for each in held):
        raise InsertError("unknown-key", f"There is no key {name!r}", "Use names such as enter, tab or ctrl+z.")
    return Keystroke(tuple(dict.fromkeys(MODIFIERS[each] for each in held)), known)


def clean(text: str, terminal: bool) -> str:
    """``text`` without control characters; for a terminal also without new lines and tabs, which would act there."""
    text = _BREAKS.sub("\n", text)
    text = "".join(each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))
    return re.sub("[\n\t]+", " ", text.strip("\n\t")) if terminal else text


def safe(moves: Sequence[Move], terminal: bool) -> list[Move]:
    """The moves with clean text and without empty ones. Raises InsertError for a chord that would run a command.

    The plan was made elsewhere with the same promises; this is the last door before the cursor.
    """
    kept: list[Move] = []
    for move in moves:
        if isinstance(move, Type | Paste):
            text = clean(move.text, terminal)
            if text:
                kept.append(replace(move, text=text))
        elif isinstance(move, Press):
            chord = parse_chord(move.chord)
            sends = chord.key == "enter" or ("ctrl" in chord.modifiers and chord.key in ("j", "m", "o"))
            if terminal and sends:
                raise InsertError(
                    "enter-in-terminal", f"{move.chord} is never sent to a terminal", "Press Enter yourself."
                )
            kept.append(move)
        elif move.count > 0:
            kept.append(move)
    return kept


def words(moves: Sequence[Move]) -> str:
    """All the text in ``moves``: what is left on the clipboard when they cannot be carried out."""
    return "".join(move.text for move in moves if isinstance(move, Type | Paste))
