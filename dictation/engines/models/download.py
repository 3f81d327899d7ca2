"""Gets a model onto the disk: resumed after a break, checked byte for byte, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dictation.core.errors import ModelError, StorageError
from dictation.engines.models import catalog, hub
from dictation.engines.models.hub import File, Repository
from dictation.engines.models.modelscope import ModelScopeRepository

log = logging.getLogger("dictation")

ATTEMPTS = 3
"""A file is given up after so many attempts in a row that brought nothing."""

PAUSE_SECONDS = 0.5
"""Between two attempts."""

Progress = Callable[[int, int], bool]

ELSEWHERE = frozenset({
    "hub-unreachable", "hub-refused", "hub-lacks-model", "hub-busy", "hub-error", "hub-strange", "hub-incomplete",
    "download-wrong",
})  # fmt: skip
"""Codes of failures that are one hub's own, so that the next one is asked."""

_SPECIFICATION = b"WhisperSpec"
"""The name with which CTranslate2 begins the file of a Whisper model, after a version (4 bytes) and a length (2)."""


def get(name: str, folder: Path, address: str, progress: Progress, token: str | None = None) -> Path:
    """Download model ``name`` into its directory in ``folder`` and return that; asks nobody if it is there already.

    ``name`` is one of the catalog's or any repository OWNER/NAME. ``address`` is the setting ``models.hub``; where it
    leaves the choice, the next hub is asked when one fails. ``progress(done, total)`` gets bytes, first what an earlier
    call left, then after every piece that comes; False stops. What has come stays in a directory ``*.part`` for the
    next call, also from another hub: a file is known by its checksum. Raises ModelError and StorageError.
    """
    model = catalog.find(name)
    if model.shipped or (folder / model.directory).is_dir():
        return catalog.where(name, folder)
    addresses = hub.endpoints(address)
    if not model.modelscope and len(addresses) > 1:  # it would only say that it has no such model
        addresses = tuple(each for each in addresses if each != hub.MODELSCOPE)
    for at, each in enumerate(addresses, 1):
        try:
            return _get(model, folder, each, progress, token)
        except ModelError as error:
            if error.code not in ELSEWHERE or at == len(addresses):
                raise
            log.warning("%s; %s is asked next", error.line(), addresses[at])
    raise AssertionError  # there is at least one address


def _get(model: catalog.Model, folder: Path, address: str, progress: Progress, token: str | None) -> Path:
    """``get`` from one hub."""
    final = folder / model.directory
    with _told(folder), hub.told(address, final), catalog.alone(model.name, folder):
        if final.is_dir():  # another process was quicker
            return catalog.where(model.name, folder)
        if address == hub.MODELSCOPE:
            source: Repository = ModelScopeRepository(address, model.modelscope or model.repository)
        else:
            source = Repository(address, model.repository, token)
        files = source.files()
        part = folder / f"{model.directory}.part"
        part.mkdir(mode=0o700, exist_ok=True)
        _sweep(part, files)
        tally = _Tally(sum(file.size for file in files), sum(_have(part, file) for file in files), progress)
        _refuse_full_disk(folder, tally.total - tally.done)
        tally.add(0)
        for file in files:
            if not (part / file.name).exists():
                _fetch(source, file, part / file.partial, tally)
                (part / file.partial).replace(part / file.name)
        _check_shape(part, source)
        catalog.record(model, folder).write_text(json.dumps(source.record(files), indent=1), encoding="utf-8")
        part.replace(final)
    return final


def _check_shape(part: Path, source: Repository) -> None:
    """Raises ModelError where what came is whole but no Whisper of CTranslate2's form; it is deleted."""
    with (part / "model.bin").open("rb") as content:
        head = content.read(6 + len(_SPECIFICATION))
    if head[6:] != _SPECIFICATION:
        shutil.rmtree(part)
        raise ModelError(
            "model-shape",
            f"{source.name} is no Whisper model that was converted to CTranslate2",
            "Choose a repository whose page says faster-whisper or CTranslate2, or convert that one yourself.",
        )


