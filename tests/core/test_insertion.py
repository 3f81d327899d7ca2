"""What may reach a cursor, and how it is taken back."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.errors import InsertError
from dictation.core.insertion import erase, fit, gap, plan, swap
from dictation.core.sections import InsertSettings
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE, Erase, Paste, Target, Type

TERMINAL = Target(app="xterm", terminal=True)
REMOTE = Target(app="xfreerdp")


def wishing(**wishes: str) -> Settings:
    return dataclasses.replace(Settings(), insert=InsertSettings(**wishes))  # type: ignore[arg-type]


def test_text_is_pasted_unless_the_user_wants_typing() -> None:
    assert plan("ls", NOWHERE, Settings()) == (Paste("ls"),)
    assert plan("ls", NOWHERE, wishing(method="type")) == (Type("ls"),)
    assert plan("x" * 1000, NOWHERE, wishing(method="type")) == (Paste("x" * 1000),)


def test_an_empty_text_moves_nothing() -> None:
    assert plan("", NOWHERE, Settings()) == plan("\x00", NOWHERE, Settings()) == ()


def test_another_machine_is_sent_keys_and_never_a_paste_instead() -> None:
    assert plan("ls\nrm", REMOTE, Settings()) == (Type("ls rm", only=True),)
    assert plan("x" * 1000, REMOTE, Settings()) == (Type("x" * 1000, only=True),)
    assert plan("ls", REMOTE, wishing(methods="xfreerdp=paste")) == (Paste("ls"),)


def test_a_program_pastes_with_the_key_the_user_named() -> None:
    assert plan("hi", Target(app="Emacs"), wishing(methods="emacs=ctrl+v")) == (Paste("hi", "ctrl+v"),)


@pytest.mark.parametrize("where", [Target(app="pinentry-gtk-2"), Target(app="Pinentry-Qt")])
def test_nothing_is_put_into_a_password_prompt(where: Target) -> None:
    for wishes in (Settings(), wishing(method="type"), wishing(method="paste")):
        with pytest.raises(InsertError) as caught:
            plan("secret", where, wishes)
        assert caught.value.code == "password-field"


def test_an_editor_gets_its_lines_and_a_terminal_gets_one() -> None:
    assert fit("one\r\ntwo\tthree\n", NOWHERE) == "one\ntwo\tthree\n"
    assert fit("one\r\ntwo\tthree\n", TERMINAL) == "one two three"
    assert fit("one\ntwo\tthree", REMOTE) == "one two three"


@given(st.text(), st.sampled_from([TERMINAL, REMOTE]))
def test_a_terminal_never_gets_a_line_end_or_a_control_character(text: str, where: Target) -> None:
    assert all(each.isprintable() or ord(each) > 0x9F for each in fit(text, where))
    assert not set(fit(text, where)) & set("\n\r\t\x0b\x0c\x1b\x85\u2028\u2029")


@given(st.text())
def test_fitting_twice_changes_nothing(text: str) -> None:
    for target in (NOWHERE, TERMINAL):
        assert fit(fit(text, target), target) == fit(text, target)


@pytest.mark.parametrize("text", ["git status", "把这个函数改成异步的。", "naïve 🎉 𠮷野家\n\t“quotes”"])
def test_each_plain_character_takes_one_backspace(text: str) -> None:
    assert erase(text) == (Erase(len(text)),)


@pytest.mark.parametrize(
    "text", ["👩‍💻", "🇨🇳", "👍🏽", "❤️", "1️⃣", "cafe\u0301", "葛\U000e0100", "ที่", "क्षि", "\u1112\u1161\u11ab"]
)
def test_a_character_of_several_parts_is_not_taken_back_by_guessing(text: str) -> None:
    with pytest.raises(InsertError) as caught:
        erase(f"so {text}")
    assert caught.value.code == "not-countable"


def test_only_what_differs_is_swapped() -> None:
    assert swap("git 状态。", "git 状态", NOWHERE, Settings()) == (Erase(1),)
    assert swap("use Redis", "use radish", NOWHERE, Settings()) == (Erase(5), Paste("radish"))
    assert swap("same", "same", NOWHERE, Settings()) == ()


PLAIN = st.text(st.sampled_from("ab c好。1"))
ANY = st.text(st.sampled_from("ab好e\u0301👍🏽"))


@given(PLAIN, ANY)
def test_a_swap_leaves_exactly_what_was_wanted(shown: str, wanted: str) -> None:
    stands = shown
    for move in swap(shown, wanted, NOWHERE, Settings()):
        if isinstance(move, Erase):
            stands = stands[: len(stands) - move.count]
        else:
            assert isinstance(move, Paste)
            stands += move.text
    assert stands == wanted


@pytest.mark.parametrize(
    ("before", "text", "space"),
    [
        ("of the week.", "We must find", " "), ("git", "status", " "), ("(see above)", "then", " "),
        ("at 3", "pm", " "),
        ("Really?", "Yes", " "), ("done:", "`ls`", " "), ("and", "(maybe)", " "), ("He said", "“no”", " "),
        ("今天的会", "很长", ""), ("用 Kubernetes", "部署", ""), ("部署到", "Kubernetes", ""), ("好的。", "Then", ""),
        ("ok", "，好", ""), ("ＡＢＣ", "abc", ""),
        ("a line\n", "Next", ""), ("a tab\t", "x", ""), ("a space ", "x", ""), ("", "First", ""),
        ("src/", "main.py", ""), ("(", "x", ""), ("foo_", "bar", ""), ("user@", "host", ""), ("“", "quoted", ""),
        ("well", ", then", ""), ("well", ".", ""), ("well", "\nnext", ""), ("well", " spaced", ""), ("well", "", ""),
    ],
)  # fmt: skip
def test_a_space_stands_between_latin_texts_and_nowhere_else(before: str, text: str, space: str) -> None:
    assert gap(before, text, "auto") == gap(before, text, "always") == space
    assert gap(before, text, "never") == ""


def test_where_it_is_not_known_what_stands_there_only_always_puts_a_space() -> None:
    assert (gap(None, "Then", "auto"), gap(None, "Then", "always"), gap(None, "然后", "always")) == ("", " ", "")


@given(st.text(max_size=6), st.text(max_size=6))
def test_there_is_never_more_than_one_space_and_none_where_there_is_one(before: str, text: str) -> None:
    space = gap(before, text, "auto")
    assert space in ("", " ")
    assert not space or not (before[-1].isspace() or text[0].isspace())
