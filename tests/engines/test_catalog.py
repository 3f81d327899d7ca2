"""Which models there are, which are on the disk, and which one is taken."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dictation.core.errors import ModelError, UsageError
from dictation.engines.models import catalog
from dictation.engines.models.catalog import (
    NO_MODEL,
    Model,
    choose,
    find,
    installed,
    missing,
    models_folder,
    remove,
    where,
)


def make(directory: Path, languages: int = 99, without: str = "") -> Path:
    """A directory that looks like a CTranslate2 Whisper model."""
    directory.mkdir(parents=True)
    (directory / "config.json").write_text(json.dumps({"lang_ids": list(range(languages))}))
    for name in ("model.bin", "tokenizer.json", "vocabulary.txt"):
        (directory / name).write_text("{}")
    if without:
        (directory / without).unlink()
    return directory


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture(autouse=True)
def with_mini(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shipped mini model that is there whatever this checkout holds; the catalog is the real one."""
    real = catalog.shipped("models", "catalog.toml")
    mini = make(tmp_path / "shipped" / "models" / "mini")
    monkeypatch.setattr(
        catalog, "shipped", lambda *parts: real if parts[-1] == "catalog.toml" else tmp_path.joinpath("shipped", *parts)
    )
    return mini


def refused(name: str, folder: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        where(name, folder)
    return caught.value


def test_every_entry_says_what_a_user_needs_to_choose() -> None:
    names = [model.name for model in catalog.catalog()]
    assert len(names) == len(set(names))
    for model in catalog.catalog():
        assert model.label and model.licence and model.good_for.endswith(".") and model.recommended_for
        assert model.ram_mb > 0
        assert model.shipped != bool(model.repository)
        assert set(model.languages) in ({"multi"}, {"en"}, {"zh", "en"})
        assert model.english_only == (model.name.endswith(".en") or model.name.startswith("distil"))


def test_repositories_are_those_that_faster_whisper_itself_uses() -> None:
    from faster_whisper.utils import _MODELS

    for model in catalog.catalog():
        if not model.shipped:
            assert model.repository == _MODELS.get(model.name, model.repository)


def test_every_order_names_every_model_it_may_and_not_the_self_test_model() -> None:
    every = {model.name for model in catalog.catalog() if not model.shipped}
    for order in catalog._declared()["order"].values():
        assert set(order["en"]) == every
        assert set(order["any"]) == {
            model.name for model in catalog.catalog() if not model.english_only and not model.shipped
        }
        for names in order.values():
            assert len(names) == len(set(names))


def test_looking_at_the_catalog_loads_nothing_heavy() -> None:
    code = (
        "import sys; from dictation.engines.models import catalog; catalog.catalog();"
        "print([n for n in ('numpy', 'huggingface_hub', 'faster_whisper', 'filelock') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_gets_the_nearest_one(folder: Path) -> None:
    error = refused("smal", folder)
    assert error.code == "unknown-model"
    assert "Did you mean small?" in error.remedy
    assert "large-v3-turbo" in refused("turbo", folder).remedy
    assert "Did you mean" not in refused("", folder).remedy
    assert not isinstance(error, UsageError)


def test_a_known_model_that_is_not_here_says_how_to_get_it(folder: Path) -> None:
    error = refused("small", folder)
    assert error.code == "model-not-installed"
    assert "dictation models get small" in error.remedy


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    make(folder / "small", without=name)
    error = refused("small", folder)
    assert error.code == "model-incomplete"
    assert name in error.message
    assert "small" not in installed(folder)


def test_an_empty_file_counts_as_missing(folder: Path) -> None:
    (make(folder / "small") / "model.bin").write_text("")
    assert missing(folder / "small") == ["model.bin"]


def test_the_vocabulary_may_be_json_or_text(folder: Path) -> None:
    place = make(folder / "small")
    (place / "vocabulary.txt").rename(place / "vocabulary.json")
    assert missing(place) == []
    (place / "vocabulary.json").unlink()
    assert missing(place) == ["vocabulary.json"]


def test_only_a_model_of_128_mels_needs_its_preprocessor_configuration(folder: Path) -> None:
    place = make(folder / "large-v3", languages=100)
    assert missing(place) == ["preprocessor_config.json"]
    (place / "preprocessor_config.json").write_text("{}")
    assert missing(place) == []


@pytest.mark.parametrize("content", ["", "not json", "[]", '{"lang_ids": null}', "\xff"])
def test_a_broken_configuration_is_no_crash(folder: Path, content: str) -> None:
    (make(folder / "small") / "config.json").write_bytes(content.encode("latin-1"))
    assert missing(folder / "small") in ([], ["config.json"])


def test_any_directory_with_a_model_can_be_used_by_its_path_or_by_name_in_the_folder(
    folder: Path, tmp_path: Path
) -> None:
    mine = make(tmp_path / "mine")
    assert where(str(mine), folder) == mine
    kept = make(folder / "our-own")
    assert where("our-own", folder) == kept
    assert list(installed(folder)) == ["mini", "our-own"]


def test_a_download_under_way_is_not_installed(folder: Path) -> None:
    make(folder / "small.part")
    make(folder / "base")
    (folder / ".small.lock").write_text("")
    assert list(installed(folder)) == ["mini", "base"]


def test_where_nothing_is_kept_yet_only_mini_is_installed(folder: Path, with_mini: Path) -> None:
    assert installed(folder) == {"mini": with_mini}


@pytest.mark.parametrize(
    ("have", "language", "cuda", "chosen"),
    [
        (["tiny", "base", "small", "medium"], "auto", False, "small"),
        (["small", "large-v3-turbo"], "zh", False, "small"),
        (["small", "large-v3-turbo"], "zh", True, "large-v3-turbo"),
        (["base", "medium"], "auto", False, "medium"),
        (["base", "medium"], "en", False, "base"),
        (["small", "small.en"], "en", False, "small.en"),
        (["small.en", "tiny"], "auto", False, "tiny"),
        (["my-own", "tiny"], "auto", False, "tiny"),
        (["my-own"], "zh", True, "my-own"),
    ],
)
def test_auto_takes_the_best_that_is_here(
    folder: Path, have: list[str], language: str, cuda: bool, chosen: str
) -> None:
    for name in have:
        make(folder / name)
    place, name = choose("auto", folder, language, cuda)
    assert name == chosen
    assert place == where(chosen, folder)


def test_auto_passes_over_an_incomplete_model(folder: Path) -> None:
    make(folder / "small", without="model.bin")
    make(folder / "base")
    assert choose("auto", folder, "auto", False)[1] == "base"


def test_a_model_chosen_by_hand_is_taken_as_it_is(folder: Path) -> None:
    make(folder / "tiny")
    make(folder / "small")
    assert choose("tiny", folder, "auto", True) == (folder / "tiny", "tiny")
    with pytest.raises(ModelError):
        choose("medium", folder, "auto", False)


@pytest.mark.parametrize(
    ("have", "language", "proposed"), [([], "auto", "small"), (["small.en"], "zh", "small"), ([], "en", "small.en")]
)
def test_the_self_test_model_is_taken_by_its_name_alone_and_else_a_download_is_proposed(
    folder: Path, with_mini: Path, have: list[str], language: str, proposed: str
) -> None:
    for name in have:
        make(folder / name)
    with pytest.raises(ModelError) as caught:
        choose("auto", folder, language, False)
    assert caught.value.code == NO_MODEL
    assert f"dictation models get {proposed}`" in caught.value.remedy
    assert choose("mini", folder, language, False) == (with_mini, "mini")


def test_a_broken_self_test_model_says_how_to_get_a_real_one(folder: Path, with_mini: Path) -> None:
    (with_mini / "model.bin").unlink()
    with pytest.raises(ModelError, match="incomplete") as caught:
        choose("mini", folder, "auto", False)
    assert "dictation models get small" in caught.value.remedy


def test_removing_deletes_the_model_and_what_a_stopped_download_left(folder: Path) -> None:
    make(folder / "small")
    make(folder / "small.part")
    kept = make(folder / "small.en")
    remove("small", folder)
    assert [each.name for each in folder.iterdir() if each.is_dir()] == [kept.name]
    with pytest.raises(ModelError) as caught:
        remove("small", folder)
    assert caught.value.code == "model-not-installed"


def test_removing_touches_nothing_of_the_users_own(folder: Path, tmp_path: Path, with_mini: Path) -> None:
    mine = make(tmp_path / "mine")
    make(folder / "our-own")
    for name in (str(mine), "our-own", "mini", "..", "../mine", ""):
        with pytest.raises(ModelError):
            remove(name, folder)
    (folder / "small").symlink_to(mine, target_is_directory=True)
    assert where("small", folder) == folder / "small"
    remove("small", folder)
    assert not (folder / "small").is_symlink()
    assert not missing(mine) and not missing(folder / "our-own") and not missing(with_mini)


def test_the_folder_is_the_setting_or_under_the_data(tmp_path: Path) -> None:
    assert models_folder("", tmp_path) == tmp_path / "models"
    assert models_folder("~/w", tmp_path) == Path.home() / "w"


def test_a_model_is_a_value() -> None:
    assert isinstance(find("small"), Model)
    with pytest.raises(AttributeError):
        find("small").name = "large"  # type: ignore[misc]
