"""Answers the key in a shell: a command for a request in writing, or for what is said until another key is pressed."""

from __future__ import annotations

import queue
import re
from collections.abc import Callable, Generator
from typing import Any

from dictation.app.board import Board, summary
from dictation.app.command_mode.request import ForShell, Nobody
from dictation.app.command_mode.waiting import WaitingCommands
from dictation.app.take.take import Reply
from dictation.app.verbs.command_verb import as_json
from dictation.core.controls import CommandControls, KeyControls
from dictation.core.errors import UsageError
from dictation.core.session import Kind
from dictation.core.settings import Settings
from dictation.core.types import Event, Failed, Finished, Notice, Purpose, State, StateChanged, Target
from dictation.desktop.prompt.shell_prompt import Prompt
from dictation.shell.command_context import SHELLS

Message = dict[str, Any]

Start = Callable[[Kind, Purpose, Reply], None]

LONGEST = 4000
"""Characters of a request in writing."""


class ShellKey:
    """The app's side of it. Called from the socket's threads."""

    def __init__(
        self, commands: WaitingCommands, shown: CommandControls, keys: KeyControls, start: Start, board: Board
    ) -> None:
        """``start`` begins an utterance whose answer goes to who asked for it."""
        self._commands, self._shown, self._keys, self._start, self._board = commands, shown, keys, start, board

    def compose(self, request: Message, settings: Settings) -> Message:
        """``{"request", "shell", "cwd"}`` -> ``{"command": ...}``. Raises CommandError, UsageError."""
        words = str(request.get("request") or "").strip()
        if not words or len(words) > LONGEST:
            raise UsageError("bad-request", "There is no request, or a very long one", "Say what should be done.")
        command = self._commands.compose(words, language_of(words), _target(request), settings)
        return {"command": as_json(command)}

    def command(self) -> Message:
        """The command that waits for the user, and why it was not put in; ``{"command": null}`` without one."""
        waiting = self._shown.waiting()
        return {"command": as_json(waiting.command) | {"why": waiting.why} if waiting else None}

    def prompt(self) -> Message:
        """What the terminal in front waits for, and where."""
        target, prompt = self._commands.look()
        shell, cwd = prompt.shell or target.shell, prompt.cwd or target.cwd
        return {
            "app": target.app, "state": prompt.state, "why": prompt.why, "shell": shell, "cwd": cwd,
            "tty": prompt.tty, "pane": prompt.pane, "host": prompt.host, "certain": prompt.certain,
        }  # fmt: skip

    def listen(self, request: Message) -> Generator[Message | None, None, None]:
        """``{"shell", "cwd"}`` -> a line when it listens, one when it thinks, and one with the command.

        The caller ends the recording with ``stop`` or ``cancel``; when it goes away, that is ``cancel`` too.
        """
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        asked = ForShell(Nobody(), _target(request), _at_prompt)
        asked.tell = lambda error: events.put(Notice(error))
        forget = self._board.listen(lambda event: None if isinstance(event, Notice) else events.put(event))
        answer = None
        try:
            self._start(Kind.START, Purpose.COMMAND, asked)
            while answer is None:
                try:
                    event = events.get(timeout=0.5)
                except queue.Empty:
                    yield None
                    continue
                if isinstance(event, Notice):
                    raise event.error
                heard = isinstance(event, StateChanged) and event.state in (State.LISTENING, State.THINKING)
                if asked.take and isinstance(event, StateChanged) and heard:
                    yield {"ok": True, "state": event.state.value}
                answer = _end(event, asked)
            yield answer
        finally:
            forget()
            if answer is None:
                asked.leave(self._keys.cancel)


def _at_prompt(_: Target) -> Prompt:
    """A shell that calls is at its prompt."""
    return Prompt("prompt")


def _end(event: Event, asked: ForShell) -> Message | None:
    """The last answer, if ``event`` is the end of what was said for it."""
    if (take := asked.take) is None:
        return None
    if isinstance(event, Finished) and event.id == take.id:
        outcome, _, reason = summary(event.outcome)
        answer: Message = {"ok": True, "outcome": outcome, "reason": reason}
        if isinstance(event.outcome, Failed):
            answer |= {"error": event.outcome.error.as_json()}
        elif asked.command and outcome in ("inserted", "proposed"):
            answer |= {"command": as_json(asked.command)}
        return answer
    # Thrown away while it was being recorded: of that nothing is told but that it is quiet again.
    quiet = isinstance(event, StateChanged) and event.state in (State.IDLE, State.ERROR)
    return {"ok": True, "outcome": "dropped", "reason": None} if quiet and take.cancelled else None


def language_of(words: str) -> str:
    """zh where there is a Chinese character in it, else en."""
    return "zh" if re.search("[\u3400-\u9fff]", words) else "en"


def _target(request: Message) -> Target:
    shell, cwd = str(request.get("shell") or ""), str(request.get("cwd") or "")
    if shell not in SHELLS or not cwd.startswith("/") or "\0" in cwd:
        raise UsageError("bad-request", "The request names no shell, or no folder", "Use the key that Dictation made.")
    return Target(terminal=True, shell=shell, cwd=cwd)
