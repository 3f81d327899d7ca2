"""Owns the line between the app and its engine process: frames of one JSON header and raw bytes."""

from __future__ import annotations

import dataclasses
import json
import struct
from array import array
from collections.abc import Sequence
from typing import Any, BinaryIO

from dictation.core.errors import DictationError, EngineError, ModelError
from dictation.core.evidence import Evidence, HeardWord, SpeechBurst, Weight
from dictation.core.types import Span, Transcript

Header = dict[str, Any]

_LENGTHS = struct.Struct("<II")  # bytes of header, bytes of payload
MOST_HEADER = 1 << 20
MOST_PAYLOAD = 1 << 29  # more than the two hours that a recording may last (461 MB)


class WireError(Exception):
    """What came, or was to be sent, is no frame: cut off, too big, or written by something else."""


def write_frame(stream: BinaryIO, header: Header, payload: bytes = b"") -> None:
    """Send one frame and flush. Raises OSError when nobody reads, WireError when it is too big."""
    head = json.dumps(header).encode()
    if len(head) > MOST_HEADER or len(payload) > MOST_PAYLOAD:
        raise WireError(f"a frame of {len(head)} + {len(payload)} bytes is too big")
    stream.write(_LENGTHS.pack(len(head), len(payload)) + head)
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Header, bytes] | None:
    """The next frame, or None when the other side has closed the line. Blocks. Raises WireError."""
    start = stream.read(_LENGTHS.size)
    if not start:
        return None
    if len(start) < _LENGTHS.size:
        raise WireError("the line ended inside a frame")
    head_size, payload_size = _LENGTHS.unpack(start)
    if head_size > MOST_HEADER or payload_size > MOST_PAYLOAD:
        raise WireError("something that is no frame came over the line")
    head, payload = stream.read(head_size), stream.read(payload_size)
    if len(head) < head_size or len(payload) < payload_size:
        raise WireError("the line ended inside a frame")
    try:
        header = json.loads(head)
    except ValueError as error:
        raise WireError("a frame's header is not JSON") from error
    if not isinstance(header, dict):
        raise WireError("a frame's header is no JSON object")
    return header, payload


def pack_error(error: DictationError) -> Header:
    """``error`` as a header's field."""
    return {"kind": type(error).__name__, **error.as_json()}


def unpack_error(fields: Header) -> DictationError:
    """The error that ``pack_error`` packed: a ModelError, or else an EngineError."""
    kind = ModelError if fields["kind"] == ModelError.__name__ else EngineError
    return kind(fields["code"], fields["message"], fields["remedy"])


def pack_evidence(evidence: Evidence) -> tuple[Header, bytes]:
    """Header and payload; half an hour has 56,000 probabilities, so they travel as float32."""
    stretches = [dataclasses.astuple(each) for each in evidence.stretches]
    about = {"seconds": evidence.seconds, "peak": evidence.peak, "stretches": stretches}
    return about, array("f", evidence.voice).tobytes()


def unpack_evidence(header: Header, payload: bytes) -> Evidence:
    """What ``pack_evidence`` packed."""
    stretches = tuple(SpeechBurst(*each) for each in header["stretches"])
    return Evidence(header["seconds"], header["peak"], tuple(array("f", payload)), stretches)


def pack_transcript(transcript: Transcript) -> Header:
    """``transcript`` as a header."""
    return dataclasses.asdict(transcript)


def unpack_transcript(header: Header) -> Transcript:
    """What ``pack_transcript`` packed."""
    spans = tuple(Span(**span) for span in header["spans"])
    return Transcript(header["text"], header["language"], header["confidence"], spans)


def pack_weights(weights: Sequence[Weight]) -> Header:
    """``weights`` as a header's field."""
    return {"weights": [dataclasses.asdict(each) for each in weights]}


def unpack_weights(header: Header) -> tuple[Weight, ...]:
    """What ``pack_weights`` packed."""
    return tuple(
        Weight(**{**each, "words": tuple(HeardWord(**word) for word in each["words"])}) for each in header["weights"]
    )
