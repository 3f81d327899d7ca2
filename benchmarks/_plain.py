"""The plain way, in a process of its own: faster-whisper is given the whole utterance when it is over.

Run as ``python -m benchmarks._plain FOLDER THREADS``; each line on standard input is a JSON object with ``samples``
(a file of float32 at 16 kHz), ``options`` for ``WhisperModel.transcribe`` and ``tokens`` (null, or where to cut off the
text of each window); each line on standard output has ``seconds`` and ``text``.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np


class _Capped:
    """A CTranslate2 model that ends each text after so many tokens; see ``shapes``."""

    def __init__(self, model: Any) -> None:
        self.model, self.tokens = model, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.model, name)

    def generate(self, features: Any, prompts: list[list[int]], **options: Any) -> Any:
        if self.tokens:
            # CTranslate2 gives the text the smaller of half of max_length and what the prompt leaves of it.
            options["max_length"] = max(2 * self.tokens, self.tokens + len(prompts[0]) - 1)
        return self.model.generate(features, prompts, **options)


def main() -> None:
    """Load, warm up, and answer until standard input ends."""
    from faster_whisper import WhisperModel

    whisper = WhisperModel(
        sys.argv[1], device="cpu", compute_type="int8", cpu_threads=int(sys.argv[2]), local_files_only=True
    )
    whisper.model = capped = _Capped(whisper.model)
    capped.tokens = 8
    list(whisper.transcribe(np.zeros(16_000, np.float32), language="en", temperature=0)[0])
    print("ready", flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        samples = np.fromfile(job["samples"], "<f4")
        capped.tokens = job["tokens"] or 0
        start = time.monotonic()
        segments, _ = whisper.transcribe(samples, **job["options"])
        text = "".join(segment.text for segment in segments).strip()
        print(json.dumps({"seconds": time.monotonic() - start, "text": text}), flush=True)


if __name__ == "__main__":
    main()
