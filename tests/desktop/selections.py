"""Owns the other side of the clipboard tests: programs that copy and paste, each in a process of its own."""

from __future__ import annotations

import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dictation.desktop.display.display_x11 import connected
from tests.desktop.editors import wait_until

QT_OWNER = """
import sys
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
data = QMimeData()
for kind, file in zip(sys.argv[1::2], sys.argv[2::2]):
    data.setData(kind, open(file, "rb").read())
app.clipboard().setMimeData(data)
QTimer.singleShot(0, lambda: print("ready", flush=True))
app.exec()
"""


def copy(data: bytes, selection: str = "clipboard", kind: str = "UTF8_STRING") -> None:
    """Let xclip own ``selection``; it stays in the background until it loses it.

    It returns before it has told the X server, so that is waited for.
    """
    command = ["xclip", "-i", "-selection", selection, "-t", kind]
    with connected() as connection:
        atom = connection.get_atom(selection.upper())
        before = connection.get_selection_owner(atom)
        subprocess.run(command, input=data, check=True, stdout=subprocess.DEVNULL, timeout=20)
        wait_until(lambda: connection.get_selection_owner(atom) != before, f"xclip to own {selection}", 10)


def pasted(selection: str = "clipboard", kind: str = "UTF8_STRING") -> bytes | None:
    """What xclip gets; None when there is nothing of that kind."""
    command = ["xclip", "-o", "-selection", selection, "-t", kind]
    done = subprocess.run(command, capture_output=True, timeout=20)
    return done.stdout if done.returncode == 0 else None


def wait_for(data: bytes | None, selection: str = "clipboard", kind: str = "UTF8_STRING") -> None:
    """Wait until ``selection`` gives ``data``. Raises TimeoutError."""
    wait_until(lambda: pasted(selection, kind) == data, f"{selection} to give {data and data[:40]!r}", 3)


@contextmanager
def copied_in_qt(folder: Path, kinds: dict[str, bytes], python: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Qt program that owns CLIPBOARD with several kinds of data."""
    arguments = []
    for at, (kind, data) in enumerate(kinds.items()):
        (folder / str(at)).write_bytes(data)
        arguments += [kind, str(folder / str(at))]
    owner = subprocess.Popen([python, "-c", QT_OWNER, *arguments], stdout=subprocess.PIPE)
    try:
        assert owner.stdout and owner.stdout.readline() == b"ready\n"
        yield owner
    finally:
        owner.kill()
        owner.communicate()


def picture(side: int) -> bytes:
    """A grey PNG picture of ``side`` by ``side`` that does not compress to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    seed = 1
    rows = bytearray()
    for _ in range(side):
        rows.append(0)
        for _ in range(side):
            seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
            rows.append(seed >> 16 & 255)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
