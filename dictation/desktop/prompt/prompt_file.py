"""Reads what the shell widget writes down at each prompt: whose it is, where it stands, how the last command ended."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from dictation.desktop.store.folders import places

LONGEST = 20_000
FIELDS = ("version", "pid", "tty", "shell", "state", "editing", "status", "cwd", "branch", "end")
"""What a note holds, in order, each ended by a NUL: a folder's name may hold anything else."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a shell said of itself at its last prompt; ``written`` is when, in monotonic seconds."""

    pid: int
    tty: str
    shell: str
    busy: bool
    vi: bool
    status: int
    cwd: str
    branch: str
    written: float


def folder() -> Path:
    """Where the notes are, one file a terminal device."""
    return places().runtime / "prompts"


def name(tty: str) -> str:
    """The file's name for a device: ``pts-3`` for /dev/pts/3."""
    return tty.removeprefix("/dev/").replace("/", "-")


def read(tty: str, pid: int) -> Note | None:
    """The note of the shell ``pid`` at ``tty``; None when there is none, or one half written, or another shell's."""
    if not tty:
        return None
    path = folder() / name(tty)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            about = os.fstat(handle)
            if about.st_uid != os.getuid():
                return None
            # Files carry the time of day. A clock that was set since makes the prompt older or newer than it is: newer
            # than now is not believed, and older only makes us look back further.
            written = time.monotonic() - max(time.time() - about.st_mtime, 0.0)
            said = os.fsdecode(file.read(LONGEST)).split("\0")
    except OSError:
        return None
    if len(said) != len(FIELDS) + 1:
        return None
    field = dict(zip(FIELDS, said, strict=False))
    numbers = field["pid"], field["status"]
    if field["version"] != "1" or field["end"] != "end" or not all(each.isdecimal() for each in numbers):
        return None
    if (int(field["pid"]), field["tty"]) != (pid, tty):
        return None
    return Note(
        pid, tty, field["shell"], field["state"] == "busy", field["editing"] == "vi", int(field["status"]),
        field["cwd"], field["branch"], written,
    )  # fmt: skip
