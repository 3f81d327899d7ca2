"""Owns the tests of the language model's pass: whatever the server does, what is typed is right, and it is in time."""

from __future__ import annotations

import json
import logging
import socket
import time
from pathlib import Path

import pytest

from dictation.app.words import endpoint as endpoints
from dictation.app.words.endpoint import Switchboard, list_models, wanted
from dictation.app.words.model_pass import FAILURES, PAUSE_SECONDS, Polish, insisted
from dictation.app.words.word_rules import WordRules
from dictation.cli import main
from dictation.core.errors import RewriteError, UsageError
from dictation.core.settings import Settings, put
from dictation.core.types import Draft, Edit, Transcript
from tests.desktop.editors import wait_until
from tests.engines.chat_scenes import GARBLED, GOOD, MENDED, SCENES, Scene
from tests.engines.chat_server import KEY, ChatServer, edits, serving
from tests.patience import SOON

DEADLINE = 1.0


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICTATION_API_KEY", KEY)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> WordRules:
    """The rules, built once, with a glossary of the user's that is not there."""
    made = WordRules(tmp_path_factory.mktemp("words") / "glossary.tsv")
    made.ready(Settings())
    return made


def configured(url: str, when: str = "always", deadline: float = DEADLINE) -> Settings:
    settings = Settings()
    for name, value in (("when", when), ("provider", "custom"), ("url", url), ("model", "a-model")):
        settings = put(settings, f"llm.{name}", value)
    return put(settings, "llm.deadline_seconds", deadline)


class Bench:
    """A pass with a clock that can be put forward."""

    def __init__(self, words: WordRules, url: str, when: str = "always", deadline: float = DEADLINE) -> None:
        self.settings, self.board, self.ahead = configured(url, when, deadline), Switchboard(), 0.0
        if chat := self.board.chat(self.settings):
            chat.warm()
        self.polish = Polish(words, self.board, lambda: time.monotonic() + self.ahead)

    def mend(self, text: str, confidence: float = 1.0) -> Draft:
        rewriter = self.polish.rewriter(self.settings)
        assert rewriter
        return rewriter.rewrite(Draft(text, text), Transcript(text, "", confidence))

    def failure(self, text: str = GARBLED) -> RewriteError:
        with pytest.raises(RewriteError) as raised:
            self.mend(text)
        return raised.value


