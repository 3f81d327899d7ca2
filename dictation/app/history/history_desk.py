"""What was said, for the windows and the socket: the last texts, and all that is kept."""

from __future__ import annotations

from collections.abc import Callable

from dictation.app.board import Board, summary
from dictation.app.command_mode.command_desk import CommandDesk
from dictation.app.history.keeping import HistoryKeeper
from dictation.app.settings_in_force import InForce
from dictation.app.take.finisher import Finisher
from dictation.app.take.hands import AGAIN
from dictation.app.take.job import Job, JobQueue
from dictation.app.take.last_text import LastText
from dictation.app.words.teaching import teach
from dictation.core.errors import UsageError
from dictation.core.events import Taught
from dictation.core.types import Finished, Inserted, Outcome, Purpose, heard
from dictation.desktop import choose


class HistoryDesk:
    """Implements ``controls.HistoryControls``."""

    def __init__(
        self, past: HistoryKeeper, finisher: Finisher, jobs: JobQueue, last: LastText, commands: CommandDesk,
        in_force: InForce,
    ) -> None:  # fmt: skip
        """What is done at the cursor is done in the turn of ``jobs``."""
        self._past, self._finisher, self._jobs, self._last = past, finisher, jobs, last
        self._commands, self._in_force = commands, in_force

    @property
    def _board(self) -> Board:
        return self._finisher.board

    def last(self) -> Outcome | None:
        return self._board.last.outcome if self._board.last else None

    def texts(self) -> list[Finished]:
        return self._board.texts

    def insert_last(self) -> Job:
        if not (texts := self._board.texts):
            raise UsageError("no-last-text", "There is no last text", "Dictate something first.")
        last = texts[0]
        text = summary(last.outcome)[1]
        if self._commands.came_from(last.id):
            return self._commands.insert(False) if self._commands.waiting() else self._commands.put_again(text)
        return self._insert(text, heard(last.outcome))

    def undo(self) -> Job:
        return self._jobs.run(self._last.undo)

    def raw(self) -> Job:
        return self._jobs.run(lambda: self._last.raw(self._in_force.now))

    def teach(self) -> Job:
        return self._jobs.run(self.lesson)

    def lesson(self, at_once: bool = False) -> Taught:
        """Learn from what stands selected now, and tell it. Raises UsageError, InsertError, StorageError."""
        placed = next((each.outcome for each in self._board.texts if isinstance(each.outcome, Inserted)), Inserted(""))
        lesson = teach(self._past.learning, placed.text, placed.edits, choose.selected_text(), at_once)
        self._board.tell(lesson)
        return lesson

    def swappable(self) -> bool:
        return self._last.swappable

    def anyway(self) -> Job:
        return self._finisher.anyway()

    def find(self, words: str = "", limit: int = 0, before: int = 0) -> list[dict[str, object]]:
        return [each.as_json() for each in self._past.store.find(words, limit, before)]

    def forget(self, id: int) -> None:
        self._past.forget(id)

    def clear(self) -> int:
        return self._past.clear()

    def retry(self, id: int) -> None:
        self._finisher.recover(self._past.again(id, self._in_force.now), AGAIN)

    def hear_with(self, id: int, model: str, tell: Callable[[str], None]) -> dict[str, object]:
        return self._past.second.ask(self._past.again(id, self._in_force.now), model, tell)

    def drop_hearing(self) -> None:
        self._past.second.drop()

    def amend(self, id: int, text: str, by_hand: bool = True) -> tuple[tuple[str, str], ...]:
        return self._past.amend(id, text, by_hand)

    def insert_again(self, id: int) -> Job:
        said = self._past.store.get(id)
        if not said.text:
            raise UsageError("no-text", "Nothing is known of what was said", "Transcribe it again first.")
        if said.purpose == Purpose.COMMAND.value:
            return self._commands.put_again(said.text)
        return self._insert(said.text)

    def export_history(self, file: str) -> int:
        from dictation.app.verbs.history_verb import export

        return export(self._past.where, file)

    def _insert(self, text: str, heard: str = "") -> Job:
        return self._jobs.run(lambda: self._last.insert(text, self._in_force.now, heard))
