"""Knows the programs that only look, so that a caution about root or about prod is not raised for a listing."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import Call
from dictation.shell.guard.risky_places import secret
from dictation.spelled import programs


def reads_only(call: Call) -> bool:
    """Whether the call changes nothing and shows no secret."""
    if any(secret(each) for each in call.args):
        return False
    if call.name == "journalctl":
        return not any(each.startswith(("--vacuum", "--rotate", "--flush")) for each in call.args)
    if call.name == "dmesg":
        return not {"-C", "-c", "--clear"} & set(call.args)
    known = programs.sheet(call.name)
    return "reads" in known or ("reads_when" in known and _matches(known["reads_when"], " ".join(call.args)))


def _matches(pattern: str, arguments: str) -> bool:
    return re.match(pattern, arguments) is not None
