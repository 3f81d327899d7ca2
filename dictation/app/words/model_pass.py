"""The pass of the language model over a text: when it is asked, how long it may take, and when it is left alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from dictation.app.words.endpoint import Switchboard, wanted
from dictation.app.words.word_rules import WordRules
from dictation.core import rewrite
from dictation.core.errors import RewriteError, UsageError
from dictation.core.ports import Weigher
from dictation.core.sections import LlmSettings
from dictation.core.settings import Settings, put
from dictation.core.types import Draft, Transcript
from dictation.desktop.store.folders import Places
from dictation.language.model.check_edits import Ear, indexes_of, spaced
from dictation.language.model.doubt import doubt
from dictation.language.model.heard_edits import HeardEdits

LONGEST = 1000
"""Characters of a text that is sent: four minutes of speech. More takes the model longer than anyone waits."""

TIDIED = 300
"""Characters of a text that goes through all rules again; a longer one only gets its spaces."""

UNSURE = 0.55
"""Mean token probability below which the recogniser itself was guessing."""

FAILURES = 3
PAUSE_SECONDS = 60.0
AT_ONCE = frozenset(
    ("llm-key", "llm-no-key", "llm-address", "llm-not-found", "llm-no-credit", "llm-forbidden", "llm-certificate")
)
"""What does not mend itself by asking again."""

SERVERS = "servers.json"
"""The file in the folder of states that remembers what servers take."""

_OWN_SECONDS = 0.03
"""Of the deadline, what judging the answer takes."""


@dataclass(slots=True)
class Breaker:
    """Leaves a server alone that fails: after three failures in a row for a minute, then one try a minute."""

    failures: int = 0
    until: float = 0.0
    said: bool = False

    def closed(self, now: float) -> bool:
        """Whether it may be asked."""
        return now >= self.until

    def worked(self) -> None:
        """It answered."""
        self.failures, self.until, self.said = 0, 0.0, False

    def failed(self, now: float, at_once: bool) -> tuple[bool, bool]:
        """It did not. Whether it is left alone from now on, and whether the user is to be told of it."""
        self.failures = FAILURES if at_once else self.failures + 1
        if self.failures < FAILURES:
            return False, True
        self.until = now + PAUSE_SECONDS
        tell, self.said = not self.said, True
        return True, tell


class Polish:
    """Makes the ``Rewriter`` of an utterance. Thread-safe as far as the worker's one thread needs it."""

    def __init__(self, words: WordRules, board: Switchboard, now: Callable[[], float] = time.monotonic) -> None:
        self._words, self._board, self._now = words, board, now
        self._breaker: tuple[LlmSettings, Breaker] = (LlmSettings(), Breaker())

    def rewriter(self, settings: Settings) -> Pass | None:
        """Who mends texts under these settings; None where nothing is to be sent."""
        return Pass(self, settings) if wanted(settings) else None

    def rewrite(
        self, settings: Settings, draft: Draft, transcript: Transcript, weigher: Weigher | None = None
    ) -> Draft:
        """See ``Rewriter``; never takes longer than the deadline, whatever the server does."""
        end = self._now() + settings.llm.deadline_seconds
        if not rewrite.letters(draft.text) or len(draft.text) > LONGEST:
            return draft
        corrector = self._words.ready(settings)
        indexes = indexes_of(corrector)
        unsure = doubt(draft.text, indexes)
        if settings.llm.when == "doubtful" and not unsure and transcript.confidence >= UNSURE:
            return draft
        breaker = self._current(settings.llm)
        if not breaker.closed(self._now()):
            return draft
        try:
            proposals = rewrite.read(self._ask(settings, draft.text, unsure.candidates, end))
        except RewriteError as error:
            paused, tell = breaker.failed(self._now(), error.code in AT_ONCE)
            if not tell:
                return draft
            raise (_paused(error) if paused else error) from None
        breaker.worked()
        ear = Ear(indexes, unsure.candidates)
        heard = HeardEdits(draft.text, transcript.spans, weigher)
        text, edits = rewrite.accept(draft.text, proposals, ear, lambda: self._now() > end, heard)
        if not edits:
            return draft
        # What was put in has neighbours: spaces, and terms that it is now a sign for.
        if len(text) <= TIDIED:
            tidy = self._words.correct(settings, text, transcript.language)
        else:
            tidy = spaced(text, ear.locked(text)) if settings.words.spacing else Draft(text, text)
        return Draft(tidy.text, draft.heard, (*draft.edits, *edits, *tidy.edits))

    def _ask(self, settings: Settings, text: str, candidates: tuple[str, ...], end: float) -> str:
        chat = self._board.chat(settings)
        assert chat is not None  # there is a provider
        left = max(0.05, end - self._now() - _OWN_SECONDS)
        return chat.ask(rewrite.messages(text, candidates), "edits", rewrite.SCHEMA, left, 200 + len(text))

    def _current(self, llm: LlmSettings) -> Breaker:
        if self._breaker[0] != llm:
            self._breaker = (llm, Breaker())
        return self._breaker[1]


@dataclass(frozen=True, slots=True)
class Pass:
    """The ``Rewriter`` of utterances under ``settings``."""

    polish: Polish
    settings: Settings

    def rewrite(self, draft: Draft, transcript: Transcript, weigher: Weigher | None = None) -> Draft:
        """See ``Rewriter``."""
        return self.polish.rewrite(self.settings, draft, transcript, weigher)


def ready(settings: Settings, words: WordRules, where: Places) -> Pass | None:
    """The ``Rewriter`` of a call that is not the app's; waits until it can be asked at once. Raises RewriteError."""
    board = Switchboard(where.state / SERVERS)
    made = Polish(words, board).rewriter(settings)
    if made and (chat := board.chat(settings)):
        words.ready(settings)
        chat.warm()
    return made


def insisted(settings: Settings, llm: bool | None) -> Settings:
    """The settings for a call that says ``--llm`` or ``--no-llm``, or nothing. Raises UsageError without a provider."""
    if llm is None:
        return settings
    if not llm:
        return put(settings, "llm.when", "off")
    if settings.llm.provider == "none":
        raise UsageError(
            "no-llm",
            "No language model is set up",
            "Choose one with `dictation config set llm.provider NAME`; its key goes into DICTATION_API_KEY.",
        )
    return put(settings, "llm.when", "always")


def _paused(error: RewriteError) -> RewriteError:
    return RewriteError(error.code, f"{error.message.rstrip('.')}; texts go in without it for now", error.remedy)
