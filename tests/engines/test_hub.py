"""What a hub says, and what is said of a hub that does not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictation.core.errors import ModelError
from dictation.engines.models import hub as room
from tests.engines.hub import LARGE, Hub

REPOSITORY = "Systran/faster-whisper-tiny"
NEEDED = {"config.json": 20, "model.bin": LARGE + 5, "tokenizer.json": 30, "vocabulary.json": 10}


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DICTATION_HUB", "HF_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def original(tmp_path: Path) -> Path:
    for name, size in {**NEEDED, "README.md": 5, "pytorch_model.bin": 7}.items():
        (tmp_path / name).write_bytes(b"x" * size)
    return tmp_path


@pytest.fixture
def hub(original: Path) -> Iterator[Hub]:
    with Hub({REPOSITORY: original}) as served:
        yield served


def files(address: str) -> list[room.File]:
    with room.told(address, Path("/models/tiny")):
        return room.Repository(address, REPOSITORY, None).files()


def fails(address: str) -> ModelError:
    with pytest.raises(ModelError) as caught:
        files(address)
    return caught.value


def test_only_what_is_needed_is_listed_small_ones_first_with_checksums(hub: Hub, original: Path) -> None:
    found = files(hub.url)
    assert {file.name: file.size for file in found} == NEEDED
    assert found[-1].name == "model.bin"
    for file in found:
        hasher = file.hasher()
        hasher.update((original / file.name).read_bytes())
        assert hasher.hexdigest() == file.digest


@pytest.mark.parametrize("start", [0, 1, LARGE])
def test_a_file_can_be_read_from_anywhere_on(hub: Hub, start: int) -> None:
    repository = room.Repository(hub.url, REPOSITORY, None)
    model = repository.files()[-1]
    with repository.stream(model, start) as (begins, pieces):
        assert begins == start
        assert sum(len(piece) for piece in pieces) == model.size - start


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "hub-refused"), (403, "hub-refused"), (404, "hub-lacks-model"), (429, "hub-busy"), (500, "hub-error")],
)
def test_a_refusal_is_told_with_another_way(hub: Hub, status: int, code: str) -> None:
    hub.faults.status = status
    error = fails(hub.url)
    assert error.code == code
    assert str(status) in error.message
    assert "dictation config set models.hub" in error.remedy
    assert "/models/tiny" in error.remedy


def test_a_repository_the_hub_does_not_have_is_told(hub: Hub) -> None:
    hub.repositories.clear()
    assert fails(hub.url).code == "hub-lacks-model"


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"siblings":' * 100_000, b"{}", b"[1]", b"null", b"\xff"])
def test_a_hub_whose_answer_is_none_is_told(hub: Hub, body: bytes) -> None:
    hub.faults.body = body
    assert fails(hub.url).code in ("hub-strange", "hub-incomplete")


def test_a_hub_that_never_answers_is_given_up(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "METADATA_SECONDS", 0.3)
    hub.faults.silent = True
    error = fails(hub.url)
    assert error.code == "hub-unreachable"
    assert "does not answer" in error.message


def test_a_name_that_does_not_resolve_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = fails("http://hub.invalid")
    assert error.code == "hub-unreachable"
    assert "Name or service not known" in error.message


def test_downloads_switched_off_for_all_huggingface_tools_are_told(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert fails(hub.url).code == "hub-offline"
    assert hub.asked == []


def test_a_login_page_is_not_taken_for_a_hub(hub: Hub) -> None:
    hub.faults.page = True
    assert fails(hub.url).code == "hub-strange"


def test_the_hub_of_these_tests_is_one_that_huggingface_hub_accepts(hub: Hub, original: Path) -> None:
    from huggingface_hub import snapshot_download

    snapshot_download(REPOSITORY, endpoint=hub.url, local_dir=original / "copy", token=False)
    for name in NEEDED:
        assert (original / "copy" / name).read_bytes() == (original / name).read_bytes()


@pytest.mark.parametrize(
    ("zone", "language", "first"),
    [
        ("Europe/Berlin", "zh_CN.UTF-8", "https://huggingface.co"),
        ("Asia/Shanghai", "en_US.UTF-8", "https://hf-mirror.com"),
        ("Asia/Taipei", "zh_TW.UTF-8", "https://huggingface.co"),
    ],
)
def test_without_a_setting_the_usual_hub_and_its_mirror_are_asked_the_nearer_one_first(
    monkeypatch: pytest.MonkeyPatch, zone: str, language: str, first: str
) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setenv("LANG", language)
    found = room.endpoints(" ")
    assert found[0] == first and set(found) == {"https://huggingface.co", "https://hf-mirror.com", room.MODELSCOPE}


def test_an_address_that_somebody_chose_is_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://hf-mirror.com")
    assert room.endpoints(" ") == ("https://hf-mirror.com",)
    assert room.endpoints("http://hub:8000/") == ("http://hub:8000",)
    assert room.endpoints("http://one , http://two:1/") == ("http://one", "http://two:1")


@pytest.mark.parametrize("address", ["hf-mirror.com", "ftp://hub", "http://", "http://hub:port", "http://[::1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ModelError) as caught:
        room.endpoints(address)
    assert caught.value.code == "hub-address"
