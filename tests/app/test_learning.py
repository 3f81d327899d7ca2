"""What the user teaches by the way, in files that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.app.words.learning import Learning, differences, heard_first
from dictation.app.words.word_rules import WordRules
from dictation.cli import main
from dictation.core.errors import UsageError
from dictation.core.settings import Settings
from dictation.core.types import Edit

SAID = "我们用酷伯内提斯部署"


def test_a_replacement_that_was_undone_is_not_made_again(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    draft = words.correct(Settings(), SAID, "zh")
    assert draft.text == "我们用 Kubernetes 部署"
    words.undone(draft.edits)
    assert words.correct(Settings(), SAID, "zh").text == SAID
    assert "酷伯内提斯\tKubernetes" in (tmp_path / "blocked.tsv").read_text(encoding="utf-8")
    assert words.correct(Settings(), "把镜像推到多克仓库", "zh").text == "把镜像推到 Docker 仓库"


def test_only_replaced_words_count_not_spaces_and_marks(tmp_path: Path) -> None:
    Learning(tmp_path / "glossary.tsv").undone([Edit("spacing", "", " "), Edit("punctuation", ",", "，")])
    assert not (tmp_path / "blocked.tsv").exists()


def test_a_line_deleted_from_the_file_counts_no_more(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    words.undone(words.correct(Settings(), SAID, "zh").edits)
    (tmp_path / "blocked.tsv").unlink()
    assert words.correct(Settings(), SAID, "zh").text == "我们用 Kubernetes 部署"


def test_the_same_correction_twice_is_offered(tmp_path: Path) -> None:
    learning = Learning(tmp_path / "glossary.tsv")
    assert learning.corrected("把数据放到扎格里", "把数据放到 Zagreb 里") == ()
    assert learning.corrected("扎格的接口", "Zagreb 的接口") == (("扎格", "Zagreb"),)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("I saw their house", "I saw there house"), ("叫他来", "叫她来"), ("a | b", "a Zo b"), ("x ok", "Zorblax ok")],
)
def test_what_depends_on_the_sentence_or_cannot_be_a_term_is_never_offered(
    tmp_path: Path, typed: str, wanted: str
) -> None:
    learning = Learning(tmp_path / "glossary.tsv")
    assert [learning.corrected(typed, wanted) for _ in range(3)] == [()] * 3


def test_what_the_rules_made_of_it_is_learnt_as_it_was_heard() -> None:
    edits = [Edit("terms", "吉特哈布", "GitHub"), Edit("spacing", "", " ")]
    assert heard_first([("GitHub", "Gitea"), ("左布拉克斯", "Zorblax")], edits) == (
        ("吉特哈布", "Gitea"),
        ("左布拉克斯", "Zorblax"),
    )
    assert heard_first([("GitHub", "吉特哈布")], edits) == ()  # it was right as it was heard


def test_what_is_learnt_is_written_as_meant_from_the_next_text_on(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    said = "数据库换成左布拉克斯"
    assert "Zorblax" not in words.correct(Settings(), said, "zh").text
    words.learning.learn("左布拉克斯", "Zorblax")
    assert words.correct(Settings(), said, "zh").text == "数据库换成 Zorblax"


def test_learning_a_new_form_keeps_those_that_are_built_in(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    words.learning.learn("酷酷贝", "Kubernetes")
    assert words.correct(Settings(), SAID, "zh").text == "我们用 Kubernetes 部署"


def test_forms_gather_on_the_line_of_their_term_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "glossary.tsv"
    file.write_text("# mine\nHasura\tha sura\n", encoding="utf-8")
    learning = Learning(file)
    for heard in ("哈苏拉", "has you rah", "哈苏拉"):
        learning.learn(heard, "Hasura")
    learning.learn("左布拉克斯", "Zorblax")
    assert file.read_text(encoding="utf-8") == "# mine\nHasura\tha sura|has you rah\t哈苏拉\nZorblax\t\t左布拉克斯\n"


def test_learning_lifts_the_block(tmp_path: Path) -> None:
    learning = Learning(tmp_path / "glossary.tsv")
    learning.undone([Edit("terms", "酷伯内提斯", "Kubernetes")])
    learning.learn("酷伯内提斯", "Kubernetes")
    assert learning.blocked() == frozenset()


@pytest.mark.parametrize(("heard", "wanted"), [("", "Redis"), ("a|b", "Redis"), ("x", ""), ("x", "..."), ("x", "#tag")])
def test_what_no_line_can_hold_is_refused(tmp_path: Path, heard: str, wanted: str) -> None:
    with pytest.raises(UsageError):
        Learning(tmp_path / "glossary.tsv").learn(heard, wanted)
    assert not (tmp_path / "glossary.tsv").exists()


def test_the_command_line_teaches_a_term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICTATION_HOME", str(tmp_path))
    assert main(["learn", "左布拉克斯", "Zorblax"]) == 0
    assert (tmp_path / "glossary.tsv").read_text(encoding="utf-8") == "Zorblax\t\t左布拉克斯\n"
    assert main(["learn", "a|b", "Zorblax"]) == 2


@given(st.text(max_size=40), st.text(max_size=40))
def test_differences_are_parts_of_both_texts(typed: str, wanted: str) -> None:
    assert all(before in typed and after in wanted for before, after in differences(typed, wanted))
    assert list(differences(typed, typed)) == []


def test_an_ordinary_word_is_refused_at_once_unless_it_is_wanted_always(tmp_path: Path) -> None:
    words = WordRules(tmp_path / "glossary.tsv")
    with pytest.raises(UsageError) as caught:
        words.learning.learn("view", "Vue")
    assert caught.value.code == "ordinary-word" and "--always" in caught.value.remedy
    assert not (tmp_path / "glossary.tsv").exists()
    words.learning.learn("view", "Vue", always=True)
    assert words.correct(Settings(), "please open the view", "en").text == "please open the Vue"


def test_teaching_one_form_always_keeps_the_other_columns_of_its_line(tmp_path: Path) -> None:
    file = tmp_path / "glossary.tsv"
    file.write_text("Vue\tv u e\t\tl\tcomponent\n", encoding="utf-8")
    Learning(file).learn("view", "Vue", always=True)
    assert file.read_text(encoding="utf-8") == "Vue\tv u e|view\t\tlw\tcomponent\n"
