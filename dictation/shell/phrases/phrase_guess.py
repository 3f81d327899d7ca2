"""Says when a command names a tool that nobody named and nothing in the folder shows: "run the tests" is not pytest."""

from __future__ import annotations

import re

from dictation.shell.command_context import Context
from dictation.spelled.wordlist import words

_NODE = (words("npm npx pnpm yarn node nodejs js javascript typescript prettier tsc"), ("package.json",))
_PYTHON = (
    words("pip pytest python python3 py ruff black requirements requirements.txt"),
    ("pyproject.toml", "setup.py", "setup.cfg", "pytest.ini", "tox.ini", "requirements.txt", "conftest.py"),
)
_TOOLS = {"npm": _NODE, "npx": _NODE, "pytest": _PYTHON, "ruff": _PYTHON, "black": _PYTHON, "pip": _PYTHON}
"""A tool -> the words that say it, and the files that show it."""


def guessed(command: str, request: str, context: Context) -> str:
    """The tool of ``command`` that is only guessed; empty where it was said, is shown, or is no matter of taste."""
    if "manage.py" in command:
        known = "manage.py" in context.files or re.search(r"django|manage", request, re.I)
        return "" if known else "Django"
    tool = command.split(" ", 1)[0]
    if tool not in _TOOLS:
        return ""
    said, shown = _TOOLS[tool]
    heard = set(re.findall(r"[a-z][a-z0-9.]*", request.lower()))
    if heard & said or any(name in context.files for name in shown):
        return ""
    if re.search(r"\.py\b", command) or any(name.endswith(".py") for name in context.files if said is _PYTHON[0]):
        return ""
    return tool
