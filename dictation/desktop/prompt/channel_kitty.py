"""Asks kitty which of its windows is in front, and gives it text for one, where its remote control is switched on."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence

from dictation.core.errors import InsertError
from dictation.core.foreign import json_from

SECONDS = 2.0


def channel(around: Mapping[str, str]) -> tuple[str, ...]:
    """How the kitty around a shell with this environment takes text; empty when it does not."""
    address, window = around.get("KITTY_LISTEN_ON", ""), around.get("KITTY_WINDOW_ID", "")
    return ("kitty", address, window) if address and window.isdecimal() and _program() else ()


def front(around: Mapping[int, Mapping[str, str]]) -> int | None:
    """Which of these shells (by pid, with their environments) is in front in its kitty; None when that is not known."""
    for each in around.values():
        if not channel(each):
            continue
        try:
            focused = _focused(json_from(_kitty(each["KITTY_LISTEN_ON"], "ls")))
        except (OSError, ValueError, subprocess.SubprocessError, LookupError, TypeError, AttributeError):
            return None
        same = (each["KITTY_LISTEN_ON"], str(focused))
        return next(
            (p for p, e in around.items() if (e.get("KITTY_LISTEN_ON"), e.get("KITTY_WINDOW_ID")) == same), None
        )
    return None


def put(text: str, address: str, window: str) -> None:
    """Paste ``text`` into the kitty window, marked as pasted where its program asks for that. Raises InsertError."""
    try:
        _kitty(address, "send-text", f"--match=id:{window}", "--bracketed-paste=auto", "--stdin", text=text)
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip()
        raise InsertError("kitty", f"kitty did not take the command: {said}", "Copy it and paste it.") from error


def _focused(systems: Sequence[Mapping[str, object]]) -> object:
    """The id in kitty's list: windows in tabs in windows of the desktop, each saying whether it is in front."""
    level: list[Mapping[str, object]] = [each for each in systems if each.get("is_focused")]
    for part in ("tabs", "windows"):
        inside = [inner for each in level for inner in each[part]]  # type: ignore[attr-defined]
        level = [each for each in inside if each.get("is_focused") or each.get("is_active")]
    return level[0]["id"] if level else None


def _program() -> str | None:
    return shutil.which("kitten") or shutil.which("kitty")


def _kitty(address: str, *words: str, text: str = "") -> str:
    program = _program()
    if program is None:
        raise OSError("kitten is not on the PATH")
    done = subprocess.run(
        [program, "@", "--to", address, *words], input=text, check=True, timeout=SECONDS, capture_output=True,
        encoding="utf-8", errors="replace",
    )  # fmt: skip
    return done.stdout
