"""Bridge: what the app tells from any thread, as Qt signals on the main thread, and the latest of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from dictation.core.controls import Controls
from dictation.core.errors import DictationError, MicrophoneError
from dictation.core.events import SettingsChanged
from dictation.core.sections import INSERT_LAST
from dictation.core.types import (
    Event,
    Failed,
    Finished,
    Held,
    Inserted,
    Notice,
    Outcome,
    Purpose,
    Silent,
    State,
    StateChanged,
)
from dictation.ui.fields import key_names
from dictation.ui.look import sentences
from dictation.ui.look.background import Background
from dictation.ui.overlay import outcome_words
from dictation.ui.overlay.overlay_text import Keys


class Bridge(QObject):
    """Hears the app. Made on the main thread."""

    changed = Signal()
    """Something below is new."""
    told = Signal(object)
    """Every event, after what is below is brought up to it."""
    alarmed = Signal(str)
    """A sentence that the user should see even with no window open."""
    stranded = Signal(str)
    """The same, of words that did not reach the cursor: the overlay says it better, where there is one."""

    def __init__(self, controls: Controls, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.controls, self.background = controls, background
        self.state = _state(controls.status())
        self.last: Outcome | None = controls.history.last()
        self.notice: DictationError | None = None
        self.microphone_trouble = ""
        self.silent = False
        """Whether there is no tray icon that could say something."""
        self._unlisten = controls.listen(lambda event: background.tell(partial(self._take, event)))

    def close(self) -> None:
        """Hear no more."""
        self._unlisten()

    def texts(self) -> list[Outcome]:
        """The last five outcomes that had words, newest first."""
        return [each.outcome for each in self.controls.history.texts()]

    def hotkey(self) -> str:
        """The dictation key as people call it, in their language; empty when it is not known."""
        if key := self.key("dictate"):
            return key
        named = self.controls.status().get("hotkey")
        if isinstance(named, str) and named:
            return named
        chosen = self.controls.settings().keys.dictate
        return "" if chosen == "auto" else chosen

    def key(self, name: str) -> str:
        """The key that does ``name`` (dictate, command, undo…) as people call it; empty when it is not known."""
        keys = self.controls.status().get("keys")
        spelt = str(keys.get(name, "")) if isinstance(keys, dict) else ""
        if name == "insert_last" and not spelt and keys:
            spelt = INSERT_LAST  # it is bound when something is offered
        return key_names.shown(spelt).replace(" + ", "+") if spelt else ""

    def offer_keys(self) -> Keys:
        """The keys that the pill speaks of. The one that inserts is bound a moment after something is offered."""
        keys = self.controls.status().get("keys")
        chosen = self.controls.settings().keys.insert_last
        spelt = INSERT_LAST if chosen == "auto" else "" if chosen == "off" else chosen
        insert = key_names.shown(spelt).replace(" + ", "+") if keys and spelt else ""
        return Keys(insert, self.key("cancel"))

    def _take(self, event: Event) -> None:
        match event:
            case StateChanged():
                self.state = event
            case Finished(outcome=outcome):
                self._finish(outcome)
            case Notice(error=error):
                self.notice = error
                if isinstance(error, MicrophoneError):
                    self.microphone_trouble = sentences.sentence(error.message)
                # That there is no model the first steps, the pill and the models' page say in their place.
                if error.code not in ("self-test-model", "no-model"):
                    self.alarmed.emit(sentences.line(error))
            case SettingsChanged():
                pass
            case _:
                self.told.emit(event)
                return
        self.changed.emit()
        self.told.emit(event)

    def _finish(self, outcome: Outcome) -> None:
        self.last = outcome
        if isinstance(outcome, Silent) and outcome.reason == "microphone_silent":
            self.microphone_trouble = outcome_words.silence(outcome.reason, outcome.note)
        elif isinstance(outcome, Inserted):
            self.microphone_trouble = ""
            if isinstance(self.notice, MicrophoneError):
                self.notice = None
        elif isinstance(outcome, Held | Failed):
            self.stranded.emit(outcome_words.outcome(outcome))


def _state(status: dict[str, object]) -> StateChanged:
    """The state before the first event is heard."""
    return StateChanged(State(status["state"]), Purpose(status["mode"]), str(status.get("detail", "")))
