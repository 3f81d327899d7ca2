"""The demo is a test too: what is spoken into the microphone stands in the windows, and noise does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from tests.desktop.bench import Desk
from tests.desktop.demo import (
    Press,
    Sentence,
    cells,
    column,
    demonstrate,
    keyboard_noise,
    showcase,
    speak_for_real,
    understood,
)
from tests.real_speech import apart, shipped, units

ALIKE, MISSING = 0.15, 2
"""Share of the words by which the hotkey and `dictation transcribe` may differ on the same recordings, for a microphone
gives other samples than a file (0.08 was measured, all in mixed sentences); and how many words fewer one may have."""


def from_files(files: list[Path], model: Path, home: Path) -> list[str]:
    """What `dictation transcribe` makes of files."""
    call = [sys.executable, "-m", "dictation", "transcribe", *map(str, files), "--model", str(model), "--json"]
    environment = os.environ | {"DICTATION_HOME": str(home)}
    lines = subprocess.run(call, env=environment, check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line)["text"] for line in lines]


@pytest.mark.desktop
@pytest.mark.timeout(400)
def test_every_sentence_of_the_demo_is_typed_as_spoken(desk: Desk) -> None:
    presses = demonstrate(desk)
    assert [each.typed for each in presses] == [each.wanted for each in presses]
    assert len(presses) > 10 and [bool(each.reason) for each in presses[-2:]] == [True, True]


@pytest.mark.desktop
@pytest.mark.timeout(400)
def test_real_speech_becomes_text_in_the_windows(base: Path, desk: Desk) -> None:
    presses = speak_for_real(desk)
    assert len(presses) == 12 and not understood(presses), [(each.wanted, each.typed) for each in presses]
    heard = from_files([clip.path for clip in shipped()], base, desk.dir / "files-home")
    both = [(units(text), units(each.typed)) for text, each in zip(heard, presses, strict=True)]
    assert all(len(typed) >= len(text) - MISSING for text, typed in both), both
    differing = sum(apart(text, typed) for text, typed in both)
    assert differing <= ALIKE * sum(len(text) for text, _ in both), list(zip(heard, presses, strict=True))


def test_speech_that_comes_to_nothing_or_to_other_words_is_not_understood() -> None:
    right, other, none = (Press("turn on the lamp", typed, "gtk", 1.0) for typed in ("Turn on the lamp.", "Tar", ""))
    assert not understood([right])
    assert "100%" in understood([other]) and "came to nothing" in understood([right, none])


def test_a_chinese_character_takes_two_columns() -> None:
    assert cells("把 main 合并") == 12
    assert cells("e\u0301") == 1
    assert column("分支", 6) + "|" == "分支  |"
    assert column("too long", 3) + "|" == "too long |"


def test_the_showcase_is_read_line_by_line() -> None:
    lines = ["language\tvoice\tspeed\ttext", "", "zh\tm1\t150\t提交代码", "en\t\t160\tgit status"]
    assert showcase(lines) == [Sentence("zh", "m1", 150, "提交代码"), Sentence("en", "", 160, "git status")]


def test_a_showcase_line_without_all_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="unpack"):
        showcase(["en\tgit status"])


def test_keyboard_noise_is_loud_enough_to_be_mistaken_for_something(tmp_path: Path) -> None:
    with wave.open(str(keyboard_noise(tmp_path / "noise.wav"))) as file:
        assert file.getnframes() / file.getframerate() == 2
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
    assert max(samples) > 0.05 * 32768
