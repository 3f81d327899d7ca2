"""Reads which branch is in force around a folder, and which others there are, from git's files; git is never run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

HEIGHT = 40
"""Folders looked through upwards."""

MOST_BRANCHES = 50
_LONGEST = 200
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
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            for _, line in zip(range(100_000), lines, strict=False):
                _, _, name = line.strip().partition(" ")
                if name.startswith(_HEADS):
                    yield name.removeprefix(_HEADS)
    except OSError:
        return


def _line(file: Path) -> str:
    """The first line of a small file, without what could be taken for more than a line; empty when there is none."""
    try:
        with file.open(encoding="utf-8", errors="replace") as open_file:
            line = open_file.readline(4 * _LONGEST).strip()
    except OSError:
        return ""
    return line if line.isprintable() else ""
