"""The command that waits for the user, and the user's own commands, for the windows and the socket."""

from __future__ import annotations

from pathlib import Path

from dictation.app.command_mode.waiting import WaitingCommands
from dictation.app.take.job import Job, JobQueue
from dictation.app.take.last_text import LastText
from dictation.core.commands import Command
from dictation.core.errors import StorageError
from dictation.core.settings import Settings
from dictation.core.types import Proposed
from dictation.desktop.store.folders import write_whole


class CommandDesk:
    """Implements ``controls.CommandControls``."""

    def __init__(self, commands: WaitingCommands, jobs: JobQueue, last: LastText, snippets: Path) -> None:
        """What is done at the cursor is done in the turn of ``jobs``; ``last`` hears of it."""
        self._commands, self._jobs, self._last, self._snippets = commands, jobs, last, snippets

    def waiting(self) -> Proposed | None:
        found = self._commands.waiting
        return found.proposed if found else None

    def insert(self, confirmed: bool) -> Job:
        found = self._commands.check(confirmed)
        return self._jobs.run(lambda: self._commands.insert(found, self._last.place))

    def drop(self) -> None:
        self._commands.drop()

    def again(self) -> None:
        found = self._commands.some()
        self._jobs.run(lambda: self._commands.again(found))

    def came_from(self, id: int) -> bool:
        """Whether the last command came from utterance ``id`` of this run."""
        return bool(id) and id == self._commands.newest

    def put_again(self, text: str) -> Job:
        """Put the text of an earlier command where the cursor is, where it may stand."""
        return self._jobs.run(lambda: self._commands.put(text, self._last.place))

    def try_request(self, words: str) -> Command:
        from dictation.app.command_mode.commander import CommandMaker
        from dictation.app.verbs.command_verb import context

        settings = Settings()  # they say whom to ask, and here nobody is asked
        maker = CommandMaker(lambda: settings, self._snippets, lambda _: context(None, "~"))
        return maker.compose_in(words, "", context(None, "~"))

    def snippets(self) -> str:
        try:
            return self._snippets.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            what = f"{self._snippets} cannot be read: {error}"
            raise StorageError("snippets", what, "Make it readable text in UTF-8.") from error

    def keep_snippets(self, text: str) -> None:
        from dictation.shell.snippets import read

        read(text, self._snippets.name)
        write_whole(self._snippets, text)
