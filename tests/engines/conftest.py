"""Owns what the engine's tests hear: sentences said by espeak-ng, and the model that understands them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dictation.engines.decode import read_audio
from dictation.engines.process import EngineProcess

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "models" / "mini"

Say = Callable[[str, str], bytes]


@pytest.fixture(scope="session")
def model() -> str:
    """The folder of the embedded model."""
    if not (MODEL / "model.bin").is_file():
        pytest.fail(f"The embedded model is missing: {MODEL}/model.bin; models/train makes it.")
    return str(MODEL)


@pytest.fixture(scope="session")
def say(tmp_path_factory: pytest.TempPathFactory) -> Say:
    """``say(text, language)``: float32 mono 16 kHz samples of it, by one plain voice."""
    spec = importlib.util.spec_from_file_location("speech", ROOT / "models" / "train" / "speech.py")
    assert spec and spec.loader
    speech = importlib.util.module_from_spec(spec)
    sys.modules["speech"] = speech  # its dataclasses look their module up
    spec.loader.exec_module(speech)
    folder = tmp_path_factory.mktemp("speech")
    said: dict[tuple[str, str], bytes] = {}

    def say(text: str, language: str) -> bytes:
        if (text, language) not in said:
            path = folder / f"{len(said)}.wav"
            speech.speak(text, language, "", 160, 50, path)
            said[text, language] = read_audio(path)
        return said[text, language]

    return say


@pytest.fixture
def engine(model: str) -> Iterator[EngineProcess]:
    """An engine process with the embedded model, not started yet."""
    with_model = EngineProcess(model, "cpu")
    yield with_model
    with_model.close()


@pytest.fixture
def ears() -> Iterator[EngineProcess]:
    """An engine process for voice activity alone, not started yet; it gives up on an answer after 2 s."""
    without_model = EngineProcess(None, patience=2)
    yield without_model
    without_model.close()
