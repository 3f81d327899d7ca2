"""The names of the project in front, and ordinary sentences that happen to hold the same words."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.language.code.named_project import Project
from dictation.language.correct import Corrector, RuleOptions

PROJECT = Project(
    (
        "src/user_session.py", "app/orders_controller.ts", "main.py", "src/utils/date_helper.ts", "src/test_data.py",
        "tests/test_user_session.py", "a/index.ts", "b/index.js", "Makefile", ".gitignore",
    ),
    ("OrdersController", "get_user_by_id", "UserSession", "PaymentGateway", "is_valid", "main_window", "error_log"),
    ("feature/login-page", "main", "zustand", "hasura"),
)  # fmt: skip


@cache
def corrector() -> Corrector:
    return Corrector((), RuleOptions(punctuation="full"))


def written(text: str, project: Project | None = PROJECT) -> str:
    return corrector().apply(text, project=project).text


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("user underscore session dot py", "user_session.py"),
        ("user session dot pie", "user_session.py"),
        ("open user session", "open user_session.py"),
        ("open the user session file", "open the user_session.py file"),
        ("打开 user session", "打开 user_session.py"),
        ("orders controller", "OrdersController"),
        ("the orders controller throws an error", "the OrdersController throws an error"),
        ("在 orders controller 里加个日志", "在 OrdersController 里加个日志"),
        ("看一下 orders controller 这个类", "看一下 OrdersController 这个类"),
        ("look at orders controller", "look at OrdersController"),
        ("call get user by id", "call get_user_by_id"),
        ("调用 get user by id 方法", "调用 get_user_by_id 方法"),
        ("src slash utils slash date helper dot ts", "src/utils/date_helper.ts"),
        ("checkout feature slash login dash page", "checkout feature/login-page"),
        ("at orders controller", "@app/orders_controller.ts"),
        ("explain at date helper please", "explain @src/utils/date_helper.ts please"),
        ("重构 艾特 orders controller", "重构 @app/orders_controller.ts"),
    ],
)
def test_a_name_of_the_project_is_written_as_it_is_there(said: str, meant: str) -> None:
    assert written(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "the user session lasted an hour",
        "look at the user session",
        "meet me at test data",
        "I arrived at main",
        "open main",
        "the test data is ready",
        "is valid for a year",
        "main window is open",
        "the error log is long",
        "we use a payment gateway for orders",
        "open index",
    ],
)
def test_ordinary_words_that_are_names_here_too_stay(said: str) -> None:
    assert written(said) == said


def test_without_a_project_nothing_of_it_is_written() -> None:
    assert written("open user session", None) == "open user session"


def test_a_name_in_quotes_or_code_is_left_alone() -> None:
    for text in ("run `open user session` now", 'echo "orders controller"'):
        assert written(text) == text


def test_an_odd_dependency_is_found_by_its_sound() -> None:
    assert written("we deploy with has ura and redis") == "we deploy with Hasura and Redis"


PIECES = [
    "open",
    "at",
    "user session",
    "orders controller",
    "dot",
    "py",
    "underscore",
    "点",
    "打开",
    "艾特",
    "，",
    ".",
    "里",
    "x",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_writing_names_twice_is_writing_them_once(pieces: list[str]) -> None:
    once = written(" ".join(pieces))
    assert written(once) == once


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=50), st.lists(st.text(max_size=20), max_size=4))
def test_no_text_and_no_name_makes_it_fail(text: str, names: list[str]) -> None:
    project = Project(tuple(names), tuple(names), tuple(names))
    once = corrector().apply(text, project=project).text
    assert corrector().apply(once, project=project).text == once
