"""Which Whisper models there are, which of them are on this disk and whole, and which one `auto` means."""

from __future__ import annotations

import contextlib
import difflib
import functools
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dictation.core.errors import ModelError, StorageError
from dictation.core.foreign import json_from

FILES = ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.json", "vocabulary.txt")
"""Everything of a CTranslate2 Whisper model that faster-whisper reads (faster_whisper.utils.download_model, 1.2.1)."""

WITHOUT_MINI = "Run `dictation models get small`, or install Dictation again."


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of models/catalog.toml, which says where the figures come from.

    Sizes are in millions of bytes and approximate. ``wait_avx2`` and ``wait_vnni`` are seconds after release for a
    10 s utterance on one CPU thread, ``None`` where nothing was measured. ``repository`` is empty if ``shipped``.
    """

    name: str
    label: str
    repository: str
    size_mb: int
    ram_mb: int
    languages: tuple[str, ...]
    licence: str
    good_for: str
    recommended_for: str
    shipped: bool = False
    modelscope: str = ""
    wait_avx2: float | None = None
    wait_vnni: float | None = None

    @property
    def english_only(self) -> bool:
        """Whether it knows no other language."""
        return self.languages == ("en",)

    @property
    def directory(self) -> str:
        """The name of its directory among the models; that of ``owner/name`` is ``owner--name``."""
        return self.name.replace("/", "--")


_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}")


def is_repository(name: str) -> bool:
    """Whether ``name`` may be a repository on a hub, OWNER/NAME."""
    return bool(_REPOSITORY.fullmatch(name)) and "--" not in name and ".." not in name


def shipped(*parts: str) -> Path:
    """Where a file stands that comes with Dictation: ``shipped("models", "mini")``, ``shipped("assets", "x.wav")``.

    In an installed wheel these are under ``dictation/shipped``; in a checkout beside the package.
    """
    package = Path(__file__).parents[2]
    installed = package / "shipped"
    return (installed if installed.is_dir() else package.parent).joinpath(*parts)


NO_MODEL = "no-model"
"""Code of the error that says so."""


@functools.cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(shipped("models", "catalog.toml").read_text(encoding="utf-8"))


@functools.cache
def catalog() -> tuple[Model, ...]:
    """Every model that can be chosen by name, in the order of the file."""
    return tuple(Model(**{**entry, "languages": tuple(entry["languages"])}) for entry in _declared()["model"])


def unlisted(name: str) -> Model:
    """What is known of a model that the catalog does not have: a repository OWNER/NAME, or a folder by its path."""
    label = name if is_repository(name) else Path(name).name
    return Model(name, label, name, 0, 0, ("multi",), "", "A model that you chose yourself.", "those who know it")


def find(name: str) -> Model:
    """The catalog's entry ``name``, or what is known of any repository OWNER/NAME: nothing but its name.

    Raises ModelError that gives the nearest name.
    """
    known = {model.name: model for model in catalog()}
    if name in known:
        return known[name]
    if is_repository(name):
        return unlisted(name)
    near = difflib.get_close_matches(name.lower(), known, 1, 0.4)
    remedy = f"Did you mean {near[0]}? " if near else ""
    raise ModelError(
        "unknown-model",
        f"There is no model and no model folder {name!r}",
        f"{remedy}See `dictation models list`; any other repository is given as OWNER/NAME.",
    )


def models_folder(setting: str, data_home: Path) -> Path:
    """The folder that holds one directory per model: the setting ``models.folder``, or the platform's place."""
    return Path(setting).expanduser() if setting.strip() else data_home / "models"


def missing(directory: Path) -> list[str]:
    """Names of the files without which ``directory`` is no loadable CTranslate2 Whisper model; empty: it is whole."""

    def there(name: str) -> bool:
        file = directory / name
        return file.is_file() and file.stat().st_size > 0

    needed = ["model.bin", "config.json", "tokenizer.json"]
    if _has_128_mels(directory / "config.json"):
        # Without it faster-whisper computes 80 mels and the encoder refuses them, long after loading.
        needed.append("preprocessor_config.json")
    lacking = [name for name in needed if not there(name)]
    if not (there("vocabulary.json") or there("vocabulary.txt")):
        lacking.append("vocabulary.json")
    return lacking


def _has_128_mels(config: Path) -> bool:
    """Large-v3 brought Cantonese, the hundredth language, together with 128 mels; CTranslate2 lists the ids."""
    try:
        return len(json_from(config.read_text(encoding="utf-8")).get("lang_ids", ())) >= 100
    except (OSError, ValueError, AttributeError, TypeError):
        return False


def installed(folder: Path) -> dict[str, Path]:
    """Name and directory of every whole model: the catalog's in its order, then others found in ``folder`` by name."""
    places = {model.name: _place(model, folder) for model in catalog()}
    try:
        own = sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.endswith(".part"))
    except OSError:
        own = []
    places.update({_name(each): each for each in own if _name(each) not in places})
    return {name: place for name, place in places.items() if not missing(place)}


