"""Owns the proof that every declared setting can be changed in the window, at once, with its errors beside it."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.errors import MicrophoneError
from dictation.ui.background import Background
from dictation.ui.form import Form
from tests.ui.fake_controls import FakeControls

Editor = TypeVar("Editor", bound=QWidget)


@pytest.fixture
def form(qtbot: QtBot, controls: FakeControls, background: Background) -> Form:
    """The settings page on the screen, with its suggestions there."""
    page = Form(controls, background, {"microphone.device": controls.microphones})
    qtbot.addWidget(page)
    page.resize(840, 600)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    box = field(page, "microphone.device", QComboBox)
    qtbot.waitUntil(lambda: box.count() == len(controls.there) or bool(trouble(page, "microphone.device")))
    return page


def field(form: Form, key: str, kind: type[Editor]) -> Editor:
    """The editor of a setting."""
    found = form.findChild(kind, key)
    assert found is not None, key
    return found


def trouble(form: Form, key: str) -> str:
    """What is said beside a field, if it can be seen."""
    label = field(form, f"{key} trouble", QLabel)
    return label.text() if label.isVisibleTo(form) else ""


def test_every_setting_has_a_field_with_its_label_its_help_and_its_value(form: Form, controls: FakeControls) -> None:
    for each in declared.options():
        editor = field(form, each.key, QWidget)
        assert (editor.accessibleName(), editor.accessibleDescription()) == (each.label, each.help)
        value = declared.get(controls.settings(), each.key)
        match editor:
            case QCheckBox():
                assert editor.isChecked() is value
            case QComboBox():
                assert editor.currentText() == value
            case QSpinBox() | QDoubleSpinBox():
                assert (editor.value(), editor.minimum(), editor.maximum()) == (value, each.low, each.high)
            case QLineEdit():
                assert editor.text() == value
            case _:
                pytest.fail(f"no editor for {each.key}")


def test_a_tick_and_a_choice_are_in_force_at_once(qtbot: QtBot, form: Form, controls: FakeControls) -> None:
    field(form, "microphone.warm", QCheckBox).click()
    mode = field(form, "keys.mode", QComboBox)
    mode.setFocus()
    QTest.keyClick(mode, Qt.Key.Key_Down)
    assert controls.settings().microphone.warm is True
    assert controls.settings().keys.mode == "hold"


def test_a_number_that_runs_is_one_change(qtbot: QtBot, form: Form, controls: FakeControls) -> None:
    tap = field(form, "keys.tap_ms", QSpinBox)
    tap.setFocus()
    for _ in range(5):
        QTest.keyClick(tap, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: controls.settings().keys.tap_ms == tap.value())
    assert tap.value() > 400
    assert controls.asked == ["change"]


def test_a_refused_value_says_why_beside_its_field_and_changes_nothing(
    qtbot: QtBot, form: Form, controls: FakeControls
) -> None:
    key = field(form, "keys.dictate", QLineEdit)
    key.setText("taken")
    QTest.keyClick(key, Qt.Key.Key_Return)
    assert trouble(form, "keys.dictate") == "The key is used by another program. Choose another key."
    assert controls.settings().keys.dictate == "auto"
    key.setText(" f9 ")
    QTest.keyClick(key, Qt.Key.Key_Return)
    assert trouble(form, "keys.dictate") == ""
    assert (controls.settings().keys.dictate, key.text()) == ("f9", "f9")


def test_suggestions_are_offered_and_do_not_choose_themselves(qtbot: QtBot, form: Form, controls: FakeControls) -> None:
    box = field(form, "microphone.device", QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == controls.there
    assert box.currentText() == ""
    assert controls.asked == []
    box.textActivated.emit("USB Headset")
    assert controls.settings().microphone.device == "USB Headset"


def test_suggestions_that_fail_say_so_beside_the_field(
    qtbot: QtBot, controls: FakeControls, background: Background
) -> None:
    controls.refusal = MicrophoneError("no-sound", "There is no sound system", "Start one.")
    page = Form(controls, background, {"microphone.device": controls.microphones})
    qtbot.addWidget(page)
    page.refresh()
    qtbot.waitUntil(lambda: trouble(page, "microphone.device") == "There is no sound system. Start one.")


def test_the_wheel_turns_no_value_that_it_passes_over(qtbot: QtBot, form: Form) -> None:
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


def test_the_page_ends_where_the_settings_end(qtbot: QtBot, form: Form) -> None:
    form.verticalScrollBar().setValue(form.verticalScrollBar().maximum())
    last = field(form, list(declared.options())[-1].key, QWidget)
    assert 0 < last.mapTo(form, QPoint(0, 0)).y() < form.height()


def test_the_page_can_be_walked_with_the_tab_key(qtbot: QtBot, form: Form) -> None:
    first = field(form, "keys.dictate", QLineEdit)
    first.setFocus()
    walked = []
    for _ in declared.options():
        now = form.window().focusWidget()
        assert now is not None
        walked.append(now.objectName())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert walked == [each.key for each in declared.options()]
