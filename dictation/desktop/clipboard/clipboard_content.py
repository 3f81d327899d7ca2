"""What a clipboard holds, whatever the platform: the same thing in several kinds."""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

TEXT_KINDS = ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "TEXT")


@dataclass(frozen=True, slots=True)
class Content:
    """What a selection holds: by target name, the type name and the bytes."""

    kinds: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


def text_content(text: str) -> Content:
    """``text`` in every spelling that readers ask for, with the hint that asks clipboard histories to leave it out."""
    data = text.encode("utf-8", "replace")
    kinds = {name: ("UTF8_STRING" if name == "TEXT" else name, data) for name in TEXT_KINDS}
    with contextlib.suppress(UnicodeEncodeError):  # STRING is Latin-1: better refused than full of question marks
        kinds["STRING"] = ("STRING", text.encode("latin-1"))
    kinds["x-kde-passwordManagerHint"] = ("x-kde-passwordManagerHint", b"secret")
    return Content(kinds)


def drain(handle: int, end: float, room: int) -> bytes | None:
    """All that comes out of a pipe until ``end``, a monotonic time; None when that is too late, or over ``room`` bytes.

    Closes ``handle``. Raises OSError.
    """
    raw = bytearray()
    try:
        while select.select([handle], [], [], max(end - time.monotonic(), 0))[0]:
            piece = os.read(handle, 1 << 16)
            if not piece:
                return bytes(raw)
            raw += piece
            if len(raw) > room:
                return None
        return None
    finally:
        os.close(handle)
