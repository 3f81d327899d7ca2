"""From a text to moves at the cursor: paste or type, what a terminal may receive, and how it is taken back."""

from __future__ import annotations

import unicodedata

from dictation.core import methods
from dictation.core.errors import SECRET, InsertError
from dictation.core.methods import NEVER, PASTE, TYPE
from dictation.core.settings import Settings
from dictation.core.types import Erase, Move, Paste, Target, Type

LONG = 200
"""Characters up to which typing is tried where the user asked for it everywhere; more is pasted."""


def plan(text: str, target: Target, settings: Settings) -> tuple[Move, ...]:
    """What to do so that ``text`` stands at the cursor of ``target``. An empty text needs no move.

    Raises InsertError where nothing may be put in.
    """
    clean = fit(text, target)
    if not clean:
        return ()
    way = methods.way(target, settings.insert.method, settings.insert.methods)
    if way.method == NEVER:
        if way.kind.secret and not way.asked:
            raise InsertError(SECRET, way.why, "Type it yourself: passwords are not dictated.")
        raise InsertError("never-here", way.why, "Type it yourself; `dictation last` prints the text.")
    if way.method == PASTE:
        return (Paste(clean, way.key),)
    # Where typing was chosen for this program, what would be pasted is not known to arrive.
    only = way.asked or way.kind.method == TYPE
    return (Type(clean, only),) if only or len(clean) <= LONG else (Paste(clean),)


BROKEN = "\ufffd"
"""What stands for a character that came in half: nobody says it, so nobody wants it typed."""


def fit(text: str, target: Target) -> str:
    """``text`` without what must never reach a cursor: control characters and broken ones anywhere, and in a terminal
    line ends and tabs.

    A line end in a shell would run the line; a tab would complete it. Both become one space there, and in a window
    that may show one: a remote desktop.
    """
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
        .replace("\x85", "\n")
    )
    if methods.kind_of(target).blind:
        text = " ".join(part for part in text.replace("\t", "\n").split("\n") if part)
    return "".join(each for each in text if each in "\n\t" or (unicodedata.category(each) != "Cc" and each != BROKEN))


def gap(before: str | None, text: str, spacing: str) -> str:
    """What goes in front of ``text``: a space where it begins a word of Latin after another or after a closing mark.

    ``before`` is what stands before the cursor, None where that is not known; ``spacing`` is the setting
    insert.spacing. Chinese is written without spaces, a line begins without one, and after an opening bracket or a
    slash the text goes on.
    """
    if spacing == "never" or not text or not (_begins(text[0])):
        return ""
    if before is None:
        return " " if spacing == "always" else ""
    return " " if before and _ends(before[-1]) else ""


def _begins(character: str) -> bool:
    return (character.isalnum() and not _wide(character)) or character in "([{<\"'`“‘$@#&~/\\+-*="


def _ends(character: str) -> bool:
    return (character.isalnum() and not _wide(character)) or character in ".,;:!?)]}>\"'`”’%…*"


def _wide(character: str) -> bool:
    """Whether it is written like Chinese: in a square of its own."""
    return unicodedata.east_asian_width(character) in ("W", "F")


def erase(text: str) -> tuple[Move, ...]:
    """What takes ``text``, which stands before the cursor, back.

    Raises InsertError where that cannot be exact: programs do not agree on how many BackSpaces a character of several
    parts takes. (A family of three takes GTK, Chromium, Qt and bash 1, 1, 5 and 3; an e with an accent of its own 1, 2,
    2 and 1. What is one code point takes one everywhere.)
    """
    if any(_part(each) for each in text):
        raise InsertError(
            "not-countable",
            "The text holds a character of several parts, which programs delete in different ways",
            "Take it back yourself, for instance with Ctrl+Z.",
        )
    return (Erase(len(text)),) if text else ()


def swap(shown: str, wanted: str, target: Target, settings: Settings) -> tuple[Move, ...]:
    """What turns ``shown``, which stands before the cursor, into ``wanted``. Raises InsertError, see ``erase``."""
    same = 0
    while same < min(len(shown), len(wanted)) and shown[same] == wanted[same]:
        same += 1
    while 0 < same < len(wanted) and _part(wanted[same]):
        same -= 1  # a part joins what is before it
    return erase(shown[same:]) + plan(wanted[same:], target, settings)


def _part(character: str) -> bool:
    """Whether it may be drawn as one with its neighbours: marks, joiners, flags, skin tones, Hangul letters."""
    code = ord(character)
    return (
        unicodedata.category(character)[0] == "M"
        or unicodedata.category(character) == "Cf"
        or 0x1F1E6 <= code <= 0x1F1FF
        or 0x1F3FB <= code <= 0x1F3FF
        or 0x1100 <= code <= 0x11FF
        or 0xA960 <= code <= 0xA97F
        or 0xD7B0 <= code <= 0xD7FF
    )
