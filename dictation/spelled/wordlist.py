"""Word lists as they are written in code: words in a string."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of ``text``, which stand between spaces, in no order."""
    return frozenset(text.split())


def in_order(text: str, between: str | None = None) -> tuple[str, ...]:
    """The words of ``text`` as they stand, cut at spaces or at ``between``."""
    return tuple(text.split(between))
