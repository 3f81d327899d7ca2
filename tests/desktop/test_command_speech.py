"""From the command key to the prompt: the key held with xdotool, speech through the microphone, the real app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.bench import RIGHT_CTRL, Desk
from tests.desktop.editors import Editor, wait_until
from tests.desktop.running import App
from tests.desktop.shells import SHELLS, Shell

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

RIGHT_ALT = 108
"""Key code of the command key that ``auto`` takes where Right Alt is no AltGr."""

SPOKEN = {
    "git status": ("en", "git status"),
    "merge dev into main": ("en", "git checkout main && git merge dev"),
    "find all Python files in this folder": ("en", "find . -name '*.py'"),
    "切换到 dev 分支": ("mixed", "git checkout dev"),
    "先 git pull 再 git push": ("mixed", "git pull && git push"),
}
"""What is said, and the command that it is."""


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("app"), "--headless") as app:
        yield app


@pytest.fixture
def shell(desk: Desk) -> Iterator[Callable[..., Shell]]:
    opened: list[Shell] = []

    def open_shell(name: str = "bash") -> Shell:
        opened.append(Shell(desk.dir, SHELLS[name]))
        return opened[-1]

    yield open_shell
    for each in opened:
        each.close()


def hold_and_say(desk: Desk, app: App, text: str, language: str, key: int = RIGHT_ALT) -> dict[str, Any]:
    """Hold the key, speak, release; how it ended."""
    earlier = app.last_id()
    desk.key_down(key)
    desk.play(desk.say(text, language))
    desk.key_up(key)
    return app.outcome_after(earlier)


def waiting(app: App) -> dict[str, Any] | None:
    """The command that waits for the user."""
    command: dict[str, Any] | None = app.ask({"do": "command"})["command"]
    return command


@pytest.mark.parametrize("said", SPOKEN)
def test_what_is_said_stands_at_the_prompt_as_a_command(
    desk: Desk, app: App, shell: Callable[..., Shell], said: str
) -> None:
    place = shell()
    language, command = SPOKEN[said]
    outcome = hold_and_say(desk, app, said, language)
    assert (outcome["outcome"], outcome["text"]) == ("inserted", command), outcome
    # It has not run: it becomes the comment of what is typed in front of it, and the history shows the line.
    place.key("ctrl+a")
    place.type(": is this: ")
    place.key("Return")
    place.wait_for_state("prompt")
    place.type("fc -ln -1 >>$LOG")
    place.key("Return")
    assert place.wait_for(lambda text: text.endswith("\n")).strip() == f": is this: {command}"


def test_the_wrong_place_for_a_command_gets_nothing(
    desk: Desk, app: App, shell: Callable[..., Shell], editor: Callable[[str], Editor]
) -> None:
    place = shell()
    place.enter('read -rs x; printf %s "[$x]" >>$LOG', "password")
    outcome = hold_and_say(desk, app, "git status", "en")
    assert outcome["outcome"] == "proposed" and "password" in outcome["reason"]
    assert (command := waiting(app)) and command["command"] == "git status"
    place.key("Return")
    assert place.wait_for("[]") == "[]"
    app.ask({"do": "drop_command"})
    opened = editor("gtk")
    assert hold_and_say(desk, app, "git status", "en")["outcome"] == "proposed"
    assert opened.text() == ""
    app.ask({"do": "drop_command"})
    assert waiting(app) is None


def test_a_command_that_waits_is_put_in_when_the_prompt_is_there_again(
    desk: Desk, app: App, shell: Callable[..., Shell]
) -> None:
    place = shell()
    place.enter("cat >/dev/null", "busy")
    assert hold_and_say(desk, app, "git status", "en")["outcome"] == "proposed"
    place.key("ctrl+c")
    place.wait_for_state("prompt")
    assert app.ask({"do": "insert_command"})["ok"]
    wait_until(lambda: waiting(app) is None, "the command to be put in", 20)
    place.key("ctrl+a")
    place.type("printf %s. ")
    place.key("End")
    place.type(" >>$LOG")
    place.key("Return")
    assert place.wait_for("git.status.") == "git.status."


def test_words_for_text_stay_text_at_a_prompt(desk: Desk, app: App, shell: Callable[..., Shell]) -> None:
    place = shell()
    outcome = hold_and_say(desk, app, "merge dev into main", "en", RIGHT_CTRL)
    assert outcome["outcome"] == "inserted" and "git" not in outcome["text"]
    place.key("ctrl+a")
    place.type("printf %s. ")
    place.key("End")
    place.type(" >>$LOG")
    place.key("Return")
    assert place.wait_for(lambda text: bool(text)) == ".".join(outcome["text"].split()) + "."


def test_calls_do_what_the_command_key_does(desk: Desk, app: App, shell: Callable[..., Shell]) -> None:
    shell()
    earlier = app.last_id()
    assert app.call("start", "--mode", "command").returncode == 0
    status = app.wait_for(lambda status: status["state"] == "listening", "listening")
    assert status["mode"] == "command"
    desk.play(desk.say("git status", "en"))
    assert app.call("toggle", "--mode", "command").returncode == 0
    assert app.outcome_after(earlier)["text"] == "git status"


def test_the_shell_key_gets_what_is_said_into_its_line(
    desk: Desk, app: App, shell: Callable[..., Shell], tmp_path: Path
) -> None:
    script = tmp_path / "widget"
    script.write_text(app.call("shell-widget", "bash").stdout)
    place = shell()
    place.type(f"export DICTATION_HOME={app.home}; source {script}")
    place.key("Return")
    place.wait_for_state("prompt")
    earlier = app.last_id()
    place.key("ctrl+bracketright")
    app.wait_for(lambda status: status["state"] == "listening", "listening")
    desk.play(desk.say("git status", "en"))
    place.key("ctrl+bracketright")
    assert app.outcome_after(earlier)["outcome"] == "inserted"
    place.wait_for_state("prompt", 20)
    place.key("ctrl+a")
    place.type("printf %s. ")
    place.key("End")
    place.type(" >>$LOG")
    place.key("Return")
    assert place.wait_for("git.status.") == "git.status."


def test_the_shell_key_makes_a_command_of_what_is_written(
    app: App, shell: Callable[..., Shell], tmp_path: Path
) -> None:
    script = tmp_path / "widget"
    script.write_text(app.call("shell-widget", "zsh").stdout)

    def fills(home: Path) -> None:
        place = shell("zsh")
        place.type(f"export DICTATION_HOME='{home}'; source {script}")
        place.key("Return")
        place.wait_for_state("prompt")
        place.type("show the last ten commits")
        place.key("ctrl+bracketright")
        wait_until(lambda: place.state().state != "prompt", "the call", 20)
        place.wait_for_state("prompt", 30)
        place.key("ctrl+a")
        place.type("printf %s. ")
        place.key("ctrl+e")
        place.type(" >>$LOG")
        place.key("Return")
        assert place.wait_for("git.log.-n.10.") == "git.log.-n.10."

    fills(app.home)
    fills(tmp_path / "no app there")


def test_the_app_says_what_it_sees_in_front(app: App, shell: Callable[..., Shell]) -> None:
    place = shell("fish")
    seen = app.ask({"do": "prompt"})
    assert (seen["app"], seen["state"], seen["shell"], seen["tty"]) == ("xterm", "prompt", "fish", place.state().tty)


def test_a_command_is_not_put_in_twice_where_it_does_not_belong(
    desk: Desk, app: App, shell: Callable[..., Shell]
) -> None:
    place = shell()
    assert hold_and_say(desk, app, "git status", "en")["outcome"] == "inserted"
    place.key("ctrl+u")
    place.enter('read -rs x; printf %s "[$x]" >>$LOG', "password")
    refused = app.call("insert-last")
    assert refused.returncode == 1 and "password" in refused.stderr
    place.key("Return")
    assert place.wait_for("[]") == "[]"
