"""One request for a command: made into a command, looked over, and told from what may be put in at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dictation.app.take.take import Take
from dictation.core.commands import Command
from dictation.core.errors import CommandError, DictationError
from dictation.core.ports import Commander
from dictation.core.types import Move, Target
from dictation.desktop.nothing import NoTypist
from dictation.desktop.prompt.shell_prompt import NO_TERMINAL, Prompt
from dictation.desktop.typing.typist_prompt import obstacle, settled
from dictation.shell.guard.characters import fit

Line = Callable[[Target, Prompt], str]
"""Why the line at a prompt may not be empty (a sentence); empty where it is known that nothing stands there."""


def line(touched: Callable[[Target, float], bool], quiet: Callable[[float], bool]) -> Line:
    """What judges the line by what we put there ourselves (``touched``) and by the keys that were heard (``quiet``)."""

    def judge(target: Target, prompt: Prompt) -> str:
        if prompt.since is None:
            return "Whether something stands at the prompt is not known here"
        if touched(target, prompt.since):
            return "A text of yours may stand at the prompt already"
        return "" if quiet(prompt.since) else "Something may stand at the prompt already"

    return judge


@dataclass(slots=True)
class Request(Commander):
    """How one request becomes a command at its prompt: the ``Commander`` of one utterance."""

    make: Commander
    target: Target
    look: Callable[[Target], Prompt]
    before: str = ""
    request: str = ""
    language: str = ""
    prompt: Prompt = NO_TERMINAL
    command: Command | None = None
    line: Line = lambda _target, _prompt: ""
    offered: tuple[str, ...] = ()

    def compose(
        self, request: str, language: str, target: Target, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        """See ``Commander.compose``. What is in front is noted now: the model may take its time."""
        self.request, self.language = request, language
        self.prompt = settled(self.look, target)
        self.command = self.make.compose(request, language, target, before or self.before, other_than)
        self.offered += (self.command.text,)
        return self.command

    def refusal(self, command: Command, target: Target) -> str:
        """See ``Commander.refusal``."""
        if why := unfit(command):
            return why
        if self.before:
            return "It was changed; look at it"
        now = settled(self.look, target)
        if why := obstacle(now):
            return why
        if not now.same(self.prompt) or (target.tty and not now.pane and now.tty != target.tty):
            return "Another prompt is in front now"
        if now.shell not in (None, command.shell):
            return f"It was made for {command.shell}, not for {now.shell}"
        return self.line(target, now)


def _nobody_to_tell(_: DictationError) -> None:
    """Nobody waits."""


@dataclass(slots=True)
class ForShell(Request):
    """A request whose answer goes back to a shell: there the user is asked before a risky one is taken.

    It is the ``Reply`` of its utterance: it knows it from key-down on, so that no other can take its place.
    """

    take: Take | None = None
    """The utterance; None until it is being recorded."""
    tell: Callable[[DictationError], None] = _nobody_to_tell
    left: Callable[[], None] | None = None

    def begun(self, take: Take) -> None:
        """See ``take.Reply``."""
        self.take = take
        if self.left:
            self.left()

    def leave(self, cancel: Callable[[], None]) -> None:
        """The shell went away: ``cancel`` its recording, also one that is only about to begin."""
        self.left = cancel
        if self.take and self.take.ended is None:
            cancel()

    def refused(self, error: DictationError) -> None:
        """See ``take.Reply``."""
        self.tell(error)

    def refusal(self, command: Command, target: Target) -> str:
        """Only what must never stand at a prompt."""
        return "" if command.text and command.insertable else unfit(command)


class Nobody(Commander):
    """Makes no command: what a request has until its utterance is recorded."""

    def compose(
        self, request: str, language: str, target: Target, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        raise CommandError("no-commands", "Commands cannot be made here", "Dictate instead.")

    def refusal(self, command: Command, target: Target) -> str:
        return ""


class ShellTypist(NoTypist):
    """A typist for a command that goes back to the shell it was asked for in."""

    def __init__(self) -> None:
        super().__init__("it goes back to the shell")

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """The text is in the ``Request`` already."""


def unfit(command: Command) -> str:
    """Why a command may not be put in by itself whatever is in front (a sentence); empty when it may."""
    if not command.text:
        return command.question or "There is no command in it"
    first = command.reasons[0].message.rstrip(".") if command.reasons else ""
    try:
        same = fit(command.text, command.shell) == command.text
    except CommandError as error:
        return error.message
    if not command.insertable or not same:
        return first or "It cannot be put at a prompt as it stands"
    return {"safe": "", "danger": "It is dangerous"}.get(command.risk, "It is to be looked at first")
