"""The last text in real windows: held, put in where it is wanted, taken back, swapped for what was heard."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from dictation.app.take.last_text import OURS_SECONDS
from tests.desktop.bench import RIGHT_CTRL, Desk
from tests.desktop.demo import SHOWCASE, Sentence, showcase
from tests.desktop.editors import Editor, wait_until
from tests.desktop.running import App

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

SENTENCES = showcase(SHOWCASE.read_text(encoding="utf-8").splitlines())
CHANGED = next(each for each in SENTENCES if each.written != each.text)

Open = Callable[[str], Editor]


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("app"), "--headless") as app:
        yield app


def hold_and_say(desk: Desk, app: App, sentence: Sentence, meanwhile: Callable[[], object] = lambda: None) -> str:
    """Hold the key, speak, do something, release; how it ended."""
    earlier = app.last_id()
    desk.key_down(RIGHT_CTRL)
    desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
    meanwhile()
    desk.key_up(RIGHT_CTRL)
    return str(app.outcome_after(earlier)["outcome"])


def stays(paper: Editor, text: str) -> None:
    """Nothing changes there."""
    with pytest.raises(TimeoutError):
        paper.wait_for(lambda now: now != text, timeout=1.0)


def test_a_held_text_is_put_in_where_the_cursor_is_and_taken_back_there(desk: Desk, app: App, editor: Open) -> None:
    other, paper = editor("qt"), editor("gtk")
    paper.focus()
    assert hold_and_say(desk, app, SENTENCES[0], other.focus) == "held"
    assert app.status()["last"]["reason"] == "Another window has the cursor now"
    stays(other, "")
    app.call("insert-last")
    other.wait_for(SENTENCES[0].written)
    assert paper.text() == ""
    app.call("undo")
    other.wait_for("")


def test_the_window_is_brought_back_where_the_user_wants_that(desk: Desk, app: App, editor: Open) -> None:
    app.call("config", "set", "insert.bring_back", "true")
    try:
        other, paper = editor("qt"), editor("gtk")
        paper.focus()
        assert hold_and_say(desk, app, SENTENCES[1], other.focus) == "inserted"
    finally:
        app.call("config", "set", "insert.bring_back", "false")
    paper.wait_for(SENTENCES[1].written)
    assert other.text() == ""


@pytest.mark.parametrize("name", ["gtk", "chromium"])
def test_a_text_is_swapped_for_what_was_heard_and_back_and_taken_back(
    desk: Desk, app: App, editor: Open, name: str
) -> None:
    paper = editor(name)
    assert hold_and_say(desk, app, CHANGED) == "inserted"
    paper.wait_for(CHANGED.written)
    heard = app.call("last", "--heard").stdout.rstrip("\n")
    assert heard and heard != CHANGED.written
    app.call("raw")
    paper.wait_for(heard)
    app.call("raw")
    paper.wait_for(CHANGED.written)
    app.call("undo")
    paper.wait_for("")


def test_what_was_typed_after_the_text_is_not_erased(desk: Desk, app: App, editor: Open) -> None:
    paper = editor("qt")
    assert hold_and_say(desk, app, SENTENCES[2]) == "inserted"
    time.sleep(OURS_SECONDS)  # what is heard of keys until then is taken for ours
    desk.tap("x")
    paper.wait_for(SENTENCES[2].written + "x")
    for verb in ("undo", "raw"):
        app.call(verb)
    stays(paper, SENTENCES[2].written + "x")


def test_a_shortcut_of_the_desktop_may_ask_for_it(desk: Desk, app: App, editor: Open) -> None:
    paper = editor("qt")
    assert hold_and_say(desk, app, SENTENCES[2]) == "inserted"
    paper.wait_for(SENTENCES[2].written)
    desk.tap("super+F12")
    app.call("undo")
    paper.wait_for("")


def test_nothing_is_taken_back_in_another_window(desk: Desk, app: App, editor: Open) -> None:
    paper = editor("gtk")
    assert hold_and_say(desk, app, SENTENCES[3]) == "inserted"
    paper.wait_for(SENTENCES[3].written)
    other = editor("xterm")
    app.call("undo")
    with pytest.raises(TimeoutError):
        wait_until(other.raw, "bytes", 1.0)  # type: ignore[attr-defined]
    paper.focus()
    app.call("undo")
    paper.wait_for("")
