"""Lists of everyday requests: most are answered, none wrongly, and each shell can read what it is given."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from benchmarks._command_shells import HERE, LISTS, asked, parsed, tally
from dictation.shell.compose import compose
from dictation.shell.phrases.phrase_table import blocks


def answer(request: str, shell: str = "bash") -> str | None:
    """The command for ``request``."""
    made = compose(request, replace(HERE, shell=shell))
    return made.text if made else None


@pytest.mark.parametrize("name", LISTS)
def test_most_of_a_list_is_answered_and_nothing_wrongly(name: str) -> None:
    found = tally(name)
    assert not found.mistakes
    assert found.share() >= 0.8


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_read_every_answer(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    made = [compose(request, replace(HERE, shell=shell)) for name in LISTS for request, _ in asked(name)]
    assert parsed([each.text for each in made if each], shell) == []


@pytest.mark.parametrize(
    ("request_", "fish"),
    [
        ("show the exit code of the last command", "echo $status"),
        ("clear the command history", "history clear"),
        ("activate the virtual environment in .venv", "source .venv/bin/activate.fish"),
        ("create a virtual environment and activate it", "python3 -m venv .venv && source .venv/bin/activate.fish"),
        ("add ~/bin to the path", "fish_add_path --append --path ~/bin"),
        ("set PORT to 8080", "set -x PORT 8080"),
        ("run the previous command again as root", None),
    ],
)
def test_fish_has_its_own_words(request_: str, fish: str | None) -> None:
    assert answer(request_, "fish") == fish


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("tar the folder src without node_modules", "tar -czf src.tar.gz --exclude=node_modules src"),
        ("search for useState in all files recursively", "grep -rn useState ."),
        ("replace http with https in config.yml", "sed -i s/http/https/g config.yml"),
        ("replace tabs with spaces in main.c", "expand main.c"),
        ("恢复最近一次储藏", "git stash pop"),
        ("run the tests with cargo", "cargo test"),
        ("把 fix.patch 打到当前分支", "git apply fix.patch"),
    ],
)
def test_a_tool_a_manner_or_a_sign_that_is_named_is_none_of_the_names(request_: str, command: str | None) -> None:
    assert answer(request_) == command


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("measure how long cargo build takes", "time cargo build"),
        ("测一下 make build 要多久", "time make build"),
        ("run npm start in the background", "npm start &"),
        ("create an alias gs for git status", "alias gs='git status'"),
        ("给 git status 建一个别名 gs", "alias gs='git status'"),
        ("save the diff to fix.patch", "git diff > fix.patch"),
        ("把 git log 的输出保存到 log.txt", "git log > log.txt"),
        ("show how long the meeting takes", None),
        ("run everything in the background", None),
    ],
)
def test_what_stands_around_a_command_is_around_a_spelled_one(request_: str, command: str | None) -> None:
    assert answer(request_) == command


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("把 src 目录打包成 tar.gz", "tar -czf src.tar.gz src"),
        ("把当前目录打包成 tar.gz，不要 node_modules", "tar -czf ../shop.tar.gz --exclude=node_modules ."),
        ("create a virtual environment and activate it", "python3 -m venv .venv && source .venv/bin/activate"),
        ("show the diff between main and develop in src", "git diff main..develop -- src"),
        ("print the third field of each line in data dot csv", "cut -d, -f3 data.csv"),
        ("post the json file body.json to localhost:3000/api",
         "curl -X POST -H 'Content-Type: application/json' -d @body.json localhost:3000/api"),
        ("format the python code in src with black", "black src"),
        ("list the biggest files and directories", "du -ah . | sort -rh | head -n 10"),
        ("列出最大的文件和目录", "du -ah . | sort -rh | head -n 10"),
    ],
)  # fmt: skip
def test_what_two_deeds_or_two_places_are_asked_for_is_one_command(request_: str, command: str) -> None:
    made = compose(request_, HERE)
    assert made and made.text == command


def test_nothing_is_left_out_by_a_wording_that_does_not_say_so() -> None:
    silent = [
        (block.commands[0], say)
        for block in blocks()
        if "{skip}" in block.commands[0]
        for say in block.say
        if "not" not in say.split()
    ]
    assert not silent


def test_a_command_whose_options_follow_from_a_path_is_given_one_by_every_wording() -> None:
    without = [
        (block.commands[0], say)
        for block in blocks()
        if "{r}" in block.commands[0]
        for say in block.say
        if "{path" not in say
    ]
    assert not without


def test_every_block_of_the_phrases_is_asked_for_by_a_wording() -> None:
    assert all(block.say for block in blocks())


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("install requests and flask", None),
        ("pip install requests and flask", None),
        ("install express and jest", None),
        ("uninstall requests and flask", None),
        ("stop nginx and docker", None),
        ("search for curl and wget", None),
        ("which python and pip", None),
        ("install axios and npm", None),
        ("uninstall numpy and pip", None),
        ("卸载 axios 和 npm", None),
        ("use npm to remove node", "npm uninstall node"),
        ("git pull and make", "git pull && make"),
        ("cd src and make", "cd src && make"),
        ("go to src and ls", "cd src && ls"),
        ("run ls and pwd", "ls && pwd"),
        ("install numpy, then pytest", "pip install numpy && pytest"),
    ],
)
def test_a_second_thing_is_no_second_step(request_: str, command: str | None) -> None:
    assert answer(request_) == command


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("只暂存 main.py", None),
        ("只储藏 main.py", "git stash push main.py"),
        ("stage only main.py", "git add main.py"),
        ("stash only main.py", "git stash push main.py"),
        ("pull but don't merge", None),
        ("pull with rebase", "git pull --rebase"),
    ],
)
def test_what_may_mean_two_things_is_not_answered(request_: str, command: str | None) -> None:
    """暂存 is both to stage and to stash; who does not want a merge may want a fetch, or a rebase."""
    assert answer(request_) == command


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("把最后一次提交的信息打印出来", None),
        ("把上次提交的说明删掉", None),
        ("上次提交信息写错了", None),
        ("把上次提交的信息改成 修复登录", "git commit --amend -m '修复登录'"),
        ("amend the last commit message to fix typo", "git commit --amend -m 'fix typo'"),
        ("where is numpy installed", None),
        ("看看 react 装的是哪个版本", None),
        ("show the version of pytest", "pytest --version"),
        ("zip the folder unless dist into dist.zip", None),
        ("打印 data.csv 每一行的第三列", "cut -d, -f3 data.csv"),
        ("显示 data.csv 的第三行", "sed -n 3p data.csv"),
        ("find the biggest files in all folders", "find . -type f -printf '%s %p\\n' | sort -rn | head -n 10"),
    ],
)
def test_a_word_is_what_it_is_in_its_sentence(request_: str, command: str | None) -> None:
    """A message that is there already, a library, an archive, each line: no other thing that is called so."""
    assert answer(request_) == command


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("download https://example.com/a.zip to downloads", "curl -O --output-dir downloads https://example.com/a.zip"),
        ("download https://example.com/a.zip to b.zip", "curl -o b.zip https://example.com/a.zip"),
        ("check which python version is installed", "python3 --version"),
        ("which node version is installed", "node --version"),
        ("which react version is installed", "npm list react"),
        ("show files changed between v1.0 and v1.1", "git diff --name-only v1.0..v1.1"),
        ("v1.0 和 v1.1 之间改了哪些文件", "git diff --name-only v1.0..v1.1"),
        ("把 main.py 暂存一下", None),
        ("copy dist to deploy@server.example.com:/var/www", "scp -r dist deploy@server.example.com:/var/www"),
    ],
)
def test_every_place_that_is_named_is_in_the_command_and_in_its_order(request_: str, command: str | None) -> None:
    assert answer(request_) == command


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("follow server.log and filter error", None),
        ("tail -f a.log and then ls", None),
        ("watch server.log and search error", None),
        ("start a http server on port 9000 and list files", None),
        ("show the disk space and then follow server.log", "df -h && tail -f server.log"),
        ("run the script every 5 seconds", None),
        ("每 5 秒运行一次脚本", None),
        ("run the tests every 5 seconds", "watch -n 5 npm test"),
        ("run git status every 5 seconds", "watch -n 5 git status"),
        ("watch df -h every 10 seconds", "watch -n 10 df -h"),
    ],
)
def test_what_runs_until_it_is_stopped_is_no_first_step(request_: str, command: str | None) -> None:
    assert answer(request_) == command


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("kill all jobs", "kill $(jobs -p)"),
        ("show kubernetes contexts", "kubectl config get-contexts"),
        ("check the sha256 of file.iso", "sha256sum file.iso"),
        ("verify the checksums in SHA256SUMS", "sha256sum -c SHA256SUMS"),
        ("base64 encode hello", None),
        ("base64 encode a.txt", "base64 a.txt"),
        ("今天提交了几次", "git rev-list --count --since=midnight HEAD"),
        ("how many commits today", "git rev-list --count --since=midnight HEAD"),
        ("统计 app.log 里 error 出现了多少次", "grep -o error app.log | wc -l"),
        ("show the contents of main.py at commit a1b2c3d", "git show a1b2c3d:main.py"),
        ("给 localhost:8080/login 发一个 post 请求", "curl -X POST localhost:8080/login"),
    ],
)
def test_what_is_asked_of_a_thing_is_what_the_command_tells(request_: str, command: str | None) -> None:
    assert answer(request_) == command
