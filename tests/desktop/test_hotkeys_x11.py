"""Global hotkeys on a real X server with real programs, keys pressed by code."""

from __future__ import annotations

import os
import queue
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from dictation.core.errors import HotkeyError
from dictation.core.sections import KeySettings
from dictation.core.settings import Settings
from dictation.core.types import Purpose
from dictation.desktop.hotkeys import listening_x11
from dictation.desktop.hotkeys.hotkeys_x11 import X11Hotkeys
from dictation.desktop.hotkeys.record_x11 import Heard, listen
from tests.desktop.bench import Desk
from tests.desktop.editors import Editor, Terminal, wait_until

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning"),
]

SPACE, CTRL_L, C, Z_US, Y_US, ALT_L, CAPS, F9, F10, NUM, CTRL_R, ALT_R, MENU = (
    65, 37, 54, 52, 29, 64, 66, 75, 76, 77, 105, 108, 135,
)  # fmt: skip
PRESS, RELEASE = ("press", Purpose.DICTATE), ("release", Purpose.DICTATE)
COMMAND, COMMAND_END = ("press", Purpose.COMMAND), ("release", Purpose.COMMAND)
OTHER, ESCAPE, LOST = ("other", None), ("escape", None), ("lost", None)

Open = Callable[[str], Editor]


class Ears:
    """What the hotkeys told, in order."""

    def __init__(self, hotkeys: X11Hotkeys, desk: Desk) -> None:
        self.hotkeys = hotkeys
        self.desk = desk
        self.heard: queue.Queue[tuple[str, Purpose | None]] = queue.Queue()

    def tell(self, kind: str, purpose: Purpose | None) -> None:
        self.heard.put((kind, purpose))

    def next(self) -> tuple[str, Purpose | None]:
        return self.heard.get(timeout=5)

    def silent(self, seconds: float) -> None:
        with pytest.raises(queue.Empty):
            pytest.fail(f"told {self.heard.get(timeout=seconds)}")

    def nothing_more(self) -> None:
        """Esc goes the same road as every key, so whatever was to be told is told before it."""
        self.escape()
        assert self.next() == ESCAPE

    def escape(self) -> None:
        self.desk.tap("Escape")  # by name: xdotool takes the code 9 for the digit

    def tap(self, *codes: int) -> None:
        for code in codes:
            self.desk.key_down(code)
        for code in reversed(codes):
            self.desk.key_up(code)


@pytest.fixture
def ears(desk: Desk) -> Iterator[Ears]:
    ears = Ears(X11Hotkeys(), desk)
    yield ears
    ears.hotkeys.stop()
    for code in (F9, CTRL_R, CTRL_L, ALT_L, SPACE):
        desk.key_up(code)
    set_locks(caps=False, num=False)


@pytest.fixture
def layout(desk: Desk) -> Iterator[Callable[[str], None]]:
    def choose(name: str) -> None:
        subprocess.run(["setxkbmap", "-layout", name], check=True, timeout=10)

    yield choose
    choose("us")


def start(ears: Ears, dictate: str = "auto", command: str = "off") -> None:
    ears.hotkeys.start(keys(dictate, command), ears.tell)


def keys(dictate: str = "auto", command: str = "off") -> Settings:
    # No third key: the app takes that of insert-last only while it offers something.
    return Settings(keys=KeySettings(dictate=dictate, command=command, insert_last="off"))


def root() -> tuple[Any, Any]:
    from Xlib.display import Display

    display = Display()
    return display, display.screen().root


def locks() -> int:
    """State bits of Caps Lock (2) and Num Lock (16)."""
    display, window = root()
    mask = cast(int, window.query_pointer().mask) & 18
    display.close()
    return mask


def set_locks(*, caps: bool, num: bool) -> None:
    for code, bit, wanted in ((CAPS, 2, caps), (NUM, 16, num)):
        if bool(locks() & bit) != wanted:
            subprocess.run(["xdotool", "key", str(code)], check=True, timeout=10)
    assert locks() == 2 * caps + 16 * num


@pytest.mark.parametrize(
    ("key", "code"), [("f9", F9), ("auto", CTRL_R), ("caps_lock", CAPS), ("ctrl+alt+space", SPACE)]
)
def test_two_seconds_of_auto_repeat_are_one_press_and_one_release(ears: Ears, key: str, code: int) -> None:
    start(ears, key)
    modifiers = (CTRL_L, ALT_L) if key == "ctrl+alt+space" else ()
    for each in (*modifiers, code):
        ears.desk.key_down(each)
    assert ears.next() == PRESS
    ears.silent(2)
    for each in (code, *modifiers):
        ears.desk.key_up(each)
    assert ears.next() == RELEASE
    ears.nothing_more()


