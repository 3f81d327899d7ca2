"""Text that is put in while the key is still down: only where it began, never twice, never after a cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from dictation.app.board import Board
from dictation.app.take.hands import Hands
from dictation.app.take.insert_at_pauses import InsertAtPauses
from dictation.app.take.job import Job, JobQueue
from dictation.app.take.last_text import LastText
from dictation.app.take.take import Take
from dictation.core.errors import InsertError
from dictation.core.settings import Settings, put
from dictation.core.types import NOWHERE, Ahead, Draft, Edit, Move, Paste, Purpose, Shown, Target, Transcript
from tests.fakes import a_take

PAUSE = put(Settings(), "insert.when", "pause")


class Jobs(JobQueue):
    """Jobs that are done when told to."""

    def __init__(self) -> None:
        super().__init__(Board())
        self.waiting: list[Callable[[], object]] = []

    def run(self, do: Callable[[], object], later: bool = False, *_: object, **__: object) -> Job:
        self.waiting.append(do)
        return Job(do)


class Desk:
    """A typist, a focus and a keyboard, and the utterances that are said."""

    def __init__(self, settings: Settings = PAUSE, purpose: Purpose = Purpose.DICTATE) -> None:
        self.settings, self.purpose, self.takes = settings, purpose, dict[int, Take]()
        self.text, self.there, self.refuses, self.is_free = "", True, False, True
        self.jobs, self.placed = Jobs(), list[str]()
        hands = Hands(self, self)
        last = LastText(hands, lambda _: None, lambda _: False)
        last.place = lambda text, *_: self.placed.append(text)  # type: ignore[method-assign]
        self.pauses = InsertAtPauses(hands, self.correct, self.jobs, last)

    def take(self, id: int = 1) -> Take:
        return self.takes.setdefault(id, a_take(id, self.purpose, settings=self.settings))

    def end(self, id: int = 1, known: Ahead | None = None) -> Ahead:
        self.take(id).ended = 0.0
        future: Future[Ahead] = Future()
        self.take(id).decoded = future
        future.set_result(known or Ahead())
        return self.pauses.end(self.take(id))

    def free(self) -> bool:
        return self.is_free

    def correct(self, settings: Settings, text: str, language: str, target: Target) -> Draft:
        mended = text.replace("git hub", "GitHub")
        return Draft(mended, text, (Edit("terms", "git hub", "GitHub"),) if mended != text else ())

    def prepare(self) -> None: ...
    def close(self) -> None: ...

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        assert moves
        if self.refuses:
            raise InsertError("gone", "It is gone", "Try again.")
        for move in moves:
            assert isinstance(move, Paste)
            self.text += move.text

    def current(self) -> Target:
        return NOWHERE

    def same(self, target: Target) -> bool:
        return self.there

    def commit(self, number: int, text: str, id: int = 1) -> None:
        self.pauses.committed(self.take(id), number, Transcript(text, "en"))

    def work(self) -> None:
        while self.jobs.waiting:
            self.jobs.waiting.pop(0)()


def test_chunks_are_put_in_one_after_the_other_with_the_rules_and_the_seams() -> None:
    desk = Desk()
    desk.commit(0, "open git hub")
    desk.work()
    assert desk.text == "open GitHub"
    desk.commit(1, "And close it.")
    desk.work()
    assert desk.text == "open GitHub and close it."
    assert desk.placed == ["open GitHub", "open GitHub and close it."]
    known = desk.end(1)
    assert known.shown == Shown(2, "open GitHub and close it.", (Edit("terms", "git hub", "GitHub"),))


def test_it_is_off_unless_wanted_and_never_for_commands() -> None:
    for desk in (Desk(Settings()), Desk(purpose=Purpose.COMMAND)):
        desk.commit(0, "open git hub")
        assert not desk.jobs.waiting
        assert desk.end(1) == Ahead()


def test_another_window_gets_nothing_not_even_after_coming_back() -> None:
    desk = Desk()
    desk.there = False
    desk.commit(0, "one")
    desk.work()
    desk.there = True
    desk.commit(1, "two")
    desk.work()
    assert desk.text == ""
    assert desk.end(1).shown == Shown()


def test_a_cancel_takes_nothing_back_and_types_nothing_more() -> None:
    desk = Desk()
    desk.commit(0, "one")
    desk.work()
    desk.commit(1, "two")
    desk.take().cancelled = True
    desk.work()
    assert desk.text == "one"


def test_a_chunk_that_comes_after_the_end_belongs_to_the_rest() -> None:
    desk = Desk()
    desk.commit(0, "one")
    assert desk.end(1).shown == Shown()
    desk.work()
    assert desk.text == ""


def test_what_the_window_refuses_waits_for_the_end() -> None:
    desk = Desk()
    desk.commit(0, "one")
    desk.work()
    desk.refuses = True
    desk.commit(1, "two")
    desk.work()
    desk.refuses = False
    desk.commit(2, "three")
    desk.work()
    assert desk.text == "one"
    assert desk.end(1).shown.count == 1


def test_what_comes_while_ctrl_is_down_waits_for_the_next_pause() -> None:
    desk = Desk()
    desk.is_free = False
    desk.commit(0, "one")
    desk.work()
    assert desk.text == ""
    desk.is_free = True
    desk.commit(1, "And two")
    desk.work()
    assert desk.text == "one and two"
    assert desk.end(1).shown == Shown(2, "one and two")


def test_the_next_utterance_begins_anew() -> None:
    desk = Desk()
    desk.commit(0, "one")
    desk.work()
    desk.end(1)
    desk.commit(0, "two", id=2)
    desk.work()
    assert desk.text == "onetwo"
    assert desk.end(2, Ahead(done=3.0)) == Ahead(done=3.0, shown=Shown(1, "two"))
