"""Whether a word may stand in a slot of a phrase at all: what it can never be, then what the slot asks for."""

from __future__ import annotations

import re

from dictation.shell.command_context import Context
from dictation.shell.files.file_kinds import KINDS
from dictation.shell.phrases.phrase_names import EVERYDAY, NOT_BRANCHES, SEARCHED
from dictation.shell.phrases.phrase_places import ARCHIVES, CHECKS, REMOTE, SHELLISH, plain
from dictation.shell.phrases.phrase_words import Token
from dictation.spelled import programs
from dictation.spelled.endings import EXTENSIONS
from dictation.spelled.plain_words import FUNCTION
from dictation.spelled.wordlist import words

_KINDS_OF_THINGS = words("file folder folders line manylines word characters process journal systemlog")
_ORDERS = words("size name time order hexadecimal")
"""What files are sorted or shown by: no places."""


def accepts(slot: str, token: Token, context: Context, *, named: bool) -> bool:
    """Whether ``token`` may fill ``slot``; ``named``: a word before it says that a name follows."""
    if any(refuses(slot, token, context) for refuses in _REFUSALS):
        return False
    check = CHECKS.get(slot)
    if check is not None and check(token, context):
        return True
    if slot == "pattern":
        return named and (token.low in SEARCHED or token.low in programs.spoken())
    open_to_names = check is None or (named and slot in _NAMEABLE)
    return open_to_names and _name(token, context, named=named)


_NAMEABLE = frozenset(("branch", "path", "image"))
"""Slots that take any name where a word says that one follows."""


def _done_to_a_branch(slot: str, token: Token, context: Context) -> bool:
    return slot in ("branch", "base") and bool(token.means & NOT_BRANCHES) and token.text not in context.branches


def _kind_of_thing(_: str, token: Token, context: Context) -> bool:
    """ "the current directory" is none that is called directory."""
    if token.kind != "word" or not token.means & _KINDS_OF_THINGS:
        return False
    return token.text not in (*context.files, *context.branches)


def _bare_ending(_: str, token: Token, context: Context) -> bool:
    """ "all .c files": a kind, no name."""
    return bool(re.fullmatch(r"\.\w+", token.text)) and token.low[1:] in KINDS and token.text not in context.files


def _order(slot: str, token: Token, _: Context) -> bool:
    return slot in ("path", "dir", "dest") and token.kind == "word" and token.low in _ORDERS


def _on_another_machine(slot: str, token: Token, _: Context) -> bool:
    if slot not in ("path", "file", "dir", "branch"):
        return False
    return bool(REMOTE.fullmatch(token.text)) and bool(re.search(":[/~.]", token.text))


def _option_or_control(_: str, token: Token, __: Context) -> bool:
    if token.text.startswith("-"):
        return True
    return token.kind != "message" and any(ord(each) < 32 for each in token.text)


def _program(slot: str, token: Token, _: Context) -> bool:
    """ "run the tests with cargo": none of them is called so."""
    return slot == "name" and token.low in programs.having("portable")


def _commit(slot: str, token: Token, _: Context) -> bool:
    """ "the commit a1b2c3d": nobody is called so."""
    return slot == "user" and bool(re.fullmatch(r"(?=.*\d)[0-9a-f]{7,40}", token.text))


def _archive_left_out(slot: str, token: Token, _: Context) -> bool:
    """ "zip the folder unless dist into dist.zip": no archive is left out of what is packed into it."""
    return slot == "skip" and token.low.endswith(ARCHIVES)


_REFUSALS = (
    _done_to_a_branch,
    _kind_of_thing,
    _bare_ending,
    _order,
    _program,
    _commit,
    _archive_left_out,
    _on_another_machine,
    _option_or_control,
)
"""What a word can never be, whatever the slot asks for."""


def _name(token: Token, context: Context, *, named: bool) -> bool:
    if named and token.kind == "word" and " " not in token.text and not SHELLISH.search(token.text):
        return not _has_ending(token) and _nameable(token)
    if "/" in token.text or _has_ending(token):
        return False
    return plain(token) and (not token.known() or token.low in context.tools)


def _has_ending(token: Token) -> bool:
    return "." in token.text and token.low.rpartition(".")[2] in EXTENSIONS


def _nameable(token: Token) -> bool:
    return token.low not in FUNCTION and token.low not in EVERYDAY and not token.means & words("_ current what")
