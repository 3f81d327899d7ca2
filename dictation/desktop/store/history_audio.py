"""The sound that goes with the history, if the user wants it kept: WAV files that any program plays."""

from __future__ import annotations

import contextlib
import os
import time
import wave
from collections.abc import Collection
from pathlib import Path

from dictation.core.errors import StorageError
from dictation.core.types import RATE
from dictation.desktop.store.folders import private_folder

FULL = 32767
FRESH_SECONDS = 3600.0
"""The entry of a younger file may be on its way."""


def write(folder: Path, name: str, samples: bytes) -> Path:
    """Keep float32 mono 16 kHz ``samples`` as 16-bit sound, for the user alone. Raises StorageError."""
    import numpy as np

    path = private_folder(folder) / f"{name}.wav"
    half = path.with_suffix(".part")
    sound = (np.clip(np.frombuffer(samples, "<f4"), -1.0, 1.0) * FULL).round().astype("<i2")
    try:
        with (
            os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
            wave.open(file) as out,
        ):
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(sound.tobytes())
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise StorageError(
            "history-audio", f"The sound cannot be kept in {folder} ({error.strerror})", "Free space on the disk."
        ) from error
    return path


def read(path: Path) -> bytes:
    """The float32 mono 16 kHz samples of a file that ``write`` made. Raises StorageError."""
    import numpy as np

    try:
        with wave.open(str(path), "rb") as file:
            if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE):
                raise wave.Error("not as it was written")
            frames = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise StorageError(
            "history-audio", f"The sound {path} cannot be read ({error})", "It cannot be transcribed again."
        ) from error
    samples = np.frombuffer(frames[: len(frames) // 2 * 2], "<i2").astype("<f4") / FULL
    return samples.astype("<f4").tobytes()


def sweep(folder: Path, keep: Collection[str]) -> None:
    """Delete files of ours that no entry names, left by a crash. Never raises."""
    try:
        found = [each for each in folder.iterdir() if each.suffix in (".wav", ".part")]
    except OSError:
        return
    for each in found:
        with contextlib.suppress(OSError):
            if str(each) not in keep and time.time() - each.stat().st_mtime > FRESH_SECONDS:
                each.unlink()
