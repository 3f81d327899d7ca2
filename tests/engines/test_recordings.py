"""What the gate does to real recordings where they are at hand, and to made sounds everywhere."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from dictation.core.hearing import gate
from dictation.core.types import RATE, Verdict
from dictation.engines import voice
from dictation.engines.decode import read_audio

from . import made

RECORDINGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "audio"
ROOMS = ("env", "keyboard", "roomtone")
HEARD = ("sweep",)
"""A tone that wanders through a voice's range gets as far as the recogniser, which has to be sure of itself."""


def judge(samples: made.Samples) -> Verdict:
    return gate.judge(voice.measure(samples.astype("<f4").tobytes()))


def test_what_is_heard_of_a_made_noise_is_not_taken_for_speech() -> None:
    assert "accept" not in [judge(made.noise(kind, 4.0, db)).kind for kind in HEARD for db in (-75, -60, -45, -30, -20)]


@pytest.mark.parametrize("db", [-75, -60, -45, -30, -20])
@pytest.mark.parametrize("kind", [kind for kind in made.KINDS if kind not in HEARD])
def test_made_noise_never_reaches_the_decoder(kind: str, db: float) -> None:
    for seconds in (1.0, 4.0):
        verdict = judge(made.noise(kind, seconds, db))
        assert verdict.kind == "reject"
        assert verdict.reason in ("no_voice", "microphone_silent")


def test_half_a_minute_of_typing_never_reaches_the_decoder() -> None:
    assert judge(made.noise("keys", 30, -35)).kind == "reject"


@pytest.mark.parametrize("way", made.WAYS)
@pytest.mark.parametrize(("text", "accent"), made.WORDS)
def test_a_made_word_is_never_swallowed(text: str, accent: str, way: str) -> None:
    above, db = made.WAYS[way]
    kinds = [
        judge(made.in_a_room(made.word(text, accent + variant, speed), above, db)).kind
        for variant, speed in made.VARIANTS
    ]
    assert "reject" not in kinds
    assert "accept" in kinds or way == "noisy"


@pytest.mark.parametrize("db", [-25, -45, -60, -70])
def test_a_word_of_any_loudness_is_never_swallowed(db: float) -> None:
    for text, accent in made.WORDS:
        # With 0.3 s of room before it; a single vowel cut off sharp at its start may be lost.
        assert judge(made.in_a_room(made.word(text, accent), 30, db, 0.3)).kind != "reject", text


def test_one_word_in_half_a_minute_of_typing_is_found() -> None:
    take, said = made.noise("keys", 30, -50), made.at(made.word("stop", "en-us"), -28)
    take[20 * RATE : 20 * RATE + len(said)] += said
    verdict = judge(take)
    assert verdict.kind != "reject"
    assert 19.5 < verdict.start < 20 + len(said) / RATE < verdict.end < 22


@cache
def verdicts() -> dict[str, Counter[str]]:
    """How many clips of each group were judged how; kinds of noise are groups of their own."""
    counts: dict[str, Counter[str]] = {}
    for line in (RECORDINGS / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["contains_background_voices"]:
            continue
        group = row["sub"].split("/")[0] if row["group"] == "noise" else row["group"]
        samples = np.frombuffer(read_audio(RECORDINGS / row["file"]), "<f4")
        counts.setdefault(group, Counter())[judge(samples).kind] += 1
    return counts


recorded = pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not part of the project")


@recorded
@pytest.mark.timeout(300)
def test_rooms_and_keyboards_are_never_taken_for_speech_and_seldom_decoded() -> None:
    counts = verdicts()
    rooms = sum((counts[group] for group in ROOMS), Counter())
    assert rooms["accept"] == 0
    assert rooms["uncertain"] <= 0.07 * rooms.total()


@recorded
@pytest.mark.timeout(300)
def test_sneezes_and_cries_are_seldom_taken_for_speech() -> None:
    counts = verdicts()["human-nonspeech"]
    assert counts["accept"] <= 0.2 * counts.total()


@recorded
@pytest.mark.timeout(300)
def test_short_words_are_almost_never_swallowed() -> None:
    counts = verdicts()["short"]
    assert counts["reject"] <= 0.01 * counts.total()


@recorded
@pytest.mark.timeout(300)
@pytest.mark.parametrize("group", ["en", "zh", "mixed", "long"])
def test_no_sentence_is_swallowed(group: str) -> None:
    counts = verdicts()[group]
    assert counts["reject"] == 0
    assert counts["accept"] >= 0.95 * counts.total()
