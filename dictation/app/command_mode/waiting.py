"""Command mode in the running app: what a recording becomes, the command that waits for the user, and its end."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from dictation.app.board import Board
from dictation.app.command_mode.asking import asking
from dictation.app.command_mode.commander import Commander as Composer
from dictation.app.command_mode.request import Catcher, ForShell, Line, Nobody, Way, line, unfit
from dictation.app.take.finisher import Hands, Road, Worker
from dictation.app.take.job import Job
from dictation.app.take.recorder import Take
from dictation.app.words.endpoint import Switchboard
from dictation.core.commands import Command
from dictation.core.errors import CommandError, DictationError, InsertError
from dictation.core.ports import Commander
from dictation.core.settings import Settings
from dictation.core.types import Dropped, Event, Finished, Inserted, Paste, Proposed, Purpose, Target
from dictation.desktop import choose
from dictation.desktop.nothing import NoFocus
from dictation.desktop.prompt import whereabouts
from dictation.desktop.prompt.shell_prompt import Prompt, Prompts
from dictation.desktop.store.folders import Places
from dictation.desktop.typing.typist_prompt import PromptTypist, settled
from dictation.shell.guard.characters import fit
from dictation.shell.guard.grade import grade

REVISE_SECONDS = 120.0
"""So long after a command was shown, words said with the command key revise it. Later they are a new request."""

BACK_SECONDS = 2.0
"""So long the window of the command may take to get the cursor back from ours."""

POLL_SECONDS = 0.02


def maker(where: Places, board: Switchboard) -> Callable[[Settings], Commander]:
    """What makes commands under given settings: snippets, spelled-out words and phrases first, then a model."""

    def make(settings: Settings) -> Commander:
        return Composer(lambda: settings, where.snippets, whereabouts.describe, lambda these: asking(these, board))

    return make


@dataclass(frozen=True, slots=True)
class Waiting:
    """A command that is shown. ``since`` is in monotonic seconds."""

    id: int
    proposed: Proposed
    way: Way
    since: float = field(default_factory=time.monotonic)


class Commands:
    """May be asked from any thread; what takes time is done on the worker's."""

    def __init__(self, hands: Hands, make: Callable[[Settings], Commander], board: Board) -> None:
        """``make`` gives what makes commands under these settings."""
        self._hands, self._make, self._board = hands, make, board
        self._prompts: Prompts = choose.prompts()
        self._way: tuple[int, Way] | None = None
        self._caller: Way | None = None
        self._waiting: Waiting | None = None
        self._line: Line = lambda _target, _prompt: ""
        self.newest = -1
        """The number of the utterance that the last command came from."""
        # First of all who listen: whoever hears of a command may ask for it at once.
        board.listen(self._hear)

    def judge_lines(self, touched: Callable[[Target, float], bool], quiet: Callable[[float], bool]) -> None:
        """From now on a command goes in by itself only where the line is known to be empty; see ``request.line``."""
        self._line = line(touched, quiet)

    @property
    def waiting(self) -> Waiting | None:
        """The command that waits for the user."""
        return self._waiting

    def road(self, take: Take) -> Road | None:
        """What ``take`` needs to become a command; None for dictation."""
        if take.purpose is not Purpose.COMMAND:
            return None
        make = self._make(take.settings)
        if caller := self._caller:
            # It was asked for by a key in the shell: the answer goes back there.
            self._caller, caller.make, caller.id = None, make, take.id
            self._way = (take.id, caller)
            return Road(caller.target, Hands(Catcher(), NoFocus()), caller)
        waiting, target, before = self._waiting, take.target, ""
        if waiting and time.monotonic() - waiting.since < REVISE_SECONDS:
            if target.pid == os.getpid():
                target = waiting.way.target  # the cursor is in our own panel
            if target.window == waiting.way.target.window:
                before = waiting.proposed.command.text
        way = Way(make, target, self._prompts.look, before, line=self._line)
        self._way = (take.id, way)
        typist = PromptTypist(self._hands.typist, self._prompts.look, lambda: way.prompt)
        return Road(target, Hands(typist, self._hands.focus), way)

    def expect(self, target: Target) -> Way:
        """The next utterance for a command is asked for by a key in the shell ``target``; its way, for the answer."""
        way = self._caller = ForShell(Nobody(), target, lambda _: Prompt("prompt"))
        return way

    def forget(self, way: Way) -> None:
        """That shell does not wait any more."""
        if self._caller is way:
            self._caller = None

    def warm(self, settings: Settings) -> None:
        """Load what commands are made with, before the first one is asked for. On the worker's thread."""
        with contextlib.suppress(CommandError):
            # Known here, so that no model is asked: one that is spelled out, and a phrase.
            for words in ("git status", "show the last ten commits"):
                self.compose(words, "en", Target(terminal=True, shell="bash"), settings)

    def compose(self, request: str, language: str, target: Target, settings: Settings) -> Command:
        """A command for a request in writing. Blocks; raises CommandError."""
        return self._make(settings).compose(request, language, target)

    def look(self) -> tuple[Target, Prompt]:
        """The window with the cursor, and what it waits for."""
        target = self._hands.focus.current()
        return target, self._prompts.look(target)

    def check(self, confirmed: bool) -> Waiting:
        """The command that waits, if it may be put in. Raises CommandError."""
        waiting = self.some()
        command = waiting.proposed.command
        if not command.text or not command.insertable:
            raise CommandError("not-insertable", unfit(command) or "There is nothing to put in", "Say it again.")
        if command.risk == "danger" and not confirmed:
            raise CommandError("not-confirmed", unfit(command), "Confirm it with a second key.")
        return waiting

    def some(self) -> Waiting:
        """The command that waits. Raises CommandError when there is none."""
        if self._waiting is None:
            raise CommandError("no-command", "No command waits", "Hold the command key and say what you want done.")
        return self._waiting

    def insert(self, waiting: Waiting, placed: Callable[[str, Target], None]) -> DictationError | None:
        """Put it at the prompt it was made for, now that the user has said so. On the worker's thread.

        Why it was not put in, which has been told.
        """
        if self._waiting is not waiting:
            return None
        target, command, heard = waiting.way.target, waiting.proposed.command, waiting.proposed.heard
        try:
            text = self._put(command.text, command.shell, target, waiting.way.prompt)
        except DictationError as error:
            self._board.tell(Finished(waiting.id, Proposed(command, error.message, heard)))
            return error
        self._board.tell(Finished(waiting.id, Inserted(text, heard)))
        placed(text, target)
        return None

    def put(self, text: str, placed: Callable[[str, Target], None]) -> None:
        """Put the text of an earlier command where the cursor is now. On the worker's thread; raises DictationError.

        At a prompt it is looked over again: that may be in another place, and the text from anywhere.
        """
        target, prompt = self.look()
        if not target.terminal:
            self._hands.typist.perform((Paste(text),), target)
            placed(text, target)
            return
        if grade(text, prompt.shell or "bash").risk != "safe":
            raise CommandError("not-safe", "This command is not put in twice: it is not safe", "Say it again.")
        placed(self._put(text, prompt.shell or "bash", target, prompt), target)

    def again(self, waiting: Waiting) -> None:
        """Another command of the same words. On the worker's thread."""
        way = waiting.way
        self._board.thinking(+1)
        try:
            command = way.compose(way.request, way.language, way.target, other_than=way.offered)
        finally:
            self._board.thinking(-1)
        if self._waiting is waiting:
            why = way.refusal(command, way.target) or "Another one for the same words"
            self._board.tell(Finished(waiting.id, Proposed(command, why, waiting.proposed.heard)))

    def _put(self, text: str, shell: str, target: Target, expected: Prompt) -> str:
        if not target.terminal:
            raise InsertError("no-terminal", "No terminal was in front", "Copy the command.")
        text = fit(text, shell)
        self._wait_for(target)
        now = settled(self._prompts.look, target)
        if expected.state == "prompt" and not now.same(expected):
            raise InsertError("other-prompt", now.why or "Another prompt is in front now", "Copy the command.")
        if now.shell not in (None, shell):
            raise InsertError("other-shell", f"It was made for {shell}, not for {now.shell}", "Say it again there.")
        typist = PromptTypist(self._hands.typist, self._prompts.look, lambda: now, deliberate=True)
        typist.perform((Paste(text),), target)
        return text

    def _wait_for(self, target: Target) -> None:
        """Until the cursor is back in ``target``. It is taken there from a window of ours, never from another's."""
        focus, end = self._hands.focus, time.monotonic() + BACK_SECONDS
        if not focus.same(target) and focus.current().pid in (os.getpid(), None):
            choose.activate(focus, target)
        while not focus.same(target):
            if time.monotonic() > end:
                raise InsertError("other-window", "Another window has the cursor now", "Go back to the terminal.")
            time.sleep(POLL_SECONDS)

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Finished):
            return
        way = self._way[1] if self._way and self._way[0] == event.id else None
        if self._waiting and self._waiting.id == event.id:
            way = self._waiting.way
        if way is None or isinstance(way, ForShell):
            return
        if isinstance(event.outcome, Proposed):
            self.newest = event.id
            self._waiting = Waiting(event.id, event.outcome, way)
        elif isinstance(event.outcome, Inserted):
            self.newest = event.id
            self._waiting = None
        elif self._waiting and self._waiting.id == event.id:
            self._waiting = None


class Proposals:
    """The part of ``ports.Controls`` that is about commands; the app adds what it needs for it."""

    _commands: Commands
    _worker: Worker
    board: Board

    def command(self) -> Proposed | None:
        waiting = self._commands.waiting
        return waiting.proposed if waiting else None

    def insert_command(self, confirmed: bool) -> Job:
        waiting = self._commands.check(confirmed)
        return self._worker.run(lambda: self._commands.insert(waiting, self._worker.placed))

    def drop_command(self) -> None:
        if waiting := self._commands.waiting:
            self.board.tell(Finished(waiting.id, Dropped()))

    def again(self) -> None:
        waiting = self._commands.some()
        self._worker.run(lambda: self._commands.again(waiting))

    def put_again(self, text: str) -> Job:
        """Put the text of an earlier command where the cursor is."""
        return self._worker.run(lambda: self._commands.put(text, self._worker.placed))
