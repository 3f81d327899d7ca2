"""What a speaker takes back at once is taken back, and "sorry" and 不对 keep their meaning everywhere else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dictation.language.correct import Corrector
from dictation.language.rule_options import RuleOptions

CORRECTOR = Corrector()
PLAIN = Corrector(options=RuleOptions(fillers=False))

TAKEN_BACK = [
    ("set the port to 3000, sorry, 4000", "set the port to 4000"),
    ("set the port to 3000. Sorry, 4000", "set the port to 4000"),
    ("把端口改成 3000，不对，四千", "把端口改成 4000"),
    ("版本是 3.11，哦不，3.12", "版本是 3.12"),
    ("用 Redis 啊不 用 Kafka", "用 Kafka"),
    ("用 Redis 啊不用 Kafka", "用 Kafka"),
    ("at three, no wait, four", "at four"),
    ("set x to five, make that six, and run it", "set x to six, and run it"),
    ("wait three seconds, sorry, four seconds", "wait four seconds"),
    ("要 3000 个，不对，四千个", "要 4000 个"),
    ("open src/main.py, I mean src/app.py", "open src/app.py"),
    ("改成 utils.py，说错了，tools.py", "改成 tools.py"),
    ("ask Alice, no wait, Bob to review it", "ask Bob to review it"),
    ("call fetchUser, sorry, fetchUsers and return", "call fetchUsers and return"),
    ("deploy to staging, sorry, to production", "deploy to production"),
    ("请从 main 切到 dev，不对，切到 release", "请从 main 切到 release"),
    ("the the function returns null", "the function returns null"),
    ("I I think we should", "I think we should"),
    ("我我觉得可以", "我觉得可以"),
    ("我们我们先看一下", "我们先看一下"),
]
KEPT = [
    "sorry, 4000 was taken",
    "port 3000, sorry, 4000 was taken",
    "我用的是 Redis 不是 Kafka",
    "不对，应该是 4000",
    "这个数不对，4000 才对",
    "Yes, no, maybe",
    "see vol. 6, no. 2 of 1988",
    "he said that that is fine",
    "log in in the morning",
    "constructing NOT, AND and IOR",
    "看看试试谢谢天天",
    "请你帮忙把把关",
    "use test-no-op.png or no-cache-6.png",
    "run `a 3000, sorry, 4000` as it stands",
    "I am sorry, Bob is away",
]


@pytest.mark.parametrize(("heard", "meant"), TAKEN_BACK)
def test_what_is_corrected_in_the_same_breath_is_written_as_it_is_meant(heard: str, meant: str) -> None:
    draft = CORRECTOR.apply(heard)
    assert draft.text == meant
    assert any(edit.rule == "filler" for edit in draft.edits), "every change is told"
    assert CORRECTOR.apply(meant).text == meant


@pytest.mark.parametrize("heard", KEPT)
def test_where_nothing_is_taken_back_nothing_is_left_out(heard: str) -> None:
    assert not [edit for edit in CORRECTOR.apply(heard).edits if edit.rule == "filler"]


@pytest.mark.parametrize(("heard", "meant"), TAKEN_BACK)
def test_whoever_wants_fillers_kept_gets_these_kept_too(heard: str, meant: str) -> None:
    assert not [edit for edit in PLAIN.apply(heard).edits if edit.rule == "filler"]


MARKERS = st.sampled_from([", sorry, ", ", no wait, ", ", I mean ", "，不对，", " 啊不 ", "，说错了，", ", make that "])
NUMBERS = st.integers(10, 65535).map(str)
FILES = st.sampled_from(["src/main.py", "a/b.ts", "README.md", "docs/api.md", "x.json"])
NAMES = st.sampled_from(["Redis", "fetchUser", "user_id", "Kafka", "MySQL", "parseLine2"])


@given(st.sampled_from([NUMBERS, FILES, NAMES]).flatmap(lambda kind: st.tuples(kind, kind)), MARKERS)
def test_any_two_of_a_kind_are_exchanged_at_any_marker(two: tuple[str, str], marker: str) -> None:
    first, second = two
    assume(first != second)
    assert CORRECTOR.apply(f"take {first}{marker}{second}").text == f"take {second}"


@given(st.tuples(NUMBERS, FILES) | st.tuples(NAMES, NUMBERS) | st.tuples(FILES, NAMES), MARKERS)
def test_two_of_different_kinds_are_both_kept(two: tuple[str, str], marker: str) -> None:
    text = CORRECTOR.apply(f"take {two[0]}{marker}{two[1]}").text
    assert two[0] in text and two[1] in text
