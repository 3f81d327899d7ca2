"""The last step of every hotkey adapter: from named keys to what the app is told."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from dictation.core.errors import HotkeyError
from dictation.core.settings import Settings
from dictation.core.types import Purpose
from dictation.desktop.hotkeys.chords import MODIFIERS, MOUSE, Bindings, base
from dictation.desktop.hotkeys.hotkeys_pressed import Pressed, Signal

Tell = Callable[[str, Purpose | None], None]

ASKED_SECONDS = 1.0
"""A chord pressed so shortly before a question is what asked it: a shortcut of the desktop's, for instance."""

MOST_CLICKED = 500
"""Windows that are remembered, the ones clicked last: more than anybody has open."""

_log = logging.getLogger(__name__)


class Feed:
    """What is pressed, told to the app; may be fed from several threads. An error of the app costs no hotkey."""

    def __init__(self, tell: Tell, bound: Bindings | None = None) -> None:
        self._pressed = Pressed(bound or Bindings({}, None))
        self._tell_app = tell
        self._lock = threading.Lock()
        self._typed: deque[tuple[float, bool]] = deque(maxlen=2)
        self._clicks: dict[int, float] = {}

    @property
    def bound(self) -> Bindings:
        """What is listened for."""
        return self._pressed.bound

    @property
    def held(self) -> frozenset[str]:
        """The keys of hotkeys that are down."""
        return self._pressed.held

    @property
    def down_keys(self) -> frozenset[str]:
        """Every key that is down."""
        return frozenset(self._pressed.down_keys)

    def key(self, name: str, down: bool) -> bool:
        """Take in one key. True: it belongs to a hotkey alone, and no program should see it."""
        with self._lock:
            hidden = name in self._pressed.hidden
            self._tell(self._pressed.down(name) if down else self._pressed.up(name))
            if down and not hidden and name not in self._pressed.held and base(name) not in MODIFIERS:
                self._note(name)
            return hidden or name in self._pressed.hidden

    def typed_since(self, moment: float) -> bool:
        """Whether a key that may have changed a text went down since ``moment``, in monotonic seconds.

        Mouse buttons do not count, nor does the chord that asks.
        """
        with self._lock:
            since = [each for each in self._typed if each[0] > moment]
        if since and since[-1][1] and time.monotonic() - since[-1][0] < ASKED_SECONDS:
            since.pop()
        return bool(since)

    def click(self, windows: Sequence[int]) -> None:
        """A mouse button that moves the cursor went down over ``windows``, which lie in one another."""
        with self._lock:
            for each in windows:
                self._clicks.pop(each, None)
                self._clicks[each] = time.monotonic()
            while len(self._clicks) > MOST_CLICKED:
                del self._clicks[next(iter(self._clicks))]

    def clicked_since(self, moment: float, window: int) -> bool:
        """Whether a click into ``window`` may have moved its cursor since ``moment``, in monotonic seconds."""
        with self._lock:
            return self._clicks.get(window, moment) > moment

    def swap(self, bound: Bindings) -> None:
        """Listen for others; what was held is released."""
        with self._lock:
            if bound != self._pressed.bound:
                self._tell(self._pressed.swap(bound))

    def release_all(self) -> None:
        """Forget what is down; what was held is released."""
        with self._lock:
            self._tell(self._pressed.release_all())

    def lost(self) -> None:
        """Listening has ended by itself."""
        self.release_all()
        with self._lock:
            self._tell([("lost", None)])

    @property
    def key_name(self) -> str:
        """The dictation key as people call it, empty when there is none."""
        chord = self.bound.hotkeys.get(Purpose.DICTATE)
        return chord.label if chord else ""

    def key_names(self) -> dict[str, str]:
        """Every key that does something, spelt as in the settings, by the names of the settings."""
        named = {purpose.value: str(chord) for purpose, chord in self.bound.hotkeys.items()}
        named |= {name: str(chord) for name, chord in self.bound.actions.items()}
        return named | ({"cancel": str(self.bound.cancel)} if self.bound.cancel else {})

    def describe(self, hides: bool, unbound: HotkeyError | None = None) -> str:
        """The keys, and whether programs see them, for ``doctor``."""
        keys = [
            f"{purpose.value} = {chord} ({'hidden from' if hides and not chord.bare_modifier else 'seen by'} programs)"
            for purpose, chord in self.bound.hotkeys.items()
        ]
        return ", ".join([*keys, *([f"no command key: {unbound.line()}"] if unbound else [])]) or "no keys"

    def _note(self, name: str) -> None:
        held = {base(each) for each in self._pressed.down_keys}
        if name not in MOUSE:
            self._typed.append((time.monotonic(), bool(held & {"ctrl", "alt", "super"})))

    def _tell(self, signals: Sequence[Signal]) -> None:
        for kind, purpose in signals:
            try:
                self._tell_app(kind, purpose)
            except Exception as why:  # noqa: BLE001 - the app's mistake must not cost the user the hotkeys
                _log.error("%s was not taken: %r", kind, why)


def without_command(settings: Settings) -> Settings:
    """The same settings with dictation alone."""
    return replace(settings, keys=replace(settings.keys, command="off"))


def not_listening() -> HotkeyError:
    """Keys cannot be changed where none are listened for."""
    return HotkeyError("hotkeys-lost", "The hotkeys are not listening", "Start Dictation again.")
