"""Recordings by group, and what is counted of a text that should be what was said in one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from tests.real_speech import ROOT, apart, shipped, units

SHARED = ROOT.parent / "shared" / "data"
GROUPS = (
    "noise", "short", "spliced", "read-en", "read-zh", "read-mixed", "read-long", "talk-en", "talk-zh", "talk-mixed",
    "talk-long",
)  # fmt: skip
"""read: people who read aloud; talk: a developer's sentences by neural voices."""

FOUND = 0.2
"""A sentence of a long recording is lost when less than this share of its characters is found."""

CLAUSE = 0.4
"""A clause of a spliced recording is found when this share of its units is; a word in common is not yet a clause."""


@dataclass(frozen=True)
class Clip:
    """One recording; ``text`` is what a developer wants to see, ``terms`` its terms in Latin letters."""

    group: str
    path: Path
    text: str
    seconds: float
    terms: tuple[str, ...] = ()


def clips() -> list[Clip]:
    """Those of ``../shared/data`` where it is there, else those that the project passes on."""
    return [*_recorded(), *_talk()] if SHARED.is_dir() else list(_shipped())


def _recorded() -> Iterator[Clip]:
    for row, path in _rows(SHARED / "audio"):
        group = row["group"] if row["group"] in ("noise", "short") else f"read-{row['group']}"
        group = "spliced" if "spliced" in row["id"] else group
        if row["contains_background_voices"] or (group not in ("noise", "short") and not row["text"]):
            continue  # who speaks in the background was heard as well as not
        yield Clip(group, path, row["text"] or "", row["seconds"])


def _talk() -> Iterator[Clip]:
    for row, path in _rows(SHARED / "speech"):
        if row["score"]:
            group = "talk-long" if row["file"].startswith("long") else f"talk-{row['lang']}"
            terms = tuple(term for term in row["terms"] if re.search("[A-Za-z]{2}", term))
            yield Clip(group, path, row["written"], row["seconds"], terms)


def _shipped() -> Iterator[Clip]:
    import av

    for clip in shipped():
        with av.open(str(clip.path)) as file:
            seconds = (file.duration or 0) / av.time_base
        kind = "talk" if "Kokoro" in clip.source else "read"
        terms = tuple(re.findall("[A-Za-z]{2,}", clip.written)) if clip.language == "mixed" else ()
        yield Clip(f"{kind}-{clip.language}", clip.path, clip.written, seconds, terms)


def _rows(folder: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row, folder / row["file"]


def wrong(clip: Clip, text: str) -> int:
    """Units to mend."""
    return apart(units(clip.text), units(text))


def terms_right(clip: Clip, text: str) -> int:
    """Terms that stand in the text, in whatever case."""
    return sum(term.lower() in text.lower() for term in clip.terms)


def clauses(clip: Clip, text: str) -> tuple[int, int]:
    """Of the Chinese and the English clause of a spliced recording: how many are found, and how many there are."""
    parts = ("".join(re.findall("[\u3400-\u9fff]+", clip.text)), " ".join(re.findall("[A-Za-z']+", clip.text)))
    heard = units(text)
    found = [sum(unit in heard for unit in units(part)) >= CLAUSE * len(units(part)) for part in parts if part]
    return sum(found), len(found)


def sentences_lost(clip: Clip, text: str) -> tuple[int, int]:
    """Sentences of a long recording that are missing in the text, and how many there are."""
    parts = ["".join(units(each)) for each in re.split(r"(?<=[。.!?？！])\s+", clip.text) if units(each)]
    whole, heard = "".join(parts), "".join(units(text))
    found = [0] * len(whole)
    for block in SequenceMatcher(None, whole, heard, autojunk=False).get_matching_blocks():
        if block.size > 1:
            found[block.a : block.a + block.size] = [1] * block.size
    at = gone = 0
    for part in parts:
        gone += sum(found[at : at + len(part)]) < FOUND * len(part)
        at += len(part)
    return gone, len(parts)


def marked(text: str) -> bool:
    """Whether Chinese text has a full-width mark."""
    return re.search("[，。？！；：、]", text) is not None


def blanks(text: str) -> int:
    """Blanks inside Chinese."""
    return len(re.findall("(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", text))


def seams(clip: Clip, ahead: str, whole: str) -> tuple[int, int]:
    """Units lost and doubled by decoding ahead: missing or said twice in ``ahead``, but not in ``whole``."""
    said, first, other = units(clip.text), units(ahead), units(whole)
    lost = max(0, _missing(said, first) - _missing(said, other))
    return lost, max(0, _twice(first) - max(_twice(other), _twice(said)))


def _missing(said: list[str], heard: list[str]) -> int:
    """Units of what was said for which nothing stands in what was heard, beyond those heard as something else."""
    gone = 0
    for what, a, b, c, d in SequenceMatcher(None, said, heard, autojunk=False).get_opcodes():
        if what in ("delete", "replace"):
            gone += max(0, (b - a) - (d - c))
    return gone


def _twice(heard: list[str]) -> int:
    """Units that repeat the one to four units before them."""
    return sum(
        size
        for size in range(1, 5)
        for at in range(size, len(heard) - size + 1)
        if heard[at - size : at] == heard[at : at + size]
    )
