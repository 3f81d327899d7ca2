"""One app per user and its local channel on Windows, as a named pipe; the same promises as ``instance``.

Never run: written from the documentation of ``multiprocessing.connection`` and ``msvcrt``. A pipe with Python's default
rights can be opened by other users of the machine, so callers prove with a key that stands in a file of our user's.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import secrets
import threading
from collections.abc import Iterator
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from dictation.core.errors import StorageError, UnreachableError
from dictation.core.foreign import json_from
from dictation.desktop.session.instance import LONGEST, AlreadyRunning, Handle, Message

__all__ = ["AlreadyRunning", "Door", "ask"]


class PipeDoor:
    """The app's side: the lock and the pipe."""

    def __init__(self, lock: Path, address: Path, handle: Handle) -> None:
        """As ``instance.Door``; ``address`` names the pipe and the file with its key."""
        self._handle = handle
        self._closing = threading.Event()
        self._lock = _take(lock)
        key = secrets.token_bytes(32)
        try:
            address.with_suffix(".key").write_bytes(key)
        except OSError as error:
            os.close(self._lock)
            raise StorageError("socket", f"{address} cannot be made: {error}", "Set DICTATION_HOME.") from error
        self._listener = Listener(_pipe(address), family="AF_PIPE", authkey=key)
        threading.Thread(target=self._accept, name="door", daemon=True).start()

    def close(self) -> None:
        """Stop answering and let another app start."""
        self._closing.set()
        self._listener.close()
        os.close(self._lock)

    def _accept(self) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(OSError, EOFError, AuthenticationError):
                caller = self._listener.accept()
                threading.Thread(target=self._serve, args=(caller,), name="caller", daemon=True).start()

    def _serve(self, caller: Connection[Any, Any]) -> None:
        import json

        with caller, contextlib.suppress(OSError, EOFError, ValueError):
            request = json_from(caller.recv_bytes(LONGEST))
            with contextlib.closing(self._handle(request)) as answers:
                for answer in answers:
                    if answer is not None:
                        caller.send_bytes(json.dumps(answer, ensure_ascii=False).encode())


def ask(address: Path, request: Message, patience: float | None = 5.0) -> Iterator[Message]:
    """As ``instance.ask``."""
    import json

    try:
        with Client(_pipe(address), family="AF_PIPE", authkey=address.with_suffix(".key").read_bytes()) as app:
            app.send_bytes(json.dumps(request, ensure_ascii=False).encode())
            while patience is None or app.poll(patience):
                yield json_from(app.recv_bytes(LONGEST))
            raise UnreachableError("no-answer", "Dictation does not answer", "End it and start it again.")
    except EOFError:
        return
    except (OSError, ValueError, AuthenticationError) as error:
        raise UnreachableError("not-running", "Dictation is not running", "Start it with `dictation run`.") from error


def _pipe(address: Path) -> str:
    return rf"\\.\pipe\dictation-{hashlib.sha256(os.fsencode(address)).hexdigest()[:16]}"


def _take(lock: Path) -> int:
    msvcrt: Any = importlib.import_module("msvcrt")
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError:
        os.close(handle)
        raise AlreadyRunning from None
    return handle


Door = PipeDoor
"""The name that ``choose`` asks for on every platform."""
