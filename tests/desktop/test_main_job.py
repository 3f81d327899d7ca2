"""From the key to the text: keys held with xdotool, speech through the virtual microphone, real windows, real app."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.bench import RIGHT_CTRL, ROOT, Desk
from tests.desktop.demo import SHOWCASE, Sentence, keyboard_noise, showcase
from tests.desktop.editors import Editor, wait_until
from tests.desktop.running import App

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(600)]

SENTENCES = showcase(SHOWCASE.read_text(encoding="utf-8").splitlines())
APPS = ("xterm", "gtk", "qt", "chromium")
AUDIO = ROOT.parent / "shared" / "data" / "audio"


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("app"), "--headless") as app:
        yield app


@pytest.fixture(scope="module")
def papers(desk: Desk) -> Iterator[dict[str, Editor]]:
    opened: dict[str, Editor] = {}
    yield opened
    for each in opened.values():
        each.close()


def take(desk: Desk, papers: dict[str, Editor], name: str) -> Editor:
    """The editor, opened once, focused and empty."""
    if name not in papers:
        papers[name] = desk.open(name)
    papers[name].focus()
    papers[name].clear()
    return papers[name]


def hold_and_say(desk: Desk, app: App, *sentences: Sentence) -> dict[str, object]:
    """Hold the key, speak, release; how it ended."""
    earlier = app.last_id()
    desk.key_down(RIGHT_CTRL)
    for each in sentences:
        desk.play(desk.say(each.text, each.language, each.voice, each.speed))
    desk.key_up(RIGHT_CTRL)
    return app.outcome_after(earlier)


def test_the_showcase_has_twenty_sentences_of_each_kind() -> None:
    kinds = [each.language for each in SENTENCES]
    assert {kind: kinds.count(kind) for kind in kinds} == {"en": 20, "zh": 20, "mixed": 20}


@pytest.mark.parametrize("name", APPS)
def test_what_is_said_stands_at_the_cursor(desk: Desk, app: App, papers: dict[str, Editor], name: str) -> None:
    paper = take(desk, papers, name)
    said, typed = [], []
    # Every app gets five sentences of each kind; together they get all sixty.
    for sentence in SENTENCES[APPS.index(name) :: len(APPS)]:
        paper.clear()
        outcome = hold_and_say(desk, app, sentence)
        assert outcome["outcome"] == "inserted", (sentence.text, outcome)
        said.append(sentence.written)
        typed.append(paper.wait_for(lambda text: bool(text)))
    assert typed == said


def test_the_key_in_silence_types_nothing_and_says_why(desk: Desk, app: App, papers: dict[str, Editor]) -> None:
    paper = take(desk, papers, "xterm")
    earlier = app.last_id()
    desk.key_down(RIGHT_CTRL)
    app.wait_for(lambda status: status["state"] == "listening", "the recording")
    with pytest.raises(TimeoutError):
        app.wait_for(lambda status: status["state"] != "listening", "nothing", seconds=1.0)
    desk.key_up(RIGHT_CTRL)
    outcome = app.outcome_after(earlier)
    assert (outcome["outcome"], outcome["text"]) == ("silent", "")
    assert outcome["reason"] in ("microphone_silent", "no_voice")
    assert paper.text() == ""


def test_keyboard_noise_types_nothing(desk: Desk, app: App, papers: dict[str, Editor]) -> None:
    paper = take(desk, papers, "xterm")
    earlier = app.last_id()
    desk.key_down(RIGHT_CTRL)
    desk.play(keyboard_noise(desk.dir / "noise.wav"))
    desk.key_up(RIGHT_CTRL)
    assert app.outcome_after(earlier)["reason"] == "no_voice"
    assert paper.text() == ""


def test_killing_the_engine_in_the_middle_still_brings_the_text(
    desk: Desk, app: App, papers: dict[str, Editor]
) -> None:
    paper, sentence, earlier = take(desk, papers, "qt"), SENTENCES[0], app.last_id()
    desk.key_down(RIGHT_CTRL)
    player = desk.start_playing(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
    engine = app.wait_for(lambda status: status["state"] == "listening" and status["engine_pid"], "listening")[
        "engine_pid"
    ]
    os.kill(engine, signal.SIGKILL)
    player.wait()
    desk.key_up(RIGHT_CTRL)
    assert app.outcome_after(earlier)["outcome"] == "inserted"
    assert paper.wait_for(sentence.written) == sentence.written
    assert app.status()["engine_pid"] != engine


def test_a_tap_listens_until_the_next_tap(desk: Desk, app: App, papers: dict[str, Editor]) -> None:
    paper, sentence, earlier = take(desk, papers, "gtk"), SENTENCES[1], app.last_id()
    desk.key_down(RIGHT_CTRL)
    desk.key_up(RIGHT_CTRL)
    app.wait_for(lambda status: status["state"] == "listening", "listening")
    desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
    assert app.status()["state"] == "listening"
    desk.key_down(RIGHT_CTRL)
    desk.key_up(RIGHT_CTRL)
    app.outcome_after(earlier)
    assert paper.wait_for(sentence.written) == sentence.written


def test_escape_throws_the_recording_away(desk: Desk, app: App, papers: dict[str, Editor]) -> None:
    paper, sentence = take(desk, papers, "gtk"), SENTENCES[2]
    desk.key_down(RIGHT_CTRL)
    desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
    desk.tap("Escape")
    app.wait_for(lambda status: status["state"] == "idle", "idle")
    desk.key_up(RIGHT_CTRL)
    with pytest.raises(TimeoutError):
        paper.wait_for(lambda text: bool(text), timeout=1.5)


def test_a_shortcut_with_the_key_is_a_shortcut_and_no_recording(
    desk: Desk, app: App, papers: dict[str, Editor]
) -> None:
    paper, sentence, earlier = take(desk, papers, "gtk"), SENTENCES[3], app.last_id()
    hold_and_say(desk, app, sentence)
    paper.wait_for(sentence.written)
    last = app.last_id()
    assert last > earlier
    desk.key_down(RIGHT_CTRL)
    desk.tap("a")
    desk.key_up(RIGHT_CTRL)
    app.wait_for(lambda status: status["state"] == "idle", "idle")
    desk.tap("BackSpace")
    assert paper.wait_for("") == ""
    assert app.last_id() == last


def test_calls_do_what_the_key_does(desk: Desk, app: App, papers: dict[str, Editor]) -> None:
    paper, sentence, earlier = take(desk, papers, "xterm"), SENTENCES[4], app.last_id()
    assert app.call("toggle").returncode == 0
    app.wait_for(lambda status: status["state"] == "listening", "listening")
    desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
    assert app.call("toggle").returncode == 0
    app.outcome_after(earlier)
    assert paper.wait_for(sentence.written) == sentence.written
    assert app.call("last").stdout == sentence.written + "\n"
    paper.clear()
    assert app.call("insert-last").returncode == 0
    assert paper.wait_for(sentence.written) == sentence.written


def test_undo_takes_back_exactly_what_was_put_in(desk: Desk, app: App, papers: dict[str, Editor]) -> None:
    paper = take(desk, papers, "gtk")
    for key in ("k", "e", "p", "t"):
        desk.tap(key)
    paper.wait_for("kept")
    sentence = next(each for each in SENTENCES if each.language == "mixed")
    hold_and_say(desk, app, sentence)
    paper.wait_for("kept" + sentence.written)
    assert app.call("undo").returncode == 0
    assert paper.wait_for("kept") == "kept"


def test_the_clipboard_is_given_back(desk: Desk, app: App, papers: dict[str, Editor]) -> None:
    take(desk, papers, "qt")
    subprocess.run(["xclip", "-selection", "clipboard", "-i"], input="mine, 我的", text=True, check=True)
    hold_and_say(desk, app, SENTENCES[5])
    papers["qt"].wait_for(SENTENCES[5].written)
    # It comes back a moment after the window has read the text.
    wait_until(lambda: clipboard() == "mine, 我的", "the old clipboard", 5)


def clipboard() -> str:
    """What Ctrl+V would paste now; empty while nobody has the clipboard."""
    call = ["xclip", "-selection", "clipboard", "-o"]
    return subprocess.run(call, capture_output=True, text=True, timeout=10).stdout


def test_words_stay_out_of_a_window_that_took_the_focus(desk: Desk, app: App, papers: dict[str, Editor]) -> None:
    first, second, sentence = take(desk, papers, "gtk"), take(desk, papers, "qt"), SENTENCES[6]
    first.focus()
    earlier = app.last_id()
    desk.key_down(RIGHT_CTRL)
    desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
    second.focus()
    desk.key_up(RIGHT_CTRL)
    outcome = app.outcome_after(earlier)
    assert (outcome["outcome"], outcome["text"]) == ("held", sentence.written)
    assert (first.text(), second.text()) == ("", "")


def test_a_second_start_asks_the_first_and_says_so(app: App) -> None:
    done = app.call("run", "--headless")
    assert done.returncode == 0
    assert "running already" in done.stderr and "no window" in done.stderr


def test_who_wants_the_window_of_an_app_without_one_is_told_so(app: App) -> None:
    for words in (("settings",), ("run",), ()):
        done = app.call(*words)
        assert done.returncode == 1 and "without windows" in done.stderr and "Traceback" not in done.stderr


def test_a_recording_of_an_app_that_crashed_is_offered_and_never_typed(
    desk: Desk, papers: dict[str, Editor], tmp_path: Path
) -> None:
    paper, sentence = take(desk, papers, "xterm"), SENTENCES[7]
    # The right Ctrl of this desktop belongs to the other app; this one has its own key.
    with App(tmp_path, "--headless", environment={"DICTATION_HOTKEYS": "none"}) as app:
        app.call("start")
        app.wait_for(lambda status: status["state"] == "listening", "listening")
        desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
        app.kill()
    with App(tmp_path, "--headless", environment={"DICTATION_HOTKEYS": "none"}) as app:
        status = app.wait_for(lambda status: status["last"], "the recovered text")
        assert status["last"]["text"] == sentence.written
        assert paper.text() == ""
        app.call("insert-last")
        assert paper.wait_for(sentence.written) == sentence.written
    assert list((tmp_path / "spool").iterdir()) == []


@pytest.mark.skipif(not AUDIO.is_dir(), reason="recordings of real people are not part of the project")
def test_real_keyboards_type_nothing(desk: Desk, app: App, papers: dict[str, Editor]) -> None:
    paper = take(desk, papers, "xterm")
    clips = sorted((AUDIO / "noise").glob("nz-keystroke-*.flac"))[:3]
    assert clips
    for clip in clips:
        earlier = app.last_id()
        desk.key_down(RIGHT_CTRL)
        desk.play(clip)
        desk.key_up(RIGHT_CTRL)
        assert app.outcome_after(earlier)["outcome"] == "silent", clip.name
    assert paper.text() == ""
