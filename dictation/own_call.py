"""How this very Dictation is called by a shell, a desktop or itself: never by what lies in the current folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ISOLATED = "-P"
"""Python's own switch that keeps the current folder out of the places where modules are looked for. Not ``-I``: that
also hides what a user installed for themselves (``pip install --user``), where Dictation itself may stand."""

NAMES = ("dictation", "dictation.exe")


def own_command() -> list[str]:
    """The words that start this Dictation, each absolute or a switch: its script, or this Python with the module.

    A name that is looked up on PATH is none of them: PATH may lead through the current folder, and so does Windows.
    """
    beside = Path(sys.executable).absolute()
    if frozen():  # the program is one file with its own Python; how it was called is the bare word a shell was given
        return [os.fspath(beside)]
    called = Path(sys.argv[0] or ".").absolute()
    for script in (called, *(beside.with_name(name) for name in NAMES)):
        if script.name in NAMES and script.is_file() and os.access(script, os.X_OK):
            return [os.fspath(script)]
    return module_command("dictation")


def module_command(module: str) -> list[str]:
    """The words that run ``module`` of this Dictation by this Python.

    A frozen Dictation is no Python, and understands these words nevertheless: see ``dictation.frozen_start``.
    """
    return [os.fspath(Path(sys.executable).absolute()), ISOLATED, "-m", module]


def frozen() -> bool:
    """Whether this is the program that PyInstaller made."""
    return bool(getattr(sys, "frozen", False))
