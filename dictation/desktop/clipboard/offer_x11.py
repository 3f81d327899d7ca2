"""Answers those who ask for what a selection holds: at once, several kinds at a time, or in pieces when it is large."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dictation.desktop.clipboard.clipboard_content import Content
from dictation.desktop.display.display_x11 import trouble

STALE_SECONDS = 60.0
"""A reader that has not fetched its next piece for so long is gone."""


@dataclass(slots=True)
class _Held:
    content: Content
    since: int
    atoms: dict[int, tuple[int, bytes]]


@dataclass(slots=True)
class _Transfer:
    """A text on its way in pieces (ICCCM 2.7.2): each piece goes out when the reader has deleted the last one."""

    requestor: Any
    kind: int
    pieces: Iterator[bytes]
    done: Callable[[], None]
    touched: float


class OwnedSelections:
    """The selections that ``window`` owns. All calls come from the thread of the connection.

    ``told(selection, client_window)`` is called when a reader has got the whole of one kind of data.
    """

    def __init__(self, connection: Any, window: Any, told: Callable[[int, int], None]) -> None:
        self._connection = connection
        self._window = window
        self._told = told
        self._held: dict[int, _Held] = {}
        self._transfers: dict[tuple[int, int], _Transfer] = {}
        # python-xlib does not speak BIG-REQUESTS; a request is at most 256 KiB, and half of it leaves room.
        self._piece = int(connection.display.info.max_request_length) * 2

    def held(self, selection: int) -> Content | None:
        """What we hold of ``selection``, or None when it is not ours."""
        held = self._held.get(selection)
        return held.content if held else None

    def offer(self, selection: int, content: Content, since: int) -> bool:
        """Own ``selection`` from server time ``since`` on; False when somebody took it later than that."""
        self._window.set_selection_owner(selection, since)
        if self._connection.get_selection_owner(selection) != self._window:
            self._held.pop(selection, None)
            return False
        atom = self._connection.get_atom
        atoms = {atom(name): (atom(kind), data) for name, (kind, data) in content.kinds.items()}
        self._held[selection] = _Held(content, since, atoms)
        return True

    def withdraw(self, selection: int, since: int) -> None:
        """Leave ``selection`` empty, unless somebody took it later than ``since``."""
        from Xlib import X
        from Xlib.protocol import request

        request.SetSelectionOwner(display=self._connection.display, window=X.NONE, selection=selection, time=since)
        self._held.pop(selection, None)
        self._connection.sync()

    def handle(self, event: Any) -> None:
        """Take one X event; those that are not about selections of ours are ignored."""
        from Xlib import X

        try:
            if event.type == X.SelectionRequest:
                self._answer(event)
            elif event.type == X.SelectionClear:
                if self._connection.get_selection_owner(event.atom) != self._window:
                    self._held.pop(event.atom, None)
            elif event.type == X.PropertyNotify and event.state == X.PropertyDelete:
                self._continue((event.window.id, event.atom))
            elif event.type == X.DestroyNotify:
                self._forget(lambda key, _: key[0] == event.window.id)
        except trouble()[0]:
            pass  # the reader's window is gone, and its wish with it

    def _answer(self, event: Any) -> None:
        from Xlib import X
        from Xlib.protocol import event as events

        place = event.property or event.target  # clients older than ICCCM name no property
        held = self._held.get(event.selection)
        good = False
        if held is not None:
            if event.target == self._connection.get_atom("MULTIPLE"):
                good = self._several(event, place, held)
            else:
                good = self._put(event, place, event.target, held)
        notice = events.SelectionNotify(
            time=event.time,
            requestor=event.requestor,
            selection=event.selection,
            target=event.target,
            property=place if good else X.NONE,
        )
        event.requestor.send_event(notice)
        self._connection.sync()  # flush() of python-xlib may leave the rest of a large request unsent

    def _several(self, event: Any, place: int, held: _Held) -> bool:
        from Xlib import X

        pair = self._connection.get_atom("ATOM_PAIR")
        asked = event.requestor.get_full_property(place, X.AnyPropertyType)
        if asked is None or asked.format != 32:
            return False
        atoms = list(asked.value)
        for at in range(0, len(atoms) - 1, 2):
            if not self._put(event, atoms[at + 1], atoms[at], held):
                atoms[at + 1] = X.NONE
        event.requestor.change_property(place, pair, 32, atoms)
        return True

    def _put(self, event: Any, place: int, target: int, held: _Held) -> bool:
        from Xlib import Xatom

        atom = self._connection.get_atom
        if target == atom("TARGETS"):
            names = [atom("TARGETS"), atom("TIMESTAMP"), atom("MULTIPLE"), *held.atoms]
            event.requestor.change_property(place, Xatom.ATOM, 32, names)
        elif target == atom("TIMESTAMP"):
            event.requestor.change_property(place, Xatom.INTEGER, 32, [held.since])
        elif target in held.atoms:
            kind, data = held.atoms[target]
            requestor, selection = event.requestor, event.selection

            def done() -> None:
                self._told(selection, requestor.id)

            if len(data) > self._piece:
                self._begin(requestor, place, kind, data, done)
            else:
                requestor.change_property(place, kind, 8, data)
                done()
        else:
            return False
        return True

    def _begin(self, requestor: Any, place: int, kind: int, data: bytes, done: Callable[[], None]) -> None:
        from Xlib import X

        now = time.monotonic()
        self._forget(lambda _, transfer: now - transfer.touched > STALE_SECONDS)
        pieces = (data[at : at + self._piece] for at in range(0, len(data), self._piece))
        self._transfers[requestor.id, place] = _Transfer(requestor, kind, pieces, done, now)
        requestor.change_attributes(event_mask=X.PropertyChangeMask | X.StructureNotifyMask)
        requestor.change_property(place, self._connection.get_atom("INCR"), 32, [len(data)])

    def _continue(self, key: tuple[int, int]) -> None:
        transfer = self._transfers.get(key)
        if transfer is None:
            return
        transfer.touched = time.monotonic()
        piece = next(transfer.pieces, b"")
        transfer.requestor.change_property(key[1], transfer.kind, 8, piece)
        self._connection.sync()
        if not piece:
            transfer.done()
            self._forget(lambda each, _: each == key)

    def _forget(self, which: Callable[[tuple[int, int], _Transfer], bool]) -> None:
        for key in [key for key, transfer in self._transfers.items() if which(key, transfer)]:
            requestor = self._transfers.pop(key).requestor
            if all(other != requestor.id for other, _ in self._transfers):
                requestor.change_attributes(event_mask=0)