class _Tally:
    """Bytes that are there, of all files together."""

    def __init__(self, total: int, done: int, progress: Progress) -> None:
        self.total, self.done, self._progress = total, done, progress

    def add(self, count: int) -> None:
        """Count and tell. Raises ModelError when the user wants no more."""
        self.done += count
        if self._progress(self.done, self.total) is False:
            raise ModelError(
                "download-stopped",
                f"The download was stopped at {self.done / 1e6:.0f} of {self.total / 1e6:.0f} MB",
                "Start it again: it goes on from there.",
            )


def _sweep(part: Path, files: list[File]) -> None:
    """Leave in ``part`` only whole, right files under their names and beginnings under their partial names."""
    for each in part.iterdir():
        file = next((file for file in files if each.name in (file.name, file.partial)), None)
        if file is None or each.stat().st_size > file.size or (each.name == file.name and not _right(each, file)):
            each.unlink()


def _right(path: Path, file: File) -> bool:
    with path.open("rb") as content:
        return bool(_feed(file.hasher(), content).hexdigest() == file.digest)


def _feed(hasher: Any, content: Any) -> Any:
    while piece := content.read(1 << 20):
        hasher.update(piece)
    return hasher


def _have(part: Path, file: File) -> int:
    return sum(each.stat().st_size for each in (part / file.name, part / file.partial) if each.exists())


def _fetch(source: Repository, file: File, path: Path, tally: _Tally) -> None:
    """Complete ``path``, asking only for what it lacks, and check it. ModelError if it is wrong: it is deleted."""
    from huggingface_hub.errors import HfHubHTTPError

    with path.open("a+b") as out:
        out.seek(0)
        hasher = _feed(file.hasher(), out)
        barren = 0
        while (before := out.tell()) < file.size:
            try:
                _pour(source, file, out, hasher, tally)
            except HfHubHTTPError:
                raise  # an answer, though not the wanted one: asking again at once is no use
            except (hub.network_errors(), ConnectionError):
                barren = 0 if out.tell() > before else barren + 1
                if barren == ATTEMPTS:
                    raise
                time.sleep(PAUSE_SECONDS)
        out.flush()
        os.fsync(out.fileno())
        right = out.tell() == file.size and hasher.hexdigest() == file.digest
    if not right:
        path.unlink()
        raise ModelError(
            "download-wrong",
            f"{file.name} from {source.address} is not what the hub says it is (wrong checksum); it was deleted",
            "Try again. If it stays so, something on the way changes files: `dictation config set models.hub URL`.",
        )


def _pour(source: Repository, file: File, out: Any, hasher: Any, tally: _Tally) -> None:
    """One attempt: append what the hub sends to ``out`` and ``hasher``."""
    with source.stream(file, out.tell()) as (start, pieces):
        skip = out.tell() - start  # a hub without ranges begins again: what is here already is let by
        for piece in pieces:
            fresh, skip = piece[skip:], max(0, skip - len(piece))
            out.write(fresh)
            hasher.update(fresh)
            if out.tell() > file.size:
                return
            tally.add(len(fresh))
    if out.tell() < file.size:
        raise ConnectionError(f"{file.name} ended early")


def _refuse_full_disk(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise _full(folder, f"{needed / 1e6:.0f} MB are needed, {(needed - free) / 1e6:.0f} MB more than are free")


def _full(folder: Path, how_much: str) -> ModelError:
    return ModelError(
        "disk-full",
        f"There is no room for the model in {folder}: {how_much}",
        "Free some space, or choose another place with `dictation config set models.folder DIR`.",
    )


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what the disk raises into errors for the user."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full(folder, "the disk became full") from error
        raise StorageError(
            "models-folder",
            f"The models' folder {folder} cannot be written: {error.strerror or error}",
            "Make it yours to write, or choose another with `dictation config set models.folder DIR`.",
        ) from error
