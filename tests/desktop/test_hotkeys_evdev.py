"""Hotkeys from input devices, with keyboards made of pipes: there is no /dev/input on the machines that test."""

from __future__ import annotations

import os
import queue
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from dictation.core.errors import HotkeyError
from dictation.core.sections import KeySettings
from dictation.core.settings import Settings
from dictation.core.types import Purpose
from dictation.desktop.hotkeys import hotkeys_evdev
from dictation.desktop.hotkeys.hotkeys_evdev import EvdevHotkeys
from tests.desktop.editors import wait_until

KEY, RELATIVE = 1, 2
ESC, LEFT_CTRL, A, F9, RIGHT_CTRL, MIDDLE, TOUCH = 1, 29, 30, 67, 97, 0x112, 0x14A
PRESS, RELEASE = ("press", Purpose.DICTATE), ("release", Purpose.DICTATE)
ESCAPE, OTHER, LOST = ("escape", None), ("other", None), ("lost", None)


@dataclass
class Event:
    """As evdev gives it."""

    type: int
    code: int
    value: int


class Keyboard:
    """A device with evdev's face: a file descriptor that becomes readable, and events to read."""

    def __init__(self) -> None:
        self._out, self._in = os.pipe()
        self.broken: Exception | None = None
        self.closed = False

    def fileno(self) -> int:
        return self._out

    def read(self) -> Iterator[Event]:
        data = os.read(self._out, 9 * 64)
        if self.broken:
            raise self.broken
        return (Event(*struct.unpack("=BII", data[at : at + 9])) for at in range(0, len(data), 9))

    def send(self, *events: tuple[int, int], kind: int = KEY) -> None:
        os.write(self._in, b"".join(struct.pack("=BII", kind, code, value) for code, value in events))

    def fail(self, why: Exception) -> None:
        self.broken = why
        self.send((0, 0))

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            os.close(self._out)
            os.close(self._in)


@dataclass
class Room:
    """What is plugged in, and what the hotkeys told."""

    devices: dict[str, Keyboard] = field(default_factory=dict)
    heard: queue.Queue[tuple[str, Purpose | None]] = field(default_factory=queue.Queue)
    mice: list[bool] = field(default_factory=list)

    def find(self, known: frozenset[str], mice: bool) -> dict[str, Any]:
        self.mice.append(mice)
        return {path: device for path, device in self.devices.items() if path not in known}

    def next(self) -> tuple[str, Purpose | None]:
        return self.heard.get(timeout=5)

    def tell(self, kind: str, purpose: Purpose | None) -> None:
        self.heard.put((kind, purpose))


@pytest.fixture
def room() -> Room:
    return Room({"one": Keyboard()})


@pytest.fixture
def hotkeys(room: Room) -> Iterator[EvdevHotkeys]:
    hotkeys = EvdevHotkeys(room.find)
    yield hotkeys
    hotkeys.stop()


def keys(dictate: str = "auto", command: str = "off") -> Settings:
    return Settings(keys=KeySettings(dictate=dictate, command=command))


def test_repeat_is_one_press_and_other_keys_are_told(room: Room, hotkeys: EvdevHotkeys) -> None:
    hotkeys.start(keys(), room.tell)
    board = room.devices["one"]
    board.send(
        (LEFT_CTRL, 1), (LEFT_CTRL, 0), (RIGHT_CTRL, 1), (RIGHT_CTRL, 2), (RIGHT_CTRL, 2), (A, 1), (A, 2), (A, 0)
    )
    board.send((RIGHT_CTRL, 0), (ESC, 1), (ESC, 0))
    assert [room.next() for _ in range(4)] == [PRESS, OTHER, RELEASE, ESCAPE]
    assert room.heard.empty()


def test_motion_and_touch_are_no_keys(room: Room, hotkeys: EvdevHotkeys) -> None:
    hotkeys.start(keys(), room.tell)
    board = room.devices["one"]
    board.send((RIGHT_CTRL, 1))
    board.send((A, 1), kind=RELATIVE)
    board.send((TOUCH, 1), (RIGHT_CTRL, 0))
    assert [room.next(), room.next()] == [PRESS, RELEASE]


