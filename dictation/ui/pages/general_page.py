"""General page: language of the interface, look and sound, how text is put in, and the start with the desktop."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from dictation.core.errors import DictationError
from dictation.core.settings import Settings
from dictation.ui.fields.card import bare
from dictation.ui.fields.switch import Switch
from dictation.ui.look import sentences
from dictation.ui.look.labels import Good
from dictation.ui.pages import page_index
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate

ASK_SECONDS = 300.0
"""As long as a desktop's dialog may stand there."""


class GeneralPage(Page):
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
        self._ask()
        yield
        for section in page_index.SECTIONS["general"]:
            card = self.card(page_index.section_title(section))
            self.settings(card, page_index.options_on("general", section))
            yield
        self._exchange()
        yield
        self.finish()

    def _ask(self) -> None:
        """The desktop's permission to press keys; nothing is shown of it where a desktop has no such thing."""
        self.allow = QPushButton(translate("general", "Ask…"))
        self.allow.setAccessibleName(translate("general", "Ask the desktop to let Dictation press keys"))
        self.allow.clicked.connect(self._allow)
        self.permission_card = self.card()
        self.permission = self.permission_card.add_row(
            translate("general", "Permission to press keys"),
            translate("general", "Texts are inserted by pressing keys. Your desktop asks whether Dictation may."),
            self.allow,
        )
        self.allowed = Good()
        self.allowed.hide()
        self.permission.put_under(self.allowed)
        self.permission_card.hide()

    def _allow(self) -> None:
        """Show the desktop's dialog, and how it was answered."""
        self.allow.setEnabled(False)
        self.permission.trouble.say("")
        self.allowed.say("")
        asked = self.room.controls.room.allow()
        self.room.background.ask(lambda: asked.wait(ASK_SECONDS), self._may, self._may_not)

    def _may(self, _: None) -> None:
        self.allow.setEnabled(True)
        self.allowed.say(translate("general", "Dictation may press keys."))

    def _may_not(self, error: DictationError) -> None:
        self.allow.setEnabled(True)
        self.permission.trouble.say(sentences.line(error))

    def _exchange(self) -> None:
        """Settings to and from a file; who reads it finds no key and no password in it."""
        self.give, self.take = (
            QPushButton(translate("general", "Export…")),
            QPushButton(translate("general", "Import…")),
        )
        self.give.setAccessibleName(translate("general", "Export the settings"))
        self.take.setAccessibleName(translate("general", "Import settings"))
        self.give.clicked.connect(self._export)
        self.take.clicked.connect(self._import)
        self.exchanged = Good()
        self.exchanged.hide()
        self.exchange = self.card().add_row(
            translate("general", "Settings as a file"),
            translate(
                "general",
                "For another computer, or to keep. Keys and passwords are never in it. An import changes what the file "
                "says and leaves the rest.",
            ),
            bare(self.give, self.take),
        )
        self.exchange.put_under(self.exchanged)

    def refresh(self) -> None:
        super().refresh()
        room = self.room.controls.room
        self.room.background.ask(room.autostarts, self._show, self._cannot)
        self.room.background.ask(room.asks, self.permission_card.setVisible, lambda _: None)

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

    # --- settings as a file

    def _export(self) -> None:
        kinds = translate("general", "Settings (*.toml)")
        title = translate("general", "Export the settings")
        file, _ = QFileDialog.getSaveFileName(self, title, "dictation-settings.toml", kinds)
        if file:
            work = partial(self.room.controls.room.export_settings, file)
            done = translate("general", "{count} settings were written.")
            self.room.background.ask(work, lambda count: self._say(done.format(count=count)), self._refuse)

    def _import(self) -> None:
        kinds = translate("general", "Settings (*.toml)")
        file, _ = QFileDialog.getOpenFileName(self, translate("general", "Import settings"), "", kinds)
        if file:
            self.room.background.ask(partial(self.room.controls.room.import_settings, file), self._take, self._refuse)

    def _take(self, wanted: Settings) -> None:
        if wanted == self.room.controls.settings():
            self._say(translate("general", "The file says what is in force already."))
            return
        try:
            self.room.controls.change(wanted)
        except DictationError as error:
            self._refuse(error)
        else:
            self._say(translate("general", "The settings of the file are in force."))
            self.form.show()

    def _say(self, words: str) -> None:
        self.exchange.trouble.say("")
        self.exchanged.say(words)

    def _refuse(self, error: DictationError) -> None:
        self.exchanged.say("")
        self.exchange.trouble.say(sentences.line(error))


def make(room: Room) -> Page:
    """The page."""
    return GeneralPage(room)
