"""Reads what another program's selection holds, so that it can be given back byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dictation.desktop.clipboard.clipboard_content import Content

WANTED = (
    "UTF8_STRING",
    "text/plain;charset=utf-8",
    "text/plain",
    "STRING",
    "text/html",
    "text/uri-list",
    "x-special/gnome-copied-files",
    "text/rtf",
    "x-kde-passwordManagerHint",
    "image/png",
)
"""What is worth keeping, most missed first. A Qt program with a 4K image offers 24 kinds: 3.3 s if all were read."""

LIMIT_BYTES = 128 << 20
PROPERTIES = 16


class Snapshots:
    """Asks the owners of selections. All calls come from the thread of the connection.

    ``pump(until)`` handles events until ``until()`` is true, and returns False when the time for reading is over;
    ``came()`` is called with every answer and every piece of something large, and may give it more time;
    ``gone(selection)`` tells whether its owner has gone, or given way to another, since the reading began.
    """

    def __init__(
        self,
        connection: Any,
        window: Any,
        pump: Callable[[Callable[[], bool]], bool],
        came: Callable[[], None] = lambda: None,
        gone: Callable[[int], bool] = lambda _: False,
    ) -> None:
        self._connection = connection
        self._window = window
        self._pump, self._came, self._gone = pump, came, gone
        self.unread: tuple[str, ...] = ()
        """What the owner that was read last has and did not give, though it is worth keeping: it was too slow, or that
        is too large. ``TARGETS`` where it did not answer at all."""
        self._asked = 0
        self._waiting: tuple[int, int] = (0, 0)
        self._answer: int | None = None
        self._arrived: set[int] = set()
        self._late = False

    def handle(self, event: Any) -> None:
        """Take one X event; those that are no answers to us are ignored."""
        from Xlib import X

        if event.type == X.SelectionNotify and (event.selection, event.target) == self._waiting:
            self._answer = event.property
        elif event.type == X.PropertyNotify and event.window == self._window and event.state == X.PropertyNewValue:
            self._arrived.add(event.atom)

    def read(self, selection: int, now: int) -> Content | None:
        """What the owner gives before the time is over; None when it gives nothing. ``now`` is a fresh server time."""
        self.unread = ()
        targets = self.convert(selection, "TARGETS", now)
        if targets is None:
            self.unread = ("TARGETS",) if self._late else ()
            return None
        offered = set(memoryview(targets[1]).cast("I")) if len(targets[1]) % 4 == 0 else set()
        kinds: dict[str, tuple[str, bytes]] = {}
        room = LIMIT_BYTES
        there = [name for name in WANTED if self._connection.get_atom(name) in offered]
        for at, name in enumerate(there):
            got = self.convert(selection, name, now)
            if self._late:
                self.unread += tuple(there[at:])
                break
            if got is not None and len(got[1]) <= room:
                kinds[name] = got
                room -= len(got[1])
            elif got is not None:
                self.unread += (name,)
        return Content(kinds) if kinds else None

    def convert(self, selection: int, name: str, now: int) -> tuple[str, bytes] | None:
        """Type and bytes that the owner of ``selection`` gives for the target ``name``; None when it does not."""
        # A late answer to an earlier question lands in another property, where nobody looks.
        self._asked = (self._asked + 1) % PROPERTIES
        place = self._connection.get_atom(f"DICTATION_{self._asked}")
        target = self._connection.get_atom(name)
        self._window.delete_property(place)
        self._waiting, self._answer = (selection, target), None
        self._window.convert_selection(selection, target, place, now)
        self._connection.sync()
        self._late = not self._pump(lambda: self._answer is not None or self._gone(selection))
        if self._late or self._answer != place:
            return None
        self._came()
        self._arrived.discard(place)
        kind, data = self._take(place)
        if kind == self._connection.get_atom("INCR"):
            pieces = []
            while True:
                self._late = not self._pump(lambda: place in self._arrived or self._gone(selection))
                if self._late or place not in self._arrived:
                    return None
                self._came()
                self._arrived.discard(place)
                kind, data = self._take(place)
                if not data:
                    break
                pieces.append(data)
            data = b"".join(pieces)
        return (str(self._connection.get_atom_name(kind)), data) if kind else None

    def _take(self, place: int) -> tuple[int, bytes]:
        """Type and bytes of a property, and delete it: that tells the owner to send the next piece."""
        from Xlib import X

        parts, kind, offset = [], 0, 0
        while True:
            # In steps of 256 KiB: python-xlib copies all it has with each packet, so one large answer is quadratic.
            part = self._window.get_property(place, X.AnyPropertyType, offset, 1 << 16)
            if part is None:
                break
            kind = part.property_type
            value = part.value
            parts.append(bytes(value) if part.format == 8 else value.tobytes())
            offset += 1 << 16
            if not part.bytes_after:
                break
        self._window.delete_property(place)
        self._connection.sync()
        return kind, b"".join(parts)
