"""How far things have got: an utterance, other settings that are in force, and what is done in its turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Progress:
    """The key of utterance ``id`` is still down; ``text`` is all that is committed of it so far, as heard."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A key asked for something that the windows do: ``history``, or ``download`` a model."""

    what: str


@dataclass(frozen=True, slots=True)
class Taught:
    """What was taken from the selected words, as pairs of what is heard and its term: ``learnt`` from now on, ``noted``
    until it happens once more, ``unlearnt`` as it was corrected back."""

    learnt: tuple[tuple[str, str], ...] = ()
    noted: tuple[tuple[str, str], ...] = ()
    unlearnt: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Other settings are in force, or listening was paused or resumed; ask for them."""


class Pending(Protocol):
    """Something that was asked for and is done in its turn."""

    def wait(self, seconds: float) -> None:
        """Return when it is done. Raises what it could not be done for, and DictationError after so many seconds."""
