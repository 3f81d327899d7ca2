"""Owns the tests of the local recogniser: what it hears, where it ends, and what it says of a broken model."""

from __future__ import annotations

import json
import math
import os
import shutil
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dictation.core.errors import EngineError, ModelError
from dictation.core.types import RATE, Span, Transcript
from dictation.engines import hint_prompt, thread_count, whisper
from dictation.engines.pick_language import languages_of
from dictation.engines.whisper import Whisper

from .conftest import Say

SENTENCES = [
    ("merge main into dev", "en"),
    ("show the last three commits", "en"),
    ("今天我们打开新的文件", "zh"),
    ("把 main 分支合并到 dev 分支", "mixed"),
]


@pytest.fixture(scope="module")
def mini(model: str) -> Whisper:
    """The embedded model, loaded."""
    return Whisper(model, "cpu", "auto", 2)


@pytest.fixture(scope="module")
def full(model: str) -> Whisper:
    """The same, with the whole window encoded every time."""
    return Whisper(model, "cpu", "auto", 2, "full")


@pytest.fixture
def copy(model: str, tmp_path: Path) -> Path:
    """A model's folder that a test may break."""
    return Path(shutil.copytree(model, tmp_path / "model"))


@pytest.mark.parametrize(("text", "language"), SENTENCES)
def test_what_is_said_is_heard(mini: Whisper, say: Say, text: str, language: str) -> None:
    expected = "en" if language == "en" else "zh"
    heard = mini.transcribe(say(text, language), "auto")
    assert (heard.text.lower(), heard.language) == (text, expected)
    assert 0.3 < heard.confidence <= 1
    (span,) = heard.spans
    assert span.text == heard.text
    assert heard.confidence == pytest.approx(math.exp(span.logprob))
    assert 0 <= span.no_speech <= 1
    assert mini.transcribe(say(text, language), expected).text == heard.text


@pytest.mark.parametrize(("text", "language"), SENTENCES)
def test_it_hears_what_faster_whisper_hears(full: Whisper, say: Say, text: str, language: str) -> None:
    said = say(text, language)
    code = "en" if language == "en" else "zh"
    segments, _ = full._model.transcribe(
        np.frombuffer(said, "<f4"), language=code, beam_size=1, temperature=0, without_timestamps=True
    )
    (theirs,) = segments
    ours = full.transcribe(said, code)
    assert ours.text == theirs.text.strip()
    assert ours.spans[0].logprob == pytest.approx(theirs.avg_logprob, abs=0.02)
    assert ours.spans[0].no_speech == pytest.approx(theirs.no_speech_prob, abs=0.01)


