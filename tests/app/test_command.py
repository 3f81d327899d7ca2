"""`dictation command` and what makes commands in the app: without a model first, then the model."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dictation.app.command_mode.commander import CommandMaker, load
from dictation.cli import main
from dictation.core.commands import Command
from dictation.core.errors import CommandError
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE
from dictation.shell.command_context import Context

FIELDS = {"command", "shell", "explanation", "risk", "reasons", "insertable", "source"}


def report(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The JSON of one call that is done."""
    assert main(["command", *words, "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_it_prints_the_contracts_object(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, "find all python files over one megabyte changed this week", "--shell", "bash")
    assert set(found) >= FIELDS
    assert found["command"] == "find . -name '*.py' -size +1M -mtime -7"
    assert (found["shell"], found["risk"], found["insertable"]) == ("bash", "safe", True)
    assert found["source"] == "phrase"


def test_without_a_request_one_is_read_per_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        "git status",
        json.dumps({"request": "show hidden files", "shell": "powershell"}),
        "",
        "make everybody happy",
        json.dumps({"request": "git status", "shell": "tcsh"}),
        json.dumps({"request": "查看未提交的文件", "shell": "zsh", "cwd": str(tmp_path)}),
        json.dumps({"request": "git status", "cwd": str(tmp_path / "none")}),
        '{"broken',
        '  {"request": 7}',
        "{'request': 'git status'}",
        "{",
        "[ -d src ] && ls",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    assert main(["command", "--json", "--shell", "bash"]) == 0
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["command"] for each in out] == [
        "git status", "Get-ChildItem -Force", None, None, "git status", None, None, None, None, None, None
    ]  # fmt: skip
    assert [each["error"]["code"] for each in out if each["command"] is None] == [
        "no-command", "no-shell", "no-folder", *["bad-request"] * 4, "no-command"
    ]  # fmt: skip
    assert out[1]["shell"] == "powershell" and out[4]["shell"] == "zsh"


def test_without_json_every_request_still_has_its_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("git status\nmake everybody happy\ngit log\n"))
    assert main(["command", "--shell", "bash"]) == 0
    out, wrong = capsys.readouterr()
    assert out == "git status\n\ngit log\n" and "make everybody happy" in wrong


def test_a_request_may_be_one_word_or_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(capsys, "git", "status", "--shell", "zsh")["command"] == "git status"


def test_the_command_alone_is_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["command", "show hidden files", "--shell", "powershell"]) == 0
    assert capsys.readouterr().out == "Get-ChildItem -Force\n"


def test_the_branch_of_the_folder_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/topic\n")
    found = report(capsys, "push this branch and set upstream", "--shell", "bash", "--cwd", str(tmp_path))
    assert found["command"] == "git push -u origin topic"


def test_what_is_not_known_is_said_with_a_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["command", "make everybody happy", "--shell", "bash"]) == 1
    out, wrong = capsys.readouterr()
    assert out == ""
    assert wrong.startswith("dictation: error: ") and "language model" in wrong


def test_a_folder_that_is_not_there_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["command", "git status", "--cwd", "/nowhere/at/all"]) == 2
    assert "no folder" in capsys.readouterr().err


def test_the_users_snippets_are_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "snippets.toml").write_text(
        '[[snippet]]\nsay = "部署到 {env}"\nrun = "./deploy.sh {env}"\n', encoding="utf-8"
    )
    found = report(capsys, "部署到 staging", "--shell", "bash")
    assert (found["command"], found["source"]) == ("./deploy.sh staging", "snippet")


class Model:
    """Stands for a language model; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, tuple[str, ...]]] = []

    def __call__(
        self, request: str, language: str, context: Context, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        self.asked.append((request, before, tuple(other_than)))
        return Command("ls -la", context.shell, source="llm")


def commander(tmp_path: Path, model: Model | None) -> CommandMaker:
    """A commander in an empty folder."""
    return CommandMaker(Settings, tmp_path / "snippets.toml", lambda target: Context(), lambda settings: model)


def test_the_model_is_asked_only_for_what_is_not_known(tmp_path: Path) -> None:
    model = Model()
    assert commander(tmp_path, model).compose("git status", "en", NOWHERE).source == "spoken"
    assert model.asked == []
    assert commander(tmp_path, model).compose("make everybody happy", "en", NOWHERE).source == "llm"
    assert len(model.asked) == 1


def test_words_that_revise_go_to_the_model(tmp_path: Path) -> None:
    model = Model()
    made = commander(tmp_path, model).compose("show hidden files", "en", NOWHERE, before="ls")
    assert made.source == "llm"
    assert model.asked == [("show hidden files", "ls", ())]


def test_a_refused_command_is_not_offered_again(tmp_path: Path) -> None:
    model = Model()
    made = commander(tmp_path, model).compose("git status", "en", NOWHERE, other_than=("git status",))
    assert made.text == "ls -la"
    with pytest.raises(CommandError):
        commander(tmp_path, None).compose("git status", "en", NOWHERE, other_than=("git status",))


def test_no_words_are_no_request(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        commander(tmp_path, None).compose("  ", "en", NOWHERE)


def test_without_a_word_from_the_prompt_nothing_is_put_in(tmp_path: Path) -> None:
    made = commander(tmp_path, None)
    assert made.refusal(Command("ls", "bash"), NOWHERE)
    asked = CommandMaker(Settings, tmp_path / "s", lambda target: Context(), refusal=lambda command, target: "")
    assert asked.refusal(Command("ls", "bash"), NOWHERE) == ""


def test_no_file_is_no_snippets(tmp_path: Path) -> None:
    assert load(tmp_path / "snippets.toml") == ((), ())


@pytest.mark.parametrize(
    "broken",
    [
        b"[[snippet]\n", b"\xff\xfe", b"[[snippet]]\nsay = 1\n", b"[[snippet]]\nrun = 'ls'\n", b"snippet = 7\n",
        b"[other]\n", b"[[snippet]]\nsay = 'a'\nrun = 'b'\nodd = 'c'\n",
    ],
)  # fmt: skip
def test_a_broken_snippet_stops_nothing_else(home: Path, broken: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "snippets.toml").write_bytes(broken)
    assert main(["command", "show hidden files", "--shell", "bash"]) == 0
    out, wrong = capsys.readouterr()
    assert out == "ls -a\n" and wrong.startswith("dictation: note: ") and "snippets.toml" in wrong


def test_the_good_snippets_beside_a_broken_one_work_and_it_is_named_once(tmp_path: Path) -> None:
    path = tmp_path / "snippets.toml"
    good = '[[snippet]]\nsay = "ship it"\nrun = "make ship"\n'
    path.write_text(f'{good}[[snippet]]\nsay = "broken"\n', encoding="utf-8")
    told: list[CommandError] = []
    made = CommandMaker(Settings, path, lambda target: Context(), warn=told.append)
    assert made.compose("ship it", "en", NOWHERE).text == "make ship"
    assert made.compose("git status", "en", NOWHERE).text == "git status"
    assert [each.code for each in told] == ["snippets-broken"] and "snippet 2" in told[0].message


def test_a_request_that_nobody_knows_is_an_object_too(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["command", "--json", "今天天气怎么样"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["command"] is None and answer["error"]["code"] == "no-command"
