"""Judges find and fd: what they delete, write, and run on the files they find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dictation.shell.guard.bash.shell_writes import target
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look, Output, Word
from dictation.shell.guard.risky_places import HUGE, kind
from dictation.shell.guard.rules.rules_subscripts import find_without_end

Judge = Callable[[Call, Look], Output]

REMOVERS = frozenset("rm unlink shred rmdir truncate srm wipe trash mv tee dd chmod chown rimraf del".split())
NARROW = frozenset(
    "-name -iname -path -ipath -wholename -regex -iregex -mtime -mmin -atime -ctime -newer -empty -size".split()
)
"""Tests of find that leave only some of the files."""

EXEC = ("-exec", "-execdir", "-ok", "-okdir")
FD_EXEC = ("-x", "-X", "--exec", "--exec-batch")
FILES = ("-fprint", "-fprintf", "-fls", "-fprint0")
"""Options of find that write to a file."""


def find(call: Call, look: Look, judge: Judge) -> Output:
    """find and fd: what they delete, write, and run on what they find."""
    args, quick = call.args, call.name.startswith("fd")
    if not quick:
        find_without_end(call, look)
    wide = any(kind(each) in HUGE for each in _starts(args, quick))
    runs = (*EXEC, *FD_EXEC) if quick else EXEC
    place = 0
    while place < len(args):
        if args[place] in runs:
            place = _exec(call, place, wide, look, judge)
        elif args[place] == "-delete" and not quick:
            level = DANGER if wide or not NARROW & set(args) else CAUTION
            look.note(level, "deletes-found", "It deletes every file it finds.", call.at)
        elif args[place] in FILES:
            _writes(args[place + 1 : place + 2], call, look)
        place += 1
    return Output(None, frozenset({"paths", "local"}))


def _writes(paths: list[str], call: Call, look: Look) -> None:
    for each in paths:
        target(each, False, call.at, look)
        look.caution("overwrites", "It writes over a file.", call.at)


def _starts(args: list[str], quick: bool) -> list[str]:
    """The folders that are searched; of fd's words before what it runs, the first is the pattern."""
    if quick:
        return args[: next((n for n, each in enumerate(args) if each in FD_EXEC), 0)][1:]
    tests = (n for n, each in enumerate(args) if each[:1] in "-(!" and each not in ("-H", "-L", "-P"))
    return [each for each in args[: next(tests, len(args))] if each[:1] != "-"]


def _exec(call: Call, place: int, wide: bool, look: Look, judge: Judge) -> int:
    """Judge what find runs by the option at ``place``; where that ends."""
    args, quick = call.args, call.name.startswith("fd")
    end = len(args) if quick else next((n for n in range(place + 1, len(args)) if args[n] in (";", "+")), len(args))
    words = tuple(replace(word, text=word.text.replace("{}", UNKNOWN)) for word in call.words[place + 1 : end])
    if quick and not any(UNKNOWN in word.text for word in words):
        words = (*words, Word(UNKNOWN))
    inner = call.run(words, feed=None)
    if wide and _changes(inner):
        where = "It changes every file it finds in a place of the system or the home folder."
        look.danger("deletes-found", where, call.at)
    if words:
        judge(inner, look)
    return end


def _changes(call: Call) -> bool:
    """Whether the call removes or rewrites the files that it is given."""
    return call.name in REMOVERS or (call.name in ("sed", "perl") and "-i" in call.args)
