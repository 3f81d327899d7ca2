"""Owns the proof that the general page asks for the permission of the desktop, and only where there is one to give."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from dictation.core.errors import InsertError
from dictation.ui.pages.general_page import GeneralPage
from dictation.ui.room import Room
from tests.ui.fake_controls import FakeControls

Open = Callable[[Callable[[Room], GeneralPage]], GeneralPage]


def test_a_desktop_that_asks_nobody_is_not_spoken_of(qtbot: QtBot, opened: Open) -> None:
    page = opened(GeneralPage)
    with qtbot.assertNotEmitted(page.allow.clicked, wait=50):
        assert page.permission_card.isHidden()


@pytest.mark.parametrize(
    "error", [None, InsertError("typing-refused", "You did not allow it", "Run `dictation allow`.")]
)
def test_the_answer_of_the_desktop_stands_under_the_button(
    qtbot: QtBot, opened: Open, controls: FakeControls, error: InsertError | None
) -> None:
    controls.desktop_asks, controls.desktop_says = True, error
    page = opened(GeneralPage)
    qtbot.waitUntil(lambda: not page.permission_card.isHidden())
    page.allow.click()
    assert not page.allow.isEnabled()
    qtbot.waitUntil(page.allow.isEnabled)
    assert controls.asked.count("allow") == 1
    assert bool(page.allowed.text()) == (error is None)
    assert bool(page.permission.trouble.text()) == (error is not None)
