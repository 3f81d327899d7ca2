"""Owns the tests of the short encoder context: how long, when it is doubted, and how it is proved or switched off."""

from __future__ import annotations

import os
import queue
import signal
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.types import RATE, SAMPLE_BYTES, Span, Transcript
from dictation.engines import engine_life, engine_main, whisper
from dictation.engines.encoder_context import (
    ENOUGH,
    FULL,
    MOST_WAITING,
    PIECES,
    Piece,
    Proof,
    changes,
    doubt,
    units,
    window,
)
from dictation.engines.process import EngineProcess
from dictation.engines.whisper import Whisper

from .conftest import Say

SAID = ("merge main into dev", "en")
WORDS = st.lists(st.sampled_from(["git", "push", "main", "好", "吗", "the", "file"]), max_size=12)


def piece(text: str, number: int = 0) -> Piece:
    return Piece(bytes([number, 1, 2, 3]) * 8, "en", (), text)


# How long


@given(st.integers(0, FULL))
def test_ten_seconds_of_zeros_follow_the_speech_as_long_as_there_is_room(heard: int) -> None:
    frames = window(heard)
    assert 1000 <= frames <= FULL and frames % 100 == 0
    assert frames == FULL or heard + 1000 <= frames < heard + 1100


# Doubt


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("merge main into dev", 1.5),
        ("yes", 0.4),
        ("今天我们打开新的文件", 2.0),
        ("no no no, go", 3.0),
        ("ls -la", 1.0),
    ],
)
def test_what_people_say_is_not_doubted(text: str, seconds: float) -> None:
    assert doubt(text, seconds, -0.3, True) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Thank you. Thank you. Thank you. Thank you.", "loop"),
        ("so the President the President the President the President", "loop"),
        ("我会上课我会上课我会上课我会上课", "loop"),
        ("的的的的", "loop"),
        ("hahahahahahaha", "loop"),
        ("", "nothing"),
        ("♪ ♪", "nothing"),
    ],
)
def test_loops_and_nothing_are_doubted(text: str, why: str) -> None:
    assert doubt(text, 20.0, -0.1, True) == why


def test_a_rate_that_nobody_speaks_at_is_doubted() -> None:
    eight = "one two three four five six seven eight"
    assert doubt(eight, 1.1, -0.1, True) == "too fast"
    assert doubt(eight, 1.2, -0.1, True) == ""
    assert doubt("一二三四五六七八九十上下来", 1.05, -0.1, True) == "too fast"
    assert doubt("打开 main and dev 的文件", 0.6, -0.1, True) == "too fast"


def test_a_cap_and_a_low_probability_are_doubted() -> None:
    assert doubt("merge main", 2.0, -0.1, False) == "no end"
    assert doubt("merge main", 2.0, -1.01, True) == "unsure"


@given(WORDS, st.integers(1, 6))
def test_only_four_in_a_row_are_a_loop(words: list[str], size: int) -> None:
    phrase = [f"w{number}" for number in range(size)]
    assert doubt(" ".join([*words, *phrase * 4, *words]), 99.0, 0.0, True) == "loop"
    three = [f"v{at}" for at in range(4)] + phrase * 3 + [f"u{at}" for at in range(4)]
    assert doubt(" ".join(three), 99.0, 0.0, True) == ""


# Words


@given(WORDS, WORDS, WORDS)
def test_changes_are_a_distance(one: list[str], other: list[str], third: list[str]) -> None:
    a, b, c = (" ".join(each) for each in (one, other, third))
    assert changes(a, a) == 0
    assert changes(a, b) == changes(b, a) <= max(len(one), len(other))
    assert changes(a, c) <= changes(a, b) + changes(b, c)


def test_capitals_spaces_and_punctuation_are_no_words() -> None:
    assert changes("Merge, main!", "merge  main") == 0
    assert units("Don't 打开 README.md。") == ["don't", "打", "开", "readme", "md"]


# Proof


