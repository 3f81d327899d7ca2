"""Decoding while the key is down: nothing said is lost or doubled, whatever the engine does."""

from __future__ import annotations

import queue
import struct
import threading
from collections.abc import Sequence
from functools import partial

from dictation.app.take.decode_ahead import WINDOW_BYTES
from dictation.core.errors import EngineError
from dictation.core.settings import Settings
from dictation.core.types import RATE, SAMPLE_BYTES, Evidence, Transcript
from tests.fakes import Numbered

SETTINGS = Settings()


def sound(level: float, seconds: float) -> bytes:
    return struct.pack("<f", level) * round(seconds * RATE)


class Ear:
    """Writes down which samples it decoded, as their distinct levels; loud samples are voice."""

    encode_seconds = 0.01

    def __init__(self) -> None:
        self.decoded: list[list[float]] = []
        self.longest, self.says = 0.0, ""
        self.fails = self.mistake = False
        self.fresh = True
        self.working, self.go_on = threading.Event(), threading.Event()
        self.go_on.set()

    def follow(self, id: int, samples: bytes) -> list[float] | None:
        assert len(samples) % WINDOW_BYTES == 0
        if self.mistake:
            raise ValueError("a mistake")
        return list(self.measure(samples).voice) if self.fresh else None

    def measure(self, samples: bytes) -> Evidence:
        values = struct.unpack(f"<{len(samples) // SAMPLE_BYTES}f", samples)
        voice = tuple(0.9 if max(values[at : at + 512]) >= 0.1 else 0.01 for at in range(0, len(values), 512))
        return Evidence(len(values) / RATE, max(values, default=0.0), voice)

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        if self.fails:
            raise EngineError("engine-died", "It died", "Try again.")
        self.working.set()
        assert self.go_on.wait(10)
        values = struct.unpack(f"<{len(samples) // SAMPLE_BYTES}f", samples)
        loud = [round(each, 3) for each in dict.fromkeys(values) if each >= 0.1]
        self.decoded.append(loud)
        self.longest = max(self.longest, len(values) / RATE)
        return Transcript(self.says or " ".join(f"w{each * 1000:.0f}" for each in loud), "en")


def speak(runner: Numbered, *parts: tuple[float, float], id: int = 1) -> None:
    """Feed it in blocks of 20 ms, as a microphone does."""
    runner.begin(id, SETTINGS)
    samples = b"".join(sound(*part) for part in parts)
    step = RATE // 50 * SAMPLE_BYTES
    for at in range(0, len(samples), step):
        runner.feed(id, samples[at : at + step])


def _given(ear: Ear, _: Settings) -> Ear:
    return ear


def wait_until_heard(runner: Numbered, ear: Ear) -> None:
    assert ear.working.wait(10)


def test_a_pause_after_a_sentence_is_used_to_guess_it() -> None:
    ear = Ear()
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    wait_until_heard(runner, ear)
    runner.end(1)
    known = runner.known(1)
    assert known.texts == () and known.done == 0.0
    assert known.guess == Transcript("w200", "en")


def test_chunks_are_committed_once_and_what_follows_is_left_for_the_end() -> None:
    ear = Ear()
    ear.encode_seconds = 9.0  # too slow to guess
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 4.0), (0.01, 0.8))
    wait_until_heard(runner, ear)
    runner.feed(1, sound(0.3, 1.0))
    runner.end(1)
    known = runner.known(1)
    assert [each.text for each in known.texts] == ["w200"]
    assert 4.0 < known.done < 4.8
    assert known.speech_seconds > 3.9
    assert known.guess is None


def test_the_end_waits_for_the_decode_under_way_and_for_no_more() -> None:
    ear = Ear()
    runner = Numbered(lambda _: ear)
    ear.go_on.clear()
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    wait_until_heard(runner, ear)
    runner.feed(1, sound(0.01, 5.0))
    runner.end(1)
    ear.go_on.set()
    assert [each.text for each in runner.known(1).texts] == ["w200"]
    assert ear.decoded == [[0.2]]


def test_a_failing_engine_leaves_everything_to_the_pipeline() -> None:
    ear = Ear()
    ear.fails = True
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    runner.end(1)
    known = runner.known(1)
    assert (known.texts, known.done, known.guess) == ((), 0.0, None)


