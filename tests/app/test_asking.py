"""Owns the tests of commands from a language model: asked, read, asked once more, and graded here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from dictation.app.command_mode.asking import Asking, asking
from dictation.app.words.endpoint import Switchboard
from dictation.core.commands import Command
from dictation.core.errors import CommandError
from dictation.core.settings import Settings, put
from dictation.shell.command_context import Context
from tests.engines.chat_server import KEY, ChatServer, serving

HERE = Context("bash", "linux", "/home/ann/proj", "/home/ann", "dev", ("git", "rg"), ("src",), ("main", "dev"))
BASH = {"ls", "git", "find", "rm", "curl", "bash", "sudo", "apt", "cat", "grep", "wc", "make"}


def form(command: str, note: str = "does it", ask: str = "", risk: str = "none") -> str:
    return json.dumps({"command": command, "note": note, "ask": ask, "risk": risk, "uses": []}, ensure_ascii=False)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.setenv("DICTATION_API_KEY", KEY)
    with serving() as about:
        yield about


def configured(server: ChatServer, **other: Any) -> Settings:
    settings = Settings()
    for name, value in (("provider", "custom"), ("url", server.url), ("model", "a-model")):
        settings = put(settings, f"llm.{name}", value)
    for name, value in other.items():
        settings = put(settings, f"commands.{name}", value)
    return settings


def asker(server: ChatServer, seconds: float = 10) -> Asking:
    chat = Switchboard().chat(configured(server))
    assert chat
    chat.warm()
    return Asking(chat, seconds, there=lambda name: name in BASH)


def replies(server: ChatServer, *said: str) -> None:
    """One after the other, the last for good."""
    waiting = list(said)
    server.reply = lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]


def test_a_request_becomes_a_graded_command(server: ChatServer) -> None:
    server.reply = form("git switch main && git merge dev", "合并 dev")
    made = asker(server)("合并 dev 到 main", "zh", HERE)
    assert made == Command("git switch main && git merge dev", "bash", "合并 dev", "safe", source="llm")
    assert len(server.asked) == 1


def test_what_is_dangerous_is_so_whatever_the_model_thinks(server: ChatServer) -> None:
    server.reply = form("rm -rf ~", risk="none")
    made = asker(server)("clean up", "en", HERE)
    assert made.risk == "danger" and made.reasons


def test_the_opinion_of_the_model_may_only_raise_the_risk(server: ChatServer) -> None:
    server.reply = form("ls", risk="high")
    made = asker(server)("list", "en", HERE)
    assert made.risk == "caution" and made.reasons[-1].code == "model-warns"


def test_a_question_comes_back_as_one(server: ChatServer) -> None:
    server.reply = form("", ask="Which branch?")
    made = asker(server)("merge it", "en", HERE)
    assert (made.text, made.question) == ("", "Which branch?")


def test_what_is_no_task_for_a_shell_is_said(server: ChatServer) -> None:
    server.reply = form("", note="这不是命令行任务")
    with pytest.raises(CommandError) as raised:
        asker(server)("今天天气怎么样", "zh", HERE)
    assert raised.value.code == "not-a-command" and raised.value.message == "这不是命令行任务"


def test_a_command_that_does_not_parse_is_asked_for_once_more(server: ChatServer) -> None:
    replies(server, form("ls 'src"), form("ls src"))
    assert asker(server)("list src", "en", HERE).text == "ls src"
    assert len(server.asked) == 2 and "cannot be used" in server.last()


def test_what_is_only_hard_to_look_through_is_not_asked_for_again(server: ChatServer) -> None:
    server.reply = form('bash "$1"')
    assert asker(server)("run it with bash", "en", HERE).risk != "safe"
    assert len(server.asked) == 1


def test_a_program_that_is_nowhere_is_asked_about_once_and_then_told(server: ChatServer) -> None:
    server.reply = form("frobnicate --all && ls")
    made = asker(server)("do all", "en", HERE)
    assert len(server.asked) == 2 and "frobnicate" in server.last()
    assert made.risk == "caution" and "unknown-program" in [each.code for each in made.reasons]
    replies(server, form("frobnicate --all"), form("make all"))
    assert asker(server)("do all", "en", HERE).text == "make all"


@pytest.mark.parametrize(
    "command",
    [
        "FOO=1 git log", "cat src | wc -l", "cd src && ls", "rg 'frob && nicate' src", "echo \"a | frob\"", "./run.sh",
        "frobnicate --now", "sudo ls", "for f in *; do echo $f; done", "if true; then ls; fi", "[ -d src ] && ls",
    ],
)  # fmt: skip
def test_what_is_here_built_in_or_was_said_is_no_unknown_program(server: ChatServer, command: str) -> None:
    server.reply = form(command)
    made = asker(server)("frobnicate now", "en", HERE)
    assert made.text == command and "unknown-program" not in [each.code for each in made.reasons]


def test_on_another_machine_nobody_knows_which_programs_there_are(server: ChatServer) -> None:
    server.reply = form("frobnicate --all")
    made = asker(server)("do all", "en", Context("bash", remote="box"))
    assert len(server.asked) == 1 and "unknown-program" not in [each.code for each in made.reasons]


def test_a_revision_shows_the_model_what_is_there(server: ChatServer) -> None:
    server.reply = form("rg foo src")
    asker(server)("only in src", "en", HERE, before="rg foo", other_than=("ls",))
    asked = json.loads(server.last())
    assert asked["previous_command"] == "rg foo" and asked["not_these"] == ["ls"]


def test_a_command_that_was_refused_is_not_given_again(server: ChatServer) -> None:
    replies(server, form("ls"), form("find ."))
    assert asker(server)("list", "en", HERE, other_than=("ls",)).text == "find ."


@pytest.mark.parametrize(
    ("manner", "reply", "code"),
    [
        ("500", "", "llm-broken"), ("401", "", "llm-key"), ("429", "", "llm-busy"), ("hang", "", "llm-timeout"),
        ("", "The capital of France is Paris.", "llm-answer"), ("", '{"edits": []}', "llm-answer"),
        ("html", "", "llm-answer"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_a_command_error_and_nothing_is_put_in(
    server: ChatServer, manner: str, reply: str, code: str
) -> None:
    server.manner, server.reply = manner, reply
    with pytest.raises(CommandError) as raised:
        asker(server, 1.0)("list", "en", HERE)
    assert raised.value.code == code and KEY not in raised.value.line()


def test_a_second_try_that_fails_leaves_the_first_to_be_looked_at(server: ChatServer) -> None:
    replies(server, form("ls 'src"), "Sorry, I cannot.")
    made = asker(server)("list src", "en", HERE)
    assert made.text == "ls 'src" and made.risk != "safe"


def test_a_server_that_refuses_the_schema_is_asked_without(server: ChatServer) -> None:
    server.manner, server.reply = "no-json", "```bash\nls -la\n```"
    assert asker(server)("list", "en", HERE).text == "ls -la"


def test_no_model_is_asked_where_none_may_be(server: ChatServer) -> None:
    assert asking(Settings(), Switchboard()) is None
    assert asking(configured(server, ask=False), Switchboard()) is None
    made = asking(configured(server, model="other", names=False), Switchboard())
    assert isinstance(made, Asking)
    server.reply = form("ls")
    made("list", "en", HERE)
    assert server.asked[-1]["model"] == "other" and "names" not in json.loads(server.last())


def test_an_address_that_is_none_is_a_command_error(server: ChatServer) -> None:
    with pytest.raises(CommandError) as raised:
        asking(put(configured(server), "llm.url", "nonsense"), Switchboard())
    assert raised.value.code == "llm-address"
