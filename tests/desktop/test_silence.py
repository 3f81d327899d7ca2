"""Nothing is typed for what a room, a desk and a body can sound like, and the reason is said; and text put in early.

The app, the keys and the windows are real; the sounds are made, and go through the virtual microphone.
"""

from __future__ import annotations

import json
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dictation.core.types import RATE
from tests.desktop.bench import RIGHT_CTRL, Desk
from tests.desktop.demo import SHOWCASE, keyboard_noise, showcase
from tests.desktop.editors import Editor
from tests.desktop.running import App
from tests.engines import made

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(600)]

SENTENCES = [each for each in showcase(SHOWCASE.read_text(encoding="utf-8").splitlines()) if each.language == "en"]
SOUNDS = ("fan", "hum", "music", "coughs", "keys", "breath", "rain", "buzz", "clicks", "bump")


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("app"), "--headless") as app:
        yield app


@pytest.fixture(scope="module")
def paper(desk: Desk) -> Iterator[Editor]:
    paper = desk.open("gtk")
    yield paper
    paper.close()


def sound_file(desk: Desk, kind: str, seconds: float, db: float) -> Path:
    """A made noise as a sound file."""
    samples = made.noise(kind, seconds, db)
    path = desk.dir / f"{kind}{db}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def hold(desk: Desk, app: App, sound: Path) -> dict[str, object]:
    earlier = app.last_id()
    desk.key_down(RIGHT_CTRL)
    desk.play(sound)
    desk.key_up(RIGHT_CTRL)
    return app.outcome_after(earlier)


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_sound_without_words_types_nothing_and_says_why(desk: Desk, app: App, paper: Editor, kind: str) -> None:
    paper.focus()
    paper.clear()
    outcome = hold(desk, app, sound_file(desk, kind, 2.0, -35))
    assert (outcome["outcome"], outcome["text"]) == ("silent", "")
    assert outcome["reason"] in ("no_voice", "too_short")  # a scrap of music may pass for a voice, and is too short
    assert paper.text() == ""


def test_typing_noise_types_nothing(desk: Desk, app: App, paper: Editor) -> None:
    paper.focus()
    outcome = hold(desk, app, keyboard_noise(desk.dir / "typing.wav"))
    assert (outcome["outcome"], outcome["reason"]) == ("silent", "no_voice")
    assert paper.text() == ""


def test_a_muted_microphone_is_called_that(desk: Desk, app: App, paper: Editor) -> None:
    paper.focus()
    outcome = hold(desk, app, sound_file(desk, "zero", 1.0, -35))
    assert (outcome["outcome"], outcome["reason"]) == ("silent", "microphone_silent")
    assert "muted" in str(outcome["note"])
    assert paper.text() == ""


def test_a_tap_that_begins_and_ends_at_once_is_too_short(desk: Desk, app: App) -> None:
    earlier = app.last_id()
    app.call("start")
    app.wait_for(lambda status: status["state"] == "listening", "listening")
    app.call("stop")
    assert app.outcome_after(earlier)["reason"] in ("too_short", "microphone_silent", "no_voice")


def test_the_last_silent_recording_can_be_transcribed_anyway(desk: Desk, app: App, paper: Editor) -> None:
    paper.focus()
    hold(desk, app, sound_file(desk, "rain", 1.0, -40))
    last = app.last_id()
    before = (app.status()["last"], paper.text())
    tried = app.call("anyway")
    again = app.status()["last"]
    assert again["id"] == last and again != before[0]
    assert (tried.returncode == 0) == (again["outcome"] == "inserted"), tried.stderr
    # The built-in model hears nothing or something in rain; it is the model that was asked.
    assert again["outcome"] in ("silent", "inserted")


def test_doctor_measures_the_room(desk: Desk, app: App) -> None:
    player = desk.start_playing(sound_file(desk, "pink", 8.0, -50))
    done = app.call("doctor", "--microphone", "--json")
    player.kill()
    found = json.loads(done.stdout)
    assert found["part"] == "room"
    assert found["verdict"] in ("fine", "note")
    assert -60 < found["level_dbfs"] < -40
    assert 0.5 <= found["threshold"] <= 0.9


def test_committed_words_are_typed_while_it_still_listens(desk: Desk, app: App, paper: Editor) -> None:
    assert app.call("config", "set", "insert.when", "pause").returncode == 0
    try:
        paper.focus()
        paper.clear()
        earlier = app.last_id()
        # A tap: what is typed while Right Ctrl is down would be shortcuts, so there it waits for the release.
        desk.key_down(RIGHT_CTRL)
        desk.key_up(RIGHT_CTRL)
        app.wait_for(lambda status: status["state"] == "listening", "listening")
        for each in SENTENCES[:3]:
            desk.play(desk.say(each.text, each.language, each.voice, each.speed))
        desk.play(sound_file(desk, "zero", 3.5, -90))
        early = paper.wait_for(lambda text: bool(text), timeout=20)
        assert app.status()["state"] == "listening"
        desk.play(desk.say(SENTENCES[3].text, "en", SENTENCES[3].voice, SENTENCES[3].speed))
        desk.key_down(RIGHT_CTRL)
        desk.key_up(RIGHT_CTRL)
        outcome = app.outcome_after(earlier)
        whole = paper.wait_for(str(outcome["text"]))
        assert whole.startswith(early) and len(whole) > len(early)
        assert whole == app.call("last").stdout.rstrip("\n")
        assert app.call("undo").returncode == 0
        assert paper.wait_for("") == ""
    finally:
        app.call("config", "set", "insert.when", "release")


def test_a_held_modifier_keeps_the_text_for_the_release(desk: Desk, app: App, paper: Editor) -> None:
    assert app.call("config", "set", "insert.when", "pause").returncode == 0
    try:
        paper.focus()
        paper.clear()
        earlier = app.last_id()
        desk.key_down(RIGHT_CTRL)
        for each in SENTENCES[:2]:
            desk.play(desk.say(each.text, each.language, each.voice, each.speed))
        desk.play(sound_file(desk, "zero", 3.5, -90))
        assert paper.text() == ""
        desk.key_up(RIGHT_CTRL)
        outcome = app.outcome_after(earlier)
        assert outcome["outcome"] == "inserted"
        assert paper.wait_for(str(outcome["text"]))
    finally:
        desk.key_up(RIGHT_CTRL)
        app.call("config", "set", "insert.when", "release")
