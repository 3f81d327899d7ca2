"""The user's own sentences: what they are, how they are kept, and how models are scored on them."""

from __future__ import annotations

import wave
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.app.bench.own_sentences import keep, recorded, recording, sentences
from dictation.app.bench.scoring import distance, error_rate, terms_right, units
from dictation.app.verbs import bench_verb
from dictation.app.verbs.transcribe_verb import Report, Wishes
from dictation.core.errors import DictationError, ModelError
from dictation.core.settings import Settings
from dictation.desktop.store.folders import Places

TEXT = st.text("abc 你好吗", max_size=12)


@pytest.fixture
def where(tmp_path: Path) -> Places:
    return Places(tmp_path, tmp_path, tmp_path, tmp_path / "run")


def spoken(seconds: float) -> bytes:
    return array("f", [0.5, -1.5] * round(8000 * seconds)).tobytes()


def test_there_are_twenty_sentences_in_both_languages_and_mixed_with_their_terms_in_them() -> None:
    found = sentences()
    assert len(found) == 20 and {each.language for each in found} == {"zh", "en", "mixed"}
    assert len({each.name for each in found}) == 20
    assert all(term in each.written for each in found for term in each.terms)
    assert all(each.terms for each in found if each.language == "mixed")


def test_a_recording_is_kept_as_a_wav_file_for_its_user_alone(where: Places) -> None:
    first = sentences()[0]
    file = keep(first, spoken(1.0), where)
    assert file == recording(first, where) and file.stat().st_mode & 0o077 == 0
    with wave.open(str(file)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getnframes()) == (16000, 1, 16000)
        assert array("h", sound.readframes(2)).tolist() == [16384, -32768]
    assert [each for each, _ in recorded(where)] == [first]


@given(TEXT, TEXT)
def test_the_distance_is_one_of_both_ways_and_nothing_only_for_the_same(one: str, other: str) -> None:
    a, b = units(one), units(other)
    assert distance(a, b) == distance(b, a) <= max(len(a), len(b))
    assert (distance(a, b) == 0) == (a == b)


def test_errors_are_counted_in_characters_and_words_and_terms_in_their_own_case() -> None:
    assert units("用 Docker，打包。") == ["用", "docker", "打", "包"]
    assert error_rate([("用 Docker 打包", "用 多克 打包")]) == 0.5
    assert error_rate([("a b", "a b"), ("c d", "c")]) == 0.25
    assert terms_right([(("Docker", "API"), "用 Docker 调 api")]) == (1, 2)


def test_models_are_compared_one_by_one_and_one_that_fails_does_not_end_it(where: Places) -> None:
    for each in sentences()[:2]:
        keep(each, spoken(0.6), where)

    def hear(files: Sequence[Path], settings: Settings, where: Places, wishes: Wishes) -> Iterator[Report]:
        assert wishes.pace, "the wait is only felt at the pace of speech"
        if wishes.model == "broken":
            raise ModelError("model-incomplete", "It is not whole", "Get it again.")
        for number, _ in enumerate(files):
            yield {"text": sentences()[number].written if number else "", "timings_ms": {"after_release": 100 + number}}

    broken, good = bench_verb.compare(["broken", "good"], Settings(), where, hear)
    assert broken["error"]["code"] == "model-incomplete"
    assert good["sentences"] == 2 and good["lost"] == 1 and good["wait_ms"] == 100
    assert 0 < good["errors"]["zh"] < 1 and (good["terms"], good["terms_all"]) == (2, 2)
    assert "1 not heard" in bench_verb.shown(good) and "cannot be used" in bench_verb.shown(broken)


def test_without_a_recording_or_a_model_it_says_what_to_do_first(where: Places) -> None:
    def hear(*_: object) -> Iterator[Report]:
        raise AssertionError

    with pytest.raises(DictationError) as caught:
        list(bench_verb.compare(["small"], Settings(), where, hear))
    assert caught.value.code == "bench-empty" and "bench record" in caught.value.remedy
    keep(sentences()[0], spoken(0.6), where)
    with pytest.raises(DictationError) as caught:
        list(bench_verb.compare([], Settings(), where, hear))
    assert caught.value.code == "bench-no-model"
