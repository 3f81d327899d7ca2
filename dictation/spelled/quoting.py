"""Quotes a word so that a shell takes it as it stands."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[\w@%+=:,./^~-]+", re.ASCII)
_PLAIN_WINDOWS = re.compile(r"[\w@+=:./\\~-]+", re.ASCII)


def quote(text: str, shell: str = "bash") -> str:
    """``text`` as one word of ``shell``, bare where nothing in it needs a quote."""
    if shell in ("powershell", "cmd"):
        if _PLAIN_WINDOWS.fullmatch(text) and not text.startswith(("@", "~")):
            return text
    elif _PLAIN.fullmatch(text) and not text.startswith(("~", "=")) and (shell != "fish" or "^" not in text):
        return text
    return quoted(text, shell)


def quoted(text: str, shell: str = "bash") -> str:
    """``text`` in quotes, always. Raises ValueError where ``shell`` cannot quote it."""
    if any(ord(each) < 32 or ord(each) == 127 for each in text):
        raise ValueError("a control character cannot stand at a prompt")
    if shell == "powershell":
        return "'" + text.replace("'", "''") + "'"
    if shell == "cmd":
        if '"' in text or "%" in text or "!" in text:
            raise ValueError("cmd cannot quote this")
        return f'"{text}"'
    if shell == "fish":
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return "'" + text.replace("'", "'\\''") + "'"
