"""Owns the proof of what the tray's menu, tooltip and messages do, and of what happens where there is no tray."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dictation.core import settings as declared
from dictation.core.commands import Command
from dictation.core.errors import MicrophoneError, ModelError
from dictation.core.types import Finished, Held, Inserted, Notice, Proposed, Purpose, Silent, State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.look.background import Background
from dictation.ui.look.icons import SIZES, icon
from dictation.ui.tray import tray as room
from dictation.ui.tray.tray import Tray
from tests.ui.fake_controls import FakeControls


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Says whether the desktop has a tray."""

    def say(here: bool) -> None:
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: here))

    say(True)
    return say


@pytest.fixture
def tray(qtbot: QtBot, bridge: Bridge, background: Background, there: Callable[[bool], None]) -> Tray:
    """The tray, docked."""
    icon = Tray(bridge, background)
    icon.begin()
    return icon


def tell(qtbot: QtBot, bridge: Bridge, controls: FakeControls, event: StateChanged | Finished | Notice) -> None:
    """The app tells, the windows have heard."""
    with qtbot.waitSignal(bridge.changed):
        controls.tell(event)


@pytest.mark.parametrize("name", [*(state.value for state in State), "dictation", "command", "paused"])
def test_every_state_has_an_icon_in_every_size(qtbot: QtBot, name: str) -> None:
    drawn = icon(name)
    assert {size.width() for size in drawn.availableSizes()} == set(SIZES)
    assert drawn.pixmap(22).toImage().pixelColor(11, 2).alpha() == 255


def test_no_two_states_look_alike_at_the_smallest_size_even_without_colours(qtbot: QtBot) -> None:
    def grey(name: str) -> bytes:
        image = icon(name).pixmap(16).toImage()
        light = [image.pixelColor(x, y).lightness() > 200 for y in range(16) for x in range(16)]
        return bytes(light)

    names = [*(state.value for state in State), "command", "paused"]
    assert len({grey(each) for each in names}) == len(names)


def test_the_menu_dictates_and_stops(qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls) -> None:
    menu = tray.menu
    assert (menu.toggle.text(), menu.command.text()) == ("&Dictate now", "&Command now")
    menu.toggle.trigger()
    tell(qtbot, bridge, controls, StateChanged(State.LISTENING))
    assert menu.toggle.text() == "&Stop" and not menu.command.isEnabled()
    menu.toggle.trigger()
    tell(qtbot, bridge, controls, StateChanged(State.IDLE))
    menu.command.trigger()
    tell(qtbot, bridge, controls, StateChanged(State.LISTENING, Purpose.COMMAND))
    assert tray.image() == "command" and menu.command.text() == "&Stop" and not menu.toggle.isEnabled()
    menu.command.trigger()
    assert controls.asked == ["start dictate", "stop", "start command", "stop"]


