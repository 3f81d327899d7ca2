"""Which of two languages: the likelier one, but not for a breath."""

from __future__ import annotations

import pytest

from dictation.engines.pick_language import choose, left_open


@pytest.mark.parametrize(
    ("zh", "en", "asked", "chosen"),
    [
        (0.6, 0.3, "auto", "zh"),
        (0.3, 0.4, "auto", "en"),
        (0.42, 0.48, "auto-zh", "zh"),
        (0.48, 0.42, "auto-en", "en"),
        (0.2, 0.7, "auto-zh", "en"),
        (0.7, 0.2, "auto-en", "zh"),
        (0.02, 0.05, "auto-zh", "en"),
    ],
)
def test_the_likelier_language_is_chosen_and_the_other_one_only_when_it_clearly_is(
    zh: float, en: float, asked: str, chosen: str
) -> None:
    assert choose({"<|zh|>": zh, "<|en|>": en, "<|ja|>": 1 - zh - en}, asked) == chosen


def test_where_a_language_is_missing_there_is_no_choice() -> None:
    assert choose({"<|en|>": 0.1, "<|de|>": 0.9}, "auto-zh") == "en"
    assert choose({"<|de|>": 1.0}, "auto") is None


def test_a_language_that_is_asked_for_is_not_left_open() -> None:
    assert [left_open(each) for each in ("auto", "auto-zh", "auto-en", "zh", "en")] == [True] * 3 + [False] * 2