def test_f9_never_reaches_the_program_in_any_lock_state_and_does_after_stop(ears: Ears, editor: Open) -> None:
    terminal = editor("xterm")
    assert isinstance(terminal, Terminal)
    start(ears, "f9")
    wanted = b""
    for caps, num in ((False, False), (True, False), (False, True), (True, True)):
        set_locks(caps=caps, num=num)
        ears.desk.key_down(F9)
        assert ears.next() == PRESS
        ears.silent(0.8)  # auto-repeat begins after 0.5 s
        ears.desk.key_up(F9)
        assert ears.next() == RELEASE
        ears.tap(C)
        wanted += b"C" if caps else b"c"
        terminal.wait_for(wanted.decode())
    assert terminal.raw() == wanted
    ears.hotkeys.stop()
    ears.tap(F9)
    terminal.wait_for(wanted.decode() + "\x1b[20~")


def test_right_ctrl_c_is_still_the_programs_and_is_told_as_another_key(ears: Ears, editor: Open) -> None:
    terminal = editor("xterm")
    start(ears)
    ears.tap(CTRL_R, C)
    assert [ears.next() for _ in range(3)] == [PRESS, OTHER, RELEASE]
    terminal.wait_for("\x03")


def test_left_ctrl_is_nothing_when_the_key_is_right_ctrl(ears: Ears) -> None:
    start(ears)
    ears.tap(CTRL_L)
    ears.tap(CTRL_L, C)
    ears.nothing_more()


def test_the_command_key_is_told_apart(ears: Ears) -> None:
    start(ears, command="auto")
    ears.tap(ALT_R)
    ears.tap(CTRL_R)
    assert [ears.next() for _ in range(4)] == [COMMAND, COMMAND_END, PRESS, RELEASE]


def test_two_hotkeys_may_share_a_key(ears: Ears) -> None:
    start(ears, "f9", "ctrl+f9")
    ears.tap(F9)
    ears.tap(CTRL_L, F9)
    assert [ears.next() for _ in range(4)] == [PRESS, RELEASE, COMMAND, COMMAND_END]


def test_esc_is_told_and_reaches_the_program_also_while_f9_is_held(ears: Ears, editor: Open) -> None:
    terminal = editor("xterm")
    start(ears, "f9")
    ears.escape()
    assert ears.next() == ESCAPE
    ears.desk.key_down(F9)
    assert ears.next() == PRESS
    ears.silent(0.7)  # so that auto-repeat has taken the keyboard again and again
    ears.escape()
    assert ears.next() == ESCAPE
    ears.desk.key_up(F9)
    assert ears.next() == RELEASE
    terminal.wait_for("\x1b\x1b")


def test_a_chord_ends_with_its_first_key_and_the_rest_types_nothing(ears: Ears, editor: Open) -> None:
    terminal = editor("xterm")
    start(ears, "ctrl+alt+space")
    for code in (CTRL_L, ALT_L, SPACE):
        ears.desk.key_down(code)
    assert ears.next() == PRESS
    ears.desk.key_up(CTRL_L)
    assert ears.next() == RELEASE
    ears.desk.key_up(ALT_L)
    ears.silent(0.8)  # Space repeats alone now
    ears.desk.key_up(SPACE)
    ears.tap(C)
    assert terminal.wait_for(lambda text: "c" in text) == "c"


def test_caps_lock_as_a_hotkey_never_locks(ears: Ears) -> None:
    set_locks(caps=True, num=False)
    start(ears, "caps_lock")
    wait_until(lambda: not locks(), "Caps Lock to go off", 5)
    for _ in range(2):
        ears.desk.key_down(CAPS)
        assert ears.next() == PRESS
        ears.desk.key_up(CAPS)
        assert ears.next() == RELEASE
        wait_until(lambda: not locks(), "Caps Lock to stay off", 5)


def test_a_mouse_button_is_a_hotkey_and_does_not_paste(ears: Ears, editor: Open) -> None:
    terminal = editor("xterm")
    subprocess.run(["xclip", "-selection", "primary"], input=b"pasted", check=True, timeout=10)
    subprocess.run(["xdotool", "mousemove", "--window", str(terminal.window), "60", "60"], check=True, timeout=10)
    start(ears, "mouse_middle", "mouse_back")
    for button, signals in (("2", [PRESS, RELEASE]), ("8", [COMMAND, COMMAND_END])):
        subprocess.run(["xdotool", "click", button], check=True, timeout=10)
        assert [ears.next(), ears.next()] == signals
    ears.tap(C)
    assert terminal.wait_for(lambda text: "c" in text) == "c"
    ears.hotkeys.stop()
    subprocess.run(["xdotool", "click", "2"], check=True, timeout=10)
    terminal.wait_for("cpasted")


