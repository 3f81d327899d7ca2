"""Whatever a sound file holds: it is sound, or it is refused in one line; never a crash, never a hang."""

from __future__ import annotations

import io
import wave
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.core.errors import AudioFileError
from dictation.core.types import RATE
from dictation.engines.decode import read_audio

KINDS = ("wav", "flac", "ogg", "mp3")
SECONDS = 0.3


@cache
def sound(kind: str) -> bytes:
    """A third of a second of noise in a file of this kind."""
    samples = (np.random.default_rng(1).normal(0, 4000, round(SECONDS * RATE))).astype("<i2")
    if kind == "wav":
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())
        return out.getvalue()
    import av

    out = io.BytesIO()
    codec = {"flac": "flac", "ogg": "libopus", "mp3": "libmp3lame"}[kind]
    with av.open(out, "w", format=kind) as container:
        stream: Any = container.add_stream(codec, rate=RATE)
        stream.layout = "mono"
        frame: Any = av.AudioFrame.from_ndarray(samples.reshape(1, -1), "s16", "mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(stream.format, "mono", RATE, stream.frame_size or None)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_whole_it_is_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"whole.{kind}"
    path.write_bytes(sound(kind))
    assert len(read_audio(path)) / 4 / RATE == pytest.approx(SECONDS, abs=0.1)


@pytest.mark.parametrize("rate", [1, 2_795_917_861])
def test_a_rate_that_no_sound_has_is_refused(rate: int, tmp_path: Path) -> None:
    content = bytearray(sound("wav"))
    content[24:28] = rate.to_bytes(4, "little")
    path = tmp_path / "broken.wav"
    path.write_bytes(content)
    with pytest.raises(AudioFileError):
        read_audio(path)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.integers(0, 200), st.binary(min_size=1, max_size=8)), max_size=5),
    st.integers(0, 20_000),
)
def test_with_a_header_changed_anywhere_it_is_sound_or_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[int, bytes]], cut: int
) -> None:
    content = bytearray(sound(kind))
    for at, piece in changes:
        content[at : at + len(piece)] = piece
    if cut % 4 == 0:
        del content[cut % len(content) :]
    path = tmp_path_factory.getbasetemp() / f"changed.{kind}"
    path.write_bytes(content)
    try:
        samples = read_audio(path)
    except AudioFileError as error:
        assert error.exit_code == 2 and error.remedy and "\n" not in error.line()
        return
    heard = np.frombuffer(samples, "<f4")
    # A header may lie about the rate: then it is slower or faster, but not longer than the lie allows.
    assert len(heard) and np.isfinite(heard).all() and np.abs(heard).max() <= 1.0
    assert len(samples) < 1 << 28
