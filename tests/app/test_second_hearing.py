"""What is heard twice, and what stays as it was heard."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dictation.app.words.second_hearing import KeenEngine, signs_of_trade
from dictation.core.errors import EngineError
from dictation.core.evidence import HeardWord, Weight
from dictation.core.types import Span, Transcript
from dictation.engines.process import EngineProcess


class Scene:
    """What the engine would say: first, again, and of each text how likely its words are."""

    def __init__(self, first: str, second: str | None, language: str = "zh", logprob: float = -0.6) -> None:
        self.first, self.second, self.language, self.logprob = first, second, language, logprob
        self.hints: list[str] = []
        self.asked = 0
        self.broken = False

    def transcribe(self, _: object, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        span = Span(self.first, 0.0, 1.0, self.logprob, piece=7)
        return Transcript(self.first, self.language, 0.6, (span,))

    def again(
        self, _: object, piece: int, language: str = "", hints: Sequence[str] = (), style: str = ""
    ) -> Transcript | None:
        self.asked += 1
        self.hints = [*hints]
        if self.broken:
            raise EngineError("engine-died", "It died", "Try again.")
        return None if self.second is None else Transcript(self.second, self.language, 0.5)

    def weigh(self, _: object, piece: int, texts: Sequence[str], language: str = "") -> tuple[Weight, ...]:
        made = []
        for text in texts:
            parts = [f" {word}" for word in text.split(" ")]
            words = tuple(HeardWord(part, 0.0, 0.1, -1.0, -9.0) for part in parts)
            made.append(Weight(text, -1.0 * len(words), -9.0 * len(words), len(words), words))
        return tuple(made)


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> object:
    def start(scene: Scene) -> KeenEngine:
        for name in ("transcribe", "again", "weigh"):
            method = getattr(scene, name)
            monkeypatch.setattr(EngineProcess, name, lambda self, *a, _m=method, **k: _m(self, *a, **k))
        return KeenEngine(None)

    return start


def heard(play: object, scene: Scene, *, simplified: bool = True) -> str:
    assert callable(play)
    engine = play(scene)
    engine.simplified = simplified
    transcript: Transcript = engine.transcribe(b"", "auto", ("OurService",))
    assert len(transcript.spans) == 1 and transcript.spans[0].piece == 7
    return transcript.text


def test_a_developers_sentence_is_heard_again_with_terms_that_sound_like_it(play: object) -> None:
    scene = Scene("Dipsync 的 API 的 格式", "DeepSeek 的 API 的 格式")
    assert heard(play, scene) == "DeepSeek 的 API 的 格式"
    assert scene.hints[0] == "OurService" and "DeepSeek" in scene.hints and len(scene.hints) <= 30


def test_what_is_sure_and_ordinary_is_heard_once(play: object) -> None:
    scene = Scene("Sunday is the best part of the week.", "Sunday", "en", -0.05)
    assert heard(play, scene) == scene.first and not scene.asked


def test_traditional_script_is_left_to_those_who_want_it(play: object) -> None:
    scene = Scene("這個 API", "这个 API")
    assert heard(play, scene, simplified=False) == "這個 API" and not scene.asked


def test_latin_words_inside_chinese_are_a_sign_of_the_trade() -> None:
    assert signs_of_trade("Alastic 12 的 He 射程", "zh") and not signs_of_trade("我相信很好吃", "zh")
    assert not signs_of_trade("it is the best part of the day", "en")


@pytest.mark.parametrize("second", [None, ""])
def test_where_nothing_is_heard_again_the_first_words_stay(play: object, second: str | None) -> None:
    assert heard(play, Scene("用 API", second)) == "用 API"


def test_an_engine_that_dies_over_it_costs_no_word(play: object) -> None:
    scene = Scene("用 API", "用 API")
    scene.broken = True
    assert heard(play, scene) == "用 API" and scene.asked == 1
