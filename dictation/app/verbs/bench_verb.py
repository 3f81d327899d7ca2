"""`dictation bench`: one's own sentences, read aloud once, and how well each installed model hears them here."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dictation.app.bench.own_sentences import Sentence, keep, recorded, recording, sentences
from dictation.app.bench.scoring import error_rate, terms_right
from dictation.app.verbs.transcribe_verb import Report, Wishes, note, transcribe
from dictation.core.errors import DictationError, UsageError
from dictation.core.ports import Microphone
from dictation.core.settings import Settings
from dictation.core.types import RATE, SAMPLE_BYTES
from dictation.desktop import choose
from dictation.desktop.store import settings_file
from dictation.desktop.store.folders import Places, places
from dictation.engines.models import catalog

Out = Callable[[str], None]
Transcribe = Callable[[Sequence[Path], Settings, Places, Wishes], Iterator[Report]]

SHORTEST_SECONDS = 0.5
"""A recording shorter than this is a key that was struck twice."""


def run(action: str, model: str | None, as_json: bool, out: Out) -> int:
    """One call of ``bench``. Raises DictationError."""
    where = places()
    settings, _ = settings_file.load(where.settings)
    if action == "record":
        return record(settings, where, out)
    models = [model] if model else installed(settings, where)
    for line in compare(models, settings, where, transcribe):
        out(json.dumps(line, ensure_ascii=False) if as_json else shown(line))
    return 0


def record(settings: Settings, where: Places, out: Out) -> int:
    """Ask for each sentence that has no recording yet. Enter begins and ends one; q leaves, the next call goes on."""
    if not sys.stdin.isatty():
        raise UsageError("bench-terminal", "The sentences are read in a terminal", "Call it from a terminal window.")
    left = [each for each in sentences() if not recording(each, where).is_file()]
    if not left:
        out(f"All sentences are recorded, in {where.data / 'bench'}. Delete a file there to read it again.")
        return 0
    out("Read each sentence as you would say it. Enter begins, Enter ends; r reads the last one again, q leaves.")
    microphone = choose.microphone(settings)
    try:
        at = 0
        while at < len(left):
            answer = input(f"\n{at + 1}/{len(left)}  {left[at].written}\n> ").strip().lower()
            if answer == "q":
                return 0
            if answer == "r":
                at = max(0, at - 1)
                continue
            at += _read(left[at], microphone, where, out)
    except EOFError:
        return 0
    finally:
        microphone.close()
    out("Done. Now compare the models: `dictation bench run`.")
    return 0


def _read(sentence: Sentence, microphone: Microphone, where: Places, out: Out) -> bool:
    """Record ``sentence`` until Enter; whether there is a recording."""
    pieces: list[bytes] = []
    troubles: list[Exception] = []
    going = microphone.begin(pieces.append, troubles.append)
    input("  recording ... Enter ends it ")
    going.finish()
    samples = b"".join(pieces)
    if troubles:
        raise troubles[0]
    if len(samples) < SHORTEST_SECONDS * RATE * SAMPLE_BYTES:
        out("  That was too short; once more.")
        return False
    keep(sentence, samples, where)
    return True


def installed(settings: Settings, where: Places) -> list[str]:
    """The models that are compared: all that are here, without the one of the self-test."""
    folder = catalog.models_folder(settings.models.folder, where.models)
    return [name for name in catalog.installed(folder) if not catalog.find(name).shipped]


def compare(models: Sequence[str], settings: Settings, where: Places, hear: Transcribe) -> Iterator[dict[str, Any]]:
    """One line for each model, as its sentences are done: errors, terms, wait. Raises DictationError."""
    have = list(recorded(where))
    if not have:
        raise DictationError("bench-empty", "No sentence was recorded yet", "Run `dictation bench record` first.")
    if not models:
        raise DictationError("bench-no-model", "No model is installed", "Run `dictation models get small` first.")
    for model in models:
        try:
            # At the pace of speech, so that the wait is what one feels at the key.
            reports = list(hear([file for _, file in have], settings, where, Wishes(model=model, pace=True)))
        except DictationError as error:
            note(error)
            yield {"model": model, "error": error.as_json()}
            continue
        yield scored(model, [each for each, _ in have], reports)


def scored(model: str, read: Sequence[Sentence], reports: Sequence[Report]) -> dict[str, Any]:
    """What ``model`` made of the sentences: errors per unit by language, terms right, the median wait in ms."""
    both = list(zip(read, (str(report["text"]) for report in reports), strict=True))
    right, terms = terms_right((each.terms, text) for each, text in both)
    errors = {
        language: _errors((each, text) for each, text in both if each.language == language)
        for language in dict.fromkeys(each.language for each in read)
    }
    waits = [report["timings_ms"]["after_release"] for report in reports if "timings_ms" in report]
    return {
        "model": model,
        "sentences": len(both),
        "errors": errors | {"all": _errors(both)},
        "terms": right,
        "terms_all": terms,
        "wait_ms": round(statistics.median(waits)) if waits else None,
        "lost": sum(not text for _, text in both),
    }


def _errors(both: Iterable[tuple[Sentence, str]]) -> float:
    return round(error_rate((each.written, text) for each, text in both), 3)


def shown(line: dict[str, Any]) -> str:
    """One model for people."""
    if "error" in line:
        return f"{line['model']:22} cannot be used: {line['error']['message']}"
    errors = "  ".join(f"{name} {rate:6.1%}" for name, rate in line["errors"].items())
    wait = "   ?" if line["wait_ms"] is None else f"{line['wait_ms'] / 1000:.1f} s"
    lost = f", {line['lost']} not heard" if line["lost"] else ""
    return f"{line['model']:22} wait {wait}  errors {errors}  terms {line['terms']} of {line['terms_all']}{lost}"
