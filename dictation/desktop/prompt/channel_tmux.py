"""Asks tmux which of its panes is in front of a terminal, and gives it text for a pane; no key, no clipboard."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dictation.core.errors import InsertError

SECONDS = 2.0
BUFFER = "dictation"
_FORMAT = "#{client_tty}\t#{pane_id}\t#{pane_pid}\t#{pane_in_mode}"


@dataclass(frozen=True, slots=True)
class Pane:
    """A pane. ``server`` are the words that name its tmux server to a call."""

    id: str
    pid: int
    in_mode: bool
    server: tuple[str, ...]


def front(words: Sequence[str], around: Mapping[str, str], tty: str) -> Pane | None:
    """The pane in front of the tmux client at the device ``tty``, called with ``words``; None if not known."""
    server = _server(words, around)
    try:
        # Of all that tmux can be asked, only the list of its clients gives each client's own pane.
        said = _tmux(server, "list-clients", "-F", _FORMAT)
    except (OSError, subprocess.SubprocessError):
        return None
    for line in said.splitlines():
        client, _, rest = line.partition("\t")
        id, _, rest = rest.partition("\t")
        pid, _, mode = rest.partition("\t")
        if client == tty and pid.isdecimal():
            return Pane(id, int(pid), mode != "0", server)
    return None


def put(text: str, server: Sequence[str], pane: str) -> None:
    """Paste ``text`` into ``pane``, marked as pasted where the program in it asks for that. Raises InsertError."""
    try:
        _tmux(server, "load-buffer", "-b", BUFFER, "-", text=text)
        _tmux(server, "paste-buffer", "-p", "-d", "-b", BUFFER, "-t", pane)
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip()
        raise InsertError("tmux", f"tmux did not take the command: {said}", "Copy it and paste it yourself.") from error


def _server(words: Sequence[str], around: Mapping[str, str]) -> tuple[str, ...]:
    """``-S PATH`` of the server that a client was called for: by -S, by -L, or the usual one."""
    name, path = "default", ""
    rest = iter(words[1:])
    for word in rest:
        if not word.startswith("-") or word == "--":
            break
        letter, value = word[1:2], word[2:]
        if letter in "cfLST" and not value:
            value = next(rest, "")
        if letter == "L":
            name = value
        elif letter == "S":
            path = value
    if not path and "TMUX" in around and "-L" not in " ".join(words):
        path = around["TMUX"].partition(",")[0]
    return ("-S", path or f"{around.get('TMUX_TMPDIR') or '/tmp'}/tmux-{os.getuid()}/{name}")


def _tmux(server: Sequence[str], *words: str, text: str = "") -> str:
    program = shutil.which("tmux")
    if program is None:
        raise OSError("tmux is not on the PATH")
    done = subprocess.run(
        [program, *server, *words], input=text, check=True, timeout=SECONDS, capture_output=True, encoding="utf-8",
        errors="replace",
    )  # fmt: skip
    return done.stdout
