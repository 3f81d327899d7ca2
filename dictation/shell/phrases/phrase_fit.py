"""Fits the words of a request to one wording: every word is used, every needed part is there."""

from __future__ import annotations

import re

from dictation.shell.command_context import Context
from dictation.shell.files.file_kinds import KINDS
from dictation.shell.phrases.account import OPTIONAL, REQUIRED, SLOT, SOFT_USE, Use, unexplained
from dictation.shell.phrases.phrase_names import NAMES, named, ordinary
from dictation.shell.phrases.phrase_places import accepts
from dictation.shell.phrases.phrase_table import Wording, WordingPart
from dictation.shell.phrases.phrase_words import Token
from dictation.spelled import programs
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

_TO = tuple("到成为至进给入叫")
_AHEAD = words("在 于 从")
_BEHIND = words("里 里面 中 内 下 下面 之内 底下 里边 之下 当中 目录下 文件夹里 里头 里的 里面的 中的 下的")
"""What stands before a place, and what stands behind it."""

MARKERS = {
    "to": ("to",),
    "into": ("to", "in"),
    "in": ("in", "on", "from", "of"),
    "from": ("from", "with"),
    "called": ("called", "to"),
    "as": ("called", "with", "by", "to"),
    "than_branch": ("than_branch", "to", "with", "between"),
}
_BETWEEN = words(
    "_ current all file folder branch server remote service project name port container value host by line"
)
CALLED = words(
    """context session container service pods deployment env namespace script branch image folder file package tag user
    host word text"""
)
"""What an everyday word stands beside when it is a name."""

NOT = frozenset(("not",))
NOTHING = frozenset(("_", "current"))

ENTITIES = words("context session container service pods deployment env namespace script branch image")
"""What a name often follows without more: "the session work"."""


_PLACES = words("path dir folder file dest")
_ASKED = words("吗 有没有 是不是 是否 有无 没 呢")


