"""What the history keeps of one utterance, and what keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from dictation.core.types import Edit


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One utterance and what became of it.

    ``at`` is when it began, in seconds since 1970; ``outcome`` is inserted, held, proposed, failed or recovered (said
    to an app that ended before the text was put in), ``reason`` why it is not inserted. ``recording`` names its
    recording, which tells the same utterance from another; ``audio`` is the path of the sound, if that was kept.
    ``timings`` are milliseconds by stage. ``support`` is how much the sound speaks for what was heard (nats per token,
    None: not weighed), ``unexplained`` where somebody spoke and nothing was understood (seconds). ``arrival`` is
    arrived (the window has fetched the text), sent (nobody tells) or kept; None for what is not known of it.
    """

    at: float
    outcome: str
    text: str
    heard: str = ""
    edits: tuple[Edit, ...] = ()
    reason: str | None = None
    purpose: str = "dictate"
    app: str = ""
    seconds: float = 0.0
    timings: Mapping[str, float] = field(default_factory=dict)
    recording: str = ""
    audio: str = ""
    support: float | None = None
    unexplained: tuple[tuple[float, float], ...] = ()
    arrival: str | None = None
    id: int = 0

    def as_json(self) -> dict[str, object]:
        """As the command line and the windows get it; ``at`` is ISO 8601 in UTC."""
        return {
            "id": self.id,
            "at": datetime.fromtimestamp(self.at, UTC).isoformat(timespec="seconds"),
            "purpose": self.purpose,
            "outcome": self.outcome,
            "reason": self.reason,
            "arrival": self.arrival,
            "text": self.text,
            "heard": self.heard,
            "edits": [{"rule": each.rule, "from": each.before, "to": each.after} for each in self.edits],
            "support": None if self.support is None else round(self.support, 2),
            "unexplained": [[round(edge, 2) for edge in stretch] for stretch in self.unexplained],
            "app": self.app,
            "seconds": round(self.seconds, 2),
            "timings_ms": {name: round(value) for name, value in self.timings.items()},
            "audio": self.audio or None,
        }


class History(Protocol):
    """Keeps what was said. Every method may be called from any thread and raises StorageError."""

    def add(self, said: HistoryEntry) -> int:
        """Keep ``said``, in the place of what is known of the same recording; its id."""

    def find(self, words: str = "", limit: int = 0) -> list[HistoryEntry]:
        """Newest first; those in which all ``words`` occur, in any order and case. 0: all."""

    def get(self, id: int) -> HistoryEntry:
        """One entry. Raises UsageError when there is none."""

    def amend(self, id: int, text: str) -> None:
        """Keep another text for one entry. Raises UsageError when there is none."""

    def forget(self, id: int) -> None:
        """Delete one entry. Raises UsageError when there is none."""

    def clear(self) -> int:
        """Delete all; how many there were."""

    def prune(self, before: float) -> int:
        """Delete what began before ``before``, in seconds since 1970; how many there were."""
