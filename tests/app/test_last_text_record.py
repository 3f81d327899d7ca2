"""What was put in last: taken back or swapped only while it is surely what stands before the cursor."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dictation.app.take.hands import Hands
from dictation.app.take.last_text import LastText
from dictation.core.errors import InsertError
from dictation.core.settings import Settings
from dictation.core.types import Edit, Erase, Move, Paste, Target

HERE, THERE = Target(window=1), Target(window=2)
EDIT = Edit("terms", "radish", "Redis")


class Desk:
    """A paper, the window it is in, and a keyboard."""

    def __init__(self) -> None:
        self.text, self.focused, self.typed, self.broken = "", HERE, False, False
        self.undone: list[Edit] = []
        self.clicked: int | None = None
        self.tail = LastText(Hands(self, self), self.undone.extend, lambda _: self.typed, self.was_clicked)

    def put(self, text: str, heard: str = "", edits: tuple[Edit, ...] = ()) -> None:
        self.text += text
        self.tail.place(text, HERE, heard, edits)

    def was_clicked(self, moment: float, window: int | None) -> bool:
        return self.clicked is not None and window == self.clicked

    def refused(self) -> str:
        before = self.text
        with pytest.raises(InsertError) as caught:
            self.tail.undo()
        with pytest.raises(InsertError):
            self.tail.raw(Settings())
        assert self.text == before
        return caught.value.code

    def prepare(self) -> None: ...

    def close(self) -> None: ...

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        assert target == self.focused, "the cursor is elsewhere"
        if self.broken:
            raise InsertError("x", "y", "z")
        for move in moves:
            if isinstance(move, Erase):
                assert move.count <= len(self.text)
                self.text = self.text[: len(self.text) - move.count]
            else:
                assert isinstance(move, Paste)
                self.text += move.text

    def current(self) -> Target:
        return self.focused

    def same(self, target: Target) -> bool:
        return target == self.focused


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.text = "before "
    return made


def test_the_last_text_is_taken_back_once(desk: Desk) -> None:
    desk.put("use Redis", "use radish", (EDIT,))
    desk.tail.undo()
    assert desk.text == "before " and desk.undone == [EDIT]
    assert desk.refused() == "nothing-to-undo"


def test_the_last_text_is_swapped_for_what_was_heard_and_back(desk: Desk) -> None:
    desk.put("use Redis.", "use radish.", (EDIT,))
    desk.tail.raw(Settings())
    assert desk.text == "before use radish." and desk.undone == [EDIT]
    desk.tail.raw(Settings())
    assert desk.text == "before use Redis." and desk.undone == [EDIT]
    desk.tail.undo()
    assert desk.text == "before "


def test_nothing_is_taken_back_in_another_window(desk: Desk) -> None:
    desk.put("text", "heard")
    desk.focused = THERE
    assert desk.refused() == "other-window"


def test_nothing_is_taken_back_once_the_user_has_typed_after_it(desk: Desk) -> None:
    desk.put("text", "heard")
    desk.typed = True
    assert desk.refused() == "typed-since"


def test_a_character_that_programs_delete_in_different_ways_stays(desk: Desk) -> None:
    desk.put("well done 👍🏽", "well done")
    assert desk.refused() == "not-countable"


def test_a_text_that_could_not_be_taken_back_may_be_tried_again(desk: Desk) -> None:
    desk.put("text")
    desk.broken = True
    with pytest.raises(InsertError):
        desk.tail.undo()
    desk.broken = False
    desk.tail.undo()
    assert desk.text == "before "


def test_a_command_is_not_swapped_for_its_words(desk: Desk) -> None:
    desk.put("git status")
    with pytest.raises(InsertError) as caught:
        desk.tail.raw(Settings())
    assert caught.value.code == "nothing-heard"


def test_what_was_heard_is_put_into_a_terminal_as_one_line(desk: Desk) -> None:
    terminal = desk.focused = Target(window=1, terminal=True)
    desk.text += "one two"
    desk.tail.place("one two", terminal, "one\nthree")
    desk.tail.raw(Settings())
    assert desk.text == "before one three"


def test_scratch_that_counts_no_replacement_as_wrong(desk: Desk) -> None:
    desk.put("use Redis", "use radish", (EDIT,))
    desk.tail.scratch(HERE)
    assert desk.text == "before " and desk.undone == []


def test_only_a_text_that_was_heard_otherwise_can_be_swapped(desk: Desk) -> None:
    found = [desk.tail.swappable]
    desk.put("hello", "hello")
    found.append(desk.tail.swappable)
    desk.put("Redis", "radish")
    found.append(desk.tail.swappable)
    desk.tail.raw(Settings())
    found.append(desk.tail.swappable)
    desk.tail.undo()
    assert found == [False, False, True, True] and not desk.tail.swappable


def test_after_a_click_into_its_window_nothing_is_taken_back_and_no_space_is_put_between() -> None:
    desk = Desk()
    desk.put("git status")
    desk.clicked = THERE.window
    assert desk.tail.before(HERE) == "git status"
    desk.clicked = HERE.window
    assert desk.refused() == "clicked-since" and desk.tail.before(HERE) is None
    with pytest.raises(InsertError):
        desk.tail.scratch(HERE)
