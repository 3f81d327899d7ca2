"""Puts spoken pieces together to the words of a command line: what a dash, a dot or a slash is attached to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dictation.spelled import programs
from dictation.spelled.endings import EXTENSIONS, HEARD_ENDINGS, ROOTS
from dictation.spelled.lazy_regex import late
from dictation.spelled.wordlist import words

MODULES = frozenset(("python", "python3"))


BARE = late(r"[\w@%+=:,./~*^$\\-]+")
"""What stands in a word that needs no quotes; a request may hold anything."""


_SHORT = late(r"(?!.*(?:ay|ee))[a-z]{1,4}")
"""A word that may be letters of options: short, and not plainly spoken as a word."""


class NotLiteral(Exception):
    """What was said is not a command line that is spelled out."""


@dataclass
class Part:
    """One word of the command line. ``quoted`` holds which stretches of ``text`` must stay as they are."""

    text: str
    kind: str = "word"  # word, option, operator
    quoted: bool = False
    chain: bool = False
    """Whether a sign has joined it."""
    bare: bool = True
    """A word as it was spoken, without any sign."""


@dataclass
class Line:
    """The words so far. ``glue``: the next piece joins the last word; ``gap``: it must not."""

    parts: list[Part] = field(default_factory=list)
    glue: bool = False
    gap: bool = False

    @property
    def last(self) -> Part | None:
        """The word being built, if there is one."""
        return self.parts[-1] if self.parts else None

    def begin(self) -> int:
        """Where the current command of a pipe or a list begins."""
        for at in range(len(self.parts), 0, -1):
            each = self.parts[at - 1]
            if each.kind == "operator" and each.text not in (">", ">>", "<"):
                return at
        return 0

    def command(self) -> list[Part]:
        """The words of the current command, without wrappers such as sudo."""
        parts = self.parts[self.begin() :]
        while len(parts) > 1 and parts[0].text in ("sudo", "time", "nohup", "xargs", "watch", "env", "exec", "command"):
            if parts[0].text in ("xargs", "watch", "env") and parts[1].text not in programs.spoken():
                break
            parts = parts[1:]
        return parts

    def program(self) -> str:
        """The program of the current command; ``docker compose`` counts as one."""
        parts = self.command()
        if not parts:
            return ""
        name = parts[0].text
        if name == "docker" and len(parts) > 1 and parts[1].text == "compose":
            return "docker compose"
        return programs.same(name)

    def bound(self) -> bool:
        """Whether the last word is one that a sign would not be attached to: a program, a subcommand, an option."""
        last = self.last
        if last is None or self.gap or last.kind == "operator" or last.quoted:
            return True
        if last.kind == "option":
            return "=" not in last.text
        return last.bare and any(last is each for each in self.command()[: self.head()])

    def head(self) -> int:
        """How many words of the command are its program and subcommands."""
        parts = self.command()
        if not parts:
            return 0
        if self.program() == "docker compose":
            return 3 if len(parts) > 2 and parts[2].text in programs.subcommands("docker compose") else 2
        name = programs.same(parts[0].text)
        if len(parts) > 1 and parts[1].text in programs.subcommands(name):
            return 3 if len(parts) > 2 and parts[2].text in programs.listed(name, f"under.{parts[1].text}") else 2
        return 2 if parts[0].text == "sudo" else 1

    def add(self, text: str, kind: str = "word", *, quoted: bool = False, sign: bool = False) -> None:
        """A new word, or more of the last one where glue is set. Raises NotLiteral for what no bare word may hold."""
        if kind == "word" and not quoted and not BARE.fullmatch(text):
            raise NotLiteral
        if self.glue and self.parts and self.parts[-1].kind != "operator":
            last = self.parts[-1]
            last.text += text if quoted else _going_on(last, text)
            last.quoted = last.quoted or quoted
            last.chain = True
            last.bare = False
        else:
            self.parts.append(Part(text, kind, quoted, chain=sign, bare=not sign and not quoted))
        self.glue = self.gap = False

    def join(self, text: str) -> None:
        """Attach ``text`` to the last word."""
        last = self.parts[-1]
        last.text += text
        last.chain, last.bare = True, False
        self.glue, self.gap = True, False

    def sign(self, text: str) -> None:
        """A sign that begins a word and takes the next piece."""
        self.add(text, sign=True)
        self.parts[-1].chain, self.parts[-1].bare = True, False
        self.glue = True


def _going_on(last: Part, text: str) -> str:
    """``text`` as it is written at the end of ``last``: an ending of a file, or more of NODE_ENV."""
    if last.chain and last.text.endswith("."):
        low = text.lower()
        text = HEARD_ENDINGS.get(low, low if low in EXTENSIONS else text)
    return text.upper() if re.fullmatch("[A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*", last.text) else text


def is_option(line: Line, word: str, single: bool) -> str:
    """How a dash and ``word`` read as an option in ``line``; empty when they do not. ``single``: one letter."""
    program = line.program()
    low = word.lower()
    if word.isdigit():
        return f"-{word}" if line.bound() or program in programs.having("options.counts") else ""
    if single:
        return "-" + (word if word in programs.letters(program, "options.upper") else low)
    if low in programs.listed(program, "options.words"):
        return "-" + low
    last, bound = line.last, line.bound()
    if last is not None and last.chain and not bound:
        return ""
    known = next((each for each in (low, word) if each in programs.bundles()), "")
    if not known and bound and _SHORT.fullmatch(low):
        known = low
    return known and "-" + known


def cluster_ends(program: str, letter: str) -> bool:
    """Whether ``letter`` is an option with a value, so that what follows is that value."""
    return letter in programs.letters(program, "options.valued")


def long_option(words: list[str], program: str) -> tuple[int, str]:
    """How many of ``words`` make a long option, and its name."""
    camel = {each.lower(): each for each in programs.listed(program, "options.camel")}
    for size in range(min(5, len(words)), 1, -1):
        name, joined = "-".join(words[:size]), "".join(words[:size])
        if joined in camel:
            return size, camel[joined]
        if name in programs.long_options():
            return size, name
        if joined in programs.everywhere("options.one_word"):
            return size, joined
    if len(words) > 1 and words[0] == "no":
        return 2, f"no{words[1].capitalize()}" if camel else f"no-{words[1]}"
    return (1, words[0]) if words else (0, "")


def place_dot(line: Line, following: str, starts: bool) -> str:
    """Where a dot goes: ``alone``, ``new`` (a word begins with it) or ``join``.

    ``following`` is the next word or sign; ``starts`` says whether a word follows at all.
    """
    if line.glue:
        return "join"
    program = line.program()
    if program == "find" and len(line.command()) == 1 and following.lower() in programs.listed("find", "options.words"):
        return "alone"
    if _wants_file(program, line.last):
        return "new"
    if following != "*" and not starts:
        return "new" if following == "/" else "alone"
    return "new" if line.bound() else "join"


def _wants_file(program: str, last: Part | None) -> bool:
    """Whether a file follows ``last``: "python dash m venv dot venv", "chmod six hundred dot env"."""
    if last is None:
        return False
    if program in MODULES:
        return last.text in ("venv", "pip", "pytest", "unittest")
    return program == "chmod" and last.text.isdigit()


_INSIDE = words("ls cat cd cp mv rm find du tail head mkdir touch vi vim less")
"""Programs that are run in a container."""


def place_slash(line: Line, following: str) -> str:
    """Where a slash goes: ``new`` or ``join``."""
    if line.glue:
        return "join"
    if line.bound():
        return "new"
    last = line.last
    assert last is not None  # bound() is true without a word
    if last.bare and last.text in _INSIDE and any(each.text == "exec" for each in line.command()):
        return "new"  # "docker exec web ls slash app"
    after_name = _is_file(last) or line.program() in ("chown", "chmod", "chgrp")
    return "new" if after_name and following.lower() in ROOTS else "join"


def _is_file(part: Part) -> bool:
    """Whether ``part`` was joined to a file's name with its ending."""
    _, dot, ending = part.text.rpartition(".")
    return part.chain and bool(dot) and ending in EXTENSIONS
