"""What the running app keeps of what was said: texts, and sound if wanted; and the recordings that still wait."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dictation.app.board import MOST_TEXTS, Board, summary
from dictation.app.history.history_entries import entry, offered, secret
from dictation.app.history.late_entries import LateEntries
from dictation.app.history.second_model import SecondModel
from dictation.app.take.take import Take
from dictation.app.words.learning import Learning, Pair, heard_first
from dictation.core.errors import DictationError, UsageError
from dictation.core.said import HistoryEntry
from dictation.core.settings import Settings
from dictation.core.types import Dropped, Event, Failed, Finished, Inserted, Proposed, Purpose, Silent
from dictation.desktop.store import history_audio
from dictation.desktop.store.folders import Places
from dictation.desktop.store.history_store import SqliteHistory
from dictation.desktop.store.spool import SpoolFile
from dictation.engines.models.catalog import NO_MODEL

DAY = 86_400.0


class HistoryKeeper:
    """Asked by the finisher what to keep; may be read by any thread."""

    def __init__(self, where: Places, tell: Callable[[DictationError], None]) -> None:
        """``tell`` hears of trouble with the file, once until it works again. Opens nothing yet."""
        self.where, self._tell = where, tell
        self._sounds = where.history_audio
        self.store = SqliteHistory(where.history, tell)
        self._waiting: dict[str, Take] = {}
        self._modelless: list[Take] = []
        self._proposed: dict[int, HistoryEntry] = {}
        self.second = SecondModel(where)
        self.learning = Learning(where.glossary)
        self._troubled, self._saying = False, threading.Lock()
        self._late = LateEntries(self._write, self._say)
        self._pruned: float | None = None

    def begin(self, settings: Settings, board: Board) -> None:
        """Look after the file, in the background: damage, what is too old, sound without an entry."""
        board.listen(self.hear)
        threading.Thread(target=self._look_back, args=(settings, board), name="history", daemon=True).start()

    def close(self) -> None:
        """Let go of the file, and of a recording that another model hears just now.

        What is not in the file is written now, or else its recording is.
        """
        self.second.close()
        for take in [*self._waiting.values(), *self._late.close()]:
            take.spooled.rescue()
        self.store.close()

    def keep(self, take: Take) -> bool:
        """See ``finisher.Keeping``. Within a job."""
        finished = take.finished
        assert finished is not None
        outcome, recording = finished.outcome, take.spooled.name
        waited = self._waiting.pop(recording, None)
        for each in self._waiting.values():
            each.spooled.rescue()  # there may be room by now
        if isinstance(outcome, Silent | Dropped):
            if waited:
                self.drop(take)  # nothing was said, as is known now
            return True
        if secret(outcome) or self._deleted(take):
            return True
        said = entry(take, finished)
        if not said.text:
            if not isinstance(outcome, Failed) or offered(outcome) or self._knows(recording):
                return True  # it was a key or "scratch that"; or transcribing again failed: what is known stays
            self._await(take, outcome)
        if isinstance(outcome, Proposed):
            self._proposed = {take.id: said}
        safe = self._put(said, take)
        return bool(said.text) and (safe or isinstance(outcome, Inserted))

    def _await(self, take: Take, outcome: Failed) -> None:
        """The words of a failure before they were known are only in the recording."""
        self._waiting[take.spooled.name] = take
        if outcome.error.code == NO_MODEL:
            self._modelless.append(take)

    def _deleted(self, take: Take) -> bool:
        """Whether the user has deleted, meanwhile, the entry that ``take`` was to transcribe again."""
        return take.of_entry and take.settings.history.keep and not self._there(take.spooled.name)

    def _put(self, said: HistoryEntry, take: Take) -> bool:
        """Write the entry down as the settings wish; whether its words are safe, or are not to be kept."""
        wishes = take.settings.history
        if self._due():  # behind the scenes, for the file may be in use
            threading.Thread(target=self._tidy, args=(take.settings,), name="history-tidy", daemon=True).start()
        return not wishes.keep or self._add(said, take, bool(wishes.audio and said.text))

    def modelless(self) -> list[Take]:
        """The recordings that wait for a model, as ones to carry now that it has come; each is given once.

        What was asked of the shell then is only written down: its prompt is gone.
        """
        waiting, self._modelless = self._modelless, []
        return [
            _of_entry(Take(Purpose.DICTATE, each.settings, each.spooled))
            for each in waiting
            if each.spooled.name in self._waiting
        ]

    def hear(self, event: Event) -> None:
        """A command that waited was put in, or became another one."""
        said = self._proposed.get(event.id) if isinstance(event, Finished) else None
        if said is None or not isinstance(event, Finished) or not isinstance(event.outcome, Inserted | Proposed):
            return
        name, text, reason = summary(event.outcome)
        with contextlib.suppress(DictationError):
            if self.store.of(said.recording):  # or else it was not to be kept, or was deleted meanwhile
                self.store.add(replace(said, outcome=name, text=text, reason=reason))

    def forget(self, id: int) -> None:
        """Delete an entry and its recording. Raises UsageError, StorageError."""
        said = self.store.get(id)
        self._late.forget(said.recording)
        self.store.forget(id)
        if waiting := self._waiting.pop(said.recording, None):
            waiting.spooled.done()

    def drop(self, take: Take) -> None:
        """Delete what was kept of a recording, if anything was. Never raises."""
        self._late.forget(take.spooled.name)
        with contextlib.suppress(DictationError):
            if known := self.store.of(take.spooled.name):
                self.store.forget(known.id)

    def clear(self) -> int:
        """Delete all entries and their recordings; how many. Raises StorageError."""
        self._late.clear()
        gone = self.store.clear()
        for name in list(self._waiting):
            self._waiting.pop(name).spooled.done()
        return gone

    def unfinished(self, leftovers: Iterable[SpoolFile]) -> list[SpoolFile]:
        """Recordings of an app that died whose words are not known yet; the others are deleted."""
        left = []
        for each in leftovers:
            if self._knows(each.name):
                each.done()
            else:
                left.append(each)
        return left

    def again(self, id: int, settings: Settings) -> Take:
        """A recording of entry ``id`` to be transcribed once more. Raises UsageError, StorageError."""
        said = self.store.get(id)
        if waiting := self._waiting.get(said.recording):
            return _of_entry(Take(waiting.purpose, settings, waiting.spooled))
        if not said.audio:
            raise UsageError(
                "no-recording",
                "The sound of this was not kept",
                "Switch history.audio on to be able to transcribe again.",
            )
        spooled = SpoolFile(Purpose(said.purpose), datetime.fromtimestamp(said.at, UTC), name=said.recording)
        spooled.append(history_audio.read(Path(said.audio)))
        return _of_entry(Take(spooled.purpose, settings, spooled))

    def amend(self, id: int, text: str, by_hand: bool) -> tuple[Pair, ...]:
        """Keep ``text`` as that of entry ``id``, which the user made ``by_hand`` of the one before.

        Gives what was corrected so for the second time, and may be learnt: what is heard, and what it should become.
        Raises UsageError, StorageError.
        """
        said = self.store.get(id)
        if not text.strip():
            raise UsageError("no-text", "A text without words cannot be kept", "Delete the entry instead.")
        if text == said.text:
            return ()
        self.store.amend(id, text)
        if not by_hand or said.purpose != Purpose.DICTATE.value:
            return ()
        return heard_first(self.learning.corrected(said.text, text), said.edits)

    def _there(self, recording: str) -> bool:
        """Whether there is an entry of it, or that cannot be known now."""
        try:
            return self._late.has(recording) or self.store.of(recording) is not None
        except DictationError:
            return True

    def _knows(self, recording: str) -> bool:
        """Whether the words of a recording are in the file."""
        with contextlib.suppress(DictationError):
            known = self.store.of(recording)
            return known is not None and bool(known.text)
        return False

    def _add(self, said: HistoryEntry, take: Take, sound: bool) -> bool:
        """Whether it is in the file now, with its ``sound`` if that is wanted; else it is written behind the scenes.

        A file that somebody holds locked holds up one text for a moment, and those after it not at all."""
        if not self._late:
            try:
                self._write(said, take, sound)
                return True
            except DictationError as error:
                self._say(error)
        self._late.add(said, take, sound)
        return False

    def _write(self, said: HistoryEntry, take: Take, sound: bool) -> None:
        if sound and (samples := take.spooled.samples()):
            said = replace(said, audio=str(history_audio.write(self._sounds, said.recording, samples)))
        self.store.add(said)
        self._troubled = False

    def _look_back(self, settings: Settings, board: Board) -> None:
        """Tidy up, and have the texts of an earlier run at hand; not its commands, which were made for one prompt."""
        self._due()
        self._tidy(settings, first=True)
        with contextlib.suppress(DictationError):
            known = [each for each in self.store.find(limit=MOST_TEXTS) if each.text and each.purpose == "dictate"]
            board.recall([Finished(0, Inserted(each.text, each.heard)) for each in known])

    def _due(self) -> bool:
        """Once a day: by the monotonic clock, so that a jump of the other one does nothing by itself."""
        now = time.monotonic()
        if self._pruned is not None and now - self._pruned < DAY:
            return False
        self._pruned = now
        return True

    def _tidy(self, settings: Settings, first: bool = False) -> None:
        try:
            if first:
                self.store.check()
            if settings.history.days:
                self.store.prune(time.time() - settings.history.days * DAY)
            history_audio.sweep(self._sounds, self.store.column("audio"))
        except DictationError as error:
            self._say(error)

    def _say(self, error: DictationError) -> None:
        """Once, and not for every utterance."""
        with self._saying:
            known, self._troubled = self._troubled, True
        if not known:
            self._tell(error)


def _of_entry(take: Take) -> Take:
    take.of_entry = True
    return take
