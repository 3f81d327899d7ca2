"""Owns the proof that every declared setting can be changed in the window, at once, with its errors beside it."""

from __future__ import annotations

import re
from typing import TypeVar

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSpinBox, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.errors import MicrophoneError
from dictation.core.options import Option
from dictation.ui.fields.field_form import in_the_window
from dictation.ui.fields.fields import Decimal
from dictation.ui.fields.gate_field import GateMeter
from dictation.ui.fields.keys_field import Catcher
from dictation.ui.room import Page, Room
from tests.ui.fake_controls import FakeControls

Editor = TypeVar("Editor", bound=QWidget)


@pytest.fixture
def form(qtbot: QtBot, room: Room, controls: FakeControls) -> Page:
    """Every setting there is on one page on the screen, with what can be chosen there."""
    page = Page(room, "")
    page.settings(page.card(), declared.options())
    page.finish()
    qtbot.addWidget(page)
    page.resize(840, 600)
    with qtbot.waitExposed(page):
        page.show()
    box = field(page, "microphone.device", QComboBox)
    qtbot.waitUntil(lambda: box.count() == len(controls.there) + 1)
    return page


def field(form: Page, key: str, kind: type[Editor]) -> Editor:
    """The editor of a setting."""
    found = form.findChild(kind, key)
    assert found is not None, key
    return found


def trouble(form: Page, key: str) -> str:
    """What is said beside a field, if it can be seen."""
    label = field(form, f"{key} trouble", QLabel)
    return label.text() if label.isVisibleTo(form) else ""


def test_every_setting_has_an_editor_with_its_label_its_help_and_its_value(form: Page, controls: FakeControls) -> None:
    for each in declared.options():
        editor = field(form, each.key, QWidget)
        assert (editor.accessibleName(), editor.accessibleDescription()) == (each.label, in_the_window(each))
        assert shown(editor, each) == declared.get(controls.settings(), each.key), each.key


def shown(editor: QWidget, about: Option) -> object:
    """The value that an editor shows."""
    match editor:
        case QCheckBox():
            return editor.isChecked()
        case QComboBox():
            return editor.currentText() if editor.isEditable() else editor.currentData()
        case QSpinBox() | QDoubleSpinBox():
            assert (editor.minimum(), editor.maximum()) == (about.low, about.high)
            return editor.value()
        case GateMeter():
            return editor.threshold
        case QLineEdit():
            return editor.text()
    if (keys := editor.findChild(Catcher)) is not None:
        return {"Automatic": "auto", "Esc": "esc", "None": "off"}[keys.text()]
    if (table := editor.findChild(QTableWidget)) is not None:
        return "" if table.rowCount() == 0 else "rows"
    line = editor.findChild(QLineEdit)
    assert line is not None, about.key
    return line.text()


def test_choices_are_shown_in_words(form: Page) -> None:
    for each in declared.options():
        assert len(each.words) == len(each.choices)
        if each.choices:
            box = field(form, each.key, QComboBox)
            assert [box.itemText(at) for at in range(box.count())] == list(each.words)
            assert [box.itemData(at) for at in range(box.count())] == list(each.choices)


def test_help_in_the_window_explains_no_values_that_are_not_seen_there() -> None:
    for each in declared.options():
        words = in_the_window(each)
        assert not re.search(rf"\b({'|'.join(each.choices) or '-'}):", words), each.key
        assert words == "" or words[-1] in ".。", each.key


def test_that_a_held_modifier_keeps_text_back_is_said_in_the_window() -> None:
    assert in_the_window(declared.find("insert.when")) == "With Ctrl, Alt or Shift held, it waits for the end."


def test_a_tick_and_a_choice_are_in_force_at_once(qtbot: QtBot, form: Page, controls: FakeControls) -> None:
    field(form, "microphone.warm", QCheckBox).click()
    mode = field(form, "keys.mode", QComboBox)
    mode.setFocus()
    QTest.keyClick(mode, Qt.Key.Key_Down)
    assert controls.settings().microphone.warm is True
    assert controls.settings().keys.mode == "hold"


