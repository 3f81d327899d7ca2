"""Owns the real apps that are typed into: what all have in common, a terminal, a GTK editor and a Qt window."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

HERE = Path(__file__).resolve().parent
POLL_SECONDS = 0.01

T = TypeVar("T")


def wait_until(ask: Callable[[], T | None], what: str, seconds: float) -> T:
    """The first true answer of ``ask``. Raises TimeoutError that names ``what``."""
    deadline = time.monotonic() + seconds
    while not (answer := ask()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:g} s for {what}")
        time.sleep(POLL_SECONDS)
    return answer


class Editor(ABC):
    """One window of a real app with one text in it."""

    def __init__(self, folder: Path) -> None:
        """Start the app, keeping its files under ``folder``, and wait until its window is there."""
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        before = _windows()
        self.process = subprocess.Popen(
            self.command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "log").open("wb"),
            env=os.environ | self.environment(),
            start_new_session=True,
        )
        try:
            self.window = wait_until(lambda: self._new_window(before), f"the window of {type(self).__name__}", 60)
            self.ready()
        except BaseException:
            self.close()
            raise

    @abstractmethod
    def command(self) -> list[str]:
        """How to start it."""

    def environment(self) -> dict[str, str]:
        """Settings of its own, so that no app asks about the last session."""
        return {name: str(self.folder) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}

    @abstractmethod
    def ready(self) -> None:
        """Wait until it can be typed into."""

    @abstractmethod
    def text(self) -> str:
        """What stands in it now, exactly; a new line is ``\\n`` everywhere."""

    @abstractmethod
    def clear(self) -> None:
        """Make it empty, without using the keyboard."""

    def focus(self) -> None:
        """Give it the cursor."""
        command = ["xdotool", "windowactivate", "--sync", str(self.window), "windowfocus", "--sync", str(self.window)]
        # xdotool grumbles about a desktop on which no window has been active yet, and then does it.
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20)

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Move and size the window, in pixels."""
        window, numbers = str(self.window), [str(each) for each in (width, height, x, y)]
        command = ["xdotool", "windowsize", window, *numbers[:2], "windowmove", window, *numbers[2:]]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=20)

    def wait_for(self, wanted: str | Callable[[str], bool], timeout: float = 10) -> str:
        """The text, once it is ``wanted`` (or ``wanted`` says so). Raises TimeoutError that shows what stood there."""
        seen = ""

        def matches() -> bool:
            nonlocal seen
            seen = self.text()
            return seen == wanted if isinstance(wanted, str) else wanted(seen)

        try:
            wait_until(matches, "the text", timeout)
        except TimeoutError:
            hope = repr(wanted) if isinstance(wanted, str) else "something else"
            raise TimeoutError(f"after {timeout:g} s there stood {seen!r} instead of {hope}") from None
        return seen

    def close(self) -> None:
        """End the app, without saving. A second call does nothing."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()
        # The X server gives the numbers of gone windows to new ones: the next app's must not be among the known.
        if hasattr(self, "window"):
            wait_until(lambda: self.window not in _windows(), "the window to go", 10)

    def _new_window(self, before: set[int]) -> int:
        if self.process.poll() is not None:
            log = (self.folder / "log").read_text(errors="replace")[-500:]
            raise RuntimeError(f"{type(self).__name__} ended with {self.process.returncode}: {log}")
        return next(iter(_windows() - before), 0)


class Terminal(Editor):
    """xterm with a program that keeps every byte it is sent."""

    def command(self) -> list[str]:
        """xterm with fixed fonts that show Chinese, and titles that stay."""
        return [
            "xterm", "-fa", "DejaVu Sans Mono", "-fd", "WenQuanYi Micro Hei Mono", "-fs", "11", "-geometry", "80x14",
            "-T", "Terminal", "-xrm", "*allowTitleOps: false",
            "-e", sys.executable, str(HERE / "reader.py"), str(self.folder / "bytes"),
        ]  # fmt: skip

    def ready(self) -> None:
        """The reader makes its file when the terminal is in raw mode."""
        self._seen = 0
        wait_until((self.folder / "bytes").exists, "the terminal's program", 20)

    def raw(self) -> bytes:
        """The bytes that arrived since the last ``clear``, with the marks around what was pasted."""
        return (self.folder / "bytes").read_bytes()[self._seen :]

    def text(self) -> str:
        """The bytes as text, without the marks. The Enter key and a pasted new line both arrive as ``\\r``."""
        plain = re.sub(rb"\x1b\[20[01]~", b"", self.raw())
        return plain.decode(errors="replace").replace("\r", "\n")

    def clear(self) -> None:
        """Forget what has arrived so far; it stays on the screen."""
        self._seen += len(self.raw())


class Gtk(Editor):
    """Mousepad, read through the accessibility bus, which touches neither keyboard nor clipboard."""

    def command(self) -> list[str]:
        """A process of its own instead of a new window of a running one."""
        return ["mousepad", "--disable-server"]

    def environment(self) -> dict[str, str]:
        """The desktop turns accessibility off; here it is what we read with."""
        return super().environment() | {"NO_AT_BRIDGE": "0"}

    def ready(self) -> None:
        """Find the text box among the app's objects."""
        with open_dbus_connection("SESSION") as session:
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            (address,) = _ask(session, bus, "GetAddress")
        self._bus: DBusConnection = open_dbus_connection(address)
        self._name, self._path = wait_until(self._find_text_box, "Mousepad's text box", 20)

    def _find_text_box(self) -> tuple[str, str] | None:
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        registry = DBusAddress(
            "/org/a11y/atspi/accessible/root", "org.a11y.atspi.Registry", "org.a11y.atspi.Accessible"
        )
        todo: list[tuple[str, str]] = [
            (name, path)
            for name, path in _ask(self._bus, registry, "GetChildren")[0]
            if _ask(self._bus, bus, "GetConnectionUnixProcessID", "s", name)[0] == self.process.pid
        ]
        while todo:
            name, path = todo.pop()
            here = DBusAddress(path, name, "org.a11y.atspi.Accessible")
            if _ask(self._bus, here, "GetRoleName")[0] == "text":
                return name, path
            todo += _ask(self._bus, here, "GetChildren")[0]
        return None

    def text(self) -> str:
        """What the box says it holds."""
        box = DBusAddress(self._path, self._name, "org.a11y.atspi.Text")
        (text,) = _ask(self._bus, box, "GetText", "ii", 0, -1)
        assert isinstance(text, str)
        return text

    def clear(self) -> None:
        """Set the box to nothing."""
        box = DBusAddress(self._path, self._name, "org.a11y.atspi.EditableText")
        _ask(self._bus, box, "SetTextContents", "s", "")

    def close(self) -> None:
        """Also leave the bus."""
        if hasattr(self, "_bus"):
            self._bus.close()
        super().close()


class Qt(Editor):
    """A text box of PySide6, in a process of its own."""

    def command(self) -> list[str]:
        """The program keeps its text in a file."""
        return [sys.executable, str(HERE / "paper.py"), str(self.folder / "text")]

    def ready(self) -> None:
        """The file is there before the window is."""
        wait_until((self.folder / "text").exists, "the Qt window's file", 20)

    def text(self) -> str:
        """What the program wrote at the last change."""
        return (self.folder / "text").read_text(encoding="utf-8")

    def clear(self) -> None:
        """Ask the program to, and wait until it has."""
        assert self.process.stdin
        self.process.stdin.write(b"clear\n")
        self.process.stdin.flush()
        self.wait_for("")


def _windows() -> set[int]:
    command = ["xprop", "-root", "_NET_CLIENT_LIST"]
    done = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
    return {int(each, 16) for each in re.findall(r"0x[0-9a-f]+", done.stdout)}


def _ask(bus: DBusConnection, whom: DBusAddress, method: str, signature: str = "", *arguments: object) -> Any:
    reply = bus.send_and_get_reply(new_method_call(whom, method, signature or None, arguments), timeout=10)
    return reply.body
