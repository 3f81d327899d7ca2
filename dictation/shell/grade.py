"""Grades a command: how much harm it may do, why, and whether it may stand at a prompt."""

from __future__ import annotations

from dataclasses import dataclass

from dictation.core.commands import Reason
from dictation.shell.characters import problems


@dataclass(frozen=True, slots=True)
class Grade:
    """``risk`` is safe, caution or danger; ``insertable`` says whether it may be put at a prompt as it stands."""

    risk: str
    reasons: tuple[Reason, ...]
    insertable: bool


def grade(command: str, shell: str = "bash", said: str = "") -> Grade:
    """The grade of one command of ``shell``; ``said`` is what the user said."""
    odd = problems(command, shell)
    return Grade("caution", odd, not odd)
