"""Word lists as they are written in code: words in a string."""

from __future__ import annotations


def words(text: str, between: str | None = None) -> tuple[str, ...]:
    """The words of ``text``, cut at spaces or at ``between``."""
    return tuple(text.split(between))
