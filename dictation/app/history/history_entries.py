"""Turns an utterance that has ended into the entry that the history keeps of it."""

from __future__ import annotations

from dictation.app.board import arrival, summary
from dictation.app.take.hands import OFFERS, RECOVERED
from dictation.app.take.take import Take
from dictation.core.errors import SECRET
from dictation.core.said import HistoryEntry
from dictation.core.types import Failed, Finished, Inserted, Outcome, heard


def entry(take: Take, finished: Finished) -> HistoryEntry:
    """The entry of ``take``; without a text where its words are not known."""
    outcome = finished.outcome
    name, text, reason = summary(outcome)
    if offered(outcome):
        name = "recovered" if isinstance(outcome, Failed) and outcome.error.code == RECOVERED else "held"
    edits = outcome.edits if isinstance(outcome, Inserted) else ()
    return HistoryEntry(
        take.spooled.started.timestamp(), name, text, heard(outcome), edits, reason,
        take.purpose.value, take.target.app, take.spooled.seconds, finished.timings, take.spooled.name,
        support=finished.support, unexplained=finished.unexplained, arrival=arrival(outcome),
    )  # fmt: skip


def offered(outcome: Outcome) -> bool:
    """Whether the words are known and wait to be put in."""
    return isinstance(outcome, Failed) and outcome.error.code in OFFERS


def secret(outcome: Outcome) -> bool:
    """Whether it was said into a field for a password, so that nothing of it may be kept."""
    return isinstance(outcome, Failed) and outcome.error.code == SECRET
