"""A second opinion: a kept recording heard by another model, beside the engine in use, which goes on undisturbed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dictation.app.history.offline import Offline
from dictation.app.take.take import Take
from dictation.core.errors import DictationError, EngineError
from dictation.core.types import Failed, Inserted, Purpose, Utterance
from dictation.desktop.store.folders import Places


class SecondModel:
    """At most one at a time: its engine is a process of its own, and ends with it. Thread-safe."""

    def __init__(self, where: Places) -> None:
        self._where = where
        self._lock = threading.Lock()
        self._under_way: Offline | None = None
        self._closed = False

    def ask(self, take: Take, model: str, tell: Callable[[str], None]) -> dict[str, object]:
        """What ``model`` hears in the recording of ``take``: model, text, heard. Blocks; one under way is stopped.

        ``tell`` hears from any thread how far it is: ``loading``, ``decoding``. Of a command these are its words: a
        command is made by whoever waits at a prompt. Raises ModelError, EngineError (also when it is stopped).
        """
        problems: list[DictationError] = []
        offline = Offline(take.settings, self._where, problems.append, model, lambda state, _: _stage(state, tell))
        with self._lock:
            before, self._under_way = self._under_way, offline
            closed = self._closed
        try:
            if before:
                before.close()
            if closed:
                raise _stopped()
            # Asked for by hand: nothing of it is taken for silence.
            tools = offline.tools(gated=False)
            self._still(offline)
            # The words of a command too: no shell waits for them.
            witness = offline.carry(Utterance(0, Purpose.DICTATE, take.spooled.samples()), tools)
        finally:
            with self._lock:
                stopped = self._under_way is not offline
                if not stopped:
                    self._under_way = None
            offline.close()
        if stopped:
            raise _stopped()
        outcome = witness.finished.outcome if witness.finished else None
        if isinstance(outcome, Failed):
            raise outcome.error
        if not isinstance(outcome, Inserted) or not outcome.text.strip():
            raise EngineError("nothing-heard", f"The model {model} hears no words in this", "Try another model.")
        text = outcome.text if take.purpose is Purpose.DICTATE else outcome.heard
        return {"model": offline.recognition.model, "text": text, "heard": outcome.heard}

    def drop(self) -> None:
        """Stop the one under way, if there is one; its memory is given back at once."""
        with self._lock:
            offline, self._under_way = self._under_way, None
        if offline:
            offline.close()

    def close(self) -> None:
        """Stop it, and take no more."""
        self._closed = True
        self.drop()

    def _still(self, offline: Offline) -> None:
        """Stopped before its engine was there to be stopped. Raises EngineError."""
        with self._lock:
            if self._under_way is not offline:
                raise _stopped()


def _stage(state: str, tell: Callable[[str], None]) -> None:
    if stage := {"loading": "loading", "ready": "decoding"}.get(state):
        tell(stage)


def _stopped() -> EngineError:
    return EngineError("stopped", "It was stopped", "Transcribe it again when you like.")
