"""Owns the two ways that ``latency`` compares: the product's pieces fed in real time, and faster-whisper afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dictation.app.take.decode_ahead import DecodeAhead
from dictation.app.take.take import Take
from dictation.core.hearing.pipeline import Tools, carry
from dictation.core.settings import Settings
from dictation.core.types import (
    NOWHERE,
    RATE,
    SAMPLE_BYTES,
    Event,
    Finished,
    Heard,
    Move,
    Purpose,
    Target,
    Transcript,
    Utterance,
)
from dictation.desktop.nothing import NoFocus
from dictation.desktop.store.spool import SpoolFile
from dictation.engines import engine_life
from dictation.engines.process import EngineProcess
from dictation.engines.thread_count import thread_count

BLOCK = RATE // 50 * SAMPLE_BYTES
SETTINGS = Settings()


@dataclass
class Run:
    """One utterance. Times in seconds; ``memory`` of the engine in MB, by the second of the recording."""

    wait: float = 0.0
    overhead: float = 0.0
    text: str = ""
    engine_cpu: float = 0.0
    memory: dict[int, float] = field(default_factory=dict)


class Paper:
    """A typist that writes nowhere."""

    def prepare(self) -> None:
        """Nothing to prepare."""

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to close."""


class Clocked:
    """The engine process, and when it decoded."""

    def __init__(self, engine: EngineProcess) -> None:
        self._engine = engine
        self.measure, self.follow = engine.measure, engine.follow
        self.decodes: list[tuple[float, float]] = []

    @property
    def encode_seconds(self) -> float:
        """As the engine says."""
        return self._engine.encode_seconds

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """As the engine does."""
        start = time.monotonic()
        try:
            return self._engine.transcribe(samples, language, hints)
        finally:
            self.decodes.append((start, time.monotonic()))


class Stream:
    """One user: what decodes ahead, and an engine process of its own."""

    def __init__(self, folder: Path, context: str) -> None:
        start = time.monotonic()
        self.engine = EngineProcess(str(folder), "cpu", context=context)
        self.engine.measure(b"")
        self.cold_start = time.monotonic() - start
        self._clocked = Clocked(self.engine)
        self._decode_ahead = DecodeAhead(lambda _: self._clocked)
        self._id = 0

    def dictate(self, samples: bytes) -> Run:
        """Speak ``samples`` in real time, let the key go, and wait for the text."""
        self._id += 1
        run, id, cpu = Run(), self._id, cpu_seconds(self.engine.pid)
        take = Take(Purpose.DICTATE, SETTINGS, SpoolFile(Purpose.DICTATE, datetime.now(UTC)), id)
        self._clocked.decodes.clear()
        self._decode_ahead.begin(take)
        released = len(samples) // BLOCK - round(50 * SETTINGS.microphone.tail_ms / 1000)
        start = time.monotonic()
        for number, at in enumerate(range(0, len(samples), BLOCK), 1):
            time.sleep(max(0.0, start + number / 50 - time.monotonic()))
            self._decode_ahead.feed(take, samples[at : at + BLOCK])
            if number == released:
                self._decode_ahead.key(take, down=False)
            if number % 500 == 0:
                run.memory[number // 50] = memory(self.engine.pid)
        self._decode_ahead.end(take)
        ended = time.monotonic()
        run.engine_cpu = cpu_seconds(self.engine.pid) - cpu
        tools = Tools(
            self._clocked, self._clocked, Paper(), NoFocus(), time.monotonic, ahead=lambda _: take.known()
        )  # fmt: skip

        def hear(event: Event) -> None:
            if isinstance(event, Heard):
                run.text = event.transcript.text
            if isinstance(event, Finished):
                run.wait = event.timings["after_release"] / 1000

        carry(Utterance(id, Purpose.DICTATE, samples, NOWHERE, ended), tools, SETTINGS, hear)
        run.overhead = run.wait - sum(max(0.0, end - max(begin, ended)) for begin, end in self._clocked.decodes)
        return run


class Plain:
    """faster-whisper in a process of its own, in the same environment as ours."""

    def __init__(self, folder: Path) -> None:
        threads = thread_count(0)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks._plain", str(folder), str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=engine_life._environment(threads),
        )  # fmt: skip
        assert self._process.stdin and self._process.stdout
        self._asked, self._answers = self._process.stdin, self._process.stdout
        if self._answers.readline() != "ready\n":
            raise RuntimeError("the plain way did not start")

    def transcribe(self, samples: Path, tokens: int | None, options: dict[str, object]) -> tuple[float, str]:
        """Seconds it took, and the text."""
        self._asked.write(json.dumps({"samples": str(samples), "tokens": tokens, "options": options}) + "\n")
        self._asked.flush()
        answer = json.loads(self._answers.readline())
        return answer["seconds"], answer["text"]

    def close(self) -> None:
        """End it."""
        self._asked.close()
        self._process.wait()
        self._answers.close()


def cpu_seconds(pid: int | None) -> float:
    """Seconds of CPU that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int | None) -> float:
    """Resident memory of the process in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
