"""Words that greedy search is not sure of are looked for once more with a beam, in the same encoding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dictation.core.hearing.gate import SURE_LOGPROB
from dictation.core.types import RATE, Span
from dictation.engines.whisper import Whisper
from dictation.engines.word_search import BEAMS, surer, unsure

from .conftest import Say

GREEDY = Span("one thing", 0.0, 2.0, SURE_LOGPROB - 0.1, language="en", tokens=2)
WIDER = replace(GREEDY, text="another thing", logprob=GREEDY.logprob + 0.05)


@pytest.mark.parametrize(
    "span, wanted",
    [
        (GREEDY, True),
        (replace(GREEDY, logprob=SURE_LOGPROB), False),
        (replace(GREEDY, text=""), False),
    ],
    ids=["unsure words", "sure words", "no words"],
)
def test_only_words_that_are_not_sure_are_looked_for_again(span: Span, wanted: bool) -> None:
    assert unsure(span) is wanted


def test_what_a_wider_search_finds_counts_where_it_is_as_likely_and_has_words() -> None:
    assert surer(GREEDY, WIDER) is WIDER
    assert surer(GREEDY, replace(WIDER, logprob=GREEDY.logprob - 0.01)) is GREEDY
    assert surer(GREEDY, replace(WIDER, text="")) is GREEDY


def _searched(whisper: Whisper, monkeypatch: pytest.MonkeyPatch, greedy: Span) -> list[int]:
    """How wide each search was, where a greedy one finds ``greedy`` and a wider one ``WIDER``."""
    widths: list[int] = []

    def decode(
        self: Whisper, encoded: Any, language: str, hints: Any, seconds: float, style: str = "", beams: int = 1
    ) -> Span:
        widths.append(beams)
        return WIDER if beams > 1 else greedy

    monkeypatch.setattr(Whisper, "_decode", decode)
    return widths


@pytest.mark.parametrize("logprob", [GREEDY.logprob, SURE_LOGPROB], ids=["unsure", "sure"])
def test_an_unsure_piece_is_searched_wider_and_encoded_once(
    base: Path, monkeypatch: pytest.MonkeyPatch, logprob: float
) -> None:
    whisper = Whisper(str(base), "cpu")
    widths = _searched(whisper, monkeypatch, replace(GREEDY, logprob=logprob))
    encode, encodes = Whisper._encode, list[int]()

    def counted(self: Whisper, samples: bytes, frames: int) -> Any:
        encodes.append(frames)
        return encode(self, samples, frames)

    monkeypatch.setattr(Whisper, "_encode", counted)
    heard = whisper.transcribe_whole(bytes(8 * RATE), "en", styled=True)
    if logprob < SURE_LOGPROB:
        assert (heard.text, widths) == (WIDER.text, [1, BEAMS])
    else:
        assert (heard.text, widths) == (GREEDY.text, [1])
    assert len(encodes) == 1


def test_what_may_be_noise_is_searched_greedily_only(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whisper = Whisper(str(base), "cpu")
    widths = _searched(whisper, monkeypatch, GREEDY)
    assert whisper.transcribe_whole(bytes(8 * RATE), "en").text == GREEDY.text
    assert widths == [1]


def test_a_model_that_is_no_whisper_is_searched_greedily_only(
    model: str, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    mini = Whisper(model, "cpu")
    widths = _searched(mini, monkeypatch, GREEDY)
    assert mini.transcribe(say("show the last three commits", "en"), "en").text == GREEDY.text
    assert set(widths) == {1}
