"""The start of a frozen Dictation: the program PyInstaller makes, which has its Python inside and is no Python itself.

It gives what it starts the environment it was started in, and runs a module where it is called as Python would be.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import MutableMapping

from dictation.own_call import module_command

LIBRARY_PATHS = ("LD_LIBRARY_PATH", "LIBPATH")
"""Where PyInstaller's starter puts the folder of the program's own libraries; the value before it is in NAME_ORIG.
The loader of this process has read them by now, and no other program may load our libraries instead of its own."""

MARKS = "_PYI_"
"""What the starter tells itself; a second Dictation that read it would take itself for a part of the first."""


def main() -> int:
    """Run one call and return its exit code: the words of ``module_command``, or a verb."""
    give_back_the_environment(os.environ)
    python = module_command("")[:-1]
    if sys.argv[1 : len(python)] == python[1:] and sys.argv[len(python) :]:
        module = sys.argv[len(python)]
        if module.partition(".")[0] == __package__:  # a part of ours, not any module of the library
            del sys.argv[1 : len(python) + 1]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
            return 0
    from dictation.cli import main as call

    return call()


def give_back_the_environment(environment: MutableMapping[str, str]) -> None:
    """Take from ``environment`` what the starter put into it."""
    for name in LIBRARY_PATHS:
        before = environment.pop(f"{name}_ORIG", None)
        if before is not None:
            environment[name] = before
        else:
            environment.pop(name, None)
    for name in [each for each in environment if each.startswith(MARKS)]:
        del environment[name]
