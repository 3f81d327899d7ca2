"""Small events for the windows: how far an utterance has got, and that other settings are in force."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """The key of utterance ``id`` is still down; ``text`` is all that is committed of it so far, as heard."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Other settings are in force, or listening was paused or resumed; ask for them."""
