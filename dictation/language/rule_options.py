"""What the user may choose about the language rules."""

from __future__ import annotations

from dataclasses import dataclass

PUNCTUATION = ("keep", "full", "half")
SCRIPTS = ("simplified", "keep")
MARKS = ("off", "on", "alone")


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """``punctuation`` next to Chinese is kept, made full-width or half-width; ``script`` simplified turns traditional
    characters into simplified ones; ``marks`` that are said by their names are written never, always, or alone between
    two pauses; the others switch a rule off."""

    punctuation: str = "keep"
    script: str = "simplified"
    fillers: bool = True
    numbers: bool = True
    spacing: bool = True
    code: bool = True
    marks: str = "off"
