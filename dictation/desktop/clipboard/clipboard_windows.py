"""Lends the clipboard to a text on Windows. Never run there: written from Microsoft's pages.

Windows does not tell who reads; see ``typist_windows`` for when it is given back.
"""

from __future__ import annotations

import contextlib
import ctypes
import time
from collections.abc import Iterator
from typing import Any

from dictation.core.errors import InsertError
from dictation.desktop.focus.focus_windows import library

CF_UNICODETEXT, CF_HDROP, CF_DIB = 13, 15, 8
KEPT = ("HTML Format", "Rich Text Format", "PNG")
PRIVATE = (
    "ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard",
)  # fmt: skip
"""The first by its presence, the others by a zero, keep a text out of clipboard histories and the cloud."""

GMEM_MOVEABLE = 2
LIMIT_BYTES = 64 << 20
OPEN_SECONDS = 0.5


class WindowsClipboard:
    """The clipboard of the session. What is kept: text, files, bitmap, HTML, RTF and PNG, as bytes by format."""

    def __init__(self) -> None:
        self._user = library("user32")
        self._kernel = library("kernel32")

    def put(self, text: str) -> tuple[dict[int, bytes], int]:
        """Put ``text`` there; returns what was there before and the sequence number after. Raises InsertError."""
        with self._open():
            before = self._read()
            self._write({CF_UNICODETEXT: text.replace("\n", "\r\n").encode("utf-16-le") + b"\0\0"}, private=True)
        return before, self._user.GetClipboardSequenceNumber()

    def give_back(self, before: dict[int, bytes], number: int) -> None:
        """Put back what ``put`` returned, unless somebody has changed the clipboard since. Never raises."""
        with contextlib.suppress(InsertError), self._open():
            if self._user.GetClipboardSequenceNumber() == number:
                self._write(before, private=False)

    @contextlib.contextmanager
    def _open(self) -> Iterator[None]:
        end = time.monotonic() + OPEN_SECONDS
        while not self._user.OpenClipboard(None):
            if time.monotonic() > end:
                raise InsertError("clipboard-busy", "Another program holds on to the clipboard", "Try again.")
            time.sleep(0.01)
        try:
            yield
        finally:
            self._user.CloseClipboard()

    def _read(self) -> dict[int, bytes]:
        named = [self._user.RegisterClipboardFormatW(name) for name in KEPT]
        found: dict[int, bytes] = {}
        for kind in (CF_UNICODETEXT, CF_HDROP, CF_DIB, *named):
            handle = self._user.GetClipboardData(kind) if self._user.IsClipboardFormatAvailable(kind) else None
            if not handle:
                continue
            block = ctypes.c_void_p(handle)
            self._kernel.GlobalSize.restype = ctypes.c_size_t
            size = self._kernel.GlobalSize(block)
            place = self._kernel.GlobalLock(block) if size <= LIMIT_BYTES else None
            if place:
                found[kind] = ctypes.string_at(place, size)
                self._kernel.GlobalUnlock(block)
        return found

    def _write(self, kinds: dict[int, bytes], private: bool) -> None:
        self._user.EmptyClipboard()
        for kind, data in kinds.items():
            self._add(kind, data)
        for name in PRIVATE if private else ():
            self._add(self._user.RegisterClipboardFormatW(name), b"\0\0\0\0")

    def _add(self, kind: int, data: bytes) -> None:
        block: Any = ctypes.c_void_p(self._kernel.GlobalAlloc(GMEM_MOVEABLE, ctypes.c_size_t(max(len(data), 1))))
        place = self._kernel.GlobalLock(block)
        if not place:
            raise InsertError("clipboard-full", "Windows has no room for the text on the clipboard", "Close something.")
        ctypes.memmove(place, data, len(data))
        self._kernel.GlobalUnlock(block)
        if not self._user.SetClipboardData(kind, block):  # else the block is Windows' now
            self._kernel.GlobalFree(block)
            raise InsertError("clipboard-refused", "Windows did not take the text onto the clipboard", "Try again.")
