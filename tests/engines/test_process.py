"""Owns the tests of the engine process: asked, killed, stopped, broken, unloaded and closed."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from dictation.core.errors import EngineError, ModelError
from dictation.core.types import RATE
from dictation.engines import engine_life, process, voice, wire
from dictation.engines.process import EngineProcess
from dictation.engines.thread_count import thread_count

from .conftest import Say

SAID = ("merge main into dev", "en")
HANG = signal.SIGSTOP  # what stops a process without ending it looks to its parent like any other hang


def gone(pid: int) -> bool:
    """Whether there is no such process, not even as a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def running(engine: EngineProcess) -> int:
    """Start it, wait until it is ready; its process id."""
    engine.measure(b"")
    assert engine.state == "ready"
    assert engine.pid
    return engine.pid


def just_after_sending(monkeypatch: pytest.MonkeyPatch, do: Callable[[int], None]) -> None:
    """Once: ``do`` something to the process when it has been sent a request that its pipe holds, and before it answers:
    it stands still from before the request until ``do`` is done.
    """
    post = engine_life.Lifeline.post
    left = [do]

    def post_and_do(self: engine_life.Lifeline, *request: Any) -> None:
        if not left:
            post(self, *request)
            return
        os.kill(self.pid, signal.SIGSTOP)
        post(self, *request)
        left.pop()(self.pid)

    monkeypatch.setattr(engine_life.Lifeline, "post", post_and_do)


def test_the_app_loads_no_numbers_for_it() -> None:
    program = "import sys, dictation.engines.process; sys.exit(bool({'numpy', 'faster_whisper'} & set(sys.modules)))"
    here = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=here, check=False).returncode == 0


def test_what_is_said_is_heard(engine: EngineProcess, say: Say) -> None:
    heard = engine.transcribe(say(*SAID), "auto", ["Kubernetes"] * 0)
    assert (heard.text.lower(), heard.language) == SAID
    about = engine.describe()
    assert {key: about[key] for key in ("device", "precision", "note")} == {
        "device": "cpu", "precision": "int8", "note": ""
    }  # fmt: skip


def test_it_measures_what_is_measured_here(ears: EngineProcess, say: Say) -> None:
    said = say(*SAID)
    ours, theirs = voice.measure(said), ears.measure(said)
    assert theirs.voice == pytest.approx(ours.voice, abs=1e-5)
    assert (theirs.seconds, theirs.peak) == (ours.seconds, ours.peak)


def test_a_long_recording_is_measured(ears: EngineProcess) -> None:
    assert len(ears.measure(bytes(4 * RATE * 320)).voice) == 10_000


def test_starting_and_touching_do_not_wait(model: str) -> None:
    states: queue.SimpleQueue[str] = queue.SimpleQueue()
    engine = EngineProcess(model, "cpu", on_state=lambda state, _: states.put(state))
    try:
        assert (engine.state, engine.pid) == ("unloaded", None)
        engine.start()
        assert engine.state == "loading"
        pid = engine.pid
        engine.touch()
        assert engine.pid == pid
        assert [states.get(timeout=60) for _ in range(2)] == ["loading", "ready"]
        assert engine.state == "ready"
    finally:
        engine.close()
    assert pid
    assert gone(pid)


