"""Whether dictated text arrives on KDE and GNOME, exactly, with the clipboard back where that can be had."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dictation import APP_ID
from dictation.core.errors import DictationError, HotkeyError, InsertError
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE, Erase, Paste, Press, Purpose, Target
from dictation.desktop import choose
from dictation.desktop.focus.focus_wayland import WaylandFocus
from dictation.desktop.hotkeys.hotkeys_portal import PortalHotkeys
from dictation.desktop.session.desktop_messages import DesktopMessages
from dictation.desktop.typing.typist_wayland import WaylandTypist
from tests.desktop.bench import Desk
from tests.desktop.compositor import NoCompositor
from tests.desktop.demo import SHOWCASE, showcase
from tests.desktop.editors import wait_until
from tests.desktop.headless import START_SECONDS, Console, Editing, Gnome, Gnome48, Headless, Kde
from tests.desktop.running import App

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

ZH = "我们用 Kubernetes 部署服务 🎉👩‍💻 naïve\t制表\n"
TEXTS = {"10": "今天天气 🎉 very", "2000": (ZH * 80)[:2000]}
EDITORS = ("gtk3", "gtk4", "qt")
TERMINALS = ("vte", "foot")
DICTATE, COMMAND = (29, 56, 57), (29, 56, 28)
"""Ctrl+Alt+Space and Ctrl+Alt+Enter, by the kernel's numbers."""

TERMINAL = Target(app="vte", terminal=True)


DESKTOPS: list[type[Headless]] = [Kde, Gnome, *([Gnome48] if Gnome48.root else [])]


@pytest.fixture(scope="module", params=DESKTOPS, ids=[each.kind for each in DESKTOPS])
def desktop(request: pytest.FixtureRequest, desk: Desk) -> Iterator[Headless]:
    """Each is started once; the tests of this file are sorted by it. The microphone is that of ``desk``."""
    made: Headless = request.param()
    try:
        made.__enter__()
    except NoCompositor as error:
        pytest.skip(f"no such desktop: {error}")
    yield made
    made.__exit__()


class Answered:
    """How a question of the desktop's ended."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.error: DictationError | None = None

    def __call__(self, error: DictationError | None) -> None:
        self.error = error
        self.over.set()


def allowed(desktop: Headless, typist: WaylandTypist, yes: bool = True) -> DictationError | None:
    """Have the typist ask, and answer the dialog where there is one."""
    told = Answered()
    typist.allow(told)
    if isinstance(desktop, Gnome):
        desktop.answer(yes)
    assert told.over.wait(60)
    return told.error


def made_typist(home: Path, monkeypatch: pytest.MonkeyPatch) -> WaylandTypist:
    monkeypatch.setenv("DICTATION_HOME", str(home))
    typist = choose.typist()
    assert isinstance(typist, WaylandTypist)
    return typist


@pytest.fixture(scope="module")
def typist(desktop: Headless, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WaylandTypist]:
    with pytest.MonkeyPatch.context() as patch:
        made = made_typist(tmp_path_factory.mktemp("home"), patch)
    said: list[DictationError] = []

    def let() -> bool:
        """KWin's portal refuses at first where it was started before the screen was there."""
        if error := allowed(desktop, made):
            said.append(error)
        return error is None

    try:
        wait_until(let, "the portal", START_SECONDS)
    except TimeoutError:
        raise AssertionError(f"{said[-5:]}\n{desktop.logs()}") from None
    yield made
    made.close()


@pytest.fixture
def window(desktop: Headless) -> Iterator[Callable[[str], Editing]]:
    opened: list[Editing] = []

    def open_window(kind: str) -> Editing:
        opened.append(Editing(desktop, kind))
        return opened[-1]

    yield open_window
    for each in opened:
        each.close()


def put(typist: WaylandTypist, text: str, target: Target) -> None:
    typist.prepare()
    typist.perform((Paste(text),), target)


def copied() -> bytes:
    return subprocess.run(["wl-paste", "-n"], capture_output=True, timeout=20).stdout


