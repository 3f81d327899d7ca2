"""Owns real speech for tests: where Whisper base is, the recordings that are passed on, and how texts are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dictation.language.terms.lists.lexicon import lexicon

ROOT = Path(__file__).resolve().parents[1]
BASE = ROOT / "build" / "real" / "base"
"""Where `make real-model` puts Whisper base."""

SHIPPED = ROOT / "assets" / "speech"
WITHOUT = "real Whisper weights are not here"
"""Why a test is skipped that needs them."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording of which is known what was said; ``language`` is en, zh or mixed."""

    path: Path
    language: str
    written: str
    source: str
    licence: str


def weights() -> bool:
    """Whether Whisper base is there."""
    return all((BASE / name).is_file() for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"))


def shipped() -> list[Clip]:
    """The recordings of ``assets/speech``, in its table's order. Raises ValueError on a row without all columns."""
    clips = []
    for line in (SHIPPED / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            file, language, written, source, licence = (each.strip() for each in line.strip("| ").split(" | "))
            clips.append(Clip(SHIPPED / file.strip("`"), language, written, source, licence))
    return clips


def units(text: str) -> list[str]:
    """What is counted: each Chinese character (simplified) and each word or number, in lower case."""
    plain = unicodedata.normalize("NFKC", text).translate(lexicon().simplified).lower()
    return re.findall(r"[\u3400-\u9fff]|[a-z0-9]+", plain)


def apart(one: Sequence[str], other: Sequence[str]) -> int:
    """The fewest units to replace, leave out or put in that make ``other`` of ``one``."""
    row = list(range(len(other) + 1))
    for at, unit in enumerate(one, 1):
        corner, row[0] = row[0], at
        for index, against in enumerate(other, 1):
            corner, row[index] = row[index], min(row[index] + 1, row[index - 1] + 1, corner + (unit != against))
    return row[-1]
