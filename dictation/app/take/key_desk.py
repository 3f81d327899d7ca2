"""What the keys do in the running app, and the calls that stand for them."""

from __future__ import annotations

from dictation.app.settings_in_force import InForce
from dictation.app.take.keywatch import WatchedHotkeys
from dictation.app.take.offers import Offers
from dictation.app.take.recorder import Recorder
from dictation.app.telling import Telling
from dictation.core.errors import HotkeyError
from dictation.core.session import Kind
from dictation.core.settings import Settings
from dictation.core.types import Purpose

SIGNALS = {"press": Kind.PRESS, "release": Kind.RELEASE, "other": Kind.OTHER, "escape": Kind.ESCAPE}


class KeyDesk:
    """Implements ``controls.KeyControls``."""

    def __init__(self, recorder: Recorder, hotkeys: WatchedHotkeys, in_force: InForce, telling: Telling) -> None:
        """Nothing is listened for before ``listen``."""
        self._recorder, self._hotkeys, self._in_force, self._telling = recorder, hotkeys, in_force, telling
        self._paused = False
        self._offers: Offers | None = None

    def offer(self, offers: Offers) -> None:
        """From now on the other keys do what ``offers`` knows."""
        self._offers = offers

    def again(self) -> None:
        """Listen for the keys anew: another one is offered now. Raises HotkeyError."""
        self._hotkeys.change(self._bound(self._in_force.now))

    def listen(self) -> None:
        """Listen for the keys; what fails is told."""
        bound = self._bound(self._in_force.now)
        self._telling.attempt("hotkeys", lambda: self._hotkeys.start(bound, self._heard))

    def rebind(self, settings: Settings) -> None:
        """Listen for the keys of these settings, where they are others. Raises HotkeyError and keeps the old ones."""
        if self._bound(settings).keys != self._bound(self._in_force.now).keys:
            self._hotkeys.change(self._bound(settings))
            self._telling.attempt("hotkeys", lambda: None)

    def start(self, purpose: Purpose) -> None:
        self._recorder.post(Kind.START, purpose)

    def ask(self, kind: Kind, purpose: Purpose) -> None:
        """As ``start`` or ``toggle``, for somebody who waits. Raises DictationError where no recording began."""
        self._recorder.ask(kind, purpose)

    def stop(self) -> None:
        self._recorder.post(Kind.STOP)

    def toggle(self, purpose: Purpose) -> None:
        self._recorder.post(Kind.TOGGLE, purpose)

    def cancel(self) -> None:
        self._recorder.post(Kind.CANCEL)

    def level(self) -> float:
        return self._recorder.level()

    def pause(self, yes: bool) -> None:
        before, self._paused = self._paused, yes
        try:
            self._hotkeys.change(self._bound(self._in_force.now))
        except HotkeyError:
            self._paused = before
            raise
        self._telling.changed()

    def paused(self) -> bool:
        return self._paused

    def _bound(self, settings: Settings) -> Settings:
        return self._offers.bound(settings, self._paused) if self._offers else settings

    def _heard(self, what: str, purpose: Purpose | None) -> None:
        """From the thread of the hotkeys."""
        if what == "lost":
            lost = HotkeyError(
                "hotkeys-lost", "The keys are not heard any more", "They are tried again every few seconds."
            )
            self._telling.lost("hotkeys", lost)
        elif what in SIGNALS:
            self._recorder.post(SIGNALS[what], purpose or Purpose.DICTATE)
        elif self._offers:
            self._offers.press(what)
