"""What the user taught is done: in any sentence, as whole words, in the term's own case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.language.correct import Corrector
from dictation.language.terms.lists.glossary import ALWAYS, Entry
from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.taught_forms import ordinary

PAIRS = [
    ("klein", "Cline"), ("pseudo", "sudo"), ("Cloud Ops", "Claude Opus"), ("ac jungle", "ac-django"),
    ("左布拉克斯", "Zorblax"), ("给特莱布", "GitLab"), ("马 DB", "MariaDB"), ("my queue l", "MySQL"),
    ("code", "Claude Code"),
    ("自研网关", "Zuul"), ("克劳德", "Claude"), ("co pilot", "copilot.vim"),
]  # fmt: skip
FRAMES = [
    "{}", "I use {}", "open {} now", "{} is fine, and {} too", "please ask {} about the tests", "run {}, then stop",
    "我们用 {} 来做", "把{}换掉", "{}跑不起来", "先打开{}，再看日志", "今天下午我和他聊了聊{}的事情",
    "the docs (see {}) are old",
]  # fmt: skip


def taught(*pairs: tuple[str, str], flags: str = "", blocked: frozenset[tuple[str, str]] = frozenset()) -> Corrector:
    entries = [
        Entry(term, (form,) if form.isascii() else (), () if form.isascii() else (form,), flags) for form, term in pairs
    ]
    return Corrector(entries, blocked=blocked, taught=entries)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("form", "term"), PAIRS)
def test_a_taught_form_is_its_term_in_any_sentence(form: str, term: str, frame: str) -> None:
    corrector = taught((form, term), flags=ALWAYS)
    text = corrector.apply(frame.replace("{}", form)).text
    assert text.count(term) == frame.count("{}"), text
    assert corrector.apply(text).text == text
    assert corrector.apply(frame.replace("{}", term)).text.count(term) == frame.count("{}"), "the term itself stays"


@given(st.sampled_from(PAIRS), st.sampled_from(["upper", "lower", "title", "spaced"]))
def test_neither_case_nor_blanks_hide_a_taught_form(pair: tuple[str, str], how: str) -> None:
    form, term = pair
    said = form.replace(" ", "  ") if how == "spaced" else getattr(form, how)()
    assert term in taught(pair, flags=ALWAYS).apply(f"now {said} again").text


@pytest.mark.parametrize("text", ["decline it", "kleinen", "my_klein", "klein2", "subpseudo"])
def test_a_part_of_a_longer_word_is_no_form(text: str) -> None:
    assert taught(("klein", "Cline"), ("pseudo", "sudo")).apply(text).text == text


def test_the_longest_form_that_begins_first_wins_whatever_the_order_of_the_lines() -> None:
    pairs = [("cloud", "Claude"), ("cloud ops", "Claude Opus")]
    for order in (pairs, pairs[::-1]):
        assert taught(*order).apply("use cloud ops and cloud too").text == "use Claude Opus and Claude too"


def test_what_the_user_blocked_is_not_done() -> None:
    blocked = frozenset((("klein", "cline"),))
    assert taught(("klein", "Cline"), blocked=blocked).apply("I use klein").text == "I use klein"


def test_code_that_stands_there_is_not_touched() -> None:
    assert taught(("klein", "Cline")).apply("see https://klein.de/klein and `klein`").text.count("klein") == 3


@pytest.mark.parametrize("form", ["view", "there", "go", "a", "服务", "公司", "派", "我"])
def test_one_word_of_everyday_language_is_ordinary_and_left_to_its_sentence(form: str) -> None:
    assert ordinary(form)
    text = f"please {form} it" if form.isascii() else f"这是{form}的问题"
    assert "Zorblax" not in taught((form, "Zorblax")).apply(text).text
    assert "Zorblax" in taught((form, "Zorblax"), flags=ALWAYS).apply(text).text


@pytest.mark.parametrize("form", ["klein", "pseudo", "cloud", "the view", "左布拉克斯", "给特", "服务街"])
def test_names_rare_words_and_several_words_are_not(form: str) -> None:
    assert not ordinary(form)


def test_what_is_ordinary_is_a_question_of_how_common_a_word_is() -> None:
    assert ordinary("view") == (lexicon().cost("view") <= 42) and not ordinary("qzxv")
