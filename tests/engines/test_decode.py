"""Owns the tests of audio files: formats, rates, channels, and every way of not being one."""

from __future__ import annotations

import socket
import struct
import threading
import wave
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import numpy.typing as npt
import pytest

from dictation.core.errors import AudioFileError
from dictation.core.types import RATE
from dictation.engines.decode import read_audio

Samples = npt.NDArray[np.float32]
SECONDS = 2
CODECS = {"wav": "pcm_s16le", "flac": "flac", "mp3": "mp3", "ogg": "libopus", "m4a": "aac"}


def tone(hertz: float, rate: int, amplitude: float = 0.5) -> Samples:
    """Two seconds."""
    return (amplitude * np.sin(2 * np.pi * hertz * np.arange(SECONDS * rate) / rate)).astype(np.float32)


def write(path: Path, channels: list[Samples], rate: int) -> Path:
    """Encode as the name's ending says."""
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[len(channels)]
    with av.open(str(path), "w") as out:
        stream = cast(Any, out.add_stream(CODECS[path.suffix[1:]], rate=rate, layout=layout))
        frame = av.AudioFrame.from_ndarray(np.stack(channels), "fltp", layout)
        frame.sample_rate = rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            out.mux(packet)
    return path


def read(path: Path) -> Samples:
    """What ``read_audio`` makes of it."""
    return np.frombuffer(read_audio(path), "<f4")


def strength(samples: Samples, hertz: float) -> float:
    """Amplitude of one frequency between 0.5 and 1.5 s."""
    middle = samples[RATE // 2 : RATE // 2 + RATE]
    return float(2 * np.abs(np.mean(middle * np.exp(-2j * np.pi * hertz * np.arange(len(middle)) / RATE))))


@pytest.mark.parametrize("kind", CODECS)
def test_each_format_is_read(tmp_path: Path, kind: str) -> None:
    samples = read(write(tmp_path / f"a.{kind}", [tone(440, 48_000)], 48_000))
    assert len(samples) / RATE == pytest.approx(SECONDS, abs=0.1)
    assert strength(samples, 440) == pytest.approx(0.5, rel=0.05)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 96_000])
def test_each_rate_keeps_its_length_and_level(tmp_path: Path, rate: int) -> None:
    samples = read(write(tmp_path / "a.wav", [tone(440, rate)], rate))
    assert len(samples) / RATE == pytest.approx(SECONDS, abs=0.002)
    assert strength(samples, 440) == pytest.approx(0.5, rel=0.01)


def test_channels_are_mixed(tmp_path: Path) -> None:
    samples = read(write(tmp_path / "a.wav", [tone(440, 48_000), tone(1000, 48_000)], 48_000))
    assert strength(samples, 440) == pytest.approx(0.25, rel=0.02)
    assert strength(samples, 1000) == pytest.approx(0.25, rel=0.02)


