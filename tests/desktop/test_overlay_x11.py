"""The pill on a real desktop: it is seen, it never has the focus or a click, and the text still lands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop.bench import RIGHT_CTRL, Desk
from tests.desktop.demo import SHOWCASE, showcase
from tests.desktop.editors import Editor, wait_until
from tests.desktop.running import App
from tests.desktop.windows import Seen, Windows

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

SENTENCE = showcase(SHOWCASE.read_text(encoding="utf-8").splitlines())[0]


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with its windows; not its first start, which would open one."""
    home = tmp_path_factory.mktemp("app")
    (home / "config.toml").write_text('[look]\nlanguage = "en"\n', encoding="utf-8")
    with App(home) as app:
        yield app


@pytest.fixture
def windows(desk: Desk) -> Iterator[Windows]:
    """What the X server says."""
    with Windows() as asked:
        yield asked


@pytest.fixture
def paper(desk: Desk, app: App) -> Iterator[Editor]:
    """A text with the cursor in it; the app's own windows have had their time to appear."""
    opened = desk.open("qt")
    yield opened
    opened.close()


def pill(windows: Windows) -> Seen:
    """The pill, once it is there."""
    return wait_until(lambda: windows.with_role("overlay"), "the pill", 5)


def gone(windows: Windows) -> bool:
    """Whether there is no pill (any more), within the time that a result is shown."""
    return wait_until(lambda: windows.with_role("overlay") is None, "the pill to go", 10)


def test_the_pill_never_takes_the_focus_or_a_click_and_the_text_still_lands(
    desk: Desk, app: App, paper: Editor, windows: Windows
) -> None:
    assert windows.with_role("overlay") is None
    cursor, earlier = windows.focus(), app.last_id()
    desk.key_down(RIGHT_CTRL)
    player = desk.start_playing(desk.say(SENTENCE.text, SENTENCE.language, SENTENCE.voice, SENTENCE.speed))
    seen = pill(windows)
    assert windows.focus() == cursor
    assert windows.under(*seen.middle) != seen.id
    player.wait()
    desk.key_up(RIGHT_CTRL)
    outcome = app.outcome_after(earlier)
    assert outcome["outcome"] == "inserted"
    assert outcome["text"] and paper.wait_for(outcome["text"]) == outcome["text"]
    assert windows.with_role("overlay") is not None, "the result is shown for a moment"
    assert windows.focus() == cursor
    assert gone(windows)
    assert windows.focus() == cursor


def test_the_pill_stands_near_the_bottom_above_the_panel(desk: Desk, app: App, paper: Editor, windows: Windows) -> None:
    desk.key_down(RIGHT_CTRL)
    seen = pill(windows)
    desk.tap("Escape")
    desk.key_up(RIGHT_CTRL)
    # The screen is 1280 x 800 with a panel of 32 at the bottom.
    assert abs(seen.middle[0] - 640) <= 1
    assert seen.top > 690 and seen.top + seen.height <= 800 - 32
    assert gone(windows)


def test_after_silence_the_pill_says_why_and_then_goes(desk: Desk, app: App, paper: Editor, windows: Windows) -> None:
    earlier = app.last_id()
    desk.key_down(RIGHT_CTRL)
    listening = pill(windows)
    with pytest.raises(TimeoutError):
        app.wait_for(lambda status: status["state"] != "listening", "nothing", seconds=0.8)
    desk.key_up(RIGHT_CTRL)
    assert app.outcome_after(earlier)["outcome"] == "silent"
    said = wait_until(lambda: wider(windows, listening), "the reason", 5)
    assert said.width > listening.width
    assert paper.text() == ""
    assert gone(windows)


def wider(windows: Windows, than: Seen) -> Seen | None:
    """The pill when it says more than before."""
    now = windows.with_role("overlay")
    return now if now is not None and now.width > than.width else None


def test_paused_the_key_is_not_heard(desk: Desk, app: App, paper: Editor, windows: Windows) -> None:
    assert app.call("pause").returncode == 0
    assert app.status()["paused"] is True
    desk.key_down(RIGHT_CTRL)
    with pytest.raises(TimeoutError):
        app.wait_for(lambda status: status["state"] == "listening", "nothing", seconds=1.0)
    desk.key_up(RIGHT_CTRL)
    assert windows.with_role("overlay") is None
    assert app.call("resume").returncode == 0
    desk.key_down(RIGHT_CTRL)
    assert pill(windows)
    desk.tap("Escape")
    desk.key_up(RIGHT_CTRL)
    assert gone(windows)
