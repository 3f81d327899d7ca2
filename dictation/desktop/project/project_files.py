"""Reads what a git repository says of itself, in plain files: what it tracks, and its branches. Runs nothing."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from pathlib import Path

from dictation.desktop.project.foreign_files import read_plain

MOST_FILES = 20_000
MOST_BRANCHES = 300
_LARGEST_INDEX = 16_000_000
_HEADER, _FIELDS, _HASH = 12, 62, 20
_LEVELS = 40


def root_of(folder: str | None) -> Path | None:
    """The top of the repository around ``folder``; None where there is none."""
    if not folder:
        return None
    at = Path(folder)
    for _ in range(_LEVELS):
        if git_folder(at) is not None:
            return at
        if at.parent == at:
            return None
        at = at.parent
    return None


def git_folder(root: Path) -> Path | None:
    """Where git keeps its files for ``root``: ``.git``, or what a ``.git`` file names (a worktree, a submodule)."""
    git = root / ".git"
    try:
        about = git.lstat()
        if stat.S_ISDIR(about.st_mode):
            return git if (git / "HEAD").exists() else None
        if not stat.S_ISREG(about.st_mode) or about.st_size > 4096:
            return None
        named = read_plain(git, 4096).decode("utf-8", "replace").removeprefix("gitdir:").strip()
        found = (root / named).resolve()
        return found if (found / "HEAD").exists() else None
    except OSError:
        return None


def stamp(git: Path) -> tuple[int, ...]:
    """Changes when a file is added or removed, or another branch is checked out."""
    return tuple(_changed(git / name) for name in ("index", "HEAD", "packed-refs"))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def tracked(git: Path) -> list[str]:
    """Paths in the index, at most ``MOST_FILES``; none if it cannot be read. Its format: gitformat-index(5)."""
    body = read_plain(git / "index", _LARGEST_INDEX)
    if len(body) < _HEADER or body[:4] != b"DIRC":
        return []
    version, count = struct.unpack(">II", body[4:_HEADER])
    if version not in (2, 3, 4):
        return []
    try:
        return [path for path in _entries(body, version, min(count, MOST_FILES)) if _is_inside(path)]
    except (IndexError, ValueError, struct.error):
        return []


def _entries(body: bytes, version: int, count: int) -> Iterator[str]:
    at, name = _HEADER, b""
    for _ in range(count):
        start = at
        flags = struct.unpack(">H", body[start + _FIELDS - 2 : start + _FIELDS])[0]
        at = start + _FIELDS + (2 if version >= 3 and flags & 0x4000 else 0)
        if version == 4:
            drop, at = _number(body, at)
            end = body.index(b"\0", at)
            name = name[: len(name) - drop] + body[at:end]
            at = end + 1
        else:
            end = body.index(b"\0", at)
            name = body[at:end]
            # An entry is padded with 1 to 8 zero bytes to a multiple of eight.
            at = start + (end - start + 8) // 8 * 8
        yield name.decode("utf-8", "replace")


def _number(body: bytes, at: int) -> tuple[int, int]:
    """A number in git's variable width, and where it ends."""
    value = body[at] & 0x7F
    while body[at] & 0x80:
        at += 1
        value = ((value + 1) << 7) | (body[at] & 0x7F)
    return value, at + 1


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/") and path.isprintable()


def branches(git: Path) -> list[str]:
    """Names of local branches, loose and packed."""
    common = git
    if named := read_plain(git / "commondir", 4096).decode("utf-8", "replace").strip():
        common = (git / named).resolve()
    found = dict.fromkeys(_loose(common / "refs" / "heads"))
    for line in read_plain(common / "packed-refs", 2_000_000).decode("utf-8", "replace").splitlines():
        _, _, name = line.partition(" refs/heads/")
        if name and len(found) < MOST_BRANCHES:
            found[name] = None
    return list(found)


def _loose(heads: Path) -> list[str]:
    found: list[str] = []
    todo = [heads]
    while todo and len(found) < MOST_BRANCHES:
        try:
            entries = sorted(os.scandir(todo.pop()), key=lambda each: each.name)
        except OSError:
            continue
        for each in entries[:MOST_BRANCHES]:
            if each.is_dir(follow_symlinks=False):
                todo.append(Path(each.path))
            elif each.is_file(follow_symlinks=False):
                found.append(Path(each.path).relative_to(heads).as_posix())
    return found
