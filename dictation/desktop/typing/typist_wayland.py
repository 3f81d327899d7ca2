"""Puts moves at the cursor on Wayland: text through a lent clipboard and a chord, keys by whatever may press them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from dictation.core.errors import SECRET, InsertError
from dictation.core.types import Erase, Move, Paste, Press, Target, Type
from dictation.desktop.clipboard.clipboard_portal import PortalClipboard
from dictation.desktop.clipboard.clipboard_wayland import WaylandClipboard, WaylandLoan, hand_over
from dictation.desktop.typing.keys_wayland import NEXT_WAY, KeyPresser, KeysHere
from dictation.desktop.typing.keystrokes import Keystroke, parse_chord, safe, words
from dictation.desktop.typing.permission_portal import Told

READ_SECONDS = 4.0

CALM_SECONDS = 0.05
"""A clipboard history reads what is new at once. What is read later is read by the window with the cursor."""

HANDED_SECONDS = 0.1
"""wl-copy takes the cursor for a moment to reach the clipboard of GNOME; measured: 10 to 40 ms until it is back."""

PASTE = Keystroke(("shift",), "insert")
"""What pastes in terminals, GTK, Qt and Chromium alike: terminals from the primary selection, others the clipboard."""

PASTE_IN_TERMINALS = Keystroke(("ctrl", "shift"), "v")
"""From the clipboard, where the primary selection is out of reach (the portal of GNOME)."""


class WaylandTypist:
    """Where programs may see to the clipboard (sway, Hyprland, KDE; GNOME 45 and later through the portal) it is given
    back once the text has been read. Else wl-copy offers the text, which stays there: nobody tells when it was read.
    """

    def __init__(
        self,
        clipboard: WaylandClipboard,
        same: Callable[[Target], bool],
        secret: Callable[[Target], str] = lambda _: "",
        keys: Callable[[], KeyPresser] | None = None,
        portal_clipboard: PortalClipboard | None = None,
    ) -> None:
        """``same`` says whether a window still has the cursor, ``secret`` why it is in a field for a password.

        ``keys`` finds what may press keys, and ``portal_clipboard`` is the clipboard that comes with the portal.
        """
        self._clipboard, self._same, self._secret = clipboard, same, secret
        self._keys, self._portal_clipboard = keys or KeysHere(), portal_clipboard
        self._ways = self._keys if isinstance(self._keys, KeysHere) else KeysHere()
        self._permission = self._ways.permission
        self._arrived = False

    @property
    def arrived(self) -> bool:
        """Whether the texts of the last ``perform`` were seen to be read by the window."""
        return self._arrived

    @property
    def session(self) -> object | None:
        """The portal's session in force, None where there is none."""
        return self._permission.open if self._permission else None

    def allow(self, told: Told, first: bool = False) -> None:
        """Ask the desktop in the background to let us press keys, where that is how it is done here; else nothing.

        ``first``: not when the user has said no before, nor where a dialog at every start would be for nothing.
        """
        threading.Thread(target=self._allow, args=(told, first), name="allow", daemon=True).start()

    def asks(self) -> bool:
        """See ``ports.Allows``."""
        return self._permission is not None and not self._ways.virtual()

    def _allow(self, told: Told, first: bool) -> None:
        """In a thread of its own: a new client waits 0.2 s to be let in by KWin."""
        if self._permission is None or self._ways.virtual():
            told(None)
        elif not first:
            self._permission.ask(told)
        elif self._permission.silent() or not self._ways.tool():
            self._permission.ask_unless_refused(told)
        else:
            told(None)

    def prepare(self) -> None:
        """See the port."""
        if self._permission:
            self._permission.warm()
        self._clipboard.remember()
        if self._portal_clipboard:
            self._portal_clipboard.remember()

    def recover(self) -> None:
        """Give back what an app that died had borrowed. Never raises."""
        self._clipboard.recover()

    def close(self) -> None:
        """See the port."""
        if self._portal_clipboard:
            self._portal_clipboard.close()
        self._clipboard.close()
        if self._permission:
            self._permission.close()

    def copy(self, text: str) -> None:
        """See ``ports.Copies``."""
        try:
            self._clipboard.lend(text, primary=False).keep()
        except InsertError as why:
            if not hand_over(text.encode()):
                raise InsertError("no-copy", why.message, "Install wl-clipboard.") from why

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """See ``Typist.perform``. Where no key can be pressed the text goes onto the clipboard. Raises InsertError."""
        self._arrived = False
        todo = safe(moves, target.terminal)
        if not todo:
            return
        if words(todo) and (why := self._secret(target)):
            raise InsertError(SECRET, why, "Type it yourself: passwords are not dictated.")
        try:
            keys = self._keys()
        except InsertError as error:
            raise self._left(words(todo), error) from error
        seen: list[bool] = []
        try:
            for at, move in enumerate(todo):
                if not self._same(target):
                    raise _moved()
                try:
                    seen.append(self._do(move, keys, target))
                except InsertError as error:
                    if error.code not in {"cannot-type", *NEXT_WAY}:
                        raise
                    raise self._left(words(todo[at:]), error) from error
        finally:
            keys.close()
        self._arrived = all(seen)

    def describe(self) -> str:
        """One line for ``doctor``. Raises InsertError that says what is missing and how to get it."""
        keys = self._keys()
        keys.close()
        how = f"Shift+Insert from {keys.name}"
        if self._permission and not self._ways.virtual():
            try:
                how = f"{how}; {self._permission.describe()}"
            except InsertError as why:
                how = f"{how}; {why.message}"
        try:
            WaylandClipboard().probe()
        except InsertError:
            if self._lends_by_portal():
                return f"Wayland: the clipboard is lent with {how}, and given back once it has been read"
            return f"Wayland: pasted through wl-copy with {how}; the text stays on the clipboard"
        return f"Wayland: the clipboard is lent with {how}, and given back once it has been read"

    def _do(self, move: Move, keys: KeyPresser, target: Target) -> bool:
        """Carry out one move; whether it was seen to arrive."""
        if isinstance(move, Paste):
            return self._paste(move, keys, target)
        if isinstance(move, Type):
            if {"\n", "\t"} & set(move.text) or not keys.types:
                # As keys, a new line would send a message and a tab would leave the field.
                if move.only:
                    raise InsertError("cannot-type", "This window is sent keys alone", "Paste the text yourself.")
                return self._paste(Paste(move.text), keys, target)
            keys.type(move.text)
        elif isinstance(move, Press):
            keys.chord(parse_chord(move.chord))
        elif isinstance(move, Erase):
            keys.chord(Keystroke((), "backspace"), move.count)
        return False

    def _paste(self, move: Paste, keys: KeyPresser, target: Target) -> bool:
        chord = parse_chord(move.key) if move.key else PASTE
        # A GTK program that loses the primary selection may drop what is selected in it, which the text should replace.
        primary = target.terminal or not target.app
        try:
            loan = self._clipboard.lend(move.text, primary)
        except InsertError as error:
            if error.code != "no-clipboard":
                raise
            if not self._lends_by_portal() or self._portal_clipboard is None:
                self._paste_and_leave(move.text, keys, chord)
                return False
            loan = self._portal_clipboard.lend(move.text)
            if target.terminal and not move.key:
                chord = PASTE_IN_TERMINALS
        try:
            self._strike(loan, keys, chord, target)
        except BaseException:
            loan.keep()
            raise
        loan.give_back()
        return True

    def _strike(self, loan: WaylandLoan, keys: KeyPresser, chord: Keystroke, target: Target) -> None:
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

    def _paste_and_leave(self, text: str, keys: KeyPresser, chord: Keystroke) -> None:
        if not hand_over(text.encode()):
            raise InsertError("no-clipboard", "wl-copy is not installed", "Install wl-clipboard.")
        hand_over(text.encode(), "text/plain;charset=utf-8", "--primary")
        time.sleep(HANDED_SECONDS)  # nobody tells when the cursor is back
        keys.chord(chord)

    def _lends_by_portal(self) -> bool:
        return self._portal_clipboard is not None and self._portal_clipboard.there

    def _left(self, text: str, error: InsertError) -> InsertError:
        """``error``, with the text on the clipboard if that can be had."""
        if not text:
            return error
        try:
            self.copy(text)
        except InsertError:
            return InsertError(error.code, error.message, f"{error.remedy} `dictation last` prints the text.")
        return InsertError(error.code, f"{error.message}; the text is on the clipboard", error.remedy)


def _moved() -> InsertError:
    return InsertError(
        "focus-moved",
        "The cursor went to another window",
        "Click where the text should go and insert the last text again.",
    )
