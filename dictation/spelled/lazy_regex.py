"""Regular expressions that are compiled when they are first used: a line seldom needs them all, a start never does."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Looks like a compiled pattern; the first use of a method compiles it and keeps the method."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile`` put off; what is wrong with ``source`` is therefore said at its first use."""
    return cast(re.Pattern[str], _Late(source, flags))
