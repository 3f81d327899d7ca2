"""Compiles ``dictation/language/data/glossary.tsv`` into ``index.bin`` beside it; run it after every change there."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from dictation.language.terms.lists.built_in import write  # noqa: E402


def main() -> None:
    """Writes the file and says how large it is."""
    body = write()
    (ROOT / "dictation/language/data/index.bin").write_bytes(body)
    sys.stdout.write(f"index.bin: {len(body)} bytes\n")


if __name__ == "__main__":
    main()
