"""Owns the proof that a waiting command is shown whole and honestly, and goes to the prompt only when it is meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.commands import Command, Reason
from dictation.core.types import Event, Finished, Inserted, Proposed, Purpose, State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.overlay import panel as room
from dictation.ui.overlay import visible
from dictation.ui.overlay.panel import Panel, PanelWindow
from tests.ui.fake_controls import FakeControls

SAFE = Proposed(Command("git status --short", "zsh", "Shows what has changed", source="llm"), "No prompt", "状态")
WIPE = Proposed(
    Command(
        "rm -rf ~/old && ls", "bash", "Deletes old", "danger", (Reason("recursive-delete", "For good", "rm -rf ~/old"),)
    ),
    "It may destroy data",
    "wipe old",
)
ODD = Proposed(
    Command("echo a\u200bb", "bash", "", "caution", (Reason("invisible", "Not to be seen", "\u200b"),), False), "Odd"
)
ASKS = Proposed(Command("", "bash", question="Which branch?"), "Something has to be known first")


@pytest.fixture
def panel(qtbot: QtBot, bridge: Bridge, monkeypatch: pytest.MonkeyPatch) -> Iterator[Panel]:
    """The panel, following the app; Enter counts at once."""
    monkeypatch.setattr(room, "DEAF_MS", 0)
    made = Panel(bridge)
    yield made
    made.close()


class Play:
    """The app tells; the windows have heard."""

    def __init__(self, qtbot: QtBot, bridge: Bridge, controls: FakeControls, panel: Panel) -> None:
        self._qtbot, self._bridge, self._controls, self._panel = qtbot, bridge, controls, panel

    def __call__(self, *events: Event) -> PanelWindow:
        for event in events:
            with self._qtbot.waitSignal(self._bridge.told):
                self._controls.tell(event)
        assert self._panel.window is not None
        return self._panel.window


@pytest.fixture
def play(qtbot: QtBot, bridge: Bridge, controls: FakeControls, panel: Panel) -> Play:
    """Tells events."""
    return Play(qtbot, bridge, controls, panel)


def press(window: PanelWindow, key: Qt.Key, *, control: bool = False) -> None:
    """Press a key in the panel."""
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window, key, held)


def test_a_command_is_shown_with_what_it_does_where_it_goes_and_why_it_waits(play: Play) -> None:
    window = play(Finished(1, SAFE))
    assert window.isVisible()
    assert window.box.toPlainText() == "git status --short"
    assert (window.risk.text(), window.shell.text()) == ("● Safe", "zsh")
    assert (window.explanation.text(), window.note.text().strip()) != ("", "")
    assert window.explanation.text() == "Shows what has changed"
    assert window.keys.offered == ["insert", "drop", "explain", "copy", "again"]


def test_enter_puts_it_in_after_the_panel_has_gone(
    play: Play, controls: FakeControls, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = play(Finished(1, SAFE))
    seen: list[bool] = []
    insert = controls.insert

    def look(confirmed: bool) -> None:
        seen.append(window.isVisible())
        insert(confirmed)

    monkeypatch.setattr(controls, "insert", look)
    press(window, Qt.Key.Key_Return)
    assert (seen, controls.asked) == ([False], ["insert_command confirmed=False"])


def test_an_enter_that_was_meant_for_the_window_before_does_nothing(
    play: Play, controls: FakeControls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "DEAF_MS", 60_000)
    window = play(Finished(1, SAFE))
    press(window, Qt.Key.Key_Return)
    assert window.isVisible() and controls.asked == []
    press(window, Qt.Key.Key_Escape)
    assert not window.isVisible() and controls.asked == ["drop_command"]


def test_a_held_enter_is_no_second_enter(play: Play, controls: FakeControls) -> None:
    window = play(Finished(1, WIPE))
    QTest.simulateEvent(window, True, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    assert not window.armed and controls.asked == []


def test_danger_needs_a_second_deliberate_key(play: Play, controls: FakeControls) -> None:
    window = play(Finished(1, WIPE))
    press(window, Qt.Key.Key_Y)  # not before Enter
    assert controls.asked == [] and "Press Y" not in window.note.text()
    for _ in range(3):  # however often
        press(window, Qt.Key.Key_Return)
    assert window.isVisible() and controls.asked == []
    assert "Press Y" in window.note.text() and window.keys.offered[0] == "confirm"
    press(window, Qt.Key.Key_Y)
    assert (controls.asked, window.isHidden()) == (["insert_command confirmed=True"], True)


def test_what_was_confirmed_for_one_command_is_not_for_the_next(play: Play, controls: FakeControls) -> None:
    window = play(Finished(1, WIPE))
    press(window, Qt.Key.Key_Return)
    assert window.armed
    window = play(Finished(1, WIPE))
    assert not window.armed
    press(window, Qt.Key.Key_Y)
    assert controls.asked == []


def test_what_must_not_stand_at_a_prompt_can_only_be_copied(play: Play, controls: FakeControls) -> None:
    window = play(Finished(1, ODD))
    assert window.keys.offered == ["drop", "explain", "copy", "again"]
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Y)
    assert controls.asked == [] and window.isVisible()
    press(window, Qt.Key.Key_C, control=True)
    assert QGuiApplication.clipboard().text() == "echo a\u200bb" and window.note.text() == "Copied."


def test_tab_explains_and_explains_no_more(play: Play) -> None:
    window = play(Finished(1, SAFE))
    assert not window.details.isVisible()
    press(window, Qt.Key.Key_Tab)
    assert window.heard.text() == "Heard: 状态" and "from the language model" in window.details.text()
    assert window.details.isVisible()
    press(window, Qt.Key.Key_Tab)
    assert not window.details.isVisible()


def test_another_one_is_asked_for_and_the_old_one_cannot_be_put_in_meanwhile(
    play: Play, controls: FakeControls
) -> None:
    window = play(Finished(1, SAFE))
    press(window, Qt.Key.Key_R, control=True)
    assert window.keys.offered == ["drop"]
    press(window, Qt.Key.Key_Return)
    assert controls.asked == ["again"]
    window = play(Finished(1, WIPE))
    assert window.box.toPlainText() == "rm -rf ~/old && ls" and "insert" in window.keys.offered


def test_while_it_is_revised_by_voice_it_stays_and_waits(play: Play) -> None:
    window = play(Finished(1, SAFE), StateChanged(State.LISTENING, Purpose.COMMAND))
    assert window.isVisible() and window.keys.offered == ["drop"]
    play(StateChanged(State.IDLE))  # cancelled
    assert "insert" in window.keys.offered


def test_a_question_of_the_model_is_shown_with_nothing_to_put_in(play: Play) -> None:
    window = play(Finished(1, ASKS))
    assert (window.question.text(), window.risk.text()) == ("Which branch?", "● Question")
    assert not window.box.isVisible() and window.keys.offered == ["drop", "again"]


def test_it_goes_when_the_command_waits_no_longer(play: Play) -> None:
    window = play(Finished(7, SAFE))
    play(Finished(8, Inserted("something dictated meanwhile")))
    assert window.isVisible()
    play(Finished(7, Inserted("git status --short")))
    assert not window.isVisible()


def test_what_the_app_refuses_is_said_in_the_panel(play: Play, controls: FakeControls) -> None:
    window = play(Finished(1, SAFE))
    controls.outcome = None
    press(window, Qt.Key.Key_Return)
    assert window.isVisible() and window.note.text() == "No command waits. Say what you want done first."


def test_the_tray_brings_a_waiting_command_back(play: Play, panel: Panel, controls: FakeControls) -> None:
    window = play(Finished(1, SAFE))
    window.hide()
    panel.open()
    assert window.isVisible()


def test_the_piece_that_a_reason_speaks_of_is_marked(play: Play) -> None:
    window = play(Finished(1, WIPE))
    assert window.reasons.text() == "• For good"
    pen = QTextCursor(window.box.document())
    marked = ""
    while not pen.atEnd():
        pen.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        marked += pen.selectedText() if pen.charFormat().fontUnderline() else ""
        pen.clearSelection()
    assert marked == "rm -rf ~/old"


@pytest.mark.parametrize("see_through", [True, False])
def test_nothing_in_it_is_cut(play: Play, controls: FakeControls, see_through: bool) -> None:
    controls.see_through = see_through
    long = "find / " + " ".join(f"-name 'verylongname{n}*' -o" for n in range(20)) + " x" * 300
    reasons = tuple(Reason(f"r{n}", f"Reason {n}: " + "words " * 30, "find") for n in range(3))
    window = play(Finished(1, Proposed(Command(long, "bash", "It " + "does much " * 20, "danger", reasons), "why")))
    press(window, Qt.Key.Key_Tab)
    inside = window.inside().toRect()
    for each in window.findChildren(QWidget):
        if each.isVisible() and each.parentWidget() is window:
            assert inside.contains(each.geometry()), each
    for label in (window.explanation, window.reasons, window.details, window.note):
        assert label.height() >= label.heightForWidth(label.width())
    document = window.box.document()
    # Wrapped, never cut: all of the command is there, and no line is wider than the box.
    assert window.box.toPlainText() == long and document.idealWidth() <= window.box.width()


def test_it_leaves_room_for_the_pill_below(play: Play, controls: FakeControls) -> None:
    window = play(Finished(1, SAFE))
    gap = QGuiApplication.primaryScreen().availableGeometry().bottom() - window.geometry().bottom()
    window.hide()
    controls.change(declared.put(controls.settings(), "look.overlay", "off"))
    window = play(Finished(2, SAFE))
    assert QGuiApplication.primaryScreen().availableGeometry().bottom() - window.geometry().bottom() == gap - 68


@pytest.mark.parametrize(
    "command, seen",
    [
        ("ls -l", "ls -l"),
        ("ls\t-l", "ls⇥-l"),
        ("a\nb", "a⏎\nb"),
        ("a\u00a0b", "a‹U+00A0›b"),
        ("rm \u202e/tmp", "rm ‹U+202E›/tmp"),
        ("a\x1bb", "a␛b"),
        ("ls  ", "ls··"),
        (" ls", "·ls"),
        ("a\ufe0fb", "a‹U+FE0F›b"),
        ("echo 你好", "echo 你好"),
    ],
)
def test_what_cannot_be_seen_is_made_visible(command: str, seen: str) -> None:
    assert "".join(each.text for each in visible.pieces(command)) == seen


@given(st.text(max_size=60))
def test_every_character_of_a_command_is_shown_once_and_in_order(command: str) -> None:
    pieces = visible.pieces(command)
    assert "".join(command[each.start : each.end] for each in pieces) == command
    assert all(each.text for each in pieces)
    assert all(each.text == command[each.start : each.end] for each in pieces if not each.strange)


@given(st.characters(categories=["Cc", "Cf", "Zs", "Zl", "Zp"]))
def test_a_character_without_ink_never_passes_for_nothing(character: str) -> None:
    shown = "".join(each.text for each in visible.pieces(f"a{character}b"))
    assert shown != f"a{character}b" or character == " "
