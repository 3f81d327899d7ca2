"""Reads what /proc says of processes: when one began, what its children are, and what runs in front of a terminal."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dictation.desktop.terminals import shell_name

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """The fields of /proc/PID/stat (proc(5)) that are used here. ``started`` is in clock ticks since boot."""

    pid: int
    name: str
    parent: int
    group: int
    session: int
    tty: int
    front: int
    started: int


@dataclass(frozen=True, slots=True)
class Front:
    """What runs in front of a terminal. ``shell`` is None when it is no shell, such as an editor."""

    shell: str | None
    cwd: str | None


def process(pid: int) -> Process | None:
    """The process ``pid``, or None when there is none."""
    try:
        text = (PROC / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return None
    # The name is in brackets and may itself hold brackets and blanks.
    name = text[text.index("(") + 1 : text.rindex(")")]
    field = text[text.rindex(")") + 2 :].split()
    return Process(pid, name, int(field[1]), int(field[2]), int(field[3]), int(field[4]), int(field[5]), int(field[19]))


def started(pid: int | None) -> int | None:
    """When ``pid`` began, in clock ticks since boot; None when it is not running."""
    found = process(pid) if pid else None
    return found.started if found else None


def front_of(terminal: int) -> Front:
    """What runs in front of the terminal program with the pid ``terminal``.

    A program with several tabs has several terminals: then the one last typed into (its device's access time, which
    the kernel keeps to 8 seconds), or nothing if two are as recent.
    """
    leaders = [each for each in _descendants(terminal) if each.session == each.pid and each.tty > 0]
    recent = sorted(leaders, key=_last_typed, reverse=True)
    if not recent or (len(recent) > 1 and _last_typed(recent[0]) == _last_typed(recent[1])):
        return Front(None, None)
    front = process(recent[0].front) or recent[0]
    return Front(_shell(front), _cwd(front.pid))


def _descendants(pid: int) -> Iterator[Process]:
    children = _told_children if (PROC / f"self/task/{os.getpid()}/children").exists() else _all_children()
    todo = [pid]
    while todo:
        for number in children(todo.pop()):
            child = process(number)
            if child:
                yield child
                todo.append(number)


def _told_children(pid: int) -> list[int]:
    """As the kernel tells them (CONFIG_PROC_CHILDREN), thread by thread."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for thread in (PROC / str(pid) / "task").iterdir():
            found += map(int, (thread / "children").read_text().split())
    return found


def _all_children() -> Callable[[int], list[int]]:
    """By looking at every process there is."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        found = process(int(entry.name)) if entry.name.isdecimal() else None
        if found:
            children.setdefault(found.parent, []).append(found.pid)
    return lambda pid: children.get(pid, [])


def _last_typed(leader: Process) -> float:
    # A pty's device number: majors 136 to 143, the low byte of the minor in bits 0 to 7 and the rest from bit 20 on.
    major, minor = leader.tty >> 8 & 0xFFF, leader.tty & 0xFF | leader.tty >> 12 & 0xFFF00
    try:
        return Path(f"/dev/pts/{(major - 136) * 256 + minor}").stat().st_atime
    except OSError:
        return 0.0


def _shell(found: Process) -> str | None:
    """By the program's file, and where that may not be read (another user's shell) by its name."""
    try:
        return shell_name((PROC / str(found.pid) / "exe").readlink().name) or shell_name(found.name)
    except OSError:
        return shell_name(found.name)


def _cwd(pid: int) -> str | None:
    try:
        return str((PROC / str(pid) / "cwd").readlink())
    except OSError:
        return None
