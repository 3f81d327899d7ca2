"""From key to text with everything that decides: whatever is said and whenever, each moment of it is heard once."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dictation.app.take.decode_ahead import WINDOW_BYTES
from dictation.core.hearing.pipeline import Tools, carry
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE, RATE, Evidence, Inserted, Move, Purpose, Silent, Target, Transcript, Utterance
from tests.fakes import Numbered

WINDOW, SETTINGS = 512, Settings()
LETTERS = "bcdfghjklmnpqrst"
"""No vowels: words without syllables are never said too fast."""


def name(window: int) -> str:
    return "".join(LETTERS[window >> shift & 15] for shift in (8, 4, 0))


def speech(parts: Sequence[tuple[float, float]]) -> bytes:
    """Voice and pause by turns, in seconds; each voiced window has a level of its own."""
    sound: list[np.ndarray[tuple[int], np.dtype[np.float32]]] = []
    for voiced, pause in parts:
        for _ in range(round(voiced * RATE / WINDOW)):
            sound.append(np.full(WINDOW, 0.2 + 1e-4 * len(sound), np.float32))
        sound += [np.full(WINDOW, 0.01, np.float32)] * round(pause * RATE / WINDOW)
    return b"".join(each.tobytes() for each in sound)


def windows(samples: bytes) -> list[int]:
    """The voiced windows in it, by their levels."""
    levels = np.frombuffer(samples, "<f4")
    found = np.round((levels[levels > 0.1] - 0.2) * 1e4).astype(int)
    return list(dict.fromkeys(found.tolist()))


class Ear:
    """Hears the name of every voiced window; takes no more at once than a recogniser does."""

    encode_seconds = 0.0

    def __init__(self) -> None:
        self.longest = 0.0
        self.lock = threading.Lock()

    def follow(self, id: int, samples: bytes) -> list[float] | None:
        return list(self.measure(samples).voice)

    def measure(self, samples: bytes) -> Evidence:
        levels = np.frombuffer(samples, "<f4")
        padded = np.pad(levels, (0, -len(levels) % WINDOW)).reshape(-1, WINDOW)
        voice = tuple(0.9 if loud else 0.01 for loud in padded.max(1) > 0.1)
        return Evidence(len(levels) / RATE, float(levels.max(initial=0.0)), voice)

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        with self.lock:
            self.longest = max(self.longest, len(samples) / 4 / RATE)
        return Transcript(" ".join(name(each) for each in windows(samples)), "en")


class Paper:
    def __init__(self) -> None:
        self.times = 0

    def prepare(self) -> None: ...
    def close(self) -> None: ...
    def perform(self, moves: Sequence[Move], target: Target) -> None:
        self.times += 1

    def current(self) -> Target:
        return NOWHERE

    def same(self, target: Target) -> bool:
        return True


parts = st.lists(st.tuples(st.floats(0.4, 9.0), st.sampled_from([0.1, 0.3, 0.4, 0.7, 1.0, 3.5])), max_size=6)


@settings(max_examples=25, deadline=None)
@example([(1.0, 19.0), (2.0, 0.1)], True, 0)
@example([(45.0, 0.4)], False, 400)
@example([(1.0, 0.1), (1.0, 0.1), (0.625, 0.3), (8.0, 0.1), (8.8125, 0.1)], False, 0)  # ends as it is cut
@given(parts, st.booleans(), st.integers(0, 400))
def test_each_moment_of_speech_is_heard_once_and_in_order(
    said: list[tuple[float, float]], at_leisure: bool, up: int
) -> None:
    ear, paper = Ear(), Paper()
    runner, samples = Numbered(lambda _: ear), speech(said)
    runner.begin(1, SETTINGS)
    for number, at in enumerate(range(0, len(samples), 7 * WINDOW_BYTES // 2)):
        runner.feed(1, samples[at : at + 7 * WINDOW_BYTES // 2])
        if number == up:
            runner.key(1, down=False)
        while at_leisure and not runner.decode_ahead._inbox.empty():
            time.sleep(0.0005)
    runner.end(1)
    tools = Tools(ear, ear, paper, paper, time.monotonic, ahead=runner.known)
    outcome = carry(Utterance(1, Purpose.DICTATE, samples), tools, SETTINGS, lambda _: None)
    wanted = [name(each) for each in windows(samples)]
    if not wanted:
        assert isinstance(outcome, Silent)
        return
    assert isinstance(outcome, Inserted)
    assert outcome.text.split() == wanted
    assert paper.times == 1
    assert ear.longest <= 30
