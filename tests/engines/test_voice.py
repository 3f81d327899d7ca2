"""Owns the tests of voice activity: the filter, the gain, and what is and is not taken for speech."""

from __future__ import annotations

import tracemalloc

import numpy as np
import numpy.typing as npt
import pytest

from dictation.core.hearing import gate
from dictation.core.types import RATE, Evidence
from dictation.engines import voice

from .conftest import Say

Samples = npt.NDArray[np.float32]
SECONDS = 10


def level(db: float) -> float:
    """dBFS as an amplitude."""
    return float(10 ** (db / 20))


def noise(kind: str, db: float) -> Samples:
    """Ten seconds of ``kind`` with an RMS of ``db`` dBFS."""
    random = np.random.default_rng(7)
    time = np.arange(SECONDS * RATE) / RATE
    white = random.standard_normal(len(time))
    hertz = np.fft.rfftfreq(len(time), 1 / RATE)
    if kind in ("pink", "brown"):
        slope = {"pink": 0.5, "brown": 1.0}[kind]
        made = np.fft.irfft(np.fft.rfft(white) / np.maximum(hertz, 20) ** slope, len(time))
    elif kind == "hum":
        made = sum(np.sin(2 * np.pi * 50 * n * time) / n for n in range(1, 8)) + 0.01 * white
    elif kind == "buzz":
        made = sum(np.sin(2 * np.pi * 100 * n * time + n * n) for n in range(1, 30)) + 0.01 * white
    elif kind == "clicks":
        made = 0.01 * white
        for start in random.integers(0, len(time) - 800, 30):
            made[start : start + 800] += white[:800] * np.exp(-np.arange(800) / 100)
    else:
        made = white
    loud: Samples = (made / np.sqrt(np.mean(np.square(made))) * level(db)).astype(np.float32)
    return loud


def windows(samples: Samples) -> npt.NDArray[np.float64]:
    """The probabilities."""
    return np.array(voice.measure(samples.tobytes()).voice)


@pytest.mark.parametrize("db", [-70, -50, -30])
@pytest.mark.parametrize("kind", ["white", "pink", "brown", "hum", "buzz", "clicks"])
def test_noise_is_not_speech(kind: str, db: float) -> None:
    # Its sudden beginning may look like a voice to the detector; the gate knows better.
    assert gate.judge(voice.measure(noise(kind, db).tobytes())).kind == "reject"


def test_digital_silence_is_not_speech() -> None:
    evidence = voice.measure(bytes(4 * RATE))
    assert evidence.seconds == 1
    assert evidence.peak == 0
    assert max(evidence.voice) < 0.5


@pytest.mark.parametrize("db", [0, -40], ids=["as said", "40 dB quieter"])
@pytest.mark.parametrize(
    ("word", "language"), [("yes", "en"), ("ls", "en"), ("stop", "en"), ("好", "zh"), ("停", "zh")]
)
def test_a_short_word_is_speech(say: Say, word: str, language: str, db: float) -> None:
    said = np.frombuffer(say(word, language), "<f4") * np.float32(level(db))
    assert (windows(said) >= 0.5).sum() >= 2


def test_one_word_in_a_long_silence_is_not_overdriven(say: Say) -> None:
    said = np.frombuffer(say("yes", "en"), "<f4")
    alone = windows(said)
    room = noise("white", -75)
    room[4 * RATE : 4 * RATE + len(said)] += said
    assert (windows(room) >= 0.5).sum() >= 0.7 * (alone >= 0.5).sum()


def test_there_is_one_probability_for_each_window_begun() -> None:
    for samples in (1, 511, 512, 513, 5_120, 5_121):
        assert len(voice.measure(bytes(4 * samples)).voice) == -(-samples // 512)


def test_an_empty_recording_has_no_windows() -> None:
    assert voice.measure(b"") == Evidence(0.0, 0.0)


def test_the_peak_is_that_of_the_raw_audio() -> None:
    hum = 0.25 * np.sin(2 * np.pi * 20 * np.arange(RATE) / RATE).astype(np.float32)
    assert voice.measure(hum.tobytes()).peak == pytest.approx(0.25, abs=1e-4)


def test_not_a_number_spoils_nothing_after_it(say: Say) -> None:
    said = np.frombuffer(say("yes", "en"), "<f4").copy()
    said[100:110] = [np.nan, np.inf] * 5
    assert (windows(said) >= 0.5).sum() >= 2


@pytest.mark.parametrize(
    ("hertz", "db"), [(37.5, -24.1), (75, -12.3), (150, -3.01), (300, -0.26), (1000, 0), (7000, 0)]
)
def test_the_high_pass_is_a_second_order_butterworth_at_150_hertz(hertz: float, db: float) -> None:
    # The gain of order 2 is 1 / sqrt(1 + (150 / f) ** 4).
    tone = np.sin(2 * np.pi * hertz * np.arange(2 * RATE) / RATE).astype(np.float32)
    passed = np.concatenate(list(voice._high_passed(tone)))[RATE:]
    assert 20 * np.log10(np.sqrt(2 * np.mean(np.square(passed)))) == pytest.approx(db, abs=0.1)


def test_a_block_boundary_leaves_no_trace(monkeypatch: pytest.MonkeyPatch, say: Say) -> None:
    said = say("yes", "en") * 3
    whole = voice.measure(said)
    monkeypatch.setattr(voice, "BLOCK", 5 * 2560)  # whole windows and whole frames
    assert voice.measure(said).voice == pytest.approx(whole.voice, abs=1e-3)


def test_a_long_recording_takes_no_more_memory_than_a_short_one() -> None:
    def most(minutes: int) -> int:
        samples = np.tile(noise("white", -50), 6 * minutes).tobytes()
        tracemalloc.start()
        voice.measure(samples)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(1)
    assert most(5) < 1.3 * most(1)


def test_the_callers_samples_are_left_alone(say: Say) -> None:
    said = say("yes", "en")
    before = bytes(bytearray(said))
    voice.measure(said)
    assert said == before


def test_a_voice_that_is_followed_is_the_voice_that_is_measured(say: Say) -> None:
    said = np.frombuffer(say("please restart the recording service and check the logs", "en"), "<f4")
    room = noise("pink", -60)[: len(said) + RATE]
    room[: len(said)] += said[: len(room)]
    take = room[: len(room) // voice.WINDOW * voice.WINDOW].astype("<f4")
    follower = voice.Follower()
    followed = [chance for at in range(0, len(take), 3 * voice.WINDOW)
                for chance in follower.hear(take[at : at + 3 * voice.WINDOW].tobytes())]  # fmt: skip
    spoken, heard = np.array(followed) >= 0.35, windows(take) >= 0.35
    assert (spoken == heard).mean() > 0.95
    assert abs(np.flatnonzero(spoken)[-1] - np.flatnonzero(heard)[-1]) <= 3
