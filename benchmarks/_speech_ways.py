"""Four ways from a recording to text: faster-whisper, the same greedy, this program by file and as fast as speech."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks._counted_engine import KEPT_IN, calls_of, count_calls
from benchmarks._speech_clips import Clip
from dictation.app.verbs.transcribe_verb import Wishes, transcribe
from dictation.core.settings import Settings
from dictation.core.types import RATE
from dictation.desktop.store.folders import Places
from dictation.engines import engine_life
from dictation.engines.thread_count import thread_count

THEIRS, OURS = ("plain", "greedy"), ("file", "paced")


@dataclass(frozen=True)
class Text:
    """What one way made of one recording. ``wait`` is from the end of the recording to the text, in seconds."""

    text: str
    wait: float
    encodes: int
    decodes: int
    weighings: int


def hear(way: str, clips: list[Clip], folder: Path) -> Iterator[Text]:
    """One text per clip, in order, with the weights in ``folder``."""
    yield from (_theirs if way in THEIRS else _ours)(way, clips, folder)


class Kept:
    """Texts of the other program, which does not change: kept in a file by recording, way and version."""

    def __init__(self, file: Path, fresh: bool) -> None:
        self._file = file
        self._known: dict[str, dict[str, Any]] = {}
        if file.is_file() and not fresh:
            self._known = json.loads(file.read_text(encoding="utf-8"))

    def hear(self, way: str, clips: list[Clip], folder: Path) -> Iterator[Text]:
        """As ``hear``; only what is not known is decoded."""
        if way in OURS:
            yield from hear(way, clips, folder)
            return
        names = [self._name(way, clip, folder) for clip in clips]
        fresh = hear(way, [clip for clip, name in zip(clips, names, strict=True) if name not in self._known], folder)
        for name in names:
            if name not in self._known:
                self._known[name] = asdict(next(fresh))
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.write_text(json.dumps(self._known, ensure_ascii=False), encoding="utf-8")
            yield Text(**self._known[name])

    @staticmethod
    def _name(way: str, clip: Clip, folder: Path) -> str:
        import faster_whisper

        size = (folder / "model.bin").stat().st_size
        sound = hashlib.sha256(clip.path.read_bytes()).hexdigest()[:16]
        return f"{way} {faster_whisper.__version__} {size} {sound}"


def _counted(file: Path) -> Callable[[], dict[str, int]]:
    """What was called since the last question."""
    before = 0

    def since() -> dict[str, int]:
        nonlocal before
        counts, before = calls_of(file, before)
        return {"encodes": counts["e"], "decodes": counts["d"], "weighings": counts["w"]}

    since()
    return since


def _theirs(way: str, clips: list[Clip], folder: Path) -> Iterator[Text]:
    if not clips:
        return
    with tempfile.TemporaryDirectory() as temporary:
        os.environ[KEPT_IN] = str(Path(temporary) / "calls")
        import ctranslate2

        plain = ctranslate2.models.Whisper
        try:
            count_calls()
            from faster_whisper import WhisperModel

            model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=thread_count(0), local_files_only=True
            )
        finally:
            ctranslate2.models.Whisper = plain
        since = _counted(Path(os.environ.pop(KEPT_IN)))
        options: dict[str, Any] = {} if way == "plain" else {"beam_size": 1}
        for clip in clips:
            start = time.monotonic()
            text = "".join(each.text for each in model.transcribe(str(clip.path), **options)[0]).strip()
            yield Text(text, time.monotonic() - start, **since())


def _ours(way: str, clips: list[Clip], folder: Path) -> Iterator[Text]:
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        os.environ[KEPT_IN] = str(home / "calls")
        engine_life.CHILD = "benchmarks._counted_engine"
        os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
        # The calls that warm the engine up belong to no clip: silence, for which nothing is called, goes before them.
        silence = home / "silence.wav"
        with wave.open(str(silence), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(bytes(RATE))
        places = Places(home, home, home, home / "run")
        wishes = Wishes(model=str(folder), pace=way == "paced")
        reports = transcribe([silence, *(clip.path for clip in clips)], Settings(), places, wishes)
        next(reports)
        since = _counted(home / "calls")
        for report in reports:
            yield Text(report["text"], report["timings_ms"]["after_release"] / 1000, **since())
        os.environ.pop(KEPT_IN)
