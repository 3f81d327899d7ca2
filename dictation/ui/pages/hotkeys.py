"""Hotkeys page: the keys are set by pressing them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from dictation.ui.pages import index
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate


def make(room: Room) -> Page:
    """The page."""
    page = Page(room, index.title("hotkeys"))
    card = page.card("", translate("hotkeys", "Click a key, then press the one you want. It works in every app."))
    page.settings(card, index.options_on("hotkeys"))
    page.finish()
    return page
