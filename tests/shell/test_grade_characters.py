"""What may stand at a prompt: nothing that a terminal obeys, nothing that reads like something else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dictation.core.errors import CommandError
from dictation.shell.guard.characters import LONGEST, fit, problems

HARMFUL = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    "command",
    [
        "ls -la",
        "echo 你好 > 报告.txt",
        'git commit -m "修复：登录 — “错误”"',
        "echo 'привет мир'",
        "ls ✅ ✔️",
        "echo 'naïve café'",
        "printf 'm²'",
        "cat 日本語.md",
    ],
)
def test_ordinary_text_stays_as_it_is(command: str) -> None:
    assert fit(command) == command and problems(command) == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("echo hi\x1b[201~\nrm", "control-character"),
        ("ls\nrm x", "several-lines"),
        ("ls\rrm x", "several-lines"),
        ("ls\u2028rm x", "several-lines"),
        ("ls\x9b201~", "control-character"),
        ("ls\x7f", "control-character"),
        ("cd src\t", "tab"),
        ("git\u200b status", "invisible-character"),
        ("ls \U000e0072\U000e006d", "invisible-character"),
        ("ls \u3164", "invisible-character"),
        ("echo \u202erm", "text-direction"),
        ("ls\u00a0-la", "odd-space"),
        ("еcho done", "look-alike"),
        ("ср a b", "look-alike"),
        ("curl https://аpple.com", "look-alike"),
        ("git commit —amend", "look-alike"),
        ("ls \u037e rm x", "look-alike"),
        ("ls \u1fefid\u1fef", "look-alike"),
        ("𝐫𝐦 x", "look-alike"),
        ("echo “x”", "look-alike"),
        ("ls -l\u0336a", "look-alike"),
        ("ls" + " " * 50 + "; rm x", "padding"),
    ],
)
def test_what_deceives_or_is_obeyed_is_refused(said: str, code: str) -> None:
    assert code in [each.code for each in problems(said)]
    with pytest.raises(CommandError):
        fit(said)


def test_full_width_signs_are_folded_outside_quotes_only() -> None:
    assert fit("ｌｓ　－ｌ｜ｗｃ") == "ls -l|wc"
    assert fit("echo '你好，世界！'") == "echo '你好，世界！'"


def test_letters_are_composed() -> None:
    assert fit("echo cafe\u0301") == "echo café"


def test_a_command_that_cannot_be_looked_over_is_refused() -> None:
    with pytest.raises(CommandError, match="longer"):
        fit("a" * (LONGEST + 1))


def test_nothing_is_no_command() -> None:
    with pytest.raises(CommandError):
        fit("  ")


def test_curly_quotes_are_quotes_in_powershell_and_are_refused_there() -> None:
    with pytest.raises(CommandError):
        fit('echo "a “ b"', "powershell")


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=40))
@example("\u0301")
@example("a\u0301\u0301\u0301")
@example("＂ａ")
@example("\ufe0f")
def test_what_passes_is_clean_and_passes_again(text: str) -> None:
    try:
        out = fit(text)
    except CommandError:
        return
    assert out == unicodedata.normalize("NFC", out) and fit(out) == out and 0 < len(out) <= LONGEST
    assert not any(unicodedata.category(each) in HARMFUL for each in out)
    assert not any(unicodedata.category(each) == "Zs" and each != " " for each in out)
