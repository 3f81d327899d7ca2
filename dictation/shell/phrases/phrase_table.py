"""The table of common requests: wordings made of concepts and slots, and the commands they stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dictation.shell.command_context import Context
from dictation.shell.phrases.phrase_words import DATA, lexicon
from dictation.spelled import programs
from dictation.spelled.lazy_regex import late

_LINUX = late(
    r"\b(?:systemctl|journalctl|nproc|lscpu|lsblk|lsusb|ip (?:addr|route|link)|ss -|xclip|xdg-open|free -|apt|ufw)"
    r"|dmesg|--sort|-printf|sed -i|os-release|sha256sum|md5sum|shutdown now"
)
"""What is not there, or is something else, on macOS."""

_NOT_FISH = late(r"!!|\$[?$]|<\(")
"""What fish reads in another way, or not at all; a command with a ``fish:`` line is not asked."""

_NOT_PORTABLE = late(r"[$`|~<>*]|@\{")


FAMILIES = ("run", "powershell", "cmd", "fish")
"""Names of the lines that hold a command: "run" for every shell that has no line of its own."""

_KINDS = {
    "git": "git", "docker": "docker", "kubectl": "kube", "gh": "github", "tmux": "tmux", "conda": "conda", "npm": "npm",
    "{branch}": "branch", "{base}": "branch", "{file}": "file", "{doc}": "file",
    "{blanks}": "file", "{csv}": "file", "{stream}": "file",
    "{yaml}": "file", "{testfile}": "file",
    "{script}": "file script", "{archive}": "file archive", "{path}": "file folder", "{dir}": "folder",
    "{folder}": "folder", "{package}": "package library", "{pylib}": "package library",
    "{jslib}": "package library", "{system}": "package", "{image}": "image", "{pid}": "process pid",
    "{program}": "process", "{service}": "service", "{known}": "service", "{port}": "port", "{tag}": "tag",
    "{version}": "version", "{login}": "user", "{user}": "user", "{var}": "variable",
}  # fmt: skip
"""A program or a slot -> the nouns that may be said beside it: "the file a.txt", "web 这个容器"."""


@dataclass(frozen=True, slots=True)
class WordingPart:
    """One element of a wording: concepts of which one is to be there, or a slot with the word before it."""

    concepts: frozenset[str] = frozenset()
    optional: bool = False
    slot: str = ""
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What must be there, what may be there, and the entry it belongs to."""

    parts: tuple[WordingPart, ...]
    reading: bool
    entry: int
    needs: tuple[frozenset[str], ...]
    soft: frozenset[str] = frozenset()
    """Concepts that may be said besides: what kind of thing a slot is, whose command it is."""


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """One row of the table; ``commands`` by family as in FAMILIES, "" where one has none of its own."""

    commands: tuple[str, ...]
    english: str
    chinese: str
    when: str


@dataclass(frozen=True, slots=True)
class Block:
    """One command of a file of phrases as it is written there; ``commands`` as in a row."""

    commands: tuple[str, ...]
    english: str
    chinese: str
    when: str
    say: tuple[str, ...]
    file: str


def blocks() -> Iterator[Block]:
    """The commands of every file under ``data/phrases``, in the order of the files' names."""
    for file in sorted((DATA / "phrases").glob("*.txt")):
        for text in file.read_text(encoding="utf-8").split("\n\n"):
            lines = [line.partition(": ")[::2] for line in text.splitlines() if line and not line.startswith("#")]
            one = dict(lines)
            if lines:
                yield Block(
                    (one["run"], *(one.get(each, "") for each in FAMILIES[1:])),
                    one["en"],
                    one["zh"],
                    one.get("when", ""),
                    tuple(value for name, value in lines if name == "say"),
                    file.stem,
                )


