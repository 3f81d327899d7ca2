"""Owns the proof that the general page writes the settings to a file and takes a file over, or says why not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.errors import SettingError
from dictation.ui.pages.general_page import GeneralPage
from dictation.ui.room import Room
from tests.ui.fake_controls import FakeControls


@pytest.fixture
def page(
    opened: Callable[[Callable[[Room], GeneralPage]], GeneralPage], monkeypatch: pytest.MonkeyPatch
) -> GeneralPage:
    """The page, where every dialog for a file ends with the same one."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_: ("/tmp/mine.toml", "")))
    return opened(GeneralPage)


def test_the_settings_are_written_to_the_chosen_file(qtbot: QtBot, page: GeneralPage, controls: FakeControls) -> None:
    page.give.click()
    qtbot.waitUntil(lambda: page.exchanged.text() == "60 settings were written.")
    assert "export_settings /tmp/mine.toml" in controls.asked


def test_a_file_of_settings_is_in_force_and_shown_at_once(
    qtbot: QtBot, page: GeneralPage, controls: FakeControls
) -> None:
    controls.carried = declared.put(controls.settings(), "look.sounds", True)
    page.take.click()
    qtbot.waitUntil(lambda: page.exchanged.text() == "The settings of the file are in force.")
    assert controls.settings() == controls.carried
    page.take.click()
    qtbot.waitUntil(lambda: page.exchanged.text() == "The file says what is in force already.")


def test_a_file_that_is_refused_changes_nothing_and_the_reason_is_read(
    qtbot: QtBot, page: GeneralPage, controls: FakeControls
) -> None:
    before = controls.settings()
    controls.carried = declared.put(before, "keys.dictate", "taken")
    page.take.click()
    qtbot.waitUntil(lambda: "used by another program" in page.exchange.trouble.text())
    controls.refusal = SettingError("bad-value", "hearing.gate cannot be 12", "Mend it.")
    page.take.click()
    qtbot.waitUntil(lambda: page.exchange.trouble.text() == "hearing.gate cannot be 12. Mend it.")
    assert controls.settings() == before and page.exchanged.text() == ""
