"""The worker: recordings become texts, one after the other; what fails is kept."""

from __future__ import annotations

import queue
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dictation.app.board import Board
from dictation.app.take.finisher import Hands, Worker
from dictation.app.take.recorder import Take
from dictation.app.words.word_rules import Words
from dictation.core.errors import SECRET, EngineError, InsertError
from dictation.core.settings import Settings
from dictation.core.types import (
    Ahead,
    Dropped,
    Erase,
    Event,
    Evidence,
    Failed,
    Finished,
    Held,
    Inserted,
    Move,
    Notice,
    Paste,
    Purpose,
    Silent,
    Target,
    Transcript,
)
from dictation.desktop.store.spool import Spool

HERE, THERE = Target(window=1), Target(window=2)


class Ear:
    def __init__(self) -> None:
        self.error: Exception | None = None

    def measure(self, samples: bytes) -> Evidence:
        if self.error:
            raise self.error
        return Evidence(1.0, 0.5, (0.9,) * 31)

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        return Transcript("git status", "en")


class Paper:
    def __init__(self) -> None:
        self.text, self.error, self.closed = "", InsertError("x", "y", "z"), False
        self.refuses = False

    def prepare(self) -> None: ...

    def close(self) -> None:
        self.closed = True

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        if self.refuses:
            raise self.error
        for move in moves:
            match move:
                case Paste(text=text):
                    self.text += text
                case Erase(count=count):
                    assert count <= len(self.text)
                    self.text = self.text[:-count]
                case _:
                    raise AssertionError(move)


class Window:
    focused = HERE

    def current(self) -> Target:
        return self.focused

    def same(self, target: Target) -> bool:
        return target == self.focused


class Bench:
    def __init__(self, folder: Path) -> None:
        self.ear, self.paper, self.window, self.folder = Ear(), Paper(), Window(), folder
        self.board, self.spool = Board(), Spool(folder)
        self.parked: set[int] = set()
        self.typed = False
        self.forgotten: list[Take] = []
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.board.listen(self.events.put)
        self.worker = Worker(
            Hands(self.paper, self.window),
            lambda _: (self.ear, self.ear),
            lambda _: True,
            lambda _: Ahead(),
            Words(folder / "none" / "glossary.tsv"),
            self.board,
            parked=self.parked.__contains__,
            forget=self.forgotten.append,
            typed=lambda _: self.typed,
        )
        self.worker.start()

    def record(self, id: int = 1) -> Take:
        spooled = self.spool.begin(id, Purpose.DICTATE)
        spooled.append(b"\0" * 64_000)
        return Take(id, Purpose.DICTATE, spooled, HERE, 0.0, Settings())

    def next(self, kind: type[Event]) -> Event:
        while not isinstance(event := self.events.get(timeout=5), kind):
            pass
        return event

    def kept(self) -> int:
        self.worker.close()
        return len([each for each in self.folder.iterdir() if each.stat().st_size])


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.worker.close()


def test_a_recording_becomes_text_and_is_deleted(bench: Bench) -> None:
    bench.worker.submit(bench.record())
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Inserted)
    assert bench.kept() == 0
    assert bench.paper.text == "git status" and bench.paper.closed


def test_a_recording_that_could_not_be_heard_is_kept_and_the_next_is_done(bench: Bench) -> None:
    bench.ear.error = EngineError("engine-died", "It died", "Try again.")
    bench.worker.submit(bench.record(1))
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Failed)
    bench.ear.error = None
    bench.worker.submit(bench.record(2))
    bench.next(Finished)
    assert bench.kept() == 1
    assert bench.paper.text == "git status"


def test_a_mistake_in_the_program_ends_one_utterance_and_not_the_app(bench: Bench) -> None:
    bench.ear.error = ZeroDivisionError("oops")
    bench.worker.submit(bench.record(1))
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Failed)
    assert finished.outcome.error.code == "unexpected"
    bench.ear.error = None
    bench.worker.submit(bench.record(2))
    bench.next(Finished)
    assert bench.paper.text == "git status"


def test_recovered_words_are_offered_and_never_typed(bench: Bench) -> None:
    bench.worker.recover(bench.record(0))
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Failed)
    assert finished.outcome.text == "git status"
    assert bench.paper.text == "" and bench.kept() == 0


def test_undo_takes_back_once_what_was_put_in(bench: Bench) -> None:
    bench.paper.text = "before "
    bench.worker.submit(bench.record())
    bench.next(Finished)
    bench.worker.undo()
    bench.worker.undo()
    notice = bench.next(Notice)
    assert isinstance(notice, Notice) and notice.error.code == "nothing-to-undo"
    assert bench.paper.text == "before "


