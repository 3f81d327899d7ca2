"""Hotkeys page: the keys are set by pressing them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from dictation.core.types import Event
from dictation.ui.fields.keys_field import KeysField
from dictation.ui.pages import page_index
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate


class HotkeysPage(Page):
    """Also says which key is in force, where that is chosen by itself."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("hotkeys"))

    def cards(self) -> Iterator[None]:
        self.keys = self.card("", " ")
        self.settings(self.keys, page_index.options_on("hotkeys"))
        self.finish()
        yield
        self.room.bridge.told.connect(self._hear)

    def refresh(self) -> None:
        super().refresh()
        self._say()

    def _say(self) -> None:
        how = translate("hotkeys", "Click a key, then press the one you want. It works in every app.")
        self.keys.note.say(how)
        for name in ("dictate", "command", "insert_last"):
            field = self.form.fields.get(f"keys.{name}")
            if isinstance(field, KeysField):
                field.know(self.room.bridge.key(name))

    def _hear(self, event: Event) -> None:
        if self.isVisible():
            self._say()


def make(room: Room) -> Page:
    """The page."""
    return HotkeysPage(room)
