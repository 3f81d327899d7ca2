"""The screens of a Wayland compositor as they come and go, and how many pixels each has for a unit of length."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

from dictation.desktop.display.wire_wayland import Wire

_OUTPUT = "wl_output"
_WITH_SCALE = 2
"""The version since which a screen tells its scale."""


class Screens:
    """``changed`` is told when a screen has come or gone, or has another scale."""

    def __init__(self, wire: Wire, changed: Callable[[], None]) -> None:
        """Raises InsertError where the connection is lost."""
        self._wire, self._changed = wire, changed
        self._numbers: dict[int, int] = {}  # by name
        self._scales: dict[int, int] = {}  # by number
        for name in list(wire.globals):
            self._named(name)
        wire.changed = self._named

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self._numbers)

    def scale(self, number: int = 0) -> int:
        """Of the screen with this number; of the finest where there is none: a picture made smaller stays sharp."""
        return self._scales.get(number) or max(self._scales.values(), default=1)

    def _named(self, name: int) -> None:
        interface, _ = self._wire.globals.get(name, ("", 0))
        if interface == _OUTPUT:
            number = self._wire.bind_name(name, _WITH_SCALE)
            self._numbers[name] = number
            self._scales[number] = 1
            self._wire.hear(number, partial(self._described, number))
            self._changed()
        elif not interface and (number := self._numbers.pop(name, 0)):
            del self._scales[number]
            self._wire.deaf(number)
            self._changed()

    def _described(self, number: int, opcode: int, body: bytes) -> None:
        if opcode == 3:
            (self._scales[number],) = struct.unpack_from("=i", body)
            self._changed()
