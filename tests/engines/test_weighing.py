"""Owns the tests of weighing: what a real Whisper says for a text and against it, and what is kept for that."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dictation.core.ports import Weigher
from dictation.engines.process import EngineProcess
from dictation.engines.remote import RemoteRecogniser
from dictation.engines.weighing import MOST_BYTES, Encoding, Kept
from dictation.engines.whisper import Whisper

from .conftest import MODEL, Say

REAL = MODEL.parents[1] / "build" / "real" / "base"
real = pytest.mark.skipif(not (REAL / "model.bin").is_file(), reason="no real weights under build/real/base")


@pytest.fixture(scope="module")
def ear() -> Iterator[EngineProcess]:
    """An engine process with real weights."""
    process = EngineProcess(str(REAL), "cpu")
    yield process
    process.close()


@real
def test_the_sound_speaks_for_what_was_said_and_against_what_was_not(ear: EngineProcess, say: Say) -> None:
    said = ear.transcribe(say("show the last three commits", "en"), "en")
    (span,) = said.spans
    right, other, nothing = ear.weigh(span.piece, [said.text, "Thank you for watching.", ""])
    assert right.support > 2 and other.support < 0 and nothing.support == 0.0 and nothing.tokens == 0
    assert right.heard > other.heard


@real
def test_the_words_of_a_weighed_text_lie_in_the_sound_in_order(ear: EngineProcess, say: Say) -> None:
    samples = say("show the last three commits", "en")
    said = ear.transcribe(samples, "en")
    (weight,) = ear.weigh(said.spans[0].piece, [said.text])
    assert "".join(each.text for each in weight.words).strip() == said.text
    starts = [each.start for each in weight.words]
    assert starts == sorted(starts) and starts[0] >= 0 and weight.words[-1].end <= len(samples) / 64000 + 0.1
    assert math.isclose(sum(each.heard for each in weight.words), weight.heard, rel_tol=1e-6)
    assert sum(each.tokens for each in weight.words) == weight.tokens


@real
def test_weighing_and_decoding_again_encode_nothing(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    whisper = Whisper(str(REAL), "cpu")
    said = whisper.transcribe(say("今天我们打开新的文件", "zh"), "auto")
    whisper.weigh(said.spans[0].piece, [said.text])  # silence is encoded once for all
    monkeypatch.setattr(whisper, "_encode", None)
    assert whisper.weigh(said.spans[0].piece, [said.text, "打开"])
    once_more = whisper.again(said.spans[0].piece)
    assert once_more and once_more.text == said.text and once_more.spans[0].piece == said.spans[0].piece


@real
def test_a_text_that_was_weighed_is_not_weighed_again(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    whisper = Whisper(str(REAL), "cpu")
    said = whisper.transcribe(say("show the last three commits", "en"), "en")
    piece, texts = said.spans[0].piece, [said.text, "nothing of the kind"]
    first = whisper.weigh(piece, texts)
    monkeypatch.setattr("dictation.engines.weighing._weighed", None)
    assert whisper.weigh(piece, texts, "en") == first


@real
def test_a_piece_that_is_not_kept_has_no_weight(ear: EngineProcess) -> None:
    assert ear.weigh(1, ["anything"]) == () and ear.again(1) is None
    assert ear.weigh(0, ["anything"]) == () and ear.again(0) is None


def test_a_model_that_is_no_whisper_gives_nothing_to_weigh(model: str, say: Say) -> None:
    said = Whisper(model, "cpu").transcribe(say("show the last three commits", "en"), "en")
    assert said.text and said.spans[0].piece == 0


def test_a_server_elsewhere_cannot_weigh_and_the_engine_here_can(tmp_path: Path) -> None:
    assert not isinstance(RemoteRecogniser("http://here/v1", "x", "", 1.0), Weigher)
    assert isinstance(EngineProcess(None), Weigher)


def test_the_oldest_encodings_give_way_and_no_number_comes_twice() -> None:
    big: Any = SimpleNamespace(shape=(1, MOST_BYTES // 16, 1))
    kept = Kept(7)
    numbers = [kept.keep(Encoding(big, 1, 1.0, "en")) for _ in range(6)]
    assert len({*numbers}) == 6 and min(numbers) > 7
    assert [number for number in numbers if kept.find(number)] == numbers[-4:]
    kept.forget()
    assert not any(kept.find(number) for number in numbers)
