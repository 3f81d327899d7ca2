"""What may follow a program with subcommands in a spoken command: one of them, then names that it takes."""

from __future__ import annotations

import re
from itertools import pairwise

from dictation.shell.command_context import Context
from dictation.spelled import programs
from dictation.spelled.command_line.line import Part
from dictation.spelled.plain_words import FOLDERS, KNOWN_REFS, PROSE, TARGETS


def bare_word(part: Part) -> str:
    """A bare word in small letters; empty for anything else."""
    return part.text.lower() if part.bare and part.kind == "word" else ""


def may_follow(program: str, parts: list[Part], signs: int, context: Context) -> bool:
    """Whether what follows ``program`` in ``parts`` may: a subcommand and its arguments, or options."""
    second = parts[1]
    if second.kind == "option":
        rest = [part for part in parts[1:] if bare_word(part)]
        return not any(bare_word(part) in PROSE and part.text not in programs.subcommands(program) for part in rest)
    if (program, second.text) == ("go", "to"):
        return False
    if second.text not in programs.subcommands(program):
        # yarn lint, pnpm dev, bun test: scripts without "run"
        return program in _RUN_SCRIPTS and len(parts) == 2 and second.text.lower() not in PROSE
    if (program, second.text) == ("docker", "compose"):
        return _composed(parts, signs, context)
    return _told(program, second.text, parts, 2, signs, context)


_RUN_SCRIPTS = frozenset(("yarn", "pnpm", "bun"))


def _composed(parts: list[Part], signs: int, context: Context) -> bool:
    """Whether something that ``docker compose`` takes follows it."""
    if len(parts) < 3:
        return False
    if parts[2].text not in programs.subcommands("docker compose"):
        return parts[2].kind == "option"
    return _told("docker compose", parts[2].text, parts, 3, signs, context)


def _told(program: str, sub: str, parts: list[Part], start: int, signs: int, context: Context) -> bool:
    """Whether what follows the subcommand ``sub``, from ``start`` on, may follow it."""
    begins = _below(program, sub, parts, start)
    if begins is None:
        return False
    arguments = _unvalued(program, parts, begins)
    if (program, sub) == ("git", "commit") and any(part.text not in context.files for part in arguments):
        return False  # a message is behind -m, whole
    doubtful = [part for part in arguments if not _named(program, sub, part.text, context)]
    if _follows_name(parts, doubtful) or PROSE & {part.text.lower() for part in doubtful}:
        return False
    return len(doubtful) <= _most_names(program, sub, signs, plain=begins == start == 2)


def _below(program: str, sub: str, parts: list[Part], start: int) -> int | None:
    """Where the arguments begin, behind a subcommand of ``sub``; ``None`` where another word stands for one."""
    deeper = programs.listed(program, f"under.{sub}")
    if not deeper or len(parts) <= start:
        return start
    if parts[start].text in deeper:
        return start + 1
    return None if bare_word(parts[start]) else start


_INSTALLS = frozenset(("install", "add", "i", "uninstall", "remove"))


def _most_names(program: str, sub: str, signs: int, *, plain: bool) -> int:
    """How many doubtful words may be names behind a subcommand."""
    if plain and sub in programs.listed(program, "without_names"):
        return 1 if signs else 0
    return 3 if signs or sub in _INSTALLS else 2


def _follows_name(parts: list[Part], doubtful: list[Part]) -> bool:
    """ "plan dot tf plan": the rest of a name."""
    unsure = {id(part) for part in doubtful}
    return any(id(part) in unsure and re.search(r"\w\.\w+$", before.text) for before, part in pairwise(parts))


def _unvalued(program: str, parts: list[Part], start: int) -> list[Part]:
    """The bare words from ``start`` on that are no option's value."""
    values = {
        id(part)
        for before, part in pairwise(parts)
        if before.kind == "option" and not (program == "git" and part.text.lower() in PROSE)
    }
    return [part for part in parts[start:] if bare_word(part) and id(part) not in values]


def _named(program: str, sub: str, word: str, context: Context) -> bool:
    low = word.lower()
    if word in context.branches or word in context.files or word.isdigit():
        return True
    if sub in programs.listed(program, "of_branches") and low in KNOWN_REFS:
        return True
    if sub in ("run", "run-script", "exec", "start", "test"):
        return low in TARGETS
    return sub in ("add", "rm", "restore", "mv") and low in FOLDERS
