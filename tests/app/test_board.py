"""What the app is doing is one word that follows from the facts."""

from __future__ import annotations

from dictation.app.board import Board, arrival, describe
from dictation.core.errors import EngineError, MicrophoneError
from dictation.core.types import (
    Dropped,
    Event,
    Failed,
    Finished,
    Held,
    Inserted,
    Notice,
    Outcome,
    Purpose,
    Silent,
    State,
    StateChanged,
)


def test_listening_goes_before_thinking_before_loading_before_trouble() -> None:
    board, seen = Board(), list[Event]()
    board.listen(seen.append)
    board.trouble("hotkeys", "They are taken")
    board.loading(True)
    board.thinking(+1)
    board.recording(Purpose.DICTATE)
    board.recording(None)
    board.thinking(-1)
    board.loading(False)
    board.trouble("hotkeys", None)
    states = [each.state for each in seen if isinstance(each, StateChanged)]
    assert states == [
        State.ERROR, State.LOADING, State.THINKING, State.LISTENING,
        State.THINKING, State.LOADING, State.ERROR, State.IDLE,
    ]  # fmt: skip


def test_nothing_is_told_twice_and_nothing_after_one_stops_listening() -> None:
    board, seen = Board(), list[Event]()
    stop = board.listen(seen.append)
    board.loading(True)
    board.loading(True)
    stop()
    board.loading(False)
    assert len(seen) == 1


def test_a_cancelled_utterance_does_not_hide_the_last_text() -> None:
    board = Board()
    board.tell(Finished(1, Inserted("kept")))
    board.tell(Finished(2, Dropped()))
    last = describe(board.last)
    assert last == {
        "id": 1, "outcome": "inserted", "text": "kept", "reason": None, "note": "", "timings_ms": {}, "arrival": "sent",
    }  # fmt: skip


def test_a_text_has_arrived_was_sent_or_is_kept() -> None:
    error = EngineError("engine-died", "It died", "Try again.")
    outcomes: list[Outcome] = [
        Inserted("t", seen=True), Inserted("t"), Held("t", "why"), Failed(error, "t"), Failed(error), Silent("loop"),
    ]  # fmt: skip
    assert [arrival(each) for each in outcomes] == ["arrived", "sent", "kept", "kept", None, None]


def test_a_silence_says_more_where_its_reason_does_not_say_all() -> None:
    last = describe(Finished(1, Silent("microphone_silent", "It is muted")))
    assert last and (last["reason"], last["note"]) == ("microphone_silent", "It is muted")


def test_every_outcome_is_described_by_the_contracts_words() -> None:
    error = EngineError("engine-died", "It died", "Try again.")
    outcomes: list[Outcome] = [Silent("no_voice"), Held("t", "Another window"), Failed(error, "t")]
    told = [describe(Finished(1, each, {"decode": 1.6})) for each in outcomes]
    assert [(each["outcome"], each["text"], each["reason"]) for each in told if each] == [
        ("silent", "", "no_voice"), ("held", "t", "Another window"), ("failed", "t", "It died. Try again.")
    ]  # fmt: skip
    assert describe(None) is None


def test_a_notice_changes_no_state() -> None:
    board, seen = Board(), list[Event]()
    board.listen(seen.append)
    board.tell(Notice(EngineError("a", "b", "c")))
    assert board.state.state is State.IDLE and len(seen) == 1


def test_an_empty_press_or_a_failure_without_words_does_not_hide_the_last_text() -> None:
    board = Board()
    board.tell(Finished(1, Inserted("one")))
    board.tell(Finished(2, Held("two", "Another window")))
    board.tell(Finished(3, Silent("no_voice")))
    board.tell(Finished(4, Failed(MicrophoneError("gone", "It is gone", "Plug it in."))))
    assert board.last and board.last.id == 4
    assert [each.id for each in board.texts] == [2, 1]


def test_the_last_five_texts_are_at_hand_and_one_is_there_once() -> None:
    board = Board()
    board.recall([Finished(0, Inserted("b")), Finished(0, Inserted("a"))])
    for id in range(1, 5):
        board.tell(Finished(id, Inserted(str(id))))
    board.tell(Finished(4, Inserted("4, put in again")))
    assert [describe(each)["text"] for each in board.texts] == ["4, put in again", "3", "2", "1", "b"]  # type: ignore[index]
    board.tell(Finished(3, Dropped()))
    assert [each.id for each in board.texts] == [4, 2, 1, 0]