def copy(raw: bytes) -> None:
    kind = "text/plain;charset=utf-8"
    subprocess.run(["wl-copy", "-t", kind], input=raw, check=True, timeout=20, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("kind", EDITORS)
def test_texts_arrive_exactly_and_the_clipboard_comes_back(
    desktop: Headless, typist: WaylandTypist, window: Callable[[str], Editing], kind: str
) -> None:
    pad, wanted = window(kind), ""
    if desktop.gives_back:
        copy("原来的".encode())
    for text in (TEXTS["10"], TEXTS["2000"], TEXTS["2000"]):
        put(typist, text, Target(app=kind))
        wanted += text
        pad.stands(wanted)
    if desktop.gives_back:
        assert typist.arrived
        # Who reads without a pause while it changes hands is left without an answer by GNOME 48, for 20 s.
        wait_until(lambda: "give-back" not in {each.name for each in threading.enumerate()}, "the end of the loan", 10)
        assert copied() == "原来的".encode()
    else:
        assert not typist.arrived  # GNOME 43 tells nobody when a text has been read
    typist.perform((Erase(3),), Target(app=kind))
    pad.stands(wanted[:-3])


@pytest.mark.parametrize("kind", TERMINALS)
def test_texts_arrive_in_terminals_in_one_line(desktop: Headless, typist: WaylandTypist, kind: str) -> None:
    if kind == "foot" and isinstance(desktop, Kde):
        pytest.skip("foot 1.13 divides by zero on KWin's virtual screen")
    console = Console(desktop, kind, lambda key: typist.perform((Press(key),), NOWHERE))
    try:
        wanted = ""
        for text in (TEXTS["10"], TEXTS["2000"], "rm -rf x\n"):
            put(typist, text, TERMINAL)
            wanted += re.sub("[\n\t]+", " ", text.strip("\n"))
            console.stands(wanted)
    finally:
        console.close()


def test_the_window_with_the_cursor_is_known_and_another_gets_nothing(
    desktop: Headless, typist: WaylandTypist, window: Callable[[str], Editing]
) -> None:
    focus = WaylandFocus()
    first = window("gtk4")
    wait_until(lambda: focus.current().title == "gtk4", "the window to be known", 20)
    target = focus.current()
    assert target.pid == first.process.pid and target.started and not target.terminal and focus.same(target)
    second = window("gtk3")
    wait_until(lambda: focus.current().title == "gtk3", "the other window to be known", 20)
    with pytest.raises(InsertError) as caught:
        put(typist, "text", target)
    assert caught.value.code == "focus-moved"
    assert first.text() == second.text() == ""
    second.close()
    wait_until(lambda: focus.same(target), "the cursor to come back", 20)
    put(typist, "text", target)
    first.stands("text")


def test_a_terminal_is_known_as_one(desktop: Headless, typist: WaylandTypist) -> None:
    console = Console(desktop, "vte", lambda key: typist.perform((Press(key),), NOWHERE))
    try:
        wait_until(lambda: WaylandFocus().current().terminal, "the terminal to be known", 20)
    finally:
        console.close()


def test_the_portal_may_die_in_between(
    desktop: Headless, typist: WaylandTypist, window: Callable[[str], Editing]
) -> None:
    pad = window("gtk4")
    put(typist, "before ", Target(app="gtk4"))
    pad.stands("before ")
    died = desktop.portal_pid()
    os.kill(died, signal.SIGKILL)
    wait_until(lambda: typist.session is None, "the end of the session to be heard", 20)
    if not desktop.asks_again:
        put(typist, "after", Target(app="gtk4"))
    else:
        # A dialog would take the cursor from the text, so none comes by itself.
        with pytest.raises(InsertError, match="the text is on the clipboard") as caught:
            put(typist, "after", Target(app="gtk4"))
        assert "dictation allow" in caught.value.remedy
        assert allowed(desktop, typist) is None
        wait_until(pad.has_cursor, "the cursor to be back", 20)
        put(typist, "after", Target(app="gtk4"))
    pad.stands("before after")


def test_a_refusal_keeps_the_text_and_is_remembered(
    desktop: Headless, window: Callable[[str], Editing], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(desktop, Kde):
        pytest.skip("KWin 5.27 asks nobody")
    typist, pad = made_typist(tmp_path, monkeypatch), window("gtk4")
    with pytest.raises(InsertError) as caught:
        put(typist, "too early", Target(app="gtk4"))
    assert caught.value.code == "typing-not-allowed" and "dictation allow" in caught.value.remedy
    error = allowed(desktop, typist, yes=False)
    assert error is not None and error.code == "typing-refused"
    kept = tmp_path / "typing.json"
    assert json.loads(kept.read_text()) == {"refused": True} and kept.stat().st_mode & 0o777 == 0o600
    with pytest.raises(InsertError, match="the text is on the clipboard") as caught:
        put(typist, "refused 文字", Target(app="gtk4"))
    assert caught.value.code == "typing-refused"
    told = Answered()
    typist.allow(told, first=True)  # at the next start of the app nobody is asked
    assert told.over.wait(20) and told.error is None
    assert pad.text() == ""
    typist.close()


def test_a_token_file_that_is_gone_or_broken_is_as_none(
    desktop: Headless, window: Callable[[str], Editing], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "typing.json").write_text("{broken")
    typist, pad = made_typist(tmp_path, monkeypatch), window("gtk3")
    assert allowed(desktop, typist) is None
    wait_until(pad.has_cursor, "the cursor to be back", 20)
    (tmp_path / "typing.json").unlink()
    put(typist, "文字", Target(app="gtk3"))
    pad.stands("文字")
    typist.close()


def test_what_is_said_stands_at_the_cursor(
    desk: Desk, desktop: Headless, window: Callable[[str], Editing], tmp_path: Path
) -> None:
    sentence = showcase(SHOWCASE.read_text(encoding="utf-8").splitlines())[20]
    (tmp_path / "config.toml").write_text('[keys]\ndictate = "off"\ncommand = "off"\n')
    with App(tmp_path, "--headless") as app:
        if isinstance(desktop, Gnome):
            desktop.answer(True)  # asked for at the start, not at the first dictation
        pad = window("gtk4")
        for at in (1, 2):
            earlier = app.last_id()
            assert app.call("start").returncode == 0
            desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
            assert app.call("stop").returncode == 0
            outcome = app.outcome_after(earlier)
            assert outcome["outcome"] == "inserted", outcome
            pad.stands(sentence.written * at)
        said = {
            each["part"]: each
            for each in map(json.loads, app.call("doctor", "--json").stdout.splitlines())
        }  # fmt: skip
        assert "RemoteDesktop portal" in said["typing"]["message"]
        assert app.call("allow").returncode == 0


def test_a_message_of_the_desktop_leaves_the_cursor_in_the_text(
    desktop: Headless, window: Callable[[str], Editing]
) -> None:
    if not isinstance(desktop, Gnome):
        pytest.skip("KDE's messages are Plasma's, which does not run here; it has a layer for the pill")
    assert choose.layer() is None
    pad, messages = window("gtk4"), DesktopMessages()
    messages.show("Listening", "")
    number = wait_until(lambda: messages.number, "the message", 10)
    desktop.press(30)
    pad.stands("a")
    messages.show("<b> & kept", "<b> & how")
    messages.show("", "")
    wait_until(lambda: not messages.number, "the message to go", 10)
    messages.show("another", "")
    assert wait_until(lambda: messages.number, "the next message", 10) != number
    desktop.press(48)
    pad.stands("ab")
    messages.show("", "")


def test_the_keys_are_given_in_the_dialog_and_their_press_and_release_arrive(
    desktop: Headless, window: Callable[[str], Editing]
) -> None:
    if not isinstance(desktop, Gnome48):
        pytest.skip("GNOME 43 has no such portal, and KDE's asks in its system settings")
    menu = desktop.folder / "data" / "applications" / f"{APP_ID}.desktop"
    menu.parent.mkdir(exist_ok=True)
    menu.write_text("[Desktop Entry]\nType=Application\nName=Dictation\nExec=/bin/true\n")
    hotkeys, told = PortalHotkeys(), queue.SimpleQueue[tuple[str, Purpose | None]]()

    def known() -> bool:
        """GNOME learns a little later that there is a new menu entry."""
        try:
            hotkeys.start(Settings(), lambda kind, purpose: told.put((kind, purpose)))
        except HotkeyError:
            return False
        return True

    wait_until(known, "Dictation to be known", 20)
    desktop.give_keys()
    wait_until(lambda: "<Control><Alt>space" in hotkeys.describe(), "the keys", 20)
    assert hotkeys.trouble is None
    pad = window("gtk4")
    for chord, purpose in ((DICTATE, Purpose.DICTATE), (COMMAND, Purpose.COMMAND)):
        desktop.hold(*chord)
        assert told.get(timeout=10) == ("press", purpose)
        with pytest.raises(queue.Empty):
            told.get(timeout=0.5)  # while it is held nothing comes, no repeated press either
        desktop.let_go(*chord)
        assert told.get(timeout=10) == ("release", purpose)
    assert pad.text() == "", "the program with the cursor sees none of it"
    hotkeys.stop()
