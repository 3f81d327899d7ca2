"""The key in each shell on a bare terminal, without the app: in its plain and in its vi mode, the line is filled."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dictation.desktop.prompt import prompt_file
from dictation.desktop.store.folders import private_folder
from dictation.shell.widgets import widget

CALLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
VI = {
    "bash": "set -o vi",
    "zsh": "bindkey -v",
    "fish": "set -g fish_key_bindings fish_vi_key_bindings; fish_vi_key_bindings",
}
"""fish without its configuration does not notice that the variable is set, so the bindings are called for too."""

KEY = b"\x1d"
LEFT = r"\x08|\x1b\[D|\[N\]"
"""What Esc prints in vi mode: the cursor goes left, and fish names the mode."""


class BareTerminal:
    """A shell on a terminal of its own, and what it has printed."""

    def __init__(self, call: list[str], folder: Path, around: dict[str, str]) -> None:
        self.printed = ""
        self._pid, self._end = pty.fork()
        if not self._pid:
            os.chdir(folder)
            os.execvpe(call[0], call, around)

    def type(self, text: str | bytes) -> None:
        os.write(self._end, text.encode() if isinstance(text, str) else text)

    def wait_for(self, pattern: str, seconds: float = 15) -> re.Match[str]:
        """What is printed from now on until ``pattern`` is in it; the text before it is forgotten."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.printed)):
            ready, _, _ = select.select([self._end], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{pattern!r} is not in {self.printed[-2000:]!r}"
            new = os.read(self._end, 65536)
            for asked, answer in ((b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[6n", b"\x1b[1;1R")):
                if asked in new or asked.replace(b"[c", b"[0c") in new:
                    self.type(answer)  # fish asks the terminal what it is
            self.printed += new.decode(errors="replace")
        self.printed = self.printed[found.end() :]
        return found

    def close(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._end)


@pytest.fixture
def terminal(home: Path, tmp_path: Path) -> Iterator[Callable[[str], BareTerminal]]:
    """Opens a shell of this name that has read its widget."""
    opened: list[BareTerminal] = []

    def open_shell(name: str) -> BareTerminal:
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not here")
        script = tmp_path / f"widget.{name}"
        notes = private_folder(prompt_file.folder())
        script.write_text(widget(name, [sys.executable, "-m", "dictation"], str(notes)))
        around = {**os.environ, "TERM": "xterm", "PS1": "", "HOME": str(tmp_path)}
        opened.append(made := BareTerminal(CALLS[name], tmp_path, around))
        made.type(f"source {script}; echo re''ady\r")
        made.wait_for("ready\r?\n")
        return made

    yield open_shell
    for each in opened:
        each.close()


def vi_mode(place: BareTerminal, name: str) -> None:
    """Go into vi mode, and there begin to insert."""
    place.type(f"{VI[name]}; echo vi''mode\r")
    place.wait_for("vimode\r?\n")


@pytest.mark.parametrize(
    ("name", "vi"), [("bash", False), ("bash", True), ("zsh", False), ("zsh", True), ("fish", False), ("fish", True)]
)
def test_without_the_app_the_line_becomes_a_command_that_waits(
    terminal: Callable[[str], BareTerminal], tmp_path: Path, name: str, vi: bool
) -> None:
    (tmp_path / "one.py").write_text("")
    place = terminal(name)
    if vi:
        vi_mode(place, name)
    place.type("find all python files")
    place.wait_for("python files")
    place.type(KEY)
    place.wait_for(r"find \. -name '\*\.py'")
    assert "./one.py" not in place.printed  # it waits
    place.type("\r")
    place.wait_for(r"\./one\.py")


@pytest.mark.parametrize("name", VI)
def test_the_key_works_in_the_command_mode_of_vi(
    terminal: Callable[[str], BareTerminal], tmp_path: Path, name: str
) -> None:
    place = terminal(name)
    vi_mode(place, name)
    place.type("show the current directory")
    place.wait_for("directory")
    place.type(b"\x1b")
    place.wait_for(LEFT)  # a key that follows at once would be Alt with it
    place.type(KEY)
    place.wait_for("pwd")
    place.type("\r")
    place.wait_for(re.escape(str(tmp_path)))


@pytest.mark.parametrize("name", CALLS)
def test_without_the_app_an_empty_line_stays_empty_and_says_why(
    terminal: Callable[[str], BareTerminal], name: str
) -> None:
    place = terminal(name)
    place.type(KEY)
    place.wait_for("dictation")
    place.type("echo fi''ne\r")
    place.wait_for("fine\r?\n")
