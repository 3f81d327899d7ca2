"""What the app is doing right now, for everyone who wants to see it."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

from dictation.core.types import (
    Dropped,
    Event,
    Failed,
    Finished,
    Held,
    Inserted,
    Notice,
    Outcome,
    Proposed,
    Purpose,
    Silent,
    State,
    StateChanged,
)

log = logging.getLogger("dictation")

Hear = Callable[[Event], None]


MOST_TEXTS = 5
"""So many of the last texts are at hand."""


class Board:
    """Collects facts from all threads and tells listeners what follows from them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hear: list[Hear] = []
        self._recording: Purpose | None = None
        self._thinking = 0
        self._loading = False
        self._trouble: dict[str, str] = {}
        self._state = StateChanged(State.IDLE)
        self.last: Finished | None = None
        """How the last utterance ended; a cancelled one does not count."""
        self._texts: deque[Finished] = deque(maxlen=MOST_TEXTS)

    def listen(self, hear: Hear) -> Callable[[], None]:
        """Call ``hear`` with every event until the returned function is called. It must return at once."""
        with self._lock:
            self._hear.append(hear)
        return lambda: self._forget(hear)

    def tell(self, event: Event) -> None:
        """Pass ``event`` on to all listeners."""
        if isinstance(event, Finished):
            self._keep(event)
        with self._lock:
            hear = list(self._hear)
        for each in hear:
            each(event)

    def recording(self, purpose: Purpose | None) -> None:
        """A recording for ``purpose`` began, or (None) none is under way."""
        self._update(lambda: setattr(self, "_recording", purpose))

    def thinking(self, more: int) -> None:
        """So many more (or fewer) utterances are being worked on."""
        self._update(lambda: setattr(self, "_thinking", self._thinking + more))

    def loading(self, yes: bool) -> None:
        """The model is being loaded."""
        self._update(lambda: setattr(self, "_loading", yes))

    def trouble(self, part: str, what: str | None) -> None:
        """``part`` of the app cannot work because of ``what``; None: it can again."""

        def change() -> None:
            if what is None:
                self._trouble.pop(part, None)
            else:
                self._trouble[part] = what

        self._update(change)

    @property
    def state(self) -> StateChanged:
        """The state in force."""
        return self._state

    @property
    def busy(self) -> bool:
        """Whether an utterance is being worked on."""
        return self._thinking > 0

    @property
    def texts(self) -> list[Finished]:
        """The last utterances that had words, newest first; what had none in between does not count."""
        with self._lock:
            return list(reversed(self._texts))

    def recall(self, earlier: list[Finished]) -> None:
        """Texts of an earlier run, newest first; what was said meanwhile goes before them."""
        with self._lock:
            now = list(self._texts)
            self._texts.clear()
            self._texts.extend([*reversed(earlier), *now])

    def _keep(self, event: Finished) -> None:
        with self._lock:
            others = [each for each in self._texts if not event.id or each.id != event.id]
            if isinstance(event.outcome, Dropped):
                if self.last and self.last.id == event.id:  # a command that waited, or a text that was kept
                    self.last = others[-1] if others else None
                self._texts = deque(others, MOST_TEXTS)
                return
            self.last = event
            if summary(event.outcome)[1]:
                self._texts = deque([*others, event], MOST_TEXTS)

    def _forget(self, hear: Hear) -> None:
        with self._lock:
            self._hear = [each for each in self._hear if each is not hear]

    def _update(self, change: Callable[[], None]) -> None:
        with self._lock:
            change()
            before, self._state = self._state, self._now()
            told = self._state if self._state != before else None
        if told:
            self.tell(told)

    def _now(self) -> StateChanged:
        if self._recording:
            return StateChanged(State.LISTENING, self._recording)
        if self._thinking > 0:
            return StateChanged(State.THINKING)
        if self._loading:
            return StateChanged(State.LOADING)
        if self._trouble:
            return StateChanged(State.ERROR, detail=next(iter(self._trouble.values())))
        return StateChanged(State.IDLE)


def write_down(event: Event) -> None:
    """Failures go into the log; what was said does not."""
    if isinstance(event, Notice):
        log.warning("%s: %s", event.error.code, event.error.line())


def describe(finished: Finished | None) -> dict[str, object] | None:
    """The contract's ``last`` object: outcome, text, reason, timings_ms."""
    if finished is None:
        return None
    outcome, text, reason = summary(finished.outcome)
    timings = {name: round(value) for name, value in finished.timings.items()}
    note = finished.outcome.note if isinstance(finished.outcome, Silent) else ""
    return {
        "id": finished.id, "outcome": outcome, "text": text, "reason": reason, "note": note, "timings_ms": timings,
        "arrival": arrival(finished.outcome),
    }  # fmt: skip


def arrival(outcome: Outcome) -> str | None:
    """``arrived`` (the window has fetched the text), ``sent`` (nobody tells) or ``kept`` (``reason`` says where); None
    where there was no text."""
    match outcome:
        case Inserted(seen=seen):
            return "arrived" if seen else "sent"
        case Held() | Proposed():
            return "kept"
        case Failed(text=text):
            return "kept" if text else None
    return None


def summary(outcome: Outcome) -> tuple[str, str, str | None]:
    """Name, text and reason of an outcome."""
    match outcome:
        case Inserted(text=text):
            return "inserted", text, None
        case Silent(reason=reason):
            return "silent", "", reason
        case Held(text=text, why=why):
            return "held", text, why
        case Proposed(command=command, why=why):
            return "proposed", command.text, why
        case Failed(error=error, text=text):
            return "failed", text, error.line()
        case Dropped():
            return "dropped", "", None
