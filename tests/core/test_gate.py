"""The gate's layers, from made evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.gate import confirm, judge
from dictation.core.nouns import WINDOW_SECONDS, Evidence, Span, Transcript


def evidence(*voice: float, peak: float = 0.3, seconds: float | None = None) -> Evidence:
    return Evidence(seconds if seconds is not None else len(voice) * WINDOW_SECONDS, peak, voice)


QUIET = [0.02] * 20


def test_a_tap_without_voice_is_too_short() -> None:
    assert judge(evidence(*[0.1] * 10)).reason == "too_short"


def test_a_short_word_in_a_tap_is_kept() -> None:
    assert judge(evidence(0.1, 0.9, 0.9, 0.8, 0.1)).kind == "accept"


def test_a_dead_microphone_is_told_from_silence() -> None:
    assert judge(evidence(*QUIET, peak=0.0)).reason == "microphone_silent"
    assert judge(evidence(*QUIET, peak=0.01)).reason == "no_voice"


def test_two_windows_in_a_row_are_speech_and_one_is_not_enough() -> None:
    assert judge(evidence(*QUIET, 0.5, 0.5, *QUIET)).kind == "accept"
    assert judge(evidence(*QUIET, 0.9, *QUIET)).kind == "uncertain"


def test_three_of_five_weaker_windows_are_speech() -> None:
    assert judge(evidence(*QUIET, 0.4, 0.1, 0.4, 0.1, 0.4, *QUIET)).kind == "accept"
    assert judge(evidence(*QUIET, 0.4, 0.1, 0.1, 0.4, 0.1, 0.1, 0.4, *QUIET)).kind == "uncertain"


def test_quiet_voice_lets_weaker_speech_through_to_the_recogniser() -> None:
    weak = evidence(*QUIET, 0.3, *QUIET)
    assert judge(weak).kind == "reject"
    assert judge(weak, quiet_voice=True).kind == "uncertain"


def test_only_the_ends_are_trimmed_with_a_margin() -> None:
    verdict = judge(evidence(*[0.02] * 50, 0.9, 0.9, *[0.02] * 100, 0.9, 0.9, *[0.02] * 50))
    assert verdict.start == pytest.approx(50 * WINDOW_SECONDS - 0.3)
    assert verdict.end == pytest.approx(154 * WINDOW_SECONDS + 0.3)
    assert verdict.speech_seconds == pytest.approx(4 * WINDOW_SECONDS)


def test_the_trim_never_leaves_the_recording() -> None:
    verdict = judge(evidence(0.9, 0.9, 0.9, seconds=0.09))
    assert (verdict.start, verdict.end) == (0.0, 0.09)


@given(st.lists(st.floats(0, 1), max_size=200), st.floats(0.2, 0.9), st.booleans())
def test_a_higher_voice_is_never_judged_lower(voice: list[float], threshold: float, quiet: bool) -> None:
    rank = {"reject": 0, "uncertain": 1, "accept": 2}
    lower = judge(evidence(*voice), threshold, quiet)
    higher = judge(evidence(*[min(1.0, each + 0.1) for each in voice]), threshold, quiet)
    assert rank[higher.kind] >= rank[lower.kind]
    assert lower.kind == "reject" or 0 <= lower.start < lower.end


def test_an_uncertain_recording_needs_a_recogniser_sure_of_itself() -> None:
    unsure, sure = judge(evidence(*QUIET, 0.4, *QUIET)), judge(evidence(*QUIET, 0.9, 0.9))
    good, bad = Span("ls", 0, 1, -0.2, 0.1), Span("you", 0, 1, -1.1, 0.1)
    assert confirm(unsure, Transcript("ls", "en", spans=(good,))) is None
    assert confirm(unsure, Transcript("you", "en", spans=(bad,))) == "no_voice"
    assert confirm(unsure, Transcript("you", "en", spans=(Span("you", 0, 1, -0.2, 0.9),))) == "no_voice"
    assert confirm(sure, Transcript("you", "en", spans=(bad,))) is None


def test_an_empty_transcript_types_nothing() -> None:
    assert confirm(judge(evidence(0.9, 0.9, 0.9)), Transcript("  ", "en")) == "no_voice"