def test_the_last_text_can_be_copied_put_in_again_and_taken_back(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    menu = tray.menu
    assert not menu.last.menuAction().isEnabled()
    tell(qtbot, bridge, controls, Finished(1, Inserted("好的\nR&D " + "x" * 60, "好的 r and d")))
    assert menu.last.title().startswith("好的 R&&D x") and len(menu.last.title()) <= 50
    menu.copy.trigger()
    assert QGuiApplication.clipboard().text() == "好的\nR&D " + "x" * 60
    menu.heard.trigger()
    assert QGuiApplication.clipboard().text() == "好的 r and d"
    menu.insert.trigger()
    menu.undo.trigger()
    assert controls.asked == ["insert_last", "undo"]


def test_what_was_put_in_is_swapped_with_what_was_heard_only_where_that_is_possible(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    assert not tray.menu.swap.isEnabled()
    tell(qtbot, bridge, controls, Finished(1, Inserted("GitHub", "吉特哈布")))
    assert tray.menu.swap.isEnabled()
    tray.menu.swap.trigger()
    assert controls.asked == ["raw"]
    tell(qtbot, bridge, controls, Finished(2, Inserted("hello", "hello")))
    assert not tray.menu.swap.isEnabled()
    controls.outcome = Inserted("GitHub", "吉特哈布")  # what can be swapped is known a moment after it was typed
    tray.menu.last.aboutToShow.emit()
    assert tray.menu.swap.isEnabled()


def test_that_there_is_only_the_self_test_model_is_said_by_the_windows_and_in_no_message(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    alarms: list[str] = []
    bridge.alarmed.connect(alarms.append)
    tell(qtbot, bridge, controls, Notice(ModelError("self-test-model", "Only the self-test model", "Get another.")))
    tell(qtbot, bridge, controls, Notice(ModelError("no-model", "There is no model", "Get one.")))
    tell(qtbot, bridge, controls, Notice(ModelError("model-incomplete", "It is incomplete", "Get it again.")))
    assert alarms == ["It is incomplete. Get it again."]


def test_what_was_taken_for_silence_can_be_transcribed_after_all(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    assert not tray.menu.anyway.isVisible()
    tell(qtbot, bridge, controls, Finished(1, Silent("no_voice")))
    assert tray.menu.anyway.isVisible()
    tray.menu.anyway.trigger()
    assert controls.asked == ["anyway"]


def test_a_kept_text_is_offered_for_here_and_a_waiting_command_is_shown(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    tell(qtbot, bridge, controls, Finished(1, Held("kept", "Another window has the cursor now")))
    assert tray.menu.insert.text() == "&Insert here" and not tray.menu.undo.isEnabled()
    assert not tray.menu.waiting.isVisible()
    tell(qtbot, bridge, controls, Finished(2, Proposed(Command("ls", "bash"), "No terminal has the cursor")))
    with qtbot.waitSignal(tray.menu.command_asked):
        tray.menu.waiting.trigger()


def ticked(menu: QMenu) -> list[str]:
    """The entries of a menu that are in force."""
    return [each.text() for each in menu.actions() if each.isChecked()]


def test_microphone_and_language_are_chosen_in_the_menu(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    menu = tray.menu
    menu.menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: len(menu.microphones.actions()) == 3)
    assert ticked(menu.microphones) == ["The system's default"]
    menu.microphones.actions()[2].trigger()
    menu.languages.actions()[1].trigger()
    now = controls.settings()
    assert (now.microphone.device, now.hearing.language) == ("USB Headset", "zh")
    assert (ticked(menu.microphones), ticked(menu.languages)) == (["USB Headset"], ["Chinese"])


def test_a_chosen_microphone_that_is_unplugged_stays_in_the_menu(
    qtbot: QtBot, tray: Tray, controls: FakeControls
) -> None:
    controls.change(declared.put(controls.settings(), "microphone.device", "Old Headset"))
    tray.menu.menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: len(tray.menu.microphones.actions()) == 4)
    assert ticked(tray.menu.microphones) == ["Old Headset"]


def test_the_language_model_is_switched_off_and_on_to_where_it_was(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    mend = tray.menu.mend
    assert not mend.isEnabled() and mend.text() == "No language model is set"
    with qtbot.waitSignal(bridge.changed):
        controls.change(declared.put(declared.put(controls.settings(), "llm.provider", "ollama"), "llm.when", "always"))
    assert mend.isEnabled() and mend.isChecked()
    mend.trigger()
    assert controls.settings().llm.when == "off" and not mend.isChecked()
    mend.trigger()
    assert controls.settings().llm.when == "always" and mend.isChecked()


def test_while_paused_the_icon_and_the_tooltip_say_so(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    with qtbot.waitSignal(bridge.changed):
        tray.menu.pause.trigger()
    assert (controls.asked, tray.image(), tray.tooltip()) == (["pause"], "paused", "Dictation: Paused")
    with qtbot.waitSignal(bridge.changed):
        tray.menu.pause.trigger()
    assert (controls.asked, tray.image()) == (["pause", "resume"], "idle")


def test_what_the_app_refuses_is_said_once(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda self, title, text, *rest: said.append(text))
    tell(qtbot, bridge, controls, Finished(1, Held("kept", "the window changed")))
    controls.said.clear()
    tray.menu.insert.trigger()
    tray.menu.insert.trigger()
    assert said == ["There is no last text. Dictate something first."]


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
    with qtbot.waitSignal(tray.menu.settings_asked):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(tray.menu.quit_asked):
        tray.menu.quit.trigger()


def test_a_missing_tray_is_told_once_and_one_that_comes_later_is_used(
    qtbot: QtBot,
    bridge: Bridge,
    background: Background,
    there: Callable[[bool], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there(False)
    monkeypatch.setattr(room, "GRACE_MS", 20)
    monkeypatch.setattr(room, "LOOK_MS", 10)
    monkeypatch.setattr(room, "LOOK_LESS_MS", 10)
    tray = Tray(bridge, background)
    docked: list[None] = []
    missing: list[None] = []
    tray.missing.connect(lambda: missing.append(None))
    with qtbot.waitSignal(tray.missing):
        tray.begin()
    tray.arrived.connect(lambda: docked.append(None))
    assert docked == [] and bridge.silent
    with qtbot.waitSignal(tray.arrived):
        there(True)
    assert (missing, docked, bridge.silent) == ([None], [None], False)


def test_an_empty_press_hides_no_text_and_the_earlier_ones_are_listed(
    qtbot: QtBot, tray: Tray, bridge: Bridge, controls: FakeControls
) -> None:
    menu = tray.menu
    assert not menu.earlier.menuAction().isVisible()
    for id, text in enumerate(("one", "two & more", "three", "four", "five", "six"), 1):
        tell(qtbot, bridge, controls, Finished(id, Inserted(text)))
    tell(qtbot, bridge, controls, Finished(7, Silent("no_voice")))
    assert menu.last.title() == "six" and menu.insert.isEnabled() and menu.anyway.isVisible()
    assert [each.text() for each in menu.earlier.actions()] == ["five", "four", "three", "two && more"]
    menu.earlier.actions()[3].trigger()
    assert QGuiApplication.clipboard().text() == "two & more"


def test_the_menu_goes_with_its_tray(qtbot: QtBot, bridge: Bridge, background: Background) -> None:
    tray = Tray(bridge, background)
    menu = tray.menu.menu
    with qtbot.waitSignal(menu.destroyed):
        tray.deleteLater()
    assert not isValid(menu)