@pytest.mark.parametrize("button", ["1", "2", "3"])
def test_a_click_is_known_of_the_window_it_went_into(ears: Ears, editor: Open, button: str) -> None:
    terminal = editor("xterm")
    start(ears, "f9")
    subprocess.run(["xdotool", "mousemove", "--window", str(terminal.window), "60", "60"], check=True, timeout=10)
    before, window = time.monotonic(), int(terminal.window)
    assert not ears.hotkeys.clicked_since(before, window)
    subprocess.run(["xdotool", "click", "4"], check=True, timeout=10)
    ears.nothing_more()
    assert not ears.hotkeys.clicked_since(before, window)
    subprocess.run(["xdotool", "click", button], check=True, timeout=10)
    wait_until(lambda: ears.hotkeys.clicked_since(before, window), "the click to be heard", 5)
    assert not ears.hotkeys.clicked_since(before, window + 1_000_000)


def test_a_key_that_another_program_has_taken_is_an_error(ears: Ears) -> None:
    from Xlib import X

    display, window = root()
    window.grab_key(F9, 2, False, X.GrabModeAsync, X.GrabModeAsync)
    display.sync()
    try:
        with pytest.raises(HotkeyError, match="f9") as caught:
            start(ears, "f9")
        assert caught.value.code == "key-taken"
        # for the command key alone, dictation goes on without it
        start(ears, command="f9")
        assert ears.hotkeys.unbound and ears.hotkeys.unbound.code == "key-taken"
        assert "no command key" in ears.hotkeys.describe()
        ears.tap(CTRL_R)
        assert [ears.next(), ears.next()] == [PRESS, RELEASE]
        # and nothing was kept of the attempt
        with pytest.raises(HotkeyError):
            ears.hotkeys.change(keys("f10", "f9"))
        ears.tap(F10)
        ears.tap(CTRL_R)
        assert [ears.next(), ears.next()] == [PRESS, RELEASE]
    finally:
        display.close()
    ears.hotkeys.change(keys("f10", "f9"))
    ears.tap(F9)
    assert [ears.next(), ears.next()] == [COMMAND, COMMAND_END]
    assert ears.hotkeys.unbound is None


