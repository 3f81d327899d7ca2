"""Owns the real terminals with real shells in them, and the road of a command to their prompts."""

from __future__ import annotations

import shlex
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from dictation.app.board import Board
from dictation.app.command_mode.waiting import WaitingCommands
from dictation.app.take.hands import Hands
from dictation.app.take.take import Take
from dictation.core.commands import Command
from dictation.core.hearing.pipeline import Tools, carry
from dictation.core.ports import Commander, Typist
from dictation.core.settings import Settings
from dictation.core.types import Ahead, Event, Evidence, Finished, Move, Outcome, Purpose, Target, Transcript, Utterance
from dictation.desktop import choose
from dictation.desktop.focus.focus_x11 import X11Focus
from dictation.desktop.prompt.prompt_linux import LinuxPrompts
from dictation.desktop.prompt.shell_prompt import Prompt
from dictation.desktop.store.spool import SpoolFile
from tests.desktop.editors import Editor, wait_until

SHELLS = {"bash": "bash --norc -i", "zsh": "zsh -f -i", "fish": "fish --no-config -i"}

TMUX = "tmux -f /dev/null new-session 'zsh -f -i' ; set -g destroy-unattached on"
"""Ends with its window."""


class Shell(Editor):
    """A terminal with a shell. ``text`` is what the shell has written into its log so far."""

    def __init__(self, folder: Path, call: str = SHELLS["bash"], terminal: str = "xterm") -> None:
        self.call, self.terminal = call, terminal
        super().__init__(folder)

    @property
    def log(self) -> Path:
        """Where the commands of the tests write."""
        return self.folder / "written"

    @property
    def mark(self) -> Path:
        """What a command leaves that should never have run."""
        return self.folder / "mark"

    def command(self) -> list[str]:
        """Each terminal in a process of its own."""
        words = shlex.split(self.call)
        return {
            "xterm": ["xterm", "-fa", "DejaVu Sans Mono", "-fs", "11", "-geometry", "90x14", "-e", *words],
            "xfce4-terminal": ["xfce4-terminal", "--disable-server", "--hide-menubar", "-x", *words],
            "qterminal": ["qterminal", "-e", self.call],
        }[self.terminal]

    def environment(self) -> dict[str, str]:
        """A home of its own: no start-up file, no history."""
        return super().environment() | {
            "HOME": str(self.folder), "SHELL": "/bin/bash", "HISTFILE": "/dev/null", "TERM": "xterm-256color",
            "LOG": str(self.log), "MARK": str(self.mark), "PS1": "$ ", "PWD": str(self.folder),
            "TMUX_TMPDIR": str(self.folder),
        }  # fmt: skip

    def ready(self) -> None:
        """Wait for the prompt."""
        self.focus()
        self.wait_for_state("prompt", 30)

    def text(self) -> str:
        """What was written into the log."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def clear(self) -> None:
        """Empty the log."""
        self.log.write_text("", encoding="utf-8")

    def state(self) -> Prompt:
        """What the terminal in front waits for."""
        return LinuxPrompts().look(X11Focus().current())

    def wait_for_state(self, wanted: str, seconds: float = 10) -> Prompt:
        """The prompt, once it is in the state ``wanted``."""

        def look() -> Prompt | None:
            seen = self.state()
            return seen if seen.state == wanted else None

        return wait_until(look, f"{wanted} in {self.call}", seconds)

    def type(self, text: str) -> None:
        """Type plain ASCII with real keys."""
        subprocess.run(["xdotool", "type", "--delay", "2", "--", text], check=True, timeout=20)

    def key(self, *keys: str) -> None:
        """Press keys by name."""
        subprocess.run(["xdotool", "key", "--delay", "5", *keys], check=True, timeout=20)

    def enter(self, text: str, state: str) -> None:
        """Type ``text`` and Enter, and wait for the state that follows."""
        self.type(text)
        self.key("Return")
        self.wait_for_state(state)


class Says(Commander):
    """Makes the command it was told to make, whatever is asked; ``meanwhile`` is what happens while it thinks."""

    def __init__(self) -> None:
        self.command = Command("true", "bash")
        self.meanwhile: Callable[[], object] = lambda: None
        self.asked: list[tuple[str, str, tuple[str, ...]]] = []

    def compose(
        self, request: str, language: str, target: Target, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        self.asked.append((request, before, tuple(other_than)))
        self.meanwhile()
        return self.command

    def refusal(self, command: Command, target: Target) -> str:
        raise AssertionError("asked of the app's own way")


class Watched:
    """A typist that counts what it is asked to put in."""

    def __init__(self, typist: Typist) -> None:
        self._typist, self.done = typist, list[Move]()

    def prepare(self) -> None:
        self._typist.prepare()

    def close(self) -> None:
        self._typist.close()

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        self.done += moves
        self._typist.perform(moves, target)


class Ear:
    """Hears what it is told to."""

    words = "do it"

    def measure(self, samples: bytes) -> Evidence:
        return Evidence(1.0, 0.5, (0.9,) * 31)

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        return Transcript(self.words, "en")


class CommandRoad:
    """The app's own road from words to the prompt, with only the ear and the maker of commands made up."""

    def __init__(self) -> None:
        self.typist, self.focus, self.says, self.ear = Watched(choose.typist()), X11Focus(), Says(), Ear()
        self.board, self.told, self._id = Board(), list[Event](), 0
        self.commands = WaitingCommands(Hands(self.typist, self.focus), lambda _: self.says, self.board)
        self.board.listen(self.told.append)

    def say(self, command: str, shell: str = "bash", risk: str = "safe", words: str = "do it") -> Outcome:
        """How it ends when ``words`` are said and ``command`` is made of them."""
        self._id += 1
        self.says.command, self.ear.words = Command(command, shell, risk=risk), words
        target = self.focus.current()
        spooled = SpoolFile(Purpose.COMMAND, datetime.now(UTC))
        take = Take(Purpose.COMMAND, Settings(), spooled, self._id, target)
        take.route = road = self.commands.route(take)
        assert road

        def tell(event: Event) -> None:
            if isinstance(event, Finished):
                take.finished = event
                self.commands.finished(take)
            self.board.tell(event)

        tools = Tools(
            self.ear, self.ear, road.hands.typist, road.hands.focus, time.monotonic, ahead=lambda _: Ahead(),
            commander=road.commander,
        )  # fmt: skip
        return carry(Utterance(self._id, Purpose.COMMAND, bytes(64_000), road.target), tools, Settings(), tell)

    def last(self) -> Outcome:
        """How the last one ended by now."""
        return [each for each in self.told if isinstance(each, Finished)][-1].outcome

    def close(self) -> None:
        """Give the clipboard back."""
        self.typist.close()


def writes(text: str) -> str:
    """A command that appends ``text`` to the log, and what is typed after it too."""
    return f"printf %s. >>$LOG {text}"
