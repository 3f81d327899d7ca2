"""`dictation transcribe`: the same road as the hotkey, from audio files to printed text."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dictation.app.board import summary
from dictation.app.history.offline import Apart, Witness
from dictation.app.take.decode_ahead import Forerunner
from dictation.app.words.model_pass import insisted
from dictation.core.errors import DictationError
from dictation.core.pipeline import Tools
from dictation.core.settings import Settings, put
from dictation.core.types import RATE, SAMPLE_BYTES, Edit, Failed, Finished, Inserted, Purpose, Utterance
from dictation.desktop.store.folders import Places
from dictation.engines.decode import read_audio

Report = dict[str, Any]
BLOCK = RATE // 50 * SAMPLE_BYTES
"""Bytes of 20 ms, which a microphone delivers at once."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the call asked for."""

    language: str | None = None
    model: str | None = None
    gated: bool = True
    pace: bool = False
    llm: bool | None = None


def transcribe(
    files: Iterable[Path], settings: Settings, where: Places, wishes: Wishes
) -> Generator[Report, None, None]:
    """One report per file, in order, as the contract's JSON. A file that fails gives one with ``error``.

    Raises DictationError when no file can be done: unknown model, broken engine, no language model where one is wanted.
    """
    settings = insisted(settings, wishes.llm)
    if wishes.language:
        settings = put(settings, "hearing.language", wishes.language)
    apart = Apart(settings, where, note, wishes.model)
    try:
        tools = apart.tools(wishes.gated)
        forerunner = Forerunner(apart.recognition.nearby, hints=apart.words.hints) if wishes.pace else None
        if forerunner:
            tools.listener.measure(b"")  # what is spoken while the model still loads would wait for that
            # "Transcribe anyway" asks nobody beforehand what is worth decoding.
            tools = dataclasses.replace(tools, ahead=forerunner.known) if wishes.gated else tools
        for number, file in enumerate(files, 1):
            yield _one(number, file, apart, tools, forerunner)
    finally:
        apart.close()


def note(error: DictationError) -> None:
    """One line on standard error about something that does not stop the work."""
    sys.stderr.write(f"dictation: note: {error.line()}\n")


def _one(number: int, file: Path, apart: Apart, tools: Tools, forerunner: Forerunner | None) -> Report:
    try:
        samples = read_audio(file)
    except DictationError as error:
        return _report(file, Witness(note), Finished(number, Failed(error)), 0.0)
    utterance = Utterance(number, Purpose.DICTATE, samples)
    if forerunner:
        _speak(number, samples, apart.settings, forerunner)
    witness = apart.carry(dataclasses.replace(utterance, ended=time.monotonic()), tools)
    assert witness.finished is not None
    return _report(file, witness, witness.finished, utterance.seconds)


def _speak(id: int, samples: bytes, settings: Settings, forerunner: Forerunner) -> None:
    """Hand the recording over as fast as it was spoken, as the microphone does while the key is down."""
    forerunner.begin(id, settings)
    start = time.monotonic()
    for number, at in enumerate(range(0, len(samples), BLOCK), 1):
        time.sleep(max(0.0, start + min(number * BLOCK, len(samples)) / SAMPLE_BYTES / RATE - time.monotonic()))
        forerunner.feed(id, samples[at : at + BLOCK])
    forerunner.end(id)


def _report(file: Path, witness: Witness, finished: Finished, seconds: float) -> Report:
    outcome = finished.outcome
    name, text, reason = summary(outcome)
    report: Report = {
        "file": str(file),
        "text": text if isinstance(outcome, Inserted) else "",
        "heard": witness.transcript.text,
        "language": witness.transcript.language or None,
        "outcome": name,
        "reason": reason if name == "silent" else None,
        "seconds": round(seconds, 3),
        "speech_seconds": round(witness.verdict.speech_seconds, 3),
        "gate": {"verdict": witness.verdict.kind, "reason": witness.verdict.reason},
        "edits": edits(outcome.edits if isinstance(outcome, Inserted) else ()),
        "timings_ms": {
            stage: round(finished.timings.get(stage, 0.0))
            for stage in ("gate", "decode", "language", "llm", "after_release")
        },
    }
    if isinstance(outcome, Failed):
        report["error"] = outcome.error.as_json()
    return report


def edits(made: Sequence[Edit]) -> list[Report]:
    """The contract's ``edits``."""
    return [{"rule": edit.rule, "from": edit.before, "to": edit.after} for edit in made]
