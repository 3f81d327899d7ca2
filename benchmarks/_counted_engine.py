"""CTranslate2's Whisper, counting its calls; run as a program it is the product's own engine process that counts.

``CALLS_KEPT_IN`` in the environment names a file that grows by one letter per call: e for the encoder, d for a decode
(a search for text), w for a weighing (one pass over a text that is given).
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

KEPT_IN = "CALLS_KEPT_IN"


def count_calls() -> None:
    """From now on every model that is opened keeps count. Without the variable above nothing happens."""
    import ctranslate2

    file = os.environ.get(KEPT_IN)
    if file is None:
        return
    plain: Any = ctranslate2.models.Whisper
    calls = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    class Counted(plain):  # type: ignore[misc]
        def encode(self, *args: Any, **options: Any) -> Any:
            os.write(calls, b"e")
            return super().encode(*args, **options)

        def generate(self, *args: Any, **options: Any) -> Any:
            os.write(calls, b"d")
            return super().generate(*args, **options)

        def align(self, *args: Any, **options: Any) -> Any:
            os.write(calls, b"w")
            return super().align(*args, **options)

    ctranslate2.models.Whisper = Counted


def calls_of(file: Path, since: int) -> tuple[Counter[str], int]:
    """What was called after the first ``since`` calls, and how many calls there were in all."""
    kept = file.read_text() if file.exists() else ""
    return Counter(kept[since:]), len(kept)


if __name__ == "__main__":
    from dictation.engines import engine_main

    count_calls()
    engine_main.main()
