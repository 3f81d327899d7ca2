"""Strikes keys through dotool or ydotool, where the compositor lets nobody: they make a keyboard in the kernel."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from dictation.core.errors import InsertError
from dictation.desktop.typing.keycodes_linux import codes_of
from dictation.desktop.typing.keystrokes import Keystroke

TIMEOUT_SECONDS = 15.0


class KeyTool:
    """Chords alone: what letters a key code gives depends on a keyboard layout that the tools do not know."""

    types = False

    def __init__(self) -> None:
        """Raises InsertError that says what is missing and how to get it."""
        self.name = _found()

    def chord(self, chord: Keystroke, times: int = 1) -> None:
        """Press and release a chord, so many times. Raises InsertError."""
        for done in range(0, times, 100):
            self._strike(chord, min(100, times - done))

    def type(self, text: str) -> None:
        """Raises InsertError: it cannot."""
        raise InsertError("cannot-type", f"{self.name} cannot type {text[:20]!r} on every layout", "Paste it yourself.")

    def close(self) -> None:
        """Nothing to close."""

    def _strike(self, chord: Keystroke, times: int) -> None:
        if self.name == "dotool":
            _run([self.name], f"key {'+'.join([*chord.modifiers, chord.key])}\n" * times)
            return
        if not (codes := codes_of(chord)):
            raise InsertError("no-such-key", f"{self.name} has no {chord.key} key", "Press it yourself.")
        strokes = [f"{code}:1" for code in codes] + [f"{code}:0" for code in reversed(codes)]
        _run([self.name, "key", *strokes * times])


def _found() -> str:
    missing = "Neither dotool nor ydotool is installed"
    if shutil.which("dotool") and os.access("/dev/uinput", os.W_OK):
        return "dotool"
    if shutil.which("ydotool"):
        if any(path.is_socket() for path in _sockets()):
            return "ydotool"
        missing = "ydotoold is not running"
    elif shutil.which("dotool"):
        missing = "dotool may not write to /dev/uinput"
    raise InsertError(
        "no-keys-on-wayland", f"No key can be pressed here: {missing}",
        "Install ydotool 1.0 or later and start ydotoold, or install dotool and join the group input.",
    )  # fmt: skip


def _sockets() -> list[Path]:
    named = os.environ.get("YDOTOOL_SOCKET")
    folders = [os.environ.get("XDG_RUNTIME_DIR", "/tmp"), "/tmp"]
    return [Path(named)] if named else [Path(folder) / ".ydotool_socket" for folder in folders]


def _run(command: list[str], text: str = "") -> None:
    try:
        done = subprocess.run(command, input=text, capture_output=True, timeout=TIMEOUT_SECONDS, encoding="utf-8")
    except (OSError, subprocess.SubprocessError) as why:
        raise InsertError("no-keys-on-wayland", f"{command[0]} failed: {why}", "Paste the text yourself.") from why
    if done.returncode:
        said = " ".join(done.stderr.split())[:200]
        raise InsertError("no-keys-on-wayland", f"{command[0]} failed: {said}", "Paste the text yourself.")
