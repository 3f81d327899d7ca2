"""Judges text that the shell evaluates though it stands there as data: indexes of arrays, prompts in values."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import Call, Look
from dictation.spelled.lazy_regex import late

EVALUATES = frozenset(
    "let read unset printf test [ [[ declare typeset local readonly export mapfile readarray getopts wait".split()
)
"""Builtins that evaluate the index of a variable that they are given by name."""

_START = r"(?:^|[;&|({\n]|\b(?:then|do|else)\b)\s*"
_INDEX = r"""[A-Za-z_]\w*\[[^\]\n]*?(?:\$\(|`|\$\{)"""
_ASSIGNS = late(rf"{_START}{_INDEX}")
_NAMED = late(
    rf"{_START}(?:(?:builtin|command)\s+)?(?:{'|'.join(map(re.escape, sorted(EVALUATES, reverse=True)))})(?=\s)"
    rf"[^;&|\n]*?(?<![\w$\{{]){_INDEX}"
)
_PROMPT = late(r"\$\{!?[\w@*]+(?:\[[^\]]*\])?@P\}")
_INSIDE = late(r"\$\(([^()]*(?:\([^()]*\)[^()]*)*)\)|`([^`]*)`")


def raw(text: str, look: Look) -> None:
    """Note what ``text`` evaluates in indexes and by ``${x@P}``."""
    for named, pattern in ((False, _ASSIGNS), (True, _NAMED)):
        for found in pattern.finditer(text):
            _index(text, found, named, look)
    if prompt := _PROMPT.search(text):
        look.caution("hidden-code", "The value is evaluated as a prompt, which may run commands.", prompt[0])
        for each in _INSIDE.finditer(text):
            look.text(each[1] or each[2] or "", "bash", prompt[0])


def _index(text: str, found: re.Match[str], named: bool, look: Look) -> None:
    """What an index runs; ``named``: a builtin evaluates it that gets the variable by its name."""
    inner = _INSIDE.match(text[found.end() - 2 :]) or _INSIDE.search(text[found.start() :])
    if inner is None:
        return
    look.text(inner[1] or inner[2] or "", "bash", found[0])
    if named:
        look.caution("hidden-code", "The index of an array runs a command.", found[0])


def starts_a_program(text: str) -> bool:
    """Whether a text that a program's option runs starts a shell, or a file of somebody's."""
    return re.match(r"\s*(?:exec[= ])?(?:\S*/)?(?:ba|z|da|k|fi)?sh\b|\s*(?:\.{1,2}|~)/", text) is not None


def find_without_end(call: Call, look: Look) -> None:
    """``find -exec`` that no ``;`` or ``+`` ends: it cannot run as it stands."""
    waits = False
    for each in call.args:
        if each in ("-exec", "-execdir", "-ok", "-okdir"):
            waits = True
        elif each in (";", "+"):
            waits = False
    if waits:
        look.unclear(call.at, "Its -exec is not closed.")
