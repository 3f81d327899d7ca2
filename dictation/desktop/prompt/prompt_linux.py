"""Reads from /proc and the modes of its device what the terminal in front waits for; touches nothing in it."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from dictation.core.types import Target
from dictation.desktop.focus.processes import (
    PROC,
    Process,
    clear,
    cwd_of,
    descendants,
    device,
    environment,
    leaders,
    moment,
    process,
    program_of,
    shell_of,
    words_of,
)
from dictation.desktop.prompt import channel_kitty, channel_tmux, channel_wezterm, prompt_file
from dictation.desktop.prompt.shell_prompt import (
    LINE_SHELLS,
    NO_TERMINAL,
    REMOTE,
    UNKNOWN,
    Modes,
    Prompt,
    occupied,
    together,
)

MOST_TABS = 40
DEEPEST = 3
"""A tmux in a tmux in a tmux."""

# Options of ssh that take a value in a word of their own (ssh(1)).
_SSH_VALUES = frozenset("BbcDEeFIiJLlmOopQRSWw")


class LinuxPrompts:
    """The port ``Prompts`` where there is a /proc."""

    def look(self, target: Target) -> Prompt:
        """What the terminal ``target`` waits for now. Some milliseconds; never raises."""
        if not target.terminal or not target.pid:
            return NO_TERMINAL
        found = leaders(target.pid, target.window)[:MOST_TABS]
        if not found:
            return UNKNOWN
        if len(found) > 1 and (sure := _told(found)):
            return self._at(sure, target.title)
        return together([self._at(each, target.title) for each in found], clear(found))

    def at(self, tty: str) -> Prompt:
        """What waits at the device ``tty``, such as /dev/pts/3."""
        for entry in PROC.iterdir():
            found = process(int(entry.name)) if entry.name.isdecimal() else None
            if found and found.pid == found.session and found.tty > 0 and device(found.tty) == tty:
                return self._at(found, "")
        return UNKNOWN

    def _at(self, leader: Process, title: str, depth: int = 0) -> Prompt:
        tty = device(leader.tty)
        modes = modes_of(tty)
        now = process(leader.pid)
        if modes is None or now is None or now.front <= 0:
            return replace(UNKNOWN, tty=tty)
        # What the shell behind is, and where, is worth knowing also while something else is in front.
        behind = Prompt("busy", "", shell_of(now), now.pid, tty, cwd_of(now.pid))
        if modes.secret:
            return replace(behind, state="password", why="The terminal asks for a password")
        group = [each for each in (now, *descendants(now.pid)) if each.group == now.front and each.tty == now.tty]
        others = [each for each in group if not shell_of(each) and _holds(each, tty)]
        if others:
            # What was started last reads: of `sudo vim` that is vim.
            if modes.asked_by(program_of(max(others, key=lambda each: (each.started, each.pid)))):
                return replace(behind, state="password", why="The terminal asks for a password")
            return self._other(others[0], behind, depth)
        shells = sorted((each for each in group if shell_of(each)), key=lambda each: (each.started, each.pid))
        if not shells:
            return _covered(behind, occupied("", ""))
        return _shell(shells[-1], modes, tty, title)

    def _other(self, program: Process, behind: Prompt, depth: int) -> Prompt:
        name = program_of(program)
        if name == "tmux" and depth < DEEPEST:
            pane = channel_tmux.front(words_of(program.pid), environment(program.pid), behind.tty)
            leader = process(pane.pid) if pane else None
            if pane is None or leader is None:
                return _covered(behind, occupied("tmux", ""))
            inner = self._at(leader, "", depth + 1)
            if pane.in_mode:
                return replace(inner, state="busy", why="The tmux pane is being looked through", browsed=True)
            return inner if inner.pane else replace(inner, pane=pane.id, channel=("tmux", *pane.server))
        return _covered(behind, occupied(name, _host(words_of(program.pid)) if name in REMOTE else ""))


def _covered(behind: Prompt, front: Prompt) -> Prompt:
    """The shell behind what is in front; none where that is another machine's."""
    if front.state == "remote":
        return replace(front, tty=behind.tty)
    return replace(behind, state=front.state, why=front.why)


