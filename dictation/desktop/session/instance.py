"""One app per user, and the local socket on which it answers its own user alone.

A request is one line of JSON, at most 64 KiB and 5 s; an answer is one or more lines. Standard library only and light
to import: `dictation toggle` has to answer in the time between two keystrokes.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

from dictation.core.errors import StorageError, UnreachableError
from dictation.core.foreign import json_from
from dictation.desktop.store.folders import not_ours, private_folder

LONGEST = 65_536
"""Bytes in one line of a request."""

LONGEST_ANSWER = 1 << 23
"""Bytes in one line of an answer: two hours of speech, as heard and as written, fit many times over."""

REQUEST_SECONDS = 5.0
"""For a whole request, so that callers who dribble cannot take all the room."""

READER_SECONDS = 5.0
"""For a caller to take an answer."""

MOST_CLIENTS = 32
"""Clients answered at once; more are refused, so that a flood cannot exhaust threads."""

Message = dict[str, Any]
Handle = Callable[[Message], Generator[Message | None, None, None]]
"""Gives the answers to a request; None asks whether the caller is still there, in a stream that may be long silent."""


class AlreadyRunning(Exception):
    """Another app of this user holds the lock."""


class Door:
    """The app's side: the lock and the socket."""

    def __init__(self, lock: Path, address: Path, handle: Handle) -> None:
        """Take the lock and answer on ``address``. ``handle`` gives the answers to one request, from threads of ours.

        Raises AlreadyRunning, and StorageError when the socket cannot be made, or somebody else could put another in
        its place.
        """
        private_folder(address.parent)
        if why := not_ours(address.parent):
            raise StorageError("socket-folder", why, "Set DICTATION_HOME to a folder of your own.")
        self._handle = handle
        self._address = address
        self._closing = threading.Event()
        self._room = threading.BoundedSemaphore(MOST_CLIENTS)
        self._lock = _take(lock)
        try:
            # A socket that is there now belongs to a dead app: we hold the lock.
            address.unlink(missing_ok=True)
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            before = os.umask(0o177)
            try:
                self._socket.bind(os.fspath(address))
            finally:
                os.umask(before)
            self._socket.listen(MOST_CLIENTS)
        except OSError as error:
            os.close(self._lock)
            raise StorageError(
                "socket",
                f"{address} cannot be made: {error.strerror or error}",
                "Set DICTATION_HOME to a folder on a local disk.",
            ) from error
        threading.Thread(target=self._accept, name="door", daemon=True).start()

    def close(self) -> None:
        """Stop answering and let another app start."""
        self._closing.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with contextlib.suppress(OSError):
            self._address.unlink(missing_ok=True)
        os.close(self._lock)

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._socket.accept()
            except OSError:
                if self._closing.wait(0.1):
                    return
                continue
            if not _ours(client) or not self._room.acquire(blocking=False):
                client.close()
                continue
            threading.Thread(target=self._serve, args=(client,), name="caller", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            with client, contextlib.suppress(OSError):
                request = _line(client)
                client.settimeout(READER_SECONDS)
                if request is None:
                    _send(client, {"error": {"code": "bad-request", "message": "Not a request", "remedy": ""}})
                    return
                # An answer may be a stream that goes on for hours: only a reader who stops reading is given up.
                with contextlib.closing(self._handle(request)) as answers:
                    for answer in answers:
                        if answer is not None:
                            _send(client, answer)
                        elif _gone(client):
                            return
        finally:
            self._room.release()


def ask(address: Path, request: Message, patience: float | None = 5.0) -> Iterator[Message]:
    """Send ``request`` to the running app and give its answers as they come. ``patience`` is seconds per answer.

    Raises UnreachableError when no app answers, or one that is not this user's.
    """
    answered = False
    if why := not_ours(address.parent):
        raise UnreachableError("not-ours", why, "Set DICTATION_HOME to a folder of your own.")
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
            server.settimeout(patience)
            _connect(server, address, 5.0 if patience is None else patience)
            if not _ours(server):
                raise UnreachableError(
                    "not-ours", f"What answers at {address} belongs to another user", "Start your own: `dictation run`."
                )
            _send(server, request)
            with server.makefile("rb") as answers:
                for line in iter(lambda: answers.readline(LONGEST_ANSWER), b""):
                    yield json_from(line)
                    answered = True
    except TimeoutError as error:
        raise UnreachableError(
            "no-answer",
            f"Dictation does not answer within {patience:g} s",
            "End it and start it again with `dictation run`.",
        ) from error
    except (OSError, ValueError) as error:
        if isinstance(error, ConnectionResetError | BrokenPipeError) and not answered:
            raise _busy() from error  # it was there, and showed us out
        raise UnreachableError("not-running", "Dictation is not running", "Start it with `dictation run`.") from error
    if not answered:
        raise _busy()


def _busy() -> UnreachableError:
    return UnreachableError("busy", "Dictation has too many callers or is just ending", "Try again in a moment.")


def _connect(server: socket.socket, address: Path, patience: float) -> None:
    """Where a crowd stands at the door there is no place in the queue at once: that is no app that does not run."""
    end = time.monotonic() + patience
    while True:
        try:
            return server.connect(os.fspath(address))
        except BlockingIOError:
            if time.monotonic() > end:
                raise TimeoutError from None
            time.sleep(0.02)  # nobody tells when there is a place


def _take(lock: Path) -> int:
    import fcntl

    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(
            "lock", f"{lock} cannot be made: {error.strerror}", "Set DICTATION_HOME to another folder."
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise AlreadyRunning from None
    return handle


def _ours(other: socket.socket) -> bool:
    """Whether the other end is our user's, by what the kernel says of it, for a caller and for who is called."""
    with contextlib.suppress(OSError, struct.error):
        if hasattr(socket, "SO_PEERCRED"):
            _, uid, _ = struct.unpack("3i", other.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
            return bool(uid == os.getuid())
        if hasattr(socket, "LOCAL_PEERCRED"):  # macOS, from its header files: struct xucred begins with version and uid
            _, uid = struct.unpack_from("=II", other.getsockopt(0, socket.LOCAL_PEERCRED, 76))
            return bool(uid == os.getuid())
        return True
    return False


def _gone(client: socket.socket) -> bool:
    # MSG_DONTWAIT alone is not enough: on a socket with a timeout Python waits for data before it asks.
    patience = client.gettimeout()
    client.settimeout(0)
    try:
        return client.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    finally:
        client.settimeout(patience)


def _line(client: socket.socket) -> Message | None:
    data = b""
    end = time.monotonic() + REQUEST_SECONDS
    while b"\n" not in data:
        client.settimeout(max(0.01, end - time.monotonic()))
        piece = client.recv(4096)
        if not piece or len(data) + len(piece) > LONGEST:
            return None
        data += piece
    try:
        request = json_from(data.partition(b"\n")[0])
    except ValueError:
        return None
    return request if isinstance(request, dict) else None


def _send(other: socket.socket, message: Message) -> None:
    other.sendall(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
