"""The settings window of the real app, driven by the keyboard alone: opened, searched, a key set, a term added."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.desktop import selections
from tests.desktop.bench import Desk
from tests.desktop.editors import Editor, wait_until
from tests.desktop.running import App

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(240)]

F9 = 75
"""Its key code."""


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with its windows; it has a settings file, so this is not its first start."""
    home = tmp_path_factory.mktemp("app")
    (home / "config.toml").write_text("[history]\nkeep = true\n", encoding="utf-8")
    with App(home) as app:
        yield app


def asked(*words: str) -> str:
    """What xdotool says."""
    done = subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=20, check=False)
    return done.stdout.strip()


def shown() -> str:
    """The settings window, if it can be seen."""
    return asked("search", "--onlyvisible", "--name", "^Dictation$")


def open_on(desk: Desk, app: App, words: str) -> None:
    """Open the window and go to what a search for ``words`` finds first."""
    app.call("settings")
    wait_until(lambda: shown() and asked("getwindowfocus", "getwindowname") == "Dictation", "the window", 20)
    desk.tap("ctrl+f")
    asked("type", "--delay", "20", words)
    desk.tap("Return")


def close(desk: Desk) -> None:
    """Escape gives up the search, then closes."""

    def gone() -> bool:
        desk.tap("Escape")
        return not shown()

    wait_until(gone, "the window to go", 10)


def dictate(desk: Desk, app: App, key: int, text: str) -> str:
    """Hold the key, speak, release; what was put in."""
    earlier = app.last_id()
    desk.key_down(key)
    desk.play(desk.say(text))
    desk.key_up(key)
    return str(app.outcome_after(earlier)["text"])


def test_a_second_start_shows_the_window_of_the_first(desk: Desk, app: App) -> None:
    assert not shown()
    second = app.call("run")
    assert second.returncode == 0 and "running already" in second.stderr
    wait_until(shown, "the window", 20)
    close(desk)
    assert app.status()["state"] == "idle"


def test_a_key_is_set_by_pressing_it_and_then_dictates(desk: Desk, app: App, editor: Callable[[str], Editor]) -> None:
    open_on(desk, app, "dictation key")

    desk.tap("space")  # once: a second one would be the key that is waited for
    app.wait_for(lambda status: status["paused"], "the button to wait for a key", 10)
    desk.tap("F9")
    app.wait_for(lambda status: status["hotkey"] == "F9" and not status["paused"], "the key to be in force", 10)
    close(desk)
    paper = editor("qt")
    assert dictate(desk, app, F9, "git status") == "git status"
    assert paper.wait_for(lambda text: "git status" in text)


def test_a_term_is_added_in_the_table_and_then_dictated(desk: Desk, app: App, editor: Callable[[str], Editor]) -> None:
    open_on(desk, app, "glossary")
    for each in ("Tab", "Tab", "space"):  # from the terms' search over the table to Add
        desk.tap(each)
    asked("type", "--delay", "20", "GitLook")
    desk.tap("Return")
    glossary = app.home / "glossary.tsv"
    wait_until(lambda: glossary.exists() and "GitLook" in glossary.read_text(), "the term in the file", 10)
    desk.tap("Right")
    asked("type", "--delay", "20", "git status")
    desk.tap("Return")
    wait_until(lambda: "GitLook\tgit status" in glossary.read_text(), "how it is heard in the file", 10)
    close(desk)
    editor("qt")
    key = F9 if app.status()["hotkey"] == "F9" else 105
    assert dictate(desk, app, key, "git status") == "GitLook"


def test_what_was_dictated_is_found_in_chinese_in_the_history_and_copied(desk: Desk, app: App) -> None:
    key = F9 if app.status()["hotkey"] == "F9" else 105
    earlier = app.last_id()
    desk.key_down(key)
    desk.play(desk.say("切换到 dev 分支", "mixed"))
    desk.key_up(key)
    text = app.outcome_after(earlier)["text"]
    assert "分支" in text
    selections.copy("分支".encode())
    open_on(desk, app, "search copy")
    desk.tap("ctrl+v")
    for each in ("Tab",) * 4:  # from the search over the two filters and what it found to Copy
        desk.tap(each)

    def copied() -> bool:
        desk.tap("space")
        return bool(selections.pasted() == text.encode())

    wait_until(copied, "the text on the clipboard", 10)
    close(desk)
