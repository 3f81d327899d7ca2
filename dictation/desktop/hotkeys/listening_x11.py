"""One life of listening on X11: the thread that hears, grabs, watches and tells, until it ends or the display does."""

from __future__ import annotations

import contextlib
import logging
import select
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any

from dictation.core.errors import HotkeyError
from dictation.core.settings import Settings
from dictation.desktop.hotkeys.chords import bindings
from dictation.desktop.hotkeys.grabs_x11 import Grabs
from dictation.desktop.hotkeys.hotkeys_feed import Feed, Tell, without_command
from dictation.desktop.hotkeys.keymap_x11 import BUTTONS, Keymap
from dictation.desktop.hotkeys.record_x11 import hurry, listen

_ANSWER_SECONDS = 10.0
_WATCH_SECONDS = 0.05
"""How often the keyboard is asked while a hotkey is down (83 µs per question)."""
_AGAIN_SECONDS = 1.0
"""After a key of the new layout was found taken, it is tried again."""

_SETTLE_SECONDS = 0.2
"""A layout change, and every program that types by remapping, sends dozens of notices; wait for the last."""

_CLICKS = (1, 2, 3)
"""Buttons that put the cursor where the pointer is, or paste there; the wheel does neither."""
_DEEPEST = 20
"""Windows in one another: the frame, the program's own, and few of the parts in it."""

_BUTTON_NAMES = {number: name for name, number in BUTTONS.items()}
_log = logging.getLogger(__name__)


