"""Rules as a table: a program, what its line looks like once quoting is gone, and what that means."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.shell.guard.inspection import SAFE, Call, Look
from dictation.spelled.lazy_regex import late

Row = tuple[str, str, str, str]
"""Pattern of the arguments, level, code, message."""

DRY = late(
    r"(?:^|\s)(?:--dry-run(?:=\w+)?|--whatif|-WhatIf|--simulate|--just-print|--noop|--no-act|--dryrun|"
    r"--check-only)(?:\s|$)|(?:^|\s)(?:--help|--version)$"
)


def table(*rows: Row, dry: bool = True) -> Callable[[Call, Look], None]:
    """A judge that notes the first row that fits; a dry run is never noted."""
    compiled = [(late(pattern), level, code, message) for pattern, level, code, message in rows]

    def judged(call: Call, look: Look) -> None:
        line = " ".join(call.args)
        if dry and DRY.search(line) and not re.search(r"--dry-run=(?:none|false)", line):
            return
        for pattern, level, code, message in compiled:
            if pattern.search(line):
                if level != SAFE:
                    look.note(level, code, message, call.at)
                return

    return judged
