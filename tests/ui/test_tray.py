"""Owns the proof of what the tray's menu, tooltip and messages do, and of what happens where there is no tray."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from dictation.core.errors import MicrophoneError
from dictation.core.nouns import Finished, Held, Inserted, Notice, State, StateChanged
from dictation.ui import tray as room
from dictation.ui.bridge import Bridge
from dictation.ui.icons import SIZES, icon
from dictation.ui.tray import Tray
from tests.ui.fake_controls import FakeControls


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Says whether the desktop has a tray."""

    def say(here: bool) -> None:
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: here))

    say(True)
    return say


@pytest.fixture
def tray(qtbot: QtBot, bridge: Bridge, there: Callable[[bool], None]) -> Tray:
    """The tray, docked."""
    icon = Tray(bridge)
    icon.begin()
    return icon


def tell(qtbot: QtBot, bridge: Bridge, controls: FakeControls, event: StateChanged | Finished | Notice) -> None:
    """The app tells, the windows have heard."""
    with qtbot.waitSignal(bridge.changed):
        controls.tell(event)


@pytest.mark.parametrize("name", [*(state.value for state in State), "dictation"])
def test_every_state_has_an_icon_in_every_size(qtbot: QtBot, name: str) -> None:
    drawn = icon(name)
    assert {size.width() for size in drawn.availableSizes()} == set(SIZES)
    assert drawn.pixmap(22).toImage().pixelColor(11, 2).alpha() == 255


def test_no_two_states_look_alike_at_the_smallest_size_even_without_colours(qtbot: QtBot) -> None:
    def grey(state: State) -> bytes:
        image = icon(state.value).pixmap(16).toImage()
        light = [image.pixelColor(x, y).lightness() > 200 for y in range(16) for x in range(16)]
        return bytes(light)

    assert len({grey(state) for state in State}) == len(State)


def test_the_menu_starts_and_stops(qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls) -> None:
    assert tray.toggle.text() == "&Start dictation"
    tray.toggle.trigger()
    tell(qtbot, bridge, controls, StateChanged(State.LISTENING))
    assert tray.toggle.text() == "&Stop dictation"
    tray.toggle.trigger()
    assert controls.asked == ["start dictate", "stop"]


def test_the_last_text_can_be_copied_and_put_in_again(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    assert not tray.copy.isEnabled() and not tray.insert.isEnabled()
    tell(qtbot, bridge, controls, Finished(1, Inserted("好的\nR&D " + "x" * 60)))
    assert tray.last.text().startswith("好的 R&&D x") and len(tray.last.text()) <= 41
    tray.copy.trigger()
    assert QGuiApplication.clipboard().text() == "好的\nR&D " + "x" * 60
    tray.insert.trigger()
    assert controls.asked == ["insert_last"]


def test_what_the_app_refuses_is_said(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda self, title, text, *rest: said.append(text))
    tell(qtbot, bridge, controls, Finished(1, Held("kept", "the window changed")))
    tray.insert.trigger()
    tray.insert.trigger()
    assert said == ["Kept, not typed: the window changed", "There is no last text. Dictate something first."]


def test_the_tooltip_says_state_key_and_microphone_trouble(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    assert tray.tooltip() == "Dictation: Ready\nKey: Right Ctrl"
    tell(qtbot, bridge, controls, StateChanged(State.ERROR, detail="no microphone"))
    tell(qtbot, bridge, controls, Notice(MicrophoneError("gone", "It is gone", "Plug it in.")))
    assert tray.tooltip() == "Dictation: Not working: no microphone\nKey: Right Ctrl\nMicrophone: It is gone"
    assert tray.icon is not None and tray.icon.toolTip() == tray.tooltip()


def test_a_click_asks_for_the_window_and_quit_asks_to_end(qtbot: QtBot, tray: Tray) -> None:
    assert tray.icon is not None
    with qtbot.waitSignal(tray.settings_asked):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(tray.quit_asked):
        tray.quit.trigger()


def test_a_missing_tray_is_told_once_and_one_that_comes_later_is_used(
    qtbot: QtBot, bridge: Bridge, there: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    there(False)
    monkeypatch.setattr(room, "GRACE_MS", 20)
    monkeypatch.setattr(room, "LOOK_MS", 10)
    tray = Tray(bridge)
    docked: list[None] = []
    missing: list[None] = []
    tray.missing.connect(lambda: missing.append(None))
    with qtbot.waitSignal(tray.missing):
        tray.begin()
    tray.arrived.connect(lambda: docked.append(None))
    assert docked == []
    with qtbot.waitSignal(tray.arrived):
        there(True)
    assert (missing, docked) == ([None], [None])
