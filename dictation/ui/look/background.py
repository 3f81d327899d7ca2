"""Background: the one way from other threads to Qt's, and calls that may block in threads of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from dictation.core.errors import DictationError

Answer = TypeVar("Answer")


class Background(QObject):
    """Runs calls beside Qt's loop. Made on the main thread; its methods may be called from any."""

    _returned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._closed = False
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Callable[[DictationError], None]
    ) -> None:
        """Call ``work`` in a thread, then ``done`` with its answer, or ``failed``, on the main thread.

        The thread is a daemon: a download that does not notice that it should stop cannot keep the app from ending.
        """

        def run() -> None:
            try:
                self.tell(partial(done, work()))
            except DictationError as error:
                self.tell(partial(failed, error))
            except Exception as error:  # noqa: BLE001  nobody above this frame could tell the user
                odd = DictationError("unexpected", f"Something unforeseen: {error!r}", "Run `dictation doctor`.")
                self.tell(partial(failed, odd))

        threading.Thread(target=run, name="ui-background", daemon=True).start()

    def tell(self, call: Callable[[], None]) -> None:
        """Make ``call`` on the main thread, soon; after ``close`` nothing."""
        with self._lock:
            if not self._closed:
                self._returned.emit(call)

    def close(self) -> None:
        """Let nothing through any more: to speak to a Qt object while Qt takes it apart crashes the process."""
        with self._lock:
            self._closed = True

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        if self._closed:
            return
        try:
            call()
        except RuntimeError as error:
            # Who asked has gone meanwhile: a window is built anew when the language changes.
            if "already deleted" not in str(error):
                raise
