"""Owns the proof that the AI page is empty until a provider is chosen, and that one tile is all that takes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.ui.pages.ai_page import AiPage
from dictation.ui.pages.provider_tiles import HERE, OFFERED
from dictation.ui.room import Room
from tests.ui.fake_controls import FakeControls

Opened = Callable[[Callable[[Room], AiPage]], AiPage]


def test_before_a_provider_is_chosen_there_are_only_tiles(opened: Opened) -> None:
    page = opened(AiPage)
    assert not page.key.isVisible() and not any(each.isVisible() for each in page.form.rows.values())
    assert [name for name, tile in page.tiles.tiles.items() if tile.isVisible()] == [*OFFERED[:-1]]


@pytest.mark.parametrize("name", OFFERED[:-1])
def test_a_tile_chooses_its_provider_and_the_key_is_typed_next(
    qtbot: QtBot, opened: Opened, controls: FakeControls, name: str
) -> None:
    page = opened(AiPage)
    page.tiles.tiles[name].click()
    assert controls.settings().llm.provider == name and controls.settings().llm.when == "off"
    assert page.key.isVisible() and not page.tiles.isVisible()
    qtbot.waitUntil(page.key.hasFocus)


def test_a_server_on_this_machine_is_offered_only_where_it_answers(
    qtbot: QtBot, opened: Opened, controls: FakeControls
) -> None:
    controls.served = (HERE,)
    page = opened(AiPage)
    qtbot.waitUntil(page.tiles.tiles[HERE].isVisible)
    page.tiles.tiles[HERE].click()
    assert controls.settings().llm.provider == HERE


def test_the_tiles_come_back_when_nobody_is_to_be_asked(opened: Opened, controls: FakeControls) -> None:
    controls.change(declared.put(controls.settings(), "llm.provider", "deepseek"))
    page = opened(AiPage)
    assert page.key.isVisible() and not page.tiles.isVisible()
    page.form.fields["llm.provider"].edited.emit("none")
    assert page.tiles.isVisible() and not page.key.isVisible()


def test_another_provider_and_a_setting_that_is_searched_for_open_the_page(opened: Opened) -> None:
    page = opened(AiPage)
    page.tiles.more.click()
    assert page.form.rows["llm.provider"].isVisible()
    found = opened(AiPage)
    found.go_to("llm.model")
    assert found.form.rows["llm.model"].isVisible()
