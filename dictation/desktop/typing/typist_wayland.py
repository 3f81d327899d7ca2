"""Puts moves at the cursor on Wayland: text through a lent clipboard and Shift+Insert, keys by a virtual keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from dictation.core.errors import InsertError
from dictation.core.types import Erase, Move, Paste, Press, Target, Type
from dictation.desktop.clipboard.clipboard_wayland import Loan, WaylandClipboard, hand_over
from dictation.desktop.typing.keyboard_wayland import WaylandKeyboard
from dictation.desktop.typing.keystrokes import Chord, parse_chord, safe, words
from dictation.desktop.typing.keytools_linux import KeyTool

READ_SECONDS = 4.0

CALM_SECONDS = 0.05
"""A clipboard history reads what is new at once. What is read later is read by the window with the cursor."""

PASTE = Chord(("shift",), "insert")
"""What pastes in terminals, GTK, Qt and Chromium alike: terminals from the primary selection, others the clipboard."""


class Keys(Protocol):
    """What presses keys."""

    def chord(self, chord: Chord, times: int = 1) -> None: ...
    def type(self, text: str) -> None: ...
    def close(self) -> None: ...


class WaylandTypist:
    """Where programs may see to the clipboard (sway, Hyprland, KDE) it is given back once the text has been read. Else
    wl-copy offers the text, which stays there: nobody tells when it has been read.
    """

    def __init__(
        self,
        clipboard: WaylandClipboard,
        same: Callable[[Target], bool],
        secret: Callable[[Target], str] = lambda _: "",
    ) -> None:
        """``same`` says whether a window still has the cursor, ``secret`` why it is in a field for a password."""
        self._clipboard, self._same, self._secret = clipboard, same, secret

    def prepare(self) -> None:
        """See the port."""
        self._clipboard.remember()

    def recover(self) -> None:
        """Give back what an app that died had borrowed. Never raises."""
        self._clipboard.recover()

    def close(self) -> None:
        """See the port."""
        self._clipboard.close()

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """See ``Typist.perform``. Where no key can be pressed the text goes onto the clipboard. Raises InsertError."""
        todo = safe(moves, target.terminal)
        if not todo:
            return
        if words(todo) and (why := self._secret(target)):
            raise InsertError("password-field", why, "Type it yourself: passwords are not dictated.")
        try:
            keys = keys_here()
        except InsertError as error:
            raise self._left(words(todo), error) from error
        try:
            for at, move in enumerate(todo):
                if not self._same(target):
                    raise _moved()
                try:
                    self._do(move, keys, target)
                except InsertError as error:
                    if error.code not in ("no-keys-on-wayland", "cannot-type"):
                        raise
                    raise self._left(words(todo[at:]), error) from error
        finally:
            keys.close()

    def describe(self) -> str:
        """One line for ``doctor``. Raises InsertError that says what is missing and how to get it."""
        keys = keys_here()
        keys.close()
        how = keys.name if isinstance(keys, KeyTool) else "the compositor's virtual keyboard"
        try:
            WaylandClipboard().probe()
        except InsertError:
            return f"Wayland: pasted through wl-copy with Shift+Insert from {how}; the text stays on the clipboard"
        return f"Wayland: the clipboard is lent with Shift+Insert from {how}, and given back once it has been read"

    def _do(self, move: Move, keys: Keys, target: Target) -> None:
        if isinstance(move, Paste):
            self._paste(move, keys, target)
        elif isinstance(move, Type):
            if {"\n", "\t"} & set(move.text) or isinstance(keys, KeyTool):
                # As keys, a new line would send a message and a tab would leave the field.
                if move.only:
                    raise InsertError("cannot-type", "This window is sent keys alone", "Paste the text yourself.")
                self._paste(Paste(move.text), keys, target)
            else:
                keys.type(move.text)
        elif isinstance(move, Press):
            keys.chord(parse_chord(move.chord))
        elif isinstance(move, Erase):
            keys.chord(Chord((), "backspace"), move.count)

    def _paste(self, move: Paste, keys: Keys, target: Target) -> None:
        chord = parse_chord(move.key) if move.key else PASTE
        # A GTK program that loses the primary selection may drop what is selected in it, which the text should replace.
        primary = target.terminal or not target.app
        try:
            loan = self._clipboard.lend(move.text, primary)
        except InsertError as error:
            if error.code != "no-clipboard":
                raise
            self._paste_and_leave(move.text, keys, chord)
            return
        try:
            self._strike(loan, keys, chord, target)
        except BaseException:
            loan.keep()
            raise
        loan.give_back()

    def _strike(self, loan: Loan, keys: Keys, chord: Chord, target: Target) -> None:
        loan.quiet(CALM_SECONDS, 0.5)
        if not self._same(target):
            raise _moved()
        began = time.monotonic()
        keys.chord(chord)
        if not loan.read_since(began, READ_SECONDS):
            raise InsertError(
                "paste-not-read",
                f"The window did not fetch the text within {READ_SECONDS:g} s; the text is on the clipboard",
                "Paste it yourself, or set insert.method to type.",
            )

    def _paste_and_leave(self, text: str, keys: Keys, chord: Chord) -> None:
        if not hand_over(text.encode()):
            raise InsertError("no-clipboard", "wl-copy is not installed", "Install wl-clipboard.")
        hand_over(text.encode(), "text/plain;charset=utf-8", "--primary")
        keys.chord(chord)

    def _left(self, text: str, error: InsertError) -> InsertError:
        """``error``, with the text on the clipboard if that can be had."""
        if not text:
            return error
        try:
            self._clipboard.lend(text, primary=False).keep()
        except InsertError:
            if not hand_over(text.encode()):
                return InsertError(error.code, error.message, f"{error.remedy} `dictation last` prints the text.")
        return InsertError(error.code, f"{error.message}; the text is on the clipboard", error.remedy)


def keys_here() -> Keys:
    """What can press keys here: the compositor, or a tool that makes a keyboard in the kernel. Raises InsertError."""
    try:
        return WaylandKeyboard()
    except InsertError as error:
        if error.code != "no-keys-on-wayland":
            raise
        return KeyTool()


def _moved() -> InsertError:
    return InsertError(
        "focus-moved",
        "The cursor went to another window",
        "Click where the text should go and insert the last text again.",
    )
