"""Owns the proof that the windows start, are reached from other threads, stay quiet, and end."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.types import Finished, Inserted, Silent
from dictation.ui.main import Interface
from dictation.ui.status_line import StatusLine
from tests.ui.fake_controls import FakeControls


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is shown beside the icon, on a desktop that has a tray."""
    messages: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda self, title, text, *rest: messages.append(text))
    return messages


def test_a_plain_start_opens_no_window_and_says_once_that_there_is_no_model(
    qtbot: QtBot, controls: FakeControls, said: list[str]
) -> None:
    shown = Interface(controls)
    shown.begin(first=False)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["There is no model yet that understands you. Pick one in Settings, Recognition."]
    assert shown._window is None
    shown.show()
    qtbot.addWidget(shown.window)
    assert shown.window.page == "recognition"
    shown.close()


def test_the_first_start_leads_in_without_taking_the_focus_and_only_once(
    qtbot: QtBot, controls: FakeControls, said: list[str]
) -> None:
    shown = Interface(controls)
    shown.begin(first=True)
    steps = shown._first
    assert steps is not None and steps.isVisible()
    assert steps.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    qtbot.waitUntil(lambda: steps.model is not None)
    assert said == [] and shown._window is None
    steps.close()
    assert shown._first is None
    shown.show()
    qtbot.addWidget(shown.window)
    assert not shown.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    shown.close()


@pytest.mark.parametrize("key, value", [("engine.kind", "remote"), ("engine.model", "/my/own/folder"), ("", "")])
def test_who_has_another_recogniser_is_not_sent_to_the_catalog(
    qtbot: QtBot, controls: FakeControls, said: list[str], key: str, value: str
) -> None:
    if key:
        controls.change(declared.put(controls.settings(), key, value))
    else:
        controls.model("small")["installed"] = True
    shown = Interface(controls)
    shown._look_at_models(controls.offer)
    assert said == []
    shown.close()


def test_a_closed_window_is_hidden_and_comes_back_with_the_settings_in_force(
    qtbot: QtBot, controls: FakeControls, said: list[str]
) -> None:
    shown = Interface(controls)
    shown.show()
    qtbot.addWidget(shown.window)
    shown.window.close()
    assert not shown.window.isVisible()
    controls.change(declared.put(controls.settings(), "keys.mode", "toggle"))
    shown.show()
    page = shown.window.open_page("hotkeys")
    mode = page.form.fields["keys.mode"].widget
    assert isinstance(mode, QComboBox) and mode.currentData() == "toggle"
    shown.close()


def test_without_a_tray_the_window_says_how_to_come_back(qtbot: QtBot, controls: FakeControls, said: list[str]) -> None:
    shown = Interface(controls)
    shown.tray.missing.emit()
    qtbot.addWidget(shown.window)
    assert shown.window.isVisible()
    assert "`dictation settings`" in shown.window.no_tray.text() and shown.window.no_tray.isVisible()
    shown.tray.arrived.emit()
    assert not shown.window.no_tray.isVisible()
    shown.close()


def test_the_foot_of_the_window_says_why_nothing_was_typed(
    qtbot: QtBot, controls: FakeControls, said: list[str]
) -> None:
    shown = Interface(controls)
    qtbot.addWidget(shown.window)
    foot = shown.window.findChild(StatusLine)
    assert foot is not None and foot.state.text() == "Ready. Dictation key: Right Ctrl."
    for outcome, words in (
        (Silent("microphone_silent"), "Nothing typed: microphone silent: muted, or the wrong one?"),
        (Silent("microphone_silent", "It is turned down"), "Nothing typed: It is turned down"),
        (Inserted("one\ntwo"), "Last text: one two"),
    ):
        with qtbot.waitSignal(shown.bridge.changed):
            controls.tell(Finished(1, outcome))
        assert foot.last.text() == words
    shown.close()


PROGRAM = """
import sys, threading
from PySide6.QtCore import QTimer
from dictation.ui.main import QtWindows
from tests.ui.fake_controls import FakeControls
front, controls = QtWindows(), FakeControls()
threading.Thread(target=lambda: ({before})).start()
code = front.run(controls, first=False)
front.show(), front.quit()
print(code, controls.asked, controls.listeners, flush=True)
"""


@pytest.mark.parametrize(
    "before", ["front.quit()", "front.show(), front.quit()", "threading.Timer(1, front.quit).start()"]
)
def test_another_thread_can_end_the_loop_before_and_after_it_begins(before: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM.format(before=before))],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "0 [] 0"), done.stderr
    assert "Traceback" not in done.stderr


def test_quit_in_the_tray_asks_the_app_to_end(qtbot: QtBot, controls: FakeControls, said: list[str]) -> None:
    shown = Interface(controls)
    shown.tray.menu.quit.trigger()
    assert controls.asked == ["quit"]
    shown.close()
