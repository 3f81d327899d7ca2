"""What the tests of the pill on Wayland share: pictures of a screen, a mouse, and the pill in a process of its own."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from dictation.desktop.display.wire_wayland import Wire
from tests.desktop.bench import ROOT

Pixels = npt.NDArray[np.uint8]
"""Rows from the top, of red, green and blue."""

_LEFT = 0x110


def shot_of_sway() -> Pixels:
    """The screen as grim sees it, in its own pixels."""
    raw = subprocess.run(["grim", "-t", "ppm", "-"], check=True, capture_output=True, timeout=20).stdout
    _, size, _, rest = raw.split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(rest, np.uint8).reshape(height, width, 3)


def shot_of_kwin(screen: str = "") -> Pixels:
    """The screen of this name, or the active one, as KWin itself sees it, where it lets everybody."""
    mine, theirs = os.pipe()
    address = DBusAddress("/org/kde/KWin/ScreenShot2", "org.kde.KWin.ScreenShot2", "org.kde.KWin.ScreenShot2")
    raw: list[bytes] = []
    with open(mine, "rb") as pipe:  # noqa: PTH123 - a pipe has no path
        reader = threading.Thread(target=lambda: raw.append(pipe.read()))
        reader.start()
        with open_dbus_connection("SESSION", enable_fds=True) as bus:
            options: dict[str, Any] = {"native-resolution": ("b", True)}
            if screen:
                call = new_method_call(address, "CaptureScreen", "sa{sv}h", (screen, options, theirs))
            else:
                call = new_method_call(address, "CaptureActiveScreen", "a{sv}h", (options, theirs))
            reply = bus.send_and_get_reply(call, timeout=20)
            os.close(theirs)
            if reply.header.message_type is MessageType.error:
                raise OSError(str(reply.body))
            (about,) = reply.body
        reader.join()
    width, height, stride = (int(about[name][1]) for name in ("width", "height", "stride"))
    rows = np.frombuffer(raw[0], np.uint8).reshape(height, stride // 4, 4)[:, :width]
    return np.ascontiguousarray(rows[:, :, 2::-1])


def box(pixels: Pixels, colour: str) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of what has exactly this colour (#rrggbb); None where nothing has."""
    wanted = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8)
    rows, columns = np.nonzero((pixels == wanted).all(axis=2))
    return (columns.min(), rows.min(), columns.max(), rows.max()) if len(rows) else None


class SwayMouse:
    """A mouse of ours, by zwlr_virtual_pointer_v1; places are on a screen of this size."""

    def __init__(self, width: int, height: int) -> None:
        self._wire, self._size = Wire(), (width, height)
        manager = self._wire.bind("zwlr_virtual_pointer_manager_v1")
        assert manager is not None
        self._mouse = self._wire.new()
        self._wire.request(manager, 0, 0, self._mouse)
        self._wire.roundtrip()

    def move(self, x: int, y: int) -> None:
        """To a place."""
        self._wire.request(self._mouse, 1, _now(), x, y, *self._size)
        self._wire.request(self._mouse, 4)
        self._wire.roundtrip()

    def click(self, x: int, y: int) -> None:
        """There."""
        self.move(x, y)
        for down in (1, 0):
            self._wire.request(self._mouse, 2, _now(), _LEFT, down)
            self._wire.request(self._mouse, 4)
        self._wire.roundtrip()

    def close(self) -> None:
        """Unplug it."""
        self._wire.close()


class KwinMouse:
    """A mouse and keys of ours, by org_kde_kwin_fake_input, where KWin lets everybody."""

    def __init__(self) -> None:
        self._wire = Wire()
        made = self._wire.bind("org_kde_kwin_fake_input", 4)
        assert made is not None
        self._made = made
        self._wire.request(made, 0, "test", "a test presses keys")
        self._wire.roundtrip()

    def move(self, x: int, y: int) -> None:
        """To a place."""
        self._wire.request(self._made, 9, x * 256, y * 256)
        self._wire.roundtrip()

    def click(self, x: int, y: int) -> None:
        """There."""
        self.move(x, y)
        for down in (1, 0):
            self._wire.request(self._made, 2, _LEFT, down)
        self._wire.roundtrip()

    def strike(self, code: int) -> None:
        """A key, by the kernel's number."""
        for down in (1, 0):
            self._wire.request(self._made, 10, code, down)
        self._wire.roundtrip()

    def close(self) -> None:
        """Unplug it."""
        self._wire.close()


class Shown:
    """The pill, in a process that has its own Qt."""

    def __init__(self, language: str = "en", where: str = "bottom") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.pill_shown", language, where], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"QT_QPA_PLATFORM": "wayland"},
        )  # fmt: skip
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()
        self.works = self.heard("working") == "working yes"

    def say(self, state: str) -> None:
        """Let the app be in this state."""
        assert self._process.stdin
        print(state, file=self._process.stdin, flush=True)

    def heard(self, begins: str, seconds: float = 20) -> str:
        """The next line that begins so. Raises queue.Empty."""
        while not (line := self._lines.get(timeout=seconds)).startswith(begins):
            pass
        return line

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line.strip())


def settled(shot: Callable[[], Pixels], right: Callable[[Pixels], bool], what: str, seconds: float = 10) -> Pixels:
    """The first picture of the screen that is ``right``. Raises AssertionError that names ``what``."""
    end = time.monotonic() + seconds
    while not right(seen := shot()):
        assert time.monotonic() < end, f"waited {seconds:g} s for {what}"
    return seen


def _now() -> int:
    return int(time.monotonic() * 1000) & 0xFFFFFFFF
