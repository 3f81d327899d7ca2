"""When to listen, played as keys on a time line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.session import Effect, Habits, Kind, Phase, Session, Signal, deadline, habits, step
from dictation.core.settings import Settings
from dictation.core.types import Purpose

KEYS = {
    "+d": Signal(Kind.PRESS), "-d": Signal(Kind.RELEASE),
    "+c": Signal(Kind.PRESS, Purpose.COMMAND), "-c": Signal(Kind.RELEASE, Purpose.COMMAND),
    "o": Signal(Kind.OTHER), "esc": Signal(Kind.ESCAPE), "x": Signal(Kind.CANCEL), "b": Signal(Kind.BROKEN),
    "start": Signal(Kind.START), "stop": Signal(Kind.STOP), "toggle": Signal(Kind.TOGGLE),
    "startc": Signal(Kind.START, Purpose.COMMAND), "t": Signal(Kind.TICK), "s": Signal(Kind.STILL),
}  # fmt: skip
LETTERS = {Effect.BEGIN: "B", Effect.SUBMIT: "S", Effect.DISCARD: "D", Effect.PARK: "P"}


def play(line: str, mode: str = "both") -> str:
    """Play ``key@seconds`` words, with a tick at every deadline. Answers B(egin), S(ubmit), D(iscard), P(ark)."""
    session, done, ways = Session(), "", Habits(mode=mode)
    for word in line.split():
        key, _, at = word.partition("@")
        while (due := deadline(session, ways)) is not None and due <= float(at):
            session, effects = step(session, Signal(Kind.TICK), due, ways)
            done += "".join(LETTERS[effect] for effect in effects)
        session, effects = step(session, KEYS[key], float(at), ways)
        done += "".join(LETTERS[effect] for effect in effects)
    return done


def test_hold_speak_release_is_one_utterance() -> None:
    assert play("+d@0 -d@2 t@3") == "BS"


def test_recording_goes_on_for_the_tail_after_release() -> None:
    assert play("+d@0 -d@2 t@2.19") == "B"
    assert play("+d@0 -d@2 t@2.21") == "BS"


def test_the_tail_is_shorter_when_nobody_speaks_any_more() -> None:
    assert play("+d@0 s@1 -d@2 s@2.04 t@2.1") == "B", "a repeating key may be down again"
    assert play("+d@0 -d@2 s@2.1") == "BS"
    assert play("start@0 stop@2 s@2.1 s@2.11 t@3") == "BS"
    assert play("+d@0 -d@2 +d@2.1 s@2.11") == "BSB", "the next utterance has begun"


def test_key_repeat_is_one_long_press() -> None:
    assert play("+d@0 -d@.03 +d@.031 -d@.06 +d@.061 -d@2 t@3") == "BS"


@pytest.mark.parametrize("mode", ["both", "hold", "toggle"])
def test_key_repeat_never_makes_two_utterances(mode: str) -> None:
    repeats = " ".join(f"-d@{0.5 + n * 0.03:.3f} +d@{0.501 + n * 0.03:.3f}" for n in range(30))
    assert play(f"+d@0 {repeats} -d@2 t@3", mode) == ("B" if mode == "toggle" else "BS")


def test_a_tap_toggles_and_the_next_press_ends_it() -> None:
    assert play("+d@0 -d@.2 t@5") == "B"
    assert play("+d@0 -d@.2 +d@5 -d@5.1 t@6") == "BS"


def test_in_hold_mode_a_tap_is_a_short_utterance() -> None:
    assert play("+d@0 -d@.2 t@1", "hold") == "BS"


def test_in_toggle_mode_holding_changes_nothing() -> None:
    assert play("+d@0 -d@3 t@4", "toggle") == "B"
    assert play("+d@0 -d@3 +d@5 t@6 -d@7 t@8", "toggle") == "BS"


def test_another_key_makes_a_shortcut_of_a_bare_modifier() -> None:
    assert play("+d@0 o@.3 -d@.5 t@2") == "BD"


@pytest.mark.parametrize("at", [1.0, 1.2, 3, 600])
def test_letters_typed_while_the_key_is_held_end_it_and_what_was_said_is_only_kept(at: float) -> None:
    assert play(f"+d@0 o@{at} o@{at + 0.1} -d@{at + 2} t@{at + 3}") == "BPS"


def test_typing_while_latched_loses_nothing() -> None:
    assert play("+d@0 -d@.1 o@.5 o@2 +d@4 -d@4.1 t@5") == "BS"


@pytest.mark.parametrize("key", ["esc", "x"])
def test_cancel_throws_away_and_the_release_after_it_does_nothing(key: str) -> None:
    assert play(f"+d@0 {key}@1 -d@2 t@3").startswith("BD")


@pytest.mark.parametrize("key", ["esc", "x"])
def test_cancel_after_the_release_keeps_the_words_from_the_cursor_and_throws_nothing_away(key: str) -> None:
    assert play(f"+d@0 -d@2 t@2.3 {key}@2.4") == "BSP"
    assert play(f"+d@0 -d@2 {key}@2.1 t@3") == "BPS"


def test_pressing_again_in_the_tail_is_the_next_utterance() -> None:
    assert play("+d@0 -d@2 +d@2.1 -d@4 t@5") == "BSBS"


def test_the_other_key_ends_a_latched_utterance() -> None:
    assert play("+d@0 -d@.1 +c@3 -c@3.1 t@4") == "BS"


def test_the_other_key_while_held_does_nothing() -> None:
    assert play("+d@0 +c@1 -c@1.2 -d@2 t@3") == "BS"


def test_calls_do_what_keys_do() -> None:
    assert play("start@0 start@1 stop@2 stop@2.1 t@3") == "BS"
    assert play("toggle@0 toggle@2 t@3") == "BS"
    assert play("toggle@0 toggle@2 toggle@2.1 stop@4 t@5") == "BSBS"
    assert play("stop@0") == ""


def test_a_broken_microphone_hands_over_what_was_said() -> None:
    assert play("+d@0 b@3 -d@4 t@5") == "BS"
    assert play("b@3") == ""


def test_an_endless_recording_is_ended_and_used() -> None:
    assert play("+d@0 t@1799") == "B"
    assert play("+d@0 t@1801 -d@1900 t@1902") == "BS"


def test_habits_come_from_the_settings_in_seconds() -> None:
    assert habits(Settings()) == Habits("both", 0.4, 0.2, 1800.0)


def test_purpose_is_that_of_the_key() -> None:
    session, _ = step(Session(), KEYS["startc"], 0, Habits())
    assert session.purpose is Purpose.COMMAND


@given(
    st.lists(st.tuples(st.sampled_from(sorted(KEYS)), st.floats(0, 3)), max_size=60),
    st.sampled_from(["both", "hold", "toggle"]),
)
def test_every_begin_has_exactly_one_end(story: list[tuple[str, float]], mode: str) -> None:
    session, now, open_, ways = Session(), 0.0, False, Habits(mode=mode)
    for key, wait in [*story, ("x", 1.0)]:
        now += wait
        session, effects = step(session, KEYS[key], now, ways)
        for effect in effects:
            if effect is Effect.BEGIN:
                assert not open_
                open_ = True
            elif effect is not Effect.PARK:
                assert open_
                open_ = False
        assert open_ == (session.phase is not Phase.IDLE)
