"""Reads what /proc says of processes: when one began, what its children are, and what runs in front of a terminal."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dictation.desktop.focus.terminals import shell_name

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
class ForegroundProgram:
    """What runs in front of a terminal. ``shell`` is None when it is no shell, such as an editor."""

    shell: str | None
    cwd: str | None
    tty: str = field(default="", compare=False)


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


def moment(ticks: int) -> float | None:
    """Ticks since boot in monotonic seconds; None where the two clocks cannot be compared."""
    try:
        return time.monotonic() - (time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / int(os.sysconf("SC_CLK_TCK")))
    except (AttributeError, OSError, ValueError):
        return None


def started(pid: int | None) -> int | None:
    """When ``pid`` began, in clock ticks since boot; None when it is not running."""
    found = process(pid) if pid else None
    return found.started if found else None


def front_of(terminal: int, window: int | None = None) -> ForegroundProgram:
    """What runs in front of the terminal program with the pid ``terminal``, in this window of it.

    A window with several tabs has several terminals: then the one last typed into (its device's access time, which
    the kernel keeps to 8 seconds), or nothing if two are as recent.
    """
    recent = leaders(terminal, window)
    if not recent or not clear(recent):
        return ForegroundProgram(None, None)
    front = process(recent[0].front) or recent[0]
    return ForegroundProgram(shell_of(front), cwd_of(front.pid), device(front.tty))


def leaders(terminal: int, window: int | None = None) -> list[Process]:
    """The first process of each terminal device under the program ``terminal``, the one last typed into first.

    One program may show many windows: it tells each shell which (``WINDOWID``). Without that they all count.
    """
    found = [each for each in descendants(terminal) if each.session == each.pid and each.tty > 0]
    if window is not None and len(found) > 1:
        here = [each for each in found if environment(each.pid).get("WINDOWID") == str(window)]
        found = here or found
    return sorted(found, key=_last_typed, reverse=True)


def clear(recent: list[Process]) -> bool:
    """Whether the first of ``leaders`` was typed into later than the others."""
    return len(recent) < 2 or _last_typed(recent[0]) != _last_typed(recent[1])


def environment(pid: int) -> dict[str, str]:
    """What the process was started with; empty when it may not be read."""
    try:
        with (PROC / str(pid) / "environ").open("rb") as file:
            entries = os.fsdecode(file.read(200_000)).split("\0")
    except OSError:
        return {}
    return dict(each.split("=", 1) for each in entries if "=" in each)


def words_of(pid: int) -> list[str]:
    """The words of the call that started the process; empty when they may not be read."""
    try:
        with (PROC / str(pid) / "cmdline").open("rb") as file:
            return os.fsdecode(file.read(20_000)).split("\0")[:-1]
    except OSError:
        return []


def device(tty: int) -> str:
    """``/dev/pts/3`` of the number in ``Process.tty``; empty when it is no pseudo-terminal."""
    # Majors 136 to 143, the low byte of the minor in bits 0 to 7 and the rest from bit 20 on.
    major, minor = tty >> 8 & 0xFFF, tty & 0xFF | tty >> 12 & 0xFFF00
    return f"/dev/pts/{(major - 136) * 256 + minor}" if 136 <= major <= 143 else ""


def program_of(found: Process) -> str:
    """The name of the program's file, and where that may not be read (another user's) the process' own name."""
    try:
        return (PROC / str(found.pid) / "exe").readlink().name.removesuffix(" (deleted)")
    except OSError:
        return found.name


def descendants(pid: int) -> Iterator[Process]:
    """All processes that come from ``pid``, without itself."""
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
    try:
        return Path(device(leader.tty)).stat().st_atime
    except OSError:
        return 0.0


def shell_of(found: Process) -> str | None:
    """The shell that a process is, if it is one."""
    return shell_name(program_of(found)) or shell_name(found.name)


def cwd_of(pid: int) -> str | None:
    """The folder a process is in; None when it may not be read."""
    try:
        return str((PROC / str(pid) / "cwd").readlink())
    except OSError:
        return None
