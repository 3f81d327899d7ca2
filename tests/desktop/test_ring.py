"""The ring keeps order, drops whole blocks when full, and never waits."""

from __future__ import annotations

import threading
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.desktop.sound.ring import Ring


@given(st.integers(1, 40), st.lists(st.one_of(st.none(), st.binary(max_size=30)), max_size=60))
def test_any_order_of_writes_and_reads_is_like_a_queue(capacity: int, steps: list[bytes | None]) -> None:
    ring, model, lost = Ring(capacity), deque[int](), 0
    for step in steps:
        if step is None:
            assert ring.read() == bytes(model)
            model.clear()
        else:
            ring.write(step)
            if len(model) + len(step) <= capacity:
                model.extend(step)
            else:
                lost += len(step)
        assert ring.lost == lost
    assert ring.read() == bytes(model)


def test_a_writer_and_a_reader_at_once_lose_and_swap_nothing() -> None:
    ring, got, done = Ring(1000), bytearray(), threading.Event()
    sent = bytes(i * 7 % 251 for i in range(300_000))

    def write() -> None:
        at = 0
        while at < len(sent):
            block = sent[at : at + 333]
            before = ring.lost
            ring.write(memoryview(block))
            if ring.lost == before:  # otherwise it was full: this writer may wait, a device may not
                at += len(block)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        got += ring.read()
    writer.join()
    got += ring.read()
    assert bytes(got) == sent


def test_a_ring_has_room_for_something() -> None:
    with pytest.raises(ValueError):
        Ring(0)
