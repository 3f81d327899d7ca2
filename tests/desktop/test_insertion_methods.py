"""Which way text goes into real windows: into password fields none, into another machine's keys alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dictation.core import insertion
from dictation.core.errors import InsertError
from dictation.core.insertion import erase
from dictation.core.settings import Settings
from dictation.core.types import Paste, Target, Type
from dictation.desktop import choose
from dictation.desktop.clipboard.clipboard_x11 import X11Clipboard
from dictation.desktop.focus.focus_x11 import X11Focus
from dictation.desktop.typing.typist_x11 import X11Typist
from tests.desktop.bench import Desk
from tests.desktop.editors import Editor, wait_until
from tests.desktop.selections import copy, pasted

pytestmark = pytest.mark.desktop

Open = Callable[[str], Editor]

PLAIN = "naïve 你好，𠮷野家 🎉“quotes” ½\tend"


@pytest.fixture(scope="module")
def typist(desk: Desk) -> Iterator[X11Typist]:
    made = X11Typist(X11Clipboard(), choose.secret)
    yield made
    made.close()


def doctor(home: Path) -> dict[str, str]:
    """What `dictation doctor --insertion` says of the window with the cursor."""
    done = subprocess.run(
        [sys.executable, "-m", "dictation", "doctor", "--insertion", "--json"],
        capture_output=True, text=True, timeout=30, env=os.environ | {"DICTATION_HOME": str(home)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture
def prompt(desk: Desk, tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Opens a GTK window that asks for a text or a password."""
    opened: list[subprocess.Popen[str]] = []

    def ask(kind: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            ["zenity", kind, "--title=Asks", "--class=asks"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env=os.environ | {"NO_AT_BRIDGE": "0", "HOME": str(tmp_path)},
        )  # fmt: skip
        opened.append(child)
        wait_until(lambda: X11Focus().current().title == "Asks", "the window", 20)
        return child

    yield ask
    for each in opened:
        each.kill()
        each.wait()
    wait_until(lambda: X11Focus().current().title != "Asks", "the window to go", 10)


def test_a_password_field_gets_nothing_and_says_so(
    prompt: Callable[[str], subprocess.Popen[str]], typist: X11Typist
) -> None:
    prompt("--password")
    target = X11Focus().current()
    wait_until(lambda: choose.secret(target), "the field to be known", 10)
    for move in (Paste("secret"), Type("secret")):
        with pytest.raises(InsertError) as caught:
            typist.perform([move], target)
        assert caught.value.code == "password-field"


def test_another_field_of_the_same_toolkit_gets_its_text(
    desk: Desk, prompt: Callable[[str], subprocess.Popen[str]], typist: X11Typist
) -> None:
    child = prompt("--entry")
    typist.perform([Paste("not 秘密")], X11Focus().current())
    desk.tap("Return")
    assert child.communicate(timeout=10)[0] == "not 秘密\n"


def test_a_terminal_that_asks_for_a_password_gets_nothing(desk: Desk, typist: X11Typist, tmp_path: Path) -> None:
    got = tmp_path / "got"
    script = f"read -rs -p 'Password: ' word; printf %s \"$word\" > {got}; read -r more"
    child = subprocess.Popen(["xterm", "-T", "Secret", "-e", "bash", "-c", script], start_new_session=True)
    try:
        wait_until(lambda: X11Focus().current().title == "Secret", "the terminal", 20)
        target = X11Focus().current()
        wait_until(lambda: choose.secret(target), "the password prompt", 10)
        with pytest.raises(InsertError) as caught:
            typist.perform([Paste("my words")], target)
        assert caught.value.code == "password-field"
        desk.tap("Return")
        wait_until(got.exists, "the answer", 10)
        assert got.read_text() == ""
        wait_until(lambda: not choose.secret(target), "the next question", 10)
        typist.perform([Paste("my words")], target)
    finally:
        child.terminate()
        child.wait()


def test_what_the_keyboard_lacks_is_not_pasted_into_another_machine(editor: Open, typist: X11Typist) -> None:
    app = editor("qt")
    copy(b"old")
    target = X11Focus().current()
    remote = Target(app="xfreerdp", window=target.window, pid=target.pid)
    typist.perform(insertion.plan("ls -la\npwd", remote, Settings()), target)
    app.wait_for("ls -la pwd")
    assert pasted() == b"old"
    with pytest.raises(InsertError) as caught:
        typist.perform(insertion.plan("你好", remote, Settings()), target)
    assert caught.value.code == "cannot-type"
    assert pasted() == "你好".encode() and app.text() == "ls -la pwd"


def test_a_program_that_pastes_with_a_key_of_its_own_gets_that_key(editor: Open, typist: X11Typist) -> None:
    app = editor("gtk")
    typist.perform([Paste("你好", "ctrl+v")], X11Focus().current())
    app.wait_for("你好")


@pytest.mark.parametrize("name", ["gtk", "qt", "chromium"])
def test_what_is_taken_back_is_exactly_what_was_put_in(editor: Open, typist: X11Typist, name: str) -> None:
    app = editor(name)
    target = X11Focus().current()
    typist.perform([Paste("before. ")], target)
    typist.perform([Paste(PLAIN)], target)
    app.wait_for("before. " + PLAIN)
    typist.perform(erase(PLAIN), target)
    app.wait_for("before. ")


def test_the_doctor_says_how_text_would_go_in_and_why(editor: Open, tmp_path: Path) -> None:
    editor("xterm")
    found = doctor(tmp_path)
    assert (found["app"], found["kind"], found["method"], found["secret"]) == ("xterm", "terminal", "paste", "")
    assert "new line" in found["message"] and "insert.methods xterm" in found["remedy"]
    assert found["typing"].startswith("X11")
    (tmp_path / "config.toml").write_text('[insert]\nmethods = "xterm=type"\n')
    found = doctor(tmp_path)
    assert (found["method"], found["why"]) == ("type", "insert.methods says type for xterm")
