"""What was on the clipboard before it was lent, on disk for that moment: a crash in between gives it back later."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

from dictation.core.foreign import json_from
from dictation.desktop.clipboard.clipboard_content import Content

MOST_BYTES = 32 << 20
"""Larger things are given back only by the app that lent them."""

LONGEST_SECONDS = 86_400.0
"""What is older than a day belongs to another session, and nobody waits for it any more."""

SECRET = "x-kde-passwordManagerHint"
"""What a password manager marks so is never written to disk."""


class Keepsake:
    """The file ``path``, for its user alone; there while something is lent. Nothing here raises."""

    def __init__(self, path: Path | None) -> None:
        """None keeps nothing."""
        self._path = path

    def write(self, lent: Content, before: Mapping[str, Content | None]) -> None:
        """``before`` gives way to ``lent`` now."""
        if self._path is None:
            return
        head: dict[str, object] = {"lent": _fingerprint(lent)}
        held: dict[str, list[tuple[str, str, int]]] = {}
        data: list[bytes] = []
        room = MOST_BYTES
        for selection, content in before.items():
            if content is None or SECRET in content.kinds:
                continue
            kinds = held.setdefault(selection, [])
            for name, (kind, value) in content.kinds.items():
                if len(value) <= room:
                    kinds.append((name, kind, len(value)))
                    data.append(value)
                    room -= len(value)
        with contextlib.suppress(OSError):
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(head | {"held": held}).encode() + b"\n" + b"".join(data))

    def clear(self) -> None:
        """It was given back, or is not wanted any more."""
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def read(self) -> tuple[str, dict[str, Content]] | None:
        """The fingerprint of the lent text and what was there before, by selection; None when nothing was lent."""
        if self._path is None:
            return None
        try:
            if time.time() - self._path.stat().st_mtime > LONGEST_SECONDS:
                return None
            line, _, data = self._path.read_bytes().partition(b"\n")
            head = json_from(line)
            found = {}
            for selection, kinds in head["held"].items():
                taken = {}
                for name, kind, size in kinds:
                    if size > len(data):
                        return None  # cut off by the crash itself: then it had not been lent yet
                    taken[str(name)] = (str(kind), data[:size])
                    data = data[size:]
                if taken:
                    found[str(selection)] = Content(taken)
            return str(head["lent"]), found
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None


def same(content: Content | None, fingerprint: str) -> bool:
    """Whether this is the text that was lent, for instance in the hands of a clipboard history."""
    return content is not None and _fingerprint(content) == fingerprint


def _fingerprint(content: Content) -> str:
    for name in ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain"):
        if name in content.kinds:
            return hashlib.sha256(content.kinds[name][1]).hexdigest()
    return ""