def test_change_swaps_the_keys_under_one_listener(ears: Ears, editor: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = editor("xterm")
    listeners: list[Any] = []

    def listen_and_keep(heard: Heard, ended: Callable[[], None]) -> Any:
        listeners.append(listen(heard, ended))
        return listeners[-1]

    monkeypatch.setattr(listening_x11, "listen", listen_and_keep)
    start(ears, "f9")
    ears.desk.key_down(F9)
    assert ears.next() == PRESS
    ears.hotkeys.change(keys("f10"))
    assert ears.next() == RELEASE  # what was held of the old keys has ended
    ears.desk.key_up(F9)
    ears.tap(F9)
    ears.tap(F10)
    assert [ears.next(), ears.next()] == [PRESS, RELEASE]
    terminal.wait_for("\x1b[20~")
    for wrong in ("nonsense", "a"):
        with pytest.raises(HotkeyError):
            ears.hotkeys.change(keys(wrong))
    assert "f10" in ears.hotkeys.describe()
    assert len(listeners) == 1 and listeners[0].is_alive()


def test_a_release_that_is_never_heard_is_noticed(ears: Ears, monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf_to_release(heard: Heard, ended: Callable[[], None]) -> Any:
        return listen(lambda mouse, code, down, state: heard(mouse, code, down, state) if down else None, ended)

    monkeypatch.setattr(listening_x11, "listen", deaf_to_release)
    start(ears, "f9")
    ears.desk.key_down(F9)
    assert ears.next() == PRESS
    ears.silent(0.7)
    ears.desk.key_up(F9)
    assert ears.next() == RELEASE
    ears.nothing_more()


def test_a_modifier_whose_release_was_never_heard_blocks_nothing(ears: Ears, monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf_to_left_ctrl(heard: Heard, ended: Callable[[], None]) -> Any:
        return listen(lambda m, code, down, s: heard(m, code, down, s) if down or code != CTRL_L else None, ended)

    monkeypatch.setattr(listening_x11, "listen", deaf_to_left_ctrl)
    start(ears, "f9")
    ears.tap(CTRL_L)
    ears.tap(F9)
    assert [ears.next(), ears.next()] == [PRESS, RELEASE]


def test_a_german_layout_moves_letters_and_takes_right_alt_but_no_codes(
    ears: Ears, layout: Callable[[str], None]
) -> None:
    start(ears, "ctrl+alt+z", "auto")
    assert "alt_r" not in ears.hotkeys.describe().split("command")[0]
    assert "command = ctrl_r" in ears.hotkeys.describe()
    ears.hotkeys.change(keys("ctrl_r", "auto"))
    assert "command = alt_r" in ears.hotkeys.describe()
    layout("de")
    wait_until(lambda: "command = menu" in ears.hotkeys.describe(), "Right Alt to be left to AltGr", 30)
    ears.tap(CTRL_R)
    ears.tap(MENU)
    assert [ears.next() for _ in range(4)] == [PRESS, RELEASE, COMMAND, COMMAND_END]
    ears.hotkeys.change(keys("ctrl+alt+z", "alt_r"))
    ears.tap(CTRL_L, ALT_L, Z_US)  # it says Y there
    ears.tap(CTRL_L, ALT_L, Y_US)
    ears.tap(ALT_R)  # AltGr, when it is asked for by name
    assert [ears.next() for _ in range(4)] == [PRESS, RELEASE, COMMAND, COMMAND_END]
    ears.nothing_more()


def test_a_dead_listener_is_started_again_once_and_then_the_loss_is_told(
    ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    listeners: queue.Queue[Any] = queue.Queue()

    def listen_and_keep(heard: Heard, ended: Callable[[], None]) -> Any:
        listeners.put(listen(heard, ended))
        return listeners.queue[-1]

    monkeypatch.setattr(listening_x11, "listen", listen_and_keep)
    start(ears, "f9")
    listeners.get(timeout=5).stop()
    second = listeners.get(timeout=5)
    ears.tap(F9)
    assert [ears.next(), ears.next()] == [PRESS, RELEASE]
    ears.desk.key_down(F9)
    assert ears.next() == PRESS
    second.stop()
    assert [ears.next(), ears.next()] == [RELEASE, LOST]
    ears.silent(0.1)
    wait_until(lambda: "not listening" in ears.hotkeys.describe(), "the end", 5)
    with pytest.raises(HotkeyError, match="not listening"):
        ears.hotkeys.change(keys("f10"))
    start(ears, "f9")  # and it can be started anew


def test_when_the_display_dies_the_loss_is_told_once_and_nothing_is_printed(
    ears: Ears, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    try:
        os.close(writing)
        with os.fdopen(reading) as number, monkeypatch.context() as elsewhere:
            elsewhere.setenv("DISPLAY", f":{number.readline().strip()}")
            start(ears, "f9", "ctrl_r")
            server.kill()
            assert ears.next() == LOST
            ears.silent(0.3)
            with pytest.raises(HotkeyError) as caught:
                start(ears)
    finally:
        server.kill()
        server.wait()
    assert caught.value.code == "no-display"
    assert "Traceback" not in "".join(capfd.readouterr())


def test_an_app_that_fails_in_the_middle_of_being_told_keeps_its_hotkeys(ears: Ears) -> None:
    def fail_first(kind: str, purpose: Purpose | None) -> None:
        ears.tell(kind, purpose)
        if kind == "press":
            raise RuntimeError("the app is confused")

    ears.hotkeys.start(keys("f9"), fail_first)
    for _ in range(2):
        ears.tap(F9)
        assert [ears.next(), ears.next()] == [PRESS, RELEASE]


def test_stopping_ends_every_thread(ears: Ears) -> None:
    import threading

    before = set(threading.enumerate())
    start(ears, "f9")
    assert len(set(threading.enumerate()) - before) == 2
    ears.hotkeys.stop()
    ears.hotkeys.stop()
    wait_until(lambda: not set(threading.enumerate()) - before, "the threads to end", 5)


@pytest.mark.parametrize(("key", "code"), [("ctrl_r", CTRL_R), ("f9", F9)])
def test_a_key_is_told_at_once_even_when_no_window_wants_it(
    ears: Ears, key: str, code: int, record_property: Callable[[str, object], None]
) -> None:
    """Left alone the server keeps Right Ctrl back until it has something else to write, up to a second later."""
    from Xlib import X
    from Xlib.ext import xtest

    display, _ = root()
    arrived: queue.Queue[float] = queue.Queue()
    ears.hotkeys.start(keys(key), lambda *_: arrived.put(time.perf_counter()))
    milliseconds = []
    for _ in range(15):
        with pytest.raises(queue.Empty):
            arrived.get(timeout=0.1)  # nothing else is going on
        begun = time.perf_counter()
        xtest.fake_input(display, X.KeyPress, code)
        display.flush()
        milliseconds.append((arrived.get(timeout=5) - begun) * 1000)
        xtest.fake_input(display, X.KeyRelease, code)
        display.flush()
        arrived.get(timeout=5)
    display.close()
    median = statistics.median(milliseconds)
    figures = f"median {median:.2f} ms, longest {max(milliseconds):.2f} ms of {len(milliseconds)}"
    record_property("latency", figures)
    sys.stdout.write(f"\n{key} to app: {figures}\n")
    assert median < 200
