"""Which of two languages: the likelier one, but not for a breath."""

from __future__ import annotations

import pytest

from dictation.core.transcript import Span
from dictation.engines.pick_language import choose, left_open, likelier, rivals


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


@pytest.mark.parametrize(
    ("zh", "tried"), [(0.95, ["zh"]), (0.85, ["zh", "en"]), (0.5, ["zh", "en"]), (0.05, ["en"]), (0.2, ["en", "zh"])]
)
def test_a_rival_is_tried_only_where_it_is_hardly_less_likely(zh: float, tried: list[str]) -> None:
    found = rivals({"<|zh|>": zh, "<|en|>": 1 - zh, "<|ja|>": 0.4}, "zh" if zh >= 0.5 else "en")
    assert list(found) == tried and all(chance <= 0 for chance in found.values())


def span(text: str, logprob: float) -> Span:
    return Span(text, 0.0, 3.0, logprob, tokens=len(text.split()))


def test_of_two_languages_the_one_with_the_likelier_text_is_kept_and_never_an_empty_one() -> None:
    chances = {"zh": -0.2, "en": -1.7}
    english, chinese = span("well then a lot of people", -0.1), span("那 些 人 可 能", -0.9)
    assert likelier({"zh": chinese, "en": english}, chances) == "en"
    assert likelier({"zh": span("那 些 人 可 能", -0.2), "en": english}, chances) == "zh"
    assert likelier({"zh": span("", 0.0), "en": span("so", -3.0)}, chances) == "en"


def test_where_neither_language_has_a_chance_none_is_tried_beside_the_other() -> None:
    assert rivals({"<|zh|>": 0.0, "<|en|>": 0.0}, "en") == {"en": 0.0}