def test_a_mistake_in_the_engine_does_not_keep_anybody_waiting() -> None:
    ear = Ear()
    ear.mistake = True
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    runner.end(1)
    runner.end(1)
    assert runner.known(1).guess is None
    ear.mistake = False
    speak(runner, (0.3, 1.0), (0.01, 0.4), id=2)
    wait_until_heard(runner, ear)
    runner.end(2)
    assert runner.known(2).guess == Transcript("w300", "en")


def test_an_engine_that_was_started_again_and_forgot_is_not_trusted() -> None:
    ear = Ear()
    ear.fresh = False
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    runner.end(1)
    assert runner.known(1).guess is None
    assert ear.decoded == []


def test_without_an_engine_nothing_is_known() -> None:
    runner = Numbered(lambda _: None)
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    runner.end(1)
    assert runner.known(1).texts == ()


def test_utterances_do_not_mix() -> None:
    ear = Ear()
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    wait_until_heard(runner, ear)
    runner.end(1)
    ear.working.clear()
    speak(runner, (0.3, 1.0), (0.01, 0.4), id=2)
    wait_until_heard(runner, ear)
    runner.end(2)
    assert [runner.known(id).guess for id in (2, 1)] == [Transcript("w300", "en"), Transcript("w200", "en")]
    assert runner.known(1).guess is None


def test_a_cancelled_utterance_leaves_nothing_behind() -> None:
    ear = Ear()
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    runner.drop(1)
    assert runner.known(1).guess is None


def test_what_whisper_says_to_a_pause_is_not_kept() -> None:
    ear = Ear()
    ear.says = "字幕由 Amara.org 社区提供"
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    wait_until_heard(runner, ear)
    runner.end(1)
    known = runner.known(1)
    assert known.texts == () and known.silent == "phantom"


def test_silence_before_the_first_word_is_never_decoded() -> None:
    ear = Ear()
    runner = Numbered(lambda _: ear)
    speak(runner, (0.01, 6.0), (0.2, 1.0), (0.01, 0.4))
    wait_until_heard(runner, ear)
    runner.end(1)
    assert runner.known(1).guess == Transcript("w200", "en")
    assert ear.longest < 2.0


def test_words_are_shown_at_the_first_pause_after_them() -> None:
    ear, shown = Ear(), queue.SimpleQueue[str]()
    runner = Numbered(lambda _: ear, tell=lambda _take, text: shown.put(text))
    speak(runner, (0.2, 1.0), (0.01, 0.5))
    assert shown.get(timeout=10) == "w200"
    runner.feed(1, sound(0.3, 1.0) + sound(0.01, 0.5))  # the same breath: both are decoded anew
    assert shown.get(timeout=10) == "w200 w300"
    runner.end(1)
    assert runner.known(1).guess == Transcript("w200 w300", "en")


def test_a_chunk_is_told_when_it_is_committed_and_its_number() -> None:
    ear, told = Ear(), list[tuple[int, int, str]]()
    runner = Numbered(lambda _: ear, committed=lambda take, number, heard: told.append((take.id, number, heard.text)))
    speak(runner, (0.2, 3.5), (0.01, 0.8), (0.3, 3.5), (0.01, 0.8))
    runner.end(1)
    known = runner.known(1)
    assert told == [(1, number, each.text) for number, each in enumerate(known.texts)]


def test_the_recogniser_is_told_what_may_be_said() -> None:
    ear, given = Ear(), list[Sequence[str]]()
    plain = ear.transcribe

    def transcribe(samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        given.append(hints)
        return plain(samples, language)

    ear.transcribe = transcribe  # type: ignore[method-assign]
    runner = Numbered(lambda _: ear, hints=lambda _settings, _target: ["Kubernetes"])
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    wait_until_heard(runner, ear)
    runner.end(1)
    runner.known(1)
    assert given == [("Kubernetes",)]


def test_when_somebody_goes_on_after_a_guess_it_is_a_chunk_and_only_the_rest_is_decoded() -> None:
    ear, told = Ear(), list[str]()
    ear.says = "We restart the server."
    runner = Numbered(lambda _: ear, committed=lambda _take, _number, heard: told.append(heard.text))
    speak(runner, (0.2, 3.5), (0.01, 0.4))
    wait_until_heard(runner, ear)
    runner.feed(1, sound(0.3, 1.0))
    runner.feed(1, sound(0.01, 0.4))
    runner.end(1)
    known = runner.known(1)
    assert told == [each.text for each in known.texts] == ["We restart the server,"]
    assert 3.5 < known.done < 3.9
    assert ear.decoded in ([[0.2], [0.3]], [[0.2]])


def test_a_guess_without_words_is_no_chunk() -> None:
    ear = Ear()
    ear.says = "字幕由 Amara.org 社区提供"
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 3.5), (0.01, 0.4))
    wait_until_heard(runner, ear)
    runner.feed(1, sound(0.3, 1.0))
    runner.end(1)
    assert runner.known(1).texts == ()


