"""The worker thread: carries finished recordings along the road, one by one; never touches the microphone."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from dictation.app.board import Board, summary
from dictation.app.take.last_text import Tail, Typed
from dictation.app.take.recorder import Take
from dictation.app.words.word_rules import Words
from dictation.core import insertion
from dictation.core.errors import DictationError, EngineError, InsertError
from dictation.core.pipeline import Tools, carry
from dictation.core.ports import Commander, Focus, Listener, Recogniser, Rewriter, Typist
from dictation.core.settings import Settings
from dictation.core.types import (
    Ahead,
    Dropped,
    Event,
    Failed,
    Finished,
    Inserted,
    Move,
    Notice,
    Purpose,
    Silent,
    Target,
    Utterance,
)
from dictation.desktop.nothing import NoFocus, NoTypist

RECOVERED, AGAIN = "recovered", "transcribed-again"
"""Codes of the errors with which a text ends that is offered and not put in."""


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
    ) -> None:
        """``minds`` gives the listener and the recogniser for these settings (raises DictationError).

        ``road`` gives what the recording of a command needs, and None for dictation.

        ``rewriter`` gives the language model that looks at texts under these settings.

        ``typed`` says whether the user has typed since a moment, ``bring_back`` gives a window the cursor again.

        ``keep`` is told how a recording ended, and says whether its words are safe, so that it may be deleted.
        """
        self._hands, self._minds, self._wanted, self._ahead, self._board = hands, minds, wanted, ahead, board
        self._words, self._keep, self._road, self._rewriter = words, keep, road, rewriter
        self._finished: Finished | None = None
        self._jobs: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._bring_back = bring_back
        self._tail = Tail(hands.typist, hands.focus, words.undone, typed)
        self._silent: Take | None = None  # its recording is kept until the next one, for "transcribe anyway"
        self._thread = threading.Thread(target=self._loop, name="worker", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self, patience: float = 3.0) -> None:
        """End after the job in hand; what is still waiting stays in the spool for the next start."""
        self._jobs.put(self._forget_silent)
        self._jobs.put(None)
        self._thread.join(timeout=patience)
        self._hands.typist.close()

    def submit(self, take: Take) -> None:
        """Carry a finished recording. From any thread; returns at once."""
        self._board.thinking(+1)
        self._jobs.put(lambda: self._carry(take))

    def recover(self, take: Take, again: bool = False) -> None:
        """Carry a recording of an app that died, or one ``again``. Its text is kept and offered, never typed."""
        self._board.thinking(+1)
        self._jobs.put(lambda: self._carry(take, Hands(_Keeper(again), NoFocus())))

    def anyway(self) -> None:
        """Carry the last utterance once more, past the silence gate that stopped it."""
        self._jobs.put(self._anyway)

    def warm(self, settings: Settings) -> None:
        """Build the language rules before the first utterance needs them."""
        self._jobs.put(lambda: self._words.ready(settings))

    def insert(self, text: str, settings: Settings, heard: str = "") -> None:
        """Put ``text``, for which ``heard`` was heard, into the window that has the cursor now."""
        self._jobs.put(lambda: self._insert(text, settings, heard))

    def undo(self) -> None:
        """Take back what was inserted last, if it is still what stands before the cursor."""
        self._jobs.put(self._tail.undo)

    def raw(self, settings: Settings) -> None:
        """Swap what was inserted last for what was heard, if it still stands before the cursor."""
        self._jobs.put(lambda: self._tail.raw(settings))

    @property
    def swappable(self) -> bool:
        """Whether something else was heard than what was put in last, and may stand there instead."""
        return self._tail.swappable

    def run(self, job: Callable[[], object]) -> None:
        """Do ``job`` in its turn. A DictationError it raises is told."""
        self._jobs.put(job)

    def placed(self, text: str, target: Target) -> None:
        """``text`` was put into ``target``: it can be taken back. Within a job."""
        self._tail.place(text, target)

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except DictationError as error:
                self._board.tell(Notice(error))
            except Exception as error:  # noqa: BLE001 - a bug in one utterance must not end the app
                self._board.tell(Notice(_unexpected(error)))

    def _carry(self, take: Take, hands: Hands | None = None, gated: bool = True) -> None:
        self._forget_silent()
        self._finished = None
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
                bring_back=self._bring_back,
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
            self._tail.place(finished.outcome.text, target, heard, finished.outcome.edits)
        if isinstance(finished.outcome, Silent) and gated and take.id:
            self._silent = take
        elif isinstance(finished.outcome, Silent | Dropped) or self._keep(take, finished):
            take.spooled.done()

    def _tell(self, event: Event) -> None:
        if isinstance(event, Finished):
            self._finished = event
        self._board.tell(event)

    def _anyway(self) -> None:
        if (take := self._silent) is None:
            raise InsertError("not-silent", "The last utterance was not taken for silence", "`dictation last` has it.")
        self._silent = None
        self._board.thinking(+1)
        self._carry(take, gated=False)

    def _forget_silent(self) -> None:
        if self._silent is not None:
            self._silent.spooled.done()
            self._silent = None

    def _insert(self, text: str, settings: Settings, heard: str) -> None:
        target = self._hands.focus.current()
        if moves := insertion.plan(text, target, settings):
            self._hands.typist.perform(moves, target)
            self._tail.place(insertion.fit(text, target), target, heard)


class _Keeper(NoTypist):
    """A typist for recovered text: it refuses, so that the text is kept."""

    def __init__(self, again: bool) -> None:
        super().__init__("it waits to be asked for")
        self._code, self._why = (
            (AGAIN, "This was transcribed again")
            if again
            else (RECOVERED, "This was said before Dictation ended unexpectedly")
        )

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        raise InsertError(self._code, self._why, "`dictation insert-last` puts it in.")


def _kept(_: Target) -> None:
    """A recovered "scratch that" is about a text of long ago."""
    raise InsertError(RECOVERED, "This was said about an earlier text", "Nothing was taken back.")


def _unexpected(error: Exception) -> DictationError:
    return EngineError(
        "unexpected",
        f"Something unexpected happened ({type(error).__name__}: {error})",
        "Please report it with `dictation doctor`.",
    )
