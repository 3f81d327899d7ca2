"""The clipboard of a portal session (the Clipboard portal, GNOME 45 and later): what it holds, read and offered."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from dictation.desktop.clipboard.clipboard_content import drain
from dictation.desktop.display.portal import Portal
from dictation.desktop.display.session_bus import BusError

TEXTS = ("text/plain;charset=utf-8", "text/plain", "UTF8_STRING", "STRING", "TEXT")

OTHERS = ("text/html", "image/png", "text/uri-list", "x-special/gnome-copied-files")
"""What is worth giving back besides one kind of text, most missed first."""

READ_SECONDS = 0.5
"""As for the other clipboards: a frozen owner must not hold up the text."""

LIMIT_BYTES = 32 << 20

PAUSE_SECONDS = 0.1
"""Between two formats: reads that overlap end xdg-desktop-portal-gnome 48.0 (SIGSEGV after Mutter's "Tried to read in
parallel"), and Mutter ends a read only a moment after its last byte."""

AFTER_SECONDS = 0.02


class PortalSelection:
    """``hear`` is fed the signals of the session, in one thread; the rest may be called from any."""

    def __init__(self, portal: Portal, session: str) -> None:
        self._portal, self._session = portal, session
        self._kinds: tuple[str, ...] = ()
        self._ours = False
        self._changes = 0
        self._content: Mapping[str, bytes] = {}
        self._read: Callable[[str], None] = lambda _: None
        self._reading = threading.Lock()

    @property
    def ours(self) -> bool:
        """Whether what is there was offered here."""
        return self._ours

    @property
    def changes(self) -> int:
        """How often it has changed hands: the number of what is there."""
        return self._changes

    @property
    def kinds(self) -> tuple[str, ...]:
        """The formats of what is there."""
        return self._kinds

    def offer(self, content: Mapping[str, bytes], read: Callable[[str], None] = lambda _: None) -> None:
        """Put ``content`` there, by format; ``read`` is called with the format somebody has read. Raises BusError."""
        self._content, self._read = content, read
        self._portal.call(
            "Clipboard", "SetSelection", "oa{sv}", self._session, {"mime_types": ("as", list(content))}
        )  # fmt: skip
        self._ours = bool(content)

    def read(self) -> dict[str, bytes]:
        """What is there, by format, as far as it comes in time. One format at a time, with pauses."""
        found: dict[str, bytes] = {}
        with self._reading:
            end = time.monotonic() + READ_SECONDS
            text = next((each for each in TEXTS if each in self._kinds), None)
            for each in [text, *(kind for kind in OTHERS if kind in self._kinds)]:
                if each is None or time.monotonic() > end:
                    continue
                if found:
                    time.sleep(PAUSE_SECONDS)
                with contextlib.suppress(BusError, OSError):
                    (handle,) = self._portal.call("Clipboard", "SelectionRead", "os", self._session, each)
                    raw = drain(handle.to_raw_fd(), end, LIMIT_BYTES)
                    if raw is not None:
                        found |= dict.fromkeys(TEXTS, raw) if each == text else {each: raw}
                time.sleep(AFTER_SECONDS)
        return found

    def hear(self, member: str, body: tuple[Any, ...]) -> None:
        """One signal of the Clipboard portal."""
        if member == "SelectionOwnerChanged":
            about = {name: value for name, (_, value) in body[1].items()}
            kinds = about.get("mime_types") or ()
            # GNOME sends "(as)" where the standard says "as".
            self._kinds = tuple(kinds[0] if kinds and isinstance(kinds, tuple) else kinds)
            self._ours = bool(about.get("session_is_owner"))
            self._changes += 1
        elif member == "SelectionTransfer":
            _, kind, serial = body
            # A slow reader must not hold up the others, nor us.
            given = (str(kind), int(serial), self._content.get(kind), self._read)
            threading.Thread(target=self._give, args=given, name="clipboard-read", daemon=True).start()

    def _give(self, kind: str, serial: int, raw: bytes | None, read: Callable[[str], None]) -> None:
        done = False
        with contextlib.suppress(BusError):
            (handle,) = self._portal.call("Clipboard", "SelectionWrite", "ou", self._session, serial)
            with contextlib.suppress(OSError), os.fdopen(handle.to_raw_fd(), "wb") as file:
                file.write(raw or b"")
                done = raw is not None
            self._portal.call("Clipboard", "SelectionWriteDone", "oub", self._session, serial, done)
        if done:
            read(kind)
