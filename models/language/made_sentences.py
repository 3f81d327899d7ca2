"""Sentences made from the glossary: every form that a term is heard as, in plain sentences of both languages."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dictation.language.terms.lists.glossary import Entry

CHINESE = (
    "我们用{}写后端服务",
    "把代码放到{}里面", "这个项目是用{}做的", "先把{}装好再跑测试", "你看一下{}的文档", "线上的{}又报错了",
    "帮我查一下{}的日志", "这里要改成{}", "{}的配置在哪里", "我想学{}编程", "用{}写一个服务", "让{}改一下代码",
    "我们公司用的是{}",
    "数据存在{}里", "这个接口换成{}", "部署到{}上", "{}怎么安装", "我在本地跑{}", "明天把{}升级一下",
    "这个需求用{}比较合适", "问题出在{}这边", "你用过{}吗", "{}这个库还不错", "先{}一下再说", "打开{}看看", "把{}关掉",
    "{}的版本太旧了", "团队都在用{}", "我觉得{}挺好用的", "周末研究了一下{}", "这次不用{}了", "给{}加个缓存",
)  # fmt: skip
ENGLISH = (
    "we use {} for the backend", "deploy it with {} on the server", "open {} and check the logs",
    "the service runs on {}", "can you set up {} for the repo", "I edit in {}", "ask {} to fix the bug",
    "let {} write the unit tests", "run {} again", "edit the {}", "please update the {} config", "is {} installed",
    "switch from {} to something else", "the {} docs are good", "I learned {} last year", "put it in {}",
    "{} is down again", "install {} first", "write it in {}", "we moved to {}", "check the {} version",
    "this needs {}", "configure {} to use the cache", "the tests fail in {}", "try {} instead", "add {} to the project",
    "how does {} work", "our {} setup is broken", "use {} here", "and then {} the change",
)  # fmt: skip
"""``{}`` is where the term stands. They say more or less that the talk is of software; some say nothing of it."""
OF_CHINESE = (
    "这里要处理{}", "我们先看{}", "先讲一下{}", "{}有问题", "代码里的{}要改", "{}怎么实现", "加一个{}", "把{}调一下",
    "看一下{}", "这段逻辑跟{}有关", "{}的性能不好", "测试一下{}",
)  # fmt: skip
"""For terms that are Chinese themselves."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was heard, what is meant, and the term and the form that it holds; no form where it stands as written."""

    heard: str
    want: str
    term: str = ""
    form: str = ""


def _fill(template: str, word: str) -> str:
    text = template.replace("{}", word)
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9+#])(?=[\u4e00-\u9fff])", " ", text)
    return text[:1].upper() + text[1:] if text[0] != word[0] and text.isascii() and len(text) % 3 == 0 else text


def forms(entries: tuple[Entry, ...], each: int, seed: int) -> Iterator[Said]:
    """Every form in ``each`` sentences of its language; forms of English words among Chinese too."""
    dice = random.Random(seed)
    for entry in entries:
        chinese = OF_CHINESE if entry.is_chinese else CHINESE
        english = [form for form in entry.english if not form.startswith("/")]
        for form, templates in [(form, chinese) for form in entry.chinese] + [
            (form, CHINESE if dice.random() < 0.3 else ENGLISH) for form in english
        ]:
            for template in dice.sample(templates, each):
                yield Said(_fill(template, form), _fill(template, entry.term), entry.term, form)


def terms(entries: tuple[Entry, ...], each: int | None, seed: int) -> Iterator[Said]:
    """Every term as it is written, in ``each`` sentences or in all."""
    dice = random.Random(seed)
    for entry in entries:
        templates = OF_CHINESE if entry.is_chinese else (*CHINESE, *ENGLISH)
        for template in templates if each is None else dice.sample(templates, each):
            text = _fill(template, entry.term)
            yield Said(text, text, entry.term)
