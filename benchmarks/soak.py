"""An hour of use: 500 utterances through the real app; none lost, doubled, typed in silence, and nothing grown.

The app is the real one (conductor, spool, worker, history) with the real engine process and the self-test
model; only the devices are made: a microphone that plays recordings, and a paper that takes what would be typed. A
sixth of the recordings is a quiet room. Once, in the middle, the engine is killed while somebody speaks.

    PYTHONPATH=. python benchmarks/soak.py                 # 500 utterances, as fast as they are spoken: about an hour
    PYTHONPATH=. python benchmarks/soak.py --speed 4       # the same, spoken four times as fast to the app
    PYTHONPATH=. python benchmarks/soak.py --model FOLDER  # with other weights: what they write is not compared
    PYTHONPATH=. python benchmarks/soak.py --short         # 36 utterances in under a minute
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import queue
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._speech import ROOM
from benchmarks._speech import _load as load
from dictation.app.application import Application
from dictation.core.types import NOWHERE, RATE, Event, Finished, Inserted, Move, Paste, Purpose, Silent, Target, Type
from dictation.desktop import choose
from dictation.desktop.store.folders import Places
from dictation.language.correct import Corrector

SHOWCASE = Path(__file__).resolve().parents[1] / "models" / "train" / "showcase.tsv"
BLOCK = RATE // 50
QUIET_EVERY = 6
GAPS = (0.3, 0.6, 1.0)
"""Seconds between two sentences of one utterance."""

GROWN = 1.10
"""Largest share of the memory after the first quarter that may be in use at the end: allocators settle slowly."""
SLOWER = 1.5
"""Largest share of the first quarter's median wait that the last quarter's may be, and so many ms more:"""
SLACK_MS = 60.0


@dataclass(frozen=True)
class Clip:
    """Something said, or nothing; ``written`` is what must be typed, None where only sameness is asked for."""

    samples: Any = field(repr=False)
    spoken: bool
    written: str | None = None

    @property
    def seconds(self) -> float:
        """Length."""
        return len(self.samples) / RATE


class MadeMicrophone:
    """Plays the clip that is put in, again and again from the start of a recording, then a quiet room."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.clip = Clip(np.zeros(0, np.float32), False)
        self.said = threading.Event()

    def begin(self, sink: Callable[[bytes], None], trouble: Callable[[Exception], None]) -> MadeRecording:
        return MadeRecording(self, sink)

    def close(self) -> None: ...


