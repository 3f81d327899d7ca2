"""Reads JSON and TOML from outside: whatever is wrong with it is a ValueError, also a nesting that has no end."""

from __future__ import annotations

import json
from typing import Any

_DEEP = "it is nested too deeply"


def json_from(text: str | bytes) -> Any:
    """What the JSON ``text`` says. Raises ValueError for anything that cannot be read.

    Python's own readers call themselves for every level, and end with RecursionError, which is no ValueError, where a
    server or a file sends some thousand brackets.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError(_DEEP) from None


def toml_from(text: str) -> dict[str, Any]:
    """The table that the TOML ``text`` is. Raises ValueError for anything that cannot be read.

    A byte-order mark at its beginning, as Windows' Notepad writes it, says nothing and is left out.
    """
    import tomllib

    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise ValueError(_DEEP) from None