def nowhere() -> str:
    """An address that nobody answers at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_what_is_typed_is_right_and_in_time_whatever_the_server_does(
    words: WordRules, scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(**scene.server) as server:
        bench = Bench(words, server.url if scene.up else nowhere())
        began = time.monotonic()
        try:
            typed = bench.mend(scene.said).text
        except RewriteError as error:
            assert error.remedy and KEY not in error.line()
            typed = scene.said
        took = time.monotonic() - began
    assert typed == scene.typed
    assert took < SOON
    assert KEY not in caplog.text and scene.said not in caplog.text


def test_an_edit_says_that_the_language_model_made_it(words: WordRules) -> None:
    with serving(reply=GOOD) as server:
        draft = Bench(words, server.url).mend(GARBLED)
    assert draft.heard == GARBLED
    assert draft.edits[0] == Edit("llm", "酷伯内提斯", "Kubernetes")


def test_what_is_sent_is_the_text_and_terms_that_sound_like_it(words: WordRules) -> None:
    with serving(reply=edits()) as server:
        Bench(words, server.url).mend("部署到库伯内蒂斯特的集群")
        asked = json.loads(server.last())
    assert set(asked) == {"dictation", "candidates"}
    assert asked["dictation"] == "部署到库伯内蒂斯特的集群"
    assert "Kubernetes" in asked["candidates"] and len(asked["candidates"]) <= 12


@pytest.mark.parametrize(
    ("text", "confidence", "questions"),
    [
        ("我们明天上午开会讨论这个方案。", 0.9, 0),
        ("please review the pull request before noon", 0.9, 0),
        ("我们明天上午开会讨论这个方案。", 0.3, 1),
        (GARBLED, 0.9, 1),
        ("put the flurbish into the queue", 0.9, 1),
        ("1234", 0.1, 1),
        ("……", 0.1, 0),
        ("", 0.1, 0),
        ("word " * 500, 0.1, 0),
    ],
)
def test_only_what_is_doubtful_is_sent_when_that_is_wanted(
    words: WordRules, text: str, confidence: float, questions: int
) -> None:
    with serving(reply=edits()) as server:
        Bench(words, server.url, "doubtful").mend(text, confidence)
        assert len(server.asked) == questions


@pytest.mark.parametrize(("when", "provider"), [("off", "custom"), ("always", "none"), ("doubtful", "none")])
def test_nothing_is_sent_where_it_is_off_or_no_provider_is_set(words: WordRules, when: str, provider: str) -> None:
    settings = put(put(configured("http://127.0.0.1:9/v1"), "llm.when", when), "llm.provider", provider)
    assert not wanted(settings)
    assert Polish(words, Switchboard()).rewriter(settings) is None


def test_after_three_failures_the_server_is_left_alone_and_the_user_told_once(words: WordRules) -> None:
    with serving(manner="500") as server:
        bench = Bench(words, server.url)
        told = [bench.failure().message for _ in range(FAILURES)]
        assert "for now" in told[-1] and "for now" not in told[0]
        for _ in range(5):
            assert bench.mend(GARBLED) == Draft(GARBLED, GARBLED)
        assert len(server.asked) == FAILURES
        bench.ahead += PAUSE_SECONDS + 1
        assert bench.mend(GARBLED) == Draft(GARBLED, GARBLED), "one try, in silence"
        assert len(server.asked) == FAILURES + 1
        bench.mend(GARBLED)
        assert len(server.asked) == FAILURES + 1
        server.manner, server.reply = "", GOOD
        bench.ahead += PAUSE_SECONDS + 1
        assert bench.mend(GARBLED).text == MENDED
        server.manner = "500"
        assert "for now" not in bench.failure().message, "it counts from the beginning"


def test_a_success_in_between_is_forgiven(words: WordRules) -> None:
    with serving(manner="500", reply=GOOD) as server:
        bench = Bench(words, server.url)
        for _ in range(3):
            server.manner = "500"
            bench.failure()
            server.manner = ""
            assert bench.mend(GARBLED).text == MENDED


@pytest.mark.parametrize("manner", ["401", "404"])
def test_what_does_not_mend_itself_is_not_asked_again(words: WordRules, manner: str) -> None:
    with serving(manner=manner) as server:
        bench = Bench(words, server.url)
        assert "for now" in bench.failure().message
        bench.mend(GARBLED)
        assert len(server.asked) == 1


def test_other_settings_are_tried_at_once(words: WordRules) -> None:
    with serving(manner="401", reply=GOOD) as server:
        bench = Bench(words, server.url)
        bench.failure()
        server.manner = ""
        bench.settings = put(bench.settings, "llm.model", "b-model")
        assert bench.mend(GARBLED).text == MENDED


def test_many_edits_all_over_a_long_text_are_in_time_too(words: WordRules) -> None:
    text = ("我们用酷伯内提斯部署这个服务，再看看日志里有没有报错的请求。" * 35)[:1000]
    pairs = [("酷伯内提斯", "Kubernetes"), *(("日志里", "rizhi" + "x" * at) for at in range(30))]
    with serving(reply=edits(*pairs)) as server:
        bench = Bench(words, server.url, deadline=2.5)
        began = time.monotonic()
        draft = bench.mend(text)
        assert time.monotonic() - began < SOON
    assert "rizhi" not in draft.text and draft.text.count("Kubernetes") > 0


def test_an_address_that_is_none_is_said_and_nothing_is_lost(words: WordRules) -> None:
    bench = Bench(words, "http://127.0.0.1:9/v1")
    bench.settings = put(bench.settings, "llm.url", "nonsense")
    assert bench.failure().code == "llm-address"


# --- the settings' own questions


def good_reply(_: str) -> str:
    return edits(("吉特哈布", "GitHub"))


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"reply": good_reply}, []),
        ({"reply": good_reply, "manner": "no-json"}, []),
        ({"reply": edits()}, ["did not mend a simple sentence"]),
        ({"reply": "吉特哈布 is GitHub"}, ["list of edits"]),
        ({"reply": good_reply, "models": ("a-modal", "x")}, ["does not list a model 'a-model'"]),
        ({"reply": good_reply, "finish": "length"}, ["too long"]),
        ({"manner": "401"}, ["does not accept the key"]),
        ({"manner": "429"}, ["had enough"]),
        ({"manner": "500"}, ["failed (500)"]),
        ({"manner": "html"}, ["no answer of a language model"]),
    ],
)
def test_testing_the_connection_says_what_is_wrong(wishes: dict[str, object], said: list[str]) -> None:
    with serving(**wishes) as server:
        found = endpoints.test_endpoint(configured(server.url, deadline=10))
    assert len(found) == len(said)
    for sentence, part in zip(found, said, strict=True):
        assert part in sentence and KEY not in sentence


def test_testing_says_where_nothing_answers_and_where_nothing_is_set() -> None:
    assert "cannot be reached" in endpoints.test_endpoint(configured(nowhere()))[0]
    assert "nothing is ever sent" in endpoints.test_endpoint(Settings())[0]
    assert "web server" in endpoints.test_endpoint(configured("nonsense"))[0]


def test_the_models_of_the_server_can_be_listed() -> None:
    with serving(models=("b", "A", "c")) as server:
        assert list_models(configured(server.url)) == ["A", "b", "c"]
        assert list_models(Settings()) == []


def finding(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What `dictation doctor` says of the language model."""
    capsys.readouterr()
    main(["doctor", "--json"])
    said = capsys.readouterr().out
    assert KEY not in said
    found = [json.loads(line) for line in said.splitlines()]
    (one,) = [each for each in found if each["part"] == "language model"]
    return dict(one)


