"""Owns the proof that who has neither pill nor tray is told by messages of the desktop's, and no more than needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.errors import MicrophoneError
from dictation.core.events import Progress
from dictation.core.types import Event, Finished, Held, Inserted, Notice, Silent, State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.overlay.overlay import Overlay
from tests.ui.fake_controls import FakeControls

LISTENING, THINKING, IDLE = StateChanged(State.LISTENING), StateChanged(State.THINKING), StateChanged(State.IDLE)


@pytest.fixture
def overlay(qtbot: QtBot, bridge: Bridge, monkeypatch: pytest.MonkeyPatch) -> Iterator[Overlay]:
    """On a desktop as GNOME is, without an extension for trays."""
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland"))
    bridge.silent = True
    pill = Overlay(bridge)
    yield pill
    pill.close()


@pytest.fixture
def said(qtbot: QtBot, bridge: Bridge, controls: FakeControls) -> Callable[..., list[str]]:
    """What the desktop was asked to show when these were told."""

    def tell(*events: Event) -> list[str]:
        controls.asked.clear()
        for event in events:
            with qtbot.waitSignal(bridge.told):
                controls.tell(event)
        return [each for each in controls.asked if each.startswith("message")]

    return tell


def test_listening_and_thinking_are_said_once_and_a_text_that_arrived_takes_the_message_away(
    overlay: Overlay, said: Callable[..., list[str]]
) -> None:
    assert said(LISTENING, Progress(1, "We"), Progress(1, "We deploy")) == ["message Listening"]
    assert said(THINKING) == ["message We deploy"]
    assert said(Finished(1, Inserted("We deploy it.")), IDLE) == ["message"]


def test_what_went_wrong_stays_with_the_way_out(overlay: Overlay, said: Callable[..., list[str]]) -> None:
    kept = said(LISTENING, THINKING, Finished(1, Held("git push", "Another window has the cursor now")))
    assert kept[-1].startswith("message git push\nAnother window has the cursor now. Ctrl+Alt+V inserts it")
    silent = said(LISTENING, THINKING, Finished(2, Silent("no_voice")))
    assert silent[-1].startswith("message Nothing heard: no voice")
    assert said(Notice(MicrophoneError("gone", "The microphone is gone", "Plug it in."))) == [
        "message The microphone is gone\nPlug it in."
    ]


def test_who_has_a_tray_or_wants_no_pill_gets_none(
    overlay: Overlay, said: Callable[..., list[str]], bridge: Bridge, controls: FakeControls
) -> None:
    everything = (LISTENING, THINKING, Finished(1, Held("x", "y")), IDLE, LISTENING, IDLE)
    bridge.silent = False
    assert said(*everything) == []
    bridge.silent = True
    controls.change(declared.put(controls.settings(), "look.overlay", "off"))
    assert said(*everything) == []
