"""Global hotkeys on Wayland, where no program may listen by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from dictation.core.errors import DictationError, HotkeyError
from dictation.core.ports import HearsTyping, Hotkeys, KnowsTrouble, NamesKeys
from dictation.core.sections import KeySettings
from dictation.core.settings import Settings
from dictation.desktop.hotkeys.chords import bindings
from dictation.desktop.hotkeys.hotkeys_evdev import EvdevHotkeys
from dictation.desktop.hotkeys.hotkeys_feed import Tell, not_listening
from dictation.desktop.hotkeys.hotkeys_portal import PortalHotkeys

_NOT_HERE = {"no-portal", "no-app-id", "no-input-devices"}
"""Errors that mean: try the next way. Any other is about the keys that were asked for."""


class HotkeyMechanism(Hotkeys, Protocol):
    """A mechanism that may work here."""

    unbound: HotkeyError | None


class WaylandHotkeys:
    """The port ``Hotkeys`` for Wayland: the desktop's portal; else input devices, if this user may read them."""

    def __init__(self, ways: Sequence[Callable[[], HotkeyMechanism]] = (PortalHotkeys, EvdevHotkeys)) -> None:
        self._ways = ways
        self._way: HotkeyMechanism | None = None
        self._not: list[HotkeyError] = []
        self._tell: Tell | None = None
        self._asked: KeySettings | None = None

    def start(self, settings: Settings, tell: Tell) -> None:
        """See the port. Raises HotkeyError whose remedy is to bind our commands in the compositor.

        Where the keys are off, as for somebody who has done that, nothing is listened for and nothing is wrong.
        """
        if self.trouble and settings.keys == self._asked:
            raise self.trouble  # a dialog that was answered no does not come again by itself
        self.stop()
        self._not, self._tell, self._asked = [], tell, settings.keys
        # A wrong name is wrong whatever the way.
        if not bindings(settings.keys, ("ctrl+alt+space", "ctrl+alt+enter", "f9")).hotkeys:
            return
        for make in self._ways:
            way = make()
            try:
                way.start(settings, tell)
            except HotkeyError as why:
                if why.code not in _NOT_HERE:
                    raise
                self._not.append(why)
            else:
                self._way = way
                return
        unknown = next((why for why in self._not if why.code == "no-app-id"), None)
        raise unknown or HotkeyError(
            "no-global-keys",
            f"On Wayland a program cannot listen for keys by itself: {'; '.join(why.message for why in self._not)}",
            "Bind keys in the compositor. sway: `bindsym --no-repeat F9 exec dictation start` and "
            "`bindsym --release F9 exec dictation stop`. GNOME, KDE: `dictation install --shortcut` does "
            "it for `dictation toggle`. "
            "Then set keys.dictate and keys.command to off.",
        )

    def change(self, settings: Settings) -> None:
        """See the port."""
        if self._way:
            self._way.change(settings)
        elif self._tell:
            self.start(settings, self._tell)
        else:
            raise not_listening()

    def stop(self) -> None:
        """See the port."""
        if self._way:
            self._way.stop()
            self._way = None

    @property
    def unbound(self) -> HotkeyError | None:
        """Why the command key is not listened for, if it was asked for."""
        return self._way.unbound if self._way else None

    @property
    def trouble(self) -> DictationError | None:
        """Why the keys are not heard although there is a way."""
        way: object = self._way
        return way.trouble if isinstance(way, KnowsTrouble) else None

    def key_name(self) -> str:
        """See the port."""
        return self._way.key_name() if self._way else ""

    def key_names(self) -> dict[str, str]:
        """See ``Feed.key_names``; the desktop knows the portal's keys and we do not."""
        way: object = self._way
        return way.key_names() if isinstance(way, NamesKeys) else {}

    def typed_since(self, moment: float) -> bool:
        """See ``Feed.typed_since``; the portal hears of no key but ours."""
        way: object = self._way
        return isinstance(way, HearsTyping) and way.typed_since(moment)

    @property
    def hears_typing(self) -> bool:
        """Whether other keys than ours are heard."""
        return isinstance(self._way, HearsTyping)

    def describe(self) -> str:
        """See the port; also why what would be better is not in use."""
        reasons = "".join(f"; not better because: {why.message}" for why in self._not)
        idle = "no keys of ours: the compositor's bindings call `dictation start` and `stop`"
        return f"Wayland, {self._way.describe() if self._way else idle}{reasons}"
