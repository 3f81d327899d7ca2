"""A model comes whole or not at all, over any network."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from dictation.core.errors import ModelError, StorageError
from dictation.engines.models import catalog, download
from tests.engines.hub import PIECE, Hub
from tests.patience import SOON

REPOSITORY = "Systran/faster-whisper-tiny"
SIZE = 3_000_000
HEAD = b"\6\0\0\0\x0c\0WhisperSpec\0"
"""How CTranslate2 begins a Whisper model."""
NEEDED = {"config.json", "model.bin", "tokenizer.json", "vocabulary.txt"}


@pytest.fixture(autouse=True)
def alone_with_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DICTATION_HUB", "HF_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HF_TOKEN", "hf_" + "secret" * 5)
    monkeypatch.setattr(download, "PAUSE_SECONDS", 0.01)


@pytest.fixture
def original(tmp_path: Path) -> Path:
    directory = tmp_path / "original"
    directory.mkdir()
    (directory / "config.json").write_text('{"lang_ids": []}')
    for name in ("tokenizer.json", "vocabulary.txt", "README.md"):
        (directory / name).write_text(f"this is {name}")
    body = bytes(range(251)) * (SIZE // 251) + bytes(SIZE % 251)
    (directory / "model.bin").write_bytes(HEAD + body[len(HEAD) :])
    return directory


@pytest.fixture
def hub(original: Path) -> Iterator[Hub]:
    with Hub({REPOSITORY: original}) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


class Watch:
    """Remembers what the progress was, and stops where told."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.seen: list[tuple[int, int]] = []
        self.stop_at = stop_at

    def __call__(self, done: int, total: int) -> bool:
        self.seen.append((done, total))
        return self.stop_at is None or done < self.stop_at


def get(hub: Hub, folder: Path, watch: Callable[[int, int], bool] | None = None) -> Path:
    return download.get("tiny", folder, hub.url, watch or Watch())


def fails(hub: Hub, folder: Path, watch: Callable[[int, int], bool] | None = None) -> ModelError:
    with pytest.raises(ModelError) as caught:
        get(hub, folder, watch)
    assert not (folder / "tiny").exists(), "a half model could be loaded"
    assert caught.value.remedy
    return caught.value


def same(original: Path, place: Path) -> bool:
    names = {each.name for each in place.iterdir()}
    return names == NEEDED and all((place / n).read_bytes() == (original / n).read_bytes() for n in names)


def begins(hub: Hub) -> list[int]:
    """First byte of every request for the model's bytes."""
    return [each.begin for each in hub.asked if each.path.startswith("/store/")]


def test_a_model_comes_with_the_needed_files_and_nothing_else(hub: Hub, original: Path, folder: Path) -> None:
    place = get(hub, folder)
    assert place == folder / "tiny" == catalog.where("tiny", folder)
    assert same(original, place)
    assert not (folder / "tiny.part").exists()


def test_progress_grows_from_nothing_to_the_total(hub: Hub, original: Path, folder: Path) -> None:
    watch = Watch()
    get(hub, folder, watch)
    done = [each for each, _ in watch.seen]
    total = sum((original / name).stat().st_size for name in NEEDED)
    assert done[0] == 0
    assert done == sorted(done)
    assert watch.seen[-1] == (total, total)
    assert {each for _, each in watch.seen} == {total} and len(done) > 10


def test_what_is_there_is_not_asked_for_at_all(hub: Hub, folder: Path) -> None:
    get(hub, folder)
    hub.stop()
    assert get(hub, folder) == folder / "tiny"


def test_after_a_break_only_the_rest_is_asked_for(hub: Hub, original: Path, folder: Path) -> None:
    hub.faults.break_at = 1_234_567
    error = fails(hub, folder)
    assert error.code == "hub-unreachable"
    assert begins(hub) == [0] + [1_234_567] * download.ATTEMPTS
    hub.asked.clear()
    hub.faults.break_at = None
    watch = Watch()
    assert same(original, get(hub, folder, watch))
    assert begins(hub) == [1_234_567]
    assert watch.seen[0][0] > 1_234_567
    assert [each.path for each in hub.asked if each.path.endswith("tokenizer.json")] == []


def test_a_network_that_stumbles_does_not_fail_the_download(hub: Hub, original: Path, folder: Path) -> None:
    hub.faults.break_at = 500_000

    def mend(done: int, total: int) -> bool:
        if done >= 500_000:
            hub.faults.break_at = None
        return True

    assert same(original, get(hub, folder, mend))
    assert begins(hub) == [0, 500_000]


