"""Owns the tests of the talk with a language model, against a server on this machine that also misbehaves."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.errors import RewriteError
from dictation.engines.chat.json_modes import OBJECT, PLAIN, SCHEMA, Ladder, Manner, lower
from dictation.engines.chat.llm import Chat
from dictation.engines.chat.providers import PROVIDERS, Endpoint, endpoint
from tests.engines.chat_server import KEY, ChatServer, serving
from tests.patience import SOON

MESSAGES = [{"role": "system", "content": "Answer with JSON."}, {"role": "user", "content": "hello"}]
FORM = {"type": "object"}


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving(reply='{"x": 1}') as about:
        yield about


def chat(server: ChatServer, ladder: Ladder | None = None, model: str = "a-model", key: str = KEY) -> Chat:
    where = Endpoint(server.url, model, {"thinking": {"type": "disabled"}})
    made = Chat(where, lambda: key, ladder or Ladder())
    made.warm()
    return made


def unused() -> int:
    """A port of this machine at which nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(chat: Chat, seconds: float = 10) -> str:
    return chat.ask(MESSAGES, "form", FORM, seconds, 100)


def failure(chat: Chat, seconds: float = 10) -> RewriteError:
    """The error that a question ends with; it has all its parts and does not give the key away."""
    with pytest.raises(RewriteError) as raised:
        ask(chat, seconds)
    assert raised.value.remedy and KEY not in raised.value.line() and KEY not in repr(raised.value.__cause__)
    return raised.value


def test_the_answer_comes_back_and_the_question_has_all_it_needs(server: ChatServer) -> None:
    assert ask(chat(server)) == '{"x": 1}'
    (question,) = server.asked
    assert question["messages"] == MESSAGES and question["model"] == "a-model"
    assert question["temperature"] == 0 and question["max_tokens"] == 100
    assert question["thinking"] == {"type": "disabled"}
    assert question["response_format"]["json_schema"] == {"name": "form", "schema": FORM, "strict": True}
    assert server.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    ("manner", "questions"),
    [("no-schema", 2), ("no-json", 3), ("no-temperature", 2), ("completion-tokens", 2), ("no-extras", 2)],
)
def test_a_server_that_takes_less_is_asked_for_less_and_it_is_remembered(
    server: ChatServer, manner: str, questions: int, tmp_path: Path
) -> None:
    server.manner = manner
    ladder = Ladder(tmp_path / "servers.json")
    assert ask(chat(server, ladder)) == '{"x": 1}'
    assert len(server.asked) == questions
    assert ask(chat(server, ladder)) == '{"x": 1}'
    assert len(server.asked) == questions + 1
    again = Ladder(tmp_path / "servers.json")
    assert ask(chat(server, again)) == '{"x": 1}'
    assert len(server.asked) == questions + 2
    other = chat(server, again, "b-model")
    ask(other)
    assert len(server.asked) == questions * 2 + 2, "another model has to be found out on its own"


def test_a_server_that_refuses_everything_ends_in_one_error(server: ChatServer) -> None:
    server.manner = "refuses-all"
    error = failure(chat(server))
    assert error.code == "llm-refused" and "Bad request" in error.message
    assert len(server.asked) < 8


@pytest.mark.parametrize(
    ("manner", "code"),
    [
        ("401", "llm-key"), ("402", "llm-no-credit"), ("403", "llm-key"), ("404", "llm-not-found"),
        ("429", "llm-busy"), ("500", "llm-broken"),
        ("503", "llm-broken"), ("html", "llm-answer"), ("bad-json", "llm-answer"), ("no-choices", "llm-answer"),
        ("null", "llm-answer"), ("empty-body", "llm-answer"), ("close", "llm-unreachable"),
    ],
)  # fmt: skip
def test_what_the_server_does_wrong_is_said_in_plain_words_and_asked_once(
    server: ChatServer, manner: str, code: str
) -> None:
    server.manner = manner
    assert failure(chat(server)).code == code
    assert len(server.asked) == 1


@pytest.mark.parametrize("finish", ["length", "content_filter", "tool_calls", None])
def test_an_answer_that_was_cut_short_is_no_answer(server: ChatServer, finish: str | None) -> None:
    server.finish = finish
    assert failure(chat(server)).code == "llm-cut"


@pytest.mark.parametrize("reply", ["", "  \n "])
def test_an_empty_answer_is_no_answer(server: ChatServer, reply: str) -> None:
    server.reply = reply
    assert failure(chat(server)).code == "llm-empty"


def test_an_answer_in_parts_is_put_together(server: ChatServer) -> None:
    server.manner = "parts"
    assert ask(chat(server)) == '{"x": 1}'


