"""Takes hotkeys away from other programs on X11: passive grabs, and a Caps Lock that stays off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dictation.core.errors import HotkeyError
from dictation.desktop.hotkeys.chords import Bindings, Chord
from dictation.desktop.hotkeys.keymap_x11 import BUTTONS, Keymap

_Grab = tuple[bool, int, int]
"""Whether it is a mouse button, key code or button number, modifier bits."""


class Grabs:
    """The grabs of one X connection, which must be used by one thread.

    A bare modifier is never grabbed: it types nothing, and a grab would break Right Ctrl+C. X does not tell left from
    right in a grab, so ``ctrl_r+f9`` also keeps left Ctrl+F9 from programs.
    """

    def __init__(self, display: Any) -> None:
        self._display = display
        self._root = display.screen().root
        self._taken: dict[_Grab, Chord] = {}
        self._lock: CapsLock | None = None
        self._locks = 0
        self.keyboard_held_by: int | None = None
        """Code of the chord's key that keeps the whole keyboard; it must get its ``key_up``, or nobody can type."""

    def take(self, bound: Bindings, keymap: Keymap) -> None:
        """Hold exactly the grabs of ``bound``. Raises HotkeyError when a key is taken; then the old ones are held."""
        chords = [*bound.hotkeys.values(), *bound.actions.values()]
        wanted = {grab: chord for chord in chords for grab in _grabs(chord, keymap)}
        fresh = [grab for grab in wanted if grab not in self._taken]
        for number, grab in enumerate(fresh):
            if not self._grab(grab):
                self._release(fresh[:number])
                raise _taken(wanted[grab])
        self._release(grab for grab in self._taken if grab not in wanted)
        self._taken = wanted
        self._locks = max(keymap.lock_masks)
        self.quiet_lock()

    def release(self) -> None:
        """Give all keys back."""
        self.key_up(self.keyboard_held_by)
        self._release(self._taken)
        self._taken = {}
        if self._lock:
            self._lock.close()
            self._lock = None

    def pressed(self, event: Any) -> None:
        """Do what must be done when a grab of ours has sent ``event``.

        A key without modifiers lets go of the keyboard at once. A grab that is active sends every key to us until ours
        comes up: Esc would not reach the program, nor text put in by us, and Qt takes it for a lost focus after
        100 ms. The passive grab stays, so auto-repeat is still ours; the program sees one lone release.

        A chord does the opposite and takes the whole keyboard until ``key_up``: when its Ctrl comes up first, what
        repeats is Alt+Space, which is no grab of ours. A mouse button just keeps its grab: xterm pastes when the
        middle button comes up.
        """
        from Xlib import X

        if event.type != X.KeyPress or self.keyboard_held_by is not None:
            return
        if event.state & 0xFF & ~self._locks:
            self._root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
            self.keyboard_held_by = event.detail
        else:
            self._display.ungrab_keyboard(X.CurrentTime)
            self._display.flush()

    def key_up(self, code: int | None) -> None:
        """The key with this code is up: give the keyboard back if it was kept for it."""
        from Xlib import X

        if code is not None and code == self.keyboard_held_by:
            self.keyboard_held_by = None
            self._display.ungrab_keyboard(X.CurrentTime)
            self._display.flush()

    def quiet_lock(self) -> None:
        """Switch the lock off again if Caps Lock is a hotkey: a grab hides the key, but the server still locks."""
        if any(chord.key == "caps_lock" for chord in self._taken.values()):
            self._lock = self._lock or CapsLock()
            self._lock.off()

    def _grab(self, grab: _Grab) -> bool:
        from Xlib import X, error

        mouse, code, mask = grab
        catch = error.CatchError(error.BadAccess)
        if mouse:
            events = X.ButtonPressMask | X.ButtonReleaseMask
            self._root.grab_button(
                code, mask, False, events, X.GrabModeAsync, X.GrabModeAsync, X.NONE, X.NONE, onerror=catch
            )
        else:
            self._root.grab_key(code, mask, False, X.GrabModeAsync, X.GrabModeAsync, onerror=catch)
        self._display.sync()
        return catch.get_error() is None

    def _release(self, grabs: Iterable[_Grab]) -> None:
        for mouse, code, mask in grabs:
            (self._root.ungrab_button if mouse else self._root.ungrab_key)(code, mask)
        # Not just sent but done: whoever is told that the keys were changed may press an old one at once.
        self._display.sync()


class CapsLock:
    """The Caps Lock state of the server, which python-xlib has no call for (XkbLatchLockState of the XKB protocol).

    It has a connection of its own: one that has named itself XKB-aware is told nothing more of layout changes.
    """

    def __init__(self) -> None:
        from Xlib.display import Display

        self._display = Display()
        found = self._display.query_extension("XKEYBOARD")
        self._opcode = found.major_opcode if found and found.present else None
        if self._opcode is not None:
            _use_xkb()(display=self._display.display, opcode=self._opcode, major=1, minor=0)

    def off(self) -> None:
        """Take the lock off, whoever put it on."""
        if self._opcode is not None:
            _latch_lock_state()(display=self._display.display, opcode=self._opcode, device=0x100, affect=0x02, locks=0)
            self._display.flush()

    def close(self) -> None:
        """Let go of the connection."""
        self._display.close()


def _use_xkb() -> Any:
    from Xlib.protocol import rq

    class UseExtension(rq.ReplyRequest):  # type: ignore[misc]
        _request = rq.Struct(
            rq.Card8("opcode"), rq.Opcode(0), rq.RequestLength(), rq.Card16("major"), rq.Card16("minor")
        )
        _reply = rq.Struct(
            rq.ReplyCode(), rq.Bool("supported"), rq.Card16("sequence_number"), rq.ReplyLength(),
            rq.Card16("major"), rq.Card16("minor"), rq.Pad(20),
        )  # fmt: skip

    return UseExtension


def _latch_lock_state() -> Any:
    from Xlib.protocol import rq

    class LatchLockState(rq.Request):  # type: ignore[misc]
        _request = rq.Struct(
            rq.Card8("opcode"), rq.Opcode(5), rq.RequestLength(), rq.Card16("device"),
            rq.Card8("affect"), rq.Card8("locks"), rq.Pad(8),
        )  # fmt: skip

    return LatchLockState


def _grabs(chord: Chord, keymap: Keymap) -> list[_Grab]:
    if chord.bare_modifier:
        return []
    codes = (BUTTONS[chord.key],) if chord.mouse else keymap.codes(chord.key)
    mask = keymap.mask(chord.modifiers)
    return [(chord.mouse, code, mask | locks) for code in codes for locks in keymap.lock_masks]


def _taken(chord: Chord) -> HotkeyError:
    return HotkeyError(
        "key-taken",
        f"Another program has already taken {chord}",
        "Choose another key in the settings (ctrl_r is never taken), or free this one in that program.",
    )
