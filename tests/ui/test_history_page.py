"""Owns the proof of what the history does with one entry: heard by another model, corrected, and learnt from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dictation.core.errors import ModelError, StorageError
from dictation.ui.pages.history_page import HistoryPage
from dictation.ui.room import Room
from dictation.ui.window import Window
from tests.ui.fake_controls import FakeControls
from tests.ui.test_pages import said


@pytest.fixture
def window(qtbot: QtBot, room: Room, controls: FakeControls) -> Iterator[Window]:
    """The window with the history in front, and three models of which one is in use."""
    controls.past = [said(2, "数据库换成左布拉克斯", audio="/two.wav"), said(1, "hello there", audio="/one.wav")]
    controls.model("small")["installed"] = True
    opened = Window(room)
    opened.open_page("history")
    with qtbot.waitExposed(opened):
        opened.show()
    yield opened
    opened.close()
    opened.deleteLater()


@pytest.fixture
def history(qtbot: QtBot, window: Window) -> HistoryPage:
    """Its page, with the newest entry picked."""
    page = window.open_page("history")
    assert isinstance(page, HistoryPage)
    qtbot.waitUntil(lambda: page.list.count() == 2 and len(page.retry.menu.actions()) == 2)
    return page


def entries(history: HistoryPage) -> list[str]:
    """The menu of the button, the entry in force marked with a star."""
    return [("* " if each.isChecked() else "") + each.text() for each in history.retry.menu.actions()]


def model(history: HistoryPage, name: str) -> QAction:
    """The entry of a model in that menu."""
    return next(each for each in history.retry.menu.actions() if each.data() == name)


def test_the_installed_models_are_offered_and_the_one_in_use_is_marked(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    assert entries(history) == ["* mini (in use)", "small"]
    controls.model("large-v3")["installed"] = True
    for each in controls.offer:
        each["chosen"] = each["name"] == "small"
    history.retry.menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: entries(history) == ["mini", "* small (in use)", "large-v3"])


def test_a_server_in_use_is_offered_beside_the_models_that_are_here(
    history: HistoryPage, controls: FakeControls
) -> None:
    controls.status = lambda: {"model": "whisper-1 (https://example.org)"}  # type: ignore[method-assign]
    history.retry.look()
    assert entries(history)[0] == "* whisper-1 (https://example.org) (in use)"


def test_what_another_model_hears_stands_beside_the_text_under_its_name(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    controls.go_on.clear()
    model(history, "small").trigger()
    assert history.retry.who.text() == "small is being loaded…" and history.retry.stop.isVisible()
    assert not history.retry.take.isVisible()
    qtbot.waitUntil(controls.half_way.is_set)
    controls.go_on.set()
    qtbot.waitUntil(lambda: history.retry.who.text() == "small hears:")
    assert history.retry.text.text() == "as small hears it" and not history.retry.stop.isVisible()
    assert history.text.text() == "数据库换成左布拉克斯" and "retry 2" not in controls.asked
    history.retry.copy.click()
    assert QGuiApplication.clipboard().text() == "as small hears it"
    history.list.setCurrentRow(1)
    assert not history.retry.isVisible()
    history.list.setCurrentRow(0)
    assert history.retry.isVisible()
    history.retry.take.click()
    qtbot.waitUntil(lambda: history.text.text() == "as small hears it")
    assert not history.retry.isVisible() and not history.amend.offer.isVisible()


def test_how_far_it_is_can_be_seen_and_it_can_be_stopped(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    controls.go_on.clear()
    model(history, "small").trigger()
    qtbot.waitUntil(controls.half_way.is_set)
    history.retry.stop.click()
    qtbot.waitUntil(controls.dropped.is_set)
    assert not history.retry.isVisible()
    controls.go_on.set()
    model(history, "small").trigger()
    qtbot.waitUntil(lambda: history.retry.who.text() == "small hears:")
    assert history.retry.trouble.text() == ""  # that it was stopped is no news


def test_a_model_that_fails_says_why_and_the_text_stays(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    controls.refusal = ModelError("model-incomplete", "The model is incomplete", "Get it again.")
    model(history, "small").trigger()
    qtbot.waitUntil(lambda: history.retry.trouble.text() == "The model is incomplete. Get it again.")
    assert not history.retry.take.isVisible() and history.text.text() == "数据库换成左布拉克斯"
    history.retry.drop.click()
    assert not history.retry.isVisible()


def test_leaving_the_page_stops_it(qtbot: QtBot, window: Window, history: HistoryPage, controls: FakeControls) -> None:
    controls.go_on.clear()
    model(history, "small").trigger()
    qtbot.waitUntil(controls.half_way.is_set)
    window.open_page("general")
    qtbot.waitUntil(controls.dropped.is_set)
    controls.go_on.set()


def correct(qtbot: QtBot, history: HistoryPage, text: str) -> None:
    """As a person does it, with the keyboard."""
    history.correct.click()
    assert history.amend.paper.isVisible() and not history.text.isVisible() and not history.list.isEnabled()
    history.amend.paper.setPlainText(text)
    QTest.keyClick(history.amend.paper, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: history.text.isVisible() and history.text.text() == text)


def test_a_correction_made_twice_is_offered_as_a_term_and_added_on_demand(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    correct(qtbot, history, "数据库换成 Zorblax")
    assert not history.amend.offer.isVisible() and history.list.isEnabled()
    controls.past[0]["text"] = "数据库换成左布拉克斯"
    history.refresh()
    qtbot.waitUntil(lambda: history.text.text() == "数据库换成左布拉克斯")
    correct(qtbot, history, "数据库换成 Zorblax")
    qtbot.waitUntil(history.amend.offer.isVisible)
    assert history.amend.question.text() == "Always write 数据库换成 Zorblax for 数据库换成左布拉克斯?"
    history.amend.add.click()
    qtbot.waitUntil(lambda: "数据库换成 Zorblax" in controls.glossary)
    qtbot.waitUntil(lambda: history.amend.learnt.text().endswith("is known from the next sentence on."))
    assert not history.amend.add.isVisible()


def test_an_offer_can_be_left_alone(qtbot: QtBot, history: HistoryPage, controls: FakeControls) -> None:
    controls.corrections = [("数据库换成左布拉克斯", "Zorblax")]
    before = dict(controls.glossary)
    correct(qtbot, history, "Zorblax")
    qtbot.waitUntil(history.amend.offer.isVisible)
    history.amend.later.click()
    assert not history.amend.offer.isVisible() and controls.glossary == before


def test_escape_gives_the_correction_up_and_leaves_the_window_open(
    window: Window, history: HistoryPage, controls: FakeControls
) -> None:
    history.correct.click()
    QTest.keyClicks(history.amend.paper, "x")
    QTest.keyClick(history.amend.paper, Qt.Key.Key_Escape)
    assert window.isVisible() and history.text.isVisible() and not history.amend.paper.isVisible()
    assert controls.corrections == [] and history.list.isEnabled()


def test_what_is_said_meanwhile_does_not_take_the_correction_away(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    history.correct.click()
    history.amend.paper.setPlainText("half a correct")
    controls.past.insert(0, said(3, "fresh"))
    with qtbot.waitSignal(history.room.background._returned):
        history._look()
    assert history.amend.paper.toPlainText() == "half a correct" and history.list.count() == 2
    history.amend.give_up.click()
    qtbot.waitUntil(lambda: history.list.count() == 3)


def test_a_correction_that_cannot_be_kept_says_why_and_is_still_there(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    controls.refusal = StorageError("history", "The disk is full", "Free space.")
    history.correct.click()
    history.amend.paper.setPlainText("better")
    history.amend.keep.click()
    qtbot.waitUntil(lambda: history.amend.trouble.text() == "The disk is full. Free space.")
    assert history.amend.paper.toPlainText() == "better" and history.amend.keep.isEnabled()
    history.amend.paper.clear()
    assert not history.amend.keep.isEnabled()


def test_entries_stand_under_their_days_and_the_list_fills_the_window(
    qtbot: QtBot, history: HistoryPage, window: Window
) -> None:
    heads = [history.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(history.list.count())]
    assert heads[0] and heads[1] == "", "one heading for the day of both"
    before = history.list.height()
    window.resize(window.width(), window.height() + 200)
    qtbot.waitUntil(lambda: history.list.height() >= before + 150)


def test_entries_are_found_by_what_became_of_them_and_by_program(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    controls.past[0].update(outcome="held", app="xterm")
    controls.past[1].update(app="gedit")
    history._look()
    qtbot.waitUntil(lambda: history.filter.app.findData("gedit") > 0)
    history.filter.outcome.setCurrentIndex(history.filter.outcome.findData("held"))
    history.filter.outcome.activated.emit(0)
    qtbot.waitUntil(lambda: [each["id"] for each in history.entries] == [2])
    history.filter.outcome.setCurrentIndex(0)
    history.filter.app.setCurrentIndex(history.filter.app.findData("gedit"))
    history.filter.app.activated.emit(0)
    qtbot.waitUntil(lambda: [each["id"] for each in history.entries] == [1])


def _has(history: HistoryPage, count: int) -> bool:
    return history.list.count() == count


def test_all_of_many_entries_can_be_reached(qtbot: QtBot, history: HistoryPage, controls: FakeControls) -> None:
    controls.past = [said(number, f"text {number}") for number in range(800, 0, -1)]
    history._look()
    qtbot.waitUntil(lambda: history.list.count() == 300)
    for wanted in (600, 800):
        history.list.verticalScrollBar().setValue(0)
        history.list.verticalScrollBar().setValue(history.list.verticalScrollBar().maximum())
        qtbot.waitUntil(partial(_has, history, wanted))
    history.list.more.emit()
    assert history.list.count() == 800


def test_what_is_under_the_mouse_is_copied_at_once(qtbot: QtBot, history: HistoryPage) -> None:
    history.list.itemEntered.emit(history.list.item(1))
    assert history.list.beside.isVisible()
    history.list.wanted.emit(1, "copy")
    assert QGuiApplication.clipboard().text() == "hello there" and history.current
    assert history.current["id"] == 1
