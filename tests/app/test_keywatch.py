"""Keys that are lost are listened for again, with the settings in force by then."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable

import pytest

from dictation.app.take.keywatch import WatchedHotkeys
from dictation.core.errors import HotkeyError
from dictation.core.sections import KeySettings
from dictation.core.settings import Settings
from dictation.core.types import Purpose

OTHER = Settings(keys=KeySettings(dictate="f9"))


class Deaf:
    """Hotkeys that can be started only when ``refusals`` have been used up."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.started: queue.SimpleQueue[Settings] = queue.SimpleQueue()
        self.changed: list[Settings] = []
        self.stopped = 0
        self.tell: Callable[[str, Purpose | None], None] = lambda _what, _purpose: None

    def start(self, settings: Settings, tell: Callable[[str, Purpose | None], None]) -> None:
        self.tell = tell
        if self.refusals:
            self.refusals -= 1
            raise HotkeyError("no-display", "There is no display", "Wait.")
        self.started.put(settings)

    def change(self, settings: Settings) -> None:
        self.changed.append(settings)

    def stop(self) -> None:
        self.stopped += 1

    def key_name(self) -> str:
        return "F9"

    def describe(self) -> str:
        return "deaf"


@pytest.fixture
def told() -> queue.SimpleQueue[str]:
    return queue.SimpleQueue()


def watched(keys: Deaf, told: queue.SimpleQueue[str]) -> WatchedHotkeys:
    made = WatchedHotkeys(keys, lambda: told.put("again"), waits=(0.01,))
    made.start(Settings(), lambda what, _: told.put(what))
    assert keys.started.get(timeout=1) == Settings()
    return made


def test_lost_keys_are_told_once_and_heard_again_when_that_is_possible(told: queue.SimpleQueue[str]) -> None:
    keys = Deaf()
    made = watched(keys, told)
    keys.refusals = 3
    keys.tell("lost", None)
    assert [told.get(timeout=5) for _ in range(2)] == ["lost", "again"]
    assert keys.started.get(timeout=1) == Settings() and keys.refusals == 0
    keys.tell("press", Purpose.DICTATE)
    assert told.get(timeout=1) == "press"
    keys.tell("lost", None)
    assert [told.get(timeout=5) for _ in range(2)] == ["lost", "again"]
    made.stop()


def test_keys_chosen_while_they_are_lost_are_the_ones_that_come_back(told: queue.SimpleQueue[str]) -> None:
    keys = Deaf()
    made = watched(keys, told)
    keys.refusals = 10**6
    keys.tell("lost", None)
    assert told.get(timeout=5) == "lost"
    made.change(OTHER)
    assert keys.changed == []
    keys.refusals = 0
    assert told.get(timeout=5) == "again"
    assert keys.started.get(timeout=1) == OTHER
    made.stop()


def test_after_the_end_nothing_is_tried(told: queue.SimpleQueue[str]) -> None:
    keys = Deaf()
    made = watched(keys, told)
    made.stop()
    keys.tell("lost", None)
    with pytest.raises(queue.Empty):
        keys.started.get(timeout=0.1)


def test_that_nothing_was_typed_is_known_only_while_the_keys_are_heard(told: queue.SimpleQueue[str]) -> None:
    keys = Deaf()
    made = watched(keys, told)
    now = time.monotonic()
    assert not made.quiet_since(now), "who does not hear typing cannot say"
    keys.typed_since = lambda moment: moment < now  # type: ignore[attr-defined]
    assert made.quiet_since(now + 1) and not made.quiet_since(now - 0.0001)
    assert not made.quiet_since(0.0), "nobody listened then"
    keys.hears_typing = False  # type: ignore[attr-defined]
    assert not made.quiet_since(now + 1)
