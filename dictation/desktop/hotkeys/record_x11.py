"""The event source on X11: the RECORD extension, which tells key codes and mouse buttons, whoever has the focus."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from dictation.core.errors import HotkeyError

_START_SECONDS = 5.0

Heard = Callable[[bool, int, bool, int], None]
"""Called with: is it a mouse button, key code or button number, went down, modifier bits."""


def hurry(connection: Any) -> None:
    """Ask to be sent an event, on ``connection``, for every key; to each one must be answered with a round trip.

    The server keeps what ``listen`` is to hear until it next has something to write to anybody. With no window that
    wants the key, Right Ctrl was heard 0.5 s late on average, and up to 1 s (the panel's clock). A raw XInput 2
    event comes at once, and any request with a reply sends the rest after it: 0.4 to 8 ms. The raw event is not used
    itself: it has no modifier bits, and two sources would disagree about the order.
    """
    from Xlib.ext import xinput

    if connection.has_extension("XInputExtension"):
        connection.xinput_query_version()
        keys = xinput.RawKeyPressMask | xinput.RawKeyReleaseMask
        buttons = xinput.RawButtonPressMask | xinput.RawButtonReleaseMask
        connection.screen().root.xinput_select_events([(xinput.AllMasterDevices, keys | buttons)])


def listen(heard: Heard, ended: Callable[[], None]) -> KeyRecorder:
    """A running listener; it hears every key, also while another program holds a grab, and repeats as extra presses.

    ``ended`` is called from its thread when it stops for whatever reason. Raises HotkeyError when it cannot start.
    """
    listener = KeyRecorder(heard, ended)
    listener.start()
    if not listener.recording.wait(_START_SECONDS) or listener.over.is_set():
        raise HotkeyError(
            "no-record", "The X server does not let programs hear keys (its RECORD extension is missing)", _REMEDY
        )
    return listener


class KeyRecorder(threading.Thread):
    """Hears keys and buttons by the RECORD extension, from start to ``stop``, on connections of its own."""

    def __init__(self, heard: Heard, ended: Callable[[], None]) -> None:
        super().__init__(name="hotkeys-record", daemon=True)
        self._heard, self._ended = heard, ended
        self._context: Any = None
        self.recording = threading.Event()
        """It hears: the server has said so; or it never will."""
        self.over = threading.Event()

    def run(self) -> None:
        try:
            self._record()
        except Exception:  # noqa: BLE001 - the display went away; who waits for us hears it from ``ended``
            pass
        finally:
            self.over.set()
            self.recording.set()
            self._ended()

    def _record(self) -> None:
        from Xlib import X, display
        from Xlib.ext import record

        connection: Any = display.Display()
        try:
            nothing = {
                "core_requests": (0, 0), "core_replies": (0, 0), "ext_requests": (0, 0, 0, 0),
                "ext_replies": (0, 0, 0, 0), "delivered_events": (0, 0), "errors": (0, 0),
                "client_started": False, "client_died": False,
            }  # fmt: skip
            # The core protocol numbers these 2 to 5 without a gap, so one range has them all, and no motion.
            wanted = nothing | {"device_events": (X.KeyPress, X.ButtonRelease)}
            self._context = connection.record_create_context(0, [record.AllClients], [wanted])
            connection.record_enable_context(self._context, partial(self._take, connection))  # until it is disabled
            connection.record_free_context(self._context)
        finally:
            connection.close()

    def _take(self, connection: Any, reply: Any) -> None:
        """What the server tells: that it has begun, and then events, several at a time."""
        from Xlib import X
        from Xlib.ext import record
        from Xlib.protocol import rq

        if reply.category == record.StartOfData:
            self.recording.set()
        elif reply.category == record.FromServer:
            data = reply.data
            while len(data):
                event, data = rq.EventField(None).parse_binary_value(data, connection.display, None, None)
                mouse = event.type in (X.ButtonPress, X.ButtonRelease)
                self._heard(mouse, event.detail, event.type in (X.KeyPress, X.ButtonPress), event.state)

    def stop(self) -> None:
        """End it, from any thread: over another connection, as its own waits for the next key."""
        from Xlib import display, error

        try:
            connection: Any = display.Display()
            connection.record_disable_context(self._context)
            connection.sync()
            connection.close()
        except (error.DisplayError, error.ConnectionClosedError, error.XError, OSError):
            return


_REMEDY = "Bind `dictation toggle` to a key in your window manager instead; `dictation doctor` says more."
