"""The gate's layers, from made evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.evidence import WINDOW_SECONDS, Evidence, SpeechBurst
from dictation.core.hearing.gate import FAINT, MUTED, confirm, judge, strict_enough
from dictation.core.types import Span, Transcript


def evidence(*voice: float, peak: float = 0.3, seconds: float | None = None) -> Evidence:
    return Evidence(seconds if seconds is not None else len(voice) * WINDOW_SECONDS, peak, voice)


def described(*stretches: SpeechBurst) -> Evidence:
    """A recording of these stretches and silence, with the windows that such a stretch has."""
    voice = tuple(chance for each in stretches for chance in ((each.brief,) * 5 + (0.02,) * 20))
    return Evidence(len(voice) * WINDOW_SECONDS, 0.3, voice, stretches)


QUIET = [0.02] * 20
WORD = SpeechBurst(0.0, brief=0.93, steady=0.9, tone=0.95, varied=0.8, above=28.0)
FAN = SpeechBurst(0.0, brief=0.3, steady=0.25, tone=0.4, varied=0.15, above=3.0)
TICK = SpeechBurst(0.0, brief=0.25, steady=0.17, tone=0.6, varied=0.45, above=25.0)
SNEEZE = SpeechBurst(0.0, brief=0.55, steady=0.5, tone=0.75, varied=0.7, above=30.0)
WHISPER = SpeechBurst(0.0, brief=0.25, steady=0.22, tone=0.5, varied=0.8, above=20.0)

chances = st.floats(0, 1)
stretches = st.builds(SpeechBurst, st.just(0.0), chances, chances, chances, st.floats(0, 3), st.floats(0, 30))


def test_a_tap_without_voice_is_too_short() -> None:
    assert judge(evidence(*[0.1] * 10)).reason == "too_short"


def test_a_short_word_in_a_tap_is_kept() -> None:
    assert judge(evidence(*[0.9] * 9)).kind == "accept"


def test_a_dead_microphone_is_told_from_silence() -> None:
    assert judge(evidence(*QUIET, peak=0.01)).reason == "no_voice"
    assert judge(evidence(*QUIET, peak=0.0)).reason == "microphone_silent"
    assert judge(evidence(*QUIET, peak=0.0004)).reason == "microphone_silent"


def test_a_muted_microphone_is_told_from_one_that_is_only_turned_down() -> None:
    assert judge(evidence(*QUIET, peak=0.0)).note == MUTED
    assert judge(evidence(*QUIET, peak=0.0004)).note == FAINT


def test_a_word_is_accepted_a_sneeze_is_uncertain_and_the_room_is_rejected() -> None:
    assert judge(described(WORD)).kind == "accept"
    assert judge(described(SNEEZE)).kind == "uncertain"
    assert judge(described(FAN)).kind == "reject"
    assert judge(described(TICK)).kind == "reject"


def test_one_word_among_any_noises_is_enough() -> None:
    assert judge(described(FAN, SNEEZE, WORD)).kind == "accept"
    assert judge(described(FAN, TICK, FAN)).kind == "reject"


def test_quiet_voice_lets_a_whisper_through_to_the_recogniser() -> None:
    assert judge(described(WHISPER)).kind == "reject"
    assert judge(described(WHISPER), quiet_voice=True).kind == "uncertain"


def test_only_the_ends_are_trimmed_with_a_margin() -> None:
    verdict = judge(evidence(*[0.02] * 50, *[0.9] * 5, *[0.02] * 100, *[0.9] * 5, *[0.02] * 50))
    assert verdict.start == pytest.approx(50 * WINDOW_SECONDS - 0.3)
    assert verdict.end == pytest.approx(160 * WINDOW_SECONDS + 0.3)
    assert verdict.speech_seconds == pytest.approx(10 * WINDOW_SECONDS)


def test_the_trim_never_leaves_the_recording() -> None:
    verdict = judge(evidence(*[0.9] * 9, seconds=0.28))
    assert (verdict.start, verdict.end) == (0.0, 0.28)


RANK = {"reject": 0, "uncertain": 1, "accept": 2}


@given(st.lists(chances, max_size=200), st.floats(0.2, 0.9), st.booleans())
def test_a_verdict_has_something_to_decode_unless_it_rejects(voice: list[float], threshold: float, quiet: bool) -> None:
    verdict = judge(evidence(*voice), threshold, quiet)
    assert verdict.kind == "reject" or 0 <= verdict.start < verdict.end


@given(stretches, chances, chances, st.floats(0.2, 0.9), st.booleans())
def test_a_likelier_voice_is_never_judged_lower(
    stretch: SpeechBurst, brief: float, steady: float, threshold: float, quiet: bool
) -> None:
    likelier = replace(stretch, brief=max(stretch.brief, brief), steady=max(stretch.steady, steady))
    assert (
        RANK[judge(described(likelier), threshold, quiet).kind]
        >= RANK[judge(described(stretch), threshold, quiet).kind]
    )


@given(st.lists(stretches, min_size=1, max_size=3), st.floats(0.2, 0.9), st.floats(0.2, 0.9))
def test_a_stricter_threshold_never_lets_more_through(given: list[SpeechBurst], one: float, other: float) -> None:
    strict, loose = judge(described(*given), max(one, other)), judge(described(*given), min(one, other))
    assert RANK[strict.kind] <= RANK[loose.kind]


@given(st.lists(stretches, min_size=1, max_size=3))
def test_the_threshold_that_is_strict_enough_for_a_room_silences_it(given: list[SpeechBurst]) -> None:
    found = strict_enough(described(*given))
    assert found == 0.99 or judge(described(*given), found).kind == "reject"
    assert found <= 0.02 or judge(described(*given), found - 0.01).kind != "reject"


def test_an_uncertain_recording_needs_a_recogniser_sure_of_itself() -> None:
    unsure, sure = judge(described(SNEEZE)), judge(described(WORD))
    good, bad = Span("ls", 0, 1, -0.2, 0.1), Span("you", 0, 1, -1.1, 0.1)
    assert confirm(unsure, Transcript("ls", "en", spans=(good,))) is None
    assert confirm(unsure, Transcript("you", "en", spans=(bad,))) == "no_voice"
    assert confirm(unsure, Transcript("you", "en", spans=(Span("you", 0, 1, -0.2, 0.9),))) == "no_voice"
    assert confirm(sure, Transcript("you", "en", spans=(bad,))) is None


def test_an_empty_transcript_types_nothing() -> None:
    assert confirm(judge(described(WORD)), Transcript("  ", "en")) == "no_voice"
