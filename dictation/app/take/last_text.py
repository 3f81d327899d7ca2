"""What was put in last, and whether it may still be taken back, or swapped for what was heard."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dictation.app.take.hands import Hands
from dictation.core import insertion
from dictation.core.errors import InsertError
from dictation.core.settings import Settings
from dictation.core.types import Edit, Target

Typed = Callable[[float], bool]
"""Whether something was typed since that moment, in monotonic seconds."""


Clicked = Callable[[float, int | None], bool]
"""Whether the mouse was clicked in that window since that moment."""

OURS_SECONDS = 0.25
"""The keys that put the text in are heard too, on a busy machine a moment after they have done so."""


NEAR_SECONDS = 60.0
"""Where nobody knows the window, so long after a text one is taken to go on in the same: a space too many at the
beginning of a field is less of a nuisance than two sentences run together."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A text that was put into ``target`` and ended before ``at``, in monotonic seconds. ``edits`` are what the rules
    made of ``heard``, which is empty where it may not stand there instead. ``gap`` is the space before it."""

    text: str
    target: Target
    heard: str
    edits: tuple[Edit, ...]
    at: float
    gap: str = ""


class LastText:
    """The last text before the cursor, as far as that can be known: the same window of the same process, and no key
    pressed since that types and no click into that window (where keys and clicks are heard)."""

    def __init__(
        self, hands: Hands, undone: Callable[[Sequence[Edit]], None], typed: Typed, clicked: Clicked = lambda *_: False
    ) -> None:
        """``undone`` is told of edits that the user did not want."""
        self.hands, self._undone, self._typed, self._clicked = hands, undone, typed, clicked
        self._placed: Placed | None = None

    def place(self, text: str, target: Target, heard: str = "", edits: tuple[Edit, ...] = (), gap: str = "") -> None:
        """``gap`` and ``text`` stand before the cursor of ``target`` now."""
        self._placed = Placed(text, target, heard, edits, time.monotonic(), gap)

    def before(self, target: Target) -> str | None:
        """Our own text that stands before the cursor of ``target``; None where it is not known what does."""
        placed = self._placed
        if placed is None or (placed.target.window, placed.target.pid) != (target.window, target.pid):
            return None
        if target.window is None and target.pid is None and time.monotonic() - placed.at > NEAR_SECONDS:
            return None
        moved = self._typed(placed.at + OURS_SECONDS) or self._clicked(placed.at, target.window)
        return None if moved else placed.text

    def gap(self, text: str, target: Target, settings: Settings) -> str:
        """The space that ``text`` needs before it where the cursor of ``target`` is. Within a job."""
        return insertion.gap(self.before(target), text, settings.insert.spacing)

    def touched(self, target: Target, since: float) -> bool:
        """Whether a text of ours was put into ``target`` since that moment, in monotonic seconds."""
        placed = self._placed
        return placed is not None and placed.target.window == target.window and placed.at > since

    @property
    def swappable(self) -> bool:
        """Whether there is a text that ``raw`` would change; where the cursor is now is not looked at."""
        placed = self._placed
        return placed is not None and insertion.fit(placed.heard, placed.target) not in ("", placed.text)

    def insert(self, text: str, settings: Settings, heard: str = "") -> None:
        """Put ``text``, for which ``heard`` was heard, into the window that has the cursor now. Raises InsertError."""
        target = self.hands.focus.current()
        gap = self.gap(text, target, settings)
        if moves := insertion.plan(gap + text, target, settings):
            self.hands.perform(moves, target)
            self.place(insertion.fit(text, target), target, heard, gap=gap)

    def undo(self) -> None:
        """Take it back. Raises InsertError, and then nothing was done."""
        placed = self._mine()
        self.hands.perform(insertion.erase(placed.gap + placed.text), placed.target)
        self._placed = None
        self._undone(placed.edits)

    def scratch(self, target: Target) -> None:
        """What was said is "scratch that"; it counts for the window in which it was said."""
        if self._placed and self._placed.target.window != target.window:
            raise InsertError("other-window", "The last text is in another window", "Go back to it and say that there.")
        if self._placed:  # somebody who thinks again has not found the replacements wrong
            self._placed = replace(self._placed, heard="", edits=())
        self.undo()

    def raw(self, settings: Settings) -> None:
        """Swap it for what was heard, and once more for what it was. Raises InsertError."""
        placed = self._mine()
        if not placed.heard:
            raise InsertError("nothing-heard", "Only dictated text can be swapped for what was heard", "Say it again.")
        heard = insertion.fit(placed.heard, placed.target)
        moves = insertion.swap(placed.text, heard, placed.target, settings)
        if moves:
            self.hands.perform(moves, placed.target)
        self._undone(placed.edits)
        self.place(heard, placed.target, placed.text, gap=placed.gap)

    def _mine(self) -> Placed:
        placed = self._placed
        if placed is None:
            raise InsertError("nothing-to-undo", "There is nothing to take back", "Dictate something first.")
        if not self.hands.focus.same(placed.target):
            raise InsertError("other-window", "The text is in another window", "Go back to it and undo there.")
        if self._typed(placed.at + OURS_SECONDS):
            raise InsertError("typed-since", "Something was typed after the text", "Take it back yourself.")
        if self._clicked(placed.at, placed.target.window):
            why = "The mouse was clicked in the window after the text"
            raise InsertError("clicked-since", why, "Take it back yourself.")
        return placed
