"""The finisher: recordings become texts, one after the other; what fails is kept."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from dictation.app.board import Board
from dictation.app.take.finisher import Finisher, Means
from dictation.app.take.hands import Hands
from dictation.app.take.insert_at_pauses import InsertAtPauses
from dictation.app.take.job import Job, JobQueue
from dictation.app.take.last_text import LastText
from dictation.app.take.take import Take
from dictation.app.words.word_rules import WordRules
from dictation.core.errors import SECRET, DictationError, EngineError, InsertError
from dictation.core.settings import Settings, put
from dictation.core.types import (
    NOWHERE,
    Ahead,
    Dropped,
    Event,
    Evidence,
    Failed,
    Finished,
    Held,
    Inserted,
    Notice,
    Paste,
    Purpose,
    Silent,
)
from dictation.desktop.store.spool import Spool
from tests.fakes import HERE, THERE, Ear, Keeps, NoCommands, Paper, Window, a_take


class Bench:
    def __init__(self, folder: Path, look: float = 1.0) -> None:
        self.ear, self.paper, self.window, self.folder = Ear(), Paper(), Window(), folder
        self.board, self.spool, self.history = Board(), Spool(folder), Keeps()
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.board.listen(self.events.put)
        words, self.jobs = WordRules(folder / "none" / "glossary.tsv"), JobQueue(self.board, look)
        self.last = LastText(Hands(self.paper, self.window, late=self.jobs.late), words.undone, lambda _: self.typed)
        means = Means(lambda _: (self.ear, self.ear), words, lambda _: None, NoCommands())
        pauses = InsertAtPauses(self.last.hands, words.correct, self.jobs, self.last)
        self.finisher = Finisher(self.jobs, self.board, pauses, means, self.last, self.history)
        self.typed = False
        self.jobs.start()

    def insert(self, text: str, heard: str = "") -> Job:
        return self.jobs.run(lambda: self.last.insert(text, Settings(), heard))

    def undo(self) -> Job:
        return self.jobs.run(self.last.undo)

    def record(self, id: int = 1) -> Take:
        spooled = self.spool.begin(id, Purpose.DICTATE)
        spooled.append(b"\0" * 64_000)
        take = a_take(id, spooled=spooled, target=HERE)
        take.ended = 0.0
        return take

    def next(self, kind: type[Event]) -> Event:
        while not isinstance(event := self.events.get(timeout=5), kind):
            pass
        return event

    def kept(self) -> int:
        self.finisher.close()
        return len([each for each in self.folder.iterdir() if each.stat().st_size])


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.finisher.close()


def wait_until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_recording_becomes_text_and_is_deleted(bench: Bench) -> None:
    bench.finisher.submit(bench.record())
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Inserted)
    assert bench.kept() == 0
    assert bench.paper.text == "git status" and bench.paper.closed


def test_a_recording_that_could_not_be_heard_is_kept_and_the_next_is_done(bench: Bench) -> None:
    bench.ear.error = EngineError("engine-died", "It died", "Try again.")
    bench.finisher.submit(bench.record(1))
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Failed)
    bench.ear.error = None
    bench.finisher.submit(bench.record(2))
    bench.next(Finished)
    assert bench.kept() == 1
    assert bench.paper.text == "git status"


def test_a_mistake_in_the_program_ends_one_utterance_and_not_the_app(bench: Bench) -> None:
    bench.ear.error = ZeroDivisionError("oops")
    bench.finisher.submit(bench.record(1))
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Failed)
    assert finished.outcome.error.code == "unexpected"
    bench.ear.error = None
    bench.finisher.submit(bench.record(2))
    bench.next(Finished)
    assert bench.paper.text == "git status"


def test_recovered_words_are_offered_and_never_typed(bench: Bench) -> None:
    bench.finisher.recover(bench.record(0))
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Failed)
    assert finished.outcome.text == "git status"
    assert bench.paper.text == "" and bench.kept() == 0


def test_undo_takes_back_once_what_was_put_in(bench: Bench) -> None:
    bench.paper.text = "before "
    bench.finisher.submit(bench.record())
    bench.next(Finished)
    bench.undo()
    bench.undo()
    notice = bench.next(Notice)
    assert isinstance(notice, Notice) and notice.error.code == "nothing-to-undo"
    assert bench.paper.text == "before "


def test_undo_never_erases_in_another_window(bench: Bench) -> None:
    bench.finisher.submit(bench.record())
    bench.next(Finished)
    bench.window.focused = THERE
    bench.undo()
    notice = bench.next(Notice)
    assert isinstance(notice, Notice) and notice.error.code == "other-window"
    assert bench.paper.text == "git status"


def test_the_last_text_is_put_into_the_window_that_has_the_cursor_now(bench: Bench) -> None:
    bench.window.focused = THERE
    bench.insert("again")
    bench.undo()
    bench.insert("and again")
    bench.finisher.close()
    assert bench.paper.text == "and again"


def test_what_was_taken_for_silence_is_carried_once_when_it_is_asked_for(bench: Bench) -> None:
    bench.ear.measure = lambda samples: Evidence(1.0, 0.5, (0.01,) * 31)  # type: ignore[method-assign]
    bench.finisher.submit(bench.record())
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Silent)
    bench.finisher.anyway()
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Inserted)
    bench.finisher.anyway()
    notice = bench.next(Notice)
    assert isinstance(notice, Notice) and notice.error.code == "not-silent"
    assert bench.paper.text == "git status" and bench.kept() == 0


def test_a_silent_recording_is_gone_with_the_next_one_and_with_the_app(bench: Bench) -> None:
    bench.ear.measure = lambda samples: Evidence(1.0, 0.5, (0.01,) * 31)  # type: ignore[method-assign]
    first, second = bench.record(1), bench.record(2)
    bench.finisher.submit(first)
    bench.next(Finished)
    bench.finisher.submit(second)
    bench.next(Finished)
    assert bench.kept() == 0


def test_the_last_text_is_swapped_for_what_was_heard(bench: Bench) -> None:
    bench.insert("Git Status", "git status")
    bench.jobs.run(lambda: bench.last.raw(Settings()))
    bench.finisher.close()
    assert bench.paper.text == "git status"


def test_what_was_stopped_after_it_was_said_is_kept_with_its_sound_and_not_put_in(bench: Bench) -> None:
    take = bench.record(1)
    take.parked = True
    bench.finisher.submit(take)
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Held)
    assert bench.paper.text == "" and finished.outcome.text == "git status"
    assert [each.id for each in bench.board.texts] == [1]
    bench.insert("").wait(5)
    assert any(each.stat().st_size for each in bench.folder.iterdir()), "the sound is there until the next one"
    assert bench.kept() == 0 and not bench.history.dropped


def test_stopped_once_more_it_is_thrown_away(bench: Bench) -> None:
    take = bench.record(1)
    take.parked = True
    bench.finisher.submit(take)
    bench.next(Finished)
    bench.finisher.drop(take)
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Dropped)
    assert [each.id for each in bench.history.dropped] == [1] and not bench.board.texts
    bench.finisher.drop(take)
    assert bench.kept() == 0 and len(bench.history.dropped) == 1


def test_who_asks_for_something_hears_when_it_is_done_and_why_it_was_not(bench: Bench) -> None:
    with pytest.raises(InsertError, match="nothing to take back"):
        bench.undo().wait(5)
    bench.insert("git").wait(5)
    assert bench.paper.text == "git"
    bench.undo().wait(5)
    assert bench.paper.text == ""
    with pytest.raises(InsertError, match="Nothing has been dictated yet"):
        bench.finisher.anyway().wait(5)


def test_two_texts_in_one_place_do_not_run_together_and_the_space_is_taken_back_with_the_second(bench: Bench) -> None:
    for id in (1, 2):
        bench.finisher.submit(bench.record(id))
        bench.next(Finished)
    bench.insert("log").wait(5)
    assert bench.paper.text == "git status git status log"
    bench.undo().wait(5)
    assert bench.paper.text == "git status git status"
    bench.window.focused = THERE
    bench.insert("elsewhere").wait(5)
    assert bench.paper.text == "git status git statuselsewhere"


def test_nothing_is_put_between_where_something_was_typed_since(bench: Bench) -> None:
    bench.insert("git").wait(5)
    bench.typed = True
    bench.insert("status").wait(5)
    assert bench.paper.text == "gitstatus"


def test_what_was_said_where_a_password_is_asked_for_is_shown_and_kept_nowhere(bench: Bench) -> None:
    bench.paper.error, bench.paper.refuses = InsertError(SECRET, "A password", "Type it."), True
    bench.finisher.submit(bench.record(1))
    finished = bench.next(Finished)
    assert isinstance(finished, Finished) and isinstance(finished.outcome, Failed)
    assert (finished.outcome.text, finished.outcome.heard) == ("", "") and not bench.board.texts


def test_our_own_key_held_for_the_next_utterance_is_waited_for_and_both_come_in_order(bench: Bench) -> None:
    bench.paper.is_free = False  # a dictation key that is a modifier makes shortcuts of what is typed
    bench.finisher.held(True)
    for id in (1, 2):
        bench.finisher.submit(bench.record(id))
    done = bench.insert("three")
    with pytest.raises(DictationError, match="not done"):
        done.wait(0.3)
    assert bench.paper.text == ""
    bench.paper.is_free = True
    bench.finisher.held(False)
    done.wait(5)
    assert bench.paper.text == "git status git status three"


def test_what_an_app_that_died_has_left_waits_for_who_speaks_now(bench: Bench) -> None:
    heard: list[int] = []
    bench.board.listen(lambda event: heard.append(event.id) if isinstance(event, Finished) else None)
    bench.board.recording(Purpose.DICTATE)  # somebody speaks
    for _ in range(3):
        bench.finisher.recover(bench.record(0))
    bench.finisher.submit(bench.record(7))
    bench.insert("x").wait(5)
    assert heard == [7]
    bench.board.recording(None)
    wait_until(lambda: heard == [7, 0, 0, 0])


def test_a_recording_of_an_app_that_died_gives_way_between_two_pieces(bench: Bench) -> None:
    heard: list[int] = []
    bench.board.listen(lambda event: heard.append(event.id) if isinstance(event, Finished) else None)
    measure, began = bench.ear.measure, threading.Event()

    def measured(samples: bytes) -> Evidence:
        if not began.is_set():  # while the old one is looked at somebody has spoken
            began.set()
            bench.finisher.submit(bench.record(7))
        return measure(samples)

    bench.ear.measure = measured  # type: ignore[method-assign]
    bench.finisher.recover(bench.record(0))
    wait_until(lambda: heard == [7, 0])


def test_a_text_that_the_program_in_front_would_not_get_is_kept_and_said_so(bench: Bench) -> None:
    hands = Hands(bench.paper, bench.window, swallows=lambda _: "The tmux pane is being looked through")
    with pytest.raises(InsertError, match="looked through"):
        hands.perform([Paste("git status")], bench.window.focused)
    assert bench.paper.text == ""


def test_a_program_that_took_the_terminal_while_somebody_spoke_gets_nothing(bench: Bench) -> None:
    at_prompt, asks = True, "read is running in the terminal"
    hands = Hands(
        bench.paper, bench.window, prompted=lambda _: at_prompt, taken=lambda target: asks if target.prompted else ""
    )
    began = hands.here()
    with pytest.raises(InsertError, match="is running") as caught:
        hands.perform([Paste("yes")], began)
    assert (caught.value.code, bench.paper.text) == ("terminal-taken", "")
    at_prompt = False  # that program had the terminal already when the key went down
    hands.perform([Paste("yes")], hands.here())
    assert bench.paper.text == "yes"


def test_before_anything_was_dictated_anyway_says_so(bench: Bench) -> None:
    bench.finisher.anyway()
    notice = bench.next(Notice)
    assert isinstance(notice, Notice) and notice.error.code == "nothing-said"


def test_an_utterance_is_heard_as_is_wanted_in_the_program_it_began_in(bench: Bench) -> None:
    take = bench.record()
    take.settings = put(take.settings, "insert.methods", "code=language:zh llm:off")
    bench.window.focused = replace(HERE, app="code")
    bench.finisher.begin(take)
    assert (take.settings.hearing.language, take.settings.llm.when) == ("zh", "off")
    bench.window.focused = THERE
    bench.finisher.begin(other := bench.record(2))
    assert other.settings.hearing.language == "auto"


def test_a_job_that_hangs_is_given_up_and_the_next_dictation_arrives_and_what_comes_late_types_nothing(
    tmp_path: Path,
) -> None:
    board, paper, window = Board(), Paper(), Window()
    told: queue.SimpleQueue[Event] = queue.SimpleQueue()
    board.listen(told.put)
    jobs = JobQueue(board, look=0.02)
    hands = Hands(paper, window, late=jobs.late)
    answers, refused, given_up = threading.Event(), queue.SimpleQueue[DictationError](), queue.SimpleQueue[object]()
    jobs.start()

    def hangs() -> None:
        answers.wait()
        try:
            hands.perform([Paste("late")], NOWHERE)
        except DictationError as error:
            refused.put(error)
            raise

    stuck = jobs.run(hangs, patience=0.1, given_up=given_up.put)
    after = jobs.run(lambda: hands.perform([Paste("next")], NOWHERE))
    after.wait(5)
    with pytest.raises(DictationError, match="does not answer"):
        stuck.wait(5)
    assert isinstance(given_up.get(timeout=5), DictationError)
    answers.set()
    assert refused.get(timeout=5).code == "late"
    jobs.run(lambda: hands.perform([Paste("last")], NOWHERE)).wait(5)
    assert paper.text == "nextlast"
    assert told.empty()
    jobs.close(5)


def test_an_utterance_whose_job_hangs_ends_as_failed_once_and_keeps_its_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dictation.app.take.finisher._patience", lambda take: 0.1 if take.id == 1 else 60.0)
    bench = Bench(tmp_path, look=0.02)
    first = bench.record(1)
    hangs: Future[Ahead] = Future()
    first.decoded = hangs
    bench.finisher.submit(first)
    bench.finisher.submit(bench.record(2))
    ends = [bench.next(Finished), bench.next(Finished)]
    assert [(type(each.outcome), each.id) for each in ends if isinstance(each, Finished)] == [
        (Failed, 1),
        (Inserted, 2),
    ]
    hangs.set_result(Ahead())
    wait_until(lambda: sum(each.name == "jobs" for each in threading.enumerate()) == 1)
    assert bench.paper.text == "git status" and not bench.board.busy
    assert bench.kept() == 1
    assert not any(isinstance(bench.events.get(), Finished) for _ in range(bench.events.qsize()))
