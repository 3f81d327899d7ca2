"""The selections of a Wayland compositor through its data-control protocol: what they hold, read and offered."""

from __future__ import annotations

import os
import struct
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial

from dictation.core.errors import InsertError
from dictation.desktop.clipboard.clipboard_content import drain
from dictation.desktop.display.wire_wayland import Fd, Wire, text_at

CLIPBOARD, PRIMARY = "clipboard", "primary"

MANAGERS = ("ext_data_control_manager_v1", "zwlr_data_control_manager_v1")
"""The same protocol under its newer and its older name."""

WANTED = (
    "text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING", "TEXT", "text/html", "text/uri-list",
    "x-special/gnome-copied-files", "text/rtf", "application/x-kde-cutselection", "x-kde-passwordManagerHint",
    "image/png",
)  # fmt: skip
"""What is worth keeping, most missed first."""

READ_SECONDS = 0.5
"""A frozen owner must not hold up the text; what it had could not be pasted anyway."""

LIMIT_BYTES = 128 << 20

Read = Callable[[str], None]
"""Called with the format that somebody has read."""


class Selections:
    """Clipboard and primary selection. All calls from the thread of the connection, which ``wire`` is."""

    def __init__(self) -> None:
        """Raises InsertError where the compositor does not let programs see to the clipboard."""
        self.wire = Wire()
        self._kinds: dict[int, list[str]] = {}  # of each offer
        self._offers: dict[str, int | None] = {CLIPBOARD: None, PRIMARY: None}
        self._kept: dict[str, tuple[int, Mapping[str, bytes]]] = {}
        self._ours: dict[str, _Source] = {}
        manager = next((found for name in MANAGERS if (found := self.wire.bind(name, 2)) is not None), None)
        seat = self.wire.bind("wl_seat")
        if manager is None or seat is None:
            self.wire.close()
            raise InsertError(
                "no-clipboard", "This compositor lets no program see to the clipboard (no data-control protocol)",
                "Install wl-clipboard.",
            )  # fmt: skip
        self._manager, self._device = manager, self.wire.new(self._heard)
        self.wire.request(manager, 1, self._device, seat)
        self.wire.roundtrip()

    def lent(self, which: str) -> object | None:
        """What the text that is there was lent for; None when it is not ours, or for good."""
        return self._ours[which].lent if which in self._ours else None

    def ours(self, which: str) -> Mapping[str, bytes]:
        """What we offer there, by format; nothing where another program does."""
        return self._ours[which].content if which in self._ours else {}

    def keep(self, which: str) -> None:
        """What was lent is there for good."""
        if which in self._ours:
            self._ours[which].lent = None

    def kept(self, which: str) -> Mapping[str, bytes]:
        """What is there, by format, as far as ``remember`` could read it."""
        if which in self._ours:
            return self._ours[which].content
        offer, content = self._kept.get(which, (None, {}))
        return content if offer == self._offers[which] else {}

    def remember(self) -> None:
        """Read what is there, unless it is ours or has been read."""
        self.wire.roundtrip()
        end = time.monotonic() + READ_SECONDS
        for which, offer in self._offers.items():
            if which not in self._ours and offer is not None and self._kept.get(which, (0,))[0] != offer:
                self._kept[which] = (offer, self._read(offer, end))

    def offer(
        self, which: str, content: Mapping[str, bytes], read: Read = lambda _: None, lent: object | None = None
    ) -> None:
        """Put ``content`` there, for good or ``lent`` for something; nothing at all empties it."""
        number = 0
        if content:
            number = self.wire.new()
            self._ours[which] = _Source(number, content, read, lent)
            self.wire.hear(number, partial(self._asked, self._ours[which]))
            self.wire.request(self._manager, 0, number)
            for kind in content:
                self.wire.request(number, 0, kind)
        else:
            self._ours.pop(which, None)
        self.wire.request(self._device, 2 if which == PRIMARY else 0, number)
        self.wire.roundtrip()

    def _heard(self, opcode: int, body: bytes) -> None:
        (number,) = struct.unpack_from("=I", body) if body else (0,)
        if opcode == 0:
            self._kinds[number] = []
            self.wire.hear(number, partial(self._described, number))
        elif opcode in (1, 3):
            which = CLIPBOARD if opcode == 1 else PRIMARY
            gone, self._offers[which] = self._offers[which], number or None
            self._kept.pop(which, None)  # numbers of offers that are gone are given to new ones
            if gone is not None and gone not in self._offers.values():
                self._kinds.pop(gone, None)
                self.wire.deaf(gone)
                self.wire.request(gone, 1)

    def _described(self, number: int, opcode: int, body: bytes) -> None:
        if opcode == 0:
            self._kinds[number].append(text_at(body, 0)[0])

    def _asked(self, source: _Source, opcode: int, body: bytes) -> None:
        if opcode == 0:
            kind, handle = text_at(body, 0)[0], self.wire.take_fd()
            # A slow reader must not hold up the others, nor us.
            threading.Thread(
                target=_write, args=(handle, source.content.get(kind, b""), partial(source.read, kind)), daemon=True
            ).start()
        else:  # somebody copied something, or we did
            self.wire.deaf(source.number)
            self.wire.request(source.number, 1)
            for which in [each for each, ours in self._ours.items() if ours is source]:
                del self._ours[which]

    def _read(self, offer: int, end: float) -> Mapping[str, bytes]:
        content: dict[str, bytes] = {}
        room = LIMIT_BYTES
        for kind in [each for each in WANTED if each in self._kinds.get(offer, ())]:
            mine, theirs = os.pipe()
            try:
                self.wire.request(offer, 0, kind, Fd(theirs))
            finally:
                os.close(theirs)
            raw = drain(mine, end, room)
            if raw is not None:
                content[kind] = raw
                room -= len(raw)
        return content


class _Source:
    """Something of ours that is on a selection."""

    def __init__(self, number: int, content: Mapping[str, bytes], read: Read, lent: object | None) -> None:
        self.number, self.content, self.read, self.lent = number, content, read, lent


def _write(handle: int, raw: bytes, done: Callable[[], None]) -> None:
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
    except OSError:  # the reader wanted no more
        return
    done()
