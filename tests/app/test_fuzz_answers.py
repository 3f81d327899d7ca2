"""Whatever JSON comes over the socket: one answer, the app untouched by anything it did not understand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from dictation.app.answers import Answers
from dictation.app.application import Application
from dictation.core.session import Kind
from dictation.core.types import Purpose

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ONCE = VALUES.filter(lambda value: value is not True)
VERBS = st.sampled_from(["start", "toggle", "stop", "last", "status", "forget", "retry", "quit", "_do", "board", "app"])


class App:
    """Takes exactly what the real one takes."""

    def __init__(self) -> None:
        self.board = SimpleNamespace(last=None)
        self.keys = self.history = self
        self.asked: list[object] = []

    def ask(self, kind: Kind, purpose: Purpose) -> None:
        assert isinstance(purpose, Purpose) and kind in (Kind.START, Kind.TOGGLE)

    def stop(self) -> None: ...
    def quit(self) -> None: ...
    def status(self) -> dict[str, object]:
        return {"state": "idle"}

    def texts(self) -> list[None]:
        return []

    def forget(self, id: int) -> None:
        assert type(id) is int and 0 < id < 1 << 63

    retry = forget


@given(
    st.fixed_dictionaries(
        {},
        optional={"do": VERBS | VALUES, "mode": VALUES, "id": VALUES, "follow": VALUES.filter(lambda x: x is not True)},
    )
    | st.dictionaries(st.text(max_size=8), VALUES, max_size=4)
)
def test_any_request_gets_one_answer_that_says_ok_or_what_is_wrong(request: dict[str, Any]) -> None:
    answers = Answers()
    answers.app = cast(Application, App())
    (answer,) = answers(request)
    assert answer is not None
    error = answer.get("error")
    assert answer.get("ok") is True or (isinstance(error, dict) and error["code"] and error["message"])
    assert not error or error["code"] != "unexpected", error
