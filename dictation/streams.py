"""The three streams of a call on the command line."""

from __future__ import annotations

import io
import sys


def speak_utf8() -> None:
    """Text is UTF-8 on every stream, whatever the locale or the code page; what is none never ends a call."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper) and not stream.closed:
            stream.reconfigure(encoding="utf-8", errors=errors)
