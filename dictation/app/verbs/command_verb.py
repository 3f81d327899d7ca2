"""`dictation command`: a request in words becomes one shell command. Nothing runs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dictation.app.command_mode.commander import Ask, Asker, CommandMaker
from dictation.core.commands import Command
from dictation.core.errors import CommandError, DictationError, UsageError
from dictation.core.settings import Settings
from dictation.desktop import choose
from dictation.desktop.focus.processes import process, shell_of
from dictation.desktop.focus.terminals import shell_name
from dictation.desktop.prompt.whereabouts import describe, describe_folder
from dictation.desktop.store import settings_file
from dictation.desktop.store.folders import places
from dictation.shell.command_context import SHELLS, Context
from dictation.spelled.lazy_regex import late

if TYPE_CHECKING:
    from dictation.app.words.endpoint import Switchboard

Report = dict[str, Any]


def run(request: str, shell: str | None, cwd: str | None, as_object: bool, out: Callable[[str], None]) -> int:
    """Print the command for ``request``, or for each line of standard input; the exit code."""
    lines = None if request else sys.stdin
    try:
        return _print(commands(request, lines, shell, cwd), as_object, out)
    except CommandError as error:
        if as_object:
            out(json.dumps({"command": None, "error": error.as_json()}, ensure_ascii=False))
        raise


def _model() -> Asker:
    """Who asks a language model; what that needs is loaded when a request is not known without one."""

    @cache
    def board() -> Switchboard:
        from dictation.app.words.endpoint import Switchboard

        return Switchboard()

    def ask(settings: Settings) -> Ask | None:
        from dictation.app.command_mode.asking import asking

        return asking(settings, board())

    return ask


def _print(reports: Iterable[Report], as_object: bool, out: Callable[[str], None]) -> int:
    for made in reports:
        if as_object:
            out(json.dumps(made, ensure_ascii=False))
        elif "error" in made:
            sys.stderr.write(f"dictation: error: {DictationError(**made['error']).line()}\n")
            out("")
        else:
            out(line(made))
    return 0


def commands(request: str, lines: Iterable[str] | None, shell: str | None, cwd: str | None) -> Iterator[Report]:
    """The command for ``request`` as the contract's JSON, or one report for each of ``lines``, in order.

    A line may be ``{"request", "shell", "cwd"}``. Where no command is known, a line's report is
    ``{"command": None, "error"}``; a single request raises CommandError or UsageError. Empty lines are left out.
    """
    where = places()
    settings, wrong = settings_file.load(where.settings)
    for error in wrong:
        sys.stderr.write(f"dictation: note: {error.line()}\n")

    def warn(error: CommandError) -> None:
        sys.stderr.write(f"dictation: note: {error.line()}\n")

    commander = CommandMaker(lambda: settings, where.snippets, describe, _model(), warn=warn)

    def answer(request: str, shell: str | None, cwd: str | None) -> Report:
        return as_json(commander.compose_in(request, _language(request), context(shell, cwd)))

    if lines is None:
        yield answer(request, shell, cwd)
        return
    for each in lines:
        if each.strip():
            try:
                yield answer(*_object(each, shell, cwd))
            except DictationError as error:
                yield {"command": None, "error": error.as_json()}


_OBJECT = late(r'\s*\{\s*(?:["\'}]|$)')
"""How a JSON object begins, whole or not; no command in words begins so."""

_FORM = "Give one JSON object with request, shell and cwd, or the request as plain text."


def _object(line: str, shell: str | None, cwd: str | None) -> tuple[str, str | None, str | None]:
    """The request, shell and folder of a JSON object; a line that begins as none is a request. Raises UsageError."""
    if not _OBJECT.match(line):
        return line.strip(), shell, cwd
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError("bad-request", f"This line is no whole JSON object: {error}", _FORM) from None
    if not isinstance(found, dict) or not isinstance(found.get("request"), str):
        raise UsageError("bad-request", "This JSON object has no text under request", _FORM)
    return found["request"], *_place(found.get("shell") or shell, found.get("cwd") or cwd)


def _place(its: object, folder: object) -> tuple[str | None, str | None]:
    """The shell and the folder of a JSON object, if they are what they must be. Raises UsageError."""
    if its is not None and its not in SHELLS:
        raise UsageError("no-shell", f"There is no shell {its!r} here", f"Give one of {', '.join(SHELLS)}.")
    if folder is not None and not isinstance(folder, str):
        raise UsageError("no-folder", "cwd is not a text", "Give a folder as a text, or leave cwd out.")
    return its, folder


def context(shell: str | None, cwd: str | None) -> Context:
    """Where the command will stand: the folder ``cwd``, or the current one. Raises UsageError."""
    try:
        folder = Path(cwd).expanduser() if cwd else Path.cwd()
        there = folder.is_dir()
    except (OSError, RuntimeError, ValueError):
        folder, there = Path(cwd or "."), False
    if not there:
        raise UsageError("no-folder", f"There is no folder {folder}", "Give a folder that exists to --cwd.")
    return describe_folder(os.fspath(folder.absolute()), shell or _shell())


def _shell() -> str:
    """The user's usual shell; the one that called us goes before it."""
    above = process(os.getppid())
    for _ in range(4):  # a shell may have called us through make, uv or a script
        if above is None:
            break
        if (name := shell_of(above)) in SHELLS:
            return name
        above = process(above.parent)
    usual = shell_name(os.environ.get("SHELL", ""))
    return usual if usual in SHELLS else "powershell" if choose.system() == "windows" else "bash"


def as_json(made: Command) -> dict[str, Any]:
    """A command as the contract's JSON."""
    return {
        "command": made.text,
        "shell": made.shell,
        "explanation": made.explanation,
        "risk": made.risk,
        "reasons": [{"code": each.code, "message": each.message, "at": each.at} for each in made.reasons],
        "insertable": made.insertable,
        "source": made.source,
        "question": made.question,
    }


def line(made: dict[str, Any]) -> str:
    """A command for people: the command alone, or the question; what is risky goes to standard error."""
    for each in made["reasons"]:
        sys.stderr.write(f"dictation: {made['risk']}: {each['message']}\n")
    if not made["command"]:
        return str(made["question"])
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in made["command"])


def _language(request: str) -> str:
    return "zh" if any("㐀" <= each <= "鿿" for each in request) else "en"
