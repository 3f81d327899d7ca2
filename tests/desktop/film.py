"""Owns the film of a dictation: pictures of a part of the screen, each with its moment, made into one small GIF."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FRAMES_A_SECOND = 8
"""Enough for a level that moves and words that appear; twice as many made the file half as large again."""

LAST_SECONDS = 3.0
"""How long the last picture stands before the film begins again: the time to read what was typed."""

COLOURS = 128
"""Of one window, its text and the pill; with 64 the edges of letters were grey steps."""


@dataclass(frozen=True)
class Part:
    """A part of the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int


class Film:
    """Takes pictures of a part of the X screen while it is entered; ``save`` then writes them as a GIF.

    It has a connection and a thread of its own. A picture like the one before it is not kept: it only stands longer.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._frames: list[tuple[float, bytes]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="film", daemon=True)
        self._ended = 0.0

    def __enter__(self) -> Self:
        """Begin to take pictures."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        """Take no more."""
        self._over.set()
        self._thread.join()

    @property
    def pictures(self) -> int:
        """How many different pictures it has by now."""
        return len(self._frames)

    def _run(self) -> None:
        from Xlib import X, display

        connection: Any = display.Display()
        root, part = connection.screen().root, self._part
        try:
            while True:
                began = time.monotonic()
                answer = root.get_image(part.x, part.y, part.width, part.height, X.ZPixmap, 0xFFFFFFFF)
                if not self._frames or self._frames[-1][1] != answer.data:
                    self._frames.append((began, answer.data))
                self._ended = time.monotonic()
                if self._over.wait(max(0.0, began + 1 / FRAMES_A_SECOND - self._ended)):
                    return
        finally:
            connection.close()

    def save(self, path: Path) -> Path:
        """Write the film with ImageMagick. Raises CalledProcessError, and ValueError where no picture was taken."""
        if not self._frames:
            raise ValueError("no picture was taken")
        path.parent.mkdir(parents=True, exist_ok=True)
        size = f"{self._part.width}x{self._part.height}"
        # The server gives four bytes a pixel: blue, green, red and one that means nothing.
        command = ["convert", "-size", size, "-depth", "8", "-loop", "0"]
        ends = [at for at, _ in self._frames[1:]] + [self._ended + LAST_SECONDS]
        for number, ((begins, data), ends_at) in enumerate(zip(self._frames, ends, strict=True)):
            raw = path.with_name(f"{path.stem}-{number}.bgra")
            raw.write_bytes(data)
            command += [
                "(",
                "-delay",
                str(max(2, round((ends_at - begins) * 100))),
                f"bgra:{raw}",
                "-alpha",
                "off",
                ")",
            ]
        command += ["+dither", "-colors", str(COLOURS), "-layers", "Optimize", str(path)]
        try:
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=300)
        finally:
            for number in range(len(self._frames)):
                path.with_name(f"{path.stem}-{number}.bgra").unlink(missing_ok=True)
        return path