def test_more_than_three_in_a_hundred_words_fail_after_twenty_pieces() -> None:
    proof = Proof()
    for number in range(ENOUGH):
        assert not proof.failed
        proof.compare(piece("a b c d e f g h i j"), "a b c d e f g h i " + ("x" if number < 7 else "j"))
    assert (proof.compared, proof.words, proof.different) == (20, 200, 7)
    assert proof.failed
    proof.keep(piece("more"))
    assert not proof.waiting


def test_three_in_a_hundred_are_no_failure_and_after_fifty_nothing_more_is_kept() -> None:
    proof = Proof()
    for number in range(PIECES):
        proof.keep(piece("kept", number))
        proof.compare(proof.take(), "kept")
    proof.different = proof.words * 3 // 100
    assert not proof.failed
    proof.keep(piece("more"))
    assert not proof.waiting


def test_the_newest_are_kept_and_a_guess_gives_way_to_the_whole() -> None:
    proof = Proof()
    for number in range(MOST_WAITING + 3):
        proof.keep(piece(f"{number}", number))
    guess, whole = Piece(bytes(range(100)), "en", (), "half"), Piece(bytes(range(200)), "en", (), "half of it")
    proof.keep(guess)
    proof.keep(whole)
    taken = []
    while proof.waiting:
        taken.append(proof.take().text)
    assert taken == ["half of it", "10", "9", "8", "7", "6", "5", "4"]


def test_counts_go_on_where_they_were() -> None:
    proof = Proof(short=5, fallbacks=1, compared=3, words=30, different=2)
    assert Proof.resume(proof.counts()).counts() == proof.counts()
    assert Proof.resume({}).counts() == Proof().counts()


# The recogniser


@pytest.fixture
def mini(model: str) -> Whisper:
    return Whisper(model, "cpu", "auto", 2)