def test_the_threshold_is_moved_with_the_arrow_keys(qtbot: QtBot, form: Page, controls: FakeControls) -> None:
    meter = field(form, "hearing.gate", GateMeter)
    meter.setFocus()
    for _ in range(3):
        QTest.keyClick(meter, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: controls.settings().hearing.gate == 0.53)
    assert controls.asked == ["change"]


def test_a_number_that_runs_is_one_change(qtbot: QtBot, form: Page, controls: FakeControls) -> None:
    tap = field(form, "keys.tap_ms", QSpinBox)
    tap.setFocus()
    for _ in range(5):
        QTest.keyClick(tap, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: controls.settings().keys.tap_ms == tap.value())
    assert tap.value() > 400
    assert controls.asked == ["change"]


def test_a_refused_value_says_why_in_its_row_and_changes_nothing(form: Page, controls: FakeControls) -> None:
    form.form.apply("keys.dictate", "taken")
    assert trouble(form, "keys.dictate") == "The key is used by another program. Choose another key."
    assert controls.settings().keys.dictate == "auto"
    form.form.apply("keys.dictate", "f9")
    assert trouble(form, "keys.dictate") == ""
    assert controls.settings().keys.dictate == "f9"


def test_a_device_is_picked_from_those_that_are_there_and_one_that_went_stays_named(
    qtbot: QtBot, form: Page, controls: FakeControls
) -> None:
    box = field(form, "microphone.device", QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == ["The system's default", *controls.there]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert controls.settings().microphone.device == "USB Headset"
    controls.there.remove("USB Headset")
    form.refresh()
    qtbot.waitUntil(lambda: box.currentText() == "USB Headset (not there)")
    assert controls.settings().microphone.device == "USB Headset"


def test_choices_that_cannot_be_asked_for_say_so_in_the_row(qtbot: QtBot, room: Room, controls: FakeControls) -> None:
    controls.refusal = MicrophoneError("no-sound", "There is no sound system", "Start one.")
    page = Page(room, "")
    page.settings(page.card(), [declared.find("microphone.device")])
    qtbot.addWidget(page)
    page.refresh()
    qtbot.waitUntil(lambda: trouble(page, "microphone.device") == "There is no sound system. Start one.")


def test_the_wheel_turns_no_value_that_it_passes_over(qtbot: QtBot, form: Page) -> None:
    form.setFocus()
    tap = field(form, "keys.tap_ms", QSpinBox)
    middle = QPointF(tap.rect().center())
    event = QWheelEvent(
        middle, tap.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QGuiApplication.sendEvent(tap, event)
    assert tap.value() == 400
    assert not event.isAccepted()  # so Qt hands it on to the page


def test_the_page_ends_where_the_settings_end(qtbot: QtBot, form: Page) -> None:
    form.verticalScrollBar().setValue(form.verticalScrollBar().maximum())
    last = field(form, list(declared.options())[-1].key, QWidget)
    assert 0 < last.mapTo(form, QPoint(0, 0)).y() < form.height()


def test_every_setting_is_reached_with_the_tab_key(qtbot: QtBot, form: Page) -> None:
    walked: list[str] = []
    first = field(form, "keys.dictate", QWidget).focusProxy()
    assert first is not None
    first.setFocus()
    for _ in range(100):
        now = form.window().focusWidget()
        assert now is not None
        above: QWidget | None = now
        while above is not None and "." not in above.objectName():
            above = above.parentWidget()
        if above is not None and above.objectName() not in walked:
            walked.append(above.objectName())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert walked == [each.key for each in declared.options()]


def test_a_number_shows_no_empty_decimals(qtbot: QtBot) -> None:
    box = Decimal()
    qtbot.addWidget(box)
    box.setLocale(QLocale("en_GB"))
    shown = []
    for value in (8, 0.25, 30.5, 100):
        box.setRange(0, 1000)
        box.setValue(value)
        shown.append(box.text())
    assert shown == ["8", "0.25", "30.5", "100"]
