"""The sentences that are read aloud once, and where their recordings stand."""

from __future__ import annotations

import contextlib
import pkgutil
import wave
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dictation.core.types import RATE
from dictation.desktop.store.folders import Places, private_folder


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is read, in which language (zh, en or mixed), and the terms in it. ``name`` is that of its recording."""

    name: str
    language: str
    written: str
    terms: tuple[str, ...]


def sentences() -> list[Sentence]:
    """All of them, in the order in which they are read."""
    body = pkgutil.get_data("dictation.app.bench", "sentences.tsv") or b""
    lines = [line for line in body.decode("utf-8").splitlines() if line and not line.startswith("#")]
    found = []
    for number, line in enumerate(lines, 1):
        language, written, terms = line.split("\t")
        found.append(Sentence(f"{number:02d}-{language}", language, written, tuple(filter(None, terms.split("|")))))
    return found


def recording(sentence: Sentence, where: Places) -> Path:
    """The file with ``sentence`` as the user reads it; it may not be there yet."""
    return where.data / "bench" / f"{sentence.name}.wav"


def keep(sentence: Sentence, samples: bytes, where: Places) -> Path:
    """Write ``samples`` (float32 mono at 16 kHz) as a 16-bit WAV file, whole or not at all. Raises OSError."""
    target = recording(sentence, where)
    private_folder(target.parent)
    made = target.with_suffix(".new")
    floats = array("f")
    floats.frombytes(samples[: len(samples) // 4 * 4])
    whole = array("h", (max(-32768, min(32767, round(each * 32767))) for each in floats))
    with contextlib.closing(wave.open(str(made), "wb")) as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(whole.tobytes())
    made.chmod(0o600)
    made.replace(target)
    return target


def recorded(where: Places) -> Iterator[tuple[Sentence, Path]]:
    """The sentences that were read so far."""
    for each in sentences():
        if (file := recording(each, where)).is_file():
            yield each, file
