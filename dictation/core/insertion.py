"""From a text to moves at the cursor: paste or type, and what a terminal may receive."""

from __future__ import annotations

import unicodedata

from dictation.core.nouns import Move, Paste, Target, Type
from dictation.core.settings import Settings

LONG = 200
"""Characters up to which typing is tried where the user asked for it; more is pasted."""


def plan(text: str, target: Target, settings: Settings) -> tuple[Move, ...]:
    """What to do so that ``text`` stands at the cursor of ``target``. An empty text needs no move."""
    clean = fit(text, target)
    if not clean:
        return ()
    if settings.insert.method == "type" and len(clean) <= LONG:
        return (Type(clean),)
    return (Paste(clean),)


def fit(text: str, target: Target) -> str:
    """``text`` without what must never reach a cursor: control characters anywhere, line ends and tabs in a terminal.

    A line end in a shell would run the line; a tab would complete it. Both become one space there.
    """
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
        .replace("\x85", "\n")
    )
    if target.terminal:
        text = " ".join(part for part in text.replace("\t", "\n").split("\n") if part)
    return "".join(each for each in text if each in "\n\t" or unicodedata.category(each) != "Cc")
