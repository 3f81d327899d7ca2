"""An utterance and all that is known of it, from the key going down to what became of it."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from dictation.app.take.hands import Hands
from dictation.core.errors import DictationError
from dictation.core.ports import Commander
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE, Ahead, Edit, Finished, Purpose, Shown, Target, Transcript
from dictation.desktop.store.spool import SpoolFile


class Reply(Protocol):
    """Who asked for an utterance and gets its answer, where that is not the window with the cursor."""

    def begun(self, take: Take) -> None:
        """``take`` is the utterance that was asked for. From the recorder's thread; returns at once."""

    def refused(self, error: DictationError) -> None:
        """It cannot be recorded now, since another one is. From the recorder's thread; returns at once."""


@dataclass(frozen=True, slots=True)
class Route:
    """What the recording of a command needs: where it goes, what puts it there, what makes it."""

    target: Target
    hands: Hands
    commander: Commander


@dataclass(slots=True)
class EarlyText:
    """What was put in while the key was still down: the first ``count`` of the chunks ``heard`` stand as ``text``."""

    heard: list[Transcript] = field(default_factory=list)
    count: int = 0
    text: str = ""
    edits: list[Edit] = field(default_factory=list)
    gap: str = ""
    """The space before it."""
    over: bool = False
    """No more is put in early: the rest waits for the end."""

    def shown(self) -> Shown:
        """The same as the pipeline takes it."""
        return Shown(self.count, self.text, tuple(self.edits), self.gap)


@dataclass(slots=True, eq=False)
class Take:
    """One utterance. It is made at key-down and handed on: recorder, decode-ahead, finisher, history.

    Each field is written by one of them alone. ``id`` counts from 1 for each run of the app; it is 0 for a recording
    of an app that died, or one that is heard again, whose text is only offered.
    """

    purpose: Purpose
    settings: Settings
    """What was in force at key-down for the program with the cursor; other settings count for the next utterance."""
    spooled: SpoolFile
    id: int = 0
    target: Target = NOWHERE
    """The window that had the cursor at key-down."""
    reply: Reply | None = None
    of_entry: bool = field(default=False, init=False)
    """There is an entry of the history about it already: without that it is deleted, and stays so."""
    ended: float | None = field(default=None, init=False)
    """When the key came up, in monotonic seconds; None while it is being recorded."""
    trouble: DictationError | None = field(default=None, init=False)
    """What broke the recording off."""
    cancelled: bool = field(default=False, init=False)
    """The user does not want it any more."""
    given_up: bool = field(default=False, init=False)
    """The job that carried it hung: what that still does is nobody's."""
    parked: bool = field(default=False, init=False)
    """The user wants its words kept, and not at the cursor."""
    decoded: Future[Ahead] | None = field(default=None, init=False)
    """What was decoded while the key was down; None where nothing is decoded ahead."""
    secret: bool | None = field(default=None, init=False)
    """Whether the cursor is where a password is asked for; None until somebody has looked."""
    early: EarlyText = field(default_factory=EarlyText, init=False)
    route: Route | None = field(default=None, init=False)
    """How it becomes a command; None for dictation, and until it is recorded."""
    finished: Finished | None = field(default=None, init=False)
    """What became of it; None while that is not known."""

    @property
    def open(self) -> bool:
        """Whether it is being recorded, or still thought about."""
        return self.finished is None and not self.cancelled

    def known(self) -> Ahead:
        """What is decoded of it. Waits for a decode under way. A second call gets nothing: the first has used it."""
        decoded, self.decoded = self.decoded, None
        return decoded.result() if decoded else Ahead()
