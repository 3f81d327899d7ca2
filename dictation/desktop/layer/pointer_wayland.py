"""The mouse above a surface of ours on Wayland."""

from __future__ import annotations

import struct
from collections.abc import Callable

from dictation.desktop.display.wire_wayland import Wire
from dictation.desktop.layer.shared_pixels import fixed

_HAS_POINTER = 1
_LEFT, _PRESSED = 0x110, 1
"""The left button's number in the kernel (linux/input-event-codes.h)."""

_HAND = 4
"""The pointer's shape over what can be clicked (cursor-shape-v1.xml)."""


class Mouse:
    """``told`` hears ``point`` and ``press`` with the place, and ``leave``."""

    def __init__(self, wire: Wire, told: Callable[[str, float, float], None]) -> None:
        """Raises InsertError where the connection is lost."""
        self._wire, self._told = wire, told
        self._pointer = self._shape = 0
        self._at = (0.0, 0.0)
        self._shapes = wire.bind("wp_cursor_shape_manager_v1") or 0
        if seat := wire.bind("wl_seat"):
            self._seat = seat
            wire.hear(seat, self._able)

    def _able(self, opcode: int, body: bytes) -> None:
        if opcode != 0:
            return
        (able,) = struct.unpack_from("=I", body)
        if able & _HAS_POINTER and not self._pointer:
            self._pointer = self._wire.new(self._heard)
            self._wire.request(self._seat, 0, self._pointer)
            if self._shapes:
                self._shape = self._wire.new()
                self._wire.request(self._shapes, 1, self._shape, self._pointer)
        elif not able & _HAS_POINTER and self._pointer:
            # Of version 1 it cannot be given back; it says nothing while there is no mouse.
            self._wire.deaf(self._pointer)
            self._pointer = self._shape = 0

    def _heard(self, opcode: int, body: bytes) -> None:
        match opcode:
            case 0:
                self._at = fixed(body, 8)
                if self._shape:
                    self._wire.request(self._shape, 1, struct.unpack_from("=I", body)[0], _HAND)
                self._told("point", *self._at)
            case 1:
                self._told("leave", 0.0, 0.0)
            case 2:
                self._at = fixed(body, 4)
                self._told("point", *self._at)
            case 3 if struct.unpack_from("=II", body, 8) == (_LEFT, _PRESSED):
                self._told("press", *self._at)
