"""What is decoded while the key is down, an hour of speech in a moment."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dictation.core.hearing.ahead import (
    AFTER,
    BREATHLESS,
    KEPT,
    SHORT_PAUSE,
    Commit,
    Skip,
    Speculate,
    covers,
    plan,
    speaking,
    still,
    windows,
    worth,
)
from dictation.core.sections import HearingSettings


def say(*parts: tuple[str, float]) -> list[float]:
    """Probabilities of parts such as ``("voice", 2.0)`` and ``("pause", 0.5)``."""
    return [0.9 if kind == "voice" else 0.05 for kind, seconds in parts for _ in range(windows(seconds))]


def test_nothing_is_done_while_somebody_speaks() -> None:
    assert plan(say(("voice", 2.0))) is None
    assert plan(say(("voice", 15.0), ("pause", 0.2))) is None


def test_a_short_pause_is_guessed_at_once_and_only_once() -> None:
    voice = say(("voice", 2.0), ("pause", 0.26))
    guess = plan(voice)
    assert guess == Speculate(windows(2.0) - 1)
    assert isinstance(guess, Speculate)
    assert plan(say(("voice", 2.0), ("pause", 0.5)), guess.last) is None


def test_a_recording_may_end_early_only_when_nobody_spoke_for_a_while_before_and_after_the_release() -> None:
    quiet = say(("voice", 2.0), ("pause", 0.3))
    assert still(quiet, 3, 0.2)
    assert not still(quiet, 2, 0.2)
    assert not still(quiet, 3, 0.5), "a longer tail is longer in proportion"
    assert not still(say(("voice", 2.0), ("pause", 0.2)), 3, 0.2)
    assert not still(say(("pause", 0.2)), 3, 0.2)


def test_a_slow_machine_does_not_guess_but_commits() -> None:
    assert plan(say(("voice", 2.0), ("pause", 0.5)), patient=False) is None
    assert isinstance(plan(say(("voice", 4.0), ("pause", 0.7)), patient=False), Commit)


def test_a_chunk_is_committed_at_a_pause_the_sooner_the_longer_it_is() -> None:
    assert not isinstance(plan(say(("voice", 2.5), ("pause", 2.0))), Commit)
    assert not isinstance(plan(say(("voice", 3.5), ("pause", 0.5))), Commit)
    assert plan(say(("voice", 3.5), ("pause", 0.64))) == Commit(windows(3.5) + AFTER, windows(3.5) - 1)
    assert isinstance(plan(say(("voice", 8.5), ("pause", 0.4))), Commit)


def test_a_single_word_is_committed_when_nothing_follows_it() -> None:
    assert not isinstance(plan(say(("voice", 0.5), ("pause", 2.9))), Commit)
    assert plan(say(("voice", 0.5), ("pause", 3.1))) == Commit(windows(0.5) + AFTER, windows(0.5) - 1)


def test_a_breathless_speaker_is_cut_at_the_weakest_window_of_the_last_four_seconds() -> None:
    voice = say(("voice", 20.0))
    voice[100], voice[-60], voice[-30] = 0.4, 0.45, 0.5
    assert plan(voice) == Commit(len(voice) - 60, len(voice) - 60)
    assert plan(voice[:-1]) is None


def test_what_piled_up_while_the_engine_loaded_is_still_cut_into_pieces() -> None:
    piled = plan(say(("voice", 4.0), ("pause", 0.7), ("voice", 33.0), ("pause", 0.7)))
    assert isinstance(piled, Commit) and piled.end <= windows(28)
    assert plan(say(("pause", 30.0), ("voice", 2.0))) == Skip(windows(30.0) - windows(0.6))


def test_a_quiet_voice_is_a_voice_when_the_user_says_so() -> None:
    whisper = [0.3] * windows(6.0)
    quiet = speaking(HearingSettings(quiet_voice=True))
    assert plan(whisper) is None and plan(whisper, bar=quiet) is None
    assert isinstance(plan([0.05] * windows(6.0)), Skip), "this is a room"
    assert plan([0.9, *whisper]) == Commit(1 + AFTER, 0), "beside a clear voice it is none"
    assert covers(3, whisper) and not covers(3, whisper, quiet)
    assert speaking(HearingSettings(gate=0.2)) < 0.1 < speaking(HearingSettings()) == 0.35


def test_a_long_silence_before_the_first_word_is_left_out() -> None:
    assert plan(say(("pause", 2.0))) is None
    skip = plan(say(("pause", 5.0)))
    assert isinstance(skip, Skip) and skip.end == windows(5.0) - windows(0.6)


def test_a_guess_holds_until_somebody_speaks_again() -> None:
    last = windows(2.0) - 1
    assert covers(last, say(("voice", 2.0), ("pause", 3.0)))
    assert not covers(last, say(("voice", 2.0), ("pause", 1.0), ("voice", 0.1)))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=800), st.booleans())
def test_a_job_stays_within_the_chunk_and_gets_on(voice: list[float], patient: bool) -> None:
    job = plan(voice, None, patient)
    assert job is None or isinstance(job, Speculate) or 0 < job.end <= len(voice)


@settings(max_examples=25, deadline=None)
@example([("voice", 1.0), ("pause", 3.0), ("pause", 4.0), ("pause", 6.0), ("pause", 6.0)])
@example([("pause", 1.0), ("voice", 19.95), ("pause", 0.34)])
@given(st.lists(st.tuples(st.sampled_from(["voice", "pause"]), st.floats(0.05, 6)), max_size=15))
def test_no_chunk_is_ever_longer_than_a_recogniser_takes(parts: list[tuple[str, float]]) -> None:
    start, voice = 0, say(*parts, ("voice", 45.0))
    for now in range(1, len(voice) + 1):
        job = plan(voice[start:now])
        if isinstance(job, Commit | Skip):
            start += job.end
        spoken = [index for index in range(start, now) if voice[index] >= 0.35]
        assert not spoken or now - spoken[0] < BREATHLESS + SHORT_PAUSE


def test_what_was_said_before_a_short_pause_is_a_chunk_as_soon_as_somebody_goes_on() -> None:
    voice = say(("voice", 4.0), ("pause", 0.3), ("voice", 0.04))
    cut = plan(voice)
    assert isinstance(cut, Commit) and cut.eased and cut.last == windows(4.0) - 1
    assert cut.last < cut.end < windows(4.3), "the cut is in the pause"
    assert not isinstance(plan(voice[:-1]), Commit)
    assert plan(say(("voice", 2.0), ("pause", 0.3), ("voice", 0.04))) is None, "too short to stand alone"


@given(st.integers(0, 400), st.integers(1, 500))
def test_the_same_sound_is_decoded_however_much_silence_follows(last: int, more: int) -> None:
    assert worth(last, last + 1 + KEPT + more) == last + 1 + KEPT
    assert worth(last, last + 1) == last + 1
