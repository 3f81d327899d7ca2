"""How a recording from a file is handed over as if it were spoken now."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from dictation.app.take.decode_ahead import DecodeAhead
from dictation.app.take.take import Take
from dictation.app.verbs import transcribe_verb
from dictation.core.types import RATE, SAMPLE_BYTES
from tests.fakes import a_take


class Notes(DecodeAhead):
    """Writes down what it gets, and when."""

    def __init__(self) -> None:
        self.got: list[tuple[float, str, bytes]] = []

    def begin(self, take: Take, still: Callable[[], None] = lambda: None) -> None:
        self.got.append((time.monotonic(), "begin", b""))

    def feed(self, take: Take, samples: bytes) -> None:
        self.got.append((time.monotonic(), "feed", samples))

    def end(self, take: Take) -> None:
        self.got.append((time.monotonic(), "end", b""))


@pytest.mark.parametrize("samples", [RATE // 4, RATE // 4 + 7, 0])
def test_at_the_pace_of_speech_all_of_it_is_heard_in_order_and_none_before_it_was_spoken(samples: int) -> None:
    spoken, notes = bytes(range(256)) * (samples * SAMPLE_BYTES // 256 + 1), Notes()
    spoken = spoken[: samples * SAMPLE_BYTES]
    transcribe_verb._speak(a_take(), spoken, notes, pace=True)
    assert [what for _, what, _ in notes.got[:1] + notes.got[-1:]] == ["begin", "end"]
    assert b"".join(each for _, _, each in notes.got) == spoken
    began, heard = notes.got[0][0], 0
    for at, _, each in notes.got:
        heard += len(each) // SAMPLE_BYTES
        assert at - began >= heard / RATE - 0.001
