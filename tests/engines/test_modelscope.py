"""ModelScope is asked in its own way, and what comes from it is checked like everything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dictation.core.errors import ModelError
from dictation.engines.models import catalog, download
from dictation.engines.models import hub as hubs
from tests.engines.hub import Hub

NAME = catalog.find("tiny").modelscope
HEAD = b"\6\0\0\0\x0c\0WhisperSpec\0"


@pytest.fixture
def scope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    directory = tmp_path / "original"
    directory.mkdir()
    for name in ("config.json", "tokenizer.json", "vocabulary.txt", "README.md"):
        (directory / name).write_text("{}")
    (directory / "model.bin").write_bytes(HEAD + bytes(range(200)) * 5000)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Hub({NAME: directory}) as served:
        monkeypatch.setattr(hubs, "MODELSCOPE", served.url)
        monkeypatch.setattr(download, "PAUSE_SECONDS", 0.01)
        yield served


def test_a_model_comes_from_modelscope_under_its_name_there(scope: Hub, tmp_path: Path) -> None:
    place = download.get("tiny", tmp_path / "models", scope.url, lambda *_: True)
    original = scope.repositories[NAME]
    for name in ("config.json", "tokenizer.json", "vocabulary.txt", "model.bin"):
        assert (place / name).read_bytes() == (original / name).read_bytes()
    assert not (place / "README.md").exists()
    assert all("authorization" not in each.headers for each in scope.asked)


def test_it_is_asked_when_the_hub_before_it_fails(scope: Hub, tmp_path: Path) -> None:
    with Hub({}) as empty:
        assert download.get("tiny", tmp_path / "models", f"{empty.url},{scope.url}", lambda *_: True).is_dir()


def test_a_model_that_it_is_not_known_to_have_is_not_asked_for_there(scope: Hub, tmp_path: Path) -> None:
    with Hub({}) as empty, pytest.raises(ModelError) as caught:
        download.get("somebody/other", tmp_path / "models", f"{empty.url},{scope.url}", lambda *_: True)
    assert caught.value.code == "hub-lacks-model" and not scope.asked


def test_changed_bytes_are_refused(scope: Hub, tmp_path: Path) -> None:
    scope.faults.wrong = True
    with pytest.raises(ModelError) as caught:
        download.get("tiny", tmp_path / "models", scope.url, lambda *_: True)
    assert caught.value.code == "download-wrong"


def test_an_answer_that_is_no_list_is_told(scope: Hub, tmp_path: Path) -> None:
    scope.faults.body = b'{"Code": 10010205001}'
    with pytest.raises(ModelError) as caught:
        download.get("tiny", tmp_path / "models", scope.url, lambda *_: True)
    assert caught.value.code == "hub-strange"
