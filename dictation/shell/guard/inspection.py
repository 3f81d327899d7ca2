"""What one grading looks at and has found: words as the shell will see them, calls of programs, and the findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dictation.core.commands import Reason

UNKNOWN = "\0"
"""Stands in a word for a piece that is only known when the command runs."""

SAFE, CAUTION, DANGER = "safe", "caution", "danger"
ORDER = (SAFE, CAUTION, DANGER)
DEEPEST = 12
"""Commands within commands that are looked into; what hides deeper is not understood."""

MOST_CALLS = 300
MOST_WORDS = 6000
"""Words and characters that one grading looks at in all, so that no line can keep it busy."""

MOST_TEXT = 24_000


MOST_EXPANDED = 60_000
"""Characters that variables may grow to in one grading."""


class TooMuchError(Exception):
    """There is more in a command than can be looked through."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a command prints: the text where it can be worked out, and where it comes from.

    Marks: network, secret, environment, decoded, mangled, paths (names of files), endless, local.
    """

    text: str | None = None
    marks: frozenset[str] = frozenset()


NOTHING = Output("")


def joined(outputs: list[Output]) -> Output:
    """What several commands print one after another."""
    marks = frozenset(mark for each in outputs for mark in each.marks)
    texts = [each.text for each in outputs]
    if any(text is None for text in texts):
        return Output(None, marks)
    return Output("".join(text or "" for text in texts), marks)


@dataclass(frozen=True, slots=True)
class Word:
    """One argument after expansion; ``UNKNOWN`` for what is not known; ``marks`` of the commands substituted in it."""

    text: str
    quoted: bool = False
    marks: frozenset[str] = frozenset()
    guarded: bool = False
    """Holds ``${NAME:?}``: an unset variable stops the command."""


@dataclass(frozen=True, slots=True)
class Call:
    """One program or builtin being run: ``name`` without its folder, its arguments, prefix variables and input."""

    path: str
    words: tuple[Word, ...]
    at: str
    env: tuple[tuple[str, str], ...] = ()
    feed: Output | None = None
    wrapped: tuple[str, ...] = ()
    """The programs that run this one, outermost first: sudo, xargs, ..."""

    written: tuple[str, ...] = ()
    """Files its output is sent to."""

    @property
    def name(self) -> str:
        """The program's name without folder and without the ``.exe`` of Windows programs seen from Linux."""
        return self.path.rpartition("/")[2].removesuffix(".exe") or self.path

    @property
    def args(self) -> list[str]:
        """The arguments' texts."""
        return [each.text for each in self.words]

    def run(self, words: tuple[Word, ...], **more: object) -> Call:
        """The call that this one makes of some of its own arguments."""
        first = words[0] if words else Word("")
        inner = replace(self, path=first.text, words=words[1:], wrapped=(*self.wrapped, self.name))
        return replace(inner, **more)  # type: ignore[arg-type]


@dataclass(slots=True)
class Scope:
    """What the line itself has set up so far; shared by all that runs in it, which errs on the side of seeing more."""

    variables: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, frozenset[str]] = field(default_factory=dict)
    """Where the values of variables come from."""

    functions: dict[str, Callable[[Call], Output]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    streams: dict[str, Output] = field(default_factory=dict)
    """Process substitutions by the name they are given."""

    written: dict[str, Output] = field(default_factory=dict)
    """Files written by the line, by tidy path."""

    positional: list[str] = field(default_factory=list)
    expanded: int = 0
    cloned: bool = False
    """Whether the line has fetched somebody's folder, whose programs it may then run."""


@dataclass(slots=True)
class Look:
    """The state of one grading."""

    command: str
    shell: str = "bash"
    scope: Scope = field(default_factory=Scope)
    findings: dict[tuple[str, str], tuple[str, Reason]] = field(default_factory=dict)
    outer: list[str] = field(default_factory=list)
    calls: int = 0
    made: list[Call] = field(default_factory=list)
    """Every call that was judged, in order."""

    seen_words: int = 0
    seen_text: int = 0
    inner: Callable[[Look, str, str], Output] | None = None

    def note(self, level: str, code: str, message: str, at: str) -> None:
        """One finding. A place that is not in the command itself (decoded text) is shown as the piece it came from."""
        place = " ".join(at.replace(UNKNOWN, "…").split(" ")).strip()
        if not place or place not in self.command:
            place = next((each for each in reversed(self.outer) if each and each in self.command), self.command)
        known = self.findings.get((code, place))
        if known is None or ORDER.index(known[0]) < ORDER.index(level):
            self.findings[code, place] = (level, Reason(code, message, place[:200]))

    def danger(self, code: str, message: str, at: str) -> None:
        """May destroy data, run foreign code, give power away, leak, or cut the machine off."""
        self.note(DANGER, code, message, at)

    def caution(self, code: str, message: str, at: str) -> None:
        """Awkward to undo, or not understood."""
        self.note(CAUTION, code, message, at)

    def unclear(self, at: str, message: str = "This part is not understood.") -> None:
        """Something the guard cannot see through; never safe."""
        self.note(CAUTION, "not-understood", message, at)

    def text(self, text: str, shell: str, at: str) -> Output:
        """Look at ``text`` as a command of ``shell`` that runs inside ``at``."""
        if len(self.outer) >= DEEPEST:
            self.unclear(at, "Commands are nested too deeply to be looked through.")
            return Output()
        self.seen_text += len(text)
        if self.seen_text > MOST_TEXT:
            raise TooMuchError
        self.outer.append(at)
        try:
            return self.inner(self, text, shell) if self.inner else Output()
        finally:
            self.outer.pop()