class Listening:
    """One listening life: from begin to end, or until the display is lost."""

    def __init__(self, tell: Tell) -> None:
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._bell, self._button = socket.socketpair()
        self._bell.setblocking(False)
        self._button.setblocking(False)
        self.thread = threading.Thread(target=self._run, name="hotkeys", daemon=True)
        self.feed = Feed(tell)
        self.unbound: HotkeyError | None = None
        self._settings = Settings()
        self._ready: Future[None] = Future()
        self._listener: Any = None
        self._restarts = 1
        self._running = True
        self._stale_keymap = False
        self._up_before: set[str] = set()
        self._due = 0.0

    # Called from other threads

    def begin(self, settings: Settings) -> None:
        """Connect, grab, listen. Raises HotkeyError."""
        self._settings = settings
        self.thread.start()
        self._wait(self._ready)

    def ask(self, settings: Settings) -> None:
        """Change the keys, in the thread, and wait for it. Raises HotkeyError."""
        done: Future[None] = Future()

        def change() -> None:
            try:
                self._bind(settings, self._keymap)
            except HotkeyError as why:
                done.set_exception(why)
            else:
                self.unbound = None
                done.set_result(None)

        self._post(change)
        self._wait(done)

    def end(self) -> None:
        """Give the keys back and end both threads."""
        self._post(self._finish)
        if self.thread is not threading.current_thread():
            self.thread.join(2)

    def _wait(self, done: Future[None]) -> None:
        try:
            done.result(_ANSWER_SECONDS)
        except TimeoutError as why:
            self._running = False
            raise HotkeyError("hotkeys-lost", "The X display does not answer", "Start Dictation again.") from why

    def _post(self, task: Callable[[], None]) -> None:
        self._inbox.put(task)
        with contextlib.suppress(OSError):  # full: the loop is about to wake; closed: it has ended
            self._button.send(b".")

    def _heard(self, mouse: bool, number: int, down: bool, state: int) -> None:
        if not mouse or number in _BUTTON_NAMES:
            self._post(lambda: self._key(mouse, number, down, state))
        if mouse and down and number in _CLICKS:
            self._post(lambda: self._clicked(_BUTTON_NAMES.get(number, "")))

    # Called in the loop's thread

    def _run(self) -> None:
        try:
            self._connect()
        except Exception as why:  # noqa: BLE001 - whatever python-xlib raises, who waits for us must hear of it
            self._close()
            self._ready.set_exception(why if isinstance(why, HotkeyError) else _no_display(why))
            return
        self._ready.set_result(None)
        try:
            while self._running:
                self._turn()
        except Exception as why:  # noqa: BLE001 - the display went away in the middle of anything
            _log.warning("hotkeys lost: %r", why)
            self.feed.lost()
        finally:
            self._close()

    def _connect(self) -> None:
        from Xlib import display

        self._display = display.Display()
        self._display.set_error_handler(lambda *_: None)
        self._grabs = Grabs(self._display)
        self._keymap = Keymap(self._display)
        hurry(self._display)
        self._listener = listen(self._heard, lambda: self._post(self._listen_again))
        try:
            self._bind(self._settings, self._keymap)
        except HotkeyError as why:
            self._bind(without_command(self._settings), self._keymap)  # raises again if it was not the command key
            self.unbound = why

    def _bind(self, settings: Settings, keymap: Keymap) -> None:
        bound = bindings(settings.keys, keymap.preferred())
        self._grabs.take(bound, keymap)
        self._names = keymap.names(bound)
        self._settings, self._keymap = settings, keymap
        self.feed.swap(bound)

    def _turn(self) -> None:
        """Wait for something, and do it."""
        from Xlib import X
        from Xlib.ext import ge

        watching = self.feed.held or self._grabs.keyboard_held_by is not None or self._stale_keymap
        wait = max(self._due - time.monotonic(), 0) if watching else None
        if not self._display.pending_events():
            select.select([self._display.fileno(), self._bell], [], [], wait)
        hurried = False
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == ge.GenericEventCode:
                hurried = True
            elif event.type == X.MappingNotify:
                self._stale_keymap = True
                self._due = time.monotonic() + _SETTLE_SECONDS
            else:
                self._grabs.pressed(event)
        if hurried:
            self._display.sync()
        with contextlib.suppress(BlockingIOError):
            self._bell.recv(4096)
        with contextlib.suppress(Empty):
            while self._running:
                self._inbox.get_nowait()()
        if self._running and time.monotonic() >= self._due:
            self._due = time.monotonic() + _WATCH_SECONDS
            self._watch()
            self._read_keymap()

    def _key(self, mouse: bool, number: int, down: bool, state: int) -> None:
        name = _BUTTON_NAMES[number] if mouse else self._names.get(number, f"key {number}")
        if not down:
            if not mouse:
                self._grabs.key_up(number)
        else:
            self._drop_stale_modifiers(state)
        self.feed.key(name, down)
        if name == "caps_lock":
            self._grabs.quiet_lock()

    def _clicked(self, name: str) -> None:
        """A button went down; where it is a hotkey, no program sees it."""
        from Xlib.error import XError

        if name in self.feed.held:
            return
        window, found = self._display.screen().root, list[int]()
        with contextlib.suppress(XError):  # a window that has just gone
            while len(found) < _DEEPEST and (inner := window.query_pointer().child):
                window = inner
                found.append(inner.id)
        self.feed.click(found)

    def _drop_stale_modifiers(self, state: int) -> None:
        """A release may pass us by (screen lock, another terminal); ``state`` tells what is really down."""
        for name in self.feed.down_keys:
            bits = self._keymap.own_bits.get(name, 0)
            if bits and not state & bits:
                self.feed.key(name, False)

    def _watch(self) -> None:
        """A key that the server says is up, twice running, was released without our hearing of it."""
        held = self.feed.held - BUTTONS.keys()
        watched = {name: {code for code, named in self._names.items() if named == name} for name in held}
        if self._grabs.keyboard_held_by is not None:
            watched["the keyboard"] = {self._grabs.keyboard_held_by}
        state = self._display.query_keymap() if watched else b""
        up = {name for name, codes in watched.items() if not any(state[code // 8] & 1 << code % 8 for code in codes)}
        for name in up & self._up_before:
            for code in watched[name]:
                self._key(False, code, False, 0)
        self._up_before = up

    def _read_keymap(self) -> None:
        if self._stale_keymap and not self.feed.held:
            self._stale_keymap = False
            try:
                self._bind(self._settings, Keymap(self._display))
            except HotkeyError as why:
                _log.warning("hotkeys stay where they were in the old layout: %s", why.line())
                # Other programs move their keys at the same moment, so the key may be free in a second.
                self._stale_keymap, self._due = True, time.monotonic() + _AGAIN_SECONDS

    def _listen_again(self) -> None:
        if self._running:
            self.feed.release_all()
            if not self._restarts:
                raise ConnectionError("the listener died twice")
            self._restarts -= 1
            self._listener = listen(self._heard, lambda: self._post(self._listen_again))

    def _finish(self) -> None:
        self._running = False
        with contextlib.suppress(Exception):
            self._grabs.release()

    def _close(self) -> None:
        self._running = False
        for let_go in (getattr(self._listener, "stop", None), getattr(getattr(self, "_display", None), "close", None)):
            with contextlib.suppress(Exception):
                if let_go:
                    let_go()
        self._button.close()
        self._bell.close()


def _no_display(why: Exception) -> HotkeyError:
    return HotkeyError(
        "no-display",
        f"The X display cannot be reached: {why}",
        "Start Dictation inside the desktop session, with DISPLAY set.",
    )
