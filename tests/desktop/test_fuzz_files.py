"""Whatever stands in our files: settings, glossary and history are read, or set aside and said; nothing is raised."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.app.words.word_rules import WordRules
from dictation.core.errors import DictationError, StorageError
from dictation.core.said import HistoryEntry
from dictation.core.settings import Settings, get, options
from dictation.desktop.store import settings_file
from dictation.desktop.store.history_store import SqliteHistory

KEYS = [each.key for each in options()]
SINGLE = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=30) | st.dates()
WRITABLE = SINGLE.filter(lambda value: value is not None) | st.lists(st.integers(0, 9), max_size=2)

LINES = [b"Grafana\tgraph anna", b"\t\t\t", b"{0}\t%s\t$HOME"]
CHANGES = st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=40)), max_size=8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def as_good_as_new(read: Settings) -> bool:
    """Every value is one that its setting may have."""
    for each in options():
        value = get(read, each.key)
        if type(value) is not each.kind and not (each.kind is float and type(value) in (int, float)):
            return False
        if each.choices and value not in each.choices:
            return False
    return True


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_for_settings_give_settings(folder: Path, content: bytes) -> None:
    path = folder / "any.toml"
    path.write_bytes(content)
    read, wrong = settings_file.load(path)
    assert as_good_as_new(read)
    kept = path if path.exists() else max(folder.glob("any.toml.broken*"), key=lambda each: each.stat().st_mtime_ns)
    assert kept.read_bytes() == content
    assert path.exists() or wrong
    for each in folder.glob("any.toml*"):
        each.unlink()


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), WRITABLE, max_size=6))
def test_any_values_for_settings_are_taken_or_named(folder: Path, values: dict[str, object]) -> None:
    document = tomlkit.document()
    for key, value in values.items():
        section, name = key.split(".")
        part = document.setdefault(section, tomlkit.table())
        try:
            part[name] = value
        except ValueError:  # what TOML itself cannot hold
            continue
    path = folder / "values.toml"
    path.write_text(tomlkit.dumps(document), encoding="utf-8", errors="replace")
    read, wrong = settings_file.load(path)
    assert as_good_as_new(read)
    assert all(isinstance(each, DictationError) and each.remedy for each in wrong)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.binary(max_size=40) | st.sampled_from([b"Grafana\tgraph anna", b"\t\t\t", b"{0}\t%s\t$HOME"]), max_size=6
    )
)
def test_any_bytes_for_a_glossary_leave_text_a_text(folder: Path, lines: list[bytes]) -> None:
    path = folder / "glossary.tsv"
    path.write_bytes(b"\n".join(lines))
    told: list[DictationError] = []
    draft = WordRules(path, told.append).correct(Settings(), "deploy the graph anna now", "en")
    assert draft.heard == "deploy the graph anna now" and draft.text
    assert path.read_bytes() == b"\n".join(lines)


@settings(max_examples=60, deadline=None)
@given(CHANGES, st.integers(0, 2**20))
def test_a_history_changed_anywhere_is_read_or_set_aside(
    folder: Path, changes: list[tuple[int, bytes]], cut: int
) -> None:
    model = folder / "model.sqlite"
    if not model.exists():
        history = SqliteHistory(model)
        for at in range(60):
            history.add(HistoryEntry(float(at), "inserted", f"用 Kubernetes 部署 number {at}", recording=f"r{at}"))
        history.close()
    place = folder / "changed"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    content = bytearray(model.read_bytes())
    for at, piece in changes:
        at %= len(content)
        content[at : at + len(piece)] = piece
    if cut % 3 == 0:
        del content[cut % len(content) :]
    (place / "h.sqlite").write_bytes(content)
    told: list[DictationError] = []
    history = SqliteHistory(place / "h.sqlite", told.append)
    for ask in (
        history.find,
        history.check,
        lambda: history.add(HistoryEntry(1.0, "inserted", "words", recording="new")),
    ):
        try:
            ask()
        except StorageError as error:
            assert error.remedy  # a newer version, as it seems
    for words in ("number", "部署"):
        try:
            history.find(words)
        except StorageError as error:
            assert error.remedy
    history.close()
    assert (place / "h.sqlite").exists()
