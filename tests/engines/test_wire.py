"""Owns the tests of the line between app and engine."""

from __future__ import annotations

import io
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.errors import EngineError, ModelError
from dictation.core.evidence import Evidence, HeardWord, SpeechBurst, Weight
from dictation.core.types import Span, Transcript
from dictation.engines import wire

chances = st.floats(0, 1, width=32)
headers = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()))
spans = st.builds(Span, st.text(), chances, chances, st.floats(-9, 0), chances)


@given(st.lists(st.tuples(headers, st.binary())))
def test_what_is_sent_arrives_in_order(frames: list[tuple[wire.Header, bytes]]) -> None:
    line = io.BytesIO()
    for header, payload in frames:
        wire.write_frame(line, header, payload)
    line.seek(0)
    assert [wire.read_frame(line) for _ in frames] == frames
    assert wire.read_frame(line) is None


@given(headers, st.binary(), st.data())
def test_a_line_that_ends_inside_a_frame_is_an_error(header: wire.Header, payload: bytes, data: st.DataObject) -> None:
    line = io.BytesIO()
    wire.write_frame(line, header, payload)
    whole = line.getvalue()
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(wire.WireError):
        wire.read_frame(io.BytesIO(whole[:cut]))


@pytest.mark.parametrize("words", [b"Loading model...\n", b"\xff" * 40, struct.pack("<II", 2, 0) + b"[]"])
def test_what_is_no_frame_is_an_error_and_takes_no_memory(words: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.read_frame(io.BytesIO(words))


def test_a_frame_that_the_other_side_would_refuse_is_not_sent() -> None:
    line = io.BytesIO()
    with pytest.raises(wire.WireError, match="too big"):
        wire.write_frame(line, {"hints": "x" * wire.MOST_HEADER})
    assert line.getvalue() == b""


stretches = st.builds(SpeechBurst, *[st.floats(0, 30)] * 6)


@given(st.builds(Evidence, chances, chances, st.lists(chances).map(tuple), st.lists(stretches).map(tuple)))
def test_evidence_arrives_as_it_was(evidence: Evidence) -> None:
    header, payload = wire.pack_evidence(evidence)
    assert wire.unpack_evidence(json.loads(json.dumps(header)), payload) == evidence


@given(st.builds(Transcript, st.text(), st.sampled_from(["zh", "en"]), chances, st.lists(spans).map(tuple)))
def test_a_transcript_arrives_as_it_was(transcript: Transcript) -> None:
    assert wire.unpack_transcript(json.loads(json.dumps(wire.pack_transcript(transcript)))) == transcript


words = st.builds(HeardWord, st.text(), chances, chances, st.floats(-99, 0), st.floats(-99, 0), st.integers(1, 9))
weights = st.builds(
    Weight, st.text(), st.floats(-999, 0), st.floats(-999, 0), st.integers(0, 99), st.lists(words).map(tuple)
)


@given(st.lists(weights).map(tuple))
def test_weights_arrive_as_they_were(sent: tuple[Weight, ...]) -> None:
    assert wire.unpack_weights(json.loads(json.dumps(wire.pack_weights(sent)))) == sent


@pytest.mark.parametrize("kind", [ModelError, EngineError])
def test_an_error_arrives_as_the_same_error(kind: type[EngineError]) -> None:
    sent = kind("a-code", "What", "Do that.")
    arrived = wire.unpack_error(json.loads(json.dumps(wire.pack_error(sent))))
    assert type(arrived) is kind
    assert arrived.as_json() == sent.as_json()
