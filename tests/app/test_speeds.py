"""The wait one has with a model is the one that was measured here."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictation.app.take.speeds import KEPT, Speeds


def test_the_usual_wait_is_the_median_and_outlives_the_app(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path / "waits.json")
    for each in (400.4, 9000, 500):
        speeds.note("small", each)
    assert speeds.typical("small") == 500
    assert Speeds(tmp_path / "waits.json").typical("small") == 500


def test_two_waits_say_nothing(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path / "waits.json")
    speeds.note("small", 1)
    speeds.note("small", 1)
    assert speeds.typical("small") is None and speeds.typical("base") is None


def test_old_waits_are_forgotten(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path / "waits.json")
    for each in [5000] * KEPT + [100] * KEPT:
        speeds.note("small", each)
    assert speeds.typical("small") == 100


@pytest.mark.parametrize("content", ["", "[]", '{"small": 3}', '{"small": ["x", 1.5]}', "\0"])
def test_a_file_of_something_else_is_no_trouble(tmp_path: Path, content: str) -> None:
    (tmp_path / "waits.json").write_text(content, encoding="utf-8")
    speeds = Speeds(tmp_path / "waits.json")
    assert speeds.typical("small") is None
    for _ in range(3):
        speeds.note("small", 7)
    assert speeds.typical("small") == 7