def test_a_touch_after_a_while_warms_it_and_the_next_answer_is_the_right_one(
    engine: EngineProcess, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(engine)
    monkeypatch.setattr(process, "STALE", 0.0)
    posted = []
    post = engine_life.Lifeline.post

    def record(self: engine_life.Lifeline, header: dict[str, Any], payload: bytes = b"") -> None:
        posted.append(header["do"])
        post(self, header, payload)

    monkeypatch.setattr(engine_life.Lifeline, "post", record)
    engine.touch()
    assert engine.transcribe(say(*SAID), "en").text.lower() == SAID[0]
    assert posted == ["warm", "transcribe"]


@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_killed_engine_still_answers(
    engine: EngineProcess, say: Say, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    pid = running(engine)
    if moment == "before":
        os.kill(pid, signal.SIGKILL)
    else:
        just_after_sending(monkeypatch, lambda pid: os.kill(pid, signal.SIGKILL))
        assert engine.measure(bytes(4 * RATE // 5)).seconds == 0.2  # no more than a pipe holds
    assert engine.transcribe(say(*SAID), "auto").text.lower() == SAID[0]
    assert engine.pid != pid
    assert gone(pid)


def test_an_engine_killed_while_it_loads_still_answers(engine: EngineProcess, say: Say) -> None:
    engine.start()
    assert engine.pid
    os.kill(engine.pid, signal.SIGKILL)
    assert engine.transcribe(say(*SAID), "auto").text.lower() == SAID[0]


def test_a_death_while_idle_is_told_and_the_next_touch_starts_it_again() -> None:
    told: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    engine = EngineProcess(None, on_state=lambda state, detail: told.put((state, detail)))
    try:
        os.kill(running(engine), signal.SIGKILL)
        heard = [told.get(timeout=10) for _ in range(3)]
        assert [state for state, _ in heard] == ["loading", "ready", "dead"]
        assert "SIGKILL" in heard[-1][1]
        engine.touch()
        assert engine.state == "loading"
    finally:
        engine.close()


@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_hanging_engine_is_replaced(ears: EngineProcess, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    pid = running(ears)
    if moment == "before":
        os.kill(pid, HANG)
    else:
        just_after_sending(monkeypatch, lambda _: None)  # it goes on standing still
    # 0.2 s: more than a pipe holds would be written into, if it were read.
    assert ears.measure(bytes(4 * RATE // 5)).seconds == 0.2
    assert ears.pid != pid
    assert gone(pid)


def test_a_hanging_engine_is_replaced_even_when_its_pipe_is_full(ears: EngineProcess) -> None:
    pid = running(ears)
    os.kill(pid, HANG)
    ears._patience = 0.5
    line = ears._line
    assert line
    with pytest.raises(engine_life.Gone, match="did not answer"):
        line.ask({"do": "measure"}, bytes(1 << 22), 0.5)
    assert ears.measure(b"").seconds == 0
    assert gone(pid)


def test_it_gives_up_after_three_deaths_and_says_why(ears: EngineProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    pids = []
    post = engine_life.Lifeline.post

    def die(self: engine_life.Lifeline, *request: Any) -> None:
        pids.append(self.pid)
        os.kill(self.pid, signal.SIGSEGV)
        post(self, *request)

    monkeypatch.setattr(engine_life.Lifeline, "post", die)
    with pytest.raises(EngineError) as raised:
        ears.measure(bytes(4))
    assert raised.value.code == "engine-died"
    assert "SIGSEGV" in raised.value.message
    assert raised.value.remedy
    assert len(set(pids)) == 3
    monkeypatch.setattr(engine_life.Lifeline, "post", post)
    assert ears.measure(b"").seconds == 0


def test_last_words_on_standard_error_are_part_of_the_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    false_python = tmp_path / "python"
    false_python.write_text("#!/bin/sh\necho 'cannot find libcudnn' >&2\nexit 3\n")
    false_python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(false_python))
    engine = EngineProcess(None)
    with pytest.raises(EngineError, match="ended with code 3; its last words: cannot find libcudnn"):
        engine.measure(b"")
    engine.close()


def test_a_process_that_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    engine = EngineProcess(None)
    engine.touch()
    with pytest.raises(EngineError) as raised:
        engine.start()
    assert raised.value.code == "engine-start"


def test_a_model_that_cannot_be_loaded_is_said_once_and_plainly(tmp_path: Path) -> None:
    told: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    engine = EngineProcess(str(tmp_path / "gone"), on_state=lambda state, detail: told.put((state, detail)))
    try:
        with pytest.raises(ModelError) as raised:
            engine.transcribe(bytes(4), "auto")
        assert raised.value.code == "model-missing"
        assert told.get(timeout=10) == ("loading", "")
        state, detail = told.get(timeout=10)
        assert (state, "does not exist" in detail) == ("dead", True)
        assert told.empty()
    finally:
        engine.close()


def test_after_a_death_while_loading_the_gpu_is_not_tried_again(
    model: str, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices = []
    start = engine_life.Lifeline.__init__

    def start_and_die(self: engine_life.Lifeline, config: dict[str, Any], hear: Any) -> None:
        devices.append(config["device"])
        start(self, config, hear)
        if config["device"] == "cuda":
            os.kill(self.pid, signal.SIGABRT)

    monkeypatch.setattr(engine_life.Lifeline, "__init__", start_and_die)
    engine = EngineProcess(model, "cuda")
    try:
        assert engine.transcribe(say(*SAID), "en").text.lower() == SAID[0]
        assert devices == ["cuda", "cpu"]
        assert "SIGABRT" in str(engine.describe()["note"])
    finally:
        engine.close()


def test_an_error_in_the_engine_is_not_its_end(engine: EngineProcess, say: Say) -> None:
    pid = running(engine)
    with pytest.raises(EngineError) as raised:
        engine.transcribe(bytes(4 * RATE * 31), "auto")
    assert raised.value.code == "utterance-too-long"
    assert engine.transcribe(say(*SAID), "auto").text.lower() == SAID[0]
    assert engine.pid == pid


def test_without_a_model_it_only_measures(ears: EngineProcess) -> None:
    with pytest.raises(EngineError) as raised:
        ears.transcribe(bytes(4), "auto")
    assert raised.value.code == "no-model"


def test_no_hint_is_too_much_for_the_line(engine: EngineProcess, say: Say) -> None:
    assert engine.transcribe(say(*SAID), "en", ["x" * (1 << 21)] * 99).text.lower() == SAID[0]


def test_half_a_sample_is_refused(ears: EngineProcess) -> None:
    with pytest.raises(EngineError) as raised:
        ears.measure(bytes(5))
    assert raised.value.code == "bad-samples"
    assert ears.pid is None


def test_many_threads_may_ask_at_once(engine: EngineProcess, say: Say) -> None:
    said = say(*SAID)
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()

    def ask(number: int) -> None:
        length = 4 * (number + 1) * 1000
        answers.put(engine.measure(said[:length]).seconds == length / 4 / RATE)
        answers.put(engine.transcribe(said, "auto").text.lower() == SAID[0])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for each in threads:
        each.start()
    assert [answers.get(timeout=60) for _ in range(12)] == [True] * 12
    for each in threads:
        each.join()


def test_unloading_gives_the_memory_back_and_the_next_use_loads_again(engine: EngineProcess, say: Say) -> None:
    pid = running(engine)
    assert engine.unload()
    assert (engine.state, engine.pid) == ("unloaded", None)
    assert gone(pid)
    assert engine.transcribe(say(*SAID), "auto").text.lower() == SAID[0]


def test_an_engine_at_work_is_not_unloaded(ears: EngineProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    running(ears)
    answers = []

    def unload(pid: int) -> None:
        answers.append(ears.unload())
        os.kill(pid, signal.SIGCONT)

    just_after_sending(monkeypatch, unload)
    assert ears.measure(b"").seconds == 0
    assert answers == [False]


def test_closing_ends_a_request_under_way_and_every_later_one(
    ears: EngineProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = running(ears)
    just_after_sending(monkeypatch, lambda _: ears.close())
    for _ in range(2):
        with pytest.raises(EngineError) as raised:
            ears.measure(bytes(400))
        assert raised.value.code == "engine-closed"
    assert gone(pid)


def test_a_listener_that_fails_stops_nothing(say: Say) -> None:
    def fail(state: str, detail: str) -> None:
        raise RuntimeError(state)

    engine = EngineProcess(None, on_state=fail)
    assert engine.measure(say(*SAID)).voice
    engine.close()


def test_the_engine_ends_with_the_app(tmp_path: Path) -> None:
    program = """
import sys, time
from dictation.engines.process import EngineProcess
from dictation.engines.thread_count import thread_count
engine = EngineProcess(None)
engine.measure(b"")
print(engine.pid, flush=True)
time.sleep(60)
"""
    here = Path(__file__).parents[2]
    app = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=here)
    assert app.stdout
    with app.stdout:
        pid = int(app.stdout.readline())
        app.kill()
        app.wait()
    deadline = time.monotonic() + 10
    while not gone(pid) and not is_zombie(pid):
        assert time.monotonic() < deadline
        os.sched_yield()


def is_zombie(pid: int) -> bool:
    """Ended, and left by a dead parent to one that may be slow to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_users_ctrl_c_and_prints_do_not_reach_the_line(ears: EngineProcess, capfd: Any) -> None:
    pid = running(ears)
    os.kill(pid, signal.SIGINT)
    assert ears.measure(b"").seconds == 0
    assert ears.pid == pid
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGABRT)
    with pytest.raises(engine_life.Gone):
        assert ears._line
        ears._line.ask({"do": "measure"}, b"", 5)
    out, err = capfd.readouterr()
    assert out == err == ""


def test_a_library_that_prints_does_not_break_the_line() -> None:
    program = """
import os, sys
from dictation.engines import engine_main, wire
requests, answers = engine_main._take_the_line()
os.write(1, b"a C library prints\\n"); print("and so does a Python one", flush=True)
header, payload = requests.get()
assert os.read(0, 9) == b"", "standard input is not for others"
wire.write_frame(answers, header, payload)
requests.get()
"""
    here = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=here
    ) as other:
        assert other.stdin and other.stdout and other.stderr
        wire.write_frame(cast(BinaryIO, other.stdin), {"a": 1}, b"xyz")
        assert wire.read_frame(cast(BinaryIO, other.stdout)) == ({"a": 1}, b"xyz")
        other.stdin.close()
        assert other.wait(10) == 0
        assert other.stderr.read().splitlines() == [b"a C library prints", b"and so does a Python one"]


def test_a_file_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('run from the current folder')")
    monkeypatch.chdir(tmp_path)
    engine = EngineProcess(None)
    assert engine.measure(bytes(4)).seconds > 0
    engine.close()


def test_the_engine_reports_to_nobody_and_leaves_no_file(
    engine: EngineProcess, say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = say(*SAID)  # before HOME is another: espeak-ng leaves a file there
    for name in ("CI", "ORT_DISABLE_TELEMETRY"):  # either alone would keep ONNX Runtime quiet
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "user"
    folder.mkdir()
    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(folder))
    assert engine.measure(said).voice
    assert engine.transcribe(said, "auto").text
    assert list(folder.rglob("*")) == []
    opened = [str(each.readlink()) for each in Path(f"/proc/{engine.pid}/fd").iterdir()]
    assert not [each for each in opened if each.startswith("socket:")]


def test_the_environment_is_set_before_libraries_are_loaded(
    ears: EngineProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLIBC_TUNABLES", "glibc.malloc.perturb=1")
    pairs = Path(f"/proc/{running(ears)}/environ").read_bytes().split(b"\0")
    assert {b"HF_HUB_OFFLINE=1", b"OMP_NUM_THREADS=%d" % thread_count(0)} <= set(pairs)
    assert any(pair.startswith(b"GLIBC_TUNABLES=glibc.malloc.arena_max=1") for pair in pairs)
    assert engine_life._environment(2)["GLIBC_TUNABLES"] == f"{engine_life.MALLOC}:glibc.malloc.perturb=1"
