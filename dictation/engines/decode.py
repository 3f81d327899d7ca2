"""Owns audio files: any common format, rate and number of channels in, float32 mono at 16 kHz out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dictation.core.channels import Mix
from dictation.core.errors import AudioFileError
from dictation.core.types import RATE

# FFmpeg also reads playlists, which name other files and addresses to open: only what is sound itself is let in.
FORMATS = "wav,w64,flac,mp3,ogg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,aac,aiff,caf,amr"
RATES = range(1_000, 1_000_001)  # Hz: more or less is a broken header, and resampling it takes all the memory there is
READABLE = "Give it a wav, flac, mp3, ogg or m4a file."


def read_audio(path: str | Path) -> bytes:
    """The sound in ``path`` as float32 little endian mono at 16 kHz, -1 to 1; an hour takes 230 MB.

    The channels become one as ``core.channels`` says. Of a file that is broken in the middle, what can be
    read is returned. Raises AudioFileError (missing, a folder, not allowed, not audio, no sound in it).
    """
    path = Path(path)
    if path.is_dir():
        raise AudioFileError("audio-is-folder", f"{path} is a folder, not an audio file", READABLE)
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise AudioFileError("audio-empty", f"{path} is empty", READABLE)
            file.seek(0)
            return _decoded(file, path)
    except FileNotFoundError as error:
        raise AudioFileError("audio-missing", f"There is no file {path}", "Check the name.") from error
    except OSError as error:
        raise AudioFileError(
            "audio-unreadable", f"{path} cannot be read: {error.strerror or error}", "Check that you may read it."
        ) from error


def _decoded(file: io.BufferedReader, path: Path) -> bytes:
    import av

    try:
        # Titles in an older encoding are no reason to refuse the sound.
        container = av.open(file, options={"format_whitelist": FORMATS}, metadata_errors="replace")
    except av.error.FFmpegError as error:
        raise AudioFileError("audio-unknown", f"{path} is not an audio file that can be read", READABLE) from error
    with container:
        if not container.streams.audio:
            raise AudioFileError("audio-no-sound", f"{path} has no sound track", READABLE)
        samples = io.BytesIO()
        for block in _resampled(container, path):
            samples.write(block)
    if not samples.tell():
        raise AudioFileError("audio-empty", f"No sound can be read from {path}", READABLE)
    return samples.getvalue()


def _resampled(container: Any, path: Path) -> Iterator[bytes]:
    import av

    resampler: Any = None
    mix, shape = Mix(), None
    for frame in _frames(container):
        frame.pts = None  # gaps and jumps in a broken file's clock would be taken for silence
        if shape != (shape := (frame.sample_rate, frame.layout.name, frame.format.name)):
            # The first frame, or another song in the same file.
            if frame.sample_rate not in RATES:
                what = f"{path} claims {frame.sample_rate} samples a second, which no sound has"
                raise AudioFileError("audio-broken", what, READABLE)
            yield from _mixed(resampler, None, mix)
            # Packed, not planar: PyAV finds no more than eight planes, and reads behind the last of them.
            resampler, mix = av.AudioResampler("flt", frame.layout, RATE), Mix()
        yield from _mixed(resampler, frame, mix)
    yield from _mixed(resampler, None, mix)


def _mixed(resampler: Any, frame: Any, mix: Mix) -> Iterator[bytes]:
    """``frame`` at 16 kHz; without one, what the resampler still holds back."""
    import numpy as np

    for out in resampler.resample(frame) if resampler else ():
        # FFmpeg's own mix of two equal channels is 3 dB louder than each, and clips.
        frames = np.nan_to_num(out.to_ndarray()).reshape(-1, out.layout.nb_channels)
        mono = mix.mono(frames).clip(-1, 1)
        yield mono.astype("<f4").tobytes()


def _frames(container: Any) -> Iterator[Any]:
    """Frames in order; a packet that is broken is left out, and a broken container ends there."""
    import av

    packets = container.demux(container.streams.audio[0])
    while True:
        try:
            packet = next(packets, None)
        except av.error.FFmpegError:
            return
        if packet is None:
            return
        try:
            yield from packet.decode()
        except av.error.FFmpegError:
            continue
