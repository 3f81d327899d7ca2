"""The worker thread: carries finished recordings along the road, one by one; never touches the microphone."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dictation.app.board import Board, summary
from dictation.app.take.job import Job
from dictation.app.take.last_text import Tail, Typed
from dictation.app.take.recorder import Take
from dictation.app.words.word_rules import Words
from dictation.core import insertion
from dictation.core.errors import SECRET, DictationError, EngineError, InsertError
from dictation.core.pipeline import Tools, carry
from dictation.core.ports import Commander, Focus, Listener, Recogniser, Rewriter, Typist
from dictation.core.settings import Settings
from dictation.core.types import (
    Ahead,
    Dropped,
    Event,
    Failed,
    Finished,
    Held,
    Inserted,
    Move,
    Notice,
    Purpose,
    Silent,
    Target,
    Utterance,
)
from dictation.desktop.nothing import NoFocus, NoTypist

KEPT_SECONDS = 8.0
"""So long after a text was kept from the cursor by Esc, another Esc throws it away: as long as the pill says so."""

RECOVERED, AGAIN, LATE = "recovered", "transcribed-again", "transcribed-late"
"""Codes of the errors with which a text ends that is offered and not put in."""

_OFFERS = {
    RECOVERED: "This was said before Dictation ended unexpectedly",
    AGAIN: "This was transcribed again",
    LATE: "This waited for a model",
}


@dataclass(frozen=True, slots=True)
class Hands:
    """What puts text at the cursor."""

    typist: Typist
    focus: Focus


@dataclass(frozen=True, slots=True)
class Road:
    """What the recording of a command needs: where it goes, what puts it there, what makes it."""

    target: Target
    hands: Hands
    commander: Commander


class Worker:
    """Does jobs in order, so that two texts never mix at the cursor."""

    def __init__(
        self,
        hands: Hands,
        minds: Callable[[Settings], tuple[Listener, Recogniser]],
        wanted: Callable[[int], bool],
        ahead: Callable[[int], Ahead],
        words: Words,
        board: Board,
        keep: Callable[[Take, Finished], bool] = lambda _, finished: bool(summary(finished.outcome)[1]),
        road: Callable[[Take], Road | None] = lambda _: None,
        rewriter: Callable[[Settings], Rewriter | None] = lambda _: None,
        typed: Typed = lambda _: False,
        bring_back: Callable[[Target], bool] = lambda _: False,
        parked: Callable[[int], bool] = lambda _: False,
        forget: Callable[[Take], object] = lambda _: None,
    ) -> None:
        """``minds`` gives the listener and the recogniser for these settings (raises DictationError).

        ``road`` gives what the recording of a command needs, and None for dictation.

        ``rewriter`` gives the language model that looks at texts under these settings.

        ``typed`` says whether the user has typed since a moment, ``bring_back`` gives a window the cursor again.

        ``keep`` is told how a recording ended, and says whether its words are safe, so that it may be deleted;
        ``forget`` deletes what was kept of it. ``parked`` says that an utterance is not to reach the cursor.
        """
        self._hands, self._minds, self._wanted, self._ahead, self._board = hands, minds, wanted, ahead, board
        self._words, self._keep, self._road, self._rewriter = words, keep, road, rewriter
        self._finished: Finished | None = None
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._bring_back, self._parked, self._forget = bring_back, parked, forget
        self._tail = Tail(hands.typist, hands.focus, words.undone, typed)
        self._silent: Take | None = None  # its recording is kept until the next one, for "transcribe anyway"
        self._kept: tuple[Take, float] | None = None  # by Esc, and until when another Esc throws it away
        self._thread = threading.Thread(target=self._loop, name="worker", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self, patience: float = 3.0) -> None:
        """End after the job in hand; what is still waiting stays in the spool for the next start."""
        self.run(self._forget_silent)
        self._jobs.put(None)
        self._thread.join(timeout=patience)
        self._hands.typist.close()

    def submit(self, take: Take) -> None:
        """Carry a finished recording. From any thread; returns at once."""
        self._board.thinking(+1)
        self.run(lambda: self._carry(take))

    def recover(self, take: Take, why: str = RECOVERED) -> None:
        """Carry a recording of an app that died, or one that waited. Its text is kept and offered, never typed."""
        self._board.thinking(+1)
        self.run(lambda: self._carry(take, Hands(_Keeper(why), NoFocus())))

    def anyway(self) -> Job:
        """Carry the last utterance once more, past the silence gate that stopped it."""
        return self.run(self._anyway)

    def drop(self, id: int) -> None:
        """Throw away the text of utterance ``id``, which Esc kept from the cursor a moment ago."""
        self.run(lambda: self._drop(id))

    def warm(self, settings: Settings) -> None:
        """Build the language rules before the first utterance needs them."""
        self.run(lambda: self._words.ready(settings))

    def insert(self, text: str, settings: Settings, heard: str = "") -> Job:
        """Put ``text``, for which ``heard`` was heard, into the window that has the cursor now."""
        return self.run(lambda: self._insert(text, settings, heard))

    def undo(self) -> Job:
        """Take back what was inserted last, if it is still what stands before the cursor."""
        return self.run(self._tail.undo)

    def raw(self, settings: Settings) -> Job:
        """Swap what was inserted last for what was heard, if it still stands before the cursor."""
        return self.run(lambda: self._tail.raw(settings))

    @property
    def swappable(self) -> bool:
        """Whether something else was heard than what was put in last, and may stand there instead."""
        return self._tail.swappable

    def run(self, do: Callable[[], object]) -> Job:
        """Do something in its turn. A DictationError it raises is told."""
        job = Job(do)
        self._jobs.put(job)
        return job

    def placed(self, text: str, target: Target) -> None:
        """``text`` was put into ``target``: it can be taken back. Within a job."""
        self._tail.place(text, target)

    def touched(self, target: Target, since: float) -> bool:
        """Whether a text of ours went into ``target`` since that moment."""
        return self._tail.touched(target, since)

    def gap(self, text: str, target: Target, settings: Settings) -> str:
        """The space that ``text`` needs before it where the cursor of ``target`` is. Within a job."""
        return insertion.gap(self._tail.before(target), text, settings.insert.spacing)

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job.run()
            except DictationError as error:
                self._board.tell(Notice(error))
            except Exception as error:  # noqa: BLE001 - a bug in one utterance must not end the app
                self._board.tell(Notice(_unexpected(error)))

    def _carry(self, take: Take, hands: Hands | None = None, gated: bool = True) -> None:
        self._forget_silent()
        self._finished, self._kept = None, None
        target = take.target
        try:
            road = self._road(take)
            hands = hands or (road.hands if road else self._hands)
            target = road.target if road else target
            listener, recogniser = self._minds(take.settings)
            tools = Tools(
                listener, recogniser, hands.typist, hands.focus, time.monotonic, self._wanted, self._ahead,
                partial(self._words.correct, take.settings, target=target),
                partial(self._words.hints, take.settings, target),
                self._rewriter(take.settings), road.commander if road else None, gated=gated,
                take_back=_kept if isinstance(hands.typist, _Keeper) else self._tail.scratch,
                bring_back=self._bring_back, parked=self._parked, before=self._tail.before,
            )  # fmt: skip
            utterance = Utterance(take.id, take.purpose, take.spooled.samples(), target, take.ended)
            carry(utterance, tools, take.settings, self._tell)
        except DictationError as error:
            self._tell(Finished(take.id, Failed(error)))
        except Exception as error:  # noqa: BLE001 - as above, and the utterance must end in something
            self._tell(Finished(take.id, Failed(_unexpected(error))))
        finally:
            self._end(take, target, gated)
            self._board.thinking(-1)

    def _end(self, take: Take, target: Target, gated: bool) -> None:
        """The recording has become something: what of it is kept."""
        if (finished := self._finished) is None:
            return
        if isinstance(finished.outcome, Inserted):
            # A command is not swapped for its words: they would stand in a shell.
            heard = finished.outcome.heard if take.purpose is Purpose.DICTATE else ""
            self._tail.place(finished.outcome.text, target, heard, finished.outcome.edits, finished.outcome.gap)
        if isinstance(finished.outcome, Held) and self._parked(take.id):
            self._keep(take, finished)
            self._kept, self._silent = (take, time.monotonic() + KEPT_SECONDS), take
        elif isinstance(finished.outcome, Silent) and gated and take.id:
            self._silent = take
        elif isinstance(finished.outcome, Silent | Dropped) or self._keep(take, finished):
            take.spooled.done()

    def _tell(self, event: Event) -> None:
        if isinstance(event, Finished):
            if isinstance(event.outcome, Failed) and event.outcome.error.code == SECRET:
                event = replace(event, outcome=Failed(event.outcome.error))  # the words go nowhere
            self._finished = event
        self._board.tell(event)

    def _anyway(self) -> DictationError | None:
        """Why its words are not at the cursor, which has been told."""
        if (take := self._silent) is None or self._kept:
            raise InsertError("not-silent", "The last utterance was not taken for silence", "`dictation last` has it.")
        self._silent = None
        self._board.thinking(+1)
        self._carry(take, gated=False)
        match self._finished:
            case Finished(outcome=Failed(error=error)):
                return error
            case Finished(outcome=Held(why=why)):
                return InsertError("held", why, "`dictation insert-last` puts it in.")
            case Finished(outcome=Silent()):
                return EngineError("no-words", "There are no words in it", "Say it again.")
        return None

    def _drop(self, id: int) -> None:
        kept, self._kept = self._kept, None
        if kept and kept[0].id == id and time.monotonic() < kept[1]:
            self._forget(kept[0])
            self._forget_silent()
            self._board.tell(Finished(id, Dropped()))

    def _forget_silent(self) -> None:
        if self._silent is not None:
            self._silent.spooled.done()
            self._silent = None

    def _insert(self, text: str, settings: Settings, heard: str) -> None:
        target = self._hands.focus.current()
        gap = self.gap(text, target, settings)
        if moves := insertion.plan(gap + text, target, settings):
            self._hands.typist.perform(moves, target)
            self._tail.place(insertion.fit(text, target), target, heard, gap=gap)


class _Keeper(NoTypist):
    """A typist for recovered text: it refuses, so that the text is kept."""

    def __init__(self, code: str) -> None:
        super().__init__("it waits to be asked for")
        self._code = code

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        raise InsertError(self._code, _OFFERS[self._code], "`dictation insert-last` puts it in.")


def _kept(_: Target) -> None:
    """A recovered "scratch that" is about a text of long ago."""
    raise InsertError(RECOVERED, "This was said about an earlier text", "Nothing was taken back.")


def _unexpected(error: Exception) -> DictationError:
    return EngineError(
        "unexpected",
        f"Something unexpected happened ({type(error).__name__}: {error})",
        "Please report it with `dictation doctor`.",
    )
