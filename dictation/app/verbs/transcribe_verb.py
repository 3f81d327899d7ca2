"""`dictation transcribe`: the same pipeline as the hotkey, from audio files to printed text."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dictation.app.board import summary
from dictation.app.history.offline import Offline, Witness
from dictation.app.take.decode_ahead import DecodeAhead
from dictation.app.take.take import Take
from dictation.app.words.model_pass import insisted
from dictation.core.errors import DictationError
from dictation.core.hearing.pipeline import Tools
from dictation.core.settings import Settings, put
from dictation.core.types import RATE, SAMPLE_BYTES, Edit, Failed, Finished, Inserted, Purpose, Utterance
from dictation.desktop.store.folders import Places
from dictation.desktop.store.spool import SpoolFile
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
    offline = Offline(settings, where, note, wishes.model)
    try:
        tools = offline.tools(wishes.gated)
        # "Transcribe anyway" asks nobody beforehand what is worth decoding.
        before = DecodeAhead(offline.recognition.nearby, hints=offline.words.hints) if wishes.gated else None
        if before:
            tools.listener.measure(b"")  # what is spoken while the model still loads would wait for that
        for number, file in enumerate(files, 1):
            take = Take(Purpose.DICTATE, settings, _in_memory(), number)
            yield _one(take, file, offline, tools, before, wishes.pace)
    finally:
        offline.close()


def note(error: DictationError) -> None:
    """One line on standard error about something that does not stop the work."""
    sys.stderr.write(f"dictation: note: {error.line()}\n")


def _in_memory() -> SpoolFile:
    return SpoolFile(Purpose.DICTATE, datetime.min.replace(tzinfo=UTC))


def _one(take: Take, file: Path, offline: Offline, tools: Tools, before: DecodeAhead | None, pace: bool) -> Report:
    try:
        samples = read_audio(file)
    except DictationError as error:
        return _report(file, Witness(note), Finished(take.id, Failed(error)), 0.0)
    utterance = Utterance(take.id, take.purpose, samples)
    if before:
        _speak(take, samples, before, pace)
        tools = dataclasses.replace(tools, ahead=lambda _: take.known())
    witness = offline.carry(dataclasses.replace(utterance, ended=time.monotonic()), tools)
    assert witness.finished is not None
    return _report(file, witness, witness.finished, utterance.seconds)


def _speak(take: Take, samples: bytes, before: DecodeAhead, pace: bool) -> None:
    """Hand the recording over as fast as it was spoken, as the microphone does while the key is down; or at once.

    The pieces that are decoded are the same, for they depend on the sound alone.
    """
    before.begin(take)
    start = time.monotonic()
    if not pace:
        before.feed(take, samples)
        before.end(take)
        return
    for number, at in enumerate(range(0, len(samples), BLOCK), 1):
        time.sleep(max(0.0, start + min(number * BLOCK, len(samples)) / SAMPLE_BYTES / RATE - time.monotonic()))
        before.feed(take, samples[at : at + BLOCK])
    before.end(take)


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
        "support": None if finished.support is None else round(finished.support, 2),
        "unexplained": [[round(edge, 2) for edge in stretch] for stretch in finished.unexplained],
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
    return [
        {"rule": edit.rule, "from": edit.before, "to": edit.after}
        | ({} if edit.support is None else {"support": round(edit.support, 2)})
        for edit in made
    ]
