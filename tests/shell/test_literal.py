"""Commands that are spelled out become what was spelled, and a sentence never becomes a command."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.shell.command_context import Context
from dictation.shell.spoken.literal import literal
from dictation.spelled.signs import chinese, english

HERE = Context(branches=("main", "dev", "login"), files=("notes", "src"))


def said(request: str, shell: str = "bash") -> str | None:
    """What is made of ``request``."""
    return literal(request, Context(shell=shell, branches=HERE.branches, files=HERE.files))


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("Git status.", "git status"),
        ("get status", "git status"),
        ("rip grep dash i quote not found quote src", "rg -i 'not found' src"),
        ("s s h root at ten dot zero dot zero dot one", "ssh root@10.0.0.1"),
        ("docker run dash d dash p eighty eighty colon eighty nginx", "docker run -d -p 8080:80 nginx"),
        ("docker run 杠 d 杠 p 八零八零 冒号 八零 nginx", "docker run -d -p 8080:80 nginx"),
        ("npm install dash dash save dev eslint", "npm install --save-dev eslint"),
        ("git push dash dash force dash with dash lease", "git push --force-with-lease"),
        ("ls dash l a pipe grep dot env", "ls -la | grep .env"),
        ("ls 杠 l a 竖线 grep 点 env", "ls -la | grep .env"),
        ("cd dot dot slash src", "cd ../src"),
        ("find 点 name 星号点 log", "find . -name '*.log'"),
        ("touch camel case user profile dot ts", "touch userProfile.ts"),
        ("git checkout dash b snake case fix login", "git checkout -b fix_login"),
        ("curl dash capital x post localhost colon three thousand", "curl -X POST localhost:3000"),
        ("chmod plus x deploy dot s h", "chmod +x deploy.sh"),
        ("git reset dash dash hard head tilde one", "git reset --hard HEAD~1"),
        ("echo 美元符号 HOME", "echo $HOME"),
        ("npm run build 大于 build 点 log", "npm run build > build.log"),
        ("make build and and make test", "make build && make test"),
    ],
)
def test_what_is_spelled_is_what_is_written(request_: str, command: str) -> None:
    assert said(request_) == command


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ("git commit dash m quote fix typo quote", "fix typo"),
        ("git commit dash m fix typo", "fix typo"),
        ("git commit dash m feat colon add login page", "feat: add login page"),
        ("git commit 杠 m 引号 修复登录跳转 引号", "修复登录跳转"),
        ("git commit dash m quote don't crash quote", "don't crash"),
        ("git commit dash m quote remove all of the old files quote", "remove all of the old files"),
    ],
)
def test_a_message_is_one_quoted_word(request_: str, message: str) -> None:
    made = said(request_)
    assert made is not None
    assert shlex.split(made) == ["git", "commit", "-m", message]


@pytest.mark.parametrize(
    "request_",
    [
        "find all python files",
        "make a zip of the docs folder",
        "kill the process on port 3000",
        "git undo last commit",
        "git log last ten commits",
        "git branch new feature",
        "git is great",
        "docker is not running",
        "go to the parent folder",
        "watch the log file",
        "touch base with team",
        "sort the lines by size",
        "head over to the office",
        "git 提交代码",
        "cd 到上一级",
        "tail 一下 app.log",
        "git push to origin",
        "say dash dash hello",
        "git commit dash m",
        "ls pipe",
        "echo quote never closed",
        "echo backtick whoami backtick",
        "rm dash r f newline ls",
        "",
        "。",
    ],
)
def test_a_sentence_is_not_a_command(request_: str) -> None:
    assert said(request_) is None


def test_a_name_of_this_folder_needs_no_sign() -> None:
    assert said("cat notes") == "cat notes"


def test_each_shell_gets_its_own_quotes() -> None:
    request = "git commit dash m quote don't crash quote"
    assert said(request, "powershell") == "git commit -m 'don''t crash'"
    assert said(request, "cmd") == 'git commit -m "don\'t crash"'
    assert said(request, "fish") == "git commit -m 'don\\'t crash'"


@pytest.mark.parametrize("second", ['" typo "', "' typo '", '" typo " dash a'])
def test_a_message_in_two_pairs_of_quotes_is_none(second: str) -> None:
    assert said(f'git commit dash m " fix " {second}') is None
    assert said('git commit dash m " fix " dash m " typo "') == "git commit -m 'fix' -m 'typo'"


def test_what_the_recogniser_wrote_itself_is_kept() -> None:
    assert said("git commit -m “修复登录跳转”") == "git commit -m '修复登录跳转'"
    assert said("pip install -r requirements.txt。") == "pip install -r requirements.txt"


SPELLED = [*english(), *chinese(), "git", "ls", "commit", "m", "a", "src", "main", "py", "rm", "eighty", "八零", "修复"]
HARMFUL = [
    "\n",
    "\x1b[31m",
    "\u202e",
    "$(id)",
    "`id`",
    "'",
    '"',
    "\\",
    ";",
    "&",
    "|",
    "--",
    "-rf",
    "/",
    "~",
    "*.py",
    "🙂",
]
WORDS = st.sampled_from(SPELLED + HARMFUL)


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=12), st.sampled_from(["bash", "zsh", "fish", "powershell", "cmd"]))
def test_no_words_make_it_fail_or_write_what_nobody_sees(pieces: list[str], shell: str) -> None:
    made = literal(" ".join(pieces), Context(shell=shell))
    assert made is None or (made.isprintable() and "`" not in made and "$(" not in made)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    made = literal(text, Context())
    assert made is None or "\n" not in made


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from("fix login 修复 typo don't $HOME `id` ;rm \\ ! \" user's".split()), min_size=1, max_size=6)
)
def test_nothing_in_a_message_leaves_its_quotes(pieces: list[str]) -> None:
    made = said("git commit dash m " + " ".join(pieces))
    if made is not None:
        assert len(shlex.split(made)) == 4
