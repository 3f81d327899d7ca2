"""What is known of the short encoder context with each model, kept from one start to the next; counts, no words."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

from dictation.core.errors import StorageError
from dictation.core.foreign import json_from
from dictation.desktop.store.folders import write_whole

COUNTS = ("short", "fallbacks", "compared", "words", "different")

Counts = dict[str, int]


class Proofs:
    """A small file of counts by model. A file that cannot be read or written only means that counting begins anew."""

    def __init__(self, file: Path | None) -> None:
        """``file`` need not be there; None keeps nothing."""
        self._file = file
        self._known = self._read()

    def of(self, model: str) -> Counts:
        """The counts of ``model``, none if it is new."""
        return dict(self._known.get(model, {}))

    def keep(self, model: str, about: Mapping[str, object]) -> None:
        """Remember the counts in ``about``; other fields are left out. Never raises."""
        counts = {name: value for name in COUNTS if isinstance(value := about.get(name), int)}
        if not model or not any(counts.values()) or counts == self._known.get(model):
            return
        self._known[model] = counts
        if self._file:
            with contextlib.suppress(StorageError):
                write_whole(self._file, json.dumps(self._known, ensure_ascii=False, indent=1) + "\n")

    def _read(self) -> dict[str, Counts]:
        try:
            found = json_from(self._file.read_text(encoding="utf-8")) if self._file else {}
        except (OSError, ValueError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {
            model: {name: value for name, value in counts.items() if name in COUNTS and isinstance(value, int)}
            for model, counts in found.items()
            if isinstance(counts, dict)
        }
