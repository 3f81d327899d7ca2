"""Phrases that mean keys, and prose that only talks about them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.hearing.spoken import LINES, press, without_last
from dictation.core.types import Draft


def pressed(text: str) -> str:
    """The text with its keys pressed."""
    return press(Draft(text, text)).draft.text


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("dear Ann, new line, how are you", "dear Ann\nhow are you"),
        ("Hello. New line. How are you?", "Hello.\nHow are you?"),
        ("你好，换行，再见。", "你好\n再见。"),
        ("第一点，新段落，第二点", "第一点\n\n第二点"),
        ("first, new paragraph, second, new line", "first\n\nsecond\n"),
        ("New line.", "\n"),
        ("Use main.py, new line, then 3.11.", "Use main.py\nthen 3.11."),
    ],
)
def test_a_phrase_between_pauses_ends_the_line(said: str, meant: str) -> None:
    assert pressed(said) == meant


@pytest.mark.parametrize(
    "prose",
    [
        "add a new line here",
        "这里要换行",
        "怎么换行？",
        "换行？",
        "“换行”，这个词",
        "tab, new line, and space",
        "空格，换行，制表符",
        "please scratch that itch",
        "把这一行划掉吧",
    ],
)
def test_prose_about_lines_and_scratches_stays(prose: str) -> None:
    assert press(Draft(prose, prose)) == press(Draft(pressed(prose), prose))
    assert pressed(prose) == prose


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Let's meet at five. Scratch that. Let's meet at six.", "Let's meet at six."),
        ("It works. We meet at five, scratch that, we meet at six", "It works. we meet at six"),
        ("先重启。再看日志，撤回上一句，先看日志", "先重启。先看日志"),
        ("all of it, scratch that", ""),
    ],
)
def test_the_sentence_before_is_taken_back(said: str, meant: str) -> None:
    spoken = press(Draft(said, said))
    assert (spoken.draft.text, spoken.back) == (meant, False)


@pytest.mark.parametrize(
    ("said", "rest"), [("Scratch that.", ""), ("划掉。", ""), ("scratch that, use Redis", "use Redis")]
)
def test_with_nothing_before_it_the_last_insertion_is_meant(said: str, rest: str) -> None:
    spoken = press(Draft(said, said))
    assert (spoken.draft.text, spoken.back) == (rest, True)


def test_a_pressed_key_is_an_edit_that_names_what_was_said() -> None:
    draft = press(Draft("dear Ann, new line, hello", "dear Ann, new line, hello")).draft
    assert [(edit.rule, edit.after) for edit in draft.edits] == [("punctuation", "\n")]
    assert draft.heard == "dear Ann, new line, hello"


@given(
    st.lists(
        st.sampled_from([*LINES, "scratch that", "hello", ", ", "。", ". ", "\n", "é", "main.py", " "]), max_size=9
    )
)
def test_pressing_twice_is_pressing_once(pieces: list[str]) -> None:
    once = pressed("".join(pieces))
    assert pressed(once) == once


@given(st.text(max_size=60))
def test_what_is_left_is_a_beginning(text: str) -> None:
    assert text.startswith(without_last(text))
    assert isinstance(pressed(text), str)
