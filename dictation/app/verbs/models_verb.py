"""Models: `dictation models`, and what the windows may ask about them: catalog, downloads with progress, places."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path

from dictation.core.errors import DictationError, UsageError
from dictation.desktop import choose
from dictation.desktop.store import settings_file
from dictation.desktop.store.folders import Places, places
from dictation.engines.models import catalog, download

Out = Callable[[str], None]


def run(action: str, name: str | None, as_json: bool, out: Out) -> int:
    """One call of ``models``. Raises ModelError and UsageError."""
    where = places()
    settings, _ = settings_file.load(where.settings)
    folder = catalog.models_folder(settings.models.folder, where.models)
    if action == "list":
        _list(folder, as_json, out)
        return 0
    if name is None:
        raise UsageError("bad-call", f"`models {action}` needs a name", "See `dictation models list`.")
    if action == "get":
        path = download.get(name, folder, settings.models.hub, _Bar(as_json, out))
        sys.stderr.write("" if as_json else "\n")
        _tell_the_app(where)
    elif action == "remove":
        catalog.remove(name, folder)
        return 0
    else:
        path = catalog.where(name, folder)
    out(json.dumps({"name": name, "path": str(path)}, ensure_ascii=False) if as_json else str(path))
    return 0


def _list(folder: Path, as_json: bool, out: Out) -> None:
    for each, installed in catalog.offered(folder):
        if as_json:
            out(json.dumps(dataclasses.asdict(each) | {"installed": installed}, ensure_ascii=False, default=list))
        else:
            size = "shipped" if each.shipped else f"{each.size_mb} MB" if each.size_mb else "your own"
            out(f"{'*' if installed else ' '} {each.name:18} {size:>8}  {each.good_for}")


def _tell_the_app(where: Places) -> None:
    """An app that runs without a model has been waiting for this one."""
    with contextlib.suppress(DictationError):
        list(choose.instance().ask(where.socket, {"do": "reload"}))


class _Bar:
    """Shows progress: one line that is written over, or JSON Lines, each at most once per percent."""

    def __init__(self, as_json: bool, out: Out) -> None:
        self._as_json, self._out, self._shown = as_json, out, -1

    def __call__(self, done: int, total: int) -> bool:
        percent = 100 * done // total if total else 0
        if percent != self._shown:
            self._shown = percent
            if self._as_json:
                self._out(json.dumps({"done": done, "total": total}))
            else:
                sys.stderr.write(f"\r{percent:3d} %  {done / 1e6:.0f} of {total / 1e6:.0f} MB")
                sys.stderr.flush()
        return True
