"""Owns what may be told of a server's own words: never the key, and one short line."""

from __future__ import annotations

LONGEST = 200  # characters: some servers answer with a page of HTML


def without_key(said: str, key: str) -> str:
    """``said`` in one line of at most 200 characters, with ``key``, if there is one, taken out."""
    said = said.replace(key, "(key)") if key else said
    return " ".join(said.split())[:LONGEST]
