"""The user's own commands: asked for in nearly their words, with what was said in their slots."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.errors import CommandError
from dictation.shell.snippets import Snippet, find, read

DEPLOY = Snippet(("部署到 {env}", "deploy to {env}"), "./deploy.sh {env}", "Deploys")
BACKUP = Snippet(("back up my notes",), "rsync -a ~/notes /mnt/backup", shell="bash")
BOTH = (DEPLOY, BACKUP)


def asked(request: str, shell: str = "bash") -> str | None:
    """The command for ``request``."""
    found = find(request, BOTH, shell)
    return found.command if found else None


def test_a_slot_takes_what_was_said() -> None:
    assert asked("部署到 staging") == "./deploy.sh staging"
    assert asked("部署到staging。") == "./deploy.sh staging"
    assert asked("Deploy to prod") == "./deploy.sh prod"


def test_nearly_the_same_words_will_do() -> None:
    assert asked("back up my note") == "rsync -a ~/notes /mnt/backup"


@pytest.mark.parametrize(
    "request_", ["back up my photos now", "deploy", "部署到", "don't back up my notes", "不要部署到 prod"]
)
def test_other_words_will_not(request_: str) -> None:
    assert asked(request_) is None


def test_a_snippet_of_one_shell_is_for_that_shell() -> None:
    assert asked("back up my notes", "powershell") is None


def test_braces_that_no_wording_names_are_the_commands_own() -> None:
    snippet = Snippet(("list users",), "awk -F: '{print $1}' /etc/passwd")
    found = find("list users", (snippet,), "bash")
    assert found and found.command == "awk -F: '{print $1}' /etc/passwd"


@given(st.text(min_size=1, max_size=30))
def test_what_is_said_stays_one_word_of_the_command(value: str) -> None:
    found = find(f"deploy to {value}", (DEPLOY,), "bash")
    if found is not None:
        assert len(shlex.split(found.command)) == 2


def test_an_option_is_no_value() -> None:
    assert asked("deploy to --force") is None


def test_a_file_is_read() -> None:
    text = '[[snippet]]\nsay = ["部署到 {env}", "deploy to {env}"]\nrun = "./deploy.sh {env}"\nexplain = "Deploys"\n'
    assert read(text) == (DEPLOY,)
    assert read('[[snippet]]\nsay = "hello"\nrun = "echo hello"\n')[0].say == ("hello",)
    assert read("") == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[snippet]\n", "not TOML"),
        ("[[snipet]]\nsay = 'a'\n", "snipet"),
        ('[[snippet]]\nrun = "ls"\n', "needs words in say"),
        ('[[snippet]]\nsay = "list"\n', "needs a command in run"),
        ('[[snippet]]\nsay = "list"\nrun = "ls"\ncmd = "x"\n', "'cmd'"),
        ('[[snippet]]\nsay = "go to {x}"\nrun = "cd"\n', "{x}"),
        ('[[snippet]]\nsay = "{x}"\nrun = "cd {x}"\n', "nothing but a slot"),
        ('[[snippet]]\nsay = "copy {a}{b}"\nrun = "cp {a} {b}"\n', "between two slots"),
        ('[[snippet]]\nsay = "copy {a} to {a}"\nrun = "cp {a} {a}"\n', "twice"),
    ],
)
def test_a_mistake_is_named_with_its_file(text: str, why: str) -> None:
    with pytest.raises(CommandError) as caught:
        read(text, "/home/ann/snippets.toml")
    assert why in caught.value.message
    assert "/home/ann/snippets.toml" in caught.value.message


def test_the_example_of_the_documentation_works() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(\[\[snippet\]\].*?)```", text, re.S)
    assert example
    found = find("部署到 prod", read(example[1]), "bash")
    assert found and (found.command, found.explanation) == ("make deploy ENV=prod", "Deploys to prod")
