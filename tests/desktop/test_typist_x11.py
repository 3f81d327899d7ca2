"""Whether moves arrive at the cursor of real apps, exactly and only there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dictation.core.errors import InsertError
from dictation.core.types import Erase, Move, Paste, Press, Target, Type
from dictation.desktop.clipboard.clipboard_x11 import X11Clipboard
from dictation.desktop.focus.focus_x11 import X11Focus
from dictation.desktop.typing import typist_x11
from dictation.desktop.typing.keystrokes import clean
from dictation.desktop.typing.typist_x11 import X11Typist
from tests.desktop.bench import RIGHT_CTRL, Desk
from tests.desktop.editors import Editor, wait_until
from tests.desktop.selections import copy, pasted, picture, wait_for

pytestmark = pytest.mark.desktop

PNG = picture(64)
TEXTS = {
    "ascii-10": "git status",
    "ascii-200": "The quick brown fox; jumps over {the} lazy 'dog' & \"runs\" #1 ~/a_b/c-d.py " * 3,
    "zh-10": "今天天气非常好我们去",
    "zh-200": "把这个函数改成异步的,然后在测试里加上超时。" * 10,
    "zh-2000": "我们在周末一起去爬山,山上的风景很美丽吗?" * 100,
    "mixed": "部署 Kubernetes 🎉🇨🇳 naïve café Ångström ß — “quotes” ½ 👩‍💻 𠮷野家",
    "layout": "first\tcolumn\n\tsecond 行\n\nend",
    "latin-2000": "0123456789 " * 182,
}


class Scene:
    """An app with the cursor, and the typist."""

    def __init__(self, name: str, app: Editor, typist: X11Typist) -> None:
        self.name = name
        self.app = app
        self._typist = typist

    @property
    def terminal(self) -> bool:
        return self.name == "xterm"

    def perform(self, *moves: Move) -> float:
        """Carry out the moves as the app would: the target is looked up first. Returns milliseconds."""
        self._typist.prepare()
        target = X11Focus().current()
        assert (target.window, target.terminal) == (self.app.window, self.terminal)
        began = time.perf_counter()
        self._typist.perform(moves, target)
        return (time.perf_counter() - began) * 1000

    def stands(self, text: str) -> None:
        self.app.wait_for(clean(text, self.terminal))


@pytest.fixture(scope="module")
def typist(desk: Desk) -> Iterator[X11Typist]:
    made = X11Typist(X11Clipboard())
    yield made
    made.close()


@pytest.fixture(scope="module", params=["xterm", "gtk", "qt", "chromium"])
def open_app(desk: Desk, typist: X11Typist, request: pytest.FixtureRequest) -> Iterator[Scene]:
    app = desk.open(request.param)
    yield Scene(request.param, app, typist)
    app.close()


@pytest.fixture
def scene(open_app: Scene) -> Scene:
    open_app.app.focus()
    open_app.app.clear()
    return open_app


@pytest.fixture
def paper(scene: Scene) -> Scene:
    """The Qt editor, for what does not depend on the app."""
    assert scene.name == "qt"
    return scene


def only(app: str) -> pytest.MarkDecorator:
    """Run the test in this app alone."""
    return pytest.mark.parametrize("open_app", [app], indirect=True)


def refused(scene: Scene, *moves: Move) -> InsertError:
    with pytest.raises(InsertError) as caught:
        scene.perform(*moves)
    return caught.value


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_arrives_exactly(scene: Scene, name: str) -> None:
    scene.perform(Paste(TEXTS[name]))
    scene.stands(TEXTS[name])


def test_the_old_clipboard_is_back_after_the_text(scene: Scene) -> None:
    copy(PNG, "clipboard", "image/png")
    copy(b"marked", "primary")
    scene.perform(Paste("dictated"))
    scene.stands("dictated")
    wait_for(PNG, "clipboard", "image/png")
    wait_for(b"marked", "primary")
    assert pasted("clipboard") is None


def test_a_stalled_app_still_gets_the_new_text(scene: Scene) -> None:
    copy(b"OLD", "clipboard")
    copy(b"OLD", "primary")
    os.killpg(scene.app.process.pid, signal.SIGSTOP)
    wake = threading.Timer(0.8, os.killpg, (scene.app.process.pid, signal.SIGCONT))
    wake.start()
    assert scene.perform(Paste("新的 text")) > 500
    wake.join()
    scene.stands("新的 text")
    wait_for(b"OLD", "clipboard")
    wait_for(b"OLD", "primary")


def test_several_moves_arrive_in_order(scene: Scene) -> None:
    moves: Sequence[Move] = (Type("abc"), Paste("你好"), Type("xyz"), Paste("再见"))
    scene.perform(*moves)
    scene.stands("abc你好xyz再见")


def test_keys_are_typed_without_touching_the_clipboard(scene: Scene) -> None:
    text = "Hello, World! ~`@#$%^&*()_+-=[]{}|;':\",./<>? " * 4
    copy(b"untouched")
    owner = subprocess.check_output(["xclip", "-o", "-t", "TIMESTAMP", "-selection", "clipboard"])
    scene.perform(Type(text))
    scene.stands(text)
    assert subprocess.check_output(["xclip", "-o", "-t", "TIMESTAMP", "-selection", "clipboard"]) == owner


def test_erasing_takes_back_exactly_so_many_characters(scene: Scene) -> None:
    scene.perform(Paste("k" + "e" * 150))
    if scene.terminal:
        scene.perform(Erase(150))
        scene.app.wait_for(lambda text: text.count("\x7f") + text.count("\b") == 150)
    else:
        scene.perform(Erase(149))
        scene.stands("ke")
        scene.perform(Erase(1), Paste("end"))
        scene.stands("kend")


def test_a_chord_is_pressed(scene: Scene) -> None:
    if scene.terminal:
        scene.perform(Press("ctrl+a"), Press("tab"))
        scene.app.wait_for("\x01\t")
    else:
        scene.perform(Paste("a"), Press("enter"), Paste("b"))
        scene.stands("a\nb")


@only("xterm")
def test_a_newline_never_reaches_a_terminal(scene: Scene) -> None:
    assert refused(scene, Paste("ls"), Press("enter")).code == "enter-in-terminal"
    scene.perform(Paste("rm -rf x\r\n\tls\x1b[201~\n"), Type("one\ntwo\n"))
    scene.app.wait_for("rm -rf x ls[201~one two")


@only("gtk")
def test_what_is_selected_is_replaced(desk: Desk, scene: Scene) -> None:
    scene.perform(Paste("keep this"))
    scene.stands("keep this")
    desk.tap("ctrl+shift+Left")
    wait_for(b"this", "primary")
    scene.perform(Paste("that"))
    scene.stands("keep that")


@only("qt")
def test_two_megabytes_reach_the_editor(paper: Scene) -> None:
    text = "语音 dictation\n" * 100_000
    copy(b"old")
    paper.perform(Paste(text))
    paper.app.wait_for(text, 30)
    wait_for(b"old")


@only("qt")
def test_characters_that_are_not_on_the_keyboard_are_pasted(paper: Scene) -> None:
    paper.perform(Type("naïve 你好"))
    paper.stands("naïve 你好")


@only("qt")
def test_caps_lock_does_not_turn_letters_round(desk: Desk, paper: Scene) -> None:
    desk.tap("Caps_Lock")
    try:
        paper.perform(Type("Hello"))
        paper.stands("Hello")
    finally:
        desk.tap("Caps_Lock")


@only("qt")
@pytest.mark.parametrize("second", [False, True], ids=["only", "second"])
def test_keys_are_those_of_the_active_layout(desk: Desk, paper: Scene, second: bool) -> None:
    layout = ["-layout", "us,de", "-option", "grp:menu_toggle"] if second else ["-layout", "de"]
    subprocess.run(["setxkbmap", *layout], check=True)
    try:
        if second:
            desk.tap("ISO_Next_Group")
        paper.perform(Type("zyZY-/"), Press("backspace"), Type("öß"))
        paper.stands("zyZY-öß")
    finally:
        subprocess.run(["setxkbmap", "-layout", "us", "-option", ""], check=True)


@only("qt")
def test_a_held_modifier_is_waited_for(desk: Desk, paper: Scene) -> None:
    desk.key_down(RIGHT_CTRL)
    up = threading.Timer(0.4, desk.key_up, (RIGHT_CTRL,))
    up.start()
    assert paper.perform(Paste("text")) > 300
    up.join()
    paper.stands("text")


@only("qt")
@pytest.mark.parametrize("move", [Paste("text"), Type("text")], ids=["paste", "type"])
def test_a_modifier_that_stays_down_leaves_the_text_on_the_clipboard(
    desk: Desk, paper: Scene, monkeypatch: pytest.MonkeyPatch, move: Move
) -> None:
    monkeypatch.setattr(typist_x11, "RELEASE_SECONDS", 0.2)
    desk.key_down(RIGHT_CTRL)
    try:
        assert refused(paper, move).code == "modifier-held"
    finally:
        desk.key_up(RIGHT_CTRL)
    assert pasted() == b"text"
    assert paper.app.text() == ""


@only("qt")
def test_a_frozen_window_leaves_the_text_on_the_clipboard(paper: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typist_x11, "READ_SECONDS", 0.4)
    copy(b"old")
    paper.app.process.send_signal(signal.SIGSTOP)
    error = refused(paper, Paste("text"))
    assert error.code == "paste-not-read"
    assert "on the clipboard" in error.message
    paper.app.process.send_signal(signal.SIGCONT)
    assert pasted() == b"text"


def test_a_vanished_window_gets_nothing(desk: Desk, typist: X11Typist) -> None:
    app = desk.open("xterm")
    target = X11Focus().current()
    app.close()
    wait_until(lambda: not X11Focus().same(target), "the window to vanish", 5)
    with pytest.raises(InsertError) as caught:
        typist.perform([Paste("text")], target)
    assert caught.value.code == "focus-moved"


@only("qt")
def test_another_window_gets_nothing(desk: Desk, paper: Scene, typist: X11Typist) -> None:
    other = desk.open("xterm")
    target = X11Focus().current()
    paper.app.focus()
    with pytest.raises(InsertError) as caught:
        typist.perform([Paste("text")], target)
    assert caught.value.code == "focus-moved"
    other.close()
    assert paper.app.text() == ""


def test_nothing_to_do_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    X11Typist(X11Clipboard()).perform([Type(""), Erase(0)], Target())
    with pytest.raises(InsertError) as caught:
        X11Typist(X11Clipboard()).perform([Type("a")], Target())
    assert caught.value.code == "no-display"


def test_importing_the_adapters_opens_nothing() -> None:
    code = (
        "import sys, dictation.desktop.typing.typist_x11, dictation.desktop.clipboard.clipboard_x11;"
        "import dictation.desktop.focus.focus_x11;"
        "assert 'Xlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
