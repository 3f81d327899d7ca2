"""Owns the proof of what the pill says, when it is there, where it stands, and that it costs nothing unseen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.commands import Command
from dictation.core.errors import CommandError, MicrophoneError, ModelError, RewriteError
from dictation.core.events import Progress
from dictation.core.hearing import gate
from dictation.core.hearing.pipeline import PARKED
from dictation.core.types import (
    Degraded,
    Dropped,
    Event,
    Failed,
    Finished,
    Held,
    Inserted,
    Notice,
    Proposed,
    Purpose,
    Silent,
    State,
    StateChanged,
)
from dictation.ui.bridge import Bridge
from dictation.ui.fields.level_meter import BARS, DEAF_AFTER, LevelMeter, height
from dictation.ui.look import style
from dictation.ui.overlay import overlay_text
from dictation.ui.overlay.overlay import Overlay
from dictation.ui.overlay.overlay_text import Message, Sign
from dictation.ui.overlay.pill import MOST_TEXT, Pill, lines
from dictation.ui.overlay.surface import EDGE, screen_at
from tests.ui.fake_controls import FakeControls

LISTENING, THINKING, IDLE = StateChanged(State.LISTENING), StateChanged(State.THINKING), StateChanged(State.IDLE)
GONE = MicrophoneError("gone", "The microphone is gone", "Plug it in.")


@pytest.fixture
def overlay(qtbot: QtBot, bridge: Bridge) -> Iterator[Overlay]:
    """The overlay, following the app."""
    pill = Overlay(bridge)
    yield pill
    pill.close()


class Play:
    """The app tells, one after the other; the windows have heard."""

    def __init__(self, qtbot: QtBot, bridge: Bridge, controls: FakeControls) -> None:
        self._qtbot, self._bridge, self._controls = qtbot, bridge, controls

    def __call__(self, *events: Event) -> None:
        for event in events:
            with self._qtbot.waitSignal(self._bridge.told):
                self._controls.tell(event)


@pytest.fixture
def play(qtbot: QtBot, bridge: Bridge, controls: FakeControls) -> Play:
    """Tells events."""
    return Play(qtbot, bridge, controls)


def shown(overlay: Overlay) -> Message | None:
    """What the pill says; None when it is not there."""
    if overlay.window is None or not overlay.window.isVisible():
        return None
    assert overlay.window.pill is not None
    return overlay.window.pill.message


def running(overlay: Overlay) -> int:
    """How many of its timers run."""
    return sum(timer.isActive() for timer in overlay.findChildren(QTimer))


def test_the_pill_ticks_what_has_arrived_and_no_more(overlay: Overlay, play: Play) -> None:
    for seen, sign in ((True, Sign.CHECK), (False, Sign.SENT)):
        play(LISTENING, THINKING, Finished(1, Inserted("hi", seen=seen)), IDLE)
        last = shown(overlay)
        assert last is not None and last.sign is sign


def test_the_pill_follows_an_utterance_from_the_key_to_the_text(overlay: Overlay, play: Play) -> None:
    assert shown(overlay) is None
    play(LISTENING)
    assert shown(overlay) == Message(Sign.METER, "Listening")
    play(Progress(1, "We deploy"))
    assert shown(overlay) == Message(Sign.METER, "We deploy")
    play(THINKING)
    assert shown(overlay) == Message(Sign.DOTS, "We deploy")
    play(Finished(1, Inserted("We deploy it.")), IDLE)
    last = shown(overlay)
    assert last is not None and (last.sign, last.text) == (Sign.SENT, "We deploy it.")


def test_nothing_runs_while_it_is_not_seen(qtbot: QtBot, overlay: Overlay, play: Play) -> None:
    assert running(overlay) == 0
    play(LISTENING)
    assert running(overlay) == 2, "the level, and the seconds"
    play(THINKING)
    assert running(overlay) == 1
    play(Finished(1, Dropped()), IDLE)
    assert (shown(overlay), running(overlay)) == (None, 0)
    play(LISTENING, IDLE)  # cancelled while speaking
    assert (shown(overlay), running(overlay)) == (None, 0)


def test_a_result_goes_away_by_itself(qtbot: QtBot, overlay: Overlay, play: Play) -> None:
    play(LISTENING, THINKING, Finished(1, Inserted("hi")), IDLE)
    overlay._leave.start(1)
    qtbot.waitUntil(lambda: shown(overlay) is None)
    assert running(overlay) == 0


def test_the_meter_shows_the_real_level_and_asks_for_it_only_while_listening(
    qtbot: QtBot, overlay: Overlay, play: Play, controls: FakeControls
) -> None:
    controls.loudness = 0.4
    play(LISTENING)
    qtbot.waitUntil(lambda: overlay._meter._levels[-1] == height(0.4))
    play(THINKING)
    before = controls.asked.count("level")
    play(Finished(1, Inserted("hi")), IDLE)
    overlay._leave.start(30)
    qtbot.waitUntil(lambda: shown(overlay) is None)
    assert controls.asked.count("level") == before


def test_a_muted_microphone_is_said_while_one_still_speaks(
    qtbot: QtBot, overlay: Overlay, play: Play, controls: FakeControls
) -> None:
    play(LISTENING)
    overlay._poll.setInterval(1)
    qtbot.waitUntil(lambda: (said := shown(overlay)) is not None and "muted" in said.hint)
    controls.loudness = 0.1
    qtbot.waitUntil(lambda: shown(overlay) == Message(Sign.METER, "Listening"))


@pytest.mark.parametrize(
    "reason, words",
    [
        ("no_voice", "Nothing heard: no voice"),
        ("too_short", "Nothing heard: too short"),
        ("phantom", "Nothing typed: only noise, which sounded like a stock phrase"),
        ("echo", "Nothing typed: only the hint words came back"),
        ("impossible_rate", "Nothing typed: more words than can be said in that time"),
        ("loop", "Nothing typed: the same words over and over"),
    ],
)
def test_silence_says_why_and_names_the_way_out(overlay: Overlay, play: Play, reason: str, words: str) -> None:
    play(LISTENING, THINKING, Finished(1, Silent(reason)), IDLE)
    message = shown(overlay)
    assert message is not None and (message.sign, message.text) == (Sign.SILENT, words)
    assert message.hint == "Ctrl+Alt+V transcribes it anyway"
    assert message.actions == (("anyway", "Transcribe anyway"),)


@pytest.mark.parametrize("note", [gate.MUTED, gate.FAINT])
def test_a_microphone_that_hears_nothing_is_told_from_one_that_hears_too_little(
    overlay: Overlay, play: Play, note: str
) -> None:
    play(LISTENING, THINKING, Finished(1, Silent("microphone_silent", note)), IDLE)
    message = shown(overlay)
    # What it did not hear cannot be transcribed anyway.
    assert message is not None and (message.text, message.hint) == ("Nothing heard", note)


def test_a_kept_text_is_shown_with_the_way_to_put_it_in(overlay: Overlay, play: Play) -> None:
    play(LISTENING, THINKING, Finished(1, Held("git push", "Another window has the cursor now")), IDLE)
    message = shown(overlay)
    assert message is not None and (message.sign, message.text) == (Sign.KEPT, "git push")
    assert message.hint == "Another window has the cursor now. Ctrl+Alt+V inserts it where the cursor is."
    assert message.actions == (("insert", "Insert"), ("copy", "Copy"))


def test_a_text_that_was_stopped_says_how_it_is_deleted(overlay: Overlay, play: Play) -> None:
    play(LISTENING, THINKING, Finished(1, Held("git push", PARKED)), IDLE)
    message = shown(overlay)
    assert message is not None and message.hint.startswith("Kept, not typed. Esc again deletes it. Ctrl+Alt+V")


def test_without_a_model_the_pill_says_so_and_offers_one(overlay: Overlay, play: Play, controls: FakeControls) -> None:
    asked: list[str] = []
    overlay.asked.connect(asked.append)
    play(Finished(1, Failed(ModelError("no-model", "There is no speech model on this computer yet", "Get one."))))
    message = shown(overlay)
    assert message is not None and "is kept" in message.hint and "Ctrl+Alt+V downloads one." in message.hint
    assert [name for name, _ in message.actions] == ["download", "models"]
    assert overlay.window is not None
    overlay.window.clicked.emit("download")
    assert asked == ["download"] and shown(overlay) is None


def test_a_request_that_nobody_knows_shows_examples_and_the_way_to_a_language_model(
    overlay: Overlay, play: Play
) -> None:
    play(Finished(1, Failed(CommandError("no-command", "No command is known for 'x'", "Say it."), "x", "do the thing")))
    message = shown(overlay)
    assert message is not None and message.text == "No command is known for: do the thing"
    assert message.hint.count("“") == 3 and message.actions == (("ai", "Set up AI"),)


def test_what_the_pill_offers_is_done_by_a_click_that_takes_no_focus(
    qtbot: QtBot, overlay: Overlay, play: Play, controls: FakeControls
) -> None:
    play(LISTENING, THINKING, Finished(1, Held("git push", "Another window has the cursor now")), IDLE)
    window = overlay.window
    assert window is not None and window.pill is not None
    flags = window.windowFlags()
    assert not flags & Qt.WindowType.WindowTransparentForInput and flags & Qt.WindowType.WindowDoesNotAcceptFocus
    places = {name: window.pill._button_place(window.inside(), place) for name, place, _ in window.pill.buttons}
    for place in places.values():
        assert window.inside().contains(place), "the row stands inside the pill"
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=places["copy"].center().toPoint())
    assert QGuiApplication.clipboard().text() == "git push" and shown(overlay) is None
    play(Finished(2, Held("git pull", "Another window has the cursor now")))
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=places["insert"].center().toPoint())
    assert controls.asked[-1] == "insert_last"
    play(Finished(3, Silent("no_voice")))
    window.clicked.emit("anyway")
    assert controls.asked[-1] == "anyway"
    play(LISTENING)
    assert window.windowFlags() & Qt.WindowType.WindowTransparentForInput


def test_seconds_mode_and_program_are_shown_while_listening(
    overlay: Overlay, play: Play, controls: FakeControls
) -> None:
    controls.target = "xterm"
    play(LISTENING, Progress(1, "We deploy"))
    overlay._count()
    overlay._count()
    assert shown(overlay) == Message(Sign.METER, "We deploy", "0:02 · Dictation → xterm")
    play(StateChanged(State.LISTENING, Purpose.COMMAND))
    assert shown(overlay) == Message(Sign.METER, "Say what you want done"), "a new one begins at none"
    overlay._count()
    message = shown(overlay)
    assert message is not None and message.hint == "0:01 · Command → xterm"


def test_a_failure_says_what_to_do_and_whether_the_words_are_kept(overlay: Overlay, play: Play) -> None:
    play(Finished(1, Failed(GONE)))
    assert shown(overlay) == Message(
        Sign.ALERT, "The microphone is gone", "Plug it in.", 8.0, (("settings", "Settings"),)
    )
    play(Finished(2, Failed(GONE, "some words")))
    message = shown(overlay)
    assert message is not None and "Ctrl+Alt+V" in message.hint and "Plug it in." in message.hint


def test_a_text_without_the_polish_says_so(overlay: Overlay, play: Play) -> None:
    play(LISTENING, THINKING, Degraded(1, RewriteError("slow", "The model did not answer in 2.5 s", "x")))
    play(Finished(1, Inserted("hi")), IDLE)
    assert shown(overlay) == Message(Sign.SENT, "hi", "The model did not answer in 2.5 s", 4.0)
    play(LISTENING, THINKING, Finished(2, Inserted("ho")), IDLE)
    assert shown(overlay) == Message(Sign.SENT, "ho", "", 1.6)


def test_who_speaks_again_sees_his_level_and_not_how_the_last_one_ended(overlay: Overlay, play: Play) -> None:
    play(LISTENING, THINKING, LISTENING, Finished(1, Inserted("the first")))
    assert shown(overlay) == Message(Sign.METER, "Listening")
    play(THINKING, Finished(2, Inserted("the second")), IDLE)
    message = shown(overlay)
    assert message is not None and message.text == "the second"


def test_a_command_is_left_to_the_panel(overlay: Overlay, play: Play) -> None:
    play(StateChanged(State.LISTENING, Purpose.COMMAND))
    assert shown(overlay) == Message(Sign.METER, "Say what you want done")
    play(THINKING, Finished(1, Proposed(Command("ls", "bash"), "No terminal has the cursor")), IDLE)
    assert shown(overlay) is None


def test_a_notice_is_said_by_the_pill_only_where_no_tray_can_say_it(
    overlay: Overlay, play: Play, bridge: Bridge
) -> None:
    play(Notice(GONE))
    assert shown(overlay) is None
    bridge.silent = True
    play(Notice(GONE))
    assert shown(overlay) == Message(Sign.ALERT, "The microphone is gone", "Plug it in.", 8.0)


def test_switched_off_it_is_never_there_and_switched_off_while_it_is_there_it_goes(
    qtbot: QtBot, overlay: Overlay, play: Play, controls: FakeControls
) -> None:
    play(LISTENING)
    assert shown(overlay) is not None
    controls.change(declared.put(controls.settings(), "look.overlay", "off"))
    qtbot.waitUntil(lambda: shown(overlay) is None)
    play(THINKING, Finished(1, Inserted("hi")), IDLE, LISTENING)
    assert (shown(overlay), running(overlay), overlay.working()) == (None, 0, False)


def test_without_motion_nothing_moves_and_nothing_is_measured(
    overlay: Overlay, play: Play, controls: FakeControls
) -> None:
    controls.change(declared.put(controls.settings(), "look.motion", False))
    play(LISTENING)
    assert shown(overlay) is not None and running(overlay) == 1, "the seconds alone"
    play(THINKING)
    assert shown(overlay) is not None and running(overlay) == 0
    assert "level" not in controls.asked


def test_on_wayland_there_is_no_pill(overlay: Overlay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland-egl"))
    play(LISTENING)
    assert (shown(overlay), running(overlay), overlay.working()) == (None, 0, False)


@pytest.mark.parametrize("where", ["bottom", "top"])
@pytest.mark.parametrize("see_through", [True, False])
def test_it_stands_in_the_middle_near_the_wanted_edge(
    overlay: Overlay, play: Play, controls: FakeControls, where: str, see_through: bool
) -> None:
    controls.see_through = see_through
    if where == "top":
        controls.change(declared.put(controls.settings(), "look.overlay", where))
    play(LISTENING)
    assert overlay.window is not None
    area = QGuiApplication.primaryScreen().availableGeometry()
    inside = overlay.window.inside().toRect().translated(overlay.window.geometry().topLeft())
    assert abs(inside.center().x() - area.center().x()) <= 1
    edge = area.bottom() - inside.bottom() if where == "bottom" else inside.top() - area.top()
    assert edge == EDGE
    assert overlay.window.mask().isEmpty() is see_through


class Screen:
    """A screen as Qt describes it: its corner as the desktop has it, its size scaled."""

    def __init__(self, left: int, top: int, width: int, height: int, scale: float) -> None:
        self._place, self._scale = QRect(left, top, width, height), scale

    def geometry(self) -> QRect:
        return self._place

    def devicePixelRatio(self) -> float:
        return self._scale


def test_the_screen_is_the_one_with_the_window_that_has_the_cursor(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, right = Screen(0, 0, 1920, 1080, 2.0), Screen(3840, 0, 1920, 1080, 1.0)
    monkeypatch.setattr(QGuiApplication, "screens", staticmethod(lambda: [left, right]))
    found: list[object] = [screen_at((3800, 2000)), screen_at((3850, 100))]
    assert found == [left, right]  # in its own pixels the left one is 3840 x 2160
    monkeypatch.undo()
    assert screen_at((99_999, 0)) is QGuiApplication.primaryScreen()
    assert screen_at(None) is QGuiApplication.primaryScreen()


def test_the_pill_can_neither_be_clicked_nor_get_the_focus(overlay: Overlay, play: Play) -> None:
    play(LISTENING)
    assert overlay.window is not None
    flags = overlay.window.windowFlags()
    assert flags & Qt.WindowType.WindowTransparentForInput and flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert overlay.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert overlay.window.accessibleDescription() == "Listening"


def test_what_fits_is_shown_whole_and_of_what_does_not_the_newest_words(qtbot: QtBot) -> None:
    font = style.font()
    assert lines("short", font, 300, 2, tail=True) == ["short"]
    long = "我们先把服务部署到测试环境。" * 20 + "最后一句"
    growing = lines(long, font, 300, 2, tail=True)
    assert len(growing) == 2 and growing[0].startswith("…") and growing[-1].endswith("最后一句")
    done = lines(long, font, 300, 2)
    assert len(done) == 2 and done[0].startswith("我们") and done[-1].endswith("…")
    assert lines(" \n ", font, 300, 2) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=300), tail=st.booleans())
def test_no_text_is_wider_than_the_pill(qtbot: QtBot, text: str, tail: bool) -> None:
    font = style.font(1.1)
    for line in lines(text, font, MOST_TEXT, 2, tail):
        assert QFontMetricsF(font).horizontalAdvance(line) <= MOST_TEXT + 12


def test_every_message_fits_a_small_screen(qtbot: QtBot) -> None:
    hint = "Another window has the cursor now. Insert here or copy: tray menu, or `dictation insert-last`"
    pill = Pill(Message(Sign.KEPT, "x" * 500, hint), Purpose.DICTATE, 300)
    assert pill.size.width() <= 300 + 80
    one = Pill(Message(Sign.KEPT, "x", "short"), Purpose.DICTATE, 300)
    assert pill.size.height() > one.size.height()


def test_the_meter_is_flat_in_silence_full_in_a_loud_voice_and_deaf_after_a_while() -> None:
    meter = LevelMeter()
    assert (height(0.0), height(0.001), height(1.0)) == (0.0, 0.0, 1.0)
    assert 0.4 < height(0.05) < height(0.2) < 1.0
    for _ in range(DEAF_AFTER - 1):
        assert not meter.take(0.0)  # nothing to paint

    def deaf_after(peak: float) -> bool:
        meter.take(peak)
        return meter.deaf

    assert [meter.deaf, deaf_after(0.0), deaf_after(0.5)] == [False, True, False]
    meter.clear()
    assert list(meter._levels) == [0.0] * BARS


@pytest.mark.parametrize("colours", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_every_colour_of_text_can_be_read_on_both_grounds(colours: style.Colours) -> None:
    for name in ("text", "muted", "listening", "command", "thinking", "good", "caution", "danger"):
        for ground in (colours.surface, colours.sunk):
            assert contrast(getattr(colours, name), ground) >= 4.5, (name, ground)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""

    def part(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    def light(name: str) -> float:
        colour = QColor(name)
        return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF())

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_colours_follow_the_desktop(qtbot: QtBot) -> None:
    before = QGuiApplication.palette()
    QGuiApplication.setPalette(QPalette(QColor("#222222")))
    assert style.colours() is style.DARK
    QGuiApplication.setPalette(QPalette(QColor("#eeeeee")))
    assert style.colours() is style.LIGHT
    QGuiApplication.setPalette(before)


def test_every_outcome_has_something_to_say_or_nothing_on_purpose() -> None:
    assert overlay_text.outcome(Dropped()) is None
    assert overlay_text.outcome(Silent("something_new")) is not None
