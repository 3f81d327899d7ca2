"""The names of the project in front: its files, the identifiers of those changed lately, branches and dependencies.

Read in the background and kept per repository. Nothing in the folder is executed, git included.
"""

from __future__ import annotations

import re
import stat
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dictation.core.foreign import json_from, toml_from
from dictation.core.types import Target
from dictation.desktop.project.foreign_files import read_plain
from dictation.desktop.project.project_files import branches, git_folder, root_of, stamp, tracked

MOST_IDENTIFIERS = 3000
_MOST_STATS = 6000
_RECENT = 40
_LARGEST = 65_536
_MOST_MANIFESTS = 12
_SECONDS = 3.0
_FRESH_SECONDS = 60.0
_MOST_PROJECTS = 6
_ENDINGS = """
    py pyi js mjs cjs ts tsx jsx go rs java kt kts c h cc cpp hpp cs rb php vue svelte swift dart lua scala sh sql ex
    exs proto graphql
"""
_CODE = frozenset(_ENDINGS.split())
_IDENTIFIER = re.compile(r"(?<![A-Za-z0-9_$])[A-Za-z_][A-Za-z0-9_]{4,47}(?![A-Za-z0-9_])")
_COMPOUND = re.compile(r"[a-z0-9][A-Z]|[A-Za-z0-9]_[A-Za-z0-9]")
_WORD = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class RepositoryNames:
    """Names in one repository. ``files`` are paths from its top; the identifiers most used come first."""

    root: str
    files: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()


def read(root: Path, now: Callable[[], float] = time.monotonic) -> RepositoryNames:
    """Reads one repository, in ``_SECONDS`` at most: what is not read by then is left out. Never raises."""
    begun = now()
    git = git_folder(root)
    if git is None:
        return RepositoryNames(str(root))
    files = tracked(git)
    late = lambda: now() - begun > _SECONDS  # noqa: E731 - a name for a question asked three times
    return RepositoryNames(
        str(root),
        tuple(files),
        tuple(_identifiers(root, _recent(root, files, late), late)),
        tuple(branches(git)),
        tuple(_dependencies(root, files)),
    )


def _recent(root: Path, files: list[str], late: Callable[[], bool]) -> list[str]:
    """Code files, those changed last first."""
    changed: list[tuple[float, str]] = []
    for path in [each for each in files if each.rpartition(".")[2].lower() in _CODE][:_MOST_STATS]:
        if late():
            break
        try:
            about = (root / path).lstat()
        except OSError:
            continue
        if stat.S_ISREG(about.st_mode):
            changed.append((about.st_mtime, path))
    return [path for _, path in sorted(changed, reverse=True)[:_RECENT]]


def _identifiers(root: Path, files: Iterable[str], late: Callable[[], bool]) -> list[str]:
    counts: Counter[str] = Counter()
    for path in files:
        if late():
            break
        text = read_plain(root / path, _LARGEST).decode("utf-8", "replace")
        counts.update(name for name in _IDENTIFIER.findall(text) if _COMPOUND.search(name))
    return [name for name, _ in counts.most_common(MOST_IDENTIFIERS)]


def _dependencies(root: Path, files: list[str]) -> list[str]:
    """Names that the manifests at the top, or nearest to it, ask for."""
    near = sorted((path for path in files if PurePosixPath(path).name in _MANIFESTS), key=lambda path: path.count("/"))
    found: dict[str, None] = {}
    for path in near[:_MOST_MANIFESTS]:
        text = read_plain(root / path, _LARGEST * 4).decode("utf-8", "replace")
        try:
            names = _MANIFESTS[PurePosixPath(path).name](text)
        except (ValueError, TypeError, AttributeError):  # half a file, or another shape
            continue
        found.update(dict.fromkeys(name for name in names if 1 < len(name) < 60))
    return list(found)


def _of_package(text: str) -> list[str]:
    body = json_from(text)
    return [*body.get("dependencies", {}), *body.get("devDependencies", {}), *body.get("peerDependencies", {})]