def test_undo_never_erases_in_another_window(bench: Bench) -> None:
    bench.worker.submit(bench.record())
    bench.next(Finished)
    bench.window.focused = THERE
    bench.worker.undo()
    notice = bench.next(Notice)
    assert isinstance(notice, Notice) and notice.error.code == "other-window"
    assert bench.paper.text == "git status"


def test_the_last_text_is_put_into_the_window_that_has_the_cursor_now(bench: Bench) -> None:
    bench.window.focused = THERE
    bench.worker.insert("again", Settings())
    bench.worker.undo()
    bench.worker.insert("and again", Settings())
    bench.worker.close()
    assert bench.paper.text == "and again"


def test_what_was_taken_for_silence_is_carried_once_when_it_is_asked_for(bench: Bench) -> None:
    bench.ear.measure = lambda samples: Evidence(1.0, 0.5, (0.01,) * 31)  # type: ignore[method-assign]
    bench.worker.submit(bench.record())
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Silent)
    bench.worker.anyway()
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Inserted)
    bench.worker.anyway()
    notice = bench.next(Notice)
    assert isinstance(notice, Notice) and notice.error.code == "not-silent"
    assert bench.paper.text == "git status" and bench.kept() == 0


def test_a_silent_recording_is_gone_with_the_next_one_and_with_the_app(bench: Bench) -> None:
    bench.ear.measure = lambda samples: Evidence(1.0, 0.5, (0.01,) * 31)  # type: ignore[method-assign]
    first, second = bench.record(1), bench.record(2)
    bench.worker.submit(first)
    bench.next(Finished)
    bench.worker.submit(second)
    bench.next(Finished)
    assert bench.kept() == 0


def test_the_last_text_is_swapped_for_what_was_heard(bench: Bench) -> None:
    bench.worker.insert("Git Status", Settings(), "git status")
    bench.worker.raw(Settings())
    bench.worker.close()
    assert bench.paper.text == "git status"


def test_what_was_stopped_after_it_was_said_is_kept_with_its_sound_and_not_put_in(bench: Bench) -> None:
    bench.parked.add(1)
    bench.worker.submit(bench.record(1))
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Held)
    assert bench.paper.text == "" and finished.outcome.text == "git status"
    assert [each.id for each in bench.board.texts] == [1]
    bench.worker.insert("", Settings()).wait(5)
    assert any(each.stat().st_size for each in bench.folder.iterdir()), "the sound is there until the next one"
    assert bench.kept() == 0 and not bench.forgotten


def test_stopped_once_more_it_is_thrown_away(bench: Bench) -> None:
    bench.parked.add(1)
    bench.worker.submit(bench.record(1))
    bench.next(Finished)
    bench.worker.drop(1)
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Dropped)
    assert [each.id for each in bench.forgotten] == [1] and not bench.board.texts
    bench.worker.drop(1)
    assert bench.kept() == 0 and len(bench.forgotten) == 1


def test_who_asks_for_something_hears_when_it_is_done_and_why_it_was_not(bench: Bench) -> None:
    with pytest.raises(InsertError, match="nothing to take back"):
        bench.worker.undo().wait(5)
    bench.worker.insert("git", Settings()).wait(5)
    assert bench.paper.text == "git"
    bench.worker.undo().wait(5)
    assert bench.paper.text == ""
    with pytest.raises(InsertError, match="not taken for silence"):
        bench.worker.anyway().wait(5)


def test_two_texts_in_one_place_do_not_run_together_and_the_space_is_taken_back_with_the_second(bench: Bench) -> None:
    for id in (1, 2):
        bench.worker.submit(bench.record(id))
        bench.next(Finished)
    bench.worker.insert("log", Settings()).wait(5)
    assert bench.paper.text == "git status git status log"
    bench.worker.undo().wait(5)
    assert bench.paper.text == "git status git status"
    bench.window.focused = THERE
    bench.worker.insert("elsewhere", Settings()).wait(5)
    assert bench.paper.text == "git status git statuselsewhere"


def test_nothing_is_put_between_where_something_was_typed_since(bench: Bench) -> None:
    bench.worker.insert("git", Settings()).wait(5)
    bench.typed = True
    bench.worker.insert("status", Settings()).wait(5)
    assert bench.paper.text == "gitstatus"


def test_what_was_said_where_a_password_is_asked_for_is_shown_and_kept_nowhere(bench: Bench) -> None:
    bench.paper.error, bench.paper.refuses = InsertError(SECRET, "A password", "Type it."), True
    bench.worker.submit(bench.record(1))
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Failed)
    assert (finished.outcome.text, finished.outcome.heard) == ("", "") and not bench.board.texts
