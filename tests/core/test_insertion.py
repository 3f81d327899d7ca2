"""What may reach a cursor."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from dictation.core.insertion import fit, plan
from dictation.core.nouns import NOWHERE, Paste, Target, Type
from dictation.core.settings import Insert, Settings

TERMINAL = Target(app="xterm", terminal=True)


def test_text_is_pasted_unless_the_user_wants_typing() -> None:
    typing = dataclasses.replace(Settings(), insert=Insert(method="type"))
    assert plan("ls", NOWHERE, Settings()) == (Paste("ls"),)
    assert plan("ls", NOWHERE, typing) == (Type("ls"),)
    assert plan("x" * 1000, NOWHERE, typing) == (Paste("x" * 1000),)


def test_an_empty_text_moves_nothing() -> None:
    assert plan("", NOWHERE, Settings()) == plan("\x00", NOWHERE, Settings()) == ()


def test_an_editor_gets_its_lines_and_a_terminal_gets_one() -> None:
    assert fit("one\r\ntwo\tthree\n", NOWHERE) == "one\ntwo\tthree\n"
    assert fit("one\r\ntwo\tthree\n", TERMINAL) == "one two three"


@given(st.text())
def test_a_terminal_never_gets_a_line_end_or_a_control_character(text: str) -> None:
    assert all(each.isprintable() or ord(each) > 0x9F for each in fit(text, TERMINAL))
    assert not set(fit(text, TERMINAL)) & set("\n\r\t\x0b\x0c\x1b\x85\u2028\u2029")


@given(st.text())
def test_fitting_twice_changes_nothing(text: str) -> None:
    for target in (NOWHERE, TERMINAL):
        assert fit(fit(text, target), target) == fit(text, target)
