"""Makes commands for the running app: what is known without a model first, then the model, if there is one to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from dictation.core.commands import Command
from dictation.core.errors import CommandError
from dictation.core.settings import Settings
from dictation.core.types import Target
from dictation.shell.command_context import Context
from dictation.shell.compose import compose
from dictation.shell.snippets import Snippet, readable


class Ask(Protocol):
    """Makes a command of a request with a language model."""

    def __call__(
        self, request: str, language: str, context: Context, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        """One command, graded; or a question, with an empty text. Raises CommandError. Arguments as ``Commander``'s."""


Asker = Callable[[Settings], Ask | None]
"""Who makes commands of what is not known here; None where no model may be asked. Raises CommandError."""


def _nobody(_: Settings) -> Ask | None:
    return None


def _unheard(_: CommandError) -> None:
    return None


def _never(_: Command, __: Target) -> str:
    return "Nothing is known of the prompt"


class CommandMaker:
    """Implements ``ports.Commander``. May be asked from any thread."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        snippets: Path,
        describe: Callable[[Target], Context],
        asker: Asker = _nobody,
        refusal: Callable[[Command, Target], str] = _never,
        warn: Callable[[CommandError], None] = _unheard,
    ) -> None:
        """``describe`` tells where a target is; ``refusal`` why a command may not be put in there at once.

        ``warn`` hears what is wrong with the user's snippets, each fault once; the others and all else still work.
        """
        self._settings, self._snippets = settings, snippets
        self._describe, self._asker, self._refusal = describe, asker, refusal
        self._warn, self._warned = warn, set[str]()

    def compose(
        self, request: str, language: str, target: Target, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        """See ``ports.Commander``. Words that revise a command are the model's where there is one."""
        return self.compose_in(request, language, self._describe(target), before, other_than)

    def compose_in(
        self, request: str, language: str, context: Context, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        """The same where the context is known. Raises CommandError."""
        if not request.strip():
            raise CommandError("no-request", "There are no words to make a command of", "Say what you want done.")
        steps = [self._online, self._offline] if before else [self._offline, self._online]
        for step in steps:
            command = step(request, language, context, before, other_than)
            if command is not None and command.text not in other_than:
                return command
        remedy = "Say it in other words, spell the command out, or set a language model in the settings."
        raise CommandError("no-command", f"No command is known for {request.strip()[:80]!r}", remedy)

    def refusal(self, command: Command, target: Target) -> str:
        """See ``ports.Commander``."""
        return self._refusal(command, target)

    def _offline(
        self, request: str, language: str, context: Context, before: str, other_than: Sequence[str]
    ) -> Command | None:
        snippets, wrong = load(self._snippets)
        for error in wrong:
            if error.message not in self._warned:
                self._warned.add(error.message)
                self._warn(error)
        return compose(request, context, snippets)

    def _online(
        self, request: str, language: str, context: Context, before: str, other_than: Sequence[str]
    ) -> Command | None:
        ask = self._asker(self._settings())
        return ask(request, language, context, before, other_than) if ask else None


def load(path: Path) -> tuple[tuple[Snippet, ...], tuple[CommandError, ...]]:
    """The user's snippets in ``path``, read anew each time, and what is wrong there; none without the file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return (), ()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        return (), (CommandError("snippets-unreadable", message, "Mend it or move it away."),)
    return readable(text, str(path))
