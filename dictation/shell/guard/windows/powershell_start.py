"""Reads the options that powershell is started with: the text or file it runs, and what weakens it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable

from dictation.shell.guard.inspection import Look
from dictation.shell.guard.windows import windows_line

PREFIXES = {"e", "ec", "en", "enc", "enco", "encod", "encode", "encoded", "encodedc", "encodedco", "encodedcommand"}


def started(args: list[str], at: str, look: Look) -> str:
    """The text that a call of powershell runs; notes what weakens it."""
    place, text = 0, ""
    while place < len(args):
        option, value = _option(args[place]), "".join(args[place + 1 : place + 2])
        if run := RUNS.get(option):
            run(value, at, look)
            return ""
        if option in ("command", ""):
            text = " ".join(args[place + 1 :] if option else args[place:])
            break
        if option in VALUED:
            VALUED[option](value.lower(), at, look)
            place += 1
        place += 1
    return re.sub(
        r"^\{(.*)\}$|^& *\{(.*)\}$", lambda found: found[1] or found[2] or "", text.strip("\"'"), flags=re.DOTALL
    )


def _policy(value: str, at: str, look: Look) -> None:
    if value in ("bypass", "unrestricted"):
        look.caution("weakens", "Scripts run without the usual check.", at)


def _window(value: str, at: str, look: Look) -> None:
    if value.startswith("h"):
        look.caution("hidden-window", "It runs where it cannot be seen.", at)


def _option(word: str) -> str:
    """What kind of option a word is, in any shortening; empty where it is none."""
    flag = word.lstrip("-/").lower() if word[:1] in "-/" else ""
    if not flag:
        return ""
    if flag in PREFIXES:
        return "encoded"
    if flag == "ep" or (flag.startswith("ex") and "executionpolicy".startswith(flag)):
        return "policy"
    if flag == "commandwithargs":
        return "command"
    known = {"windowstyle": "window", "command": "command", "file": "file"}
    return next((kind for name, kind in known.items() if name.startswith(flag)), "other")


def _encoded(value: str, at: str, look: Look) -> None:
    look.danger("hidden-code", "It runs a command that is encoded.", at)
    try:
        look.text(base64.b64decode(value + "=" * (-len(value) % 4)).decode("utf-16-le", "ignore"), "powershell", at)
    except (binascii.Error, ValueError):
        look.unclear(at)


def _file(path: str, at: str, look: Look) -> None:
    if windows_line.base(path) in look.scope.variables.get("fetched", []):
        look.danger("remote-code", "It runs what it has just fetched.", at)
    if re.match(r"(?i)https?:|\\\\", path):
        look.danger("remote-code", "It runs a script from another machine.", at)


Part = Callable[[str, str, Look], None]
RUNS: dict[str, Part] = {"encoded": _encoded, "file": _file}
"""Options whose value runs, which ends the line."""

VALUED: dict[str, Part] = {"policy": _policy, "window": _window}
"""Options whose value is noted."""
