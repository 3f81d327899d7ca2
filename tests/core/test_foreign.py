"""What comes from outside is read, or it is a ValueError: nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dictation.core.foreign import json_from, toml_from

DEEP = 100_000


@pytest.mark.parametrize("read", [json_from, toml_from])
@given(st.text(max_size=40))
@example("[" * DEEP)
@example("a = " + "[" * DEEP)
@example('{"a":' * DEEP)
@example("a = " + "{a=" * DEEP)
def test_nothing_but_a_value_error_comes_of_it(read: Callable[[str], Any], text: str) -> None:
    try:
        read(text)
    except ValueError as error:
        assert str(error)


def test_what_is_right_is_read() -> None:
    assert json_from(b'{"a": [1]}') == {"a": [1]} and toml_from("a = [1]") == {"a": [1]}
