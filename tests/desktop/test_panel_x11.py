"""The command panel on a real desktop: it takes the focus for its keys and gives it back before anything is put in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.desktop.bench import ROOT, Desk
from tests.desktop.editors import Editor, wait_until
from tests.desktop.windows import Seen, Windows

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication
from dictation.core.commands import Command
from dictation.core.types import Finished, Proposed
from dictation.ui.main import Interface
from tests.ui.fake_controls import FakeControls

class Telling(FakeControls):
    def insert(self, confirmed):
        print("insert", confirmed, flush=True)
        return super().insert(confirmed)
    def drop(self):
        print("drop", flush=True)
        super().drop()

app, controls = QApplication(["dictation"]), Telling()
controls.see_through = False
shown = Interface(controls)
risk = sys.argv[1]
controls.tell(Finished(1, Proposed(Command("ls -la", "bash", "Lists everything", risk), "No prompt has the cursor")))
app.exec()
"""


class Panel:
    """The windows over a fake app, in a process of their own."""

    def __init__(self, risk: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, risk],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )

    def said(self) -> str:
        """The next thing the windows asked of the app."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def windows(desk: Desk) -> Iterator[Windows]:
    """What the X server says."""
    with Windows() as asked:
        yield asked


@pytest.fixture
def paper(desk: Desk) -> Iterator[Editor]:
    """The window that had the cursor before."""
    opened = desk.open("xterm")
    yield opened
    opened.close()


@pytest.fixture
def panel(paper: Editor, windows: Windows, request: pytest.FixtureRequest) -> Iterator[Panel]:
    """The panel with a command of the wanted risk, with the focus."""
    made = Panel(getattr(request, "param", "safe"))
    seen = wait_until(lambda: windows.with_role("command"), "the panel", 30)
    wait_until(lambda: focused(windows, seen), "the panel to get the focus", 10)
    yield made
    made.close()


def focused(windows: Windows, seen: Seen) -> bool:
    """Whether this window, or one of its own inside it, has the focus."""
    return windows.belongs(windows.focus(), seen.id)


def press_until(desk: Desk, key: str, panel: Panel, windows: Windows) -> str:
    """Press ``key`` again and again, as Enter does nothing at first, until the panel has gone; what it asked for."""

    def gone() -> bool:
        if windows.with_role("command") is not None:
            desk.tap(key)
        return windows.with_role("command") is None

    wait_until(gone, "the panel to go", 10)
    return panel.said()


def test_enter_puts_the_command_in_and_the_cursor_is_back_where_it_was(
    desk: Desk, paper: Editor, panel: Panel, windows: Windows
) -> None:
    assert press_until(desk, "Return", panel, windows) == "insert False"
    wait_until(lambda: windows.belongs(windows.focus(), paper.window), "the cursor to be back", 5)


def test_escape_drops_it_and_the_cursor_is_back(desk: Desk, paper: Editor, panel: Panel, windows: Windows) -> None:
    desk.tap("Escape")
    assert panel.said() == "drop"
    wait_until(lambda: windows.belongs(windows.focus(), paper.window), "the cursor to be back", 5)
    assert windows.with_role("command") is None


@pytest.mark.parametrize("panel", ["danger"], indirect=True)
def test_a_dangerous_command_needs_another_key_than_enter(
    desk: Desk, paper: Editor, panel: Panel, windows: Windows
) -> None:
    def gone() -> bool:
        desk.tap("Return")
        return windows.with_role("command") is None

    with pytest.raises(TimeoutError):
        wait_until(gone, "Enter alone to put it in", 1.5)
    assert press_until(desk, "y", panel, windows) == "insert True"
    wait_until(lambda: windows.belongs(windows.focus(), paper.window), "the cursor to be back", 5)
