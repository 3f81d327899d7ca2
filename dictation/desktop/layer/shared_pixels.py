"""Pixels in memory that the compositor reads too (wl_shm): buffers that are written anew once they are free again."""

from __future__ import annotations

import mmap
import os
import struct
from functools import partial

from dictation.desktop.display.wire_wayland import Fd, Wire

_ARGB8888 = 0
"""Four bytes a pixel, colours multiplied by alpha: blue, green, red, alpha in memory."""


class SharedPixels:
    """The buffers of one surface. ``shm`` is the compositor's wl_shm."""

    def __init__(self, wire: Wire, shm: int) -> None:
        self._wire, self._shm = wire, shm
        self._sheets: list[_Sheet] = []

    def buffer(self, width: int, height: int, pixels: bytes) -> int:
        """The number of a wl_buffer with these pixels. Raises InsertError where the connection is lost."""
        for other in [each for each in self._sheets if not each.read and each.size != (width, height)]:
            self._drop(other)
        sheet = next((each for each in self._sheets if not each.read and each.size == (width, height)), None)
        if sheet is None:
            sheet = self._made(width, height)
        sheet.memory[: len(pixels)] = pixels
        sheet.read = True
        return sheet.number

    def drop(self) -> None:
        """Give all of them back; the surface they were for has gone."""
        for each in list(self._sheets):
            self._drop(each)

    def _made(self, width: int, height: int) -> _Sheet:
        length = width * height * 4
        handle = os.memfd_create("dictation-pill", os.MFD_CLOEXEC)
        try:
            os.ftruncate(handle, length)
            memory = mmap.mmap(handle, length)
            pool, number = self._wire.new(), self._wire.new()
            self._wire.request(self._shm, 0, pool, Fd(handle), length)
            self._wire.request(pool, 0, number, 0, width, height, 4 * width, _ARGB8888)
            self._wire.request(pool, 1)  # the buffer keeps what it needs of it
        finally:
            os.close(handle)
        sheet = _Sheet(number, (width, height), memory)
        self._wire.hear(number, partial(self._heard, sheet))
        self._sheets.append(sheet)
        return sheet

    def _heard(self, sheet: _Sheet, opcode: int, body: bytes) -> None:
        sheet.read = False

    def _drop(self, sheet: _Sheet) -> None:
        self._sheets.remove(sheet)
        self._wire.deaf(sheet.number)
        self._wire.request(sheet.number, 0)
        sheet.memory.close()


class _Sheet:
    """One buffer. ``read``: the compositor may still read it."""

    def __init__(self, number: int, size: tuple[int, int], memory: mmap.mmap) -> None:
        self.number, self.size, self.memory, self.read = number, size, memory, False


def fixed(body: bytes, at: int) -> tuple[float, float]:
    """Two numbers of the protocol's kind ``fixed``, which has 8 bits after the point."""
    x, y = struct.unpack_from("=ii", body, at)
    return x / 256, y / 256
