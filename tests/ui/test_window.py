"""Owns the proof that everything is found in the settings window: pages, search, keys, and each setting once."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDoubleSpinBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.ui.look import translation
from dictation.ui.pages import page_index
from dictation.ui.pages.microphone_page import MicrophonePage
from dictation.ui.room import Page, Room
from dictation.ui.window import PAGE, Window
from tests.ui.fake_controls import FakeControls


@pytest.fixture
def window(qtbot: QtBot, room: Room) -> Window:
    """The window on the screen."""
    shown = Window(room)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def listed(window: Window) -> list[str]:
    """What the list at the side shows, the first line of each."""
    return [window.pages.item(at).text().split("\n")[0] for at in range(window.pages.count())]


def whole(qtbot: QtBot, window: Window, name: str) -> Page:
    """A page with all its cards."""
    page = window.open_page(name)
    qtbot.waitUntil(lambda: page.whole)
    return page


def test_every_setting_stands_on_exactly_one_page(qtbot: QtBot, window: Window) -> None:
    places = Counter(key for name in page_index.SECTIONS for key in whole(qtbot, window, name).form.rows)
    assert places == Counter(each.key for each in declared.options())


def test_a_page_is_made_when_it_is_first_looked_at(window: Window) -> None:
    assert list(window._made) == ["general"]
    first = window.open_page("hotkeys")
    assert window.open_page("general") is not first and window.open_page("hotkeys") is first


def test_a_page_comes_card_by_card_and_shows_what_is_in_force_from_the_first_moment(
    qtbot: QtBot, window: Window, controls: FakeControls
) -> None:
    provided = declared.put(controls.settings(), "llm.provider", "deepseek")
    controls.change(declared.put(provided, "llm.deadline_seconds", 1.5))
    page = window.open_page("ai")
    assert not page.whole and page.form.rows
    deadline = page.form.fields["llm.deadline_seconds"].widget
    assert isinstance(deadline, QDoubleSpinBox) and deadline.value() == 1.5
    assert not [each for each in page.findChildren(QPushButton) if each.text() == "Test"]
    qtbot.waitUntil(lambda: page.whole)
    assert [each for each in page.findChildren(QPushButton) if each.text() == "Test" and each.isVisible()]


def test_what_is_not_there_yet_leaves_its_place_empty_and_moves_nothing(qtbot: QtBot, window: Window) -> None:
    page = window.open_page("microphone")
    first = next(iter(page.form.rows.values()))
    before = first.mapTo(page, first.rect().topLeft()), first.size()
    qtbot.waitUntil(lambda: page.whole)
    QTest.qWait(0)
    assert (first.mapTo(page, first.rect().topLeft()), first.size()) == before


def test_a_page_left_before_it_is_whole_is_whole_when_one_comes_back(qtbot: QtBot, window: Window) -> None:
    left = window.open_page("words")
    whole(qtbot, window, "general")
    assert not left.whole
    assert whole(qtbot, window, "words") is left
    assert set(left.form.rows) == {each.key for each in page_index.options_on("words")}


def test_a_window_closed_while_a_page_grows_stands_still_and_goes_on_when_it_is_shown_again(
    qtbot: QtBot, window: Window
) -> None:
    page = window.open_page("commands")
    window.close()
    for _ in range(20):
        QTest.qWait(0)
    assert not page.whole
    window.show()
    qtbot.waitUntil(lambda: page.whole)


def test_a_setting_at_the_end_of_a_page_never_opened_has_the_focus_at_once(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    key = page_index.options_on("recognition", "remote")[-1].key
    page = window.open_page("recognition", key)
    field = page.form.fields[key].widget
    assert field.hasFocus()
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect().height() == field.height())
    qtbot.waitUntil(lambda: page.whole)
    assert field.hasFocus()


def test_a_test_of_the_microphone_ends_when_the_window_is_closed(
    qtbot: QtBot, window: Window, controls: FakeControls
) -> None:
    page = whole(qtbot, window, "microphone")
    assert isinstance(page, MicrophonePage)
    page.hearing.test.click()
    qtbot.waitUntil(lambda: "microphone opened" in controls.asked)
    window.close()
    qtbot.waitUntil(lambda: "microphone closed" in controls.asked)


def test_the_list_and_the_page_agree(window: Window) -> None:
    for name in page_index.SECTIONS:
        window.open_page(name)
        assert window.pages.currentItem().data(PAGE) == name == window.page


@pytest.mark.parametrize(
    "asked, first",
    [("sensit", "Noise sensitivity"), ("静音", None), ("api key", "AI"), ("glossary", "Words"), ("keys.tap", "Tap")],
)
def test_a_search_finds_settings_and_pages(window: Window, asked: str, first: str | None) -> None:
    window.search.setText(asked)
    if first is None:
        assert listed(window) == [] and window.nothing.isVisible()
    else:
        assert listed(window)[0] == first


def test_enter_in_the_search_goes_to_the_setting(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.search.hasFocus)
    QTest.keyClicks(window.search, "longest rec")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.page == "microphone"
    limit = window.open_page("microphone").form.fields["microphone.limit_minutes"].widget
    qtbot.waitUntil(limit.hasFocus)
    qtbot.waitUntil(lambda: limit.visibleRegion().boundingRect().height() == limit.height())


def test_escape_gives_up_a_search_and_then_closes(qtbot: QtBot, window: Window) -> None:
    QTest.keyClicks(window.search, "gate")
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.isVisible() and len(listed(window)) == len(page_index.SECTIONS)
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_everything_that_can_be_used_has_a_name_to_be_read_aloud(qtbot: QtBot, window: Window) -> None:
    for name in page_index.SECTIONS:
        page = whole(qtbot, window, name)
        for kind in (QAbstractButton, QComboBox, QLineEdit):
            for each in page.findChildren(kind):
                if each.objectName().startswith("qt_") or isinstance(each.parent(), QComboBox):
                    continue
                said = each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else "")
                assert said or named(each), f"{name}: {each} {each.objectName()}"


def named(widget: QWidget) -> bool:
    """Whether the editor that a widget is a part of has a name."""
    above = widget.parentWidget()
    return above is not None and bool(above.accessibleName())


def test_the_window_follows_the_desktop_into_the_dark(qtbot: QtBot, window: Window) -> None:
    before, light = QGuiApplication.palette(), window.styleSheet()
    try:
        QGuiApplication.setPalette(QPalette(QColor("#20242c"), QColor("#15181d")))
        qtbot.waitUntil(lambda: window.styleSheet() != light)
    finally:
        QGuiApplication.setPalette(before)
    qtbot.waitUntil(lambda: window.styleSheet() == light)


def test_in_chinese_a_search_finds_chinese_and_english_words(monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = QTranslator()
    assert chinese.load("dictation_zh", str(translation.folder()))
    monkeypatch.setattr(page_index, "translate", lambda context, words: chinese.translate(context, words) or words)
    monkeypatch.setattr(page_index, "in_words", lambda words: chinese.translate("settings", words) or words)
    for asked in ("防误触发", "noise sensitivity"):
        assert [each.words for each in page_index.search(asked)] == ["防误触发"]
    for asked in ("doctor", "诊断"):
        assert [each.words for each in page_index.search(asked)] == ["关于"]


def test_typing_a_search_alone_turns_no_page(window: Window) -> None:
    window.search.setText("doctor")
    assert listed(window) == ["About"] and window.page == "general"


@pytest.mark.parametrize("page", page_index.SECTIONS)
def test_no_page_is_wider_than_the_smallest_window(qtbot: QtBot, window: Window, page: str) -> None:
    window.resize(window.minimumSize())
    shown = whole(qtbot, window, page)
    inside = shown.widget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.width() == shown.viewport().width())
    assert inside.minimumSizeHint().width() <= shown.viewport().width()
