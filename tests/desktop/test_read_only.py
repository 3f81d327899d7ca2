"""A home that nobody can write to: the app starts and dictates, and says once, plainly, what it cannot keep."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dictation.app.history.unkept import Shut, unkept, writable
from dictation.core.errors import DictationError, StorageError
from dictation.core.said import HistoryEntry
from dictation.desktop.store.folders import Places
from dictation.desktop.store.history_store import SqliteHistory
from tests.desktop.bench import ROOT, Desk
from tests.desktop.running import App
from tests.desktop.test_faults import NO_KEYS, SENTENCES, dictate, texts

ONLY_READ = """
mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && mount --bind "$1" "$0/run" && shift && exec "$@"
"""
"""In a name space of its own: the folder $0 takes nothing, but for its ``run``, which is what is in the folder $1."""


def shut(home: Path, run: Path) -> list[str]:
    """How to start a program for which ``home`` is on a disk that nobody can write to."""
    (home / "run").mkdir(parents=True, exist_ok=True, mode=0o700)
    user = [] if os.getuid() == 0 else ["-Ur"]
    before = ["unshare", "-m", *user, "sh", "-c", ONLY_READ, str(home), str(run)]
    if subprocess.run([*before, "true"], capture_output=True, timeout=20).returncode:
        pytest.skip("this system lets nobody mount a folder for reading only")
    return before


def dies_after(home: Path, *said: str) -> None:
    """Keep some texts and die as in a crash, so that they stand in the log of changes beside the file."""
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from dictation.core.said import HistoryEntry\n"
        "from dictation.desktop.store.history_store import SqliteHistory\n"
        "h = SqliteHistory(Path(sys.argv[1]))\n"
        "[h.add(HistoryEntry(1.0, 'inserted', each)) for each in sys.argv[2:]]\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(home / "history.sqlite"), *said], cwd=ROOT, timeout=30)
    assert done.returncode == -signal.SIGKILL and (home / "history.sqlite-wal").stat().st_size


@pytest.mark.desktop
def test_in_a_home_that_nobody_can_write_to_the_app_dictates_and_says_once_what_is_not_kept(
    desk: Desk, tmp_path: Path
) -> None:
    home, run = tmp_path / "home", tmp_path / "run"
    run.mkdir(mode=0o700)
    before = shut(home, run)
    dies_after(home, "one before", "another before")
    there = sorted(each.name for each in home.iterdir())
    editor = desk.open("xterm")
    app = App(home, "--headless", environment=NO_KEYS, before=before)
    app.log, app._socket = tmp_path / "output.txt", run / "app.sock"
    try:
        with app:
            outcome = dictate(desk, app, SENTENCES[0])
            assert outcome["outcome"] == "inserted" and editor.wait_for(outcome["text"]) == outcome["text"]
            assert texts(app) == ["another before", "one before"], "what was said before can be listed"
            done = app.call("config", "set", "look.language", "zh")
            assert done.returncode == 1 and "Read-only" in done.stderr and "Traceback" not in done.stderr
            disk = next(line for line in app.call("doctor").stdout.splitlines() if "disk:" in line)
            assert disk.startswith("BAD") and "cannot be written to" in disk
    finally:
        editor.close()
    said = app.log.read_text().splitlines()
    assert len(said) == 1 and "no history, log, changed settings or taught words" in said[0], said
    assert sorted(each.name for each in home.iterdir()) == there


def test_what_a_killed_app_kept_can_be_listed_from_a_disk_that_nobody_can_write_to(tmp_path: Path) -> None:
    home, run = tmp_path / "home", tmp_path / "run"
    run.mkdir()
    before = shut(home, run)
    dies_after(home, "one", "two")
    call = [*before, sys.executable, "-m", "dictation", "history", "list"]
    done = subprocess.run(
        call, cwd=ROOT, env=os.environ | {"DICTATION_HOME": str(home)}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0 and [line.split()[-1] for line in done.stdout.splitlines()] == ["two", "one"], done


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """Folders that take nothing, nor what is below them."""
    folders, access = set[Path](), os.access

    def ask(path: Path, mode: int) -> bool:
        return not ({path, *path.parents} & folders) and access(path, mode)

    monkeypatch.setattr(os, "access", ask)
    return folders


@pytest.mark.parametrize("there", [True, False], ids=["folders that are there", "folders to be made"])
@pytest.mark.parametrize("which", ["state", "config", "both", "neither"])
def test_one_sentence_says_what_is_not_kept(tmp_path: Path, refused: set[Path], which: str, there: bool) -> None:
    config, state = tmp_path / "c" / "dictation", tmp_path / "s" / "dictation"
    for each in (config, state):
        (each if there else each.parent).mkdir(parents=True)
    refused |= {"state": {state.parent}, "config": {config.parent}, "both": {config.parent, state.parent}}.get(
        which, set()
    )
    error = unkept(Places(config, tmp_path, state, tmp_path))
    said = error.message if error else ""
    assert ("history" in said, "settings" in said) == (which in ("state", "both"), which in ("config", "both"))
    assert (str(state) in said, str(config) in said) == (which in ("state", "both"), which in ("config", "both"))


def test_what_follows_from_a_shut_folder_is_told_once_and_any_other_trouble_each_time(
    tmp_path: Path, refused: set[Path]
) -> None:
    told, error = list[DictationError](), StorageError("recording-in-memory", "In memory", "Free space.")
    first, second = (tmp_path / each for each in ("first", "second"))
    first.mkdir()
    second.mkdir()
    refused.add(first)
    assert (writable(first), writable(second)) == (False, True)
    shut_from_the_start, later = Shut(first, told.append), Shut(second, told.append)
    shut_from_the_start(error)
    assert told == []
    for _ in range(2):
        later(error)  # a full disk takes files, but no sound
    assert len(told) == 2
    refused.add(second)
    for _ in range(3):
        later(error)
    assert len(told) == 3
    refused.clear()
    for each in (later, shut_from_the_start):
        each(error)
    assert len(told) == 5, "and when there is trouble after it was opened again"


def test_a_history_that_cannot_be_written_gives_an_error_and_stays_as_it_is(tmp_path: Path) -> None:
    home, run = tmp_path / "home", tmp_path / "run"
    run.mkdir()
    before = shut(home, run)
    SqliteHistory(home / "history.sqlite").add(HistoryEntry(1.0, "inserted", "one"))
    whole = (home / "history.sqlite").read_bytes()
    call = [*before, sys.executable, "-m", "dictation", "history", "clear"]
    done = subprocess.run(
        call, cwd=ROOT, env=os.environ | {"DICTATION_HOME": str(home)}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1 and "cannot be used" in done.stderr and "Traceback" not in done.stderr
    assert (home / "history.sqlite").read_bytes() == whole
