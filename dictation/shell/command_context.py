"""What a command is made for: the shell, the folder, and the names that may be meant."""

from __future__ import annotations

from dataclasses import dataclass

SHELLS = ("bash", "zsh", "fish", "powershell", "cmd")
"""The shells commands are written for."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where a command will stand.

    ``cwd`` is a full path and ``home`` the user's home folder; both may be empty when not known. ``branch`` is the
    branch in force in the repository around ``cwd``. ``tools`` are programs that are there; ``files`` names in ``cwd``;
    ``branches`` names of branches. ``remote`` names the other machine when the prompt is not on this one.
    """

    shell: str = "bash"
    system: str = "linux"
    cwd: str = ""
    home: str = ""
    branch: str = ""
    tools: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    remote: str = ""
