"""Accepts a request that spells out one whole command: "git commit dash m quote fix typo quote"."""

from __future__ import annotations

from dictation.shell.command_context import Context
from dictation.shell.spoken.plausible import plausible
from dictation.spelled.command_line.line import NotLiteral
from dictation.spelled.command_line.line_signs import LineReader
from dictation.spelled.command_line.line_start import Where
from dictation.spelled.pieces import clean, cut


def literal(request: str, context: Context) -> str | None:
    """The command that ``request`` spells out for ``context.shell``, or ``None`` when it is not one.

    Every piece must have its place, and the first word of every command must be a program.
    """
    text = clean(request)
    reader = LineReader(text, cut(text), Where(context.shell, frozenset(context.tools)))
    try:
        parts = reader.read()
        return reader.write(parts) if plausible(parts, reader.signs, context) else None
    except (NotLiteral, ValueError):
        return None