def test_the_words_are_the_same_however_the_sound_is_handed_over() -> None:
    parts = (
        (0.01, 0.5),
        (0.2, 3.5),
        (0.01, 0.3),
        (0.3, 1.0),
        (0.01, 0.7),
        (0.4, 9.0),
        (0.01, 0.4),
        (0.5, 0.6),
        (0.01, 0.1),
    )
    samples = b"".join(sound(*part) for part in parts)
    found = []
    for step in (len(samples), RATE // 50 * SAMPLE_BYTES, 7 * RATE * SAMPLE_BYTES // 10):
        ear = Ear()
        runner = Numbered(partial(_given, ear))
        runner.begin(1, SETTINGS)
        for at in range(0, len(samples), step):
            runner.feed(1, samples[at : at + step])
        runner.end(1)
        known = runner.known(1)
        found.append(([each.text for each in known.texts], known.done, known.end))
    assert found[0] == found[1] == found[2]
    assert found[0][0] == ["w200", "w300 w400"]


def test_a_guess_is_judged_to_hold_only_by_who_listened_to_the_end() -> None:
    ear = Ear()
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 1.0), (0.01, 0.4))
    wait_until_heard(runner, ear)
    runner.feed(1, sound(0.01, 0.4))
    runner.end(1)
    verdict = runner.known(1).verdict
    assert verdict is not None and verdict.kind == "accept"
    ear.working.clear()
    speak(runner, (0.3, 1.0), (0.01, 0.4), id=2)
    wait_until_heard(runner, ear)
    runner.feed(2, sound(0.4, 0.2))
    runner.end(2)
    assert runner.known(2).verdict is None, "more was said"
    ear.working.clear()
    speak(runner, (0.5, 1.0), (0.01, 0.4), id=3)
    wait_until_heard(runner, ear)
    ear.fresh = False
    runner.feed(3, sound(0.01, 0.4))
    runner.end(3)
    known = runner.known(3)
    assert known.verdict is None, "the engine was started again and forgot"
    assert known.guess == Transcript("w500", "en")


def test_once_the_key_is_up_the_last_words_are_decoded_while_the_rest_is_recorded() -> None:
    ear = Ear()
    runner = Numbered(lambda _: ear)
    speak(runner, (0.2, 1.0))
    runner.key(1, down=False)
    runner.feed(1, sound(0.01, 0.3))
    wait_until_heard(runner, ear)
    runner.feed(1, sound(0.01, 0.05))
    runner.end(1)
    known = runner.known(1)
    assert known.guess == Transcript("w200", "en") and known.verdict is not None
    assert ear.decoded == [[0.2]]


def test_a_key_that_only_repeats_changes_nothing() -> None:
    ear = Ear()
    runner = Numbered(lambda _: ear)
    runner.begin(1, SETTINGS)
    for _ in range(10):
        runner.key(1, down=False)
        runner.key(1, down=True)
        runner.feed(1, sound(0.2, 0.1))
        runner.feed(1, sound(0.01, 0.1))
    runner.end(1)
    runner.known(1)
    assert ear.decoded == []


def test_that_nobody_speaks_any_more_is_told_once_and_only_after_words() -> None:
    ear, told = Ear(), threading.Event()
    count = [0]

    def still() -> None:
        count[0] += 1
        told.set()

    runner = Numbered(lambda _: ear)
    runner.begin(1, SETTINGS, still)
    runner.feed(1, sound(0.01, 1.0))
    runner.key(1, down=False)
    runner.feed(1, sound(0.01, 0.2))
    runner.key(1, down=True)
    runner.feed(1, sound(0.2, 1.0))
    runner.feed(1, sound(0.01, 0.4))
    runner.end(1)
    runner.known(1)
    assert count == [0]
    runner.begin(2, SETTINGS, still)
    runner.feed(2, sound(0.2, 1.0))
    runner.feed(2, sound(0.01, 0.4))
    runner.key(2, down=False)
    for _ in range(10):
        runner.feed(2, sound(0.01, 0.02))
    assert told.wait(10)
    runner.feed(2, sound(0.01, 0.2))
    runner.end(2)
    runner.known(2)
    assert count == [1]