class MadeRecording:
    """One recording, handed over in blocks of 20 ms."""

    def __init__(self, microphone: MadeMicrophone, sink: Callable[[bytes], None]) -> None:
        self._microphone, self._sink = microphone, sink
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._play, daemon=True)
        self._thread.start()

    def level(self) -> float:
        return 0.1

    def finish(self) -> None:
        self._over.set()
        self._thread.join()

    abandon = finish

    def _play(self) -> None:
        microphone, noise = self._microphone, room(RATE, 0)
        samples, began, at = microphone.clip.samples, time.monotonic(), 0
        while not self._over.is_set():
            block = samples[at : at + BLOCK] if at < len(samples) else noise[at % (RATE // 2) :][:BLOCK]
            self._sink(np.ascontiguousarray(block, "<f4").tobytes())
            at += BLOCK
            if at >= len(samples):
                microphone.said.set()
            self._over.wait(began + at / RATE / microphone.speed - time.monotonic())


class Paper:
    """Takes what is typed. Typist and focus in one: it always has the cursor."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def prepare(self) -> None: ...
    def close(self) -> None: ...

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        text = "".join(each.text for each in moves if isinstance(each, Paste | Type))
        self.texts.append(text.removeprefix(" "))  # which parts it from the text before

    def current(self) -> Target:
        return NOWHERE

    def same(self, target: Target) -> bool:
        return True


@dataclass
class Measured:
    """What the app uses: memory in MB (its own and the engine's), open files, threads; and how busy the machine is."""

    own: float
    engine: float
    files: int
    threads: int
    load: float


def room(length: int, seed: int) -> Any:
    """Noise of a quiet room."""
    return (ROOM * np.random.default_rng(seed).standard_normal(length, np.float32)).astype(np.float32)


def clips(short: bool) -> list[Clip]:
    """Sentences of every language, alone and several in one breath."""
    import soxr

    speech = load("speech")
    rows = [line.split("\t") for line in SHOWCASE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [row for row in rows if row[0] != "language"][:: 4 if short else 1]
    corrector, rng = Corrector(), random.Random(1)
    said = []
    for language, voice, speed, text in rows:
        spoken = speech.synthesize(text, language, speech.Speaker(voice, int(speed), 50, "en-us"))
        said.append((soxr.resample(spoken, speech.RATE, RATE), corrector.apply(text).text))
    alone = [Clip(_in_a_room([samples]), True, written) for samples, written in said]
    together = [
        Clip(_in_a_room([each[0] for each in rng.sample(said, rng.randint(2, 4))], rng), True)
        for _ in range(len(said) // 4)
    ]
    return alone + together


def _in_a_room(pieces: list[Any], rng: random.Random | None = None) -> Any:
    lead = np.zeros(RATE // 5, np.float32)
    parts = [lead]
    for at, piece in enumerate(pieces):
        parts += [np.zeros(round((rng.choice(GAPS) if rng and at else 0.0) * RATE), np.float32), piece]
    whole = np.concatenate([*parts, lead])
    return (whole + room(len(whole), len(whole))).astype(np.float32)


def measured(engine: int) -> Measured:
    """Of this process and the engine's."""
    return Measured(
        _memory(os.getpid()),
        _memory(engine),
        len(list(Path("/proc/self/fd").iterdir())),
        threading.active_count(),
        os.getloadavg()[0],
    )


def _memory(pid: int) -> float:
    line = next(each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


class Soak:
    """The app at work, and what became of each utterance."""

    def __init__(self, home: Path, speed: float, put: Callable[[object, str, object], None] = setattr) -> None:
        """``put`` is how the made devices get in the place of the real ones."""
        self.microphone, self.paper = MadeMicrophone(speed), Paper()
        for name, made in (("microphone", self.microphone), ("typist", self.paper), ("focus", self.paper)):
            put(choose, name, lambda *_, made=made: made)
        self.home = home
        self.app = Application(Places(home, home, home, home / "run"))
        self._ends: queue.SimpleQueue[Finished] = queue.SimpleQueue()
        self.app.board.listen(self._hear)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Finished):
            self._ends.put(event)

    def say(self, clip: Clip, fault: int | None = None) -> Finished:
        """Press, speak, release; how it ended. ``fault`` is a signal that the engine gets in the middle."""
        self.microphone.clip = clip
        self.microphone.said.clear()
        self.app.keys.start(Purpose.DICTATE)
        if fault is not None:
            time.sleep(clip.seconds / 2 / self.microphone.speed)
            os.kill(self.engine, fault)
        if not self.microphone.said.wait(clip.seconds + 60):
            raise TimeoutError("the recording never began")
        self.app.keys.stop()
        return self._ends.get(timeout=120)

    def settle(self) -> None:
        """Until the app is idle."""
        end = time.monotonic() + 60
        while self.app.status()["state"] != "idle":
            if time.monotonic() > end:
                raise TimeoutError(f"the app is {self.app.status()}")
            time.sleep(0.02)

    @property
    def engine(self) -> int:
        """Its process id."""
        return int(str(self.app.status()["engine_pid"]))


def main(words: Sequence[str] | None = None) -> int:
    """0 when nothing was lost, doubled, typed in silence or grown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--utterances", type=int)
    parser.add_argument("--speed", type=float)
    parser.add_argument("--model", default="mini", help="a name of the catalogue or a folder of weights")
    given = parser.parse_args(words)
    count = given.utterances or (36 if given.short else 500)
    speed = given.speed or (8.0 if given.short else 1.0)
    with tempfile.TemporaryDirectory(prefix="dictation-soak-") as folder:
        return _run(Path(folder), count, speed, given.short, given.model)


def _run(home: Path, count: int, speed: float, short: bool, model: str) -> int:
    choice, rng = clips(short), random.Random(2)
    if model != "mini":  # what other models write of made voices is theirs: each text has to arrive, once
        choice = [dataclasses.replace(each, written=None) for each in choice]
    os.environ |= {"DICTATION_HOTKEYS": "none", "DICTATION_MODEL": model, "DICTATION_HOME": str(home)}
    soak = Soak(home, speed)
    soak.app.begin()
    soak.settle()
    plan = [
        Clip(room(rng.randint(RATE // 2, 4 * RATE), each), False) if each % QUIET_EVERY == 5 else rng.choice(choice)
        for each in range(count)
    ]
    killed = next(at for at in range(count // 2, count) if plan[at].spoken)
    waits: list[float] = []
    wrong: list[str] = []
    first: Measured | None = None
    known: dict[int, list[str]] = {}
    began = time.monotonic()
    for at, clip in enumerate(plan):
        typed = len(soak.paper.texts)
        end = soak.say(clip, signal.SIGKILL if at == killed else None)
        soak.settle()
        if problem := _problem(clip, end, soak.paper.texts[typed:], known):
            wrong.append(f"utterance {at + 1}: {problem}")
        if clip.spoken and at != killed:
            waits.append(end.timings["after_release"])
        if at == count // 4:
            first = measured(soak.engine)
        if at % 50 == 49:
            print(f"{at + 1:4d} utterances, {time.monotonic() - began:5.0f} s, {measured(soak.engine)}", flush=True)
    seconds = time.monotonic() - began
    last = measured(soak.engine)
    history = soak.app.history.find()
    soak.app.end()
    spoken = sum(each.spoken for each in plan)
    left = len(list((home / "spool").iterdir()))
    assert first is not None
    quarter = max(1, len(waits) // 4)
    early, late = statistics.median(waits[:quarter]), statistics.median(waits[-quarter:])
    print(f"\n{count} utterances ({spoken} spoken, the others silent) in {seconds / 60:.1f} min, {speed:g}x speed")
    print(f"typed {len(soak.paper.texts)}, in the history {len(history)}, left in the spool {left}")
    print(f"median wait after release: {early:.0f} ms in the first quarter, {late:.0f} ms in the last")
    print(f"{'':24}{'after a quarter':>16}{'at the end':>12}")
    heard = [texts for texts in known.values() if len(set(texts)) > 1]
    print(f"sentences said together and heard in more than one way: {len(heard)} of {len(known)} recordings")
    for name in ("own", "engine", "files", "threads", "load"):
        print(f"{name:24}{getattr(first, name):16.0f}{getattr(last, name):12.0f}")
    wrong += _kept(soak.paper.texts, history, spoken, left)
    wrong += _grown(first, last)
    # Half a minute says little about waits where other programs are at work.
    if late > early * SLOWER + (10 * SLACK_MS if short else SLACK_MS):
        wrong.append(f"the wait grew from {early:.0f} to {late:.0f} ms")
    print("\n".join(wrong) if wrong else "nothing lost, nothing doubled, nothing typed in silence, nothing grown")
    return 1 if wrong else 0


def _problem(clip: Clip, end: Finished, typed: list[str], known: dict[int, list[str]]) -> str:
    """What is wrong with how an utterance ended, or nothing."""
    if not clip.spoken:
        return "" if isinstance(end.outcome, Silent) and not typed else f"silence became {end.outcome}, {typed}"
    if not isinstance(end.outcome, Inserted) or len(typed) != 1:
        return f"{clip.written!r} became {end.outcome}, typed {typed}"
    if typed[0] != end.outcome.text or not typed[0].strip():
        return f"{end.outcome} was typed as {typed}"
    # Several sentences in one breath are more than the self-test model was made for: it may hear them in another way
    # when they were cut in another place, which is counted, but is not the app's doing.
    known.setdefault(id(clip), []).append(typed[0])
    return "" if clip.written is None or typed[0] == clip.written else f"{clip.written!r} became {typed[0]!r}"


def _kept(typed: list[str], history: list[dict[str, object]], spoken: int, left: int) -> list[str]:
    wrong = []
    if len(typed) != spoken:
        wrong.append(f"{spoken} were spoken and {len(typed)} typed")
    if [each["text"] for each in reversed(history)] != typed:
        wrong.append("the history is not what was typed")
    if left:
        wrong.append(f"{left} recordings were left behind")
    return wrong


def _grown(first: Measured, last: Measured) -> list[str]:
    wrong = [
        f"{name} grew from {before:.0f} to {after:.0f} MB"
        for name, before, after in (("the app", first.own, last.own), ("the engine", first.engine, last.engine))
        if after > before * GROWN + 4
    ]
    wrong += [
        f"{name} grew from {before} to {after}"
        for name, before, after in (("open files", first.files, last.files), ("threads", first.threads, last.threads))
        if after > before + 3
    ]
    return wrong


if __name__ == "__main__":
    sys.exit(main())
