"""A repository is read as files: what it tracks, its branches, its identifiers and what it depends on."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.types import NOWHERE, Target
from dictation.desktop.project import project_files
from dictation.desktop.project.project_files import branches, git_folder, root_of, tracked
from dictation.desktop.project.project_names import Projects, read

git = pytest.mark.skipif(shutil.which("git") is None, reason="git makes the repositories of these tests")

FILES = {
    "src/user_session.py": "class UserSession:\n    def open_session(self): ...\n",
    "src/orders_controller.ts": "export class OrdersController {}\nconst retryCount = 3\n",
    "package.json": '{"dependencies": {"zustand": "1"}, "devDependencies": {"vitest": "2"}}',
    "pyproject.toml": '[project]\ndependencies = ["fastapi>=0.1", "httpx[http2]; python_version > \'3\'"]\n',
    "go.mod": "module x\n\nrequire (\n\tgithub.com/a/gin v1.9.0\n\tgithub.com/go-chi/chi/v5 v5.0.0 // indirect\n)\n",
    "Cargo.toml": '[dependencies]\nserde = "1"\n',
    "requirements.txt": "# needed\nDjango==4.2\n-r other.txt\n",
    "数据/表.sql": "select 1",
}


def repository(folder: Path, *, version: int = 2) -> Path:
    """A repository with ``FILES`` in its index."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for words in (
        ("init", "-q", "-b", "main"),
        ("add", "."),
        ("update-index", f"--index-version={version}"),
        ("-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-q", "-m", "one"),
        ("branch", "feature/login-page"),
        ("pack-refs", "--all"),
        ("branch", "fix/loose"),
    ):
        subprocess.run(("git", "-C", str(folder), *words), check=True, env={**os.environ, "HOME": str(folder)})
    return folder


@git
@pytest.mark.parametrize("version", [2, 4])
def test_the_tracked_files_are_those_of_the_index(tmp_path: Path, version: int) -> None:
    root = repository(tmp_path, version=version)
    (root / "untracked.py").write_text("x = 1")
    assert sorted(tracked(root / ".git")) == sorted(FILES)


@git
def test_branches_are_found_packed_and_loose(tmp_path: Path) -> None:
    assert set(branches(repository(tmp_path) / ".git")) == {"main", "feature/login-page", "fix/loose"}


@git
def test_identifiers_and_dependencies_are_read(tmp_path: Path) -> None:
    found = read(repository(tmp_path))
    assert {"UserSession", "OrdersController", "open_session", "retryCount"} <= set(found.identifiers)
    assert {"zustand", "vitest", "fastapi", "httpx", "gin", "chi", "serde", "Django"} == set(found.dependencies)


@git
def test_a_worktree_is_a_project_too(tmp_path: Path) -> None:
    root = repository(tmp_path / "main")
    subprocess.run(("git", "-C", str(root), "worktree", "add", "-q", str(tmp_path / "tree"), "fix/loose"), check=True)
    found = read(tmp_path / "tree")
    assert sorted(found.files) == sorted(FILES)
    assert "feature/login-page" in found.branches


@git
def test_the_top_is_found_from_any_folder_inside_and_nowhere_outside(tmp_path: Path) -> None:
    root = repository(tmp_path / "here")
    assert root_of(str(root / "src")) == root
    assert root_of(str(tmp_path)) != root
    assert root_of(None) is None


@git
def test_nothing_in_the_folder_is_run(tmp_path: Path) -> None:
    root, proof = repository(tmp_path), tmp_path / "proof"
    hook = root / ".git" / "trap.sh"
    hook.write_text(f"#!/bin/sh\ntouch {proof}\n")
    hook.chmod(0o755)
    with (root / ".git" / "config").open("a") as config:
        config.write(f"[core]\n\tfsmonitor = {hook}\n\thooksPath = {root / '.git'}\n[alias]\n\tstatus = !{hook}\n")
    assert read(root).files
    assert not proof.exists()


@git
def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    root, secret = repository(tmp_path / "here"), tmp_path / "secret.py"
    secret.write_text("secret_identifier = secret_identifier")
    (root / "src/user_session.py").unlink()
    (root / "src/user_session.py").symlink_to(secret)
    (root / "package.json").unlink()
    os.mkfifo(root / "package.json")
    found = read(root)
    assert "secret_identifier" not in found.identifiers
    assert "zustand" not in found.dependencies


@git
def test_reading_stops_when_its_time_is_over(tmp_path: Path) -> None:
    clock = iter([0.0, *[100.0] * 100])
    found = read(repository(tmp_path), lambda: next(clock))
    assert found.files
    assert found.identifiers == ()


@git
def test_a_large_repository_is_read_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_files, "MOST_FILES", 3)
    assert len(tracked(repository(tmp_path) / ".git")) == 3


@git
def test_a_project_is_read_in_the_background_and_then_known(tmp_path: Path) -> None:
    root, projects = repository(tmp_path), Projects()
    here = Target(terminal=True, cwd=str(root / "src"))
    assert projects.names(here) is None
    projects.look(here)
    for _ in range(200):
        if found := projects.names(here, 0.05):
            break
        threading.Event().wait(0.01)
    assert found is not None
    assert set(found.files) == set(FILES)
    assert projects.names(NOWHERE) is None


@git
def test_an_editor_is_known_by_its_title_or_its_folder(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop")
    projects = Projects({7: str(root), 8: str(Path.home())}.get)
    projects._look(Target(pid=7))
    assert projects.names(Target(pid=7)) is not None
    assert projects.names(Target(pid=8)) is None
    assert projects.names(Target(pid=9, title="orders.ts - shop - Code")) is not None
    assert projects.names(Target(pid=9, title="shopping list")) is None


@pytest.mark.parametrize("body", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\xff\xff", b"DIRC\0\0\0\4\0\0\0\3" + b"\xff" * 70])
def test_a_broken_index_has_no_files(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "index").write_bytes(body)
    assert tracked(tmp_path) == []


@given(st.binary(max_size=400))
def test_no_bytes_in_an_index_make_it_fail(body: bytes) -> None:
    for version in (2, 3, 4):
        list_of = project_files._entries(b"DIRC\0\0\0" + bytes([version]) + b"\0\0\0\5" + body, version, 5)
        try:
            assert all(isinstance(path, str) for path in list_of)
        except (IndexError, ValueError, struct.error):
            continue


def test_a_git_file_that_leads_nowhere_is_no_project(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: ../nowhere")
    assert git_folder(tmp_path) is None
    assert read(tmp_path).files == ()


@git
@pytest.mark.parametrize("name", ["package.json", "pyproject.toml", "Cargo.toml", "go.mod"])
@pytest.mark.parametrize("body", ["", "{", "[]", "null", "[project]\ndependencies = 3", '{"dependencies": 3}', "\0"])
def test_a_broken_manifest_has_no_dependencies(tmp_path: Path, name: str, body: str) -> None:
    root = repository(tmp_path)
    for each in ("package.json", "pyproject.toml", "Cargo.toml", "go.mod", "requirements.txt"):
        (root / each).write_text("")
    (root / name).write_text(body)
    assert read(root).dependencies == ()
