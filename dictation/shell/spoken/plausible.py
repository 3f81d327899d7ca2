"""Tells a spoken command from a sentence that begins with a program's name: "make build" from "make a zip of docs"."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from dictation.shell.command_context import Context
from dictation.shell.phrases.phrase_names import EVERYDAY, ordinary
from dictation.shell.spoken.after_subcommand import bare_word, may_follow
from dictation.shell.spoken.lost_signs import misplaced
from dictation.spelled import programs
from dictation.spelled.command_line.line import Part
from dictation.spelled.plain_words import (
    FOLDERS,
    FUNCTION,
    KNOWN_REFS,
    PROSE,
    TARGETS,
)

_PATHS = frozenset(("ls", "cd", "cat", "rm", "cp", "mv", "du", "tree", "less", "head", "tail", "rmdir"))


_NAMES = _PATHS | frozenset(("vim", "vi", "nvim", "nano", "code", "touch", "bat", "open", "source"))
_WRAPS = frozenset(("sudo", "time", "nohup", "exec", "command"))
_COURTESIES = frozenset(("now", "thanks", "thank", "please", "tomorrow", "today", "later", "again"))
_TWO_NAMES = frozenset(("cp", "mv", "ln", "scp"))
_DATED = frozenset(("--since", "--until", "--after", "--before"))
_JOINS = frozenset(("|", "&&", "||", ";"))


def plausible(parts: list[Part], signs: int, context: Context) -> bool:
    """Whether ``parts`` read as a command that somebody spelled out; ``signs`` counts the signs that were said."""
    allowed = _allowed(parts)
    if any(bare_word(part) in FUNCTION - allowed for part in parts) or _ends_in_courtesy(parts):
        return False
    if any(_halves(*two) for two in pairwise(parts)):
        return False  # "s 3": a name in two
    if len(parts) > 3 and all(_talk(part, context) for part in parts[-2:]):
        return False  # "... tomorrow morning"
    return all(_filter(each, at) or _command(each, signs, context) for at, each in enumerate(_commands(parts)))


def _ends_in_courtesy(parts: list[Part]) -> bool:
    """Whether the last word is "please" or "today" and no value of an option."""
    dated = len(parts) > 2 and parts[-2].text in _DATED
    return len(parts) > 1 and parts[-1].bare and parts[-1].text.lower() in _COURTESIES and not dated


def _commands(parts: list[Part]) -> list[list[Part]]:
    """What stands between pipes and the like."""
    commands: list[list[Part]] = [[]]
    for part in parts:
        if part.kind == "operator" and part.text in _JOINS:
            commands.append([])
        else:
            commands[-1].append(part)
    return commands


def _halves(one: Part, other: Part) -> bool:
    """Whether a letter and a number stand side by side."""
    alone = one.bare and one.kind == "word" and len(one.text) == 1 and one.text.isalpha()
    return alone and other.bare and other.text[:1].isdigit() and other.kind == "word"


def _talk(part: Part, context: Context) -> bool:
    """Whether a bare word is one of talk and no name that is known here."""
    low = part.text.lower()
    if not part.bare or part.kind != "word" or low in KNOWN_REFS | FOLDERS | TARGETS | programs.spoken():
        return False
    if part.text in context.files or part.text in context.branches:
        return False
    return low in PROSE or low in EVERYDAY or ordinary(low)


def _filter(parts: list[Part], place: int) -> bool:
    """A program that stands behind a pipe without arguments."""
    return place > 0 and len(parts) == 1 and parts[0].text in programs.having("filter")


def _allowed(parts: list[Part]) -> frozenset[str]:
    """Words that are also programs, options or targets here: ``make all``, ``docker compose up``, ``xargs``."""
    allowed = {parts[0].text.lower(), "out"}
    if len(parts) > 1 and parts[1].text in programs.subcommands(parts[0].text):
        allowed.add(parts[1].text)
    for at, part in enumerate(parts[:-1]):
        if part.text in ("compose", "docker-compose", "vagrant", "task", "just"):
            allowed |= {"up", "down"}
        if part.text in ("|", "&&", "||", ";", "sudo"):
            allowed.add(parts[at + 1].text.lower())
        if part.text in ("run", "make", "just", "task"):
            allowed |= {"all", "up", "down"}
    if parts[0].text == "kubectl":
        allowed |= {"all"}
    if parts[0].text in ("pnpm", "bun", "npm"):
        allowed |= {"up"}
    return frozenset(allowed)


def _unwrapped(parts: list[Part]) -> list[Part]:
    """``parts`` without what runs them: sudo, NAME=value."""
    while len(parts) > 1 and (parts[0].text in _WRAPS or re.fullmatch(r"\w+=.*", parts[0].text)):
        parts = parts[1:]
    return parts


def _command(parts: list[Part], signs: int, context: Context) -> bool:
    if len(parts) == 1 and parts[0].text in _WRAPS:
        return parts[0].text == "time"
    parts = _unwrapped(parts)
    if not parts or misplaced(parts, context) or not _begins(parts[0], context):
        return False
    first = parts[0].text
    program = programs.same(first)
    if len(parts) == 1:
        return first in programs.having("alone") or first not in programs.having("everyday")
    if program in programs.having("subcommands"):
        return may_follow(program, parts, signs, context)
    return not _impossible(first, parts, context) and _arguments(first, parts, signs, context)


def _begins(part: Part, context: Context) -> bool:
    """Whether a command may begin with ``part``."""
    if part.text in programs.spoken() or part.text in context.tools or part.chain:
        return True
    return context.shell in ("powershell", "cmd") and part.text.lower() in programs.of_windows()


def _impossible(first: str, parts: list[Part], context: Context) -> bool:
    """What one program cannot be told."""
    if first == "open":
        return context.system != "macos"
    if first == "ssh" and parts[-1].bare and parts[-1].text.isdigit():
        return parts[-2].kind != "option"  # "web one": web1 or web 1
    return first in programs.having("arguments") and len(parts) > 2 + (parts[1].kind == "option")


def _arguments(first: str, parts: list[Part], signs: int, context: Context) -> bool:
    """Whether the bare words of a program without subcommands look like arguments."""
    bare = [part for part in parts[1:] if bare_word(part)]
    arguments = [part for part in bare if not _evident(part.text, first, context)]
    if _torn(first, parts, arguments):
        return False
    if first in programs.having("everyday"):
        return _verb(first, parts, arguments, signs, len(arguments) < len(bare))
    return _few(first, arguments, signs)


def _few(first: str, arguments: list[Part], signs: int) -> bool:
    """Whether the doubtful words are few enough, and none of them one of prose."""
    if signs and programs.same(first) in programs.having("things_first"):
        return len(arguments) <= 4
    plain = not PROSE & {bare_word(part) for part in arguments}
    if signs:
        return plain or len(arguments) <= 1
    return plain and len(arguments) <= 2


def _torn(first: str, parts: list[Part], arguments: list[Part]) -> bool:
    """A name of several words, only the last of which has its sign: "mv old name dot txt new dot txt"."""
    if first not in _NAMES:
        return False
    doubtful = {id(part) for part in arguments}
    before_name = any(id(one) in doubtful and other.chain and "." in other.text[1:-1] for one, other in pairwise(parts))
    names = sum(part.kind == "word" for part in parts[1:])
    if first in _TWO_NAMES:
        return names > 2 and bool(doubtful)
    return before_name


def _evident(word: str, program: str, context: Context) -> bool:
    low = word.lower()
    if program == "make" and low in TARGETS:
        return False  # "make build" where there is a folder build: the target all the same
    if word in context.files or word in context.branches or word.isdigit():
        return True
    if program in ("mvn", "gradle", "gradlew") and low in TARGETS | {"verify", "compile"}:
        return True
    return program in _PATHS and low in FOLDERS


def _verb(first: str, parts: list[Part], arguments: list[Part], signs: int, evident: bool) -> bool:
    """A program whose name is an English word: its arguments must look like arguments."""
    told = any(map(_looks_told, parts[1:]))
    low = [part.text.lower() for part in arguments]
    if (own := _OWN_RULES.get(first)) is not None:
        return own(low, told, signs)
    if PROSE & set(low):
        return False
    return told if first in _RUN_OTHERS else (told or (evident and not low)) and len(low) <= 2


def _looks_told(part: Part) -> bool:
    """Whether ``part`` is an option, a number, or a word with a sign in it."""
    return not part.bare or part.kind == "option" or part.text.isdigit()


def _make(low: list[str], told: bool, _: int) -> bool:
    return set(low) <= TARGETS and (told or len(low) == 1)


def _asks_of_programs(low: list[str], _: bool, __: int) -> bool:
    return set(low) <= programs.spoken()


def _said_often(low: list[str], told: bool, signs: int) -> bool:
    """A sentence begins with it as often as a command."""
    return told and signs >= 2 and not PROSE & set(low[:-1]) and len(low) <= 2


def _takes_numbers(low: list[str], told: bool, _: int) -> bool:
    return told and not low


_OWN_RULES: dict[str, Callable[[list[str], bool, int], bool]] = {
    "make": _make,
    **dict.fromkeys(("which", "where", "type", "whereis"), _asks_of_programs),
    **dict.fromkeys(("find", "who", "set", "go", "date", "last", "look"), _said_often),
    **dict.fromkeys(("kill", "sleep"), _takes_numbers),
}
"""English words that are programs -> whether their doubtful arguments are some: in small letters, told, signs."""

_RUN_OTHERS = frozenset(("watch", "time", "timeout", "env", "nice"))
