"""`dictation check`: how risky is a command."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dictation.core.foreign import json_from
from dictation.shell.guard.grade import Grade, grade


def report(command: str, shell: str) -> dict[str, Any]:
    """One command as the contract's JSON."""
    return as_json(command, shell, grade(command, shell))


def as_json(command: str, shell: str, found: Grade) -> dict[str, Any]:
    """A grade as the contract's JSON."""
    reasons = [{"code": each.code, "message": each.message, "at": _whole(each.at)} for each in found.reasons]
    return {
        "command": _whole(command),
        "shell": shell,
        "risk": found.risk,
        "reasons": reasons,
        "insertable": found.insertable,
    }


def joined(words: Sequence[str], shell: str) -> str:
    """The words of a command as one line: what the user's shell took out of quotes is put back into them."""
    if len(words) == 1:
        return words[0]
    return " ".join(_word(each, shell) for each in words)


def _word(word: str, shell: str) -> str:
    if word and not re.search(r"\s", word):
        return word
    return '"' + word.replace('"', "'") + '"' if shell in ("cmd", "powershell") else shlex.quote(word)


def check(lines: Iterable[str], shell: str, objects: bool) -> Iterator[dict[str, Any]]:
    """One report per line, in order; with ``objects`` a line may be ``{"command", "shell"}``. Empty lines are left out.

    A shell that is not known is not refused: nothing of it is understood, so nothing of it is safe.
    """
    for line in lines:
        command, its = line.rstrip("\r\n"), shell
        if objects and command.lstrip().startswith("{"):
            command, its = _object(command, shell)
        if command.strip():
            yield report(command, its)


def _object(line: str, shell: str) -> tuple[str, str]:
    """The command and the shell of a JSON object; a brace that opens a block of a command is no object."""
    try:
        found = json_from(line)
    except ValueError:
        return line, shell
    if not isinstance(found, dict) or not isinstance(found.get("command"), str):
        return line, shell
    return found["command"], str(found.get("shell") or shell)


def line(found: dict[str, Any]) -> str:
    """A report for people: the risk, the command, and every reason under it."""
    head = f"{found['risk']:8}{'' if found['insertable'] else '(not for a prompt) '}{_shown(found['command'])}"
    return "\n".join(
        [head, *(f"        {each['message']} [{each['code']}] {_shown(each['at'])}" for each in found["reasons"])]
    )


def _whole(text: str) -> str:
    """``text`` with halves of characters, which cannot be written as UTF-8, replaced."""
    return text.encode(errors="replace").decode()


def _shown(text: str) -> str:
    """``text`` with everything that a terminal would obey made visible."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)
