"""The settings in force: one place that every part of the app reads them from."""

from __future__ import annotations

from dataclasses import dataclass

from dictation.core.settings import Settings


@dataclass(slots=True)
class InForce:
    """``now`` is read from any thread and replaced as a whole: an utterance keeps the one that it began with."""

    now: Settings
