"""Whether text arrives on a Wayland compositor, exactly and only there, with the clipboard back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictation.core.errors import InsertError
from dictation.core.types import NOWHERE, Erase, Move, Paste, Press, Target, Type
from dictation.desktop.clipboard.clipboard_wayland import WaylandClipboard
from dictation.desktop.focus.focus_wayland import WaylandFocus
from dictation.desktop.prompt.prompt_linux import LinuxPrompts
from dictation.desktop.typing import typist_wayland
from dictation.desktop.typing.typist_wayland import WaylandTypist
from tests.desktop.bench import ROOT
from tests.desktop.compositor import Foot, Sway
from tests.desktop.editors import wait_until

pytestmark = pytest.mark.desktop

TEXTS = {
    "en-10": "git status",
    "en-200": "The quick brown fox; jumps over {the} lazy 'dog' & \"runs\" #1 ~/a_b/c-d.py " * 3,
    "en-2000": "0123456789 Abc " * 134,
    "zh-10": "今天天气非常好我们去",
    "zh-200": "把这个函数改成异步的，然后在测试里加上超时。" * 9,
    "zh-2000": "我们在周末一起去爬山，山上的风景很美丽吗？" * 96,
    "mixed": "部署 Kubernetes 🎉🇨🇳 naïve café Ångström ß — “quotes” ½ 👩‍💻 𠮷野家",
}


@pytest.fixture(scope="module")
def terminal(sway: Sway) -> Foot:
    return sway.terminal()


@pytest.fixture
def foot(terminal: Foot) -> Foot:
    terminal.focus()
    terminal.clear()
    return terminal


@pytest.fixture(scope="module")
def typist(sway: Sway) -> Iterator[WaylandTypist]:
    made = WaylandTypist(WaylandClipboard(), WaylandFocus().same)
    yield made
    made.close()


def put(typist: WaylandTypist, *moves: Move) -> float:
    """As the app does it; returns milliseconds."""
    typist.prepare()
    target = WaylandFocus().current()
    began = time.perf_counter()
    typist.perform(moves, target)
    return (time.perf_counter() - began) * 1000


def copied(*options: str) -> bytes:
    """What an independent program reads from the clipboard."""
    done = subprocess.run(["wl-paste", "-n", *options], capture_output=True, timeout=10)
    return done.stdout


def copy(raw: bytes, *options: str) -> None:
    subprocess.run(["wl-copy", *options], input=raw, check=True, timeout=10, stdout=subprocess.DEVNULL)
    kind = [] if "--type" not in options else ["--type", options[options.index("--type") + 1]]
    wait_until(lambda: copied(*[each for each in options if each == "--primary"], *kind) == raw, "the copy", 5)


def refused(typist: WaylandTypist, *moves: Move) -> InsertError:
    with pytest.raises(InsertError) as caught:
        put(typist, *moves)
    return caught.value


def test_the_window_with_the_cursor_is_known(foot: Foot) -> None:
    target = WaylandFocus().current()
    assert (target.app, target.pid, target.terminal) == ("foot", foot.process.pid, True)
    assert target.tty.startswith("/dev/pts/")
    assert WaylandFocus().same(target)


@pytest.mark.parametrize("name", TEXTS)
def test_a_pasted_text_arrives_exactly(foot: Foot, typist: WaylandTypist, name: str) -> None:
    put(typist, Paste(TEXTS[name]))
    foot.stands(TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_a_typed_text_arrives_exactly(foot: Foot, typist: WaylandTypist, name: str) -> None:
    put(typist, Type(TEXTS[name]))
    foot.stands(TEXTS[name])


def test_the_first_character_is_never_lost(foot: Foot, typist: WaylandTypist) -> None:
    for at in range(10):
        put(typist, Type(f"甲{at}z"))
    foot.stands("".join(f"甲{at}z" for at in range(10)))


def test_the_old_clipboards_are_back_after_the_text(foot: Foot, typist: WaylandTypist) -> None:
    copy(b"old text")
    copy(b"marked", "--primary")
    put(typist, Paste("dictated"))
    foot.stands("dictated")
    wait_until(lambda: copied() == b"old text", "the old clipboard", 5)
    wait_until(lambda: copied("--primary") == b"marked", "what was marked", 5)


def test_a_picture_on_the_clipboard_is_back_byte_for_byte(foot: Foot, typist: WaylandTypist) -> None:
    picture = os.urandom(300_000)
    copy(picture, "--type", "image/png")
    put(typist, Paste("dictated"))
    foot.stands("dictated")
    wait_until(lambda: copied("--type", "image/png") == picture, "the picture", 5)


def test_what_a_crash_has_lent_comes_back_at_the_next_start(foot: Foot, tmp_path: Path) -> None:
    kept = tmp_path / "clipboard"
    code = (
        "import os, sys, pathlib; from dictation.desktop.clipboard.clipboard_wayland import WaylandClipboard as C;"
        "C(pathlib.Path(sys.argv[1])).lend('dictated', True); os._exit(1)"
    )
    copy(b"before")
    copy(b"marked", "--primary")
    subprocess.run([sys.executable, "-c", code, str(kept)], cwd=ROOT)
    assert copied() == b"" and kept.stat().st_mode & 0o777 == 0o600
    clipboard = WaylandClipboard(kept)
    clipboard.recover()
    assert copied() == b"before" and copied("--primary") == b"marked"
    assert not kept.exists()
    clipboard.close()
    wait_until(lambda: copied() == b"before", "the clipboard after the end of the app", 5)


def test_what_was_copied_since_a_crash_stays(foot: Foot, typist: WaylandTypist, tmp_path: Path) -> None:
    copy(b"before")
    clipboard = WaylandClipboard(tmp_path / "clipboard")
    clipboard.lend("dictated", False)
    copy(b"copied since")
    clipboard.recover()
    assert copied() == b"copied since"
    assert not (tmp_path / "clipboard").exists()
    clipboard.close()


def test_nothing_of_the_clipboard_stays_on_disk(foot: Foot, tmp_path: Path) -> None:
    typist = WaylandTypist(WaylandClipboard(tmp_path / "clipboard"), WaylandFocus().same)
    copy(b"before")
    put(typist, Paste("dictated"))
    foot.stands("dictated")
    wait_until(lambda: copied() == b"before", "the old clipboard", 5)
    wait_until(lambda: not (tmp_path / "clipboard").exists(), "the file to go", 5)
    typist.close()


def test_two_texts_in_a_row_leave_the_clipboard_of_before(foot: Foot, typist: WaylandTypist) -> None:
    copy(b"before")
    put(typist, Paste("one "), Paste("two "))
    put(typist, Paste("three"))
    foot.stands("one two three")
    wait_until(lambda: copied() == b"before", "the old clipboard", 5)


@pytest.fixture
def stalled(sway: Sway, monkeypatch: pytest.MonkeyPatch) -> Iterator[Foot]:
    """A terminal that does nothing for now. foot forgets keys of a keyboard that was new to it while it was stalled."""
    monkeypatch.setattr(typist_wayland, "READ_SECONDS", 0.4)
    made = sway.terminal()
    made.process.send_signal(signal.SIGSTOP)
    yield made
    made.process.send_signal(signal.SIGCONT)
    made.close()


def test_a_stalled_terminal_leaves_the_text_on_the_clipboard(stalled: Foot, typist: WaylandTypist) -> None:
    copy(b"OLD")
    copy(b"OLD", "--primary")
    error = refused(typist, Paste("text"))
    assert error.code == "paste-not-read" and "on the clipboard" in error.message
    assert copied() == copied("--primary") == b"text"
    stalled.process.send_signal(signal.SIGCONT)
    assert b"OLD" not in stalled.raw()


@pytest.fixture
def history(sway: Sway) -> Iterator[None]:
    """A clipboard history, which reads whatever is copied, at once."""
    child = sway.start(["wl-paste", "--watch", "cat"], "history")
    kept = sway.folder / "history.log"
    subprocess.run(["wl-copy", "first"], check=True, stdout=subprocess.DEVNULL)
    wait_until(lambda: b"first" in kept.read_bytes(), "the history", 5)
    yield
    child.terminate()


@pytest.mark.usefixtures("history")
def test_the_clipboard_is_back_also_beside_a_clipboard_history(foot: Foot, typist: WaylandTypist) -> None:
    copy(b"OLD")
    for at in range(5):
        put(typist, Paste(f"new {at} "))
    foot.stands("new 0 new 1 new 2 new 3 new 4 ")
    wait_until(lambda: copied() == b"OLD", "the old clipboard", 5)


@pytest.mark.usefixtures("history")
def test_a_clipboard_history_is_not_taken_for_the_window(stalled: Foot, typist: WaylandTypist) -> None:
    copy(b"OLD")
    assert refused(typist, Paste("new")).code == "paste-not-read"
    assert copied() == b"new" and stalled.raw() == b""


def test_what_is_copied_meanwhile_is_not_overwritten(foot: Foot, typist: WaylandTypist) -> None:
    copy(b"old")
    put(typist, Paste("text"))
    copy(b"copied by the user")
    put(typist, Paste(" more"))
    foot.stands("text more")
    wait_until(lambda: copied() == b"copied by the user", "what was copied", 5)


def test_backspaces_and_chords_are_pressed(foot: Foot, typist: WaylandTypist) -> None:
    put(typist, Erase(150), Press("ctrl+a"), Type("x"))
    wait_until(lambda: foot.raw() == b"\x7f" * 150 + b"\x01x", "the keys", 10)


def test_a_newline_never_reaches_a_terminal(foot: Foot, typist: WaylandTypist) -> None:
    assert refused(typist, Paste("ls"), Press("enter")).code == "enter-in-terminal"
    put(typist, Paste("rm -rf x\r\n\tls\x1b[201~\n"), Type("one\ntwo\n"))
    foot.stands("rm -rf x ls[201~one two")


def test_another_window_gets_nothing(sway: Sway, foot: Foot, typist: WaylandTypist) -> None:
    target = WaylandFocus().current()
    other = sway.terminal()
    assert not WaylandFocus().same(target)
    with pytest.raises(InsertError) as caught:
        typist.perform([Paste("text")], target)
    assert caught.value.code == "focus-moved"
    assert other.raw() == foot.raw() == b""
    WaylandFocus().activate(target)
    wait_until(lambda: WaylandFocus().same(target), "the cursor to come back", 5)
    other.close()


def test_a_prompt_is_seen_through_the_compositor(sway: Sway, foot: Foot) -> None:
    child = sway.shell()
    prompts = LinuxPrompts()
    wait_until(lambda: prompts.look(WaylandFocus().current()).state == "prompt", "the prompt", 10)
    assert prompts.look(WaylandFocus().current()).shell == "bash"
    child.terminate()
    child.wait()
    wait_until(lambda: sway.focused().get("pid") != child.pid, "the window to go", 10)


def test_an_empty_workspace_is_nowhere(sway: Sway, foot: Foot) -> None:
    subprocess.run(["swaymsg", "workspace", "9"], check=True, stdout=subprocess.DEVNULL)
    try:
        assert WaylandFocus().current() == NOWHERE
    finally:
        subprocess.run(["swaymsg", "workspace", "1"], check=True, stdout=subprocess.DEVNULL)


def test_a_field_for_a_password_gets_nothing(foot: Foot) -> None:
    typist = WaylandTypist(WaylandClipboard(), WaylandFocus().same, lambda _: "It asks for a password")
    assert refused(typist, Paste("secret")).code == "password-field"
    assert foot.raw() == b""


def test_without_a_compositor_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-none")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    with pytest.raises(InsertError) as caught:
        WaylandTypist(WaylandClipboard(), lambda _: True).perform([Paste("x")], Target())
    assert caught.value.code == "no-display"
