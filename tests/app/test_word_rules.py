"""The language rules follow the settings and the user's glossary as they change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dictation.app.words.word_rules import WordRules
from dictation.cli import main
from dictation.core.errors import DictationError
from dictation.core.settings import Settings, put


def test_terms_are_mended_and_ordinary_words_are_left_alone(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    assert words.correct(Settings(), "我们用酷伯内提斯部署", "zh").text == "我们用 Kubernetes 部署"
    assert words.correct(Settings(), "鸡特别好吃", "zh").text == "鸡特别好吃"


def test_switched_off_they_change_nothing(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    draft = words.correct(put(Settings(), "words.correct", False), "我们用酷伯内提斯部署", "zh")
    assert (draft.text, draft.edits) == ("我们用酷伯内提斯部署", ())


def test_a_change_of_the_glossary_counts_from_the_next_text_on(tmp_path: Path) -> None:
    file = tmp_path / "glossary.tsv"
    words = WordRules(file)
    said = "deploy the zorblax cluster"
    assert words.correct(Settings(), said, "en").text == said
    file.write_text("Zorblax\n")
    assert words.correct(Settings(), said, "en").text == "deploy the Zorblax cluster"
    file.write_text("ZorbLax\n")
    os.utime(file, ns=(1, 1))
    assert words.correct(Settings(), said, "en").text == "deploy the ZorbLax cluster"


def test_a_bad_line_is_said_once_and_the_others_are_used(tmp_path: Path) -> None:
    file = tmp_path / "glossary.tsv"
    file.write_text("\tno term\nZorblax\n")
    told: list[DictationError] = []
    words = WordRules(file, told.append)
    for _ in range(2):
        assert words.correct(Settings(), "the zorblax cluster", "en").text == "the Zorblax cluster"
    assert len(told) == 1 and "line 1" in told[0].message


def test_correct_takes_lines_in_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "in").write_text("src slash main dot py\n\n鸡特别好吃\n")
    with (tmp_path / "in").open() as lines:
        monkeypatch.setattr("sys.stdin", lines)
        assert main(["correct"]) == 0
    assert capsys.readouterr().out == "src/main.py\n\n鸡特别好吃\n"
    assert main(["correct", "src", "slash", "main", "dot", "py"]) == 0
    assert capsys.readouterr().out == "src/main.py\n"


def test_what_the_recogniser_is_told_depends_on_nothing_that_was_said_before(tmp_path: Path) -> None:
    (tmp_path / "glossary.tsv").write_text("Zorblax\nVeltrune\n")
    words = WordRules(tmp_path / "glossary.tsv")
    fresh = words.hints(Settings())
    assert fresh == ("Zorblax", "Veltrune")
    for said in ("我们用酷伯内提斯部署", "deploy the zorblax cluster with graph anna"):
        words.correct(Settings(), said, "auto")
    assert words.hints(Settings()) == fresh
