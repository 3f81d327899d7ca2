"""The one message of ours that the desktop shows (org.freedesktop.Notifications): it never takes the cursor."""

from __future__ import annotations

import html
import logging
import queue
import threading

from dictation import APP_ID
from dictation.desktop.display.session_bus import BusError, SessionBus

_NAME, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_USUAL = -1
"""As long as the desktop shows such things."""

_log = logging.getLogger(__name__)


class DesktopMessages:
    """A message stands in place of the one before. Nothing is connected before the first."""

    def __init__(self) -> None:
        self._wanted: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._bus: SessionBus | None = None
        self.number = 0
        """What the desktop calls the message that is there; 0 for none."""
        self._failed = False

    def show(self, title: str, text: str) -> None:
        """Show a title and, smaller, ``text``; an empty title takes the message away. Returns at once, never raises; a
        desktop that shows no messages is logged once."""
        self._wanted.put((title, text))
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="messages", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            title, text = self._wanted.get()
            while not self._wanted.empty():  # only the newest matters
                title, text = self._wanted.get()
            try:
                self._put(title, text)
                self._failed = False
            except BusError as why:
                if not self._failed:
                    _log.warning("the desktop shows no messages: %s", why)
                self._failed, self.number = True, 0
                if self._bus:
                    self._bus.close()
                    self._bus = None

    def _put(self, title: str, text: str) -> None:
        if not title and not self.number:
            return
        if self._bus is None:
            self._bus = SessionBus()
        to = (_NAME, _PATH, _NAME)
        if not title:
            self._bus.call(to, "CloseNotification", "u", self.number)
            self.number = 0
            return
        # Transient: it is not kept in the list of messages, where what was said would be read by others.
        hints = {"transient": ("b", True), "desktop-entry": ("s", APP_ID)}
        shown = ("Dictation", self.number, "dictation", title, html.escape(text, quote=False))
        none: list[str] = []  # that could be clicked
        (self.number,) = self._bus.call(to, "Notify", "susssasa{sv}i", *shown, none, hints, _USUAL)
