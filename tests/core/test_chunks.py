"""Long recordings are cut where nobody speaks and joined as one text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.hearing.chunks import LONGEST_SECONDS, cut, eased, follow, join, seam, unended
from dictation.core.types import WINDOW_SECONDS


def speech(seconds: float) -> list[float]:
    return [0.9] * round(seconds / WINDOW_SECONDS)


def pause(seconds: float) -> list[float]:
    return [0.01] * round(seconds / WINDOW_SECONDS)


def test_a_short_recording_is_one_piece() -> None:
    assert cut(tuple(speech(5)), 0.3, 4.9) == [(0.3, 4.9)]


def test_the_cut_is_in_the_longest_pause_before_the_limit() -> None:
    voice = speech(18) + pause(0.2) + speech(4) + pause(1.0) + speech(20)
    (first, second) = cut(tuple(voice), 0.0, 43.0)
    assert first[1] == pytest.approx(22.7, abs=0.1)
    assert second == (first[1], 43.0)


def test_without_a_pause_the_cut_is_at_the_least_voiced_window() -> None:
    voice = speech(40)
    voice[700] = 0.5
    assert cut(tuple(voice), 0.0, 40.0)[0][1] == pytest.approx(700 * WINDOW_SECONDS)


@given(st.lists(st.floats(0, 1), max_size=4000), st.floats(0, 5), st.floats(0.1, 120))
def test_pieces_cover_everything_once(voice: list[float], start: float, length: float) -> None:
    pieces = cut(tuple(voice), start, start + length)
    assert pieces[0][0] == start
    assert pieces[-1][1] == start + length
    assert all(one[1] == two[0] for one, two in itertools.pairwise(pieces))
    assert all(0 < high - low <= LONGEST_SECONDS + WINDOW_SECONDS for low, high in pieces)


def test_a_sentence_that_goes_on_goes_on_small() -> None:
    assert (
        join(["we restart the server", "And then check the logs."]) == "we restart the server and then check the logs."
    )
    assert join(["Restart the server.", "And then?"]) == "Restart the server. And then?"
    assert join(["he asked", "Kubernetes is up"]) == "he asked Kubernetes is up"
    assert join(["he asked", "I said so"]) == "he asked I said so"


def test_only_the_stop_of_a_cut_sentence_goes() -> None:
    assert unended("we restart the server.") == "we restart the server"
    assert unended("我们重启服务器。 ") == "我们重启服务器"
    assert unended("and so on...") == "and so on..."
    assert unended("really?") == "really?"


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("We restart the server.", "Then check the logs.", "We restart the server, then check the logs."),
        ("先重启服务器。", "再看日志。", "先重启服务器，再看日志。"),
        ("Deploy it to the.", "cluster", "Deploy it to the cluster"),
        ("这是我们的。", "仓库", "这是我们的仓库"),
        ("open src slash main.", "dot py", "open src slash main dot py"),
        ("open src slash.", "main dot py", "open src slash main dot py"),
        ("版本三。", "点一一", "版本三点一一"),
        ("Is it up?", "Look again.", "Is it up? Look again."),
        ("and so on...", "and on", "and so on... and on"),
    ],
)
def test_at_a_short_pause_there_is_a_comma_where_one_can_stand(before: str, after: str, joined: str) -> None:
    assert join([eased(before), after]) == joined


@given(st.lists(st.text("ab好。. T", max_size=6), max_size=5))
def test_what_is_joined_step_by_step_is_what_is_joined_at_once(texts: list[str]) -> None:
    joined = ""
    for text in (each.strip() for each in texts):
        joined += seam(joined, text) + follow(joined, text)
    assert joined == join(texts)
    assert joined.replace(" ", "").lower() == "".join(texts).replace(" ", "").lower()


def test_seams_have_a_space_but_not_between_chinese() -> None:
    assert join(["restart the server", "then check the logs"]) == "restart the server then check the logs"
    assert join(["今天部署", "", "新的版本。", "然后测试"]) == "今天部署新的版本。然后测试"
    assert join(["我们用", "Kubernetes", "部署"]) == "我们用 Kubernetes 部署"
