"""`dictation run`: one app per user, with windows or without, until it is told to end."""

from __future__ import annotations

import logging
import logging.handlers
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from dictation.app.answers import Answers
from dictation.app.application import Application
from dictation.app.history.unkept import unkept
from dictation.core.controls import Controls
from dictation.core.errors import DictationError, StorageError
from dictation.desktop import choose
from dictation.desktop.store.folders import Places, places, private_folder


class Windows(Protocol):
    """The windows. ``run`` is called on the main thread; ``show`` and ``quit`` from any other."""

    def run(self, controls: Controls, first: bool) -> int: ...
    def show(self) -> None: ...
    def quit(self) -> None: ...


def run(front: Callable[[], Windows] | None) -> int:
    """Run the app in the foreground; 0 when it was asked to end. A second one asks the first to show its window.

    ``front`` makes the windows, None for none. Raises DictationError when the app cannot start at all.
    """
    where = places()
    private_folder(where.runtime)
    door = choose.instance()
    answers = Answers()
    try:
        answering = door.Door(where.lock, where.socket, answers)
    except door.AlreadyRunning:
        for answer in door.ask(where.socket, {"do": "show"}):
            if (error := answer.get("error")) and front is not None:
                why = f"It is running already: {error['message']}"
                raise DictationError(error["code"], why, error["remedy"]) from None
            shown = "it has no window" if error else "it was asked to show its window"
            sys.stderr.write(f"dictation: note: Dictation is running already; {shown}.\n")
        return 0
    try:
        if front is not None:
            choose.require_session()
        unlogged = write_log(where)
        lost = unkept(where) or unlogged
        if unlogged and lost:  # who has neither a log nor a window reads it here
            sys.stderr.write(f"dictation: note: {lost.line()}\n")
        app = Application(where, lost)
        _end_on_signals(app)
        # The first start has no settings file yet; with it comes the window, later the app starts quietly.
        first = not where.settings.exists()
        try:
            windows = front() if front else None
            if windows:
                app.on_show(windows.show)
            app.begin()
            answers.app = app
            return _live(app, windows, first)
        finally:
            app.end()
    finally:
        answering.close()


def _live(app: Application, windows: Windows | None, first: bool) -> int:
    if windows is None:
        app.ended.wait()
        return 0

    def end() -> None:
        app.ended.wait()
        windows.quit()

    threading.Thread(target=end, name="end", daemon=True).start()
    if first:
        app.remember_first_start()
    return windows.run(app, first)


def _end_on_signals(app: Application) -> None:
    """End on SIGINT and SIGTERM, also while Qt's loop holds the main thread and Python's own handlers cannot run."""
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    signal.set_wakeup_fd(writer.fileno())
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda _number, _frame: app.quit())

    def wait() -> None:
        # `writer` is named here to live as long as the thread.
        with reader, writer:
            while not app.ended.is_set():
                if not reader.recv(16):
                    return
                app.quit()

    threading.Thread(target=wait, name="signals", daemon=True).start()


def write_log(where: Places) -> StorageError | None:
    """Write the log from now on. Why that cannot be, on a disk that nobody can write to: the app works without it."""
    log = logging.getLogger("dictation")
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        private_folder(where.log.parent)
        # Made here, so that it is never readable by others, not even for a moment.
        os.close(os.open(where.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        keeper = logging.handlers.RotatingFileHandler(where.log, maxBytes=500_000, backupCount=1, encoding="utf-8")
    except (OSError, StorageError) as error:
        log.addHandler(logging.NullHandler())
        why = error.message if isinstance(error, StorageError) else error.strerror or str(error)
        return StorageError("log", f"{where.log} cannot be written: {why}", "Free space, or set DICTATION_HOME.")
    keeper.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(keeper)
    return None
