"""Five seconds of the room: how loud it is, whether the microphone clips or sleeps, and which threshold suits it."""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass

from dictation.core.errors import MicrophoneError
from dictation.core.evidence import Evidence
from dictation.core.hearing import gate
from dictation.core.ports import Microphone
from dictation.core.settings import Settings
from dictation.core.types import SAMPLE_BYTES
from dictation.desktop import choose
from dictation.engines.process import EngineProcess

SECONDS = 5.0
CLIPPED, MOST_CLIPPED = 0.985, 0.0005
"""A sample that has hit the end of the scale, and the share of such samples that can be heard."""

USUAL, STEP, STRICTEST = 0.5, 0.05, 0.9
LOUD_ROOM = -35.0
"""dBFS: speech into a usual microphone has -35 to -15."""


@dataclass(frozen=True, slots=True)
class RoomSound:
    """What five seconds of silence sounded like.

    ``verdict`` is fine, note or broken; ``message`` and ``remedy`` are sentences. ``level_dbfs`` is the loudness of the
    room, ``peak_dbfs`` its loudest sample, ``clipped`` the share of samples at the end of the scale. ``threshold`` is
    the proposed `hearing.gate`, None when somebody spoke or nothing was heard.
    """

    verdict: str
    message: str
    remedy: str
    level_dbfs: float
    peak_dbfs: float
    clipped: float
    threshold: float | None

    def as_json(self) -> dict[str, object]:
        """As `dictation doctor --microphone --json` prints it."""
        return {"part": "room", **asdict(self)}


def calibrate(
    settings: Settings,
    microphone: Microphone | None = None,
    seconds: float = SECONDS,
    level: Callable[[float], None] = lambda _: None,
) -> RoomSound:
    """Record the room and judge it. Blocks for ``seconds``; ``level`` hears the peak (0 to 1) ten times a second.

    Without ``microphone`` the one of the settings is opened. Raises MicrophoneError, also when it stops in the middle,
    and EngineError where what tells speech cannot run: it is a process of its own, which ends when it has answered.
    """
    own = microphone or choose.microphone(settings)
    with contextlib.closing(EngineProcess(None)) as engine:
        engine.start()  # by the end of the recording it is ready
        try:
            samples = _record(own, seconds, level)
        finally:
            if microphone is None:
                own.close()
        return look(samples, engine.measure(samples), settings)


def look(samples: bytes, evidence: Evidence, settings: Settings) -> RoomSound:
    """What ``samples`` of a room without speech, measured as ``evidence``, say about microphone and threshold."""
    loudness, clipped = _loudness(samples)
    verdict = gate.judge(evidence, USUAL)

    def room(kind: str, message: str, remedy: str, threshold: float | None) -> RoomSound:
        peak = _decibels(evidence.peak)
        return RoomSound(kind, message, remedy, round(loudness, 1), round(peak, 1), round(clipped, 5), threshold)

    if verdict.reason == "microphone_silent" or evidence.peak < gate.DEAD_PEAK:
        why = gate.FAINT if evidence.peak else gate.MUTED
        return room("broken", why, "Unmute it or turn it up, or choose another of `dictation devices`.", None)
    if clipped > MOST_CLIPPED:
        return room(
            "note", f"{clipped:.1%} of the sound is clipped: the microphone is turned up too far",
            "Turn its level down in the sound settings.", None,
        )  # fmt: skip
    if verdict.kind == "accept":
        return room("note", "Somebody spoke, or something sounds like speech", "Try again in silence.", None)
    threshold = _proposed(evidence)
    heard = f"The room has {loudness:.0f} dBFS"
    if threshold > settings.hearing.gate + STEP / 2:
        return room(
            "note", f"{heard} and sounds a little like a voice; the threshold {threshold:.2f} would silence it",
            f"`dictation config set hearing.gate {threshold:.2f}`", threshold,
        )  # fmt: skip
    if threshold < settings.hearing.gate - STEP / 2:
        return room(
            "note", f"{heard}; the threshold {threshold:.2f} is strict enough for it",
            f"Should words be lost: `dictation config set hearing.gate {threshold:.2f}`", threshold,
        )  # fmt: skip
    if loudness > LOUD_ROOM:
        return room("note", f"{heard}, which is loud", "Speak close to the microphone.", threshold)
    return room("fine", f"{heard}; the threshold {threshold:.2f} suits it", "", threshold)


def _proposed(evidence: Evidence) -> float:
    """The usual threshold, or one that is strict enough for the room with a step to spare."""
    needed = gate.strict_enough(evidence) + STEP / 2
    return min(STRICTEST, max(USUAL, round(math.ceil(needed / STEP) * STEP, 2)))


def _record(microphone: Microphone, seconds: float, level: Callable[[float], None]) -> bytes:
    taken, stopped, trouble = bytearray(), threading.Event(), list[Exception]()

    def broken(error: Exception) -> None:
        trouble.append(error)
        stopped.set()

    recording = microphone.begin(taken.extend, broken)
    for _ in range(math.ceil(seconds * 10)):
        if stopped.wait(0.1):
            break
        level(recording.level())
    recording.finish()
    if trouble and isinstance(trouble[0], MicrophoneError):
        raise trouble[0]
    if not taken:
        raise MicrophoneError(
            "microphone-nothing", "The microphone was opened but delivered nothing",
            "Choose another of `dictation devices`.",
        )  # fmt: skip
    return bytes(taken)


def _loudness(samples: bytes) -> tuple[float, float]:
    """dBFS of all samples together, and the share that is clipped."""
    values = memoryview(samples[: len(samples) // SAMPLE_BYTES * SAMPLE_BYTES]).cast("f")
    count = max(1, len(values))
    power = sum(value * value for value in values) / count
    return _decibels(math.sqrt(power)), sum(abs(value) >= CLIPPED for value in values) / count


def _decibels(amplitude: float) -> float:
    return 20 * math.log10(max(amplitude, 1e-6))
