"""Owns the proof that a name is found of which one part is heard rightly and the rest only sounds alike."""

from __future__ import annotations

import pytest

from dictation.language.correct import Corrector
from dictation.language.terms.lists.glossary import builtin
from dictation.language.terms.lists.term_index import compile_index


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    """The rules without a glossary of the user's own."""
    return Corrector()


@pytest.mark.parametrize(
    "heard, meant",
    [
        ("store it in mongo tv", "store it in MongoDB"),
        ("帮我看一下这个 full request", "帮我看一下这个 pull request"),
        ("edit the cron tab", "edit the crontab"),
        ("run pseudo apt install nginx", "run sudo apt install nginx"),
        ("这个问题我还在 d bug", "这个问题我还在 debug"),
        ("fix the E.S. lint warnings", "fix the ESLint warnings"),
    ],
)
def test_a_part_that_stands_there_leads_to_the_name(corrector: Corrector, heard: str, meant: str) -> None:
    assert corrector.apply(heard).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "write LLM code", "the test request failed", "this is a full list", "the pull was hard", "a deep sleep",
        "we chat about the news", "run the test again",
    ],
)  # fmt: skip
def test_a_part_alone_or_an_ordinary_word_beside_it_stays(corrector: Corrector, text: str) -> None:
    assert corrector.apply(text).text == text


def test_every_name_of_parts_is_listed_under_its_first_and_its_last() -> None:
    index = compile_index(each for each in builtin() if each.term in ("ChatGPT", "pull request", "Redis"))
    assert {entry.term for entry, _ in index.heads.get("chat") or ()} == {"ChatGPT"}
    assert {entry.term for entry, _ in index.tails.get("request") or ()} == {"pull request"}
    assert not index.heads.get("redis")
