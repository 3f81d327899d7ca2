"""What is spooled is there after a crash, in order, for its user alone."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.core.errors import StorageError
from dictation.core.types import Purpose
from dictation.desktop.store.spool import Spool

OTHER_RUN = """
import sys, time
from pathlib import Path
from dictation.core.types import Purpose
from dictation.desktop.store.spool import Spool
file = Spool(Path(sys.argv[1])).begin(7, Purpose.COMMAND)
file.append(b"abcdefgh" * 1000 + b"xy")
print("ready", flush=True)
time.sleep(60)
"""


@contextmanager
def other_run(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another instance in the middle of a recording."""
    run = subprocess.Popen([sys.executable, "-c", OTHER_RUN, str(folder)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    try:
        assert run.stdout.readline() == "ready\n"
        yield run
    finally:
        run.kill()
        run.wait()
        run.stdout.close()


@contextmanager
def full_disk(after: int) -> Iterator[None]:
    """No file may grow beyond ``after`` bytes: the system refuses the rest, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=50)))
def test_any_appends_read_back_the_same(blocks: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Spool(Path(folder)).begin(1, Purpose.DICTATE)
        for block in blocks:
            file.append(block)
        sent = b"".join(blocks)
        assert file.samples() == sent[: len(sent) // 4 * 4]
        assert file.seconds == len(sent) // 4 / 16_000
        file.done()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=50), min_size=1), st.integers(0, 200))
def test_a_disk_that_fills_up_in_the_middle_loses_nothing(blocks: list[bytes], room: int) -> None:
    told: list[StorageError] = []
    sent = b"".join(blocks)
    with tempfile.TemporaryDirectory() as folder:
        file = Spool(Path(folder), told.append).begin(1, Purpose.DICTATE)
        with full_disk(room):
            for block in blocks:
                file.append(block)
        file.append(b"more")  # there is room again, but the order must stay
        sent += b"more"
        assert file.samples() == sent[: len(sent) // 4 * 4]
        assert len(told) == (len(sent) - 4 > room)
        assert file.error is (told[0] if told else None)
        file.done()
        assert list(Path(folder).iterdir()) == []


def test_without_a_folder_the_recording_is_in_memory_and_it_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    told: list[StorageError] = []
    for folder in (tmp_path / "file", tmp_path / "file" / "spool"):
        told.clear()
        file = Spool(folder, told.append).begin(1, Purpose.DICTATE)
        file.append(b"1234")
        file.sync()
        file.append(b"5678")
        assert file.samples() == b"12345678"
        assert [each.code for each in told] == ["recording-in-memory"]
        assert file.error is told[0]
        file.done()


def test_only_the_user_may_read_recordings(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "spool"
    folder.mkdir(parents=True, mode=0o755)
    file = Spool(folder).begin(1, Purpose.DICTATE)
    assert file.path is not None
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    file.done()


def test_a_crash_leaves_the_recording_and_the_next_run_finds_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    with other_run(tmp_path) as run:
        assert spool.leftovers() == []  # it lives: its recording is its own
        run.kill()
        run.wait()
        (left,) = spool.leftovers()
        assert left.purpose is Purpose.COMMAND
        assert left.samples() == b"abcdefgh" * 1000  # the half sample at the end is not sound
        assert spool.leftovers() == []  # claimed: a second look, or a second instance, does not get it
        left.leave()
        (again,) = spool.leftovers()
        assert again.started == left.started
        again.done()
        assert spool.leftovers() == []
        assert list(tmp_path.iterdir()) == []


def test_a_recording_in_progress_is_no_leftover(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    empty, spoken = spool.begin(1, Purpose.DICTATE), spool.begin(2, Purpose.DICTATE)
    spoken.append(b"1234")
    assert spool.leftovers() == []
    assert Spool(tmp_path).leftovers() == []
    empty.append(b"5678")
    assert (empty.samples(), spoken.samples()) == (b"5678", b"1234")
    empty.done()
    spoken.done()
    assert list(tmp_path.iterdir()) == []


def test_leftovers_come_oldest_first_and_strange_files_are_left_alone(tmp_path: Path) -> None:
    names = [
        "20250102T030405.000000Z-1-1-dictate.f32",
        "20240102T030405.000000Z-1-1-command.f32",
        "20240102T030405.000000Z-1-1-unknown.f32",
        "20249902T030405.000000Z-1-1-dictate.f32",
        "notes.txt",
    ]
    for name in names:
        (tmp_path / name).write_bytes(b"1234")
    empty = tmp_path / "20230102T030405.000000Z-1-1-dictate.f32"
    empty.touch()
    os.utime(empty, (1, 1))
    (tmp_path / "20220102T030405.000000Z-1-1-dictate.f32").symlink_to("/etc/passwd")
    found = Spool(tmp_path).leftovers()
    assert [(each.started.year, each.purpose.value) for each in found] == [(2024, "command"), (2025, "dictate")]
    assert not empty.exists()
    for each in found:
        each.done()
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        [*names[2:], "20220102T030405.000000Z-1-1-dictate.f32"]
    )


def test_recordings_begun_at_the_same_moment_do_not_collide(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    files = [spool.begin(1, Purpose.DICTATE) for _ in range(50)]
    for number, file in enumerate(files):
        file.append(number.to_bytes(4, "little"))
    assert [file.samples() for file in files] == [number.to_bytes(4, "little") for number in range(50)]
    for file in files:
        file.done()


def test_what_comes_after_the_end_goes_nowhere(tmp_path: Path) -> None:
    file = Spool(tmp_path).begin(1, Purpose.DICTATE)
    file.append(b"1234")
    file.done()
    file.append(b"5678")
    file.sync()
    file.done()
    assert list(tmp_path.iterdir()) == []
    assert file.error is None


def test_one_thread_appends_while_another_reads(tmp_path: Path) -> None:
    file = Spool(tmp_path).begin(1, Purpose.DICTATE)
    blocks = [number.to_bytes(4, "little") * 80 for number in range(500)]

    def write() -> None:
        for block in blocks:
            file.append(block)

    writer = threading.Thread(target=write)
    writer.start()
    sent, seen = b"".join(blocks), 0
    while writer.is_alive():
        part = file.samples()
        assert len(part) >= seen
        assert sent.startswith(part)
        seen = len(part)
    writer.join()
    assert file.samples() == sent
    file.done()


def test_a_recording_that_cannot_be_read_back_says_so(tmp_path: Path) -> None:
    file = Spool(tmp_path).begin(1, Purpose.DICTATE)
    file.append(b"1234")
    assert file._descriptor is not None
    null = os.open(tmp_path, os.O_RDONLY)  # a folder: reading it is refused
    os.dup2(null, file._descriptor)
    os.close(null)
    with pytest.raises(StorageError) as caught:
        file.samples()
    assert caught.value.code == "recording-unreadable"
    file.done()


def test_what_was_kept_in_memory_is_on_disk_as_soon_as_there_is_room(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    folder.write_text("in the way")
    kept = Spool(folder).begin(1, Purpose.DICTATE)
    kept.append(b"\0\0\0\x3f" * 10)
    assert kept.error and not kept.rescue()
    folder.unlink()
    folder.mkdir(mode=0o700)
    assert kept.rescue() and kept.rescue()
    kept.append(b"\0\0\0\x3f" * 5)
    kept.leave()
    (left,) = Spool(folder).leftovers()
    assert len(left.samples()) == 60
    left.done()
