"""Puts moves at the cursor on Wayland compositors that let wtype press keys (sway, Hyprland and others, not GNOME)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence

from dictation.core.errors import InsertError
from dictation.core.nouns import Erase, Move, Paste, Press, Target, Type
from dictation.desktop.keystrokes import Chord, parse_chord, safe, words

TYPED_CHARACTERS = 200
"""wtype types some 200 characters a second; longer texts are pasted."""

TIMEOUT_SECONDS = 15.0

KEYSYMS = {
    "enter": "Return", "tab": "Tab", "space": "space", "backspace": "BackSpace", "delete": "Delete",
    "insert": "Insert", "esc": "Escape", "up": "Up", "down": "Down", "left": "Left", "right": "Right", "home": "Home",
    "end": "End", "pageup": "Prior", "pagedown": "Next",
}  # fmt: skip

MODIFIERS = {"ctrl": "ctrl", "shift": "shift", "alt": "alt", "super": "logo"}


class WaylandTypist:
    """Short texts are typed by wtype; long ones, and those with new lines, pasted through wl-copy.

    A pasted text stays on the clipboard: Wayland does not tell who reads it, and the old one, given back too early,
    would be what a slow program pastes.
    """

    def prepare(self) -> None:
        """See the port; nothing is read before it is needed."""

    def close(self) -> None:
        """See the port; nothing is lent for longer than ``perform`` takes."""

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """See ``Typist.perform``. Without wtype the text goes onto the clipboard. Raises InsertError."""
        todo = safe(moves, target.terminal)
        if not todo:
            return
        if shutil.which("wtype") is None:
            self._refuse(words(todo), "wtype is not installed", "Install wtype, or paste the text yourself.")
        for at, move in enumerate(todo):
            try:
                self._do(move, target.terminal)
            except subprocess.SubprocessError as why:
                # The usual reason: the compositor lacks the virtual keyboard protocol, as GNOME's does.
                said = getattr(why, "stderr", None) or str(why)
                self._refuse(words(todo[at:]), f"wtype failed: {said.strip()}", "Paste the text yourself.")

    def _do(self, move: Move, terminal: bool) -> None:
        if isinstance(move, Type | Paste):
            short = len(move.text) <= TYPED_CHARACTERS or shutil.which("wl-copy") is None
            # As keys, a new line would send a message and a tab would leave the field.
            if short and not {"\n", "\t"} & set(move.text):
                _run("wtype", "-", text=move.text)
            else:
                _copy(move.text)
                _strike(Chord(("ctrl", "shift") if terminal else ("ctrl",), "v"))
        elif isinstance(move, Press):
            _strike(parse_chord(move.chord))
        elif isinstance(move, Erase):
            for done in range(0, move.count, 100):
                _run("wtype", *["-k", "BackSpace"] * min(100, move.count - done))

    def _refuse(self, text: str, why: str, remedy: str) -> None:
        if text and shutil.which("wl-copy"):
            try:
                _copy(text)
                why += "; the text is on the clipboard"
            except subprocess.SubprocessError:
                remedy = "`dictation last` prints the text."
        raise InsertError("no-keys-on-wayland", why, remedy)


def _strike(chord: Chord) -> None:
    down = [part for each in chord.modifiers for part in ("-M", MODIFIERS[each])]
    up = [part for each in reversed(chord.modifiers) for part in ("-m", MODIFIERS[each])]
    _run("wtype", *down, "-k", KEYSYMS.get(chord.key, chord.key), *up)


def _copy(text: str) -> None:
    _run("wl-copy", "--type", "text/plain;charset=utf-8", text=text)


def _run(*command: str, text: str = "") -> None:
    # Not captured: wl-copy stays in the background with its outputs open, and waiting for their end would take forever.
    subprocess.run(
        command, input=text, check=True, timeout=TIMEOUT_SECONDS, encoding="utf-8", stdout=subprocess.DEVNULL
    )  # fmt: skip
