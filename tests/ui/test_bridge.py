"""Owns the proof that what any thread tells arrives on Qt's thread, and that the latest of it is kept."""

from __future__ import annotations

import threading

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from dictation.core.errors import MicrophoneError
from dictation.core.types import Dropped, Failed, Finished, Held, Inserted, Notice, Silent, State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.look.background import Background
from dictation.ui.overlay import outcome_words
from tests.ui.fake_controls import FakeControls

GONE = MicrophoneError("microphone-gone", "The microphone is gone", "Plug it in.")


def test_an_event_from_another_thread_is_heard_on_the_main_thread(
    qtbot: QtBot, bridge: Bridge, controls: FakeControls
) -> None:
    threads = []
    bridge.changed.connect(lambda: threads.append(threading.current_thread()))
    with qtbot.waitSignal(bridge.changed):
        controls.tell(StateChanged(State.LISTENING))
    assert threads == [threading.main_thread()]
    assert bridge.state.state is State.LISTENING


def test_the_state_before_the_first_event_is_the_one_the_app_is_in(
    qtbot: QtBot, background: Background, controls: FakeControls
) -> None:
    controls.state = StateChanged(State.ERROR, detail="no microphone")
    bridge = Bridge(controls, background)
    assert bridge.state == controls.state
    bridge.close()


def test_an_event_that_comes_after_the_end_hurts_nobody(
    qtbot: QtBot, bridge: Bridge, background: Background, controls: FakeControls
) -> None:
    changes: list[None] = []
    bridge.changed.connect(lambda: changes.append(None))
    controls.tell(Notice(GONE))  # on its way when the end comes
    background.close()
    controls.tell(Notice(GONE))
    QCoreApplication.processEvents()
    assert changes == []


def test_microphone_trouble_lasts_until_a_text_is_there(qtbot: QtBot, bridge: Bridge, controls: FakeControls) -> None:
    with qtbot.waitSignal(bridge.alarmed) as alarm:
        controls.tell(Notice(GONE))
    assert alarm.args == ["The microphone is gone. Plug it in."]
    with qtbot.waitSignal(bridge.changed):
        controls.tell(Finished(1, Silent("no_voice")))
    assert bridge.microphone_trouble == "The microphone is gone"
    with qtbot.waitSignal(bridge.changed):
        controls.tell(Finished(2, Inserted("hello")))
    assert (bridge.microphone_trouble, bridge.notice) == ("", None)


def test_silence_alarms_nobody_but_a_kept_or_lost_text_does(
    qtbot: QtBot, bridge: Bridge, controls: FakeControls
) -> None:
    said: list[str] = []
    bridge.stranded.connect(said.append)
    for outcome in (Silent("no_voice"), Inserted("hi"), Dropped(), Held("hi", "the window changed"), Failed(GONE)):
        with qtbot.waitSignal(bridge.changed):
            controls.tell(Finished(1, outcome))
    assert said == ["Kept, not typed: the window changed", "Failed: The microphone is gone. Plug it in."]


def test_every_reason_of_the_contract_has_plain_words() -> None:
    for reason in ("too_short", "microphone_silent", "no_voice", "phantom", "echo", "impossible_rate", "loop"):
        assert outcome_words.silence(reason) != reason.replace("_", " ") or reason == "no_voice"
    assert outcome_words.silence("something_new") == "something new"


def test_an_unforeseen_failure_in_the_background_is_told_with_a_remedy(qtbot: QtBot, background: Background) -> None:
    told: list[str] = []
    background.ask(lambda: 1 / 0, lambda _: None, lambda error: told.append(error.line()))
    qtbot.waitUntil(lambda: bool(told))
    assert "ZeroDivisionError" in told[0] and "dictation doctor" in told[0]
