"""Makes the piece of start-up file that gives a shell its key: bash, zsh or fish."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import resources

from dictation.core.errors import UsageError

SHELLS = ("bash", "zsh", "fish")

DEFAULT_KEY = "ctrl-]"
"""zsh and fish leave it free; bash looks for a character with it, which few know. Ctrl-G, which suggests itself, leaves
a search or a half-written key in all three. Where the keyboard has no ``]`` of its own, Ctrl-5 sends the same."""

# Enter, Tab, the end of input, what stops a program, what starts every Alt: a shell without them cannot be used.
_NEEDED = frozenset(b"\x03\x04\x08\x09\x0a\x0d\x11\x13\x1a\x1b\x7f")


def widget(shell: str, command: Sequence[str], notes: str, key: str = DEFAULT_KEY) -> str:
    """What to ``eval`` in ``shell``. ``command`` calls Dictation, ``notes`` is the folder of the prompts' notes.

    Raises UsageError for another shell, or a key that cannot be bound.
    """
    if shell not in SHELLS:
        raise UsageError("no-widget", f"There is no key for {shell}", f"There is one for {', '.join(SHELLS)}.")
    text = resources.files("dictation.shell").joinpath("data", f"widget.{shell}").read_text(encoding="utf-8")
    parts = {
        "@COMMAND@": " ".join(quoted(each, shell) for each in command),
        "@NOTES@": quoted(notes, shell),
        "@KEY@": _bound(sequence(key), shell),
    }
    # In one go: what is put in is never looked at again.
    return re.sub("|".join(parts), lambda found: parts[found[0]], text)


def sequence(key: str) -> bytes:
    """What a terminal sends for ``key``: ``ctrl-]``, ``alt-k`` or several, as ``ctrl-x ctrl-d``. Raises UsageError."""
    sent = b""
    for stroke in key.split():
        found = re.fullmatch(r"(?i)(?:ctrl|c)[-+]([a-z@\[\\\]^_])|(?:alt|m)[-+]([!-~])|([a-z0-9])", stroke)
        if not found:
            raise _wrong(key)
        control, meta, plain = found.groups()
        if control:
            sent += bytes([ord(control.upper()) & 0x1F])
        elif meta:
            sent += b"\x1b" + meta.encode()
        elif sent:
            sent += plain.encode()
        else:
            raise _wrong(key)
    if not sent or (len(sent) == 1 and sent[0] in _NEEDED) or 0 in sent:
        raise _wrong(key)
    return sent


def quoted(text: str, shell: str) -> str:
    """``text`` as one word of ``shell``, whatever is in it."""
    if shell == "fish":
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return "'" + text.replace("'", "'\\''") + "'"


def _bound(sent: bytes, shell: str) -> str:
    """The bytes as each shell's own way of binding writes them; none stands for itself."""
    if shell == "bash":
        return "'\"" + "".join(f"\\{each:03o}" for each in sent) + "\": __dictation_fill'"
    hexed = "".join(f"\\x{each:02x}" for each in sent)
    return f"$'{hexed}'" if shell == "zsh" else hexed


def _wrong(key: str) -> UsageError:
    return UsageError(
        "bad-key", f"{key!r} cannot be the key of a shell", "Use one like ctrl-], alt-k or ctrl-x ctrl-d."
    )
