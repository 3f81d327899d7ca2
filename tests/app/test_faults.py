"""Faults that need no desktop: the real app with its real engine, a made microphone, and a world that misbehaves."""

from __future__ import annotations

import ast
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.soak import Clip, Soak, clips
from dictation.core.types import Failed, Inserted, Purpose

ROOT = Path(__file__).resolve().parents[2]

WALL_CLOCK = {
    "dictation/app/verbs/history_verb.py",  # shows dates
    "dictation/app/history/keeping.py",  # "after 90 days"
    "dictation/core/said.py",  # shows dates
    "dictation/ui/fields/day_list.py",  # shows dates
    "dictation/desktop/prompt/prompt_file.py",  # the age of a note, only ever taken for older
    "dictation/desktop/store/history_audio.py",  # the age of a stray file
    "dictation/desktop/clipboard/clipboard_keepsake.py",  # "of another session"
    "dictation/desktop/store/spool.py",  # names of recordings, and the age of an empty one
    "dictation/engines/whisper.py",  # numbers of pieces that no earlier engine has given
}
"""Who may ask what day it is. All that is decided while somebody dictates goes by the monotonic clock."""

TIMES_OF_DAY = {"time.time", "time.time_ns", "datetime.now", "datetime.today", "datetime.fromtimestamp"}


@pytest.fixture(scope="module")
def said() -> list[Clip]:
    return [each for each in clips(short=True) if each.written is not None][:4]


@pytest.fixture
def soak(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Soak]:
    monkeypatch.setenv("DICTATION_HOTKEYS", "none")
    monkeypatch.setenv("DICTATION_MODEL", "mini")
    soak = Soak(home, 8.0, monkeypatch.setattr)
    soak.app.begin()
    soak.settle()
    yield soak
    soak.app.end()


def test_nobody_asks_the_time_of_day_who_could_be_fooled_by_it() -> None:
    asking = set()
    for room in (ROOT / "dictation").rglob("*.py"):
        for node in ast.walk(ast.parse(room.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in TIMES_OF_DAY:
                asking.add(room.relative_to(ROOT).as_posix())
    assert asking <= WALL_CLOCK


def test_a_clock_that_jumps_changes_nothing(soak: Soak, said: list[Clip], monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time
    for jump in (0.0, -400 * 86_400.0, 30 * 86_400.0):
        monkeypatch.setattr(time, "time", lambda jump=jump: now() + jump)
        assert isinstance(soak.say(said[0]).outcome, Inserted)
        soak.settle()
    assert soak.paper.texts == [said[0].written] * 3
    assert len(soak.app.history.find()) == 3


def test_a_history_damaged_or_deleted_under_the_app_costs_only_what_was_in_it(
    soak: Soak, said: list[Clip], home: Path
) -> None:
    path = home / "history.sqlite"
    soak.say(said[0])
    soak.settle()
    path.write_bytes(b"garbage" * 4000)
    soak.say(said[1])
    soak.settle()
    assert [each["text"] for each in soak.app.history.find()][:1] == [said[1].written]
    for part in home.glob("history.sqlite*"):
        part.unlink()
    soak.say(said[2])
    soak.settle()
    assert [each["text"] for each in soak.app.history.find()] == [said[2].written]
    assert soak.paper.texts == [each.written for each in said[:3]]


def test_an_engine_that_hangs_in_the_middle_is_replaced_and_the_text_arrives(soak: Soak, said: list[Clip]) -> None:
    engine, hanging = soak.app._recognition.nearby(soak.app.settings()), soak.engine
    assert engine is not None
    engine._patience = 2.0  # the watchdog's; 20 s in real life
    assert isinstance(soak.say(said[0], signal.SIGSTOP).outcome, Inserted)
    soak.settle()
    assert soak.paper.texts == [said[0].written] and soak.engine != hanging


def test_an_engine_that_dies_over_every_word_leaves_them_to_be_transcribed_later(
    soak: Soak, said: list[Clip], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dictation.engines import engine_life

    post = engine_life.Lifeline.post

    def die(self: engine_life.Lifeline, header: dict[str, object], payload: bytes = b"") -> None:
        post(self, header, payload)
        os.kill(self.pid, signal.SIGKILL)

    with monkeypatch.context() as dying:
        dying.setattr(engine_life.Lifeline, "post", die)
        end = soak.say(said[0])
        assert isinstance(end.outcome, Failed) and end.outcome.error.code == "engine-died"
        soak.settle()
    (entry,) = soak.app.history.find()
    assert (entry["outcome"], entry["text"]) == ("failed", "") and "ended 3 times" in str(entry["reason"])
    assert len(list((home / "spool").iterdir())) == 1 and soak.paper.texts == []
    soak.app.history.retry(int(str(entry["id"])))
    soak.settle()
    (entry,) = soak.app.history.find()
    assert (entry["outcome"], entry["text"]) == ("held", said[0].written)
    assert not list((home / "spool").iterdir()) and soak.paper.texts == []
    soak.app.history.insert_again(int(str(entry["id"])))
    end_of_wait = time.monotonic() + 10
    while soak.paper.texts != [said[0].written]:
        assert time.monotonic() < end_of_wait
        time.sleep(0.01)


def test_a_dead_app_leaves_its_recordings_and_the_next_offers_each_once(
    home: Path, said: list[Clip], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dictation.desktop.store.spool import Spool

    monkeypatch.setenv("DICTATION_HOTKEYS", "none")
    monkeypatch.setenv("DICTATION_MODEL", "mini")
    for each in said[:2]:
        left = Spool(home / "spool").begin(1, Purpose.DICTATE)
        left.append(each.samples.astype("<f4").tobytes())
        left.leave()
    for _ in range(2):
        soak = Soak(home, 8.0, monkeypatch.setattr)
        soak.app.begin()
        soak.settle()
        assert [(each["outcome"], each["text"]) for each in soak.app.history.find()] == [
            ("recovered", each.written) for each in reversed(said[:2])
        ]
        assert soak.paper.texts == [] and not list((home / "spool").iterdir())
        soak.app.end()
