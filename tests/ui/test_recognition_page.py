"""Owns the proof that a model can be found, got, paused and chosen, and that the window goes on meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dictation.core.errors import ModelError
from dictation.ui.fields.progress import DownloadProgress
from dictation.ui.pages.recognition_page import RecognitionPage
from dictation.ui.room import Room
from tests.ui.fake_controls import FakeControls


@pytest.fixture
def page(qtbot: QtBot, controls: FakeControls, room: Room) -> RecognitionPage:
    """The page with the catalog on it."""
    controls.model("small")["recommended"] = True
    shown = RecognitionPage(room)
    qtbot.addWidget(shown)
    shown.resize(760, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    qtbot.waitUntil(lambda: len(shown.rows) == len(controls.offer))
    return shown


def button(page: RecognitionPage, name: str) -> str:
    """What the button of a model says."""
    return page.rows[name][1].text()


def test_the_catalog_says_what_there_is_and_what_it_is_good_for(page: RecognitionPage) -> None:
    assert list(page.rows) == ["mini", "small", "large-v3"]
    row, _ = page.rows["large-v3"]
    assert row.help.text() == "The most accurate; a GPU is needed.\n3.1 GB · Chinese, English, more · MIT"
    assert page.rows["small"][0].name.text() == "Small · recommended"
    assert button(page, "mini") == "In use" and button(page, "small") == "Download"


def test_the_wait_measured_on_this_machine_is_shown(
    qtbot: QtBot, page: RecognitionPage, controls: FakeControls
) -> None:
    controls.model("mini")["wait_ms"] = 420
    page.refresh()
    qtbot.waitUntil(lambda: page.rows["mini"][0].help.text().endswith("usual wait here 0.4 s"))


def test_with_nothing_but_the_self_test_model_the_page_points_at_another(page: RecognitionPage) -> None:
    assert page.catalog.note.text().startswith("Only the self-test model is here")
    assert page.rows["small"][1].property("loud") is True
    assert not page.rows["large-v3"][1].property("loud")


def test_a_download_shows_its_progress_and_ends_with_the_model_there(
    qtbot: QtBot, page: RecognitionPage, controls: FakeControls
) -> None:
    controls.go_on.clear()
    page.rows["large-v3"][1].click()
    qtbot.waitUntil(lambda: page.progress.amount.text().endswith(" of 3.1 GB"))
    assert page.progress.isVisible() and page.progress.bar.maximum() == 1000
    assert not page.rows["small"][1].isEnabled()
    controls.go_on.set()
    qtbot.waitUntil(lambda: button(page, "large-v3") == "Use")
    assert not page.progress.isVisible() and page.catalog.note.text() == ""


def test_more_bytes_than_32_bits_hold_are_counted(room: Room, page: RecognitionPage) -> None:
    room.downloads.name = room.downloads.label = "Huge"
    room.downloads.running = True
    room.downloads._advance(3_000_000_000, 6_000_000_000)
    assert (page.progress.bar.value(), page.progress.bar.maximum()) == (500, 1000)
    room.downloads._advance(5_000_000, 0)
    assert page.progress.bar.maximum() == 0


def test_a_download_is_paused_and_goes_on(qtbot: QtBot, page: RecognitionPage, controls: FakeControls) -> None:
    controls.go_on.clear()
    page.rows["small"][1].click()
    assert controls.half_way.wait(20)
    page.progress.pause.click()
    assert not page.progress.pause.isEnabled()
    controls.go_on.set()
    qtbot.waitUntil(lambda: page.progress.amount.text().startswith("Small: paused at "))
    assert button(page, "small") == "Go on" and page.progress.trouble.text() == ""
    page.progress.pause.click()
    qtbot.waitUntil(lambda: button(page, "small") == "Use")


def test_a_download_that_is_cancelled_is_no_error(qtbot: QtBot, page: RecognitionPage, controls: FakeControls) -> None:
    controls.go_on.clear()
    page.rows["small"][1].click()
    assert controls.half_way.wait(20)
    page.progress.cancel.click()
    controls.go_on.set()
    qtbot.waitUntil(lambda: not page.progress.isVisible())
    assert button(page, "small") == "Download" and controls.model("small")["installed"] is False


def test_a_download_that_fails_says_why_and_can_be_tried_again(
    qtbot: QtBot, page: RecognitionPage, controls: FakeControls
) -> None:
    controls.refusal = ModelError("no-network", "The hub does not answer", "Try again later.")
    page.rows["small"][1].click()
    qtbot.waitUntil(lambda: page.progress.trouble.text() == "The hub does not answer. Try again later.")
    controls.refusal = None
    page.progress.pause.click()
    qtbot.waitUntil(lambda: button(page, "small") == "Use")


def test_a_download_goes_on_behind_another_page_and_every_page_shows_it(
    qtbot: QtBot, page: RecognitionPage, room: Room, controls: FakeControls
) -> None:
    controls.go_on.clear()
    page.rows["small"][1].click()
    page.hide()
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    other = DownloadProgress(room.downloads)
    other.setParent(elsewhere)
    elsewhere.show()
    other.refresh()
    qtbot.waitUntil(lambda: other.amount.text().endswith(" of 486 MB"))
    controls.go_on.set()
    qtbot.waitUntil(lambda: not other.isVisible())


def test_use_puts_the_model_into_the_settings(qtbot: QtBot, page: RecognitionPage, controls: FakeControls) -> None:
    controls.model("small")["installed"] = True
    page.refresh()
    qtbot.waitUntil(lambda: button(page, "small") == "Use")
    page.rows["small"][1].click()
    assert controls.settings().engine.model == "small"
    qtbot.waitUntil(lambda: button(page, "small") == "In use")
