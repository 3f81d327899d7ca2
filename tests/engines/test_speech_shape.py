"""What is measured where a recording is most like speech."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from dictation.core.evidence import SpeechBurst
from dictation.core.types import RATE
from dictation.engines import voice
from dictation.engines.speech_shape import MOST, REACH, most_like_speech

from . import made


def best(samples: made.Samples) -> SpeechBurst:
    return voice.measure(samples.astype("<f4").tobytes()).stretches[0]


def spoken(word: str = "stop", accent: str = "en-us", above: float = 40, lead: float = 0.5) -> made.Samples:
    return made.in_a_room(made.word(word, accent), above, -30, lead, 0.5)


def test_a_word_has_a_tone_changes_and_stands_above_the_room() -> None:
    word = best(spoken())
    assert word.steady > 0.8 and word.tone > 0.6 and word.varied > 0.5 and word.above > 20


def test_a_buzz_has_a_tone_but_neither_changes_nor_stands_out() -> None:
    buzz = best(made.noise("buzz", 3.0, -40))
    assert buzz.tone > 0.9 and buzz.varied < 0.4 and buzz.above < 6


def test_the_hum_of_the_mains_is_too_deep_for_the_tone_of_a_voice() -> None:
    assert best(made.noise("hum", 3.0, -40)).tone < 0.5


def test_hiss_has_no_tone() -> None:
    assert best(made.noise("white", 3.0, -40)).tone < 0.5


def test_what_is_louder_above_the_room_is_said_in_decibels() -> None:
    near, far = best(spoken(above=35)), best(spoken(above=15))
    assert 10 < near.above - far.above < 25 or near.above == 30


def test_loudness_alone_changes_nothing() -> None:
    take = spoken()
    loud, quiet = best(take), best(take * np.float32(0.05))
    assert quiet.tone == pytest.approx(loud.tone, abs=0.02)
    assert quiet.varied == pytest.approx(loud.varied, abs=0.05)
    assert quiet.above == pytest.approx(loud.above, abs=0.5)


def test_a_word_is_found_where_it_was_said() -> None:
    for lead in (0.0, 2.0, 40.0):  # longer than what is worked on at a time
        stretch = best(spoken(lead=lead))
        assert lead - 0.4 <= stretch.at <= lead + 0.5


def test_a_word_sounds_the_same_wherever_it_is() -> None:
    early, late = best(spoken(lead=1.0)), best(spoken(lead=33.0))
    assert late.tone == pytest.approx(early.tone, abs=0.05)
    assert late.varied == pytest.approx(early.varied, abs=0.15)


def test_the_likeliest_places_do_not_overlap_and_are_few() -> None:
    random = np.random.default_rng(3)
    centres = most_like_speech(random.random(500).astype(np.float32))
    assert len(centres) == MOST
    ordered = sorted(centres)
    assert all(two - one > 2 * REACH for one, two in itertools.pairwise(ordered))


@pytest.mark.parametrize("samples", [1, 100, 512, 513, 2000, RATE // 2])
@pytest.mark.parametrize("value", [0.0, 0.3, float("nan")])
def test_the_shortest_and_the_strangest_recordings_have_finite_numbers(samples: int, value: float) -> None:
    for stretch in voice.measure(np.full(samples, value, "<f4").tobytes()).stretches:
        numbers = (stretch.brief, stretch.steady, stretch.tone, stretch.varied, stretch.above)
        assert all(np.isfinite(each) for each in numbers)
        assert 0 <= stretch.tone <= 1 and 0 <= stretch.above <= 30