def modes_of(tty: str) -> Modes | None:
    """The modes of the terminal device ``tty``; reading them takes nothing away from who reads the device."""
    import termios

    try:
        handle = os.open(tty, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        taken, _, _, local = termios.tcgetattr(handle)[:4]
    except termios.error:
        return None
    finally:
        os.close(handle)
    return Modes(
        bool(local & termios.ICANON),
        bool(local & termios.ECHO),
        bool(local & termios.ISIG),
        bool(taken & termios.ICRNL),
        bool(taken & termios.INLCR),
    )


def _shell(found: Process, modes: Modes, tty: str, title: str) -> Prompt:
    shell, cwd = shell_of(found), cwd_of(found.pid)
    said = Prompt("prompt", "", shell, found.pid, tty, cwd, channel=_channel(found.pid))
    if _owner(found.pid) != os.getuid():
        return replace(said, state="unknown", why="The shell in the terminal is another user's", channel=())
    if shell not in LINE_SHELLS:
        return replace(said, state="unknown", why=f"{shell} does not tell when it is at its prompt", channel=())
    if not modes.line_editor(shell):
        return replace(said, state="busy", why="The shell in the terminal is busy", channel=())
    note = prompt_file.read(tty, found.pid)
    said = replace(said, since=note.written if note else moment(found.started))
    if (note and note.busy) or (shell == "fish" and not note and _fish_runs(title)):
        return replace(said, state="busy", why="The shell in the terminal is busy", channel=())
    if shell == "bash" and (note.vi if note else _bash_edits_like_vi()):
        # In vi's normal mode bash takes even what is pasted for commands of the editor.
        return replace(said, state="unknown", why="bash is in vi mode, and whether it would insert cannot be seen")
    return said


def _told(found: list[Process]) -> Process | None:
    """The tab that the terminal itself says is in front."""
    around = {each.pid: environment(each.pid) for each in found}
    for ask in (channel_kitty.front, channel_wezterm.front):
        if pid := ask(around):
            return next((each for each in found if each.pid == pid), None)
    return None


def _channel(pid: int) -> tuple[str, ...]:
    around = environment(pid)
    return channel_kitty.channel(around) or channel_wezterm.channel(around)


def _holds(found: Process, tty: str) -> bool:
    """Whether a program reads or writes the terminal. What feeds a prompt from behind (a status daemon that shares the
    shell's group) does neither."""
    for number in ("0", "1", "2"):
        try:
            if str((PROC / str(found.pid) / "fd" / number).readlink()) == tty:
                return True
        except FileNotFoundError:
            continue
        except OSError:
            return True
    return False


def _owner(pid: int) -> int | None:
    try:
        return (PROC / str(pid)).stat().st_uid
    except OSError:
        return None


def _fish_runs(title: str) -> bool:
    """Whether the title that fish gives the window names a command: its own ``read`` looks like its prompt."""
    first = re.match(r"(\S+) (?:~|/)\S*$", title)
    return bool(first and first[1] not in ("fish", "-fish"))


def _bash_edits_like_vi() -> bool:
    """By what the start-up files say."""
    files = {".bashrc": r"^\s*set\s+-o\s+vi\b", ".inputrc": r"^\s*set\s+editing-mode\s+vi\b"}
    for name, sign in files.items():
        try:
            with (Path.home() / name).open(encoding="utf-8", errors="replace") as file:
                if re.search(sign, file.read(200_000), re.MULTILINE):
                    return True
        except (OSError, RuntimeError):
            continue
    return False


def _host(words: list[str]) -> str:
    """The first word of a call like ssh's that is neither an option nor the value of one."""
    rest = iter(words[1:])
    for word in rest:
        if not word.startswith("-"):
            return "".join(each for each in word if each.isprintable())[:60]
        if len(word) == 2 and word[1] in _SSH_VALUES:
            next(rest, None)
    return ""
