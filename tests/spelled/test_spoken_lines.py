"""One table of spoken lines for both doors: what dictation writes of each, and what command mode makes of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from dictation.language.correct import Corrector
from dictation.shell.command_context import Context
from dictation.shell.compose import compose

TABLE = Path(__file__).parent / "cases" / "spoken_lines.tsv"
LINES = [each.split("\t") for each in TABLE.read_text(encoding="utf-8").splitlines() if not each.startswith("#")]
HERE = Context(shell="bash", system="linux", branches=("main",), tools=("ruff",))


@cache
def corrector() -> Corrector:
    """One corrector for all lines: it holds no state."""
    return Corrector(())


def test_the_table_is_of_some_size() -> None:
    assert len(LINES) >= 150


@pytest.mark.parametrize(("said", "dictated", "command"), LINES, ids=[each[0] for each in LINES])
def test_dictation_writes_what_was_spelled(said: str, dictated: str, command: str) -> None:
    assert corrector().apply(said).text == dictated


@pytest.mark.parametrize(("said", "dictated", "command"), LINES, ids=[each[0] for each in LINES])
def test_command_mode_takes_a_whole_command_alone(said: str, dictated: str, command: str) -> None:
    made = compose(said, HERE)
    wanted = dictated if command == "=" else None if command == "-" else command
    assert (made.text if made is not None else None) == wanted