def offered(folder: Path) -> list[tuple[Model, bool]]:
    """Every model that can be chosen, and whether it is here and whole: the catalog's, then others in ``folder``."""
    here = installed(folder)
    own = [find(name) for name in here if is_repository(name)]
    return [(each, each.shipped or each.name in here) for each in (*catalog(), *own)]


def where(name: str, folder: Path) -> Path:
    """The directory of a whole model: a catalog name, a directory's name in ``folder``, or a path.

    Raises ModelError: unknown (with the nearest name), not installed, or incomplete (naming what is missing).
    """
    model = {each.name: each for each in catalog()}.get(name)
    if model is None and is_repository(name) and not Path(name).is_dir():
        model = find(name)
    place = _place(model, folder) if model else _own_place(name, folder)
    if model and not place.is_dir():
        raise _not_installed(model)
    if lacking := missing(place):
        remedy = "Copy the missing files there, or choose another model."
        if model:
            again = f"Run `dictation models remove {name}`, then `dictation models get {name}`."
            remedy = WITHOUT_MINI if model.shipped else again
        raise ModelError(
            "model-incomplete",
            f"The model in {place} is incomplete: {', '.join(lacking)} missing or empty",
            remedy,
        )
    return place


def _own_place(name: str, folder: Path) -> Path:
    """The directory of a model that is not of the catalog. Raises ModelError with the nearest name."""
    choices = [folder / name, Path(name).expanduser()] if name.strip() else []
    found = [each for each in choices if each.is_dir()]
    if not found:
        find(name)  # raises
    return found[0]


def _place(model: Model, folder: Path) -> Path:
    return shipped("models", model.name) if model.shipped else folder / model.directory


def _name(directory: Path) -> str:
    """What the model in ``directory`` is called: the way back from ``Model.directory``."""
    name = directory.name.replace("--", "/")
    return name if is_repository(name) else directory.name


def _not_installed(model: Model) -> ModelError:
    if model.shipped:
        return ModelError("model-missing", f"The model {model.name} did not come with Dictation", WITHOUT_MINI)
    return ModelError(
        "model-not-installed",
        f"The model {model.name} is not on this computer",
        f"Run `dictation models get {model.name}`{f' ({model.size_mb} MB)' if model.size_mb else ''}.",
    )


def choose(setting: str, folder: Path, language: str, cuda: bool) -> tuple[Path, str]:
    """Directory and name of the model that the setting ``engine.model`` means.

    ``auto`` is the first whole one in the catalog's order for this device (``cuda``: whether a GPU will compute);
    English-only models count only where ``language`` is ``en``, and the user's own come last. The shipped self-test
    model is taken by its name alone: it understands nobody. Raises ModelError as ``where`` does, and ``no-model`` where
    there is none to take.
    """
    if setting != "auto":
        return where(setting, folder), setting
    have = installed(folder)
    order: Mapping[str, list[str]] = _declared()["order"]["cuda" if cuda else "cpu"]
    own = [name for name in have if all(name != each.name for each in catalog())]
    for name in [*order["en" if language == "en" else "any"], *own]:
        if name in have:
            return have[name], name
    proposed = find("small.en" if language == "en" else "small")
    raise ModelError(
        NO_MODEL,
        "There is no speech model on this computer yet",
        f"Get one with `dictation models get {proposed.name}` ({proposed.size_mb} MB), or in the settings window.",
    )


def record(model: Model, folder: Path) -> Path:
    """Where it is written down what was downloaded as ``model``: the address, the revision and the checksums."""
    return folder / f"{model.directory}.source.json"


@contextlib.contextmanager
def alone(name: str, folder: Path) -> Iterator[None]:
    """Hold the right to change model ``name`` in ``folder``, among all processes. Raises ModelError if another has it.

    The lock is the operating system's: it goes with its process, however that ends. The file stays.
    """
    import filelock

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = filelock.FileLock(folder / f".{name.replace('/', '--')}.lock", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise ModelError(
            "model-busy", f"The model {name} is being downloaded by another Dictation", "Wait until it is done."
        ) from None
    try:
        yield
    finally:
        lock.release()


def remove(name: str, folder: Path) -> None:
    """Delete a downloaded model, and what a stopped download left of it. Nothing outside ``folder`` is touched.

    Raises ModelError (a shipped model, one that is not the catalog's, one that is not there, one that is being
    downloaded) and StorageError.
    """
    model = find(name)
    if model.shipped:
        raise ModelError("model-shipped", f"The model {name} is part of Dictation", "It can stay: it is small.")
    own = (folder / model.directory, folder / f"{model.directory}.part")
    there = [each for each in own if each.is_dir() or each.is_symlink()]
    if not there:
        raise _not_installed(model)
    with alone(name, folder):
        for place in there:
            try:
                if place.is_symlink():
                    place.unlink()  # what it points to is the user's own
                else:
                    shutil.rmtree(place)
            except OSError as error:
                raise StorageError(
                    "model-not-removed",
                    f"{place} cannot be deleted: {error.strerror or error}",
                    "Close what uses the model (`dictation quit`), then try again.",
                ) from error
        record(model, folder).unlink(missing_ok=True)
