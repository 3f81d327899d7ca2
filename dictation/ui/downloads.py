"""Downloads: the one download of a model that may run, for every window that shows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from dictation.core.controls import Controls
from dictation.core.errors import DictationError
from dictation.ui.look.background import Background

PROGRESS_SECONDS = 0.1
"""Shortest time between two moves of the progress bar: a download tells its progress thousands of times."""


class Downloads(QObject):
    """Outlives the windows that show it."""

    changed = Signal()
    arrived = Signal(str)
    """The name of a model that is here now."""

    def __init__(self, controls: Controls, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controls, self._background = controls, background
        self._stop = threading.Event()
        self._dismissed = False
        self._reporter: Reporter | None = None
        self.name, self.label = "", ""
        """Of the model that is got now, or was the last."""
        self.done, self.total = 0, 0
        """Bytes; a total of 0 is not known."""
        self.running, self.paused = False, False
        self.error: DictationError | None = None

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop and has not done so yet."""
        return self.running and self._stop.is_set()

    def start(self, name: str, label: str) -> None:
        """Get model ``name``, or go on with it."""
        if self.running:
            return
        if name != self.name:
            self.done, self.total = 0, 0
        self.name, self.label, self.running, self.paused, self.error = name, label, True, False, None
        self._stop, self._dismissed = threading.Event(), False
        stop = self._stop
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(stop.set)
        self._reporter = Reporter(self._background, self._advance, stop)
        work = partial(self._controls.models.get_model, name, self._reporter)
        self._background.ask(work, lambda _: self._end(stop), lambda error: self._end(stop, error))
        self.changed.emit()

    def pause(self) -> None:
        """Stop for now; what has come is kept, and ``start`` goes on from there."""
        if self.running:
            self._stop.set()
            self.changed.emit()

    def cancel(self) -> None:
        """Stop, and show it no more. What has come stays on the disk for another time."""
        self._dismissed = True
        self._stop.set()
        if not self.running:
            self._dismiss()
        self.changed.emit()

    def _dismiss(self) -> None:
        self.name, self.done, self.total, self.paused, self.error = "", 0, 0, False, None

    def _advance(self, done: int, total: int) -> None:
        if self.running:
            self.done, self.total = done, total
            self.changed.emit()

    def _end(self, stop: threading.Event, error: DictationError | None = None) -> None:
        self.running = False
        if self._reporter is not None:
            self.done, self.total = self._reporter.latest
        if stop.is_set():  # being stopped may come back as an error; the user knows
            self.paused = True
        else:
            self.error = error
        if self._dismissed:
            self._dismiss()
        self.changed.emit()
        if error is None and not stop.is_set():
            self.arrived.emit(self.name)


class Reporter:
    """Progress told from the download's thread: passed on now and then, and answered with whether to go on."""

    def __init__(self, background: Background, advance: Callable[[int, int], None], stop: threading.Event) -> None:
        self._background, self._advance, self._stop = background, advance, stop
        self._next = 0.0
        self.latest = (0, 0)
        """Bytes that are there, and of all."""

    def __call__(self, done: int, total: int) -> bool:
        now, self.latest = time.monotonic(), (done, total)
        if now >= self._next or done >= total:
            self._next = now + PROGRESS_SECONDS
            self._background.tell(partial(self._advance, done, total))
        return not self._stop.is_set()