@lru_cache(maxsize=1)
def table() -> tuple[tuple[PhraseRow, ...], tuple[Wording, ...], frozenset[str]]:
    """The entries, all wordings, and the concepts that have no line in the lexicon and stand for their own name."""
    entries: list[PhraseRow] = []
    wordings: list[Wording] = []
    own: set[str] = set()
    known = {concept for concepts in lexicon().values() for concept in concepts}
    for block in blocks():
        for alternative in block.say:
            wording = _wording(alternative, len(entries), block.commands[0].split(" ")[0])
            wordings.append(wording)
            own |= {concept for part in wording.parts for concept in part.concepts} - known
        entries.append(PhraseRow(block.commands, block.english, block.chinese, block.when))
    return tuple(entries), tuple(wordings), frozenset(own)


@lru_cache(maxsize=1)
def by_concept() -> dict[str, tuple[int, ...]]:
    """Where the wordings stand that need a concept; each stands under the need that the fewest share."""
    _, wordings, _ = table()
    often = Counter(concept for wording in wordings for need in wording.needs for concept in need)
    places: dict[str, list[int]] = {}
    for at, wording in enumerate(wordings):
        for concept in min(wording.needs, key=lambda need: sum(often[each] for each in need)):
            places.setdefault(concept, []).append(at)
    return {concept: tuple(found) for concept, found in places.items()}


def _wording(text: str, entry: int, program: str) -> Wording:
    pieces = text.split()
    parts = tuple(_part(piece) for piece in pieces if piece != "~")
    needs = tuple(part.concepts for part in parts if part.concepts and not part.optional)
    return Wording(parts, "~" in pieces, entry, needs, frozenset(_said_besides(program, parts)))


def _said_besides(program: str, parts: Iterable[WordingPart]) -> Iterator[str]:
    """What may be said beside the parts: the kind of thing a name is of, and "from" before what it leads to."""
    yield from _KINDS.get(program, "").split()
    for part in parts:
        yield from _KINDS.get(f"{{{part.slot}}}", "").split()
        if part.marker in ("from", "or"):
            yield part.marker


def _part(piece: str) -> WordingPart:
    """One element as it is written: ``{path<in}?`` or ``delete|clean?``."""
    optional = piece.endswith("?")
    if piece.startswith("{"):
        slot, _, marker = piece.rstrip("?").strip("{}").partition("<")
        return WordingPart(slot=slot, marker=marker, optional=optional)
    return WordingPart(frozenset(each.rstrip("?") for each in piece.split("|")), optional)


def applies(when: str, context: Context) -> bool:
    """Whether an entry's condition holds: a file or a tool that is there or not, a system, a shell."""
    if " " in when:
        return all(applies(each, context) for each in when.split())
    kind, _, name = when.partition(":")
    if kind == "no":
        return name not in context.files
    if kind == "file":
        return name in context.files
    if kind == "tool":
        return name in context.tools
    return not when or when == "up" or when in (context.system, context.shell)


def own(entry: PhraseRow, shell: str) -> str:
    """The command of ``entry`` on the line for ``shell``; empty where it has none of its own."""
    return dict(zip(FAMILIES, entry.commands, strict=True)).get(shell, "")


def template(entry: PhraseRow, context: Context) -> str:
    """The command of ``entry`` for the shell and the system of ``context``; empty where it has none there."""
    if entry.when == "up":
        return "cd {up}"
    if command := own(entry, context.shell):
        return command
    sh = entry.commands[0]
    if not entry.when and _elsewhere(sh, context):
        return ""
    if context.shell not in ("powershell", "cmd"):
        return sh
    if not _portable(sh):
        return ""
    return sh.replace(" && ", "; ") if context.shell == "powershell" else sh


def _elsewhere(command: str, context: Context) -> bool:
    """Whether ``command`` is another one, or none, on this system or in this shell."""
    if context.system == "macos" and _LINUX.search(command):
        return True
    return context.shell == "fish" and _NOT_FISH.search(command) is not None


def _portable(command: str) -> bool:
    """Whether a shell of Windows reads ``command`` as the others do."""
    return command.split(" ")[0] in programs.having("portable") and not _NOT_PORTABLE.search(command)