def encoded(mini: Whisper, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Frames of every encoding from now on."""
    lengths: list[int] = []
    encode = mini._model.encode

    def count(features: Any) -> Any:
        lengths.append(features.shape[1])
        return encode(features)

    monkeypatch.setattr(mini._model, "encode", count)
    return lengths


def test_short_speech_is_encoded_short_and_heard_the_same(
    mini: Whisper, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = encoded(mini, monkeypatch)
    assert mini.transcribe(say(*SAID), "auto").text.lower() == SAID[0]
    seconds = len(say(*SAID)) / SAMPLE_BYTES / RATE
    assert len(lengths) == 1 and 1000 + 100 * seconds <= lengths[0] < 1101 + 100 * seconds
    assert (mini.proof.short, mini.proof.fallbacks) == (1, 0)


def test_twenty_seconds_have_no_room_for_a_short_context(mini: Whisper, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths = encoded(mini, monkeypatch)
    mini.transcribe(bytes(SAMPLE_BYTES * RATE * 21), "en")
    assert lengths == [FULL]
    assert mini.proof.short == 0


def test_full_is_full(model: str, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    mini = Whisper(model, "cpu", "auto", 2, "full")
    lengths = encoded(mini, monkeypatch)
    assert mini.transcribe(say(*SAID), "en").text.lower() == SAID[0]
    assert lengths == [FULL]
    assert mini.encode_seconds > 0 and mini.proof.counts() == Proof().counts()


def test_a_large_model_is_never_short(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper, "LARGE", 100)  # the embedded one is wider
    assert not Whisper(model, "cpu", "auto", 2).short


@pytest.mark.parametrize("doubtful", ["loop loop loop loop", ""])
def test_a_doubt_is_decoded_again_at_the_full_window(
    mini: Whisper, say: Say, monkeypatch: pytest.MonkeyPatch, doubtful: str
) -> None:
    lengths = encoded(mini, monkeypatch)
    decode = Whisper._decode

    def loops_when_short(self: Whisper, memory: Any, *rest: Any) -> Span:
        return decode(self, memory, *rest) if memory.shape[1] == FULL // 2 else Span(doubtful, 0, 2.0)

    monkeypatch.setattr(Whisper, "_decode", loops_when_short)
    assert mini.transcribe(say(*SAID), "auto").text.lower() == SAID[0]
    assert len(lengths) == 2 and lengths[1] == FULL
    assert (mini.proof.short, mini.proof.fallbacks, mini.proof.waiting) == (1, 1, False)


def test_the_time_of_an_encoding_is_that_of_the_context_in_use(mini: Whisper) -> None:
    short = mini.encode_seconds
    mini.proof.compared, mini.proof.words, mini.proof.different = 20, 100, 50
    assert 0 < short < mini.encode_seconds


def test_words_that_differ_too_often_switch_it_off_and_are_told(
    mini: Whisper, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    mini.proof.compared, mini.proof.words, mini.proof.different = 18, 72, 2
    for text in ("show the last three commits", SAID[0]):
        mini.transcribe(say(text, "en"), "en")
    monkeypatch.setattr(mini, "_transcribe", lambda *_: Transcript("x", "en"))
    mini.prove()
    assert (mini.short, mini.note) == (True, "")
    mini.prove()
    assert (mini.short, mini.proof.waiting) == (False, False)
    assert "short encoder context" in mini.note


# The process


def test_pieces_are_compared_at_leisure_and_the_counts_outlive_the_process(
    engine: EngineProcess, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: queue.SimpleQueue[int] = queue.SimpleQueue()
    take_news = engine_life.Lifeline._take_news

    def record(self: engine_life.Lifeline, about: dict[str, Any]) -> None:
        take_news(self, about)
        compared.put(about["proof"]["compared"])

    monkeypatch.setattr(engine_life.Lifeline, "_take_news", record)
    engine.transcribe(say(*SAID), "auto")
    assert compared.get(timeout=60) == 0  # not as part of the answer
    assert compared.get(timeout=60) == 1
    about = engine.describe()
    assert (about["short"], about["fallbacks"], about["words"], about["different"]) == (1, 0, 4, 0)
    assert engine.pid
    os.kill(engine.pid, signal.SIGKILL)
    assert engine.transcribe(say(*SAID), "auto").text.lower() == SAID[0]
    about = engine.describe()
    assert (about["short"], about["compared"]) == (2, 1)
    assert engine.unload()
    assert engine.describe()["short"] == 2
    engine.transcribe(say(*SAID), "auto")
    assert engine.describe()["short"] == 3


def test_a_process_that_is_started_again_knows_that_it_was_switched_off(engine: EngineProcess, say: Say) -> None:
    engine._config["proof"] = Proof(short=30, compared=20, words=100, different=9).counts()
    assert engine.transcribe(say(*SAID), "auto").text.lower() == SAID[0]
    about = engine.describe()
    assert "9 % of your words" in str(about["note"])
    assert about["short"] == 30


def test_a_request_is_never_behind_more_than_one_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop of the process, with requests that come while it compares."""
    requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
    done: list[str] = []

    class Recogniser:
        proof = Proof()

        def prove(self) -> None:
            done.append("compared " + self.proof.take().text)
            requests.put(("asked", b""))

    class Enough(Exception):
        pass

    def write(stream: Any, header: Any, payload: bytes = b"") -> None:
        if len(done) >= 4:
            raise Enough

    def answer(recogniser: Any, header: Any, payload: bytes) -> tuple[dict[str, Any], bytes]:
        done.append(header)
        return {}, b""

    for number in range(3):
        Recogniser.proof.keep(piece(f"{number}", number))
    monkeypatch.setattr(engine_main, "LEISURE", 0.01)
    monkeypatch.setattr(engine_main, "write_frame", write)
    monkeypatch.setattr(engine_main, "_answer", answer)
    monkeypatch.setattr(engine_main, "_about", lambda _: {})
    with pytest.raises(Enough):
        engine_main._serve(cast(Any, Recogniser()), requests, cast(Any, None))
    assert done == ["compared 2", "asked", "compared 1", "asked"]
