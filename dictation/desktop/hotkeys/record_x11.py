"""The event source on X11: pynput's keyboard listener, told to give key codes and mouse buttons."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from dictation.core.errors import HotkeyError

_START_SECONDS = 5.0

Heard = Callable[[bool, int, bool, int], None]
"""Called with: is it a mouse button, key code or button number, went down, modifier bits."""


def hurry(connection: Any) -> None:
    """Ask to be sent an event, on ``connection``, for every key; to each one must be answered with a round trip.

    The server keeps what ``listen`` is to hear until it next has something to write to anybody. With no window that
    wants the key, pynput heard Right Ctrl 0.5 s late on average, and up to 1 s (the panel's clock). A raw XInput 2
    event comes at once, and any request with a reply sends the rest after it: 0.4 to 8 ms. The raw event is not used
    itself: it has no modifier bits, and two sources would disagree about the order.
    """
    from Xlib.ext import xinput

    if connection.has_extension("XInputExtension"):
        connection.xinput_query_version()
        keys = xinput.RawKeyPressMask | xinput.RawKeyReleaseMask
        buttons = xinput.RawButtonPressMask | xinput.RawButtonReleaseMask
        connection.screen().root.xinput_select_events([(xinput.AllMasterDevices, keys | buttons)])


def listen(heard: Heard, ended: Callable[[], None]) -> Any:
    """A running listener; it hears every key, also while another program holds a grab, and repeats as extra presses.

    ``ended`` is called from its thread when it stops for whatever reason. Raises HotkeyError when it cannot start.
    """
    try:
        from pynput.keyboard._xorg import Listener
    except ImportError as why:  # pynput connects to the display when it is imported
        raise HotkeyError("no-display", f"The keyboard cannot be listened to: {why}", _REMEDY) from why
    from Xlib import X, display, error
    from Xlib.ext import record

    class CodeListener(Listener):  # type: ignore[misc]
        """Hands over the raw event. pynput itself turns it into a character by a keymap read at start, which is wrong
        after a layout change (it says ``alt_r`` for AltGr, and ``y`` for the Z of a German keyboard).
        """

        # The core protocol numbers these 2 to 5 without a gap, so one RECORD range has them all, and no motion.
        _EVENTS = (X.KeyPress, X.ButtonRelease)

        def __init__(self) -> None:
            super().__init__()
            self.recording = threading.Event()
            self.over = threading.Event()

        def run(self) -> None:
            try:
                super().run()
            except Exception:  # noqa: BLE001 - the display went away; who waits for us hears it from ``ended``
                pass
            finally:
                self.over.set()
                self.recording.set()
                ended()

        def _handler(self, reply: Any) -> None:
            if reply.category == record.StartOfData:
                self.recording.set()  # pynput calls itself ready before it hears anything
            elif reply.category == record.FromServer:
                super()._handler(reply)

        def _handle_message(self, _display: Any, event: Any, _injected: bool) -> None:
            mouse = event.type in (X.ButtonPress, X.ButtonRelease)
            heard(mouse, event.detail, event.type in (X.KeyPress, X.ButtonPress), event.state)

        def _stop_platform(self) -> None:
            # pynput asks over the connection that its own thread is blocked on, so nothing happens until the next key.
            try:
                connection = display.Display()
                connection.record_disable_context(self._context)
                connection.sync()
                connection.close()
            except (error.DisplayError, error.ConnectionClosedError, error.XError, OSError):
                return

    listener = CodeListener()
    listener.start()
    if not listener.recording.wait(_START_SECONDS) or listener.over.is_set():
        raise HotkeyError(
            "no-record", "The X server does not let programs hear keys (its RECORD extension is missing)", _REMEDY
        )
    return listener


_REMEDY = "Bind `dictation toggle` to a key in your window manager instead; `dictation doctor` says more."
