"""One job of the worker's, and its end: who asked for it may wait until it is done, and hears why it was not."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dictation.core.errors import DictationError


class Job:
    """Keeps the promise of ``ports.Pending``."""

    def __init__(self, do: Callable[[], object]) -> None:
        """``do`` raises a DictationError, or gives it back where it has been told already."""
        self._do = do
        self._over = threading.Event()
        self._error: Exception | None = None

    def run(self) -> None:
        """Do it, in the worker's thread. Raises what ``do`` raises."""
        try:
            given = self._do()
            self._error = given if isinstance(given, DictationError) else None
        except Exception as error:
            self._error = error
            raise
        finally:
            self._over.set()

    def wait(self, seconds: float) -> None:
        """See ``Pending``."""
        if not self._over.wait(seconds):
            raise DictationError(
                "still-busy", f"It is not done after {seconds:g} s", "It goes on; see `dictation status`."
            )
        if self._error is not None:
            raise self._error
