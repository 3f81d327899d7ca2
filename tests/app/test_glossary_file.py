"""Owns the proof that editing the glossary in the window leaves the rest of the file as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictation.app.words.glossary_file import GlossaryFile
from dictation.core.errors import UsageError

WRITTEN = "# my own\nkubectl\tkube cuttle\t酷贝控\tc\tcluster\nGitHub\t\t吉特哈布\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A glossary with a comment, flags and cues."""
    path = tmp_path / "glossary.tsv"
    path.write_text(WRITTEN, encoding="utf-8")
    return path


def text(path: Path) -> list[str]:
    """The lines of a file."""
    return path.read_text(encoding="utf-8").splitlines()


def test_a_term_is_added_at_the_end_and_made_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "glossary.tsv"
    GlossaryFile(path).put("Nginx", ["engine x", "恩静克斯"])
    assert text(path) == ["Nginx\tengine x\t恩静克斯"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_changed_term_keeps_its_place_its_flags_and_the_comments(file: Path) -> None:
    GlossaryFile(file).put("kubectl", ["cube control"], "kubectl")
    assert text(file) == ["# my own", "kubectl\tcube control\t\tc\tcluster", "GitHub\t\t吉特哈布"]


def test_a_renamed_term_takes_the_place_of_the_old_one_and_of_its_namesake(file: Path) -> None:
    GlossaryFile(file).put("GitHub", ["git hub"], "kubectl")
    assert text(file) == ["# my own", "GitHub\tgit hub\t\tc\tcluster"]


def test_a_deleted_term_leaves_the_others(file: Path) -> None:
    GlossaryFile(file).drop("kubectl")
    GlossaryFile(file).drop("never there")
    assert text(file) == ["# my own", "GitHub\t\t吉特哈布"]


@pytest.mark.parametrize("term, said", [("", []), ("!!", []), ("# note", []), ("a" * 65, []), ("fine", ["a|b"])])
def test_what_cannot_be_read_back_is_refused_and_changes_nothing(file: Path, term: str, said: list[str]) -> None:
    with pytest.raises(UsageError):
        GlossaryFile(file).put(term, said)
    assert file.read_text(encoding="utf-8") == WRITTEN


def test_what_is_exported_is_imported_elsewhere(file: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out.tsv", GlossaryFile(tmp_path / "other.tsv")
    assert GlossaryFile(file).give(out) == 2
    other.put("GitHub", ["old"])
    assert other.take(out) == 2
    assert {entry.term: entry.english + entry.chinese for entry in other.entries()} == {
        "GitHub": ("吉特哈布",), "kubectl": ("kube cuttle", "酷贝控"),
    }  # fmt: skip


def test_a_file_that_is_no_glossary_is_refused(file: Path, tmp_path: Path) -> None:
    odd = tmp_path / "picture.png"
    odd.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(UsageError):
        GlossaryFile(file).take(odd)
    (tmp_path / "empty.txt").write_text("# nothing\n")
    with pytest.raises(UsageError):
        GlossaryFile(file).take(tmp_path / "empty.txt")
    assert file.read_text(encoding="utf-8") == WRITTEN
