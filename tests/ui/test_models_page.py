"""Owns the proof that a model can be found, got, stopped and chosen, and that the window goes on meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dictation.core.errors import ModelError
from dictation.ui.background import Background
from dictation.ui.models_page import ModelsPage
from tests.ui.fake_controls import FakeControls


@pytest.fixture
def page(qtbot: QtBot, controls: FakeControls, background: Background) -> ModelsPage:
    """The page with the catalog on it."""
    shown = ModelsPage(controls, background)
    qtbot.addWidget(shown)
    shown.resize(840, 500)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.refresh()
    qtbot.waitUntil(lambda: shown.view.model().rowCount() == len(controls.catalog))
    return shown


def row(page: ModelsPage, number: int) -> list[str]:
    """The cells of a row."""
    model = page.view.model()
    return [str(model.index(number, column).data()) for column in range(model.columnCount())]


def test_the_catalog_says_what_there_is_and_what_it_is_good_for(page: ModelsPage, controls: FakeControls) -> None:
    assert row(page, 0) == ["Mini (self-test)", "", "Chinese, English", controls.catalog[0]["good_for"], "In use"]
    assert row(page, 2)[:3] == ["Large v3", "3.1 GB", "Chinese, English, more"]


def test_with_nothing_but_the_self_test_model_the_page_says_so_and_points_at_another(page: ModelsPage) -> None:
    assert page.top.isVisible()
    assert page.top.text() == (
        "Only the self-test model is here; it understands a small vocabulary in synthetic voices. Pick one to download."
    )
    assert page.download.isEnabled() and not page.use.isEnabled()


def test_a_download_shows_its_progress_and_ends_with_the_model_there(
    qtbot: QtBot, page: ModelsPage, controls: FakeControls
) -> None:
    controls.go_on.clear()
    page.view.selectRow(2)
    page.download.click()
    qtbot.waitUntil(lambda: page.amount.text().startswith("Large v3: "))
    assert page.bar.isVisible() and not page.download.isEnabled()
    controls.go_on.set()
    qtbot.waitUntil(lambda: page.use.isEnabled())
    assert page.amount.text() == "Large v3 is here."
    assert not page.bar.isVisible() and not page.top.isVisible()


def test_more_bytes_than_32_bits_hold_are_counted(page: ModelsPage) -> None:
    page._getting = "Huge"
    page._advance(3_000_000_000, 6_000_000_000)
    assert (page.bar.value(), page.bar.maximum()) == (500, 1000)
    assert page.amount.text() == "Huge: 3.0 GB of 6.0 GB"


def test_a_download_of_unknown_length_is_busy_without_a_measure(page: ModelsPage) -> None:
    page._getting = "Small"
    page._advance(5_000_000, 0)
    assert page.bar.maximum() == 0
    assert page.amount.text() == "Small: 5 MB"


def test_a_download_can_be_stopped_and_that_is_no_error(qtbot: QtBot, page: ModelsPage, controls: FakeControls) -> None:
    controls.go_on.clear()
    page.download.click()
    assert controls.half_way.wait(20)
    page.cancel.click()
    assert not page.cancel.isEnabled()
    controls.go_on.set()
    qtbot.waitUntil(lambda: page.amount.text().startswith("Stopped."))
    assert not page.trouble.isVisible()
    assert controls.model("small")["installed"] is False
    page.download.click()
    qtbot.waitUntil(lambda: page.use.isEnabled())


def test_a_download_that_fails_says_why_and_can_be_tried_again(
    qtbot: QtBot, page: ModelsPage, controls: FakeControls
) -> None:
    controls.refusal = ModelError("no-network", "The hub does not answer", "Try again later.")
    page.download.click()
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.text() == "The hub does not answer. Try again later."
    qtbot.waitUntil(page.download.isEnabled)


def test_the_model_recommended_for_this_machine_is_the_one_pointed_at(
    qtbot: QtBot, controls: FakeControls, background: Background
) -> None:
    controls.model("large-v3")["recommended"] = True
    page = ModelsPage(controls, background)
    qtbot.addWidget(page)
    page.refresh()
    qtbot.waitUntil(lambda: page.about.text().startswith("Large v3:"))
    assert row(page, 2)[4] == "Recommended"


def test_use_puts_the_model_into_the_settings(qtbot: QtBot, page: ModelsPage, controls: FakeControls) -> None:
    controls.model("small")["installed"] = True
    page.refresh()
    qtbot.waitUntil(lambda: not page.top.isVisible())
    page.view.selectRow(1)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert controls.settings().engine.model == "small"
    qtbot.waitUntil(lambda: row(page, 1)[4] == "In use")
