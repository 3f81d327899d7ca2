"""From the key to the text on Wayland: a key bound in the compositor, the virtual microphone, the real app, foot."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

import pytest

from tests.desktop.bench import Desk
from tests.desktop.compositor import Foot, Sway
from tests.desktop.demo import SHOWCASE, Sentence, showcase
from tests.desktop.editors import wait_until
from tests.desktop.running import App

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("desk"), pytest.mark.timeout(300)]

SENTENCES = showcase(SHOWCASE.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def app(sway: Sway, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    home = tmp_path_factory.mktemp("app")
    (home / "config.toml").write_text('[keys]\ndictate = "off"\ncommand = "off"\n')  # they are the compositor's
    with App(home, "--headless") as app:
        yield app


@pytest.fixture
def foot(sway: Sway) -> Iterator[Foot]:
    made = sway.terminal()
    yield made
    made.close()


def say(desk: Desk, sway: Sway, app: App, sentence: Sentence) -> dict[str, object]:
    """Hold F9, speak, release."""
    earlier = app.last_id()
    holder = subprocess.Popen(["wtype", "-P", "F9", "-s", "600000", "-p", "F9"])
    try:
        wait_until(lambda: sway.calls.read_text() == "start\n", "the compositor to hear the key", 10)
        assert app.call("start").returncode == 0
        desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
    finally:
        holder.terminate()  # its keyboard goes, and with it the key comes up
        holder.wait()
    wait_until(lambda: sway.calls.read_text() == "start\nstop\n", "the compositor to hear the key come up", 10)
    assert app.call("stop").returncode == 0
    sway.calls.write_text("")
    return app.outcome_after(earlier)


@pytest.mark.parametrize("at", [0, 20, 40], ids=["en", "zh", "mixed"])
def test_what_is_said_while_the_bound_key_is_down_stands_at_the_cursor(
    desk: Desk, sway: Sway, app: App, foot: Foot, at: int
) -> None:
    outcome = say(desk, sway, app, SENTENCES[at])
    assert outcome["outcome"] == "inserted", outcome
    foot.stands(SENTENCES[at].written)


def test_a_text_whose_window_has_lost_the_cursor_is_held_and_put_in_where_it_is_wanted(
    desk: Desk, sway: Sway, app: App, foot: Foot
) -> None:
    sentence, earlier = SENTENCES[1], app.last_id()
    assert app.call("start").returncode == 0
    desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
    other = sway.terminal()
    assert app.call("stop").returncode == 0
    outcome = app.outcome_after(earlier)
    assert (outcome["outcome"], outcome["reason"]) == ("held", "Another window has the cursor now")
    assert foot.raw() == other.raw() == b""
    assert app.call("insert-last").returncode == 0
    other.stands(sentence.written)
    assert foot.raw() == b""
    assert app.call("undo").returncode == 0
    wait_until(lambda: other.raw().endswith(b"\x7f" * len(sentence.written)), "the backspaces", 10)
    other.close()


def test_the_window_is_brought_back_where_the_user_wants_that(desk: Desk, sway: Sway, app: App, foot: Foot) -> None:
    app.call("config", "set", "insert.bring_back", "true")
    sentence, earlier = SENTENCES[2], app.last_id()
    assert app.call("start").returncode == 0
    desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
    other = sway.terminal()
    assert app.call("stop").returncode == 0
    assert app.outcome_after(earlier)["outcome"] == "inserted"
    app.call("config", "set", "insert.bring_back", "false")
    foot.stands(sentence.written)
    assert other.raw() == b""
    other.close()


def test_the_doctor_says_how_keys_and_clipboard_are_reached(app: App, foot: Foot) -> None:
    said = [json.loads(line) for line in app.call("doctor", "--json").stdout.splitlines()]
    found = {each["part"]: each for each in said}
    assert found["session"]["message"] == "wayland"
    assert found["typing"]["verdict"] == "fine"
    assert "virtual keyboard" in found["typing"]["message"] and "given back" in found["typing"]["message"]
    front = json.loads(app.call("doctor", "--insertion", "--json").stdout)
    assert (front["app"], front["kind"], front["method"]) == ("foot", "terminal", "paste")
