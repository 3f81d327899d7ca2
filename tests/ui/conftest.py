"""Owns what every test of the windows gets: Qt without a screen, and a fake app."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from dictation.ui.bridge import Bridge
from dictation.ui.downloads import Downloads
from dictation.ui.look.background import Background
from dictation.ui.room import Page, Room
from tests.ui.fake_controls import FakeControls

Kind = TypeVar("Kind", bound=Page)


@pytest.fixture
def controls() -> FakeControls:
    """The app behind the windows."""
    return FakeControls()


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    """Threads for calls that block."""
    beside = Background()
    yield beside
    beside.close()


@pytest.fixture
def bridge(qtbot: QtBot, controls: FakeControls, background: Background) -> Iterator[Bridge]:
    """What is heard from the app."""
    hearing = Bridge(controls, background)
    yield hearing
    hearing.close()
    assert controls.listeners == 0


@pytest.fixture
def room(bridge: Bridge, background: Background, controls: FakeControls) -> Room:
    """What the pages live on."""
    return Room(bridge, background, Downloads(controls, background))


@pytest.fixture
def opened(qtbot: QtBot, room: Room) -> Callable[[Callable[[Room], Kind]], Kind]:
    """Opens a page on the screen."""

    def open_page(make: Callable[[Room], Kind]) -> Kind:
        page = make(room)
        qtbot.addWidget(page)
        page.resize(760, 640)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.whole)
        return page

    return open_page
