"""Sounds, numbers and segments: the small parts the rules stand on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.language.line_edits import Change, Sheet
from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.lists.term_index import compile_index, key_of, sound
from dictation.language.terms.segments import Segments
from dictation.language.terms.sounds import phones
from dictation.language.terms.sounds.align import distance
from dictation.spelled.numbers import chinese_digits, english_number


def mandarin(text: str) -> str:
    """Phones of Chinese characters."""
    return "".join(phones.of_syllable(lexicon().readings[char]) for char in text)


@pytest.mark.parametrize(
    ("heard", "spoken", "other"),
    [
        ("酷伯内提斯", "cooper netties", "cabinet"),
        ("特拉弗姆", "terraform", "telegram"),
        ("普罗米修斯", "prometheus", "premises"),
        ("詹金斯", "jenkins", "jensen"),
    ],
)
def test_a_term_is_nearer_than_another_word(heard: str, spoken: str, other: str) -> None:
    assert distance(sound(spoken), mandarin(heard)) < 0.26
    assert distance(sound(spoken), mandarin(heard)) < distance(sound(other), mandarin(heard))


def test_a_sound_is_no_distance_from_itself() -> None:
    for syllables in ("酷伯", "派森", "瑞迪斯"):
        assert distance(mandarin(syllables), mandarin(syllables)) == 0


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("三千", "3000"), ("八零八零", "8080"), ("一百二十三", "123"), ("两万五", "25000"), ("三千二", "3200"),
        ("一千零五", "1005"),
        ("十", "10"), ("二十", "20"), ("十万", "100000"), ("一百一", "110"), ("一二三", "123"),
    ],
)  # fmt: skip
def test_chinese_numerals_are_read(said: str, digits: str) -> None:
    assert chinese_digits(said) == digits


@pytest.mark.parametrize("said", ["十百", "万", "千", "一百百", "好", "三五十十"])
def test_what_is_no_numeral_is_none(said: str) -> None:
    assert chinese_digits(said) is None


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("three thousand", "3000"), ("sixty four", "64"), ("eight zero eight zero", "8080"), ("four oh four", "404"),
        ("eighty eighty", "8080"), ("one hundred twenty three", "123"), ("two hundred", "200"),
        ("nineteen ninety nine", "1999"),
    ],
)  # fmt: skip
def test_english_numbers_are_read(said: str, digits: str) -> None:
    assert english_number(said.split()) == digits


@given(st.integers(min_value=1, max_value=9999))
def test_every_number_that_is_said_is_read_back(value: int) -> None:
    names = "零一二三四五六七八九"
    said, zero = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            said += ("零" if zero and said else "") + names[digit] + unit
            zero = False
        elif said:
            zero = True
    assert chinese_digits(said) == str(value)


def test_garbled_characters_save_more_than_words() -> None:
    text = "我们用酷伯内提斯部署"
    found = Segments(text, lexicon())
    assert found.gain(3, 8) > 200
    ordinary = Segments("这只鸡特别好吃", lexicon())
    assert ordinary.gain(2, 4) < 50


def test_a_key_has_neither_spaces_nor_joints() -> None:
    assert key_of("VS Code") == "vscode" and key_of("CI/CD") == "cicd" and key_of("scikit-learn") == "scikitlearn"


def test_an_empty_glossary_compiles() -> None:
    assert compile_index(()).plain == {}


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.text(max_size=4)), max_size=6),
    st.tuples(st.integers(0, 40), st.integers(0, 10)),
)
def test_a_locked_span_survives_every_change(
    text: str, wanted: list[tuple[int, int, str]], lock: tuple[int, int]
) -> None:
    start, end = min(lock[0], len(text)), min(lock[0] + lock[1], len(text))
    sheet = Sheet(text)
    sheet.lock([(start, end)])
    changes = [Change(min(at, len(text)), min(at + size, len(text)), new) for at, size, new in wanted]
    sheet.change("terms", changes)
    if end > start:
        assert [sheet.text[a:b] for a, b in zip(sheet.starts, sheet.ends, strict=True)] == [text[start:end]]


@given(
    st.sampled_from(("kub@Rnets", "jipiti", "sik", "monggO", "puLrikwest")),
    st.text("ptkbdgszxqjaeiouRLNmnrlwy@", max_size=12),
    st.sampled_from((0.12, 0.22, 0.25, 0.4, 2.0)),
)
def test_a_distance_within_what_is_asked_for_is_told_exactly_and_no_other(said: str, heard: str, worst: float) -> None:
    whole = distance(said, heard)
    told = distance(said, heard, worst)
    assert told == (pytest.approx(whole) if whole <= worst else 9.0)
