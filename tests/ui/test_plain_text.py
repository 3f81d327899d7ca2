"""What was said stays text, whatever it looks like."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from dictation.ui.look.plain_text import as_plain
from dictation.ui.pages.history_page import HistoryPage
from dictation.ui.room import Room
from dictation.ui.window import Window
from tests.ui.fake_controls import FakeControls
from tests.ui.test_pages import said

MARKUP = [
    "<img src='http://192.0.2.1/x.png'>look", "see <a href='file:///etc/passwd'>here</a>", "<b>bold</b> & more",
    "<qt>what</qt>", "a < b and b > c", "<!DOCTYPE html><script>", "&lt;img&gt;", "plain words",
    "第一行\n<i>第二行</i>",
]  # fmt: skip


def seen(tip: str) -> str:
    """What a tool tip shows, and that nothing is fetched for it."""
    if "<" not in tip:
        return tip
    assert tip.startswith("<p ")
    page = QTextDocument()
    page.setHtml(tip)
    assert "<img" not in page.toHtml() and "<a " not in page.toHtml()
    return page.toPlainText()


@pytest.mark.parametrize("text", MARKUP)
def test_a_tool_tip_shows_every_character(qtbot: QtBot, text: str) -> None:
    assert seen(as_plain(text)) == text


@pytest.mark.parametrize("text", MARKUP)
def test_the_history_shows_what_was_said_and_not_what_it_would_be_as_a_page(
    qtbot: QtBot, room: Room, controls: FakeControls, text: str
) -> None:
    controls.past = [said(1, text)]
    window = Window(room)
    page = window.open_page("history")
    assert isinstance(page, HistoryPage)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: page.list.count() == 1)
    window.close()
    assert seen(page.list.item(0).toolTip()) == " ".join(text.split())
