"""Finishes utterances: carries each recording along the pipeline, one by one; never touches the microphone."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from dictation.app.board import Board
from dictation.app.take.hands import AGAIN, RECOVERED, Hands, not_taken_back, offering
from dictation.app.take.insert_at_pauses import InsertAtPauses
from dictation.app.take.job import PATIENCE_SECONDS, Job, JobQueue, unexpected
from dictation.app.take.last_text import LastText
from dictation.app.take.take import Route, Take
from dictation.app.words.word_rules import WordRules
from dictation.core.errors import SECRET, DictationError, EngineError, InsertError
from dictation.core.hearing.pipeline import Tools, carry
from dictation.core.ports import Listener, Recogniser, Rewriter
from dictation.core.settings import Settings, in_program
from dictation.core.types import (
    Dropped,
    Event,
    Failed,
    Finished,
    Held,
    Inserted,
    Purpose,
    Silent,
    Target,
    Utterance,
)

YIELD_SECONDS = 0.05
YIELDS = "yields"
"""Code of the error with which a recording that is heard later gives way to one that somebody waits for."""

KEPT_SECONDS = 8.0
"""So long after a text was kept from the cursor by Esc, another Esc throws it away: as long as the pill says so."""


class Routing(Protocol):
    """What knows how the recording of a command is made into one."""

    def route(self, take: Take) -> Route | None:
        """What ``take`` needs for that; None for dictation."""

    def finished(self, take: Take) -> None:
        """``take``, which had a route, is finished."""


class Keeping(Protocol):
    """What is kept of utterances. Neither call raises."""

    def keep(self, take: Take) -> bool:
        """``take`` is finished. Whether its words are safe, or there were none, so that the recording may go."""

    def drop(self, take: Take) -> None:
        """Delete what was kept of it."""


@dataclass(frozen=True, slots=True)
class Means:
    """What makes a text of a recording. ``engines`` raises DictationError; ``get_ready`` is told that one begins."""

    engines: Callable[[Settings], tuple[Listener, Recogniser]]
    words: WordRules
    rewriter: Callable[[Settings], Rewriter | None]
    commands: Routing
    get_ready: Callable[[Settings], object] = lambda _: None


class Finisher:
    """What an utterance becomes; the thread is that of ``jobs``."""

    def __init__(
        self, jobs: JobQueue, board: Board, pauses: InsertAtPauses, means: Means, last: LastText, history: Keeping
    ) -> None:
        """``last`` is told what stands at the cursor now."""
        self._jobs, self.board, self._pauses, self._means = jobs, board, pauses, means
        self._last, self._history = last, history
        self._hands = last.hands
        self._silent: Take | None = None  # its recording is kept until the next one, for "transcribe anyway"
        self._carried = False
        self._kept: tuple[Take, float] | None = None  # by Esc, and until when another Esc throws it away

    def close(self, patience: float = 3.0) -> None:
        """End after the job in hand; what is still waiting stays in the spool for the next start."""
        self._jobs.run(self._forget_silent)
        self._jobs.close(patience)
        self._hands.typist.close()

    def begin(self, take: Take) -> None:
        """See ``recorder.Finishing``."""
        self._hands.typist.prepare()
        with contextlib.suppress(DictationError):  # met again, when there is something to decode
            self._means.engines(take.settings)
        take.target = self._hands.here()
        take.settings = in_program(take.settings, take.target.app)
        self._means.words.look(take.target, take.settings)
        self._means.get_ready(take.settings)

    def held(self, down: bool) -> None:
        """See ``recorder.Finishing``."""
        (self._hands.key.up.clear if down else self._hands.key.up.set)()

    def submit(self, take: Take) -> None:
        """Carry a finished recording. From any thread; returns at once."""
        self.board.thinking(+1)
        self._jobs.run(lambda: self._carry(take), patience=_patience(take), given_up=partial(self._give_up, take))

    def recover(self, take: Take, why: str = RECOVERED) -> None:
        """Carry a recording of an app that died, or one that waited. Its text is kept and offered, never typed."""
        self.board.thinking(+1)
        self._recover_later(take, why, why != AGAIN)

    def _recover_later(self, take: Take, why: str, later: bool = True) -> None:
        self._jobs.run(lambda: self._recover(take, why), later, _patience(take), partial(self._give_up, take))

    def _give_up(self, take: Take, error: DictationError) -> None:
        """What carried ``take`` hangs: it is kept with its recording, and the next one has its turn."""
        if take.finished is not None:
            return
        take.given_up = True
        take.finished = Finished(take.id, Failed(error))
        self._history.keep(take)  # the recording stays as well: who hangs may still read it
        self.board.tell(take.finished)
        self.board.thinking(-1)

    def _recover(self, take: Take, why: str) -> None:
        if why != AGAIN and self._jobs.asked():
            # One who speaks goes first; to look again costs nothing, and something is always told when he is done.
            time.sleep(YIELD_SECONDS)
            self._recover_later(take, why)
            return
        self._carry(take, offering(why))
        if take.finished is None:
            self.board.thinking(+1)
            self._recover_later(take, why)

    def anyway(self) -> Job:
        """Carry the last utterance once more, past the silence gate that stopped it."""
        return self._jobs.run(self._anyway)

    def drop(self, take: Take) -> None:
        """Throw away the text of ``take``, which Esc kept from the cursor a moment ago."""
        self._jobs.run(lambda: self._drop(take))

    def warm(self, settings: Settings) -> None:
        """Build the language rules before the first utterance needs them."""
        self._jobs.run(lambda: self._means.words.ready(settings))

    def _carry(self, take: Take, offers: Hands | None = None, gated: bool = True) -> None:
        """``offers``: hands that put nothing in. ``gated`` False: nothing is taken for silence."""
        self._forget_silent()
        self._kept = take.finished = None
        self._carried = self._carried or bool(take.id)
        target = take.target
        try:
            take.route = self._means.commands.route(take)
            target = take.route.target if take.route else target
            tools = self._tools(take, target, offers, gated)
            utterance = Utterance(take.id, take.purpose, take.spooled.samples(), target, take.ended)
            carry(utterance, tools, take.settings, partial(self._tell, take))
        except DictationError as error:
            self._tell(take, Finished(take.id, Failed(error)))
        except Exception as error:  # noqa: BLE001 - a bug must not end the app, and the utterance must end in something
            self._tell(take, Finished(take.id, Failed(unexpected(error))))
        finally:
            if not self._jobs.late():
                self._end(take, target, gated)
                self.board.thinking(-1)

    def _tools(self, take: Take, target: Target, offers: Hands | None, gated: bool) -> Tools:
        """What the pipeline works with for this utterance. Raises DictationError."""
        means, settings, route = self._means, take.settings, take.route
        hands = offers or (route.hands if route else self._hands)
        listener, recogniser = means.engines(settings)
        return Tools(
            listener, recogniser, hands, hands.focus, time.monotonic,
            wanted=lambda _: not (take.cancelled or take.given_up), parked=lambda _: take.parked,
            ahead=lambda _: self._pauses.end(take),
            correct=partial(means.words.correct, settings, target=target),
            hints=partial(self._hints, take, target, bool(offers)),
            rewriter=means.rewriter(settings), commander=route.commander if route else None, gated=gated,
            take_back=not_taken_back if offers else self._last.scratch, bring_back=self._hands.bring_back,
            before=self._last.before,
        )  # fmt: skip

    def _hints(self, take: Take, target: Target, later: bool) -> Sequence[str]:
        """Asked before each piece that is decoded: where somebody else waits by now, this one begins anew later."""
        if later and self._jobs.asked():
            raise EngineError(YIELDS, "Somebody speaks", "It goes on afterwards.")
        return self._means.words.hints(take.settings, target)

    def _tell(self, take: Take, event: Event) -> None:
        if self._jobs.late():
            return
        if isinstance(event, Finished):
            if isinstance(event.outcome, Failed) and event.outcome.error.code == YIELDS:
                return  # nothing has become of it yet
            if isinstance(event.outcome, Failed) and event.outcome.error.code == SECRET:
                event = replace(event, outcome=Failed(event.outcome.error))  # the words go nowhere
            take.finished = event
            if take.route:
                self._means.commands.finished(take)
        self.board.tell(event)

    def _end(self, take: Take, target: Target, gated: bool) -> None:
        """The recording has become something: what of it is kept."""
        outcome = take.finished.outcome if take.finished else None
        if isinstance(outcome, Inserted):
            # A command is not swapped for its words: they would stand in a shell.
            heard = outcome.heard if take.purpose is Purpose.DICTATE else ""
            self._last.place(outcome.text, target, heard, outcome.edits, outcome.gap)
        if isinstance(outcome, Held) and take.parked:
            self._history.keep(take)
            self._kept, self._silent = (take, time.monotonic() + KEPT_SECONDS), take
        elif isinstance(outcome, Silent) and gated and take.id:
            self._silent = take
        elif isinstance(outcome, Silent | Dropped) or (outcome and self._history.keep(take)):
            take.spooled.done()

    def _anyway(self) -> DictationError | None:
        """Why its words are not at the cursor, which has been told."""
        if not self._carried:
            raise InsertError("nothing-said", "Nothing has been dictated yet", "Hold the key and speak.")
        if (take := self._silent) is None or self._kept:
            raise InsertError("not-silent", "The last utterance was not taken for silence", "`dictation last` has it.")
        self._silent = None
        self.board.thinking(+1)
        self._carry(take, gated=False)
        match take.finished:
            case Finished(outcome=Failed(error=error)):
                return error
            case Finished(outcome=Held(why=why)):
                return InsertError("held", why, "`dictation insert-last` puts it in.")
            case Finished(outcome=Silent()):
                return EngineError("no-words", "There are no words in it", "Say it again.")
        return None

    def _drop(self, take: Take) -> None:
        kept, self._kept = self._kept, None
        if kept and kept[0] is take and time.monotonic() < kept[1]:
            self._history.drop(take)
            self._forget_silent()
            self._tell(take, Finished(take.id, Dropped()))

    def _forget_silent(self) -> None:
        if self._silent is not None:
            self._silent.spooled.done()
            self._silent = None


def _patience(take: Take) -> float:
    """Seconds that what becomes of ``take`` may need; as much for each second of sound as the engine's watchdog has."""
    return PATIENCE_SECONDS + 10 * take.spooled.seconds
