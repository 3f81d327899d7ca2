"""What is known of the short context outlives the app, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictation.app.take.context_proofs import Proofs

COUNTS = {"short": 9, "fallbacks": 1, "compared": 5, "words": 60, "different": 1}


def test_counts_are_kept_by_model_from_one_start_to_the_next(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    Proofs(file).keep("small", {**COUNTS, "note": "a sentence", "device": "cpu"})
    again = Proofs(file)
    assert again.of("small") == COUNTS
    assert again.of("base") == {}
    assert "sentence" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"small": 3}', '{"small": {"short": "many"}}'])
def test_a_broken_file_begins_anew(tmp_path: Path, text: str) -> None:
    file = tmp_path / "proof.json"
    file.write_text(text)
    proofs = Proofs(file)
    assert proofs.of("small") == {}
    proofs.keep("small", COUNTS)
    assert Proofs(file).of("small") == COUNTS


def test_nothing_new_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    proofs = Proofs(file)
    proofs.keep("small", {"short": 0})
    assert not file.exists()
    proofs.keep("small", COUNTS)
    file.unlink()
    proofs.keep("small", COUNTS)
    assert not file.exists()


def test_without_a_file_the_counts_last_as_long_as_the_app() -> None:
    proofs = Proofs(None)
    proofs.keep("small", COUNTS)
    assert proofs.of("small") == COUNTS
