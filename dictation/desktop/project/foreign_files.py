"""How a file is opened that somebody else may have made: a pipe, a link or a device in its place is nothing."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def read_plain(path: Path, most: int) -> bytes:
    """The first ``most`` bytes of a plain file; nothing of a link, a pipe or a device, or what cannot be read.

    Somebody else made it: whoever opens such a file by other means may wait for ever.
    """
    try:
        # Opening a pipe would wait for its writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return b""
    try:
        with os.fdopen(handle, "rb") as file:
            return file.read(most) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""
    except OSError:
        return b""
