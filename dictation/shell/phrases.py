"""Common requests in their many wordings: a table of concepts that have to be there, and nothing else left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dictation.shell.context import Context
from dictation.shell.phrase_slots import accepts, fill, plain
from dictation.shell.phrase_words import DATA, Token, lexicon, said, tokens
from dictation.shell.wordlist import words

SOFT = words("_ current in on for by with to from called")
"""Concepts that may stand anywhere without changing what is asked."""

READING = words("show what who which how all only")
"""Concepts that may stand anywhere in a request that only looks."""

_PORTABLE = words(
    """git docker npm npx pnpm yarn kubectl pip pytest cargo go conda gh terraform python node nvm helm black ruff code
    nvidia-smi jupyter gofmt rustup"""
)
_NOT_PORTABLE = re.compile(r"[$`|~<>*]|@\{")
_TO = tuple("到成为至进给入")
_MARKERS = {
    "to": ("to",),
    "into": ("to", "in"),
    "in": ("in", "on", "from", "of"),
    "from": ("from", "with"),
    "called": ("called", "to"),
    "than_branch": ("than_branch", "to", "with", "between"),
}
_BETWEEN = words("_ current file folder branch server remote service project name port container value host by line")
ENTITIES = words("session container service pods deployment env namespace script branch image")
"""What a name often follows without more: "the session work"."""


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a wording: concepts of which one is to be there, or a slot with the word before it."""

    concepts: frozenset[str] = frozenset()
    optional: bool = False
    slot: str = ""
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What must be there, what may be there, and the entry it belongs to."""

    parts: tuple[Part, ...]
    reading: bool
    entry: int
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table; ``commands`` by family: sh, powershell, cmd."""

    commands: tuple[str, str, str]
    english: str
    chinese: str
    when: str


@dataclass(frozen=True, slots=True)
class Match:
    """A command that fits: higher ``score`` explains more of what was said."""

    command: str
    explanation: str
    score: float