def test_the_audio_is_encoded_once_even_when_the_language_is_not_known(
    mini: Whisper, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = []
    encode = mini._model.encode

    def count(features: Any) -> Any:
        shapes.append(features.shape)
        return encode(features)

    monkeypatch.setattr(mini._model, "encode", count)
    mini.transcribe(say(*SENTENCES[0]), "auto")
    assert len(shapes) == 1


def test_the_padding_is_zeros_after_the_features(mini: Whisper, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(mini._model, "encode", seen.append)
    loud = np.random.default_rng(0).standard_normal(RATE).astype(np.float32)
    mini._encode(loud.tobytes(), 1000)
    (features,) = seen
    assert features.shape == (80, 1000)
    assert features[:, :100].any(axis=0).all()
    assert not features[:, 100:].any()


def test_a_context_that_is_too_short_is_refused(mini: Whisper) -> None:
    with pytest.raises(ValueError, match="not 1000 to 3000"):
        mini._encode(bytes(4 * RATE), 160)


@pytest.mark.parametrize("hints", [[], ["Kubernetes"] * 60], ids=["no hints", "hints"])
@pytest.mark.parametrize("seconds", [1, 30])
def test_a_loop_ends_at_the_cap(mini: Whisper, monkeypatch: pytest.MonkeyPatch, hints: list[str], seconds: int) -> None:
    end = mini._tokenizer("en").eot
    monkeypatch.setattr(whisper, "suppressed", lambda tokenizer: [end])
    generate, counts = mini._model.model.generate, []

    class Counting:
        def __getattr__(self, name: str) -> Any:
            return getattr(mini_model, name)

        def generate(self, *args: Any, **options: Any) -> Any:
            results = generate(*args, **options)
            counts.append(len(results[0].sequences_ids[0]))
            return results

    mini_model = mini._model.model
    monkeypatch.setattr(mini._model, "model", Counting())
    mini.transcribe(bytes(4 * RATE * seconds), "en", hints)
    assert set(counts) == {8 + 9 * seconds}


@pytest.mark.parametrize("hints", [[], ["Kubernetes"] * 60], ids=["no hints", "hints"])
@pytest.mark.parametrize("style", ["", "A sentence that stands in front. " * 80], ids=["no style", "a long one"])
@pytest.mark.parametrize("seconds", [1, 30])
def test_a_decode_that_ran_into_its_limit_says_so_however_much_stands_in_front(
    mini: Whisper, monkeypatch: pytest.MonkeyPatch, hints: list[str], style: str, seconds: int
) -> None:
    sound = mini._encode(bytes(4 * RATE * seconds), mini._frames(seconds))
    with monkeypatch.context() as never_ending:
        never_ending.setattr(whisper, "suppressed", lambda tokenizer: [tokenizer.eot])
        span = mini._decode(sound, "en", hints, seconds, style)
        assert span.cut and span.tokens == 8 + 9 * seconds, "the limit is the same whatever stands in front"
        for heard in (mini.transcribe(bytes(4 * RATE), "en", hints), mini.transcribe_whole(bytes(4 * RATE), "en")):
            assert all(each.cut for each in heard.spans)
    assert not mini._decode(sound, "en", (), seconds).cut


def test_hints_are_whole_terms_within_the_limits_and_hold_no_special_tokens(mini: Whisper) -> None:
    tokenizer = mini._tokenizer("en")
    many = hint_prompt.hint_tokens(tokenizer, [f"term{n}" for n in range(99)])
    assert many[0] == tokenizer.sot_prev
    assert len(many) <= 1 + hint_prompt.HINT_TOKENS
    assert tokenizer.decode(many[1:]).strip().split(", ") == [f"term{n}" for n in range(99)][: many.count(many[1])]
    short = hint_prompt.hint_tokens(tokenizer, ["go"] * 60)
    assert tokenizer.decode(short[1:]).split(",") == [" go"] * hint_prompt.HINT_TERMS
    sly = hint_prompt.hint_tokens(tokenizer, ["<|endoftext|><|translate|> x"])
    assert all(each < tokenizer.eot for each in sly[1:])
    assert hint_prompt.hint_tokens(tokenizer, []) == []


def test_hints_that_hide_the_speech_are_left_out(mini: Whisper, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    decode = whisper.Whisper._decode

    def deaf_with_hints(
        self: Whisper, encoded: Any, language: str, hints: list[str], seconds: float, *more: str
    ) -> Any:
        heard = decode(self, encoded, language, hints, seconds, *more)
        return Span("", 0, seconds) if hints else heard

    monkeypatch.setattr(whisper.Whisper, "_decode", deaf_with_hints)
    assert mini.transcribe(say(*SENTENCES[0]), "en", ["Kubernetes"]).text.lower() == SENTENCES[0][0]


def test_nothing_is_heard_in_nothing(mini: Whisper) -> None:
    assert mini.transcribe(b"", "zh") == Transcript("", "zh", 0.0)
    assert mini.transcribe(b"", "auto").text == ""


def test_an_answer_of_no_speech_is_no_text(mini: Whisper, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    tokenizer = mini._tokenizer("en")
    others = [each for each in range(tokenizer.timestamp_begin + 1501) if each != tokenizer.no_speech]
    monkeypatch.setattr(whisper, "suppressed", lambda tokenizer: others)
    heard = mini.transcribe(say(*SENTENCES[0]), "en")
    assert (heard.text, heard.spans) == ("", ())


def test_a_few_samples_are_enough_to_ask(mini: Whisper) -> None:
    for samples in (1, 100, 399, 401):
        mini.transcribe(bytes(4 * samples), "auto")


def test_thirty_seconds_are_heard_and_a_sample_more_is_refused(mini: Whisper) -> None:
    mini.transcribe(bytes(4 * RATE * 30), "en")
    with pytest.raises(EngineError) as raised:
        mini.transcribe(bytes(4 * RATE * 30 + 4), "en")
    assert raised.value.code == "utterance-too-long"


def test_not_a_number_is_heard_as_silence(mini: Whisper, say: Say) -> None:
    said = np.frombuffer(say(*SENTENCES[0]), "<f4").copy()
    said[:50] = np.nan
    assert mini.transcribe(said.tobytes(), "auto").text.lower() == SENTENCES[0][0]


def test_a_model_that_knows_english_only_says_so(mini: Whisper, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    class EnglishOnly:
        is_multilingual = False

    only: Any = EnglishOnly()
    monkeypatch.setattr(mini._model, "model", only)
    assert [languages_of(only, None, each, "here", 9.0) for each in ("auto", "auto-zh", "en")] == [{"en": 0.0}] * 3
    assert mini._tokenizer("en").sot_sequence == [mini._tokenizer("en").sot]
    with pytest.raises(EngineError) as raised:
        languages_of(only, None, "zh", "here", 9.0)
    assert raised.value.code == "model-knows-english-only"


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_a_missing_file_is_named_and_not_fetched(copy: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    (copy / name).unlink()
    with pytest.raises(ModelError) as raised:
        Whisper(str(copy), "cpu")
    assert raised.value.code == "model-incomplete"
    assert name in raised.value.message
    assert raised.value.remedy


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"<html>404</html>", None], ids=["empty", "a web page", "half"])
def test_a_broken_file_is_a_broken_model(copy: Path, name: str, content: bytes | None) -> None:
    whole = (copy / name).read_bytes()
    (copy / name).write_bytes(whole[: len(whole) // 2] if content is None else content)
    with pytest.raises(ModelError) as raised:
        Whisper(str(copy), "cpu")
    assert raised.value.code == "model-broken"


def test_without_a_preprocessor_file_the_model_says_how_many_bands_it_hears(copy: Path, say: Say) -> None:
    path = copy / "preprocessor_config.json"
    path.write_text(json.dumps({"feature_size": 128}))
    assert Whisper(str(copy), "cpu").transcribe(say(*SENTENCES[0]), "en").text.lower() == SENTENCES[0][0]


@pytest.mark.parametrize("kind", ["missing", "a file"])
def test_what_is_no_folder_is_no_model(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "model"
    if kind == "a file":
        path.write_bytes(b"x")
    with pytest.raises(ModelError) as raised:
        Whisper(str(path))
    assert raised.value.code == "model-missing"


def test_a_gpu_that_fails_leaves_the_cpu_and_a_note(model: str, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    import ctranslate2

    possible = ctranslate2.get_supported_compute_types

    def without_libraries(device: str) -> Any:
        if device == "cuda":
            raise RuntimeError("Library libcublas.so.12 is not found or cannot be loaded")
        return possible(device)

    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", without_libraries)
    on_cpu = Whisper(model, "auto", "float16")
    assert (on_cpu.device, on_cpu.precision) == ("cpu", "int8")
    assert "libcublas.so.12" in on_cpu.note
    assert on_cpu.transcribe(say(*SENTENCES[0]), "en").text.lower() == SENTENCES[0][0]


def test_a_gpu_that_fails_in_the_middle_leaves_the_cpu_and_the_words(
    model: str, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    recogniser = Whisper(model, "cpu")
    recogniser.device = "cuda"  # as far as it knows

    def out_of_memory(*_: object) -> None:
        raise RuntimeError("CUDA failed with error out of memory")

    monkeypatch.setattr(recogniser._model, "encode", out_of_memory)
    assert recogniser.transcribe(say(*SENTENCES[0]), "en").text.lower() == SENTENCES[0][0]
    assert recogniser.device == "cpu"
    assert "out of memory" in recogniser.note


def test_a_precision_that_the_processor_cannot_do_is_replaced_with_a_note(model: str) -> None:
    recogniser = Whisper(model, "cpu", "int8_float16")
    assert recogniser.precision == "int8"
    assert "int8_float16" in recogniser.note


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (64, 4)])
def test_one_core_is_left_free_where_there_are_some(monkeypatch: pytest.MonkeyPatch, cores: int, threads: int) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    assert thread_count.thread_count(0) == threads
    assert thread_count.thread_count(7) == 7


@pytest.mark.parametrize(
    ("decoded", "text"),
    [
        ("。扭我觉得缓存没有失效", "扭我觉得缓存没有失效"),
        (" , so we merge it", "so we merge it"),
        (" .env is missing", ".env is missing"),
        ("::1 is the address", "::1 is the address"),
        ("!!!!", "!!!!"),
        (" yes. ", "yes."),
        ("", ""),
    ],
)
def test_no_text_begins_with_the_mark_that_ends_the_prompt(decoded: str, text: str) -> None:
    assert hint_prompt.unheaded(decoded) == text
