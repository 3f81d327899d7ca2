"""Judges builtins of the shells that set variables or run some of their arguments: read, export, print, complete."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.shell.guard.argv import Options, read
from dictation.shell.guard.bash import shell_writes
from dictation.shell.guard.inspection import UNKNOWN, Call, Look, Output

MOST_ITEMS = 16
"""Words of an input that are looked at one by one."""


def read_input(call: Call, look: Look) -> Output:
    """``read NAME``, ``read -a ARRAY``, ``mapfile ARRAY``: the variables get what comes in."""
    feed = call.feed or Output()
    for name, values in _given(call, feed.text or "").items():
        look.scope.variables[name] = [UNKNOWN] if feed.text is None else values
        look.scope.marks[name] = feed.marks
    return Output("")


def _given(call: Call, text: str) -> dict[str, list[str]]:
    """What each variable gets: ``mapfile`` takes every line, ``read`` the first one."""
    lines = text.split("\n")
    if call.name in ("mapfile", "readarray"):
        names = _names(read(call.args, "-d -n -u -O -s -C -c"), "MAPFILE")
        return {names[0]: [each for each in lines if each][:MOST_ITEMS]}
    options = read(call.args, "-a -d -i -n -N -p -t -u")
    return _split(lines[0], dict(call.env).get("IFS"), _names(options, "REPLY"), options)


def _names(options: Options, default: str) -> list[str]:
    return [each for each in options.rest if each.isidentifier()] or [default]


def _split(line: str, signs: str | None, names: list[str], options: Options) -> dict[str, list[str]]:
    """One line by variable: cut at ``signs``, the characters of IFS; the last name gets what is left over."""
    words: list[str] = re.split(f"[{re.escape(signs)}]", line) if signs else line.split()
    if array := options.value("-a"):
        return {array[0]: words[:MOST_ITEMS]}
    left = (signs or " ")[0].join(words[len(names) - 1 :])
    return {name: [value] for name, value in zip(names, [*words[: len(names) - 1], left], strict=False)}


def export(call: Call, look: Look) -> Output:
    """``export NAME=value`` behind ``command`` or ``builtin``, where the grammar takes it for a program."""
    for each in call.words:
        shell_writes.assigned((each,), call.at, look)
    return Output("", frozenset({"environment"}))


def _print(call: Call, look: Look) -> None:
    """``print -z`` of zsh puts text at the prompt, ``-s`` into the history, and ``-P`` runs what a prompt would."""
    first = "".join(call.args[:1])
    if first in ("-z", "-s"):
        look.text(" ".join(call.args[1:]), look.shell, call.at)
    if "P" in first:
        for inside in re.findall(r"\$\(([^()]*)\)|`([^`]*)`", " ".join(call.args[1:])):
            look.text("".join(inside), look.shell, call.at)


def _complete(call: Call, look: Look) -> None:
    """``complete -a "(command)"`` of fish."""
    for each in call.args if look.shell == "fish" else ():
        if each.startswith("("):
            look.text(each.strip("()"), "fish", call.at)


def _search_path(call: Call, look: Look) -> None:
    """``fish_add_path`` puts folders before those that programs are looked for in."""
    for each in call.args:
        shell_writes.variable("PATH", each, call.at, look)


BUILTINS: dict[str, Callable[[Call, Look], None]] = {
    "print": _print, "complete": _complete, "fish_add_path": _search_path,
}  # fmt: skip
"""What runs or keeps some of its arguments, and is judged by the other rules all the same."""
