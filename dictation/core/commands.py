"""A shell command and what is known of its risk, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a command is not simply safe. ``code`` is stable; ``at`` is the piece of the command it speaks of."""

    code: str
    message: str
    at: str


@dataclass(frozen=True, slots=True)
class Command:
    """One shell command. ``risk`` is safe, caution or danger; ``source`` is snippet, spoken, phrase or llm.

    ``insertable`` is false for what must not be put at a prompt as it stands. An empty ``text`` with a ``question``
    means that something has to be known first; ``explanation`` is a short sentence about what the command does.
    """

    text: str
    shell: str
    explanation: str = ""
    risk: str = "safe"
    reasons: tuple[Reason, ...] = ()
    insertable: bool = True
    source: str = "spoken"
    question: str = ""