@pytest.mark.parametrize("manner", ["hang", "drip"])
def test_the_deadline_holds_whatever_the_server_does(server: ChatServer, manner: str) -> None:
    server.manner = manner
    asking = chat(server)
    began = time.monotonic()
    assert failure(asking, 0.5).code == "llm-timeout"
    assert time.monotonic() - began < SOON
    server.manner = ""
    assert ask(asking) == '{"x": 1}', "the next question finds a new connection"


def test_a_server_that_is_down_is_said_to_be_unreachable_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Chat(Endpoint(f"http://127.0.0.1:{port}/v1", "m"), lambda: KEY, Ladder())
    made.warm()
    began = time.monotonic()
    assert failure(made).code == "llm-unreachable"
    assert time.monotonic() - began < SOON


def test_without_a_model_name_the_first_that_can_chat_is_asked(server: ChatServer) -> None:
    server.models = ("text-embedding-3", "chatty", "other")
    asking = chat(server, model="")
    ask(asking)
    ask(asking)
    assert [question["model"] for question in server.asked] == ["chatty", "chatty"]
    assert server.lists == 1


def test_a_server_without_a_model_says_so(server: ChatServer) -> None:
    server.models = ()
    assert failure(chat(server, model="")).code == "llm-no-model"


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    assert ask(chat(server)) == '{"x": 1}'


def test_a_key_that_cannot_be_one_is_not_sent_and_not_shown(server: ChatServer) -> None:
    with pytest.raises(RewriteError) as raised:
        ask(chat(server, key="sk-钥匙"))
    assert raised.value.code == "llm-key" and "钥匙" not in raised.value.line()
    assert not server.asked


def test_a_provider_that_wants_a_key_is_not_asked_without_one(server: ChatServer) -> None:
    made = Chat(Endpoint(server.url, "m", needs_key=True), lambda: None, Ladder())
    assert failure(made).code == "llm-no-key"
    assert not server.asked


def test_the_key_is_read_anew_after_it_was_refused(server: ChatServer) -> None:
    keys = ["old", "new"]
    made = Chat(Endpoint(server.url, "m"), lambda: keys.pop(0), Ladder())
    server.manner = "401"
    assert failure(made).code == "llm-key"
    server.manner = ""
    ask(made)
    assert server.keys == ["Bearer old", "Bearer new"]


def test_the_sdk_is_not_imported_before_the_first_question() -> None:
    program = (
        "import sys, dictation.engines.chat.llm as llm\n"
        "import dictation.app.words.model_pass, dictation.app.command_mode.asking\n"
        "from dictation.engines.chat.providers import Endpoint\n"
        "from dictation.engines.chat.json_modes import Ladder\n"
        "llm.Chat(Endpoint('http://127.0.0.1:9', 'm'), lambda: None, Ladder())\n"
        "print('openai' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False", done.stderr


def test_every_preset_is_an_address_and_the_cloud_ones_name_a_model() -> None:
    for name, preset in PROVIDERS.items():
        if name == "custom":
            continue
        found = endpoint(name, "", "")
        assert found and found.url == preset.url.rstrip("/")
        # Ark names a model by the endpoint that one has made there.
        assert bool(found.model) == (preset.needs_key and name != "ark")
        assert found.local != preset.needs_key
        assert found.url.startswith("https://") or found.local


def test_the_settings_go_before_the_preset() -> None:
    found = endpoint("deepseek", "http://10.0.0.5:9/v1/chat/completions", "mine")
    assert found == Endpoint("http://10.0.0.5:9/v1", "mine", PROVIDERS["deepseek"].quiet)
    assert endpoint("none", "http://x", "y") is None


@pytest.mark.parametrize("url", ["", "ftp://x", "nonsense", "http://", "http://x:99999/v1", "http://[bad"])
def test_an_address_that_cannot_be_one_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(RewriteError) as raised:
        endpoint("custom", url, "m")
    assert raised.value.code == "llm-address" and raised.value.remedy


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("localhost:8080", "http://localhost:8080/v1"),
        ("127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
        ("http://192.168.1.5:11434", "http://192.168.1.5:11434/v1"),
        ("http://192.168.1.5:11434/", "http://192.168.1.5:11434/v1"),
        ("api.example.com", "https://api.example.com/v1"),
        ("https://api.example.com/paas/v4/chat/completions/", "https://api.example.com/paas/v4"),
        ("gpu:8000/v1", "http://gpu:8000/v1"),
    ],
)
def test_an_address_without_scheme_or_version_is_mended(url: str, meant: str) -> None:
    found = endpoint("custom", url, "m")
    assert found and found.url == meant


@pytest.mark.parametrize("name", [name for name, each in PROVIDERS.items() if each.quiet])
def test_a_provider_at_another_address_is_still_kept_from_thinking(name: str) -> None:
    found = endpoint(name, "https://elsewhere.example.com/v1", "m")
    assert found and found.quiet == PROVIDERS[name].quiet


