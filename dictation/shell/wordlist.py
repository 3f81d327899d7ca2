"""A list of words written the way one reads it."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of ``text``, which stand between spaces."""
    return frozenset(text.split())
