"""The house rules that no linter knows: small rooms that say what they own, and imports that do no work."""

from __future__ import annotations

import ast
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks._complexity import functions
from dictation.core import settings
from dictation.core.options import Value

ROOT = Path(__file__).resolve().parents[1]
ROOMS = sorted((ROOT / "dictation").rglob("*.py"))
OURS = sorted([*ROOMS, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")])
VAGUE = {"utils", "util", "helpers", "helper", "manager", "service", "common"}

KNOW_THE_PLATFORM = {"dictation/desktop/choose.py", "dictation/app/verbs/doctor_verb.py"}
"""The one file that chooses by what it runs on; and the one that tells the user, without acting on it."""


def name(file: Path) -> str:
    """The file's path as one reads it."""
    return file.relative_to(ROOT).as_posix()


def modules() -> list[str]:
    """Every module of the product that can be imported without starting the app."""
    found = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in ROOMS]
    return [each.removesuffix(".__init__") for each in found if not each.endswith(".__main__")]


def in_a_fresh_python(program: str) -> object:
    """What ``program`` prints as JSON, run where nothing has been imported yet."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=100, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("room", ROOMS, ids=name)
def test_a_room_is_small(room: Path) -> None:
    assert len(room.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("file", OURS, ids=name)
def test_a_file_opens_by_saying_what_it_owns(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_no_room_has_a_vague_name() -> None:
    assert not [name(file) for file in OURS if VAGUE & set(re.split(r"[_/.]", name(file)))]


def test_no_two_rooms_have_one_name() -> None:
    names = [file.name for file in ROOMS if file.name not in ("__init__.py", "__main__.py")]
    assert sorted(names) == sorted(set(names))


def test_a_room_has_about_twenty_files() -> None:
    sizes: dict[str, int] = {}
    for room in ROOMS:
        if room.name != "__init__.py":
            sizes[name(room.parent)] = sizes.get(name(room.parent), 0) + 1
    assert {folder: size for folder, size in sizes.items() if size > 20} == {}


def test_hardly_a_function_is_so_complex_that_nobody_follows_it() -> None:
    worst = [each for room in functions().values() for each in room if each[0] > 20]
    assert len(worst) <= 12, sorted(worst, reverse=True)


def test_few_functions_are_complex() -> None:
    every = [each for room in functions().values() for each in room]
    over = [each for each in every if each[0] > 10]
    assert len(over) <= 0.04 * len(every), sorted(over)


def imports() -> dict[str, set[str]]:
    """What each module of the product imports of it, imports inside functions counted."""
    files = dict(zip(modules(), (f for f in ROOMS if f.name != "__main__.py"), strict=True))
    found: dict[str, set[str]] = {}
    for module, file in files.items():
        known = found.setdefault(module, set())
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                inside = {f"{node.module}.{each.name}" for each in node.names}
                known |= {each if each in files else node.module for each in inside}
            elif isinstance(node, ast.Import):
                known |= {each.name for each in node.names}
        known &= files.keys()
    return found


def test_no_modules_import_each_other_in_a_circle() -> None:
    waiting = imports()
    while free := [each for each, needed in waiting.items() if not needed & waiting.keys()]:
        for each in free:
            del waiting[each]
    assert not waiting, "a circle among these, or in what they import"


def test_no_two_classes_have_one_name() -> None:
    found: dict[str, list[str]] = {}
    for room in ROOMS:
        for node in ast.parse(room.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(f"{name(room)}:{node.lineno}")
    assert not {each: places for each, places in found.items() if len(places) > 1}


@pytest.mark.parametrize("part", ["app/take", "app/history", "app/command_mode", "app/room", "app/application.py"])
def test_what_carries_an_utterance_is_made_of_six_things_at_most(part: str) -> None:
    many = []
    for room in (each for each in ROOMS if name(each).startswith(f"dictation/{part}")):
        for node in ast.walk(ast.parse(room.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "__init__" and len(node.args.args) > 7:
                many.append(f"{name(room)}:{node.lineno}")
    assert not many


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")  # spelt so that this line is not one of them
    assert not [name(file) for file in OURS if later.search(file.read_text(encoding="utf-8"))]


def test_no_import_starts_a_thread_a_process_or_a_device() -> None:
    """One fresh interpreter imports all modules, one after the other, and looks around after each."""
    program = f"""
import importlib, json, os, sys, threading
from pathlib import Path
import numpy  # its linear algebra keeps threads of its own

def doing():
    threads = len(list(Path("/proc/self/task").iterdir())) if Path("/proc/self/task").exists() else 0
    children = Path(f"/proc/self/task/{{os.getpid()}}/children")
    return threads, threading.active_count(), children.read_text() if children.exists() else ""

woken = []
before = doing()
for module in {modules()!r}:
    importlib.import_module(module)
    if doing() != before:
        woken.append(module)
        before = doing()
print(json.dumps(woken))
"""
    assert in_a_fresh_python(program) == []


def test_the_command_line_loads_neither_windows_nor_numbers() -> None:
    """`dictation toggle` is called from window managers, between two keystrokes."""
    program = """
import json, sys
import dictation.cli, dictation.desktop.session.instance, dictation.desktop.store.folders
print(json.dumps(sorted({each.partition(".")[0] for each in sys.modules})))
"""
    loaded = in_a_fresh_python(program)
    assert isinstance(loaded, list) and "dictation" in loaded
    assert not {"PySide6", "numpy", "openai", "faster_whisper", "sounddevice", "pynput", "huggingface_hub"} & set(
        loaded
    )


def test_only_one_file_chooses_by_the_platform() -> None:
    asks = re.compile(r"\bsys\.platform\b|\bplatform\.(?:system|platform|uname)\b|\bos\.(?:name|uname)\b")
    asking = {name(file) for file in ROOMS if asks.search(file.read_text(encoding="utf-8"))}
    assert asking <= KNOW_THE_PLATFORM


def test_a_test_reaches_nothing_outside_this_machine() -> None:
    with pytest.raises(PermissionError), socket.create_connection(("192.0.2.1", 80), timeout=1):
        pass


def test_a_test_has_a_home_of_its_own(home: Path) -> None:
    assert os.environ["DICTATION_HOME"] == str(home) and not home.exists()


def test_the_table_on_the_settings_page_is_the_code() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    _, table, _ = page.split("<!-- settings -->")
    written = [re.split(r"(?<!\\)\|", line)[1:4] for line in table.strip().splitlines() if line.startswith("| `")]
    declared = [[each.key, as_text(each.default), each.help] for each in settings.options()]
    assert [[cell.strip().strip("`").replace("\\|", "|") for cell in row] for row in written] == declared


def as_text(value: Value) -> str:
    """A default as one would write it on the command line."""
    return str(value).lower() if isinstance(value, bool) else str(value)
