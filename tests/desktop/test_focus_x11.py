"""Whether the window with the cursor is known, and told from every other."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dictation.core.types import NOWHERE, Target
from dictation.desktop.focus.focus_x11 import X11Focus
from dictation.desktop.focus.processes import started
from tests.desktop.bench import Desk
from tests.desktop.editors import Editor, wait_until

pytestmark = pytest.mark.desktop


@contextmanager
def terminal(folder: Path, *command: str) -> Iterator[None]:
    """An xterm in ``folder`` that runs ``command``."""
    before = X11Focus().current()
    xterm = subprocess.Popen(["xterm", "-e", *command], cwd=folder, stderr=subprocess.DEVNULL)
    wait_until(lambda: X11Focus().current().pid == xterm.pid, "xterm", 20)
    yield
    xterm.terminate()
    xterm.wait()
    wait_until(lambda: X11Focus().current().window in (before.window, None), "xterm to be gone", 10)


@pytest.mark.parametrize("app, name, terminal", [("xterm", "xterm", True), ("gtk", "mousepad", False)])
def test_the_focused_window_is_known(
    editor: Callable[[str], Editor], app: str, name: str, terminal: bool, desk: Desk
) -> None:
    opened = editor(app)
    target = X11Focus().current()
    assert (target.app, target.window, target.pid) == (name, opened.window, opened.process.pid)
    assert target.started == started(opened.process.pid) is not None
    assert target.terminal == terminal
    assert target.title
    assert X11Focus().same(target)


def test_the_shell_and_its_folder_are_known(desk: Desk, tmp_path: Path) -> None:
    with terminal(tmp_path, "bash", "--norc"):
        wait_until(lambda: X11Focus().current().shell == "bash", "bash", 10)
        assert X11Focus().current().cwd == str(tmp_path)


def test_a_program_in_front_of_the_shell_is_no_shell(desk: Desk, tmp_path: Path) -> None:
    with terminal(tmp_path, "bash", "--norc", "-i", "-c", "cd /usr; sleep 60; true"):
        wait_until(lambda: (X11Focus().current().shell, X11Focus().current().cwd) == (None, "/usr"), "sleep", 10)


def test_another_window_is_not_the_same(editor: Callable[[str], Editor]) -> None:
    first = editor("xterm")
    target = X11Focus().current()
    second = editor("xterm")
    assert X11Focus().current().window == second.window
    assert not X11Focus().same(target)
    first.focus()
    assert X11Focus().same(target)


def test_a_pid_used_again_is_not_the_same(editor: Callable[[str], Editor]) -> None:
    editor("xterm")
    now = X11Focus().current()
    before = Target(app=now.app, window=now.window, pid=now.pid, started=(now.started or 0) - 1)
    assert not X11Focus().same(before)


def test_a_window_that_vanished_is_not_the_same(editor: Callable[[str], Editor]) -> None:
    opened = editor("xterm")
    target = X11Focus().current()
    opened.close()
    wait_until(lambda: not X11Focus().same(target), "the window to be gone", 10)


def test_without_a_display_it_is_nowhere(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    assert X11Focus().current() == NOWHERE


def test_asking_fifty_times_leaves_nothing_open(desk: Desk) -> None:
    X11Focus().current()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a count, not paths
    for _ in range(50):
        X11Focus().current()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
