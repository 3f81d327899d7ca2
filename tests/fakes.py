"""Stand-ins that several tests share: they keep what they are given, and refuse what the world would punish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from dictation.app.take.decode_ahead import DecodeAhead
from dictation.app.take.take import Take
from dictation.core.errors import InsertError
from dictation.core.settings import Settings
from dictation.core.types import Ahead, Erase, Evidence, Finished, Move, Outcome, Paste, Purpose, Target, Transcript
from dictation.desktop.store.spool import SpoolFile

HERE, THERE = Target(window=1), Target(window=2)


def a_take(id: int = 1, purpose: Purpose = Purpose.DICTATE, **more: Any) -> Take:
    """An utterance; by default recorded in memory, under the usual settings."""
    given: dict[str, Any] = {"settings": Settings(), "spooled": SpoolFile(purpose, datetime.now(UTC)), **more}
    return Take(purpose, id=id, **given)


def ended(take: Take, outcome: Outcome, timings: dict[str, float] | None = None) -> Take:
    """``take``, of which this became."""
    take.finished = Finished(take.id, outcome, timings or {})
    return take


class Ear:
    """Hears ``says`` in everything, or fails with ``error``."""

    def __init__(self, says: str = "git status") -> None:
        self.says = says
        self.error: Exception | None = None

    def measure(self, samples: bytes) -> Evidence:
        if self.error:
            raise self.error
        return Evidence(1.0, 0.5, (0.9,) * 31)

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        return Transcript(self.says, "en")


class Paper:
    """A typist: what stands before the cursor is ``text``, and all that it was given ``moves``."""

    def __init__(self) -> None:
        self.text, self.error, self.closed = "", InsertError("x", "y", "z"), False
        self.moves: list[Move] = []
        self.refuses, self.is_free = False, True

    def free(self) -> bool:
        return self.is_free

    def prepare(self) -> None: ...

    def close(self) -> None:
        self.closed = True

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        if self.refuses:
            raise self.error
        self.moves += moves
        for move in moves:
            match move:
                case Paste(text=text):
                    self.text += text
                case Erase(count=count):
                    assert count <= len(self.text), "took back what was not there"
                    self.text = self.text[:-count]
                case _:
                    raise AssertionError(move)


class Window:
    """A focus: the window with the cursor is ``focused``."""

    def __init__(self, focused: Target = HERE) -> None:
        self.focused = focused

    def current(self) -> Target:
        return self.focused

    def same(self, target: Target) -> bool:
        return target == self.focused


class Keeps:
    """A history: keeps what had words, in ``kept``; what was to be deleted is in ``dropped``."""

    def __init__(self) -> None:
        self.kept: list[Take] = []
        self.dropped: list[Take] = []

    def keep(self, take: Take) -> bool:
        self.kept.append(take)
        return bool(take.finished and getattr(take.finished.outcome, "text", ""))

    def drop(self, take: Take) -> None:
        self.dropped.append(take)


class NoCommands:
    """Makes a command of nothing."""

    def route(self, take: Take) -> None:
        return None

    def finished(self, take: Take) -> None: ...


class Numbered:
    """Decodes ahead for utterances that are known by a number."""

    def __init__(self, engine: Callable[[Settings], Any], **more: Any) -> None:
        self.decode_ahead = DecodeAhead(engine, **more)
        self.takes: dict[int, Take] = {}

    def begin(self, id: int, settings: Settings, still: Callable[[], None] = lambda: None) -> None:
        self.takes[id] = a_take(id, settings=settings)
        self.decode_ahead.begin(self.takes[id], still)

    def feed(self, id: int, samples: bytes) -> None:
        self.decode_ahead.feed(self.takes[id], samples)

    def key(self, id: int, down: bool) -> None:
        self.decode_ahead.key(self.takes[id], down)

    def end(self, id: int) -> None:
        self.decode_ahead.end(self.takes[id])

    def drop(self, id: int) -> None:
        self.takes[id].cancelled = True
        self.decode_ahead.drop(self.takes[id])

    def known(self, id: int) -> Ahead:
        return self.takes[id].known()