@pytest.mark.parametrize("said", ["Model Not Exist", "模型不存在，请检查模型代码。", "The model `m` does not exist"])
def test_a_model_that_is_not_there_is_asked_once_whatever_the_status_is(server: ChatServer, said: str) -> None:
    server.complaint = said
    assert failure(chat(server)).code == "llm-not-found"
    assert len(server.asked) == 1


def test_a_region_that_is_refused_is_told_in_the_servers_own_words(server: ChatServer) -> None:
    server.manner, server.reason = "403", "Country, region, or territory not supported"
    error = failure(chat(server))
    assert error.code == "llm-forbidden" and "territory not supported" in error.message


def test_an_account_without_money_is_told_in_the_servers_own_words(server: ChatServer) -> None:
    server.manner, server.reason = "402", "Insufficient Balance"
    assert "Insufficient Balance" in failure(chat(server)).message


def test_a_proxy_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://me:hush@127.0.0.1:{unused()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    error = failure(Chat(Endpoint("http://elsewhere.invalid/v1", "m"), lambda: "k", Ladder()))
    assert (
        error.code == "llm-unreachable"
        and "the proxy http://127.0.0.1:" in error.message
        and "hush" not in error.line()
    )


def test_a_socks_proxy_is_spoken_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{unused()}")
    for name in ("HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    error = failure(Chat(Endpoint("http://elsewhere.invalid/v1", "m"), lambda: "k", Ladder()))
    assert error.code == "llm-unreachable" and "socks5://127.0.0.1:" in error.message


def test_a_model_on_this_machine_reads_what_never_changes_before_it_is_asked(server: ChatServer) -> None:
    made = chat(server)
    made.read_ahead([{"role": "system", "content": "the rules"}])
    assert [each["messages"][0]["content"] for each in server.asked] == ["the rules"]
    assert server.asked[0]["max_tokens"] == 1 and "response_format" not in server.asked[0]


def test_a_server_elsewhere_is_not_asked_to_read_ahead() -> None:
    made = Chat(Endpoint("http://192.0.2.1/v1", "m"), lambda: pytest.fail("the key was fetched"), Ladder())
    made.read_ahead([{"role": "user", "content": "x"}])


def test_a_key_that_was_accepted_is_not_fetched_again_after_a_timeout(server: ChatServer) -> None:
    keys = ["one"]
    made = Chat(Endpoint(server.url, "m"), lambda: keys.pop(0), Ladder())
    made.warm()
    server.manner = "hang"
    assert failure(made, 0.3).code == "llm-timeout"
    server.manner = ""
    ask(made)
    assert server.keys[-1] == "Bearer one"


def test_a_server_that_is_slow_to_refuse_is_not_asked_the_same_by_the_next_text(tmp_path: Path) -> None:
    file = tmp_path / "servers.json"
    ladder = Ladder(file)
    ladder.descend("u", "m", Manner(OBJECT))
    assert ladder.manner("u", "m") == Manner(OBJECT) and not file.exists()
    ladder.learn("u", "m", Manner(OBJECT))
    assert Ladder(file).manner("u", "m") == Manner(OBJECT)
    ladder.descend("u", "m", None)
    assert ladder.manner("u", "m") == Manner()


def test_a_password_in_the_address_is_never_shown() -> None:
    found = endpoint("custom", "https://me:hush@host/v1", "m")
    assert found and found.shown == "https://host/v1"


@given(st.text(max_size=60))
def test_the_ladder_always_ends(said: str) -> None:
    manner: Manner | None = Manner()
    steps = 0
    while manner is not None:
        manner = lower(manner, said)
        steps += 1
        assert steps < 10


def test_the_ladder_gives_up_first_what_the_server_names() -> None:
    assert lower(Manner(), "json_schema is not supported") == Manner(OBJECT)
    assert lower(Manner(OBJECT), "response_format is unknown") == Manner(PLAIN)
    assert lower(Manner(), "temperature must be 1") == Manner(temperature=False)
    assert lower(Manner(), "unknown field: thinking") == Manner(quiet=False)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1}', '{"a": {"form": "poem"}}', '{"a": {"odd": 1}}'])
def test_a_memory_that_cannot_be_read_is_forgotten(tmp_path: Path, content: str) -> None:
    file = tmp_path / "servers.json"
    file.write_text(content)
    ladder = Ladder(file)
    assert ladder.manner("u", "m") == Manner(SCHEMA)
    ladder.learn("u", "m", Manner(PLAIN))
    assert Ladder(file).manner("u", "m") == Manner(PLAIN)
    assert json.loads(file.read_text())["u m"]["form"] == PLAIN


def test_a_password_in_the_address_is_not_kept_either(server: ChatServer, tmp_path: Path) -> None:
    where = Endpoint(server.url.replace("//", "//me:hush@"), "m")
    assert ask(Chat(where, lambda: KEY, Ladder(tmp_path / "servers.json"))) == '{"x": 1}'
    assert "hush" not in (tmp_path / "servers.json").read_text()
