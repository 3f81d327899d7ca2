"""A recording carried along the pipeline outside the app: by an engine process of its own, onto paper."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Sequence
from functools import partial

from dictation.app.take.recognition import Recognition, only_the_self_test_model
from dictation.app.words.model_pass import ready
from dictation.app.words.word_rules import WordRules
from dictation.core.errors import DictationError
from dictation.core.hearing.pipeline import Tools, carry
from dictation.core.settings import Settings
from dictation.core.types import (
    Degraded,
    Event,
    Finished,
    Gated,
    Heard,
    Move,
    Target,
    Transcript,
    Utterance,
    Verdict,
)
from dictation.desktop.nothing import NoFocus
from dictation.desktop.store.folders import Places

Tell = Callable[[DictationError], None]


class Offline:
    """The pipeline from a recording to its text, and an engine that is nobody else's and ends with ``close``."""

    def __init__(
        self,
        settings: Settings,
        where: Places,
        tell: Tell,
        model: str | None = None,
        on_state: Callable[[str, str], None] | None = None,
    ) -> None:
        """``model`` (a name or a folder) goes before the settings. ``tell`` hears what does not stop the work.

        ``on_state`` hears from any thread how the engine is: loading, ready, dead.
        """
        if model:
            settings = dataclasses.replace(settings, engine=dataclasses.replace(settings.engine, kind="local"))
        self.settings, self._where, self._tell = settings, where, tell
        self.words = WordRules(where.glossary, tell)
        self.recognition = Recognition(where.models, on_state, model)

    def tools(self, gated: bool = True) -> Tools:
        """Start the engine, which loads on its own, and lay out what the pipeline needs.

        ``gated`` False: nothing is taken for silence. Raises DictationError: unknown model, no language model where one
        is wanted.
        """
        listener, recogniser = self.recognition.use(self.settings)
        if hint := only_the_self_test_model(self.recognition.model):
            self._tell(hint)
            self.words.hinted = lambda: False
        self.words.ready(self.settings)
        return Tools(
            listener, recogniser, _NoTyping(), NoFocus(), time.monotonic,
            correct=partial(self.words.correct, self.settings), hints=partial(self.words.hints, self.settings),
            gated=gated, rewriter=ready(self.settings, self.words, self._where),
        )  # fmt: skip

    def carry(self, utterance: Utterance, tools: Tools) -> Witness:
        """What became of ``utterance``. Blocks."""
        witness = Witness(self._tell)
        carry(utterance, tools, self.settings, witness)
        return witness

    def close(self) -> None:
        """End the engine and give its memory back. From any thread; what is under way then fails."""
        self.recognition.close()


class Witness:
    """Keeps what the pipeline tells about one utterance."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self.verdict = Verdict("reject")
        self.transcript = Transcript("", "")
        self.finished: Finished | None = None

    def __call__(self, event: Event) -> None:
        match event:
            case Gated(verdict=verdict):
                self.verdict = verdict
            case Heard(transcript=transcript):
                self.transcript = transcript
            case Degraded(error=error):
                self._tell(error)
            case Finished():
                self.finished = event


class _NoTyping:
    """A typist for text that is only read: the outcome carries it."""

    def prepare(self) -> None:
        """Nothing to prepare."""

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to close."""
