"""Microphone page: the device, a test that shows level and speech and can be played back, and the room measured."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from dictation.core.errors import DictationError
from dictation.ui.fields.card import bare
from dictation.ui.fields.gate_field import GateField
from dictation.ui.hearing import Hearing
from dictation.ui.look import sentences
from dictation.ui.pages import page_index
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate


class MicrophonePage(Page):
    """The test also moves the meter that the threshold stands on."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("microphone"))
        self.hearing = Hearing(room.controls, room.background, self)

    def cards(self) -> Iterator[None]:
        test = self.card()
        self.settings(test, [each for each in page_index.options_on("microphone") if each.editor == "device"])
        row = test.add_row(
            translate("microphone", "Test recording"),
            translate("microphone", "Speak as you will later; what was recorded is deleted when you leave this page."),
            bare(self.hearing.test, self.hearing.play),
        )
        row.put_under(self.hearing.level, self.hearing.told, self.hearing.trouble)
        yield
        speech = self.card(page_index.section_title("hearing"))
        self.settings(speech, page_index.options_on("microphone", "hearing"))
        self.measure = QPushButton(translate("microphone", "Measure the room"))
        self.measure.clicked.connect(self._measure)
        self.use = QPushButton(translate("microphone", "Use {value}").format(value="–"))
        self.use.setProperty("loud", True)
        self.use.hide()
        self.use.clicked.connect(self._use)
        self._room = speech.add_row(
            translate("microphone", "Calibrate"),
            translate("microphone", "Five seconds of silence show how loud your room is and which gate suits it."),
            bare(self.measure, self.use),
        )
        self._found: tuple[str, float] | None = None
        yield
        more = self.card(translate("microphone", "Recording"))
        rest = [each for each in page_index.options_on("microphone", "microphone") if each.editor != "device"]
        self.settings(more, rest)
        self._gates = {key: field for key, field in self.form.fields.items() if isinstance(field, GateField)}
        self.hearing.heard.connect(self._hear)
        self.finish()

    def _hear(self, voice: float, live: bool) -> None:
        for each in self._gates.values():
            each.meter.hear(voice, live)

    def leave(self) -> None:
        self.hearing.forget()

    def _measure(self) -> None:
        self.hearing.stop()
        self.measure.setEnabled(False)
        self.use.hide()
        self._room.trouble.say("")
        self._room.help.say(translate("microphone", "Please be silent…"))

        def level(peak: float) -> None:
            self.room.background.tell(partial(self.hearing.level.hear, peak))

        work = partial(self.room.controls.room.calibrate, level)
        self.room.background.ask(work, self._measured, self._failed)

    def _measured(self, found: dict[str, object]) -> None:
        self._done()
        message, verdict = sentences.sentence(str(found["message"])), found["verdict"]
        self._room.help.say(message)
        threshold = found.get("threshold")
        for key, field in self._gates.items():
            if isinstance(threshold, float) and abs(threshold - field.meter.threshold) >= 0.01:
                self._found = key, threshold
                self.use.setText(translate("microphone", "Use {value}").format(value=f"{threshold:.2f}"))
                self.use.show()
        if verdict == "broken":
            self._room.trouble.say(sentences.sentence(str(found["remedy"])))

    def _use(self) -> None:
        if self._found is not None:
            self.form.apply(*self._found)
        self.use.hide()

    def _failed(self, error: DictationError) -> None:
        self._done()
        self._room.help.say("")
        self._room.trouble.say(sentences.line(error))

    def _done(self) -> None:
        self.measure.setEnabled(True)
        self.hearing.level.hear(0.0)


def make(room: Room) -> Page:
    """The page."""
    return MicrophonePage(room)
