"""Puts moves at the cursor: text through a lent clipboard and Shift+Insert, keys through XTEST."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from dictation.core.errors import SECRET, InsertError
from dictation.core.types import Erase, Move, Paste, Press, Target, Type
from dictation.desktop.display.display_x11 import client_of, connected, focused_top_level, focused_window
from dictation.desktop.typing.keyboard_x11 import STROKE_SECONDS, Keyboard
from dictation.desktop.typing.keystrokes import Keystroke, parse_chord, safe, words

RELEASE_SECONDS = 2.0
READ_SECONDS = 4.0

PASTE = Keystroke(("shift",), "insert")
"""What pastes in terminals, GTK, Qt and Chromium alike: terminals from PRIMARY, the others from CLIPBOARD.
Ctrl+V is quoted-insert in a shell, Ctrl+Shift+V does nothing in many editors."""


class ClipboardLoan(Protocol):
    """A text on the clipboard for a while."""

    @property
    def lost(self) -> InsertError | None: ...
    def read_by(self, clients: Collection[int], timeout: float) -> bool: ...
    def give_back(self) -> None: ...
    def keep(self) -> None: ...


class Clipboard(Protocol):
    """What lends the clipboard."""

    def recover(self) -> None: ...
    def remember(self) -> None: ...
    def lend(self, text: str, spare: int | None = None) -> ClipboardLoan: ...
    def close(self) -> None: ...


class X11Typist:
    """Text goes in through ``clipboard``, which is given back once the focused program has read it.

    ``secret`` says why a window's cursor is in a field for a password, and nothing where it is not or nobody knows.
    """

    def __init__(self, clipboard: Clipboard, secret: Callable[[Target], str] = lambda _: "") -> None:
        self._clipboard, self._secret = clipboard, secret
        self._arrived = False
        self._lost: InsertError | None = None

    @property
    def arrived(self) -> bool:
        """See ``Receipts``."""
        return self._arrived

    def remark(self) -> InsertError | None:
        """See ``Remarks``: what was on the clipboard and could not be given back."""
        said, self._lost = self._lost, None
        return said

    def describe(self) -> str:
        """One line for ``doctor``. Raises InsertError where keys cannot be injected."""
        with connected() as connection:
            Keyboard(connection)
        return "X11: the clipboard is lent with Shift+Insert and given back once the window has read it"

    def prepare(self) -> None:
        """Call when the key goes down: what is on the clipboard is read while the user speaks. Never raises."""
        self._clipboard.remember()

    def recover(self) -> None:
        """Give back what an app that died had borrowed. Returns at once; never raises."""
        self._clipboard.recover()

    def close(self) -> None:
        """Give the clipboard back and let go of it. Never raises."""
        self._clipboard.close()

    def free(self) -> bool:
        """Whether keys could be struck now: no modifier of the user's is down, which would make shortcuts of them."""
        try:
            with connected() as connection:
                return Keyboard(connection).wait_released(0.0)
        except InsertError:
            return False

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """See ``Typist.perform``. Takes at most 6 s and the typing itself; raises InsertError."""
        self._arrived = False
        todo = safe(moves, target.terminal)
        if not todo:
            return
        if words(todo) and (why := self._secret(target)):
            raise InsertError(SECRET, why, "Type it yourself: passwords are not dictated.")
        with connected() as connection:
            hand = _Hand(connection, self._clipboard, target)
            for at, move in enumerate(todo):
                hand.ready(todo[at:])
                hand.do(move)
                self._lost = self._lost or hand.lost
            self._arrived = hand.pasted == len(todo)


class _Hand:
    """One call of ``perform``."""

    def __init__(self, connection: Any, clipboard: Clipboard, target: Target) -> None:
        self._connection = connection
        self._clipboard = clipboard
        self._terminal = target.terminal
        self._keyboard = Keyboard(connection)
        self.pasted = 0
        """Texts that the window was seen to fetch."""
        self.lost: InsertError | None = None
        """What was on the clipboard and is not given back."""
        window, focus = focused_top_level(connection), focused_window(connection)
        if window is None or focus is None:
            raise _moved("No window has the cursor")
        if target.window is not None and target.window != window.id:
            raise _moved("The cursor went to another window")
        self._window = window
        self._client = client_of(connection, focus.id)

    def ready(self, rest: Sequence[Move]) -> None:
        """Wait for the user's fingers. Raises InsertError, with the text of ``rest`` left on the clipboard."""
        if not self._keyboard.wait_released(RELEASE_SECONDS):
            text = words(rest)
            if text:
                self._clipboard.lend(text).keep()
            raise InsertError(
                "modifier-held",
                "A modifier key is still held" + ("; the text is on the clipboard" if text else ""),
                "Let go of Ctrl, Shift, Alt and Super, then paste." if text else "Let go of it and try again.",
            )
        self.same_window()

    def same_window(self) -> None:
        """Raises InsertError when the cursor went to another window while we were at it."""
        if focused_top_level(self._connection) != self._window:
            raise _moved("The cursor went to another window")

    def do(self, move: Move) -> None:
        """Carry out one move."""
        if isinstance(move, Paste):
            self._paste(move.text, parse_chord(move.key) if move.key else PASTE)
        elif isinstance(move, Type):
            strokes = self._keyboard.spell(move.text)
            if strokes is not None:
                self._strike(strokes)
            elif move.only:
                self._refuse_to_type(move.text)
            else:
                self._paste(move.text)
        elif isinstance(move, Press):
            self._strike([self._keyboard.chord(parse_chord(move.chord))])
        elif isinstance(move, Erase):
            self._strike([self._keyboard.chord(Keystroke((), "backspace"))] * move.count)

    def _strike(self, strokes: Sequence[Sequence[int]]) -> None:
        for at, codes in enumerate(strokes):
            if at % 16 == 15:
                self.same_window()
            self._keyboard.strike(codes)
            time.sleep(STROKE_SECONDS)

    def _refuse_to_type(self, text: str) -> None:
        self._clipboard.lend(text).keep()
        raise InsertError(
            "cannot-type",
            "This window is sent keys, and the keyboard layout in force lacks some of these characters; "
            "the text is on the clipboard",
            "Paste it yourself; where pasting works, name the program in insert.methods.",
        )

    def _paste(self, text: str, chord: Keystroke = PASTE) -> None:
        keys = self._keyboard.chord(chord)
        loan = self._clipboard.lend(text, None if self._terminal else self._client)
        try:
            # Taking the clipboard may have waited for its owner; fingers and windows may have moved.
            if not self._keyboard.wait_released(RELEASE_SECONDS):
                raise InsertError(
                    "modifier-held",
                    "A modifier key is still held; the text is on the clipboard",
                    "Let go of Ctrl, Shift, Alt and Super, then paste.",
                )
            self.same_window()
            self._keyboard.strike(keys)
            if not loan.read_by((self._client,), READ_SECONDS):
                raise InsertError(
                    "paste-not-read",
                    f"The window did not fetch the text within {READ_SECONDS:g} s; the text is on the clipboard",
                    "Paste it yourself, or set insert.method to type.",
                )
        except BaseException:
            loan.keep()
            raise
        self.pasted += 1
        self.lost = loan.lost
        loan.give_back()


def _moved(what: str) -> InsertError:
    return InsertError("focus-moved", what, "Click where the text should go and insert the last text again.")
