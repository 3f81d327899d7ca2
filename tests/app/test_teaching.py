"""What is learnt from the corrected words that stand selected."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictation.app.words.learning import Learning
from dictation.app.words.teaching import corrections, teach
from dictation.app.words.word_rules import WordRules
from dictation.core.errors import UsageError
from dictation.core.events import Taught
from dictation.core.settings import Settings

TYPED = "数据库换成左布拉克斯，再重启一下"


@pytest.mark.parametrize(
    ("typed", "selected", "pair"),
    [
        (TYPED, "数据库换成 Zorblax，再重启一下", ("左布拉克斯", "Zorblax")),
        (TYPED, "Zorblax", ("左布拉克斯", "Zorblax")),
        ("please ask klein about it", "ask Cline about", ("klein", "Cline")),
        ("please ask klein about it", "Cline", ("klein", "Cline")),
        ("deploy it with coop control today", "deploy it with kubectl today", ("coop control", "kubectl")),
    ],
)
def test_the_wrong_words_are_found_by_the_words_around_them_or_by_their_sound(
    typed: str, selected: str, pair: tuple[str, str]
) -> None:
    assert corrections(typed, selected) == [pair]


def test_a_pair_is_noted_first_and_learnt_the_second_time(tmp_path: Path) -> None:
    learning = Learning(tmp_path / "glossary.tsv")
    pair = ("左布拉克斯", "Zorblax")
    assert teach(learning, TYPED, (), "换成 Zorblax，") == Taught(noted=(pair,))
    assert not (tmp_path / "glossary.tsv").exists()
    assert teach(learning, TYPED, (), "Zorblax") == Taught(learnt=(pair,))
    assert "左布拉克斯" in (tmp_path / "glossary.tsv").read_text(encoding="utf-8")


def test_who_says_so_has_it_learnt_at_once_and_it_is_done_from_the_next_text_on(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    lesson = teach(words.learning, TYPED, (), "Zorblax", at_once=True)
    assert lesson.learnt == (("左布拉克斯", "Zorblax"),)
    assert words.correct(Settings(), TYPED, "zh").text == "数据库换成 Zorblax，再重启一下"


def test_correcting_it_back_unlearns_it(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    words.learning.learn("左布拉克斯", "Zorblax")
    draft = words.correct(Settings(), TYPED, "zh")
    lesson = teach(words.learning, draft.text, draft.edits, TYPED)
    assert lesson.unlearnt == (("左布拉克斯", "Zorblax"),) and not lesson.learnt
    assert "Zorblax" not in words.correct(Settings(), TYPED, "zh").text


def test_what_the_rules_made_of_it_is_learnt_as_it_was_heard(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    draft = words.correct(Settings(), "我们用酷伯内提斯部署", "zh")
    lesson = teach(words.learning, draft.text, draft.edits, "我们用 Zorblax 部署", at_once=True)
    assert lesson.learnt == (("酷伯内提斯", "Zorblax"),)


@pytest.mark.parametrize(
    ("typed", "selected", "code"),
    [
        ("", "Zorblax", "teach-nothing"),
        (TYPED, "  ", "teach-empty"),
        (TYPED, "左布拉克斯", "teach-same"),
        (TYPED, "x" * 3000, "teach-long"),
        (TYPED, "。。。", "teach-unlike"),
    ],
)
def test_where_there_is_nothing_to_learn_it_says_why(tmp_path: Path, typed: str, selected: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        teach(Learning(tmp_path / "glossary.tsv"), typed, (), selected)
    assert caught.value.code == code and caught.value.remedy


def test_unlearning_leaves_the_other_forms_and_the_other_lines(tmp_path: Path) -> None:
    file = tmp_path / "glossary.tsv"
    file.write_text("# mine\nZorblax\tzor blacks\t左布拉克斯|佐布\nHasura\t\t哈苏拉\n", encoding="utf-8")
    learning = Learning(file)
    assert learning.unlearn("佐布", "Zorblax") and not learning.unlearn("佐布", "Zorblax")
    assert learning.unlearn("哈苏拉", "Hasura")
    assert file.read_text(encoding="utf-8") == "# mine\nZorblax\tzor blacks\t左布拉克斯\n"
