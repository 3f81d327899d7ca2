"""The embedded model keeps its word: unseen sentences, held-out voices, through the command line."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dictation.cli import main

TRAIN = Path(__file__).parents[2] / "models" / "train"
MOST_WRONG = 0.04


def recipe(name: str) -> ModuleType:
    """A file of the recipe, which stands outside every package."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, TRAIN / f"{name}.py")
        assert spec and spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])  # its dataclasses look it up
    return sys.modules[name]


def mistakes(heard: list[str], said: list[str]) -> int:
    """Edit distance in words (English) and characters (Chinese)."""
    row = list(range(len(said) + 1))
    for count, one in enumerate(heard, 1):
        above, row[0] = row[:], count
        for at, other in enumerate(said, 1):
            row[at] = min(above[at] + 1, row[at - 1] + 1, above[at - 1] + (one != other))
    return row[-1]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["en", "zh", "mixed"])
def test_sentences_and_voices_never_trained_on_are_understood(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grammar, speech = recipe("grammar"), recipe("speech")
    chance = random.Random(4711)
    said = grammar.sentences(4711, 20, language, held_out=True)
    files = []
    for number, sentence in enumerate(said):
        assert grammar.is_held_out(sentence.text)
        voice = speech.random_speaker(chance, held_out=True)
        files.append(tmp_path / f"{number:02}.wav")
        speech.speak(sentence.text, language, voice.voice, voice.speed, voice.pitch, files[-1], voice.accent)
    assert main(["transcribe", "--json", "--model", "mini", *map(str, files)]) == 0
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    wrong = total = 0
    for sentence, report in zip(said, reports, strict=True):
        wrong += mistakes(grammar.units(report["heard"]), grammar.units(sentence.text))
        total += len(grammar.units(sentence.text))
    pairs = [(each.text, report["heard"]) for each, report in zip(said, reports, strict=True)]
    assert wrong <= MOST_WRONG * total, pairs


def test_the_vocabulary_is_that_of_everyday_work() -> None:
    words = {word for each in recipe("grammar").vocabulary().values() for word in each}
    assert len(words) >= 400
