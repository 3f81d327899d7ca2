"""Owns the tests of the start on a disk that takes nothing: the app begins, and says what it has to do without."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictation.app.start import write_log
from dictation.desktop.store.folders import Places


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    log = logging.getLogger("dictation")
    before = log.handlers[:], log.level, log.propagate
    yield
    log.handlers[:], log.level, log.propagate = before


@pytest.mark.parametrize("what", ["the folder", "the file"])
def test_without_a_log_the_app_begins_and_says_why(
    tmp_path: Path, what: str, capfd: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    if what == "the folder":
        state.write_text("")  # root may write what is read-only, but nobody can make a folder where a file is
    else:
        (state / "log.txt").mkdir(parents=True)
    error = write_log(Places(tmp_path, tmp_path, state, tmp_path))
    assert error is not None and error.code == "log" and str(state / "log.txt") in error.message
    logging.getLogger("dictation").error("this goes nowhere")
    assert capfd.readouterr() == ("", "")


def test_with_a_log_what_goes_wrong_stands_in_it(tmp_path: Path) -> None:
    assert write_log(Places(tmp_path, tmp_path, tmp_path, tmp_path)) is None
    logging.getLogger("dictation").error("this goes there")
    assert "this goes there" in (tmp_path / "log.txt").read_text()