@lru_cache(maxsize=1)
def table() -> tuple[tuple[Entry, ...], tuple[Wording, ...], frozenset[str]]:
    """The entries, all wordings, and the concepts that have no line in the lexicon and stand for their own name."""
    entries: list[Entry] = []
    wordings: list[Wording] = []
    own: set[str] = set()
    known = {concept for concepts in lexicon().values() for concept in concepts}
    for line in (DATA / "phrases.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        spoken, sh, powershell, cmd, english, chinese, when = line.split("\t")
        for alternative in spoken.split(" ; "):
            wording = _wording(alternative, len(entries))
            wordings.append(wording)
            own |= {concept for part in wording.parts for concept in part.concepts} - known
        entries.append(Entry((sh, powershell, cmd), english, chinese, when))
    return tuple(entries), tuple(wordings), frozenset(own)


def _wording(text: str, entry: int) -> Wording:
    parts = []
    reading = False
    for piece in text.split():
        if piece == "~":
            reading = True
        elif piece.startswith("{"):
            optional = piece.endswith("?")
            slot, _, marker = piece.rstrip("?").strip("{}").partition("<")
            parts.append(Part(slot=slot, marker=marker, optional=optional))
        else:
            optional = piece.endswith("?")
            concepts = frozenset(each.rstrip("?") for each in piece.split("|"))
            parts.append(Part(concepts, optional))
    needs = tuple(part.concepts for part in parts if part.concepts and not part.optional)
    return Wording(tuple(parts), reading, entry, needs)


def matches(request: str, context: Context) -> list[Match]:
    """Every command of the table that explains all of ``request``, the best first."""
    entries, wordings, own = table()
    text = said(request)
    variants = _variants(tokens(text, own), text)
    chinese = bool(re.search(r"[㐀-鿿]", request))
    found: list[Match] = []
    for pieces in variants:
        if not pieces or len(pieces) > 24:
            continue
        there = frozenset().union(*(each.means for each in pieces))
        for wording in wordings:
            if not all(need & there for need in wording.needs):
                continue
            entry = entries[wording.entry]
            template = _template(entry, context)
            if not template or not _when(entry.when, context):
                continue
            best = _Fit(pieces, wording, context).best()
            if best is None:
                continue
            score, slots = best
            command = fill(template, slots, context)
            if command is not None:
                explained = plain(entry.chinese if chinese else entry.english, slots)
                found.append(Match(command, explained, score + (2 if entry.when else 0)))
    best: dict[str, Match] = {}
    for each in found:
        if each.command not in best or best[each.command].score < each.score:
            best[each.command] = each
    return sorted(best.values(), key=lambda each: -each.score)


def phrase(request: str, context: Context) -> Match | None:
    """The best command of the table for ``request``, or ``None`` when nothing fits all of it, or two do as well."""
    found = matches(request, context)
    if len(found) > 1 and found[0].score == found[1].score and found[0].command != found[1].command:
        return None  # it may mean either
    return found[0] if found else None


def _when(when: str, context: Context) -> bool:
    kind, _, name = when.partition(":")
    if kind == "file":
        return name in context.files
    if kind == "tool":
        return name in context.tools
    return not when or when == "up" or when in (context.system, context.shell)


def _template(entry: Entry, context: Context) -> str:
    sh, powershell, cmd = entry.commands
    if entry.when == "up":
        return "cd {up}"
    if context.shell == "powershell" and powershell:
        return powershell
    if context.shell == "cmd" and cmd:
        return cmd
    if context.shell in ("powershell", "cmd"):
        if sh.split(" ")[0] not in _PORTABLE or _NOT_PORTABLE.search(sh):
            return ""
        return sh.replace(" && ", "; ") if context.shell == "powershell" else sh
    return sh


def _variants(pieces: list[Token], text: str) -> list[list[Token]]:
    """The pieces, and once more for each word after which all the rest may be a message."""
    found = [pieces]
    for at, piece in enumerate(pieces[:-1]):
        if not {"message", "called"} & piece.means:
            continue
        rest = at + 1
        while rest < len(pieces) - 1 and pieces[rest].kind != "quoted" and _leads(pieces[rest]):
            rest += 1
        if pieces[rest].kind == "quoted":
            continue
        tail = text[pieces[rest].start :].strip(" \"',:：")
        if tail:
            message = Token(tail, "message", frozenset(), pieces[rest].start, len(text))
            found.append([*pieces[: at + 1], message])
    return found


def _leads(piece: Token) -> bool:
    """Words between "message" and the message itself."""
    return piece.low in (
        "to",
        "as",
        "is",
        "says",
        "saying",
        "of",
        "改成",
        "改为",
        "为",
        "是",
        "写",
        "写上",
        "叫",
        "换成",
        "成",
        "写成",
        "填",
        "用",
    )


class _Fit:
    """How a list of tokens fits one wording: every token is used, every needed part is there."""

    def __init__(self, pieces: list[Token], wording: Wording, context: Context) -> None:
        self.pieces = pieces
        self.parts = wording.parts
        self.soft = SOFT | READING if wording.reading else SOFT
        self.context = context
        self.found: tuple[float, dict[str, str]] | None = None
        self.steps = 0
        shown = any("show" in piece.means for piece in pieces)
        # "暂存改动" is to be done, "看看暂存的改动" is to be looked at.
        self.start = (0.5 if shown else -0.5) if wording.reading else 0.0

    def best(self) -> tuple[float, dict[str, str]] | None:
        """The best score and the slots, or ``None``."""
        self._go(0, frozenset(), {}, self.start)
        return self.found

    def _go(self, at: int, used: frozenset[int], slots: dict[str, str], score: float) -> None:
        self.steps += 1
        if self.steps > 4000:
            return
        if at == len(self.pieces):
            complete = all(part.optional or place in used for place, part in enumerate(self.parts))
            if complete and (self.found is None or score > self.found[0]):
                self.found = (score, dict(slots))
            return
        piece = self.pieces[at]
        for place, part in enumerate(self.parts):
            if part.slot:
                if place not in used and self._fits(at, part, slots):
                    slots[part.slot] = piece.text
                    self._go(at + 1, used | {place}, slots, score + (2.6 if piece.known() else 3.0))
                    del slots[part.slot]
            elif part.concepts & piece.means:
                gain = (1.0 if part.optional else 3.0) if place not in used else 0.2
                self._go(at + 1, used | {place}, slots, score + gain)
        if self.soft & piece.means:
            self._go(at + 1, used, slots, score)

    def _fits(self, at: int, part: Part, slots: dict[str, str]) -> bool:
        if (
            any(
                each.slot and each.slot not in slots and not each.marker
                for each in self.parts[: self.parts.index(part)]
            )
            and not part.marker
        ):
            return False
        named = self._before(at, ("called",)) or (at > 0 and bool(self.pieces[at - 1].means & ENTITIES))
        if part.marker and not self._marked(at, part.marker):
            return False
        named = named or bool(part.marker)
        if part.slot == "pattern" and at and self.pieces[at - 1].means & words("search grep for contain count"):
            named = True
        slot = {"dest": "branch" if any(each.slot == "branch" for each in self.parts) else "path"}.get(
            part.slot, part.slot
        )
        if slot == "path" and any(each.slot == "pattern" for each in self.parts) and part.slot == "dest":
            slot = "value"
        if slot == "name" and self._before(at, ("called", "session")):
            piece = self.pieces[at]
            return piece.kind == "word" and bool(re.fullmatch(r"[\w.-]{2,}", piece.text)) and "_" not in piece.means
        return accepts(slot, self.pieces[at], self.context, named=named)

    def _marked(self, at: int, marker: str) -> bool:
        if marker == "in" and self._after(at):
            return True
        return self._before(at, _MARKERS[marker])

    def _before(self, at: int, concepts: tuple[str, ...]) -> bool:
        for back in range(at - 1, -1, -1):
            piece = self.pieces[back]
            if set(concepts) & piece.means or ("to" in concepts and piece.kind == "han" and piece.text.endswith(_TO)):
                return True
            if not piece.means or not piece.means & _BETWEEN:
                return False
        return False

    def _after(self, at: int) -> bool:
        for ahead in range(at + 1, len(self.pieces)):
            piece = self.pieces[ahead]
            if "in" in piece.means and piece.kind == "han":
                return True
            if not piece.means & words("file folder _"):
                return False
        return False
