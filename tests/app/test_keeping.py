"""What the app keeps: every text once, the recordings of those that still wait, and nothing when it is switched off."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from dictation.app.board import Board
from dictation.app.history.keeping import HistoryKeeper
from dictation.app.take.hands import AGAIN, LATE, RECOVERED
from dictation.app.take.take import Take
from dictation.core.commands import Command
from dictation.core.errors import SECRET, DictationError, EngineError, InsertError, ModelError, StorageError, UsageError
from dictation.core.said import HistoryEntry
from dictation.core.sections import HistorySettings
from dictation.core.settings import Settings
from dictation.core.types import (
    Dropped,
    Edit,
    Failed,
    Finished,
    Held,
    Inserted,
    Outcome,
    Proposed,
    Purpose,
    Silent,
    Target,
)
from dictation.desktop.store.folders import Places
from dictation.desktop.store.spool import Spool
from dictation.engines.models.catalog import NO_MODEL
from tests.fakes import ended

SOUND = b"\0\0\0\x3f" * 1600
NOT_HEARD = Failed(EngineError("engine-died", "It died", "Try again."))
OFFERED = Failed(InsertError(RECOVERED, "Said before", "Put it in."), "the words", "the words")


class Bench:
    def __init__(self, home: Path) -> None:
        self.where = Places(home, home, home, home / "run")
        self.spool = Spool(self.where.spool)
        self.told: list[DictationError] = []
        self.past = HistoryKeeper(self.where, self.told.append)

    def record(self, id: int = 1, **history: object) -> Take:
        spooled = self.spool.begin(id, Purpose.DICTATE)
        spooled.append(SOUND)
        settings = dataclasses.replace(Settings(), history=HistorySettings(**history))  # type: ignore[arg-type]
        return Take(Purpose.DICTATE, settings, spooled, id, Target(app="xterm"))

    def keep(self, take: Take, outcome: Outcome) -> bool:
        return self.past.keep(ended(take, outcome, {"decode": 210.4}))

    def all(self) -> list[HistoryEntry]:
        return self.past.store.find()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "home")


def after(take: Take, event: threading.Event) -> None:
    """``event`` is set once the recording of ``take`` is deleted."""
    done = take.spooled.done

    def told() -> None:
        done()
        event.set()

    take.spooled.done = told  # type: ignore[method-assign]


def test_a_text_is_kept_with_all_that_is_known_of_it(bench: Bench) -> None:
    take = bench.record()
    assert bench.keep(take, Inserted("Kubernetes", "酷伯内提斯", (Edit("terms", "酷伯内提斯", "Kubernetes"),)))
    (said,) = bench.all()
    assert (said.text, said.heard, said.app, said.outcome) == ("Kubernetes", "酷伯内提斯", "xterm", "inserted")
    assert said.edits[0].rule == "terms" and said.timings == {"decode": 210.4} and said.seconds == 0.1
    assert abs(said.at - time.time()) < 60 and said.audio == ""


@pytest.mark.parametrize("outcome", [Silent("no_voice"), Dropped(), Inserted("")])
def test_where_nothing_was_said_nothing_is_kept(bench: Bench, outcome: Outcome) -> None:
    assert bench.keep(bench.record(), outcome)
    assert bench.all() == []


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        (Held("x", "Another window"), "held"), (OFFERED, "recovered"),
        (Failed(InsertError(AGAIN, "Again", "Put it in."), "x"), "held"),
        (Failed(InsertError("y", "No window", "Click."), "x"), "failed"),
    ],
)  # fmt: skip
def test_a_text_that_did_not_arrive_is_kept_with_the_reason(bench: Bench, outcome: Outcome, name: str) -> None:
    assert bench.keep(bench.record(), outcome)
    (said,) = bench.all()
    assert said.outcome == name and said.reason and said.text


def test_words_that_were_not_understood_wait_in_their_recording(bench: Bench) -> None:
    take = bench.record()
    assert not bench.keep(take, NOT_HEARD)
    (said,) = bench.all()
    again = bench.past.again(said.id, Settings())
    assert again.spooled is take.spooled and again.id == 0
    assert bench.keep(again, Failed(InsertError(AGAIN, "Again", "Put it in."), "the words"))
    assert [(each.id, each.text) for each in bench.all()] == [(said.id, "the words")]


def test_deleting_an_entry_deletes_the_recording_that_waits(bench: Bench) -> None:
    first, second = bench.record(1), bench.record(2)
    for each in (first, second):
        bench.keep(each, NOT_HEARD)
    bench.past.forget(bench.all()[0].id)
    assert [each.stem for each in bench.where.spool.iterdir()] == [first.spooled.name]
    assert bench.past.clear() == 1
    assert not list(bench.where.spool.iterdir())


def test_switched_off_nothing_is_kept_and_recordings_go_when_their_words_are_known(bench: Bench) -> None:
    for outcome in (Inserted("x"), Held("x", "Another window"), OFFERED):
        assert bench.keep(bench.record(keep=False), outcome)
    assert not bench.keep(bench.record(keep=False), NOT_HEARD)
    assert not bench.where.history.exists()


def test_sound_is_kept_if_wanted_and_a_failed_second_try_changes_nothing(bench: Bench) -> None:
    take = bench.record(audio=True)
    bench.keep(take, Inserted("the words"))
    take.spooled.done()
    (said,) = bench.all()
    again = bench.past.again(said.id, Settings())
    assert len(again.spooled.samples()) == len(SOUND)
    assert bench.keep(again, NOT_HEARD)
    assert bench.all() == [said]
    bench.keep(again, Failed(InsertError(AGAIN, "Again", "Put it in."), "better words"))
    (better,) = bench.all()
    assert (better.text, better.audio, better.app) == ("better words", said.audio, "xterm")
    bench.past.forget(said.id)
    assert not Path(said.audio).exists()
    bench.keep(bench.record(2), Inserted("no sound"))
    with pytest.raises(UsageError):
        bench.past.again(bench.all()[0].id, Settings())


def test_a_crash_between_keeping_and_deleting_offers_nothing_twice(bench: Bench) -> None:
    kept, lost = bench.record(1), bench.record(2)
    bench.keep(kept, Inserted("the words"))
    bench.keep(lost, NOT_HEARD)
    for each in (kept, lost):
        each.spooled.leave()
    after = Bench(bench.where.state)
    left = after.past.unfinished(after.spool.leftovers())
    assert [each.name for each in left] == [lost.spooled.name]
    assert [each.stem for each in bench.where.spool.iterdir()] == [lost.spooled.name]


def test_where_the_file_cannot_be_written_what_did_not_arrive_keeps_its_recording(bench: Bench) -> None:
    bench.where.history.mkdir(parents=True)
    assert bench.keep(bench.record(1), Inserted("arrived"))
    assert not bench.keep(bench.record(2), Held("waits", "Another window"))
    (error,) = bench.told  # once, not for every utterance
    assert isinstance(error, StorageError)
    bench.where.history.rmdir()
    take, written = bench.record(3), threading.Event()
    after(take, written)
    bench.keep(take, Held("waits", "Another window"))
    assert written.wait(60), "another text is the moment to look whether there is room by now"
    bench.past.close()
    for part in bench.where.state.glob("history.sqlite*"):
        part.unlink()
    bench.where.history.mkdir()
    bench.keep(bench.record(4), Inserted("arrived"))
    assert len(bench.told) == 2


def test_a_command_that_waited_becomes_what_was_put_in(bench: Bench) -> None:
    take = bench.record(7)
    bench.keep(take, Proposed(Command("rm -r build", "bash"), "Look at it first", "remove the build folder"))
    assert [(each.outcome, each.text) for each in bench.all()] == [("proposed", "rm -r build")]
    bench.past.hear(Finished(7, Inserted("rm -ri build")))
    bench.past.hear(Finished(8, Inserted("something else")))
    assert [(each.outcome, each.text, each.heard) for each in bench.all()] == [
        ("inserted", "rm -ri build", "remove the build folder")
    ]


def test_at_the_start_old_entries_and_stray_sound_go(bench: Bench) -> None:
    store = bench.past.store
    store.add(HistoryEntry(time.time() - 91 * 86_400, "inserted", "old"))
    store.add(HistoryEntry(time.time() - 89 * 86_400, "inserted", "young"))
    bench.where.history_audio.mkdir(mode=0o700)
    stray, fresh = (bench.where.history_audio / f"{name}.wav" for name in ("stray", "fresh"))
    for each in (stray, fresh):
        each.write_bytes(b"RIFF")
    os.utime(stray, (1e9, 1e9))
    bench.past.begin(Settings(), Board())
    end = time.monotonic() + 10
    while stray.exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    assert [each.text for each in bench.all()] == ["young"]
    assert fresh.exists()  # an entry for it may be on its way
    for number in range(3):
        bench.past.store.add(HistoryEntry(1.0, "inserted", f"old too {number}"))
    bench.keep(bench.record(), Inserted("new"))
    assert len(bench.all()) == 5  # not looked at again before a day has passed


def test_what_was_said_before_there_was_a_model_waits_for_it_and_is_told_once(bench: Bench) -> None:
    first, second, other = bench.record(1), bench.record(2), bench.record(3)
    for each in (first, second):
        assert not bench.keep(each, Failed(ModelError(NO_MODEL, "There is none", "Get one.")))
    bench.keep(other, NOT_HEARD)
    bench.past.forget(bench.all()[1].id)
    (again,) = bench.past.modelless()
    assert again.spooled is first.spooled and again.id == 0
    assert bench.past.modelless() == []
    assert bench.keep(again, Failed(InsertError(LATE, "It waited", "Put it in."), "the words"))
    assert [(each.outcome, each.text) for each in bench.all()] == [("failed", ""), ("held", "the words")]


def test_what_turns_out_to_be_silence_once_there_is_a_model_leaves_no_entry(bench: Bench) -> None:
    assert not bench.keep(bench.record(), Failed(ModelError(NO_MODEL, "There is none", "Get one.")))
    (again,) = bench.past.modelless()
    assert bench.keep(again, Silent("no_voice"))
    assert bench.all() == []


def test_what_was_said_where_a_password_is_asked_for_leaves_nothing(bench: Bench) -> None:
    assert bench.keep(bench.record(), Failed(InsertError(SECRET, "A password", "Type it.")))
    assert bench.all() == []


def test_what_is_deleted_while_it_is_transcribed_again_stays_deleted(bench: Bench) -> None:
    first, second = bench.record(1, audio=True), bench.record(2)
    bench.keep(first, Inserted("the words"))
    assert not bench.keep(second, NOT_HEARD)
    again = [bench.past.again(each.id, first.settings) for each in bench.all()]
    for said in bench.all():
        bench.past.forget(said.id)
    for each in again:
        assert bench.keep(each, Failed(InsertError(AGAIN, "Again", "Put it in."), "better words"))
    assert bench.all() == []


@pytest.mark.parametrize("mode", ["NORMAL", "EXCLUSIVE"])
def test_a_history_that_is_held_locked_holds_up_no_text_and_catches_up(bench: Bench, mode: str) -> None:
    bench.keep(bench.record(1), Inserted("before"))
    bench.past.store.close()
    other = sqlite3.connect(bench.where.history)
    other.execute(f"PRAGMA locking_mode = {mode}")  # exclusive: nobody can even read it
    other.execute("BEGIN IMMEDIATE")
    tried, add, written = list[str](), bench.past.store.add, threading.Event()

    def count(said: HistoryEntry) -> int:
        tried.append(threading.current_thread().name)
        return add(said)

    bench.past.store.add = count  # type: ignore[method-assign]
    takes = [bench.record(id) for id in range(2, 7)]
    after(takes[-1], written)
    assert bench.keep(takes[0], Inserted("arrived"))
    for each in takes[1:]:
        assert not bench.keep(each, Held(f"waits {each.id}", "Another window")), "its recording is kept"
    assert tried.count(threading.current_thread().name) == 1, "those after it are written behind the scenes"
    other.rollback()
    other.close()
    assert written.wait(60), "it is written as soon as that is possible, and its recording goes"
    assert [each.text for each in bench.all()] == [*(f"waits {id}" for id in range(6, 2, -1)), "arrived", "before"]
    assert not list(bench.where.spool.glob("*-[3-6]-*"))


def test_what_could_not_be_written_yet_counts_as_written_for_what_comes_after_it(bench: Bench) -> None:
    bench.keep(bench.record(1), Inserted("before"))
    other = sqlite3.connect(bench.where.history)
    other.execute("BEGIN IMMEDIATE")
    late, silent, written = bench.record(2), bench.record(3), threading.Event()
    for each in (late, silent):
        assert not bench.keep(each, Failed(ModelError(NO_MODEL, "There is none", "Get one.")))
    again = bench.past.modelless()
    after(again[0], written)
    assert not bench.keep(again[0], Failed(InsertError(LATE, "It waited", "Put it in."), "the words"))
    assert bench.keep(again[1], Silent("no_voice"))
    other.rollback()
    other.close()
    bench.keep(bench.record(4), Inserted("after"))
    assert written.wait(60)
    bench.past.close()
    assert {each.text for each in bench.all()} == {"before", "the words", "after"}


def test_a_history_that_another_thread_of_ours_is_busy_with_holds_up_no_text(bench: Bench) -> None:
    inside, leave, written = threading.Event(), threading.Event(), threading.Event()

    def look(_: sqlite3.Connection) -> None:
        inside.set()
        leave.wait(60)

    busy = threading.Thread(target=lambda: bench.past.store._do(look))
    busy.start()
    inside.wait(60)
    take = bench.record(1)
    after(take, written)
    assert not bench.keep(take, Held("waits", "Another window"))
    leave.set()
    busy.join()
    assert written.wait(60) and [each.text for each in bench.all()] == ["waits"]


def test_what_could_not_be_written_is_written_at_the_end(bench: Bench) -> None:
    bench.where.history.mkdir(parents=True)
    take = bench.record(1)
    assert not bench.keep(take, Held("waits", "Another window"))
    bench.where.history.rmdir()
    bench.past.close()
    assert [each.text for each in bench.all()] == ["waits"]
