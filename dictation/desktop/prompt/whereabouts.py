"""Describes where a command will stand: the shell and folder in front, the branch, the tools and names there."""

from __future__ import annotations

import functools
import os
import re
import shutil
import time
from pathlib import Path

from dictation.core.types import Target
from dictation.desktop import choose
from dictation.desktop.focus.terminals import shell_name
from dictation.desktop.project import repository
from dictation.desktop.prompt.shell_prompt import Prompt
from dictation.shell.command_context import SHELLS, Context

_TOOLS = """
apt aws az bat brew bun cargo cmake conda curl deno dnf docker docker-compose fd ffmpeg fzf gcc gh git glab go gradle
helm htop httpie http java jq just kubectl lsof make mvn mysql nc ncdu ninja node npm nvim pacman parallel pip pip3
pipx pnpm podman poetry psql pytest python python3 redis-cli rg rsync ruff rustup sed snap sqlite3 ss ssh systemctl
tar terraform tmux tree uv vim wget xclip yarn yq zip zstd
"""
TOOLS = tuple(_TOOLS.split())
"""Programs that a command may use or do without: whether they are there is worth knowing."""

MOST_FILES = 50
MOST_LOOKED_AT = 2000
LONGEST_NAME = 60
TOOLS_SECONDS = 60

# A file's name is whatever somebody chose: what is not plain is left out rather than mended.
_NAME = re.compile(r"[\w@%+=:,. ()\[\]-]+")


def describe(target: Target) -> Context:
    """Where ``target`` is. What cannot be known is empty; on another machine everything but its name is."""
    return around(choose.prompts().look(target), target)


def around(prompt: Prompt, target: Target) -> Context:
    """The same for a prompt that was looked at already."""
    if prompt.state == "remote":
        return Context(shell=_usual_shell(), system=choose.system(), remote=prompt.host or "another machine")
    shell = prompt.shell or target.shell or ""
    return describe_folder(prompt.cwd or target.cwd or "", _known(shell) or _usual_shell())


def describe_folder(cwd: str, shell: str) -> Context:
    """The same for a folder and a shell that are known; ``cwd`` may be empty."""
    folder = Path(cwd) if cwd else None
    return Context(
        shell=shell,
        system=choose.system(),
        cwd=cwd,
        home=os.fspath(Path.home()),
        branch=_plain(repository.branch(folder)) if folder else "",
        tools=_tools(os.environ.get("PATH", ""), int(time.monotonic() / TOOLS_SECONDS)),
        files=_files(folder) if folder else (),
        branches=tuple(name for each in repository.branches(folder) if (name := _plain(each))) if folder else (),
    )


def _known(shell: str) -> str:
    return {"pwsh": "powershell"}.get(shell, shell) if shell in (*SHELLS, "pwsh") else ""


def _usual_shell() -> str:
    """The user's login shell, as the best guess where none is seen."""
    usual = "powershell" if choose.system() == "windows" else shell_name(os.environ.get("SHELL", "")) or ""
    return _known(usual) or "bash"


@functools.lru_cache(maxsize=2)
def _tools(path: str, _minute: int) -> tuple[str, ...]:
    """``_minute`` makes the answer be forgotten: a tool may be installed at any time."""
    return tuple(each for each in TOOLS if shutil.which(each, path=path))


def _files(folder: Path) -> tuple[str, ...]:
    """Names in the folder that are plain to read, by name, those that are hidden last."""
    names = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= MOST_LOOKED_AT:
                    break
                if _plain(entry.name):
                    names.append(entry.name)
    except OSError:
        return ()
    return tuple(sorted(names, key=lambda each: (each.startswith("."), each.casefold()))[:MOST_FILES])


def _plain(name: str) -> str:
    """``name`` if it is short and made of letters, digits and harmless signs, else nothing."""
    fine = len(name) <= LONGEST_NAME and name.isprintable() and _NAME.fullmatch(name.replace("/", "-"))
    return name if fine and all(" " <= each <= "~" or "\u3400" <= each <= "\u9fff" for each in name) else ""
