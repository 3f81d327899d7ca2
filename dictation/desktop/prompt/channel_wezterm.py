"""Asks WezTerm which of its panes is in front, and gives it text for one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping

from dictation.core.errors import InsertError
from dictation.core.foreign import json_from

SECONDS = 2.0


def channel(around: Mapping[str, str]) -> tuple[str, ...]:
    """How the WezTerm around a shell with this environment takes text; empty when it does not."""
    socket, pane = around.get("WEZTERM_UNIX_SOCKET", ""), around.get("WEZTERM_PANE", "")
    return ("wezterm", socket, pane) if socket and pane.isdecimal() and shutil.which("wezterm") else ()


def front(around: Mapping[int, Mapping[str, str]]) -> int | None:
    """Which of these shells (by pid, with their environments) is in front; None when that is not known."""
    for each in around.values():
        if not channel(each):
            continue
        socket = each["WEZTERM_UNIX_SOCKET"]
        try:
            clients = json_from(_wezterm(socket, "list-clients", "--format", "json"))
            panes = {str(client["focused_pane_id"]) for client in clients}
        except (OSError, ValueError, subprocess.SubprocessError, LookupError, TypeError, AttributeError):
            return None
        found = [
            pid
            for pid, e in around.items()
            if e.get("WEZTERM_UNIX_SOCKET") == socket and e.get("WEZTERM_PANE") in panes
        ]
        return found[0] if len(found) == 1 else None
    return None


def put(text: str, socket: str, pane: str) -> None:
    """Paste ``text`` into the pane (pasting is what it does unless told otherwise). Raises InsertError."""
    try:
        _wezterm(socket, "send-text", "--pane-id", pane, text=text)
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip()
        raise InsertError("wezterm", f"WezTerm did not take the command: {said}", "Copy it and paste it.") from error


def _wezterm(socket: str, *words: str, text: str = "") -> str:
    program = shutil.which("wezterm")
    if program is None:
        raise OSError("wezterm is not on the PATH")
    done = subprocess.run(
        [program, "cli", *words], input=text, check=True, timeout=SECONDS, capture_output=True, encoding="utf-8",
        errors="replace", env=os.environ | {"WEZTERM_UNIX_SOCKET": socket},
    )  # fmt: skip
    return done.stdout
