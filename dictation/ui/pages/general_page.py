"""General page: language of the interface, look and sound, how text is put in, and the start with the desktop."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication

from dictation.core.errors import DictationError
from dictation.ui.fields.switch import Switch
from dictation.ui.look import sentences
from dictation.ui.pages import page_index
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate


class General(Page):
    """Grown from the settings, with one switch that is the desktop's own."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("general"))

    def cards(self) -> Iterator[None]:
        self.autostart = Switch()
        start = self.card()
        self._row = start.add_row(
            translate("general", "Start with the desktop"),
            translate("general", "Dictation is there when you log in."),
            self.autostart,
        )
        self.autostart.setAccessibleName(translate("general", "Start with the desktop"))
        self.autostart.clicked.connect(self._change)
        yield
        for section in page_index.SECTIONS["general"]:
            card = self.card(page_index.section_title(section))
            self.settings(card, page_index.options_on("general", section))
            yield
        self.finish()

    def refresh(self) -> None:
        super().refresh()
        self.room.background.ask(self.room.controls.room.autostarts, self._show, self._cannot)

    def _show(self, yes: bool) -> None:
        self.autostart.setChecked(yes)
        self._row.trouble.say("")

    def _cannot(self, error: DictationError) -> None:
        self.autostart.setEnabled(False)
        self._row.help.say(sentences.line(error))

    def _change(self) -> None:
        work = partial(self.room.controls.room.autostart, self.autostart.isChecked())
        self.room.background.ask(work, lambda _: self._row.trouble.say(""), self._failed)

    def _failed(self, error: DictationError) -> None:
        self.autostart.setChecked(not self.autostart.isChecked())
        self._row.trouble.say(sentences.line(error))


def make(room: Room) -> Page:
    """The page."""
    return General(room)
