"""Says when a command names a tool that nobody named and nothing in the folder shows: "run the tests" is not pytest."""

from __future__ import annotations

import re

from dictation.shell.command_context import Context
from dictation.spelled import programs

_INSTALLS = re.compile(r"[a-z]+ (?:install|add) ([^-\s]\S*)")
_ENDINGS = {"pip": re.compile(r"\.py\b")}
"""A family of tools -> its files by their endings, in the command or in the folder."""


def guessed(command: str, request: str, context: Context) -> str:
    """The tool of ``command`` that is only guessed; empty where it was said, is shown, or is no matter of taste."""
    if "manage.py" in command:
        known = "manage.py" in context.files or re.search(r"django|manage", request, re.I)
        return "" if known else "Django"
    tool = command.split(" ", 1)[0]
    family = programs.sheet(tool).get("family", tool)
    if not programs.listed(family, "shown_by") or _said(tool, family, request):
        return ""
    installs = _INSTALLS.fullmatch(command)
    if installs and installs[1].lower() not in programs.listed(family, "packages"):
        return tool  # a package that may be of another kind
    return "" if _shown(family, command, context) else tool


def _said(tool: str, family: str, request: str) -> bool:
    heard = set(re.findall(r"[a-z][a-z0-9.]*", request.lower()))
    return tool in heard or bool(heard & programs.listed(family, "said_as"))


def _shown(family: str, command: str, context: Context) -> bool:
    """Whether a file of the folder, or one in the command, is of the family."""
    if any(name in context.files for name in programs.listed(family, "shown_by")):
        return True
    ending = _ENDINGS.get(family)
    return ending is not None and any(ending.search(each) for each in (command, *context.files))