def test_a_hub_without_ranges_sends_all_again_and_nothing_is_doubled(hub: Hub, original: Path, folder: Path) -> None:
    hub.faults.break_at = 2 * PIECE + 17
    fails(hub, folder)
    hub.faults.break_at, hub.faults.no_ranges = None, True
    watch = Watch()
    assert same(original, get(hub, folder, watch))
    done = [each for each, _ in watch.seen]
    assert done == sorted(done)


def test_wrong_bytes_are_refused_deleted_and_named(hub: Hub, original: Path, folder: Path) -> None:
    hub.faults.wrong = True
    error = fails(hub, folder)
    assert error.code == "download-wrong"
    assert "model.bin" in error.message
    assert not list((folder / "tiny.part").glob("model.bin*"))
    hub.faults.wrong = False
    assert same(original, get(hub, folder))


def test_a_wrong_small_file_is_refused_too(
    hub: Hub, original: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.engines.hub._blob", lambda file: "0" * 40)
    assert fails(hub, folder).code == "download-wrong"


def test_a_beginning_that_was_damaged_on_the_disk_is_noticed(hub: Hub, original: Path, folder: Path) -> None:
    hub.faults.break_at = 1_000_000
    fails(hub, folder)
    (beginning,) = (folder / "tiny.part").glob("model.bin.*")
    beginning.write_bytes(b"x" + beginning.read_bytes()[1:])
    hub.faults.break_at = None
    assert fails(hub, folder).code == "download-wrong"
    assert same(original, get(hub, folder))


def test_a_newer_version_on_the_hub_is_not_glued_to_an_older_beginning(hub: Hub, original: Path, folder: Path) -> None:
    hub.faults.break_at = 1_000_000
    fails(hub, folder)
    (original / "model.bin").write_bytes(HEAD + bytes(SIZE - len(HEAD)))
    hub.faults.break_at = None
    assert same(original, get(hub, folder))


def test_stopping_keeps_what_came_and_going_on_asks_for_the_rest(hub: Hub, original: Path, folder: Path) -> None:
    error = fails(hub, folder, Watch(stop_at=1_000_000))
    assert error.code == "download-stopped"
    (beginning,) = (folder / "tiny.part").glob("model.bin.*")
    kept = beginning.stat().st_size
    assert kept >= 900_000
    hub.asked.clear()
    assert same(original, get(hub, folder))
    assert begins(hub) == [kept]


def test_stopping_a_slow_download_takes_effect_at_once(hub: Hub, folder: Path) -> None:
    hub.faults.bytes_per_second = 200_000
    began = time.monotonic()
    assert fails(hub, folder, Watch(stop_at=100_000)).code == "download-stopped"
    assert time.monotonic() - began < SOON


def test_a_hub_that_is_down_is_told_within_seconds(hub: Hub, folder: Path) -> None:
    hub.stop()
    began = time.monotonic()
    error = fails(hub, folder)
    assert time.monotonic() - began < SOON
    assert error.code == "hub-unreachable"
    assert hub.url in error.message
    assert "dictation config set models.hub" in error.remedy
    assert str(folder / "tiny") in error.remedy


def test_a_store_that_fails_is_told_like_the_hub(hub: Hub, folder: Path) -> None:
    hub.faults.store_status = 503
    assert fails(hub, folder).code == "hub-error"
    assert len(begins(hub)) == 1


def test_a_repository_without_a_tokenizer_is_refused_before_anything_large_comes(
    hub: Hub, original: Path, folder: Path
) -> None:
    (original / "tokenizer.json").unlink()
    error = fails(hub, folder)
    assert error.code == "hub-incomplete"
    assert "tokenizer.json" in error.message
    assert begins(hub) == []


def test_a_full_disk_is_told_before_the_download_with_how_much_is_missing(
    hub: Hub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    error = fails(hub, folder)
    assert error.code == "disk-full"
    assert "2 MB more than are free" in error.message
    assert begins(hub) == []


def test_a_disk_that_fills_up_meanwhile_is_told_as_full(
    hub: Hub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert fails(hub, folder).code == "disk-full"


def test_a_folder_that_cannot_be_written_is_a_storage_error(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as caught:
        get(hub, tmp_path / "file" / "models")
    assert "models.folder" in caught.value.remedy


def test_two_at_once_make_one_download(hub: Hub, original: Path, folder: Path) -> None:
    hub.faults.bytes_per_second = 1_000_000
    under_way, results = threading.Event(), []

    def announce(done: int, total: int) -> bool:
        under_way.set()
        return True

    first = threading.Thread(target=lambda: results.append(get(hub, folder, announce)))
    first.start()
    assert under_way.wait(10)
    assert fails(hub, folder).code == "model-busy"
    with pytest.raises(ModelError, match="being downloaded"):
        catalog.remove("tiny", folder)
    first.join(30)
    assert results == [folder / "tiny"]
    assert same(original, folder / "tiny")
    assert begins(hub) == [0]


def test_an_incomplete_model_is_not_touched_but_told(hub: Hub, folder: Path) -> None:
    get(hub, folder)
    (folder / "tiny" / "tokenizer.json").unlink()
    with pytest.raises(ModelError) as caught:
        get(hub, folder)
    assert caught.value.code == "model-incomplete"
    assert "dictation models remove tiny" in caught.value.remedy
    catalog.remove("tiny", folder)
    assert not catalog.missing(get(hub, folder))


def test_another_endpoint_hears_no_token_and_nothing_of_this_machine(hub: Hub, folder: Path) -> None:
    download.get("tiny", folder, hub.url, Watch(), token="hf_given")
    assert hub.asked
    for asked in hub.asked:
        assert "authorization" not in asked.headers
        assert asked.headers["user-agent"].startswith("dictation/")
        assert "python" not in asked.headers["user-agent"]
        assert "hf_" not in str(asked.headers)


def test_the_environment_names_the_hub_before_the_setting_does(
    hub: Hub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DICTATION_HUB", hub.url + "/")
    assert download.get("tiny", folder, "http://127.0.0.1:9", Watch()) == folder / "tiny"


def test_any_repository_of_the_needed_form_can_be_had_by_its_name(original: Path, folder: Path) -> None:
    with Hub({"somebody/whisper-of-mine": original}) as hub:
        place = download.get("somebody/whisper-of-mine", folder, hub.url, Watch())
    assert same(original, place) and place == catalog.where("somebody/whisper-of-mine", folder)
    assert catalog.installed(folder)["somebody/whisper-of-mine"] == place
    assert (catalog.find("somebody/whisper-of-mine"), True) in catalog.offered(folder)
    assert catalog.choose("somebody/whisper-of-mine", folder, "auto", cuda=False)[1] == "somebody/whisper-of-mine"
    catalog.remove("somebody/whisper-of-mine", folder)
    assert not place.exists() and not [each for each in folder.iterdir() if not each.name.endswith(".lock")]


def test_what_came_from_where_is_written_down_with_its_checksums(hub: Hub, original: Path, folder: Path) -> None:
    get(hub, folder)
    written = json.loads(catalog.record(catalog.find("tiny"), folder).read_text())
    assert written["address"] == hub.url and written["repository"] == REPOSITORY and set(written["files"]) == NEEDED
    digest = hashlib.sha256((original / "model.bin").read_bytes()).hexdigest()
    assert written["files"]["model.bin"] == {"size": SIZE, "digest": digest}


def test_a_repository_that_holds_another_kind_of_model_is_refused_and_leaves_nothing(
    original: Path, folder: Path
) -> None:
    (original / "model.bin").write_bytes(b"\6\0\0\0\x10\0TransformerSpec\0" + bytes(SIZE))
    with Hub({REPOSITORY: original}) as hub:
        error = fails(hub, folder)
    assert error.code == "model-shape"
    assert not (folder / "tiny.part").exists()


@pytest.mark.parametrize("fault", [{"status": 503}, {"status": 404}, {"page": True}, {"wrong": True}])
def test_when_one_hub_fails_the_next_is_asked(
    hub: Hub, original: Path, folder: Path, fault: dict[str, int | bool]
) -> None:
    with Hub({REPOSITORY: original}) as second:
        for name, value in fault.items():
            setattr(hub.faults, name, value)
        place = download.get("tiny", folder, f"{hub.url}, {second.url}", Watch())
        assert same(original, place) and second.asked and hub.asked


def test_what_one_hub_began_the_next_one_completes(hub: Hub, original: Path, folder: Path) -> None:
    with Hub({REPOSITORY: original}) as second:
        hub.faults.break_at = 1_000_000
        download.get("tiny", folder, f"{hub.url},{second.url}", Watch())
        assert begins(second) and begins(second)[0] > 0


def test_a_download_that_the_user_stops_is_not_begun_elsewhere(hub: Hub, original: Path, folder: Path) -> None:
    with Hub({REPOSITORY: original}) as second:
        with pytest.raises(ModelError) as caught:
            download.get("tiny", folder, f"{hub.url},{second.url}", Watch(stop_at=1))
        assert caught.value.code == "download-stopped" and not second.asked
