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
    heard = set(re.findall(r"[a-z][a-z0-9.]*", request.lower()))
    said = tool in heard or heard & programs.listed(family, "said_as")
    installs = _INSTALLS.fullmatch(command)
    if said or not programs.listed(family, "shown_by"):
        return ""
    if installs and installs[1].lower() not in programs.listed(family, "packages"):
        return tool  # a package that may be of another kind
    if any(name in context.files for name in programs.listed(family, "shown_by")):
        return ""
    ending = _ENDINGS.get(family)
    if ending and (ending.search(command) or any(ending.search(name) for name in context.files)):
        return ""
    return tool