def _of_pyproject(text: str) -> list[str]:
    body = toml_from(text)
    project, poetry = body.get("project", {}), body.get("tool", {}).get("poetry", {})
    asked = [*project.get("dependencies", [])]
    for group in [*project.get("optional-dependencies", {}).values(), *body.get("dependency-groups", {}).values()]:
        asked += [each for each in group if isinstance(each, str)]
    names = [found[0] for each in asked if (found := _WORD.match(each))]
    return names + [each for each in poetry.get("dependencies", {}) if each != "python"]


def _of_requirements(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [found[0] for line in lines if line[:1].isalnum() and (found := _WORD.match(line))]


def _of_go(text: str) -> list[str]:
    paths = re.findall(r"^\s*(?:require\s+)?([\w.-]+\.[a-z]+/[\w./-]+)\s+v", text, re.M)
    return [re.sub(r"/v[0-9]+$", "", path).rpartition("/")[2] for path in paths]


def _of_cargo(text: str) -> list[str]:
    body = toml_from(text)
    return [*body.get("dependencies", {}), *body.get("dev-dependencies", {})]


_MANIFESTS: dict[str, Callable[[str], list[str]]] = {
    "package.json": _of_package,
    "pyproject.toml": _of_pyproject,
    "requirements.txt": _of_requirements,
    "requirements-dev.txt": _of_requirements,
    "go.mod": _of_go,
    "Cargo.toml": _of_cargo,
}


class Projects:
    """The repositories that were in front lately. Thread-safe."""

    def __init__(
        self, folder_of: Callable[[int], str | None] = lambda _: None, now: Callable[[], float] = time.monotonic
    ) -> None:
        """``folder_of`` gives the working folder of a process, None when that is not known."""
        self._folder_of, self._now = folder_of, now
        self._lock = threading.Lock()
        self._kept: OrderedDict[Path, tuple[tuple[int, ...], float, RepositoryNames]] = OrderedDict()
        self._reading: dict[Path, threading.Event] = {}

    def look(self, target: Target) -> None:
        """The user begins to speak to ``target``: read its project in the background if need be. Returns at once."""
        threading.Thread(target=self._look, args=(target,), name="project", daemon=True).start()

    def names(self, target: Target, patience_seconds: float = 0.0) -> RepositoryNames | None:
        """What is known of the project of ``target``; None when there is none, or it is not read in time."""
        root = self._root(target)
        if root is None:
            return None
        with self._lock:
            kept, reading = self._kept.get(root), self._reading.get(root)
        if kept is None and reading is not None and patience_seconds:
            reading.wait(patience_seconds)
            with self._lock:
                kept = self._kept.get(root)
        return kept[2] if kept else None

    def _root(self, target: Target) -> Path | None:
        """By the folder in front; else the editor's own folder; else a known project that the title names."""
        if root := root_of(target.cwd):
            return root
        if target.terminal or target.pid is None:
            return None
        with self._lock:
            known = list(self._kept)
        titled = {word.casefold() for word in re.split(r"\s+[-–—|]\s+|[\s\[\]()/\\]+", target.title) if word}
        for root in reversed(known):
            if root.name.casefold() in titled:
                return root
        folder = self._folder_of(target.pid)
        # An editor started from a menu stands in the home folder: what is there is no project of this window's.
        return root_of(folder) if folder and Path(folder) != Path.home() else None

    def _look(self, target: Target) -> None:
        root = self._root(target)
        git = git_folder(root) if root else None
        if root is None or git is None:
            return
        with self._lock:
            kept = self._kept.get(root)
            fresh = kept and kept[0] == stamp(git) and self._now() - kept[1] < _FRESH_SECONDS
            if root in self._reading or fresh:
                return
            done = self._reading[root] = threading.Event()
        try:
            # Files and branches say when they change; identifiers change with every save, which a minute may miss.
            before, found = stamp(git), read(root)
            with self._lock:
                self._kept[root] = (before, self._now(), found)
                self._kept.move_to_end(root)
                while len(self._kept) > _MOST_PROJECTS:
                    self._kept.popitem(last=False)
        finally:
            with self._lock:
                self._reading.pop(root, None)
            done.set()
