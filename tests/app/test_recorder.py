"""The recorder: what keys and devices do becomes recordings, each with one end, and none is lost."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from dictation.app.board import Board
from dictation.app.settings_in_force import InForce
from dictation.app.take.decode_ahead import DecodeAhead
from dictation.app.take.recorder import Recorder
from dictation.app.take.take import Take
from dictation.core.errors import DictationError, MicrophoneError
from dictation.core.sections import MicrophoneSettings
from dictation.core.session import REPEAT_SECONDS, Kind
from dictation.core.settings import Settings
from dictation.core.types import Event, Failed, Finished, Inserted, Notice, Purpose, State, StateChanged, Target
from dictation.desktop.store.spool import Spool
from tests.fakes import ended

SETTINGS = Settings(microphone=MicrophoneSettings(tail_ms=20))
WINDOW = Target(app="editor", window=7)


class Microphone:
    """A microphone that gives a block at the start and one at the end, and refuses what the world would punish."""

    def __init__(self) -> None:
        self.refuses: MicrophoneError | None = None
        self.trouble: Callable[[Exception], None] = lambda _: None
        self.open = False
        self.began = threading.Event()

    def begin(self, sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> Microphone:
        assert not self.open, "two recordings at once"
        if self.refuses:
            raise self.refuses
        self.open, self.sink, self.trouble = True, sink, trouble
        sink(b"head")
        self.began.set()
        return self

    def level(self) -> float:
        return 0.5

    def finish(self) -> None:
        assert self.open
        self.open = False
        self.sink(b"tail")

    def abandon(self) -> None:
        assert self.open
        self.open = False

    def close(self) -> None:
        assert not self.open


class Bench:
    def __init__(self, folder: Path, settings: Settings = SETTINGS, runner: DecodeAhead | None = None) -> None:
        self.microphone, self.board, self.spool = Microphone(), Board(), Spool(folder)
        self.takes: queue.SimpleQueue[Take] = queue.SimpleQueue()
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.keys: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self.drops: queue.SimpleQueue[Take] = queue.SimpleQueue()
        self.board.listen(self.events.put)
        self.in_force = InForce(settings)
        self.recorder = Recorder(
            self.in_force, self.microphone, self.spool, self.board, runner or DecodeAhead(lambda _: None), self
        )
        self.recorder.start()

    def begin(self, take: Take) -> None:
        take.target = WINDOW

    def held(self, down: bool) -> None:
        self.keys.put(down)

    def submit(self, take: Take) -> None:
        self.takes.put(take)

    def drop(self, take: Take) -> None:
        self.drops.put(take)

    def press(self, *kinds: Kind) -> None:
        for kind in kinds:
            self.recorder.post(kind)

    def wait_for(self, state: State) -> None:
        while True:
            event = self.events.get(timeout=5)
            if isinstance(event, StateChanged) and event.state is state:
                return

    def take(self) -> Take:
        return self.takes.get(timeout=5)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "spool")
    yield made
    made.recorder.close()


def test_a_call_to_start_and_stop_makes_one_recording_with_its_tail(bench: Bench) -> None:
    bench.press(Kind.START)
    bench.wait_for(State.LISTENING)
    assert bench.recorder.level() == 0.5
    bench.press(Kind.STOP)
    take = bench.take()
    assert take.spooled.samples() == b"headtail"
    assert (take.id, take.purpose, take.target, take.settings) == (1, Purpose.DICTATE, WINDOW, SETTINGS)
    bench.wait_for(State.IDLE)


def test_the_recording_is_on_disk_before_anything_is_decoded(bench: Bench, tmp_path: Path) -> None:
    bench.press(Kind.START)
    assert bench.microphone.began.wait(5)
    bench.wait_for(State.LISTENING)
    (file,) = [each for each in (tmp_path / "spool").iterdir() if each.stat().st_size]
    assert b"head" in file.read_bytes()


def test_a_cancelled_recording_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.press(Kind.START)
    bench.wait_for(State.LISTENING)
    bench.press(Kind.CANCEL)
    bench.wait_for(State.IDLE)
    assert bench.takes.empty()
    assert [each for each in (tmp_path / "spool").iterdir() if each.stat().st_size] == []


def test_pressing_again_in_the_tail_gives_two_recordings(bench: Bench) -> None:
    bench.press(Kind.START)
    bench.wait_for(State.LISTENING)
    bench.press(Kind.STOP, Kind.START)
    assert bench.take().id == 1
    bench.press(Kind.STOP)
    assert bench.take().id == 2


def test_a_microphone_that_cannot_start_is_a_failure_and_the_next_press_tries_again(bench: Bench) -> None:
    bench.microphone.refuses = MicrophoneError("microphone-busy", "It is busy", "Close the other program.")
    bench.press(Kind.START)
    bench.wait_for(State.ERROR)
    finished = bench.events.get(timeout=5)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Failed)
    assert finished.outcome.error.code == "microphone-busy"
    bench.microphone.refuses = None
    bench.press(Kind.START)
    bench.wait_for(State.LISTENING)
    bench.press(Kind.STOP)
    assert bench.take().id == 2
    bench.wait_for(State.IDLE)


def test_of_many_who_ask_at_once_each_hears_why_his_own_recording_did_not_begin(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = itertools.count(1)

    def busy(*_: object) -> Microphone:
        raise MicrophoneError("microphone-busy", f"It is busy {next(number)}", "Close the other program.")

    monkeypatch.setattr(bench.microphone, "begin", busy)

    def ask(_: int) -> str:
        with pytest.raises(MicrophoneError) as caught:
            bench.recorder.ask(Kind.START, Purpose.DICTATE)
        return caught.value.message

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(ask, range(40)))
    assert sorted(told) == sorted(f"It is busy {each}" for each in range(1, 41))


def test_an_unplugged_microphone_keeps_what_was_said(bench: Bench) -> None:
    bench.press(Kind.START)
    bench.wait_for(State.LISTENING)
    bench.microphone.trouble(MicrophoneError("microphone-gone", "It is gone", "Plug it in."))
    assert bench.take().spooled.samples() == b"headtail"
    notices = []
    while not bench.events.empty():
        if isinstance(event := bench.events.get(), Notice):
            notices.append(event.error.code)
    assert notices == ["microphone-gone"]


def test_closing_in_the_middle_leaves_the_recording_for_the_next_start(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "spool")
    bench.press(Kind.START)
    bench.wait_for(State.LISTENING)
    bench.recorder.close()
    assert len(Spool(tmp_path / "spool").leftovers()) == 1
    assert not bench.microphone.open and bench.takes.empty()


class Runner(DecodeAhead):
    """One that says at once that nobody speaks, when the key is up."""

    def __init__(self) -> None:
        super().__init__(lambda _: None)
        self.keys: list[bool] = []

    def begin(self, take: Take, still: Callable[[], None] = lambda: None) -> None:
        self.still = still
        super().begin(take)

    def key(self, take: Take, down: bool) -> None:
        self.keys.append(down)
        if not down:
            threading.Timer(REPEAT_SECONDS, self.still).start()
        super().key(take, down)


def test_the_recording_ends_as_soon_as_nobody_speaks_after_the_release(tmp_path: Path) -> None:
    runner = Runner()
    bench = Bench(tmp_path, replace(SETTINGS, microphone=MicrophoneSettings(tail_ms=60_000)), runner)
    bench.press(Kind.START)
    bench.wait_for(State.LISTENING)
    bench.press(Kind.STOP)
    take = bench.take()
    assert take.spooled.samples() == b"headtail"
    assert runner.keys == [False]
    bench.recorder.close()


def test_another_key_right_after_the_press_throws_only_this_recording_away(bench: Bench) -> None:
    bench.press(Kind.START, Kind.STOP)
    earlier = bench.take()  # it is still thought about
    bench.microphone.began.clear()
    bench.press(Kind.PRESS)
    assert bench.microphone.began.wait(5)
    bench.press(Kind.OTHER, Kind.START, Kind.STOP)
    assert bench.take().id == 3
    assert earlier.open and not earlier.parked and bench.drops.empty()


def test_esc_keeps_what_is_thought_about_and_a_second_one_throws_it_away(bench: Bench) -> None:
    bench.press(Kind.ESCAPE, Kind.START, Kind.STOP)
    take = bench.take()
    bench.press(Kind.ESCAPE, Kind.ESCAPE, Kind.ESCAPE)
    assert bench.drops.get(timeout=5) is take
    assert take.parked and take.cancelled and bench.drops.empty()


def test_esc_keeps_all_that_is_thought_about(bench: Bench) -> None:
    bench.press(Kind.START, Kind.STOP, Kind.START, Kind.STOP)
    takes = [bench.take(), bench.take()]
    bench.press(Kind.ESCAPE, Kind.START, Kind.STOP)
    takes.append(bench.take())
    assert [each.parked for each in takes] == [True, True, False]
    assert all(each.open for each in takes) and bench.drops.empty()


def test_esc_when_nothing_is_under_way_changes_nothing(bench: Bench) -> None:
    bench.press(Kind.START, Kind.STOP)
    first = ended(bench.take(), Inserted("x"))
    bench.press(Kind.ESCAPE, Kind.START, Kind.STOP)
    assert bench.take().id == first.id + 1
    assert not first.cancelled and not first.parked and bench.drops.empty()


class Asked:
    """Somebody who asked for an utterance."""

    def __init__(self) -> None:
        self.take: Take | None = None
        self.refusals: queue.SimpleQueue[DictationError] = queue.SimpleQueue()

    def begun(self, take: Take) -> None:
        self.take = take

    def refused(self, error: DictationError) -> None:
        self.refusals.put(error)


def test_who_asks_for_an_utterance_gets_that_one_and_no_other(bench: Bench) -> None:
    first, late = Asked(), Asked()
    bench.recorder.post(Kind.START, Purpose.COMMAND, first)
    bench.recorder.post(Kind.START, Purpose.COMMAND, late)
    assert late.refusals.get(timeout=5).code == "listening" and late.take is None
    bench.press(Kind.STOP, Kind.START, Kind.STOP)
    takes = [bench.take(), bench.take()]
    assert first.take is takes[0] and [each.reply for each in takes] == [first, None]


def test_an_utterance_keeps_the_settings_that_it_began_with(bench: Bench) -> None:
    bench.press(Kind.START)
    bench.wait_for(State.LISTENING)
    bench.in_force.now = other = replace(SETTINGS, microphone=MicrophoneSettings(tail_ms=30))
    bench.press(Kind.STOP, Kind.START, Kind.STOP)
    assert [bench.take().settings, bench.take().settings] == [SETTINGS, other]


def test_it_is_told_when_the_key_is_held_and_when_it_is_up(bench: Bench) -> None:
    bench.press(Kind.PRESS)
    assert bench.keys.get(timeout=5)
    bench.press(Kind.OTHER)
    assert not bench.keys.get(timeout=5)
    bench.press(Kind.START, Kind.STOP)
    bench.take()
    assert bench.keys.empty()


def test_a_microphone_that_is_gone_does_not_lift_the_key_that_is_held(bench: Bench) -> None:
    bench.press(Kind.PRESS)
    assert bench.keys.get(timeout=5)
    assert bench.microphone.began.wait(5)
    bench.press(Kind.BROKEN)
    bench.take()
    assert bench.keys.empty()
    bench.press(Kind.RELEASE)
    assert not bench.keys.get(timeout=5)
