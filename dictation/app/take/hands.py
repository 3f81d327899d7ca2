"""What puts text at the cursor, and knows where that is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from dictation.core.errors import DictationError, InsertError
from dictation.core.ports import Activates, Focus, Receipts, Remarks, Typist, Waits
from dictation.core.types import Move, Target
from dictation.desktop.nothing import NoFocus, NoTypist

BACK_SECONDS = 1.0
"""So long a window may take to come to the front."""

KEY_SECONDS = 0.2
"""Between two looks whether our key, which may be held for another, is in the way."""

RECOVERED, AGAIN, LATE = "recovered", "transcribed-again", "transcribed-late"

OFFERS = {
    RECOVERED: "This was said before Dictation ended unexpectedly",
    AGAIN: "This was transcribed again",
    LATE: "This waited for a model",
}
"""Codes of the errors with which a text ends that is offered and not put in, and what they say."""


class OurKey:
    """Whether the key that records is held down; ``up`` is set while it is not."""

    def __init__(self) -> None:
        self.up = threading.Event()
        self.up.set()

    @property
    def held(self) -> bool:
        """Whether it is down."""
        return not self.up.is_set()


@dataclass(frozen=True, slots=True)
class Hands:
    """The typist and the focus in use."""

    typist: Typist
    focus: Focus
    key: OurKey = field(default_factory=OurKey)
    swallows: Callable[[Target], str] = lambda _: ""
    """Why a text would not reach the program in a window that has the cursor; empty where it would."""
    prompted: Callable[[Target], bool] = lambda _: False
    """Whether a window is a terminal that waits for a command."""
    taken: Callable[[Target], str] = lambda _: ""
    """What has taken a terminal since the key went down at its prompt; empty for nothing."""
    late: Callable[[], bool] = lambda: False
    """Whether who asks was given up, because it hung, and has no right to the cursor any more."""

    tell: Callable[[DictationError], None] = lambda _: None
    """Hears what the user should know though the text was put in."""

    @property
    def arrived(self) -> bool:
        """See ``ports.Receipts``; false where the typist has none to give."""
        return isinstance(self.typist, Receipts) and self.typist.arrived

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """As ``Typist.perform``; while our own key is held for the next utterance, and would make shortcuts of what is
        typed, that is waited for, however long it is. Raises InsertError."""
        while self.key.held and not self.free():
            self.key.up.wait(KEY_SECONDS)
        why = self.swallows(target)
        if self.late():
            raise InsertError("late", "It came too late: others have gone on", "`dictation history` has it.")
        if why:
            raise InsertError("swallowed", why, "Leave that view (q), then `dictation insert-last` puts it in.")
        if why := self.taken(target):
            raise InsertError("terminal-taken", why, "`dictation insert-last` puts it in.")
        self.typist.perform(moves, target)
        if isinstance(self.typist, Remarks) and (remark := self.typist.remark()):
            self.tell(remark)

    def here(self) -> Target:
        """The window with the cursor, and whether it is a terminal that waits for a command."""
        target = self.focus.current()
        return replace(target, prompted=self.prompted(target))

    def prepare(self) -> None:
        """See ``Typist``."""
        self.typist.prepare()

    def close(self) -> None:
        """See ``Typist``."""
        self.typist.close()

    def free(self) -> bool:
        """Whether the typist could type now, or has to wait for fingers on Ctrl; true where nobody can say."""
        return self.typist.free() if isinstance(self.typist, Waits) else True

    def activate(self, target: Target) -> None:
        """Give the cursor back to ``target``, where that can be asked for."""
        if isinstance(self.focus, Activates):
            self.focus.activate(target)

    def bring_back(self, target: Target) -> bool:
        """Give ``target`` the cursor again, and wait a moment until it has it. False where that cannot be."""
        self.activate(target)
        end = time.monotonic() + BACK_SECONDS
        while not (there := self.focus.same(target)) and time.monotonic() < end:
            time.sleep(0.02)  # nobody tells when a window has come to the front
        return there


class OffersOnly(NoTypist):
    """A typist for what was said before: it refuses, so that the text is kept and offered."""

    def __init__(self, code: str) -> None:
        """``code`` is one of ``OFFERS``."""
        super().__init__("it waits to be asked for")
        self._code = code

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        raise InsertError(self._code, OFFERS[self._code], "`dictation insert-last` puts it in.")


def offering(code: str) -> Hands:
    """Hands that put nothing in; ``code`` is one of ``OFFERS``."""
    return Hands(OffersOnly(code), NoFocus())


def not_taken_back(_: Target) -> None:
    """A "scratch that" of long ago. Raises InsertError."""
    raise InsertError(RECOVERED, "This was said about an earlier text", "Nothing was taken back.")