def test_doctor_says_whether_the_model_can_be_asked_without_sending_a_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "nothing is ever sent" in finding(capsys)["message"]
    with serving() as server:
        configure(server)
        assert finding(capsys)["verdict"] == "fine"
        server.models = ("other",)
        assert "It has other" in finding(capsys)["remedy"]
        server.manner = "401"
        assert finding(capsys)["verdict"] == "broken"
        assert not server.asked


# --- the command line


def test_a_call_may_insist_only_where_a_model_is_set_up() -> None:
    with pytest.raises(UsageError) as raised:
        insisted(Settings(), True)
    assert raised.value.remedy
    asked = configured("http://x")
    assert insisted(asked, True).llm.when == "always" and insisted(asked, False).llm.when == "off"
    assert insisted(asked, None) is asked


def configure(server: ChatServer) -> None:
    for name, value in (("provider", "custom"), ("url", server.url), ("model", "a-model"), ("deadline_seconds", "5")):
        assert main(["config", "set", f"llm.{name}", value]) == 0


def test_correct_has_the_model_look_at_each_line(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(reply=edits(("recieve", "receive"))) as server:
        configure(server)
        capsys.readouterr()
        assert main(["correct", "--llm", "--json", "they recieve letters"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert report["heard"] == "they recieve letters" and report["text"] == "they receive letters"
        assert report["edits"] == [{"rule": "llm", "from": "recieve", "to": "receive"}]
        assert main(["correct", "--json", "they recieve letters"]) == 0
        assert len(server.asked) == 1


def test_correct_goes_on_without_the_model_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(manner="500") as server:
        configure(server)
        capsys.readouterr()
        assert main(["correct", "--llm", "they recieve letters"]) == 0
        out, err = capsys.readouterr()
        assert out == "they recieve letters\n" and "failed (500)" in err and KEY not in err


def test_a_call_that_wants_a_model_where_none_is_set_up_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["correct", "--llm", "hello"]) == 2
    assert "No language model is set up" in capsys.readouterr().err
    assert main(["transcribe", "--llm", str(tmp_path / "a.wav")]) == 2
    assert "No language model is set up" in capsys.readouterr().err


def test_a_model_on_this_machine_gets_ready_while_one_speaks_and_not_at_every_key() -> None:
    with serving(reply=GOOD) as server:
        board = Switchboard()
        for _ in range(3):
            board.read_ahead(configured(server.url))
        wait_until(lambda: len(server.asked) == 1, "the model to be asked", 10)
        assert server.asked[0]["max_tokens"] == 1
        board.read_ahead(Settings())  # nothing is ever sent without a provider
        assert len(server.asked) == 1
