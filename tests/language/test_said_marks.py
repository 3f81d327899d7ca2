"""Punctuation that was said by its name is written where the setting asks for it, and nowhere else."""

from __future__ import annotations

import pytest

from dictation.language.correct import Corrector, RuleOptions


@pytest.fixture(scope="module", params=["off", "on", "alone"])
def marked(request: pytest.FixtureRequest) -> tuple[str, Corrector]:
    """The setting, and the rules with it."""
    return request.param, Corrector((), RuleOptions(punctuation="full", marks=request.param))


@pytest.mark.parametrize(
    "heard, on, alone",
    [
        ("we wrote it comma then we slept period", "we wrote it, then we slept.", None),
        ("we wrote it, comma, then we slept", "we wrote it, then we slept", "we wrote it, then we slept"),
        ("did it work question mark it did period", "did it work? It did.", None),
        ("我们先吃饭逗号然后睡觉句号", "我们先吃饭，然后睡觉。", None),
        ("我们先吃饭，逗号，然后睡觉。句号。", "我们先吃饭，然后睡觉。", "我们先吃饭，然后睡觉。"),
    ],
)
def test_a_mark_is_written_as_the_setting_says(
    marked: tuple[str, Corrector], heard: str, on: str, alone: str | None
) -> None:
    setting, corrector = marked
    wanted = {"off": heard, "on": on, "alone": heard if alone is None else alone}[setting]
    assert corrector.apply(heard).text == wanted


@pytest.mark.parametrize(
    "text", ["a period of time", "put a comma after it", "用逗号分隔", "这里少了一个句号", "the grace period is over"]
)
def test_a_mark_that_is_spoken_of_stays_a_word(marked: tuple[str, Corrector], text: str) -> None:
    assert marked[1].apply(text).text == text
