"""Keys that do something besides dictating: what each does, and when the one that does what is offered is bound."""

from __future__ import annotations

import dataclasses

import pytest

from dictation.app.take.offers import Offers, offered
from dictation.core.errors import EngineError, HotkeyError, ModelError
from dictation.core.events import Asked
from dictation.core.sections import LATER, KeySettings
from dictation.core.settings import Settings
from dictation.core.types import Dropped, Event, Failed, Finished, Held, Inserted, Outcome, Silent

NO_MODEL = Failed(ModelError("no-model", "There is none", "Get one."))


class Bench:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.told: list[Event] = []
        self.bound: list[str] = []
        self.stopped = False
        self.refuses = False
        self.offers = Offers(self, self, lambda job: job(), self.told.append)

    def again(self) -> None:
        if self.refuses:
            raise HotkeyError("key-taken", "It is taken", "Choose another.")
        self.bound.append(self.offers.bound(Settings(), self.stopped).keys.insert_last)

    def insert_last(self) -> None:
        self.asked.append("insert_last")

    def anyway(self) -> None:
        self.asked.append("anyway")

    def undo(self) -> None:
        self.asked.append("undo")

    def raw(self) -> None:
        self.asked.append("raw")

    def teach(self) -> None:
        self.asked.append("teach")

    def pause(self, yes: bool) -> None:
        self.stopped = yes

    def paused(self) -> bool:
        return self.stopped

    def end(self, outcome: Outcome) -> None:
        self.offers.hear(Finished(1, outcome))


def test_every_action_does_what_its_setting_says() -> None:
    bench = Bench()
    for action in ("insert_last", "undo", "raw", "teach", "history", "pause"):
        bench.offers.press(action)
    assert bench.asked == ["insert_last", "undo", "raw", "teach"]
    assert bench.told == [Asked("history")] and bench.stopped
    bench.offers.press("pause")
    assert not bench.stopped


@pytest.mark.parametrize(
    ("outcome", "what", "asked", "told"),
    [
        (Held("x", "Another window"), "insert", ["insert_last"], []),
        (Failed(EngineError("a", "b", "c"), "x"), "insert", ["insert_last"], []),
        (NO_MODEL, "download", [], [Asked("download")]),
        (Silent("no_voice"), "anyway", ["anyway"], []),
        (Silent("microphone_silent", "It is muted"), "", ["insert_last"], []),
        (Failed(EngineError("a", "b", "c")), "", ["insert_last"], []),
        (Inserted("x"), "", ["insert_last"], []),
        (Dropped(), "", ["insert_last"], []),
    ],
)
def test_the_one_key_does_what_is_offered(outcome: Outcome, what: str, asked: list[str], told: list[Event]) -> None:
    bench = Bench()
    bench.end(outcome)
    assert offered(outcome) == what
    bench.offers.press("insert_last")
    assert (bench.asked, bench.told) == (asked, told)


def test_the_usual_key_is_bound_only_while_something_is_offered() -> None:
    bench = Bench()
    assert bench.offers.bound(Settings(), False).keys.insert_last == LATER
    for outcome in (Held("x", "y"), Silent("no_voice"), Inserted("x"), Inserted("y")):
        bench.end(outcome)
    assert bench.bound == ["auto", LATER]
    own = dataclasses.replace(Settings(), keys=KeySettings(insert_last="f8"))
    assert bench.offers.bound(own, False) == own, "a key of the user's own is bound always"


def test_while_paused_only_the_key_that_ends_it_is_heard() -> None:
    own = dataclasses.replace(Settings(), keys=KeySettings(pause="f8", undo="f7"))
    keys = Bench().offers.bound(own, True).keys
    assert (keys.pause, keys.undo, keys.dictate, keys.cancel, keys.insert_last) == ("f8", "off", "off", "off", "off")


def test_a_key_that_another_program_has_costs_nothing_else() -> None:
    bench = Bench()
    bench.refuses = True
    bench.end(Held("x", "y"))
    bench.offers.press("insert_last")
    assert bench.asked == ["insert_last"] and not bench.told
