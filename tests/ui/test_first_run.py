"""Owns the proof that the first start leads through its four steps, can be left at any, and lets one try."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dictation.core.types import Finished, Inserted, Silent
from dictation.ui.first_run import FirstRun
from dictation.ui.room import Room
from tests.ui.fake_controls import FakeControls


@pytest.fixture
def steps(qtbot: QtBot, room: Room, controls: FakeControls) -> FirstRun:
    """The window at its first step."""
    controls.model("small")["recommended"] = True
    shown = FirstRun(room)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    qtbot.waitUntil(lambda: shown.model is not None)
    return shown


def test_the_try_waits_for_a_model_and_offers_it(qtbot: QtBot, steps: FirstRun, controls: FakeControls) -> None:
    steps.next.click()
    steps.next.click()
    assert not steps.paper.isVisible() and steps.coming.isVisible() and steps.get_now.isVisible()
    steps.get_now.click()
    qtbot.waitUntil(lambda: steps.paper.isVisible())
    assert not steps.coming.isVisible() and "get small" in controls.asked


def test_three_steps_lead_to_a_box_to_try_it_in_and_a_fourth_to_commands(
    qtbot: QtBot, steps: FirstRun, controls: FakeControls
) -> None:
    assert steps.count.text() == "1 of 4" and not steps.back.isVisible()
    steps.next.click()
    assert steps.model is not None and steps.model.name == "small"
    controls.model("small").update(installed=True, chosen=True)
    steps._ask_models()
    qtbot.waitUntil(lambda: steps.model is not None and steps.model.installed)
    steps.next.click()
    assert steps.count.text() == "3 of 4" and steps.next.text() == "Next"
    assert steps.paper.isVisible() and not steps.coming.isVisible()
    assert steps.how.text() == "Click into the box, hold Right Ctrl, speak, and let go."
    steps.next.click()
    assert steps.count.text() == "4 of 4" and steps.next.text() == "Done" and steps.trial.isVisible()
    assert steps.how_to_command.text().startswith("In a terminal, hold Right Alt and speak")
    with qtbot.waitSignal(steps.finished):
        steps.next.click()
    assert not steps.isVisible()


def test_the_microphone_is_tried_and_closed_at_the_next_step(
    qtbot: QtBot, steps: FirstRun, controls: FakeControls
) -> None:
    controls.loudness = 0.3
    steps.hearing.test.click()
    qtbot.waitUntil(lambda: steps.hearing.told.text() == "You are heard.")
    steps.next.click()
    qtbot.waitUntil(lambda: "microphone closed" in controls.asked)
    qtbot.waitUntil(lambda: not steps.hearing.running)


def test_one_goes_on_while_the_model_is_on_its_way(qtbot: QtBot, steps: FirstRun, controls: FakeControls) -> None:
    controls.go_on.clear()
    steps.next.click()
    steps.get.click()
    assert controls.half_way.wait(20)
    steps.next.click()
    controls.go_on.set()
    steps.back.click()
    qtbot.waitUntil(lambda: not steps.get.isVisible())
    assert steps.here.text() == "It is here and ready."


def test_escape_skips_all_of_it(qtbot: QtBot, steps: FirstRun) -> None:
    with qtbot.waitSignal(steps.finished):
        QTest.keyClick(steps, Qt.Key.Key_Escape)
    assert not steps.isVisible()


def test_the_try_says_how_it_went(qtbot: QtBot, steps: FirstRun, controls: FakeControls) -> None:
    controls.tell(Finished(1, Silent("no_voice")))
    qtbot.waitUntil(lambda: steps.state.text() == "Nothing typed: no voice")
    controls.tell(Finished(2, Inserted("hello")))
    qtbot.waitUntil(lambda: steps.state.text() == "There it is.")
