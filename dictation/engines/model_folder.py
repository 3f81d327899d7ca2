"""Owns a model's folder: what it must hold, how it is loaded, and what is said when the model fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dictation.core.errors import EngineError, ModelError


def check_files(directory: Path) -> None:
    """Raises ModelError that names what is missing or broken in a CTranslate2 Whisper model's folder."""
    again = f"Download the model again, or choose another folder than {directory}."
    if not directory.is_dir():
        what = "is a file, not a folder" if directory.exists() else "does not exist"
        raise ModelError("model-missing", f"The model folder {directory} {what}", "See `dictation models list`.")
    # Without tokenizer.json faster-whisper would fetch one from the network.
    for name in ("model.bin", "config.json", "tokenizer.json"):
        if not (directory / name).is_file():
            raise ModelError("model-incomplete", f"{name} is missing in {directory}", again)
    if not any((directory / name).is_file() for name in ("vocabulary.json", "vocabulary.txt")):
        raise ModelError("model-incomplete", f"vocabulary.json is missing in {directory}", again)


def open_model(directory: str, device: str, precision: str, threads: int) -> tuple[Any, str, str]:
    """The model in ``directory`` on ``device``, the precision in use, and a note where that is not ``precision``."""
    import ctranslate2
    from faster_whisper import WhisperModel
    from faster_whisper.feature_extractor import FeatureExtractor

    note = ""
    chosen = precision if precision != "auto" else "int8" if device == "cpu" else "float16"
    if chosen not in ctranslate2.get_supported_compute_types(device):
        other = "int8" if device == "cpu" else "float32"
        note, chosen = f"{chosen} is not possible on {device}; {other} is used", other
    model: Any = WhisperModel(directory, device=device, compute_type=chosen, cpu_threads=threads, local_files_only=True)
    mels = model.model.n_mels
    if model.feature_extractor.mel_filters.shape[0] != mels:
        # Without preprocessor_config.json faster-whisper assumes 80, and large-v3 has 128.
        model.feature_extractor = FeatureExtractor(feature_size=mels)
    return model, chosen, note


def failure(error: Exception, directory: str, loaded: bool) -> EngineError | ModelError:
    """What to tell the user of ``error``, which came from the model in ``directory``."""
    reason = one_line(error)
    if isinstance(error, MemoryError) or "alloc" in reason or "out of memory" in reason:
        return EngineError(
            "engine-memory", "There is not enough memory for the model", "Close programs or choose a smaller model."
        )
    if not loaded:
        return ModelError(
            "model-broken",
            f"{directory} cannot be loaded as a Whisper model: {reason}",
            "Download the model again, or choose another one.",
        )
    return EngineError("engine-failed", f"The recogniser failed: {reason}", "Try again, or choose another model.")


def one_line(error: Exception) -> str:
    """What ``error`` says, or its name; at most 300 characters."""
    return " ".join(str(error).split())[:300] or type(error).__name__
