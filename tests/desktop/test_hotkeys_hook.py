"""Windows and macOS as far as they can be tested elsewhere: our filters, fed by a hook that behaves as documented."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from dictation.core.errors import HotkeyError
from dictation.core.sections import KeySettings
from dictation.core.settings import Settings
from dictation.core.types import Purpose
from dictation.desktop.hotkeys import hotkeys_windows
from dictation.desktop.hotkeys.hotkeys_hook import HookedHotkeys
from dictation.desktop.hotkeys.hotkeys_macos import MacHotkeys
from dictation.desktop.hotkeys.hotkeys_windows import WindowsHotkeys

PRESS, RELEASE = ("press", Purpose.DICTATE), ("release", Purpose.DICTATE)
COMMAND, COMMAND_END = ("press", Purpose.COMMAND), ("release", Purpose.COMMAND)
OTHER, ESCAPE, LOST = ("other", None), ("escape", None), ("lost", None)


class SuppressError(Exception):
    """What pynput raises in ``suppress_event`` and catches in its hook."""


class Hook:
    """A pynput listener: alive from start to stop; the filter of the platform is called for every event."""

    made: list[Hook]

    def __init__(self, **filters: Callable[..., Any]) -> None:
        (self.filter,) = filters.values()
        self.alive = False
        Hook.made.append(self)

    def start(self) -> None:
        self.alive = True

    def stop(self) -> None:
        self.alive = False

    def is_alive(self) -> bool:
        return self.alive

    def suppress_event(self) -> None:
        raise SuppressError

    def windows(self, message: int, code: int, scan: int = 0, mouse: int = 0) -> bool:
        """Whether programs get the event."""
        try:
            assert self.filter(message, SimpleNamespace(vkCode=code, scanCode=scan, mouseData=mouse << 16)) is False
        except SuppressError:
            return False
        return True

    def macos(self, kind: int, code: int, flags: int = 0) -> bool:
        """Whether programs get the event."""
        event = SimpleNamespace(code=code, flags=flags)
        return self.filter(kind, event) is event


class System:
    """user32, Quartz and ApplicationServices in one; ``really_down`` is what the hardware says."""

    def __init__(self) -> None:
        self.altgr = False
        self.trusted = True
        self.really_down: set[int] | None = None
        self.sent: list[int] = []
        self.kCGKeyboardEventKeycode = self.kCGMouseEventButtonNumber = 0

    def _down(self, code: int) -> bool:
        return self.really_down is None or code in self.really_down

    def GetAsyncKeyState(self, code: int) -> int:
        return 0x8000 * self._down(code)

    def CGEventSourceKeyState(self, _source: int, code: int) -> bool:
        return self._down(code)

    def keybd_event(self, code: int, *_: int) -> None:
        self.sent.append(code)

    def GetKeyboardLayout(self, _thread: int) -> int:
        return 0x04070407

    def VkKeyScanExW(self, character: int, _layout: object) -> int:
        return 0x0600 | 0x51 if self.altgr and character == ord("@") else 0x0132

    def AXIsProcessTrusted(self) -> bool:
        return self.trusted

    def CGEventGetIntegerValueField(self, event: Any, _field: int) -> int:
        return int(event.code)

    def CGEventGetFlags(self, event: Any) -> int:
        return int(event.flags)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    system = System()
    Hook.made = []
    listener = SimpleNamespace(Listener=Hook)
    monkeypatch.setitem(sys.modules, "pynput", SimpleNamespace(keyboard=listener, mouse=listener))
    monkeypatch.setitem(sys.modules, "Quartz", system)
    monkeypatch.setitem(sys.modules, "ApplicationServices", system)
    monkeypatch.setattr(hotkeys_windows, "_user32", lambda: system)
    return system


class Ears:
    """What was told."""

    def __init__(self) -> None:
        self.heard: queue.Queue[tuple[str, Purpose | None]] = queue.Queue()

    def tell(self, kind: str, purpose: Purpose | None) -> None:
        self.heard.put((kind, purpose))

    def now(self) -> list[tuple[str, Purpose | None]]:
        return [self.heard.get_nowait() for _ in range(self.heard.qsize())]


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def windows(system: System) -> Iterator[WindowsHotkeys]:
    hotkeys = WindowsHotkeys()
    yield hotkeys
    hotkeys.stop()


@pytest.fixture
def mac(system: System) -> Iterator[MacHotkeys]:
    hotkeys = MacHotkeys()
    yield hotkeys
    hotkeys.stop()


def keys(dictate: str = "auto", command: str = "auto") -> Settings:
    return Settings(keys=KeySettings(dictate=dictate, command=command))


DOWN, UP, SYSTEM_DOWN = 0x100, 0x101, 0x104


def test_windows_hides_a_function_key_with_its_repeat_and_its_release(windows: WindowsHotkeys, ears: Ears) -> None:
    windows.start(keys("f9", "ctrl+alt+space"), ears.tell)
    (hook,) = Hook.made
    assert [hook.windows(message, 0x78) for message in (DOWN, DOWN, DOWN, UP)] == [False] * 4
    assert [hook.windows(SYSTEM_DOWN, code) for code in (0xA2, 0xA4, 0x20)] == [True, True, False]
    assert hook.windows(UP, 0xA2) and not hook.windows(UP, 0x20)
    assert hook.windows(DOWN, 0x41) and hook.windows(DOWN, 0x1B)
    assert ears.now() == [PRESS, RELEASE, COMMAND, COMMAND_END, ESCAPE]


def test_windows_leaves_bare_modifiers_to_programs_and_keeps_alt_from_opening_a_menu(
    windows: WindowsHotkeys, system: System, ears: Ears
) -> None:
    windows.start(keys(), ears.tell)
    (hook,) = Hook.made
    assert hook.windows(DOWN, 0xA3) and hook.windows(DOWN, 0x43) and hook.windows(UP, 0xA3)
    assert system.sent == []
    assert hook.windows(SYSTEM_DOWN, 0xA5) and hook.windows(SYSTEM_DOWN, 0xE8) and hook.windows(UP, 0xA5)
    assert system.sent == [0xE8, 0xE8]
    assert ears.now() == [PRESS, OTHER, RELEASE, COMMAND, COMMAND_END]


def test_windows_leaves_altgr_alone_and_does_not_take_its_made_up_ctrl_for_a_key(
    windows: WindowsHotkeys, system: System, ears: Ears
) -> None:
    system.altgr = True
    windows.start(keys(), ears.tell)
    assert "command = menu" in windows.describe()
    windows.change(keys("ctrl_r", "alt_r"))
    Hook.made[0].windows(DOWN, 0xA2, scan=0x21D)
    Hook.made[0].windows(DOWN, 0xA5)
    assert ears.now() == [COMMAND]


def test_windows_hooks_the_mouse_only_for_a_mouse_button(windows: WindowsHotkeys, ears: Ears) -> None:
    windows.start(keys("f9", "off"), ears.tell)
    windows.change(keys("mouse_back", "mouse_middle"))
    windows.change(keys("mouse_back", "mouse_forward"))
    _, mouse = Hook.made
    assert not mouse.windows(0x20B, 0, mouse=1) and not mouse.windows(0x20C, 0, mouse=1)
    assert not mouse.windows(0x20B, 0, mouse=2) and not mouse.windows(0x20C, 0, mouse=2)
    assert mouse.windows(0x200, 0) and mouse.windows(0x207, 0)
    assert ears.now() == [PRESS, RELEASE, COMMAND, COMMAND_END]


KEY_DOWN, KEY_UP, FLAGS = 10, 11, 12


def test_macos_tells_the_two_sides_of_a_modifier_apart(mac: MacHotkeys, ears: Ears) -> None:
    mac.start(keys(), ears.tell)
    (hook,) = Hook.made
    left, right = 0x100008, 0x100010
    for code, flags in ((55, left), (55, 0), (54, right), (55, left | right), (54, left)):
        assert hook.macos(FLAGS, code, flags)
    assert ears.now() == [PRESS, OTHER, RELEASE]


def test_macos_hides_a_function_key_with_its_repeat(mac: MacHotkeys, ears: Ears) -> None:
    mac.start(keys("f9", "off"), ears.tell)
    (hook,) = Hook.made
    assert [hook.macos(kind, 101) for kind in (KEY_DOWN, KEY_DOWN, KEY_UP)] == [False] * 3
    assert hook.macos(KEY_DOWN, 0) and hook.macos(KEY_DOWN, 53)
    assert ears.now() == [PRESS, RELEASE, ESCAPE]


def test_macos_without_permission_says_where_to_give_it(mac: MacHotkeys, system: System, ears: Ears) -> None:
    system.trusted = False
    with pytest.raises(HotkeyError) as caught:
        mac.start(keys(), ears.tell)
    assert caught.value.code == "no-permission" and "System Settings" in caught.value.remedy
    assert "not listening" in mac.describe() and not any(hook.alive for hook in Hook.made)


def test_macos_refuses_keys_whose_release_it_does_not_tell(mac: MacHotkeys, ears: Ears) -> None:
    with pytest.raises(HotkeyError, match="caps_lock"):
        mac.start(keys("caps_lock"), ears.tell)
    mac.start(keys("f9", "menu"), ears.tell)  # dictation works without the command key
    assert mac.unbound and "menu" in mac.unbound.message
    assert "no command key" in mac.describe()


def either(windows: WindowsHotkeys, mac: MacHotkeys) -> list[tuple[HookedHotkeys, Callable[[Hook], object], int]]:
    return [
        (windows, lambda hook: hook.windows(DOWN, 0xA3), 0xA3),
        (mac, lambda hook: hook.macos(FLAGS, 62, 0x2000), 62),
    ]


def test_a_release_that_no_hook_heard_is_noticed(
    windows: WindowsHotkeys, mac: MacHotkeys, system: System, ears: Ears
) -> None:
    for hotkeys, press, code in either(windows, mac):
        system.really_down = {code}
        hotkeys.start(keys("ctrl_r", "off"), ears.tell)
        press(Hook.made[-1])
        assert ears.heard.get(timeout=5) == PRESS
        with pytest.raises(queue.Empty):
            ears.heard.get(timeout=0.3)
        system.really_down = set()
        assert ears.heard.get(timeout=5) == RELEASE


def test_a_hook_that_ends_is_told_as_lost(windows: WindowsHotkeys, mac: MacHotkeys, ears: Ears) -> None:
    for hotkeys, press, _ in either(windows, mac):
        hotkeys.start(keys("ctrl_r", "off"), ears.tell)
        press(Hook.made[-1])
        Hook.made[-1].alive = False
        assert [ears.heard.get(timeout=5) for _ in range(3)] == [PRESS, RELEASE, LOST]
        with pytest.raises(HotkeyError, match="not listening"):
            hotkeys.change(keys("f9", "off"))


def test_a_wrong_change_keeps_the_old_keys(windows: WindowsHotkeys, ears: Ears) -> None:
    windows.start(keys("f9", "off"), ears.tell)
    for wrong in (keys("nonsense"), keys("f9", "f9"), keys("a")):
        with pytest.raises(HotkeyError):
            windows.change(wrong)
    Hook.made[0].windows(DOWN, 0x78)
    assert ears.now() == [PRESS]
    windows.stop()
    windows.stop()
    assert not Hook.made[0].alive
