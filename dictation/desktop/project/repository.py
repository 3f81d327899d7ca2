"""Reads which branch is in force around a folder, and which others there are, from git's files; git is never run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from dictation.desktop.project.foreign_files import read_plain

HEIGHT = 40
"""Folders looked through upwards."""

MOST_BRANCHES = 50
_LONGEST = 200
_MOST_PACKED = 8_000_000
"""Bytes of packed branches that are looked through: some 100,000 lines."""

_HEADS = "refs/heads/"

# Git in a folder that somebody else made may run what its configuration names (core.fsmonitor): hence files only.


def branch(folder: Path) -> str:
    """The branch in force around ``folder``; empty where there is none (no repository, a detached head)."""
    gits = _git_folder(folder)
    if gits is None:
        return ""
    name = _line(gits / "HEAD").removeprefix("ref:").strip()
    return name.removeprefix(_HEADS) if name.startswith(_HEADS) else ""


def branches(folder: Path) -> tuple[str, ...]:
    """Names of local branches, the ones changed last first; at most ``MOST_BRANCHES``."""
    gits = _git_folder(folder)
    if gits is None:
        return ()
    common = _line(gits / "commondir")
    home = (gits / common) if common else gits
    found: dict[str, float] = dict.fromkeys(_packed(home / "packed-refs"), 0.0)
    for name, changed in _loose(home / "refs" / "heads"):
        found[name] = changed
    return tuple(sorted(found, key=lambda each: -found[each])[:MOST_BRANCHES])


def _git_folder(folder: Path) -> Path | None:
    """The .git of the repository around ``folder``; where .git is a file (a worktree, a submodule), what it names."""
    for each in (folder, *list(folder.parents)[:HEIGHT]):
        git = each / ".git"
        with contextlib.suppress(OSError):
            if git.is_dir():
                return git
            if git.is_file():
                told = _line(git)
                return each / told.removeprefix("gitdir:").strip() if told.startswith("gitdir:") else None
    return None


def _loose(heads: Path) -> Iterator[tuple[str, float]]:
    seen = 0
    for parent, folders, files in os.walk(heads):
        folders.sort()
        for file in sorted(files):
            if (seen := seen + 1) > 20 * MOST_BRANCHES:
                return
            path = Path(parent) / file
            with contextlib.suppress(OSError):
                yield path.relative_to(heads).as_posix(), path.stat().st_mtime


def _packed(file: Path) -> Iterator[str]:
    for line in read_plain(file, _MOST_PACKED).decode("utf-8", "replace").splitlines():
        _, _, name = line.strip().partition(" ")
        if name.startswith(_HEADS):
            yield name.removeprefix(_HEADS)


def _line(file: Path) -> str:
    """The first line of a small file, without what could be taken for more than a line; empty when there is none."""
    line = read_plain(file, 4 * _LONGEST).decode("utf-8", "replace").partition("\n")[0].strip()
    return line if line.isprintable() else ""
