"""Kinds of saying: a unit on both sides of a correction, a way of writing behind its name, shares, class files."""

from __future__ import annotations

import pytest

from dictation.language.correct import Corrector


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    """The rules without a glossary of the user's own."""
    return Corrector()


@pytest.mark.parametrize(
    "heard, meant",
    [
        ("把超时改成三十秒不对六十秒", "把超时改成 60 秒"),
        ("把超时改成五分钟不对十分钟", "把超时改成十分钟"),
        ("fetch user data in camel case", "fetchUserData"),
        ("call it fetch user data in snake case", "call it fetch_user_data"),
        ("name it is logged in in camel case", "name it isLoggedIn"),
        ("打开 user service 点 java", "打开 UserService.java"),
        ("open user manager dot java", "open UserManager.java"),
        ("open order service dot kt and fix it", "open OrderService.kt and fix it"),
        ("find user dot java", "find user.java"),
        ("check login view controller dot swift", "check LoginViewController.swift"),
        ("the new user service dot java is long", "the new UserService.java is long"),
        ("look at order item dot kt", "look at OrderItem.kt"),
        ("百分之五十的用户", "50% 的用户"),
        ("百分之三十的请求", "30% 的请求"),
        ("打开HTTPS://GitHub.com/Foo看看", "打开 https://github.com/Foo 看看"),
        ("chmod 加 x run dot sh", "chmod +x run.sh"),
    ],
)
def test_a_kind_of_saying_is_understood(corrector: Corrector, heard: str, meant: str) -> None:
    assert corrector.apply(heard).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "这个结果不对三次了", "this is wrong", "we write variables in camel case", "everything in camel case",
        "the names are in snake case", "百分之五十的人", "给 Docker Swarm 加个缓存", "给 Docker Compose 加一个服务",
        "给 Redis 加载数据", "https://github.com/Foo",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_stays(corrector: Corrector, text: str) -> None:
    assert corrector.apply(text).text == text
