"""How long one waits for the text with each model on this machine, measured on the user's own dictation."""

from __future__ import annotations

import contextlib
import json
import statistics
from pathlib import Path

from dictation.core.errors import StorageError
from dictation.core.foreign import json_from
from dictation.desktop.store.folders import write_whole

KEPT = 30
"""The latest waits that count: a machine gets a new charger, a model another precision."""

ENOUGH = 3
"""Fewer say nothing."""


class Speeds:
    """A small file of waits by model, in milliseconds; if it cannot be read, measuring begins anew."""

    def __init__(self, file: Path) -> None:
        """``file`` need not be there."""
        self._file = file
        self._waits: dict[str, list[int]] = self._read()

    def note(self, model: str, milliseconds: float) -> None:
        """With ``model`` it took so long from the key's release to the text. Never raises."""
        if not model or not 0 <= milliseconds < 600_000:
            return
        self._waits[model] = [*self._waits.get(model, []), round(milliseconds)][-KEPT:]
        with contextlib.suppress(StorageError):
            write_whole(self._file, json.dumps(self._waits) + "\n")

    def typical(self, model: str) -> int | None:
        """The median wait in milliseconds; None while too little is known."""
        waits = self._waits.get(model, [])
        return round(statistics.median(waits)) if len(waits) >= ENOUGH else None

    def _read(self) -> dict[str, list[int]]:
        try:
            found = json_from(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {
            model: [each for each in waits if isinstance(each, int)][-KEPT:]
            for model, waits in found.items()
            if isinstance(waits, list)
        }
