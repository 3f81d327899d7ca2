"""The port ``Hotkeys`` for platforms where a hook sees every key before programs do and may keep it from them."""

from __future__ import annotations

import contextlib
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from dictation.core.errors import HotkeyError
from dictation.core.settings import Settings
from dictation.desktop.hotkeys.chords import Bindings, bindings
from dictation.desktop.hotkeys.hotkeys_feed import Feed, Tell, not_listening, without_command

_WATCH_SECONDS = 0.05
_IDLE_SECONDS = 1.0


class HookedHotkeys(ABC):
    """All but the hook itself. The hooks live as long as the adapter listens; ``change`` only swaps the keys."""

    NAME = ""

    def __init__(self) -> None:
        self.unbound: HotkeyError | None = None
        """Why the command key is not listened for, if it was asked for."""
        self._feed: Feed | None = None
        self._hooks: list[Any] = []
        self._mouse = False
        self._stopped = threading.Event()

    @abstractmethod
    def keyboard(self, feed: Feed) -> Any:
        """A pynput keyboard listener that feeds ``feed``, not started. Raises HotkeyError."""

    @abstractmethod
    def mouse(self, feed: Feed) -> Any:
        """The same for the mouse. It is made only when a hotkey needs it: every motion goes through it."""

    @abstractmethod
    def preferred(self) -> Sequence[str]:
        """What ``auto`` takes from, best first."""

    @abstractmethod
    def is_down(self, name: str) -> bool:
        """Whether the system says that this key is down; true when it cannot tell."""

    def bind(self, settings: Settings) -> Bindings:
        """What the settings ask for. Raises HotkeyError."""
        return bindings(settings.keys, self.preferred())

    def start(self, settings: Settings, tell: Tell) -> None:
        """See the port. When only the command key cannot be had, dictation works and ``unbound`` says why."""
        self.stop()
        unbound = None
        try:
            bound = self.bind(settings)
        except HotkeyError as why:
            bound = self.bind(without_command(settings))
            unbound = why
        feed = Feed(tell, bound)
        keyboard = self.keyboard(feed)
        self._feed, self.unbound = feed, unbound
        self._hooks, self._mouse, self._stopped = [], False, threading.Event()
        self._hook(keyboard)
        self._hook_mouse(bound)
        threading.Thread(target=self._watch, args=(feed, self._stopped), name="hotkeys", daemon=True).start()

    def change(self, settings: Settings) -> None:
        """See the port."""
        if self._feed is None:
            raise not_listening()
        bound = self.bind(settings)
        self._hook_mouse(bound)
        self._feed.swap(bound)
        self.unbound = None

    def stop(self) -> None:
        """See the port."""
        self._stopped.set()
        self._feed = None
        for hook in self._hooks:
            with contextlib.suppress(Exception):
                hook.stop()

    def key_name(self) -> str:
        """See the port."""
        return self._feed.key_name if self._feed else ""

    def key_names(self) -> dict[str, str]:
        """See ``Feed.key_names``."""
        return self._feed.key_names() if self._feed else {}

    def typed_since(self, moment: float) -> bool:
        """See ``Feed.typed_since``."""
        return bool(self._feed and self._feed.typed_since(moment))

    def describe(self) -> str:
        """See the port."""
        return f"{self.NAME}: {self._feed.describe(True, self.unbound) if self._feed else 'not listening'}"

    def _hook(self, hook: Any) -> None:
        hook.start()
        self._hooks.append(hook)

    def _hook_mouse(self, bound: Bindings) -> None:
        if self._feed and not self._mouse and any(chord.mouse for chord in bound.chords()):
            self._hook(self.mouse(self._feed))
            self._mouse = True

    def _watch(self, feed: Feed, stopped: threading.Event) -> None:
        """Notice a hook that has ended, and a release that no hook heard (another desktop had the keyboard)."""
        up_before: set[str] = set()
        while not stopped.wait(_WATCH_SECONDS if feed.held else _IDLE_SECONDS):
            if not all(hook.is_alive() for hook in self._hooks):
                self.stop()
                feed.lost()
                return
            up = {name for name in feed.held if not self.is_down(name)}
            for name in up & up_before:
                feed.key(name, False)
            up_before = up
