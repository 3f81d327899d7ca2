"""Says what a model's command holds that nobody said: a deed, a host, a package, an image, a branch, a file.

A model may be wrong, or may have been led by the names it was shown. So its command goes in by itself only where each
program in it only reads, or does what was asked for, to things that were named or are in the folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dictation.core.commands import Reason
from dictation.shell.command_context import Context
from dictation.shell.guard.grade import calls_in
from dictation.shell.guard.inspection import UNKNOWN, Call
from dictation.shell.guard.provenance import bare
from dictation.shell.guard.read_only import reads_only
from dictation.shell.phrases.phrase_words import DATA, Token, lexicon, tokens
from dictation.shell.phrases.phrase_words import said as spoken
from dictation.shell.phrases.restrictions import restrictions
from dictation.spelled import programs
from dictation.spelled.lazy_regex import late
from dictation.spelled.wordlist import words

_HELPERS = words("cd pushd popd echo printf true false test [ [[ : set export xargs watch time command sleep tee")
"""What does nothing by itself to anything that is kept, or runs another program that is looked at too."""


@lru_cache(maxsize=1)
def _deeds() -> dict[str, dict[str, str]]:
    """The three tables of ``deeds.tsv``: the concepts that a program or a subcommand stands for, and what one shows."""
    found: dict[str, dict[str, str]] = {"program": {}, "subcommand": {}, "shows": {}}
    for line in (DATA / "deeds.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, name, concepts = line.split("\t")
            found[kind][name] = concepts
    return found


_HOST = late(r"(?:[\w.+-]+@)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\S*)?(?:/\S*)?", re.I)
_ELSEWHERE = late(r"^[\w.@-]+:(?!//)\S*|^\w+://")
_FILE = late(r"^(?!-)[^\s*?$=]*(?:/[^\s]*|\w\.[A-Za-z]\w{0,4})$")
_SMALL = late(r"[-+]?[\d.,:%kKmMgG]*|[.~/*]+|\.\.?/?|[^\w]+|\{.*\}|-.*|HEAD.*|@\{u\}.*|origin|main|master")
_COMMON = late(r"/(?:dev/null|tmp|etc/(?:hosts|passwd|os-release)|var/log|proc/\w+)(?:/|$)")


def unsaid(command: str, said: str, context: Context) -> tuple[Reason, ...]:
    """Why ``command`` of a model is to be looked at first; nothing where it holds only what was asked for."""
    heard = _Heard(said, context)
    found: list[Reason] = []
    calls = calls_in(command, context.shell)
    if not calls and command.strip():
        found.append(Reason("not-asked", "It cannot be told what it does.", command[:80]))
    asked = any(heard.deed(call) for call in calls if not _leads_up(call) and not reads_only(call))
    if word := unused(command, said, context):
        found.append(Reason("not-used", "This word has no part in the command.", word))
    for call in calls:
        found += _of_call(call, heard, excused=asked and _leads_up(call))
    return tuple(dict.fromkeys(found))


_LITTLE = words(
    "_ show listing search all file folder current what which who how in on to from for of by with called then"
)


def unused(command: str, said: str, context: Context) -> str:
    """The first word of ``said`` that has no part in ``command``; empty where each has one.

    It has one where the command holds it, where a program or subcommand in the command stands for it, or where a
    restricting word is shown by an option. A model that understood half of a request answers the other half.
    """
    calls = calls_in(command, context.shell)
    meant = _LITTLE.union(*map(_stands_for, calls))
    held = bare(command)
    for piece in tokens(spoken(said)):
        if not (bare(piece.text) in held or piece.means & meant or _is_shown(piece, command)):
            return piece.text
    return ""


def _stands_for(call: Call) -> frozenset[str]:
    """The concepts that a program and its subcommands stand for."""
    deeds = _deeds()
    subs = (word for arg in call.args[:2] for word in (arg, *deeds["subcommand"].get(arg, "").split()))
    own = " ".join((deeds["program"].get(call.name, ""), deeds["shows"].get(call.name, ""), call.name))
    return words(own) | frozenset(subs)


def _is_shown(piece: Token, command: str) -> bool:
    """Whether an option shows a restricting word, or the command names what the word means."""
    if any(piece.low in each.forms and each.shown.search(command) for each in restrictions()):
        return True
    low = command.lower()
    return any(len(concept) > 2 and concept in low for concept in piece.means)


def _leads_up(call: Call) -> bool:
    """Whether the call only goes to the branch on which another one does what was asked for."""
    return call.name == "git" and len(call.args) == 2 and call.args[0] in ("switch", "checkout")


def _of_call(call: Call, heard: _Heard, *, excused: bool) -> Iterator[Reason]:
    acts = call.name not in _HELPERS and not reads_only(call)
    if acts and not excused and not heard.deed(call):
        yield Reason("not-asked", "Nobody asked for this.", call.at[:120])
    for file in call.written:
        if not _is_asked_for(file, heard):
            yield Reason("not-asked", "Nobody asked for this file to be written.", file[:120])
    for word in _operands(call):
        if (acts or _names_a_place(word)) and not heard.name(word):
            yield Reason("not-named", "Nobody named this, and it is not in the folder.", word[:120])


def _is_asked_for(file: str, heard: _Heard) -> bool:
    return file in ("/dev/null", "&1", "&2") or (heard.name(file) and heard.writes())


def _names_a_place(word: str) -> bool:
    """What only reads may be given patterns and formats of its own; hosts and files are still named by the user."""
    return any((_HOST.fullmatch(word), _ELSEWHERE.match(word), _FILE.match(word)))


def _operands(call: Call) -> Iterator[str]:
    """The words that are no options and no subcommands; values that follow ``=`` too."""
    known = programs.subcommands(call.name) | frozenset(_deeds()["subcommand"])
    leading = True
    for word in call.args:
        if UNKNOWN in word:
            continue
        if word.startswith("-"):
            _, equals, value = word.partition("=")
            if equals and value:
                yield value
            continue
        if leading and (word in known or word in lexicon()):
            continue
        leading = False
        yield word


class _Heard:
    """What was said, and what is in the folder."""

    def __init__(self, said: str, context: Context) -> None:
        self._low = said.lower()
        self._bare = bare(said)
        self._there = {bare(each) for each in (*context.files, *context.branches, context.branch) if each}
        self._latin = set(re.findall(r"[a-z0-9]+", self._low))

    def deed(self, call: Call) -> bool:
        """Whether what the call does was asked for: by the program's name and deed, or in other words for it."""
        sub = next((each for each in call.args if not each.startswith("-")), "")
        family = programs.subcommands(call.name)
        if family and sub:
            return any(self._concept(each) for each in (*_deeds()["subcommand"].get(sub, "").split(), sub))
        if bare(call.name) in self._latin or bare(call.name) in self._bare:
            return True
        return any(self._concept(each) for each in _deeds()["program"].get(call.name, "").split())

    def writes(self) -> bool:
        """Whether something was to be kept in a file."""
        return any(
            self._concept(each) for each in ("save", "write", "tofile", "append", "create", "freeze", "truncate")
        )

    def _concept(self, concept: str) -> bool:
        if concept in self._latin:
            return True
        return any(
            concept in means
            and (form in self._low if not form.isascii() else re.search(rf"\b{re.escape(form)}", self._low))
            for form, means in lexicon().items()
            if len(form) > 1
        )

    def name(self, word: str) -> bool:
        """Whether ``word`` was named, is in the folder, or is none that anybody has to name."""
        if _SMALL.fullmatch(word) or _COMMON.match(word) or self._known(bare(word)):
            return True
        if re.fullmatch(r"[\w.*-]*\*\.?(\w+)", word):  # a kind of file: its ending or its name is enough
            return word.rpartition(".")[2].lower() in self._latin
        if "@" in word and ":" not in word:
            return all(bare(each) in self._bare for each in word.split("@"))
        if _HOST.fullmatch(word) or ":" in word:
            return False
        pieces = [plain for each in re.split(r"[/\\]", word) if (plain := bare(each))]
        return len(pieces) > 1 and all(map(self._known, pieces))

    def _known(self, plain: str) -> bool:
        """Whether letters and digits were said, or name something in the folder."""
        return plain in self._there or (bool(plain) and plain in self._bare)