def test_a_chord_may_lie_on_two_keyboards(room: Room, hotkeys: EvdevHotkeys) -> None:
    room.devices["two"] = Keyboard()
    hotkeys.start(keys("ctrl+f9"), room.tell)
    room.devices["one"].send((LEFT_CTRL, 1))
    wait_until(lambda: hotkeys._feed and hotkeys._feed.down_keys, "Ctrl", 5)
    room.devices["two"].send((F9, 1), (F9, 0))
    assert [room.next(), room.next()] == [PRESS, RELEASE]


def test_a_keyboard_that_is_pulled_out_lets_go_and_the_rest_goes_on(room: Room, hotkeys: EvdevHotkeys) -> None:
    room.devices["two"] = Keyboard()
    hotkeys.start(keys("f9"), room.tell)
    gone = room.devices.pop("two")
    gone.send((F9, 1))
    assert room.next() == PRESS
    gone.fail(OSError(19, "No such device"))
    assert room.next() == RELEASE
    wait_until(lambda: gone.closed, "the device to be closed", 5)
    room.devices["one"].send((F9, 1), (F9, 0))
    assert [room.next(), room.next()] == [PRESS, RELEASE]


def test_a_keyboard_that_is_plugged_in_later_is_heard(
    room: Room, hotkeys: EvdevHotkeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hotkeys_evdev, "_RESCAN_SECONDS", 0.05)
    hotkeys.start(keys("f9"), room.tell)
    room.devices["later"] = Keyboard()
    room.devices["later"].send((F9, 1), (F9, 0))
    assert [room.next(), room.next()] == [PRESS, RELEASE]


def test_mice_are_read_only_when_a_hotkey_is_on_one(
    room: Room, hotkeys: EvdevHotkeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hotkeys_evdev, "_RESCAN_SECONDS", 0.05)
    hotkeys.start(keys("f9"), room.tell)
    assert room.mice == [False]
    hotkeys.change(keys("mouse_middle"))
    wait_until(lambda: room.mice[-1], "a look for mice", 5)
    room.devices["one"].send((MIDDLE, 1), (MIDDLE, 0))
    assert [room.next(), room.next()] == [PRESS, RELEASE]


def test_change_takes_other_keys_and_refuses_wrong_ones(room: Room, hotkeys: EvdevHotkeys) -> None:
    hotkeys.start(keys(), room.tell)
    hotkeys.change(keys("f9"))
    with pytest.raises(HotkeyError):
        hotkeys.change(keys("f9", "f9"))
    room.devices["one"].send((RIGHT_CTRL, 1), (RIGHT_CTRL, 0), (F9, 1), (F9, 0))
    assert [room.next(), room.next()] == [PRESS, RELEASE]
    assert "dictate = f9 (seen by programs)" in hotkeys.describe()


def test_no_readable_keyboard_is_an_error_with_a_remedy() -> None:
    with pytest.raises(HotkeyError, match="may be read") as caught:
        EvdevHotkeys(Room().find).start(keys(), Room().tell)
    assert "input" in caught.value.remedy


def test_a_surprise_of_the_driver_is_told_as_lost(room: Room, hotkeys: EvdevHotkeys) -> None:
    hotkeys.start(keys("f9"), room.tell)
    room.devices["one"].send((F9, 1))
    assert room.next() == PRESS
    room.devices["one"].fail(RuntimeError("what"))
    assert [room.next(), room.next()] == [RELEASE, LOST]


def test_stopping_closes_the_devices(room: Room, hotkeys: EvdevHotkeys) -> None:
    hotkeys.start(keys(), room.tell)
    hotkeys.stop()
    hotkeys.stop()
    wait_until(lambda: room.devices["one"].closed, "the device to be closed", 5)
    assert "not listening" in hotkeys.describe()
    with pytest.raises(HotkeyError):
        hotkeys.change(keys())


def test_without_devices_on_this_machine_none_are_found() -> None:
    import evdev

    found = hotkeys_evdev.open_devices(frozenset(), True)
    assert set(found) <= set(evdev.list_devices())
    for device in found.values():
        device.close()


def test_without_the_package_that_reads_devices_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "evdev", None)
    with pytest.raises(HotkeyError) as caught:
        EvdevHotkeys().start(Settings(), lambda *_: None)
    assert caught.value.code == "no-evdev" and "pip install evdev" in caught.value.remedy
