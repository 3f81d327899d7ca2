"""The one road, with tools that refuse what the world would punish."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dictation.core.errors import EngineError, InsertError
from dictation.core.hearing import gate
from dictation.core.hearing.pipeline import Tools, carry
from dictation.core.settings import Settings
from dictation.core.types import (
    NOWHERE,
    RATE,
    Ahead,
    Draft,
    Dropped,
    Edit,
    Event,
    Evidence,
    Failed,
    Finished,
    Gated,
    Held,
    Inserted,
    Move,
    Outcome,
    Paste,
    Purpose,
    Shown,
    Silent,
    Target,
    Transcript,
    Utterance,
    Verdict,
)

SILENCE, VOICE = 0.0, 0.5


class Ear:
    """Hears voice where samples are loud; answers each decode with the next text."""

    def __init__(self, *texts: str, error: EngineError | None = None) -> None:
        self.texts, self.error, self.pieces = list(texts), error, list[float]()
        self.hints: list[Sequence[str]] = []
        self.languages: list[str] = []

    def measure(self, samples: bytes) -> Evidence:
        values = struct.unpack(f"<{len(samples) // 4}f", samples)
        voice = tuple(0.9 if max(values[at : at + 512]) >= VOICE else 0.01 for at in range(0, len(values), 512))
        return Evidence(len(values) / RATE, max(values, default=0.0), voice)

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        assert 0 < len(samples) <= 30 * RATE * 4, "the recogniser takes at most 30 seconds"
        if self.error:
            raise self.error
        self.pieces.append(len(samples) / 4 / RATE)
        self.hints.append(hints)
        self.languages.append(language)
        return Transcript(self.texts.pop(0), "en")


class Paper:
    """A typist that refuses an empty plan and line ends in a terminal."""

    def __init__(self, error: InsertError | None = None) -> None:
        self.text, self.error = "", error

    def prepare(self) -> None:
        raise AssertionError("preparing is not the road's business")

    close = prepare

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        assert moves, "nothing to do is not a plan"
        if self.error:
            raise self.error
        for move in moves:
            assert isinstance(move, Paste)
            assert not target.terminal or "\n" not in move.text
            self.text += move.text


class Window:
    def __init__(self, stays: bool = True) -> None:
        self.stays = stays

    def current(self) -> Target:
        return NOWHERE

    def same(self, target: Target) -> bool:
        return self.stays


class Bench:
    def __init__(self, ear: Ear, paper: Paper | None = None, *, stays: bool = True, wanted: bool = True) -> None:
        self.ear, self.paper, self.told = ear, paper or Paper(), list[Event]()
        self.clock = 0.0
        self.known = Ahead()
        self.tools = Tools(ear, ear, self.paper, Window(stays), self.now, lambda _: wanted, lambda _: self.known)

    def now(self) -> float:
        self.clock += 0.01
        return self.clock

    def say(self, *parts: tuple[float, float], target: Target = NOWHERE) -> Outcome:
        samples = b"".join(struct.pack("<f", level) * round(seconds * RATE) for level, seconds in parts)
        return carry(Utterance(1, Purpose.DICTATE, samples, target, 0.0), self.tools, Settings(), self.told.append)


SENTENCE = ((0.01, 1.0), (VOICE, 1.0), (0.01, 1.0))


def test_what_is_said_is_what_is_written() -> None:
    bench = Bench(Ear(" restart the server"))
    assert bench.say(*SENTENCE) == Inserted("restart the server", "restart the server")
    assert bench.paper.text == "restart the server"


def test_the_language_rules_have_the_last_word_and_what_was_heard_is_kept() -> None:
    bench = Bench(Ear("open get hub"))
    mended = Draft("open GitHub", "open get hub", (Edit("terms", "get hub", "GitHub"),))
    bench.tools = replace(bench.tools, correct=lambda text, language: mended)
    assert bench.say(*SENTENCE) == Inserted("open GitHub", "open get hub", mended.edits)


def test_silence_types_nothing_decodes_nothing_and_says_why() -> None:
    bench = Bench(Ear())
    assert bench.say((0.01, 2.0)) == Silent("no_voice")
    assert bench.say((SILENCE, 2.0)) == Silent("microphone_silent", gate.MUTED)
    assert bench.paper.text == ""
    assert bench.ear.pieces == []


def test_only_the_ends_are_cut_away_before_decoding() -> None:
    bench = Bench(Ear("yes"))
    bench.say((0.01, 3.0), (VOICE, 0.5), (0.01, 0.7), (VOICE, 0.5), (0.01, 3.0))
    assert bench.ear.pieces == [pytest.approx(2.3, abs=0.1)]


def test_a_long_recording_is_heard_in_pieces_and_written_as_one() -> None:
    bench = Bench(Ear("one two", "three four"))
    outcome = bench.say((VOICE, 20.0), (0.01, 1.0), (VOICE, 20.0))
    assert isinstance(outcome, Inserted)
    assert bench.paper.text == "one two three four"
    assert sum(bench.ear.pieces) == pytest.approx(41.0, abs=0.1)


def test_what_was_decoded_while_speaking_is_not_decoded_again() -> None:
    bench = Bench(Ear("and the end"))
    bench.known = Ahead(
        (Transcript("the beginning", "en"), Transcript("the middle", "en")), done=2.0, speech_seconds=1.8
    )
    bench.say((VOICE, 2.0), (0.01, 0.5), (VOICE, 1.0), (0.01, 0.5))
    assert bench.paper.text == "the beginning the middle and the end"
    assert bench.ear.pieces == [pytest.approx(1.6, abs=0.1)]


def test_the_language_is_asked_for_as_that_of_what_was_said_before() -> None:
    bench = Bench(Ear("and the end", "now"))
    bench.known = Ahead((Transcript("先这样", "zh"),), done=2.0, speech_seconds=1.8)
    bench.say((VOICE, 2.0), (0.01, 0.5), (VOICE, 40.0))
    bench.known = Ahead()
    bench.ear.texts = ["alone"]
    bench.say((VOICE, 1.0))
    assert bench.ear.languages == ["auto-zh", "auto-en", "auto"]


def test_a_guess_is_the_answer_when_nothing_was_said_after_it() -> None:
    bench = Bench(Ear())
    bench.known = Ahead(guess=Transcript("all of it", "en"), guessed=31)
    bench.say((VOICE, 1.0), (0.01, 1.0))
    assert bench.paper.text == "all of it"
    assert bench.ear.pieces == []


def test_a_guess_that_was_followed_to_the_end_is_not_even_listened_to_again() -> None:
    bench = Bench(Ear())
    verdict = Verdict("accept", None, 0.0, 1.0, 0.9, (0.9,) * 31)
    bench.known = Ahead(guess=Transcript("all of it", "en"), guessed=30, verdict=verdict)
    bench.ear.measure = None  # type: ignore[method-assign,assignment]
    bench.say((VOICE, 1.0), (0.01, 1.0))
    assert bench.paper.text == "all of it"
    assert bench.told[0] == Gated(1, verdict)


def test_a_guess_that_missed_the_last_word_is_thrown_away() -> None:
    bench = Bench(Ear("all of it and more"))
    bench.known = Ahead(guess=Transcript("all of it", "en"), guessed=31)
    bench.say((VOICE, 1.0), (0.01, 0.5), (VOICE, 0.5))
    assert bench.paper.text == "all of it and more"


@pytest.mark.parametrize("tail", [(SILENCE, 0.1), (0.01, 2.0)])
def test_a_silent_tail_adds_nothing_to_what_was_committed(tail: tuple[float, float]) -> None:
    bench = Bench(Ear())
    bench.known = Ahead((Transcript("everything", "en"),), done=3.0, speech_seconds=2.0)
    assert isinstance(bench.say((VOICE, 3.0), tail), Inserted)
    assert bench.paper.text == "everything"
    assert [type(event).__name__ for event in bench.told] == ["Gated", "Heard", "Finished"]


def test_an_empty_answer_types_nothing() -> None:
    bench = Bench(Ear(" "))
    assert bench.say(*SENTENCE) == Silent("no_voice")


@pytest.mark.parametrize("signs", ["!" * 34, "…\ufffd", "。。。", "- - -", "♪ ~ ♪"])
def test_signs_alone_out_of_seconds_of_speech_are_a_failure_that_keeps_the_sound(signs: str) -> None:
    bench = Bench(Ear(signs))
    outcome = bench.say((0.01, 1.0), (VOICE, 4.0), (0.01, 1.0))
    assert isinstance(outcome, Failed) and outcome.error.code == "no-words-made"
    assert (outcome.text, bench.paper.text) == ("", "")  # a recording goes only when its words are safe


@pytest.mark.parametrize("text", ["3", "好", "é!", "数据库。"])
def test_a_single_letter_or_digit_out_of_seconds_of_speech_is_a_text(text: str) -> None:
    assert isinstance(Bench(Ear(text)).say((0.01, 1.0), (VOICE, 4.0), (0.01, 1.0)), Inserted)


def test_a_mark_that_is_said_by_its_name_is_a_text() -> None:
    assert isinstance(Bench(Ear("?")).say((0.01, 1.0), (VOICE, 0.6), (0.01, 1.0)), Inserted)


def test_a_cancelled_utterance_is_dropped_just_before_the_cursor() -> None:
    bench = Bench(Ear("too late"), wanted=False)
    assert bench.say(*SENTENCE) == Dropped()
    assert bench.paper.text == ""


def test_words_never_land_in_another_window() -> None:
    bench = Bench(Ear("secret"), stays=False)
    outcome = bench.say(*SENTENCE)
    assert isinstance(outcome, Held) and outcome.text == "secret"
    assert bench.paper.text == ""


def test_a_dead_engine_is_a_failure_and_not_an_exception() -> None:
    outcome = Bench(Ear(error=EngineError("engine-died", "It died", "Try again."))).say(*SENTENCE)
    assert isinstance(outcome, Failed) and outcome.error.code == "engine-died"


def test_words_that_could_not_be_put_in_are_kept() -> None:
    bench = Bench(Ear("precious"), Paper(InsertError("no-read", "Nobody took it", "Paste it.")))
    outcome = bench.say(*SENTENCE)
    assert isinstance(outcome, Failed) and outcome.text == "precious"


def test_a_line_end_never_reaches_a_terminal() -> None:
    bench = Bench(Ear("ls\nrm -rf /"))
    bench.say(*SENTENCE, target=Target(terminal=True))
    assert bench.paper.text == "ls rm -rf /"


def test_the_last_word_told_is_the_outcome_with_its_waits() -> None:
    bench = Bench(Ear("yes"))
    outcome = bench.say(*SENTENCE)
    last = bench.told[-1]
    assert isinstance(last, Finished) and last.outcome == outcome
    assert last.timings["after_release"] > last.timings["decode"] > 0


def test_the_recogniser_is_told_forty_terms_where_somebody_surely_speaks() -> None:
    bench = Bench(Ear("open Kubernetes"))
    bench.tools = replace(bench.tools, hints=lambda: [f"term{number}" for number in range(60)])
    bench.say(*SENTENCE)
    assert [len(each) for each in bench.ear.hints] == [40]


def test_a_weak_voice_gets_no_hints_for_it_might_only_hear_those() -> None:
    bench = Bench(Ear("open Kubernetes"))
    bench.tools = replace(bench.tools, hints=lambda: ["Kubernetes"])
    bench.say((0.01, 1.0), (VOICE, 0.1), (0.01, 1.0))
    assert bench.ear.hints == [()]


def test_hints_that_are_only_read_out_are_decoded_again_without() -> None:
    bench = Bench(Ear("Kubernetes, PostgreSQL, Redis", "restart the server"))
    bench.tools = replace(bench.tools, hints=lambda: ["Kubernetes", "PostgreSQL", "Redis"])
    assert bench.say(*SENTENCE) == Inserted("restart the server", "restart the server")
    assert [len(each) for each in bench.ear.hints] == [3, 0]


EARLY = Ahead((Transcript("restart the server.", "en"), Transcript("check the logs", "en")), 3.0, 2.0)


def test_what_stands_at_the_cursor_is_not_typed_twice() -> None:
    bench = Bench(Ear("then go home"))
    bench.known = replace(EARLY, shown=Shown(1, "Restart the server."))
    outcome = bench.say((0.01, 3.0), *SENTENCE)
    assert bench.paper.text == " check the logs then go home"
    assert outcome == Inserted(
        "Restart the server. check the logs then go home", "restart the server. check the logs then go home"
    )


def test_nothing_after_what_stands_at_the_cursor_leaves_it_alone() -> None:
    bench = Bench(Ear())
    bench.known = replace(EARLY, shown=Shown(2, "Restart the server. check the logs"))
    outcome = bench.say((0.01, 5.0))
    assert bench.paper.text == ""
    assert isinstance(outcome, Inserted) and outcome.text == "Restart the server. check the logs"


def test_the_whole_text_is_kept_when_its_rest_cannot_be_put_in() -> None:
    bench = Bench(Ear("then go home"), stays=False)
    bench.known = replace(EARLY, shown=Shown(1, "Restart the server."))
    outcome = bench.say((0.01, 3.0), *SENTENCE)
    assert isinstance(outcome, Held) and outcome.text == "Restart the server. check the logs then go home"
    assert bench.paper.text == ""


def test_a_new_line_that_is_said_is_a_new_line() -> None:
    bench = Bench(Ear("dear Ann, new line, how are you"))
    bench.say(*SENTENCE)
    assert bench.paper.text == "dear Ann\nhow are you"


def test_a_new_line_that_is_said_to_a_terminal_ends_no_line() -> None:
    bench = Bench(Ear("git status, new line, ls"))
    bench.say(*SENTENCE, target=Target(terminal=True))
    assert bench.paper.text == "git status ls"


def test_scratch_that_alone_takes_back_what_was_put_in_before() -> None:
    bench, taken = Bench(Ear("Scratch that.")), list[Target]()
    bench.tools = replace(bench.tools, take_back=taken.append)
    assert bench.say(*SENTENCE) == Dropped()
    assert (bench.paper.text, taken) == ("", [NOWHERE])


def test_scratch_that_with_a_better_sentence_puts_that_in_instead() -> None:
    bench, taken = Bench(Ear("Scratch that. Use Redis.")), list[Target]()
    bench.tools = replace(bench.tools, take_back=taken.append)
    bench.say(*SENTENCE)
    assert (bench.paper.text, taken) == ("Use Redis.", [NOWHERE])


def test_what_cannot_be_taken_back_is_told_and_the_new_words_are_kept() -> None:
    def refuse(target: Target) -> None:
        raise InsertError("nothing-to-undo", "There is nothing to take back", "")

    bench = Bench(Ear("Scratch that. Use Redis."))
    bench.tools = replace(bench.tools, take_back=refuse)
    outcome = bench.say(*SENTENCE)
    assert isinstance(outcome, Failed)
    assert (outcome.text, bench.paper.text) == ("Use Redis.", "")
