"""Command mode in the running app: what a recording becomes, the command that waits for the user, and its end."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from dictation.app.board import Board
from dictation.app.command_mode.asking import asking
from dictation.app.command_mode.commander import CommandMaker
from dictation.app.command_mode.request import ForShell, Line, Request, ShellTypist, line, unfit
from dictation.app.take.hands import Hands
from dictation.app.take.take import Route, Take
from dictation.app.words.endpoint import Switchboard
from dictation.core.commands import Command
from dictation.core.errors import CommandError, DictationError, InsertError
from dictation.core.ports import Commander
from dictation.core.settings import Settings
from dictation.core.types import Dropped, Finished, Inserted, Outcome, Paste, Proposed, Purpose, Target
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


def maker(where: Places, board: Switchboard, warn: Callable[[CommandError], None]) -> Callable[[Settings], Commander]:
    """What makes commands under given settings: snippets, spelled-out words and phrases first, then a model.

    ``warn`` hears once of each snippet that cannot be used.
    """
    told: set[str] = set()

    def tell(error: CommandError) -> None:
        if error.message not in told:
            told.add(error.message)
            warn(error)

    def make(settings: Settings) -> Commander:
        asker = partial(asking, board=board)
        return CommandMaker(lambda: settings, where.snippets, whereabouts.describe, asker, warn=tell)

    return make


@dataclass(frozen=True, slots=True)
class Waiting:
    """A command that is shown. ``since`` is in monotonic seconds."""

    id: int
    proposed: Proposed
    request: Request
    since: float = field(default_factory=time.monotonic)


class WaitingCommands:
    """May be asked from any thread; what takes time is done as a job."""

    def __init__(self, hands: Hands, make: Callable[[Settings], Commander], board: Board) -> None:
        """``make`` gives what makes commands under these settings."""
        self._hands, self._make, self._board = hands, make, board
        self._prompts: Prompts = choose.prompts()
        self._waiting: Waiting | None = None
        self._line: Line = lambda _target, _prompt: ""
        self.newest = -1
        """The number of the utterance that the last command came from."""

    def judge_lines(self, touched: Callable[[Target, float], bool], quiet: Callable[[float], bool]) -> None:
        """From now on a command goes in by itself only where the line is known to be empty; see ``request.line``."""
        self._line = line(touched, quiet)

    @property
    def waiting(self) -> Waiting | None:
        """The command that waits for the user."""
        return self._waiting

    def route(self, take: Take) -> Route | None:
        """What ``take`` needs to become a command; None for dictation."""
        if take.purpose is not Purpose.COMMAND:
            return None
        make = self._make(take.settings)
        if isinstance(take.reply, ForShell):
            # It was asked for by a key in the shell: the answer goes back there.
            take.reply.make = make
            return Route(take.reply.target, Hands(ShellTypist(), NoFocus(), late=self._hands.late), take.reply)
        waiting, target, before = self._waiting, take.target, ""
        if waiting and time.monotonic() - waiting.since < REVISE_SECONDS:
            if target.pid == os.getpid():
                target = waiting.request.target  # the cursor is in our own panel
            if target.window == waiting.request.target.window:
                before = waiting.proposed.command.text
        request = Request(make, target, self._prompts.look, before, line=self._line)
        typist = PromptTypist(self._hands, self._prompts.look, lambda: request.prompt)
        return Route(target, Hands(typist, self._hands.focus, late=self._hands.late), request)

    def finished(self, take: Take) -> None:
        """``take``, which was for a command, is finished; told before anybody else hears of it, who may ask at once."""
        request = take.route.commander if take.route else None
        if take.finished and isinstance(request, Request) and not isinstance(request, ForShell):
            self._hear(take.finished, request)

    def warm(self, settings: Settings) -> None:
        """Load what commands are made with, before the first one is asked for. Within a job."""
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
        """Put it at the prompt it was made for, now that the user has said so. Within a job.

        Why it was not put in, which has been told.
        """
        if self._waiting is not waiting:
            return None
        target, command, heard = waiting.request.target, waiting.proposed.command, waiting.proposed.heard
        try:
            text = self._put(command.text, command.shell, target, waiting.request.prompt)
        except DictationError as error:
            self._tell(waiting, Proposed(command, error.message, heard))
            return error
        self._tell(waiting, Inserted(text, heard))
        placed(text, target)
        return None

    def put(self, text: str, placed: Callable[[str, Target], None]) -> None:
        """Put the text of an earlier command where the cursor is now. Within a job; raises DictationError.

        At a prompt it is looked over again: that may be in another place, and the text from anywhere.
        """
        target, prompt = self.look()
        if not target.terminal:
            self._hands.perform((Paste(text),), target)
            placed(text, target)
            return
        if grade(text, prompt.shell or "bash").risk != "safe":
            raise CommandError("not-safe", "This command is not put in twice: it is not safe", "Say it again.")
        placed(self._put(text, prompt.shell or "bash", target, prompt), target)

    def drop(self) -> None:
        """Forget the command that waits, if there is one."""
        if waiting := self._waiting:
            self._tell(waiting, Dropped())

    def again(self, waiting: Waiting) -> None:
        """Another command of the same words. Within a job."""
        request = waiting.request
        self._board.thinking(+1)
        try:
            command = request.compose(request.request, request.language, request.target, other_than=request.offered)
        finally:
            self._board.thinking(-1)
        if self._waiting is waiting:
            why = request.refusal(command, request.target) or "Another one for the same words"
            self._tell(waiting, Proposed(command, why, waiting.proposed.heard))

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
        typist = PromptTypist(self._hands, self._prompts.look, lambda: now, deliberate=True)
        typist.perform((Paste(text),), target)
        return text

    def _wait_for(self, target: Target) -> None:
        """Until the cursor is back in ``target``. It is taken there from a window of ours, never from another's."""
        focus, end = self._hands.focus, time.monotonic() + BACK_SECONDS
        if not focus.same(target) and focus.current().pid in (os.getpid(), None):
            self._hands.activate(target)
        while not focus.same(target):
            if time.monotonic() > end:
                raise InsertError("other-window", "Another window has the cursor now", "Go back to the terminal.")
            time.sleep(POLL_SECONDS)

    def _tell(self, waiting: Waiting, outcome: Outcome) -> None:
        finished = Finished(waiting.id, outcome)
        self._hear(finished, waiting.request)
        self._board.tell(finished)

    def _hear(self, event: Finished, request: Request) -> None:
        if isinstance(event.outcome, Proposed):
            self.newest = event.id
            self._waiting = Waiting(event.id, event.outcome, request)
        elif isinstance(event.outcome, Inserted):
            self.newest = event.id
            self._waiting = None
        elif self._waiting and self._waiting.id == event.id:
            self._waiting = None
