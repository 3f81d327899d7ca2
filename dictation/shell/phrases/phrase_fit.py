"""Fits the words of a request to one wording: every word is used, every needed part is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dictation.shell.command_context import Context
from dictation.shell.phrases.account import OPTIONAL, REQUIRED, SLOT, SOFT_USE, Use, unexplained
from dictation.shell.phrases.phrase_nearby import Nearby
from dictation.shell.phrases.phrase_slots import may_fill
from dictation.shell.phrases.phrase_table import Wording, WordingPart
from dictation.shell.phrases.phrase_words import Token
from dictation.spelled.wordlist import words

SOFT = words("_ current in on for to called")
"""Concepts that may stand anywhere without changing what is asked."""

READING = words("show what who which how all only from by")
"""Concepts that may stand anywhere in a request that only looks."""

ASKS = words(
    """show what who which how status usage where search grep count content log logs tail head running header dns ping
    history"""
)
"""Concepts that show that something is to be looked at."""

NOT = frozenset(("not",))
NOTHING = frozenset(("_", "current"))
_STARTS = words("run start launch execute restart")
_QUESTION_VERBS = words("is are does do has have did")
_FILLERS = words("hey so and ok okay um")
_ASKED = words("吗 有没有 是不是 是否 有无 没 呢")

_BUT = words("but 但 但是 不过")
_AFTER_BUT = frozenset(("not", "keep", "only"))
""" "but keep it", 但不要: what follows says what is asked."""

_STEPS = 4000
"""A request that could be read in more ways is not understood."""

_PASSED = Use(SOFT_USE)


class Fit:
    """How a list of tokens fits one wording: every token is used, every needed part is there."""

    def __init__(self, pieces: list[Token], wording: Wording, context: Context, template: str) -> None:
        self.pieces = pieces
        self.parts = wording.parts
        self.template = template
        self.reading = wording.reading
        self.uses: list[Use] = []
        self.soft = wording.soft | (SOFT | READING if wording.reading else SOFT)
        self.context = context
        self.found: tuple[float, dict[str, str]] | None = None
        self.steps = 0
        self.near = Nearby(pieces)

    def best(self) -> tuple[float, dict[str, str]] | None:
        """The best score and the slots, or ``None``."""
        if not self.reading or _looks(self.pieces, self.parts):
            shown = "show" in self.near.there
            self._go(0, frozenset(), {}, (0.5 if shown else -0.5) if self.reading else 0.0)
        return self.found

    def _go(self, at: int, used: frozenset[int], slots: dict[str, str], score: float) -> None:
        self.steps += 1
        if self.steps > _STEPS:
            return
        if at == len(self.pieces):
            self._keep(used, slots, score)
            return
        for use, place, gain in self._ways(at, used, slots):
            filled = {**slots, use.name: self.pieces[at].text} if use.kind == SLOT else slots
            self.uses.append(use)
            self._go(at + 1, used if place < 0 else used | {place}, filled, score + gain)
            self.uses.pop()

    def _keep(self, used: frozenset[int], slots: dict[str, str], score: float) -> None:
        """Take this reading if it has every needed part, is the best so far, and leaves no word unexplained."""
        if any(not part.optional and place not in used for place, part in enumerate(self.parts)):
            return
        if self.found is not None and score <= self.found[0]:
            return
        if unexplained(self.pieces, self.uses, self.template, reading=self.reading) is None:
            self.found = (score, slots)

    def _ways(self, at: int, used: frozenset[int], slots: dict[str, str]) -> Iterator[tuple[Use, int, float]]:
        """What word ``at`` may be used for, where the wording has it (-1 for nothing), and what that is worth."""
        piece = self.pieces[at]
        for place, part in enumerate(self.parts):
            if part.slot:
                if place not in used and may_fill(part, at, self.near, slots, self.parts, self.context):
                    yield Use(SLOT, part.slot), place, _worth(part.slot, piece)
            elif part.concepts & piece.means and (part.concepts != NOT or self._denies(at, place)):
                yield _use(part, place, again=place in used)
        if self._passes(at):
            yield _PASSED, -1, 0.0

    def _passes(self, at: int) -> bool:
        """Whether the wording may do without the word."""
        piece = self.pieces[at]
        return bool(self.soft & piece.means) or (piece.low in _BUT and bool(self.near.behind(at) & _AFTER_BUT))

    def _denies(self, at: int, place: int) -> bool:
        """Whether "not" stands before what the wording denies: "do not undo it and keep" is no "undo, not keep"."""
        after = next((piece for piece in self.pieces[at + 1 :] if piece.means - NOTHING or not piece.means), None)
        if after is None:
            return False
        for part in self.parts[place + 1 :]:
            if part.slot:
                return not after.means or after.kind == "quoted" or "nodemodules" in after.means
            if part.concepts & after.means:
                return True
            if not part.optional:
                return False
        return False


def _worth(slot: str, piece: Token) -> float:
    """What a filled slot adds: a word that could be something else explains less."""
    return 3.3 if slot == "archive" else 2.6 if piece.known() else 3.0


def _use(part: WordingPart, place: int, *, again: bool) -> tuple[Use, int, float]:
    if again:
        return Use(OPTIONAL, "", part.concepts, place), place, 0.2
    kind, gain = (OPTIONAL, 1.0) if part.optional else (REQUIRED, 3.0)
    return Use(kind, "", part.concepts, place), place, gain


def _looks(pieces: Sequence[Token], parts: Sequence[WordingPart]) -> bool:
    """Whether a request asks to be shown something: 暂存改动 is to be done, 看看暂存的改动 is to be looked at.

    Without a word that asks, "the port is 8080" is a statement.
    """
    told = next((piece for piece in pieces if piece.means != frozenset("_")), None)
    if told is not None and told.low in _STARTS:
        return False
    asks = any(piece.means & ASKS for piece in pieces) or _question(pieces)
    return asks or not any(part.slot for part in parts)


def _question(pieces: Sequence[Token]) -> bool:
    """ "is port 3000 open", "端口 3000 开着吗"."""
    if not any(each.means & words("use listen running exists status ping connection installed") for each in pieces):
        return False
    first = next((each for each in pieces if each.low not in _FILLERS), None)
    if first is not None and first.low in _QUESTION_VERBS:
        return True
    return any(each.low in _ASKED for each in pieces)
