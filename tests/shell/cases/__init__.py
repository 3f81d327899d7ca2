"""Reads the labelled commands: what each does was decided by reading it, not by running the guard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SEVERITIES = ("critical", "high", "medium", "safe")


@dataclass(frozen=True)
class Case:
    """One command with its shell and how bad it is; ``safe`` for what must not be flagged."""

    command: str
    shell: str
    severity: str


def cases() -> Iterator[Case]:
    """All of them, file by file."""
    for file in sorted(HERE.glob("*.txt")):
        shell = "bash" if file.name.startswith("bash") else ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                first, rest = line.split(" ", 1) if not shell else (shell, line)
                severity, command = rest.split(" ", 1)
                yield Case(command.replace("⏎", "\n"), first, severity)
