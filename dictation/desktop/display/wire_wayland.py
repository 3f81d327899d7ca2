"""Speaks the Wayland protocol: a connection, what the compositor offers on it, requests out and events in."""

from __future__ import annotations

import array
import os
import select
import socket
import struct
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from dictation.core.errors import InsertError

ANSWER_SECONDS = 3.0
_DISPLAY, _REGISTRY = 1, 2
_LARGEST = 1 << 16
"""Bytes of the largest message: its length has 16 bits."""

Handler = Callable[[int, bytes], None]
"""Called with the number of an event and its arguments, not yet taken apart."""


class Fd(int):
    """A file descriptor among the arguments of a request; who sends it closes it."""


class Wire:
    """One connection, for one thread. Numbers and layouts of messages are those of the protocols' XML files.

    ``offered`` has the name and the version of each interface that the compositor offers, ``globals`` the interface and
    the version of each name: of some things, such as screens, there are several. ``changed`` hears the names that come
    and go later.
    """

    def __init__(self) -> None:
        """Connect and hear what is offered. Raises InsertError."""
        self.offered: dict[str, tuple[int, int]] = {}
        self.globals: dict[int, tuple[str, int]] = {}
        self.changed: Callable[[int], None] = lambda _: None
        self._free: list[int] = []
        self._handlers: dict[int, Handler] = {_DISPLAY: self._display, _REGISTRY: self._global}
        self._last = _REGISTRY
        self._inbox, self._fds = b"", deque[int]()
        self._socket = _connect()
        try:
            self.request(_DISPLAY, 1, _REGISTRY)
            self.roundtrip()
        except BaseException:
            self.close()
            raise

    def fileno(self) -> int:
        """For select."""
        return self._socket.fileno()

    def close(self) -> None:
        """Leave; everything that was made on this connection ends."""
        self._socket.close()
        while self._fds:
            os.close(self._fds.popleft())

    def bind(self, interface: str, version: int = 1) -> int | None:
        """A new object of an interface; None when the compositor has none."""
        if interface not in self.offered:
            return None
        return self.bind_name(self.offered[interface][0], version)

    def bind_name(self, name: int, version: int = 1, handler: Handler | None = None) -> int:
        """A new object of what has this name in ``globals``, of at most this version."""
        interface, newest = self.globals[name]
        made = self.new(handler)
        self.request(_REGISTRY, 0, name, interface, min(version, newest), made)
        return made

    def new(self, handler: Handler | None = None) -> int:
        """The number of a new object, to be named in the request that makes it. Those that are free again come first:
        the compositor keeps a table up to the largest."""
        if self._free:
            made = self._free.pop()
        else:
            self._last += 1
            made = self._last
        if handler:
            self._handlers[made] = handler
        return made

    def hear(self, number: int, handler: Handler) -> None:
        """Call ``handler`` for the events of an object."""
        self._handlers[number] = handler

    def deaf(self, number: int) -> None:
        """Hear no more of an object."""
        self._handlers.pop(number, None)

    def request(self, number: int, opcode: int, *arguments: int | str) -> None:
        """Send one request. Raises InsertError when the connection is gone."""
        body, fds = b"", []
        for each in arguments:
            if isinstance(each, Fd):
                fds.append(int(each))
            elif isinstance(each, str):
                raw = each.encode() + b"\0"
                body += struct.pack("=I", len(raw)) + raw + b"\0" * (-len(raw) % 4)
            else:
                body += struct.pack("=I", each & 0xFFFFFFFF)
        message = struct.pack("=II", number, (8 + len(body)) << 16 | opcode) + body
        try:
            sent = socket.send_fds(self._socket, [message], fds) if fds else self._socket.send(message)
            if sent < len(message):
                self._socket.sendall(message[sent:])
        except OSError as why:
            raise lost(str(why)) from why

    def roundtrip(self) -> None:
        """Until the compositor has taken all requests so far. Raises InsertError."""
        done: list[int] = []
        mark = self.new(lambda _opcode, _body: done.append(1))
        self.request(_DISPLAY, 0, mark)
        end = time.monotonic() + ANSWER_SECONDS
        while not done:
            if not self.wait(end - time.monotonic()):
                raise lost("it does not answer")

    def wait(self, seconds: float) -> bool:
        """Handle what comes within so long; False when nothing does. Raises InsertError."""
        if not select.select([self._socket], [], [], max(seconds, 0))[0]:
            return False
        self.read()
        return True

    def read(self) -> None:
        """Handle what is there. Raises InsertError."""
        try:
            raw, ancillary, _, _ = self._socket.recvmsg(_LARGEST, socket.CMSG_SPACE(28 * 4))
        except OSError as why:
            raise lost(str(why)) from why
        for level, kind, data in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                found = array.array("i")
                found.frombytes(data[: len(data) - len(data) % found.itemsize])
                self._fds.extend(found)
        if not raw:
            raise lost("it has gone away")
        self._inbox += raw
        while len(self._inbox) >= 8:
            number, word = struct.unpack_from("=II", self._inbox)
            size = word >> 16
            if size < 8 or len(self._inbox) < size:
                break
            body, self._inbox = self._inbox[8:size], self._inbox[size:]
            if handler := self._handlers.get(number):
                handler(word & 0xFFFF, body)

    def take_fd(self) -> int:
        """The file descriptor that came with the event being handled; who takes it closes it."""
        if not self._fds:
            raise lost("a file descriptor is missing")
        return self._fds.popleft()

    def _display(self, opcode: int, body: bytes) -> None:
        if opcode == 0:  # an error ends the connection
            raise lost(text_at(body, 8)[0])
        (number,) = struct.unpack_from("=I", body)
        self._handlers.pop(number, None)
        self._free.append(number)

    def _global(self, opcode: int, body: bytes) -> None:
        (name,) = struct.unpack_from("=I", body)
        if opcode == 0:
            interface, after = text_at(body, 4)
            (version,) = struct.unpack_from("=I", body, after)
            self.globals[name] = (interface, version)
            self.offered.setdefault(interface, (name, version))
        else:
            interface, _ = self.globals.pop(name, ("", 0))
            if self.offered.get(interface, (0,))[0] == name:
                del self.offered[interface]
        self.changed(name)


def text_at(body: bytes, at: int) -> tuple[str, int]:
    """The string that begins at a place in the arguments, and where the next argument is."""
    (length,) = struct.unpack_from("=I", body, at)
    raw = body[at + 4 : at + 4 + max(length - 1, 0)]
    return raw.decode(errors="replace"), at + 4 + length + (-length % 4)


def lost(why: str) -> InsertError:
    """What is raised when the compositor cannot be talked to."""
    return InsertError("display-lost", f"The Wayland compositor failed: {why}", "Try again; the text is kept.")


def _connect() -> socket.socket:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if not name or not (folder or name.startswith("/")):
        raise InsertError(
            "no-display", "There is no Wayland display here", "Start Dictation inside the desktop session."
        )
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    made.settimeout(ANSWER_SECONDS)
    try:
        made.connect(str(Path(folder) / name))
    except OSError as why:
        made.close()
        raise InsertError(
            "no-display", f"The Wayland display cannot be reached: {why}", "Start Dictation inside the desktop session."
        ) from why
    return made