_REACHING = words("ssh ping traceroute dig nslookup whois ssh-copy-id")
"""Programs that are followed by a host, so that it need not look like one."""


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
        self._there = frozenset().union(*(piece.means for piece in pieces))
        shown = any("show" in piece.means for piece in pieces)
        # "暂存改动" is to be done, "看看暂存的改动" is to be looked at.
        asks = any(piece.means & ASKS for piece in pieces) or _question(pieces)
        # Without a word that asks, "the port is 8080" is a statement.
        told = next((piece for piece in pieces if piece.means != frozenset("_")), None)
        begun = wording.reading and told is not None and told.low in ("run", "start", "launch", "execute", "restart")
        self.answers = not begun and (asks or not wording.reading or not any(part.slot for part in wording.parts))
        self.start = (0.5 if shown else -0.5) if wording.reading else 0.0

    def best(self) -> tuple[float, dict[str, str]] | None:
        """The best score and the slots, or ``None``."""
        if self.answers:
            self._go(0, frozenset(), {}, self.start)
        return self.found

    def _go(self, at: int, used: frozenset[int], slots: dict[str, str], score: float) -> None:
        self.steps += 1
        if self.steps > 4000:
            return
        if at == len(self.pieces):
            complete = all(part.optional or place in used for place, part in enumerate(self.parts))
            better = complete and (self.found is None or score > self.found[0])
            if better and unexplained(self.pieces, self.uses, self.template, reading=self.reading) is None:
                self.found = (score, dict(slots))
            return
        piece = self.pieces[at]
        for place, part in enumerate(self.parts):
            if part.slot:
                if place not in used and self._fits(at, part, slots):
                    slots[part.slot] = piece.text
                    gain = 3.3 if part.slot == "archive" else 2.6 if piece.known() else 3.0
                    self._with(Use(SLOT, part.slot), at, used | {place}, slots, score + gain)
                    del slots[part.slot]
            elif part.concepts & piece.means and (part.concepts != NOT or self._denies(at, place)):
                gain = (1.0 if part.optional else 3.0) if place not in used else 0.2
                kind = OPTIONAL if part.optional or place in used else REQUIRED
                self._with(Use(kind, "", part.concepts, place), at, used | {place}, slots, score + gain)
        if self.soft & piece.means:
            self._with(Use(SOFT_USE), at, used, slots, score)

    def _with(self, use: Use, at: int, used: frozenset[int], slots: dict[str, str], score: float) -> None:
        """Go on behind one word that is used for ``use``."""
        self.uses.append(use)
        self._go(at + 1, used, slots, score)
        self.uses.pop()

    def _denies(self, at: int, place: int) -> bool:
        """Whether "not" stands before what the wording denies: "do not undo it and keep" is no "undo, not keep"."""
        after = next((piece for piece in self.pieces[at + 1 :] if piece.means - NOTHING or not piece.means), None)
        for part in self.parts[place + 1 :]:
            if after is None:
                return False
            if part.slot:
                return not after.means or after.kind == "quoted" or "nodemodules" in after.means
            if part.concepts & after.means:
                return True
            if not part.optional:
                return False
        return False

    def _fits(self, at: int, part: WordingPart, slots: dict[str, str]) -> bool:
        if (
            any(
                each.slot and each.slot not in slots and not each.marker
                for each in self.parts[: self.parts.index(part)]
            )
            and not part.marker
        ):
            return False
        named = self._before(at, ("called",)) or (at > 0 and bool(self.pieces[at - 1].means & ENTITIES))
        if part.slot == "pattern" and self._before(at, ("called",)) and "folder" in self._there:
            return False
        if part.marker and not self._marked(at, part.marker):
            return False
        if not self._evident(at, part.slot):
            return False
        named = named or bool(part.marker)
        if (
            part.slot == "pattern"
            and at
            and self.pieces[at - 1].means & words("search grep for contain count time word text")
        ):
            named = True
        if part.slot == "pattern" and any("occurs" in each.means for each in self.pieces[at + 1 : at + 2]):
            named = True
        slot = {"dest": "branch" if any(each.slot == "branch" for each in self.parts) else "path"}.get(
            part.slot, part.slot
        )
        if slot == "path" and any(each.slot == "pattern" for each in self.parts) and part.slot == "dest":
            slot = "value"
        if slot == "name" and self.pieces[at].low in NAMES and self._beside(at):
            return True
        if slot == "name" and self._before(at, ("called", "session")):
            piece = self.pieces[at]
            return piece.kind == "word" and bool(re.fullmatch(r"[\w.-]{2,}", piece.text)) and "_" not in piece.means
        return accepts(slot, self.pieces[at], self.context, named=named)

    def _evident(self, at: int, slot: str) -> bool:
        """Whether the piece may be a name here: an everyday word ("go to sleep") has to be called one."""
        piece = self.pieces[at]
        where = self.context
        behind = self.pieces[at + 1].means if at + 1 < len(self.pieces) else frozenset()
        if slot in _PLACES and piece.low in KINDS and "file" in behind and piece.text not in where.files:
            return False  # "in typescript files": a kind, no folder
        if piece.kind == "word" and at and self.pieces[at - 1].low in ("and", "then") and not self._joined(at):
            return False  # "push it and overwrite the remote": another thing to do
        if slot == "host" and not re.search(r"[.\d@-]", piece.text):
            return any(each.low in _REACHING or each.means & words("server host domain dns") for each in self.pieces)
        known = piece.text in (*where.files, *where.branches, *where.tools) or piece.low in named()
        known = known or slot in ("user", "login", "value")
        known = known or (slot not in ("path", "dir", "branch", "base", "dest") and piece.low in programs.spoken())
        known = known or (slot in ("pattern", "dest") and any("replace" in each.means for each in self.pieces))
        if piece.kind != "word" or piece.means or known or not ordinary(piece.text):
            return True
        beside = self.pieces[max(0, at - 1) : at] + self.pieces[at + 1 : at + 2]
        if slot == "pattern":
            return any(each.means & words("word text") for each in beside)
        return self._before(at, ("called",)) or any(
            each.means & CALLED and not (each.kind == "word" and each.low.endswith("s")) for each in beside
        )

    def _joined(self, at: int) -> bool:
        """Whether what stands before "and" is a name too: "between main and dev"."""
        return at > 1 and (
            not self.pieces[at - 2].means
            or self.pieces[at - 2].kind in ("quoted", "number")
            or self.pieces[at - 2].low in named()
            or "between" in self._there - self.pieces[at - 1].means
        )

    def _beside(self, at: int) -> bool:
        return any(
            each.means & ENTITIES for each in self.pieces[max(0, at - 1) : at + 2] if each is not self.pieces[at]
        )

    def _marked(self, at: int, marker: str) -> bool:
        if marker == "in" and self._after(at):
            return True
        return self._before(at, MARKERS[marker])

    def _before(self, at: int, concepts: tuple[str, ...]) -> bool:
        for back in range(at - 1, -1, -1):
            piece = self.pieces[back]
            if piece.kind == "han" and piece.text in _BEHIND:
                return False  # "src 里 useState": what stands in src is before it
            if set(concepts) & piece.means or ("to" in concepts and piece.kind == "han" and piece.text.endswith(_TO)):
                return True
            if not piece.means or not piece.means & _BETWEEN:
                return False
        return False

    def _after(self, at: int) -> bool:
        for ahead in range(at + 1, len(self.pieces)):
            piece = self.pieces[ahead]
            if "in" in piece.means and piece.kind == "han":
                return piece.text not in _AHEAD
            if not piece.means & words("file folder _"):
                return False
        return False


def _question(pieces: list[Token]) -> bool:
    """ "is port 3000 open", "端口 3000 开着吗"."""
    if not any(each.means & words("use listen running exists status ping connection installed") for each in pieces):
        return False
    first = next((each for each in pieces if each.low not in ("hey", "so", "and", "ok", "okay", "um")), None)
    if first is not None and first.low in ("is", "are", "does", "do", "has", "have", "did"):
        return True
    return any(each.low in _ASKED for each in pieces)
