"""Requests without a model: nine tenths of the everyday ones are answered, and none is answered wrongly."""

from __future__ import annotations

import pytest

from benchmarks._command_requests import OFFLINE, SETS, measure, read, same
from dictation.shell.command_context import Context
from dictation.shell.compose import compose
from dictation.shell.snippets import Snippet

HERE = Context(branch="dev", branches=("dev", "main"), cwd="/home/ann/shop")


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_everyday_requests_are_answered_and_none_wrongly(path) -> None:  # type: ignore[no-untyped-def]
    rows = read(path)
    if not rows:
        pytest.skip("this set is not here")
    found = measure(rows)
    assert not found.mistakes
    for tier in OFFLINE:
        assert found.share(tier) >= 0.9, tier


def test_the_users_own_words_go_first() -> None:
    own = Snippet(("git status",), "git status -sb", "Mine")
    command = compose("git status", HERE, [own])
    assert command and (command.text, command.source, command.explanation) == ("git status -sb", "snippet", "Mine")


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("把 dev 分支合并到 main 然后推送", "git checkout main && git merge dev && git push"),
        ("pull and then run the tests", "git pull && pytest"),
        ("switch to main and pull", "git checkout main && git pull"),
        ("先 pull 再 push", "git pull && git push"),
    ],
)
def test_steps_are_joined_so_that_one_waits_for_the_other(request_: str, command: str) -> None:
    made = compose(request_, HERE)
    assert made and made.text == command


def test_one_step_that_is_not_understood_stops_all() -> None:
    assert compose("pull and then make everybody happy", HERE) is None


def test_a_command_in_other_words_is_still_the_command() -> None:
    for request, command in (
        ("帮我跑一下 npm run lint:fix", "npm run lint:fix"),
        ("run cargo bench please", "cargo bench"),
        ("docker ps 看一下", "docker ps"),
        ("npm ls 一下", "npm ls"),
    ):
        made = compose(request, HERE)
        assert made and made.text == command, request


def test_every_command_is_graded() -> None:
    made = compose("rm dash r f slash", HERE)
    assert made and made.risk == "danger" and made.reasons
    safe = compose("git status", HERE)
    assert safe and safe.risk == "safe" and safe.insertable


def test_nothing_is_made_of_nothing() -> None:
    assert compose("", HERE) is None
    assert compose("。", HERE) is None
    assert compose("git status " * 200, HERE) is None


def test_only_quotes_and_the_order_of_options_may_differ() -> None:
    assert same("git log -n 5 --oneline", ["git log --oneline -5"])
    assert same("grep -rn 'foo' src", ["grep -nr foo src"])
    assert not same("git push", ["git push --force"])
    assert not same("cp a b", ["cp b a"])


def test_a_tool_that_nobody_named_is_shown_and_not_inserted() -> None:
    guessed = compose("run the tests", Context())
    assert guessed and guessed.risk == "caution" and [each.code for each in guessed.reasons] == ["guessed"]
    for request, files in (("run the tests", ("pyproject.toml",)), ("run pytest", ()), ("npm install 一下", ())):
        made = compose(request, Context(files=files))
        assert made and made.risk == "safe", request
    node = compose("run the tests", Context(files=("package.json",)))
    assert node and (node.text, node.risk) == ("npm test", "safe")


@pytest.mark.parametrize(
    "request_",
    [
        "um, could you show me the git status please",
        "let's see the git status, thanks",
        "麻烦你帮我看一下 git status，谢谢",
        "git status now",
        "可以 git status 一下吗",
    ],
)
def test_courtesies_change_nothing(request_: str) -> None:
    made = compose(request_, Context())
    assert made and made.text == "git status"


@pytest.mark.parametrize(
    "more",
    [
        "do not {}",
        "{} except the last one",
        "{} on the other machine",
        "{} tomorrow morning",
        "yesterday i wanted to {}",
        "不要{}",
        "{}，除非报错",
        "谁让你{}",
    ],
)
@pytest.mark.parametrize(
    "request_", ["undo the last commit but keep the changes", "stop all docker containers", "把暂存的改动恢复出来"]
)
def test_one_word_more_that_matters_stops_it(request_: str, more: str) -> None:
    assert compose(request_, Context(branch="dev")) is not None
    assert compose(more.format(request_), Context(branch="dev")) is None


@pytest.mark.parametrize("package", ["docker-compose", "build-essential", "python3-venv"])
def test_to_install_is_no_program_that_copies_files(package: str) -> None:
    command = compose(f"install {package}", Context(tools=("apt",)), [])
    assert command and command.text == f"sudo apt install {package}"
