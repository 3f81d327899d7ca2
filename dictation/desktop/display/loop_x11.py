"""A thread with an X connection of its own: handles events, and does what other threads ask, one job after another."""

from __future__ import annotations

import concurrent.futures
import contextlib
import queue
import select
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from dictation.core.errors import InsertError
from dictation.desktop.display.display_x11 import open_display, trouble

PATIENCE_SECONDS = 5.0
T = TypeVar("T")


class Loop(threading.Thread):
    """Jobs may wait in ``pump``: events are handled all the while. Raises InsertError when there is no display."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        from Xlib import X

        self.connection = open_display()
        screen = self.connection.screen()
        self.window = screen.root.create_window(
            -1, -1, 1, 1, 0, screen.root_depth, event_mask=X.PropertyChangeMask, override_redirect=1
        )
        self.waiting: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self.leaving = False
        # Sockets and not a pipe: a closed one refuses, where the number of a closed pipe may be another file by now.
        self._bell, self._ring = socket.socketpair()
        self._times: list[int] = []

    # For other threads

    def post(self, job: Callable[[], None], first: Callable[[], None] = lambda: None) -> None:
        """Have ``job`` done, some time; ``first`` is called here before the thread wakes. A dead thread drops it."""
        self.waiting.put(job)
        first()
        with contextlib.suppress(OSError):
            self._ring.send(b"!")

    def ask(self, job: Callable[[], T], first: Callable[[], None] = lambda: None) -> T:
        """Have ``job`` done and wait for what it returns. Raises InsertError, after 5 s at the latest."""
        answer: concurrent.futures.Future[T] = concurrent.futures.Future()

        def run() -> None:
            if answer.set_running_or_notify_cancel():
                try:
                    answer.set_result(job())
                except Exception as why:
                    answer.set_exception(why)
                    raise

        self.post(run, first)
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return answer.result(0.2)
            except concurrent.futures.TimeoutError:
                if self.is_alive() and time.monotonic() < end:
                    continue
                answer.cancel()
                raise lost("it does not answer") from None
            except trouble() as why:
                raise lost(repr(why)) from why

    # For the thread itself

    def run(self) -> None:
        """Handle events and jobs until the connection dies or ``leaving`` is set."""
        try:
            while not self.leaving:
                self.pump(lambda: self.leaving or not self.waiting.empty(), self.idle_seconds)
                self.tick()
                with contextlib.suppress(queue.Empty, InsertError):
                    self.waiting.get_nowait()()
        except trouble():
            pass  # whoever asks next opens another connection
        finally:
            with contextlib.suppress(*trouble()):
                self.connection.close()
            self._bell.close()
            self._ring.close()

    def pump(self, until: Callable[[], bool], left: Callable[[], float | None]) -> bool:
        """Handle X events until ``until()``; False when no seconds are ``left()`` (None: no limit)."""
        from Xlib import X

        while not until():
            if self.connection.pending_events():
                event = self.connection.next_event()
                if event.type == X.PropertyNotify and event.window == self.window:
                    self._times = [event.time]
                self.handle(event)
                continue
            seconds = left()
            if seconds is not None and seconds <= 0:
                return False
            ready, _, _ = select.select([self.connection.fileno(), self._bell], [], [], seconds)
            if self._bell in ready:
                self._bell.recv(4096)
        return True

    def now(self) -> int:
        """The server's time; every event from before it has been handled. Raises InsertError."""
        from Xlib import X, Xatom

        self._times.clear()
        mark = self.connection.get_atom("DICTATION_TIME")
        self.window.change_property(mark, Xatom.STRING, 8, b"", mode=X.PropModeAppend)
        self.connection.sync()
        end = time.monotonic() + PATIENCE_SECONDS
        if not self.pump(lambda: bool(self._times), lambda: end - time.monotonic()):
            raise lost("the X server does not tell the time")
        return self._times[-1]

    # For the child

    def handle(self, event: Any) -> None:
        """Take one X event."""
        raise NotImplementedError

    def idle_seconds(self) -> float | None:
        """How long to sleep at most before ``tick``; None: until something happens."""
        return None

    def tick(self) -> None:
        """Do what is due."""


def lost(why: str) -> InsertError:
    """The clipboard's connection failed."""
    return InsertError("clipboard-lost", f"The clipboard cannot be reached: {why}", "Try again; the text is kept.")
