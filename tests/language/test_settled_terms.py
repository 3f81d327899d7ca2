"""What is right stays right: a term that stands there as it is written, and ordinary words beside it."""

from __future__ import annotations

import random

import pytest

from dictation.language.correct import Corrector, RuleOptions
from dictation.language.terms.lists.glossary import builtin
from models.language.made_sentences import forms, terms
from tests.language.test_correct import corrector

EXAMPLES = """\
we use Redis for caching
our Go code
open zsh and run it
write LLM code
check Istio logs
run it on Nx
can you set up Turso for the repo
there is no JS on this page
update the rest of the API docs
issues and pull requests
Vite's
our sync and async jobs
the webhooks and Dockerfiles of two submodules
our OAuth tokens are stored
the load balancer is down
马斯克的 API 很贵
马云写过代码吗
把短链接存到数据库
全站都要走网关
这段接码的代码
这个事物的接口
把这段代码转成 JS
有多组 CSS 样式
这段代码跑得飞快，测试过得飞快
我们用昇腾部署模型
打开 ~/.ssh/config 看看
edit .github/workflows/ci.yml
看一下 ~/.aws/credentials
导出成 .csv 文件
from pydantic import BaseModel
用 shadcn/ui 写组件
用 llama.cpp 跑模型
use faster-whisper and rust-analyzer
装一下 redis-py 和 ts-node
配置 lint-staged
ssh root@10.0.0.1
"""


@pytest.mark.parametrize("text", EXAMPLES.splitlines())
def test_what_is_right_stays(text: str) -> None:
    assert corrector().apply(text).text == text


def test_a_term_as_it_is_written_stays_in_any_plain_sentence() -> None:
    """A part of what ``benchmarks/language.py --settled`` looks at in full."""
    entries = random.Random(2).sample(builtin(), 500)
    wrong = [
        (said.heard, got)
        for said in terms(tuple(entries), 1, seed=7)
        if (got := corrector().apply(said.heard).text) != said.heard
    ]
    assert wrong == []


def test_a_form_takes_nothing_that_stands_beside_it() -> None:
    """Whether it is mended or not: the words of the sentence are all still there, and no other term has come."""
    entries = random.Random(5).sample(builtin(), 300)
    wrong = []
    for said in forms(tuple(entries), 1, seed=9):
        got = corrector().apply(said.heard).text
        before, after = said.want.split(said.term, 1)
        if not (got.lower().startswith(before.lower().rstrip()) and got.lower().endswith(after.lower().lstrip())):
            wrong.append((said.heard, got))
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize(
    ("heard", "want"),
    [
        ("run pie test again", "run pytest again"),
        ("I edit in neo vim", "I edit in Neovim"),
        ("ask cloud code to fix the bug", "ask Claude Code to fix the bug"),
        ("let cloud code write the unit tests", "let Claude Code write the unit tests"),
        ("run get status first", "run git status first"),
        ("这个问题问了 deep seek", "这个问题问了 DeepSeek"),
        ("用鲁斯特写一个服务", "用 Rust 写一个服务"),
    ],
)
def test_a_form_that_is_no_ordinary_phrase_needs_no_second_sign(heard: str, want: str) -> None:
    assert corrector().apply(heard).text == want


def test_without_terms_a_term_is_left_as_it_was_heard() -> None:
    assert Corrector.without_terms(RuleOptions()).apply("we use redis").text == "we use redis"


@pytest.mark.parametrize("text", ["昇思的性能不好", "昇腾的性能不好", "我们用昇腾部署模型", "先把昇思装好"])
def test_a_name_keeps_the_character_that_only_names_have(text: str) -> None:
    assert Corrector().apply(text).text == text


def test_the_words_around_such_a_name_are_simplified() -> None:
    assert Corrector().apply("這個昇腾的驅動").text == "这个昇腾的驱动"