def test_two_equal_channels_do_not_clip(tmp_path: Path) -> None:
    samples = read(write(tmp_path / "a.wav", [tone(440, 48_000, 0.95)] * 2, 48_000))
    assert strength(samples, 440) == pytest.approx(0.95, rel=0.01)
    assert np.abs(samples[RATE // 2 : -RATE // 2]).max() < 0.97


def test_six_channels_are_read(tmp_path: Path) -> None:
    samples = read(write(tmp_path / "a.flac", [tone(440, 48_000)] * 6, 48_000))
    assert strength(samples, 440) == pytest.approx(0.5, rel=0.02)


def write_pcm(path: Path, frames: Samples, rate: int) -> Path:
    """A WAV file of any number of channels, which no layout has a name for."""
    count, pcm = frames.shape[1], (frames * 32_767).astype("<i2").tobytes()
    head = struct.pack("<HHIIHH", 0xFFFE, count, rate, rate * count * 2, count * 2, 16)
    head += struct.pack("<HHI", 22, 16, 0) + bytes.fromhex("0100000000001000800000aa00389b71")
    body = b"WAVEfmt " + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", len(pcm)) + pcm
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


@pytest.mark.parametrize("count", range(1, 33))
def test_any_number_of_channels_is_read_and_a_voice_on_one_of_them_is_not_made_quieter(
    tmp_path: Path, count: int
) -> None:
    frames = np.repeat(tone(440, 48_000)[:, None], count, axis=1)
    assert strength(read(write_pcm(tmp_path / "all.wav", frames, 48_000)), 440) == pytest.approx(0.5, rel=0.02)
    frames[:, np.arange(count) != count // 2] = 0
    assert strength(read(write_pcm(tmp_path / "one.wav", frames, 48_000)), 440) == pytest.approx(0.5, rel=0.02)


def test_a_channel_that_is_upside_down_makes_no_silence(tmp_path: Path) -> None:
    voice = tone(440, 48_000)
    assert strength(read(write(tmp_path / "a.wav", [voice, -voice], 48_000)), 440) == pytest.approx(0.5, rel=0.02)


def test_what_16_khz_cannot_hold_does_not_come_back_as_another_tone(tmp_path: Path) -> None:
    samples = read(write(tmp_path / "a.wav", [tone(10_000, 48_000)], 48_000))
    assert strength(samples, 6_000) < 0.5 * 10 ** (-70 / 20)
    assert np.abs(samples[RATE // 2 : -RATE // 2]).max() < 0.5 * 10 ** (-50 / 20)


def test_speech_band_is_kept(tmp_path: Path) -> None:
    samples = read(write(tmp_path / "a.wav", [tone(7_000, 44_100)], 44_100))
    assert strength(samples, 7_000) == pytest.approx(0.5, rel=0.05)


def test_of_a_file_cut_short_what_is_there_is_read(tmp_path: Path) -> None:
    for kind in ("wav", "flac", "mp3", "ogg"):
        whole = write(tmp_path / f"a.{kind}", [tone(440, 48_000)], 48_000).read_bytes()
        cut = tmp_path / f"cut.{kind}"
        cut.write_bytes(whole[: len(whole) * 2 // 3])
        samples = read(cut)
        assert 0.8 < len(samples) / RATE < 1.6, kind
        assert strength(samples, 440) > 0.2, kind


def test_a_wav_that_was_streamed_and_does_not_know_its_length_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", [tone(440, RATE)], RATE)
    content = bytearray(path.read_bytes())
    at = content.index(b"data")
    content[4:8] = content[at + 4 : at + 8] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    assert len(read(path)) == SECONDS * RATE


def test_what_is_not_a_number_or_too_loud_is_brought_into_bounds(tmp_path: Path) -> None:
    samples = np.array([0, np.nan, 7, -7, np.inf, 0.5] * 1000, "<f4")
    path = tmp_path / "a.wav"
    head = b"WAVEfmt " + np.array([16, 3 | 1 << 16, RATE, 4 * RATE, 4 | 32 << 16], "<u4").tobytes()
    body = head + b"data" + np.uint32(samples.nbytes).tobytes() + samples.tobytes()
    path.write_bytes(b"RIFF" + np.uint32(len(body)).tobytes() + body)
    assert set(np.unique(read(path))) == {-1, 0, 0.5, 1}


def test_a_name_may_look_like_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("a.wav"), [tone(440, RATE)], RATE).rename("concat:今天 |a.wav")
    assert len(read(Path("concat:今天 |a.wav"))) == SECONDS * RATE


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("gone.wav", None, "audio-missing"),
        ("empty.wav", b"", "audio-empty"),
        ("notes.wav", b"These are my notes.\n" * 50, "audio-unknown"),
        ("random.mp3", bytes(range(256)) * 4, "audio-unknown"),
        ("list.m3u8", b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\na.ts\n#EXT-X-ENDLIST\n", "audio-unknown"),
    ],
)
def test_what_is_no_sound_is_said_so(tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AudioFileError) as raised:
        read_audio(path)
    assert raised.value.code == code
    assert name in raised.value.message
    assert raised.value.remedy


def test_a_folder_is_no_sound(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="is a folder"):
        read_audio(tmp_path)


def test_a_wav_without_samples_is_empty(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
    with pytest.raises(AudioFileError, match="No sound can be read"):
        read_audio(tmp_path / "a.wav")


def test_a_film_without_sound_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 16
        for packet in (*stream.encode(av.VideoFrame(16, 16, "yuv420p")), *stream.encode(None)):
            out.mux(packet)
    with pytest.raises(AudioFileError, match="no sound track"):
        read_audio(path)


def test_a_playlist_opens_no_address(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        called = threading.Event()

        def listen() -> None:
            try:
                server.accept()[0].close()
                called.set()
            except OSError:
                pass  # closed at the end of the test, never called

        thread = threading.Thread(target=listen)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        path = tmp_path / "list.wav"
        path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n#EXT-X-ENDLIST\n")
        with pytest.raises(AudioFileError):
            read_audio(path)
        assert not called.is_set()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
