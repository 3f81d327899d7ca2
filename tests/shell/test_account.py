"""What a command is made of has been said, and what was said is in the command: no restricting word is let pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks._command_fuzz import fuzz
from dictation.shell.command_context import Context
from dictation.shell.compose import compose
from dictation.shell.phrases.phrase_table import blocks
from dictation.shell.phrases.restrictions import restrictions

HERE = Context(branch="dev", branches=("dev", "main"), cwd="/home/ann/shop", home="/home/ann", tools=("apt",))
NODE = Context(cwd="/home/ann/shop", home="/home/ann", tools=("apt",), files=("package.json", "Dockerfile"))


def made(request: str, where: Context = HERE) -> str | None:
    """The command for ``request``."""
    found = compose(request, where)
    return found.text if found else None


@pytest.mark.parametrize(
    "request_",
    [
        "search for the file foobar.txt in the folder src directory tree backwards",
        "count the number of lines with OK in app.log",
        "数一下 app.log 里有 OK 的行数",
        "display all the files having spaces in the current folder",
        "清除缓存",
        "使用当前目录下的 Dockerfile 打包一个镜像",
        "Edit current file",
        "Browse for SSH servers",
        "Build the package in the current directory",
        "同步并更新所有软件包",
        "ping 192.168.1.1 once or twice",
        "get push mash mash force",
        "find all directories under mydir that are not mine",
        "find files named foo that nobody needs",
        "list the hidden lines of app.log",
        "show only the third column of git log",
        "delete the file a.txt recursively",
        "remove the branch dev except its commits",
        "count the words with capitals in notes.txt",
        "查看没有提交人的提交",
        "列出不是目录的东西",
        "删除 dist 目录里的空文件夹以外的东西",
    ],
)
def test_a_word_that_restricts_is_never_let_pass(request_: str) -> None:
    assert made(request_, NODE) is None


@pytest.mark.parametrize(
    ("request_", "commands"),
    [
        ("find all directories under mydir", ["find mydir -type d"]),
        ("find all hidden files", ["find . -type f -name '.*'"]),
        ("move src/main.py to the current directory", ["mv src/main.py ."]),
        ("replace foo with bar in all files under src", ["find src -type f -exec sed -i s/foo/bar/g {} +"]),
        ("find all the text files in the home folder", ["find ~ -name '*.txt'"]),
        ("remove all the files with the name Trash in the folder /home", ["find /home -type f -name 'Trash' -delete"]),
        ("找出所有名字里有空格的文件", ["find . -name '* *'"]),
        ("find SUID files", ["find . -type f -perm -4000"]),
        ("丢弃所有未提交的更改", ["git reset --hard HEAD"]),
    ],
)
def test_what_it_restricts_is_in_the_command(request_: str, commands: list[str]) -> None:
    assert made(request_) in commands


def test_a_package_manager_that_is_named_is_not_installed() -> None:
    assert made("pnpm 装依赖", NODE) == "pnpm install"


def test_every_restriction_has_forms_and_a_pattern() -> None:
    names = [each.name for each in restrictions()]
    assert len(names) == len(set(names)) and all(each.forms for each in restrictions())


def test_a_file_of_phrases_is_reviewable() -> None:
    """A wording stands on a line of its own, and no command stands in two files for the same shell and place."""
    for block in blocks():
        assert block.say and all(len(each) <= 160 for each in block.say), block.commands


@pytest.mark.parametrize("seed", range(3))
def test_changed_requests_never_get_a_safe_answer_that_leaves_a_word_unused(seed: int) -> None:
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines() if line]
    answered = [row["spoken"] for row in rows if row["refs"] and row["shell"] == "bash"]
    assert not [(one.changed, found.text) for one, found in fuzz(answered, 250, HERE, seed)]


CASES = Path(__file__).parent / "cases" / "requests.jsonl"
