"""Hotkeys that are watched: when their listener dies, or the display with it, they are listened for again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from dictation.core.errors import DictationError
from dictation.core.ports import ChoosesMechanism, HearsClicks, HearsTyping, Hotkeys, KnowsTrouble, NamesKeys
from dictation.core.settings import Settings
from dictation.core.types import Purpose

Tell = Callable[[str, Purpose | None], None]
WAITS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before each new try; the last one for ever: a display server may come back at any time."""


class WatchedHotkeys:
    """Keeps the port ``Hotkeys``, with ``keys`` behind it."""

    def __init__(self, keys: Hotkeys, again: Callable[[], None], waits: tuple[float, ...] = WAITS) -> None:
        """``again`` is called when the keys are heard again after they were lost."""
        self._keys, self._again, self._waits = keys, again, waits
        self._lock = threading.Lock()
        self._settings: Settings | None = None
        self._tell: Tell = lambda _what, _purpose: None
        self._stopped = threading.Event()
        self._trying = False
        self._heard_from = float("inf")

    def start(self, settings: Settings, tell: Tell) -> None:
        """See the port; what is ``lost`` is told, and tried again until ``stop``."""
        self._settings, self._tell = settings, tell
        self._keys.start(settings, self._heard)
        self._heard_from = time.monotonic()

    def change(self, settings: Settings) -> None:
        """See the port. While the keys are lost the new ones are kept for the next try."""
        with self._lock:
            if not self._trying:
                self._keys.change(settings)
            self._settings = settings

    def stop(self) -> None:
        """See the port."""
        self._stopped.set()
        self._keys.stop()

    def key_name(self) -> str:
        """See the port."""
        return self._keys.key_name()

    def key_names(self) -> dict[str, str]:
        """Every key that does something, spelt as in the settings, by their names there; empty where not known."""
        return self._keys.key_names() if isinstance(self._keys, NamesKeys) else {}

    def typed_since(self, moment: float) -> bool:
        """Whether something was typed since ``moment``, in monotonic seconds; false where nobody hears the keys."""
        return isinstance(self._keys, HearsTyping) and self._keys.typed_since(moment)

    def clicked_since(self, moment: float, window: int | None) -> bool:
        """Whether the mouse was clicked in ``window`` since ``moment``; false where nobody hears it."""
        return window is not None and isinstance(self._keys, HearsClicks) and self._keys.clicked_since(moment, window)

    def quiet_since(self, moment: float) -> bool:
        """Whether it is known that nothing was typed since ``moment``: the keys are heard, and were all the time."""
        keys: object = self._keys
        if moment < self._heard_from or (isinstance(keys, ChoosesMechanism) and not keys.hears_typing):
            return False
        return isinstance(keys, HearsTyping) and not keys.typed_since(moment)

    @property
    def trouble(self) -> DictationError | None:
        """Why the keys are not heard although there is a way, such as a dialog that was answered no."""
        return self._keys.trouble if isinstance(self._keys, KnowsTrouble) else None

    def describe(self) -> str:
        """See the port."""
        return self._keys.describe()

    def _heard(self, what: str, purpose: Purpose | None) -> None:
        self._tell(what, purpose)
        if what == "lost" and not self._trying and not self._stopped.is_set():
            self._trying = True
            threading.Thread(target=self._try, name="hotkeys-again", daemon=True).start()

    def _try(self) -> None:
        waits = iter(self._waits)
        wait = next(waits)
        while not self._stopped.wait(wait):
            wait = next(waits, wait)
            with self._lock:
                try:
                    assert self._settings is not None, "lost before it was started"
                    self._keys.start(self._settings, self._heard)
                except DictationError:
                    continue
                self._trying, self._heard_from = False, time.monotonic()
            if self._stopped.is_set():
                self._keys.stop()
            else:
                self._again()
            return
