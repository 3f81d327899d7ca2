"""`dictation check`: the contract's JSON, one line for each command."""

from __future__ import annotations

import io
import json

import pytest

from dictation.cli import main


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_command_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "rm -rf ~"]) == 0
    (found,) = lines(capsys)
    assert found["risk"] == "danger" and found["insertable"] is True and found["shell"] == "bash"
    assert found["reasons"] == [
        {"code": "recursive-delete", "message": "It deletes a whole home folder.", "at": "rm -rf ~"}
    ]


def test_commands_come_one_per_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said = 'git status\n{"command": "ls\\nrm x", "shell": "zsh"}\n{ rm -rf ~; }\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(said.encode())))
    assert main(["check", "--json"]) == 0
    first, second, third = lines(capsys)
    assert (first["command"], first["risk"], first["reasons"]) == ("git status", "safe", [])
    assert (second["command"], second["shell"], second["insertable"]) == ("ls\nrm x", "zsh", False)
    assert (third["command"], third["risk"]) == ("{ rm -rf ~; }", "danger")


def test_for_people_nothing_is_shown_that_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "ls \x1b[31m"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_bytes_that_are_no_text_are_no_failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'ls \xff\n{"command": "ls \\ud800"}\n')))
    assert main(["check", "--json"]) == 0
    assert [each["insertable"] for each in lines(capsys)] == [False, False]


@pytest.mark.parametrize(
    ("words", "command", "shell"),
    [
        (["--json", "rm", "-rf", "x"], "rm -rf x", "bash"),
        (["rm -rf x", "--json"], "rm -rf x", "bash"),
        (["rm -rf x", "--shell=zsh", "--json"], "rm -rf x", "zsh"),
        (["--shell", "fish", "--json", "--", "ls", "--json"], "ls --json", "fish"),
        (["--json", "df", "-h"], "df -h", "bash"),
        (["--json", "git", "commit", "-m", "rm -rf /"], "git commit -m 'rm -rf /'", "bash"),
        (["--json", "node", "--debug"], "node --debug", "bash"),
    ],
)
def test_the_options_of_the_command_are_its_own(
    words: list[str], command: str, shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *words]) == 0
    (found,) = lines(capsys)
    assert (found["command"], found["shell"]) == (command, shell)


def test_an_option_without_its_value_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--shell"]) == 2
    assert capsys.readouterr().err.startswith("dictation: error:")
