"""Numbers in a sentence: digits where they are data, words where people talk."""

from __future__ import annotations

import pytest

from dictation.language.correct import Corrector, RuleOptions
from dictation.language.numbers.numbers_en import write_numbers

RULES = Corrector.without_terms(RuleOptions(punctuation="full"))


@pytest.mark.parametrize(
    ("heard", "want"),
    [
        ("set the learning rate to zero point zero five", "set the learning rate to 0.05"),
        ("the loss is zero point three one", "the loss is 0.31"),
        ("uptime is ninety nine point nine percent", "uptime is 99.9%"),
        ("the cpu is at eighty percent on the server", "the cpu is at 80% on the server"),
        ("run the seventy b model locally", "run the 70B model locally"),
        ("tag version one point two rc one", "tag version 1.2rc1"),
        (
            "the database server costs three hundred dollars a month",
            "the database server costs $300 a month",
        ),
        ("it costs nine dollars and ninety nine cents", "it costs $9.99"),
        ("the release is on march third twenty twenty six", "the release is on March 3, 2026"),
        ("it ended on october twenty first nineteen ninety nine", "it ended on October 21, 1999"),
        ("the cron job runs at three thirty pm", "the cron job runs at 3:30 pm"),
        ("the backup starts at two oh five a m", "the backup starts at 2:05 am"),
        ("下载七十B模型", "下载 70B 模型"),
        ("机器有两G内存", "机器有 2G 内存"),
        ("发布 1.2rc一", "发布 1.2rc1"),
        ("每天十五点三十分跑定时任务", "每天 15:30 跑定时任务"),
        ("服务器每月三百二十元，接口费另算", "服务器每月 320 元，接口费另算"),
        ("可用率百分之九十九点九，告警阈值也是", "可用率 99.9%，告警阈值也是"),
    ],
)
def test_what_is_data_is_written_in_digits(heard: str, want: str) -> None:
    assert RULES.apply(heard).text == want


@pytest.mark.parametrize(
    "text",
    [
        "twenty percent of people agree",
        "at one point two of them left",
        "The store returned five hundred dollars.",
        "we met at three pm",
        "we may need twenty people",
        "one more thing",
        "in march two of us left",
        "a billion people",
        "他花了三百二十元",
        "十五点三十分吃饭",
        "三点半开会",
        "两个人",
    ],
)
def test_what_people_say_stays_in_words(text: str) -> None:
    assert RULES.apply(text).text == text


def test_a_line_without_number_words_costs_nothing() -> None:
    class Untouchable:
        text = "the function returns a promise"

        def change(self, *_: object) -> bool:
            raise AssertionError

    write_numbers(Untouchable())  # type: ignore[arg-type]
