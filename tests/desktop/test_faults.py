"""Faults, injected into the real app at work: nothing that was said is lost, nothing is typed twice, and it is said."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.desktop.bench import ROOT, Desk
from tests.desktop.demo import SHOWCASE, Sentence, showcase
from tests.desktop.editors import Editor, wait_until
from tests.desktop.running import App, Status
from tests.desktop.selections import copy, pasted
from tests.desktop.test_microphone_server import Server

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

SENTENCES = showcase(SHOWCASE.read_text(encoding="utf-8").splitlines())
NO_KEYS = {"DICTATION_HOTKEYS": "none"}


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("faults"), "--headless", environment=NO_KEYS) as app:
        yield app


@pytest.fixture(scope="module")
def window(desk: Desk) -> Iterator[Editor]:
    editor = desk.open("xterm")
    yield editor
    editor.close()


@pytest.fixture
def paper(window: Editor) -> Editor:
    """An empty window that has the cursor."""
    window.focus()
    window.clear()
    return window


def begin(app: App) -> None:
    app.ask({"do": "start"})
    app.wait_for(lambda status: status["state"] == "listening", "listening")


def speech(desk: Desk, sentence: Sentence) -> Path:
    return desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed)


def dictate(desk: Desk, app: App, sentence: Sentence, before_the_end: Callable[[], None] = lambda: None) -> Status:
    """Say a sentence; how it ended."""
    earlier = app.last_id()
    begin(app)
    desk.play(speech(desk, sentence))
    before_the_end()
    app.ask({"do": "stop"})
    return app.outcome_after(earlier)


def landed(paper: Editor, outcome: Status) -> None:
    """Exactly what was heard stands there, once. (On a busy machine the player runs dry, and words are misheard.)"""
    assert outcome["outcome"] == "inserted" and outcome["text"], outcome
    assert paper.wait_for(outcome["text"]) == outcome["text"]


def history(app: App) -> list[Status]:
    done = app.call("history", "list", "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def texts(app: App) -> list[str]:
    """What is in the history, newest first."""
    return [str(each["text"]) for each in history(app)]


def engine(app: App) -> int:
    return int(
        app.wait_for(lambda status: status["engine_pid"] and status["state"] != "loading", "the engine")["engine_pid"]
    )


@contextmanager
def limited(pid: int, what: int, most: int) -> Iterator[None]:
    """A process under a limit of the system's, for a while."""
    before = resource.prlimit(pid, what)
    resource.prlimit(pid, what, (most, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, what, before)


# --- the engine


def test_an_engine_killed_before_the_first_word_costs_no_word(desk: Desk, app: App, paper: Editor) -> None:
    os.kill(engine(app), signal.SIGKILL)
    landed(paper, dictate(desk, app, SENTENCES[0]))


def test_an_engine_killed_while_it_decodes_costs_no_word_and_doubles_none(desk: Desk, app: App, paper: Editor) -> None:
    victim, earlier, known = engine(app), app.last_id(), len(history(app))
    begin(app)
    desk.play(speech(desk, SENTENCES[1]))
    os.kill(victim, signal.SIGSTOP)  # it is sure to be in the middle when it dies
    app.ask({"do": "stop"})
    app.wait_for(lambda status: status["state"] == "thinking", "thinking")
    os.kill(victim, signal.SIGKILL)
    landed(paper, app.outcome_after(earlier))
    assert len(history(app)) == known + 1


def test_an_engine_killed_after_the_text_changes_nothing(desk: Desk, app: App, paper: Editor) -> None:
    first = dictate(desk, app, SENTENCES[2])
    os.kill(engine(app), signal.SIGKILL)
    second = dictate(desk, app, SENTENCES[3])
    both = first["text"] + second["text"]
    assert first["text"] and second["text"] and paper.wait_for(lambda text: len(text) >= len(both)) == both


def test_without_memory_the_words_wait_and_can_be_transcribed_again(desk: Desk, app: App, paper: Editor) -> None:
    victim = engine(app)
    used = next(
        int(line.split()[1]) * 1024
        for line in Path(f"/proc/{victim}/status").read_text().splitlines()
        if line.startswith("VmSize")
    )
    with limited(victim, resource.RLIMIT_AS, used):
        outcome = dictate(desk, app, SENTENCES[5])
        if outcome["outcome"] == "inserted":  # it found room in what it had, or died and was started again
            landed(paper, outcome)
            return
        assert outcome["outcome"] == "failed" and outcome["reason"]
        os.kill(victim, signal.SIGKILL)
        app.wait_for(lambda status: status["engine_pid"] != victim, "the end of the engine")
    entry = history(app)[0]
    assert (entry["outcome"], entry["text"]) == ("failed", "")
    assert list((app.home / "spool").iterdir())
    assert app.ask({"do": "retry", "id": entry["id"]}) == {"ok": True}
    wait_until(lambda: history(app)[0]["text"], "the words", 30)
    assert paper.text() == "" and not list((app.home / "spool").iterdir())


# --- the machine


def test_a_full_disk_keeps_the_words_in_memory_and_they_arrive(desk: Desk, app: App, paper: Editor) -> None:
    with limited(app.process.pid, resource.RLIMIT_FSIZE, 20_000):
        outcome = dictate(desk, app, SENTENCES[6])
    landed(paper, outcome)
    paper.clear()
    after = dictate(desk, app, SENTENCES[7])
    landed(paper, after)
    # What could not be written then is, as soon as there is room.
    wait_until(lambda: [outcome["text"], after["text"]] == texts(app)[1::-1], "both texts in the history", 20)
    log = (app.home / "log.txt").read_text()
    assert "recording-in-memory" in log or "cannot be written" in log


def test_a_machine_that_slept_in_the_middle_loses_no_word(desk: Desk, app: App, paper: Editor) -> None:
    def sleep() -> None:
        app.process.send_signal(signal.SIGSTOP)
        with pytest.raises(subprocess.TimeoutExpired):
            app.process.wait(2)
        app.process.send_signal(signal.SIGCONT)

    landed(paper, dictate(desk, app, SENTENCES[8], sleep))


def test_files_that_are_damaged_are_set_aside_or_left_and_dictation_works(
    desk: Desk, paper: Editor, tmp_path: Path
) -> None:
    broken = {
        "config.toml": b"[keys\nnot toml", "history.sqlite": b"no database" * 500,
        "glossary.tsv": b"\xff\xfe\x00 broken\n\t\tx\nGrafana\tgraph anna\n", "snippets.toml": b"= = =",
    }  # fmt: skip
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
    with App(tmp_path, "--headless", environment=NO_KEYS) as app:
        outcome = dictate(desk, app, SENTENCES[9])
        landed(paper, outcome)
        assert [each["text"] for each in history(app)] == [outcome["text"]]
        assert app.call("correct", "graph anna").returncode == 0
    for name in ("config.toml", "history.sqlite"):
        assert (tmp_path / f"{name}.broken").read_bytes() == broken[name]
    assert (tmp_path / "glossary.tsv").read_bytes() == broken["glossary.tsv"]
    log = (tmp_path / "log.txt").read_text()
    assert "config-broken" in log and "history-broken" in log and "glossary" in log


def test_where_nothing_can_be_kept_dictation_works_and_says_so(desk: Desk, paper: Editor, tmp_path: Path) -> None:
    for name in ("history.sqlite", "glossary.tsv", "config.toml", "snippets.toml"):
        (tmp_path / name).mkdir()  # root may write what is read-only, but nobody can write a folder
    with App(tmp_path, "--headless", environment=NO_KEYS) as app:
        landed(paper, dictate(desk, app, SENTENCES[10]))
        done = app.call("history", "list")
        assert done.returncode == 1 and "cannot be used" in done.stderr
    assert "history.sqlite cannot be used" in (tmp_path / "log.txt").read_text()
    assert not list((tmp_path / "spool").iterdir())


def test_where_neither_a_log_nor_a_recording_can_be_written_the_app_works(
    desk: Desk, paper: Editor, tmp_path: Path
) -> None:
    (tmp_path / "log.txt").mkdir()
    (tmp_path / "spool").write_text("")  # nobody can make a folder where a file is
    with App(tmp_path, "--headless", environment=NO_KEYS) as app:
        landed(paper, dictate(desk, app, SENTENCES[10]))
    assert not (tmp_path / "spool").read_text()


# --- sound and screen


def test_a_sound_server_that_dies_in_the_middle_keeps_what_was_said(
    desk: Desk, paper: Editor, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("s")
    server = Server(folder)
    server.start()

    def play(sentence: Sentence) -> None:
        call = ["paplay", "-s", f"unix:{server.socket}", "--latency-msec=200", "--device=feed"]
        subprocess.run([*call, str(speech(desk, sentence))], check=True, timeout=30)

    try:
        with App(tmp_path, "--headless", environment=NO_KEYS | {"PULSE_SERVER": f"unix:{server.socket}"}) as app:
            begin(app)
            play(SENTENCES[11])
            wait_until(lambda: app.status()["level"] < 0.01, "the last word to be heard", 5)
            server.kill()
            landed(paper, app.outcome_after(0))
            assert "microphone-lost" in (tmp_path / "log.txt").read_text()
            earlier = app.last_id()
            started = app.call("start")
            assert started.returncode == 1 and "icrophone" in started.stderr, "who asks for a recording is told"
            assert app.outcome_after(earlier - 1)["outcome"] in ("failed", "inserted")
            wait_until(lambda: "microphone" in (app.status()["detail"] or "microphone").lower(), "the trouble", 5)
            server.start()
            paper.clear()
            earlier = app.last_id()
            begin(app)
            play(SENTENCES[12])
            app.ask({"do": "stop"})
            landed(paper, app.outcome_after(earlier))
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


class Screen:
    """An X server of the test's own, to be ended and begun again under the same number."""

    def __init__(self) -> None:
        reader, writer = os.pipe()
        self._process = self._run(["-displayfd", str(writer)], (writer,))
        os.close(writer)
        with os.fdopen(reader) as number:
            self.number = number.readline().strip()

    def begin(self) -> None:
        self._process = self._run([f":{self.number}"], ())
        call = ["xdpyinfo", "-display", f":{self.number}"]
        wait_until(lambda: subprocess.run(call, capture_output=True, timeout=10).returncode == 0, "the X server", 10)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for left in (f"/tmp/.X{self.number}-lock", f"/tmp/.X11-unix/X{self.number}"):
            Path(left).unlink(missing_ok=True)

    def _run(self, words: list[str], pass_fds: tuple[int, ...]) -> subprocess.Popen[bytes]:
        options = ["-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
        return subprocess.Popen(["Xvfb", *words, *options], pass_fds=pass_fds, stderr=subprocess.DEVNULL)


def test_when_the_display_goes_and_comes_back_the_words_are_kept_and_the_keys_heard_again(
    desk: Desk, tmp_path: Path
) -> None:
    screen = Screen()
    try:
        with App(tmp_path, "--headless", environment={"DISPLAY": f":{screen.number}"}) as app:
            assert "not listening" not in app.status()["hotkeys"]
            begin(app)
            desk.play(speech(desk, SENTENCES[13]))
            screen.end()
            app.wait_for(lambda status: status["state"] == "listening", "listening")
            app.ask({"do": "stop"})
            wait_until(lambda: app.last_id() > 0, "the end of the utterance", 30)
            (entry,) = history(app)
            assert entry["text"] and entry["outcome"] in ("failed", "held")
            assert "not heard any more" in app.status()["detail"]
            screen.begin()
            app.wait_for(lambda status: status["state"] == "idle", "the keys to be heard again", 30)
            key = {"DISPLAY": f":{screen.number}"}
            subprocess.run(["xdotool", "keydown", "105"], env=os.environ | key, check=True, timeout=20)
            app.wait_for(lambda status: status["state"] == "listening", "the key to be heard")
            subprocess.run(["xdotool", "key", "Escape"], env=os.environ | key, check=True, timeout=20)
            app.wait_for(lambda status: status["state"] == "idle", "the end")
    finally:
        screen.end()


def test_an_app_with_windows_ends_with_its_display_and_the_next_start_offers_the_words(
    desk: Desk, tmp_path: Path
) -> None:
    screen = Screen()
    try:
        display = NO_KEYS | {"DISPLAY": f":{screen.number}"}
        with App(tmp_path, environment=display) as app:
            begin(app)
            desk.play(speech(desk, SENTENCES[17]))
            screen.end()
            app.process.wait(30)  # Qt cannot go on without it
        screen.begin()
        with App(tmp_path, "--headless", environment=display) as app:
            wait_until(lambda: not list((tmp_path / "spool").iterdir()), "the recording to be dealt with", 30)
            (entry,) = history(app)
            assert entry["outcome"] == "recovered" and entry["text"]
    finally:
        screen.end()


# --- the app itself


def test_an_app_killed_with_the_clipboard_lent_gives_it_back_and_types_nothing_again(
    desk: Desk, paper: Editor, tmp_path: Path
) -> None:
    copy("mine, 我的".encode())
    sentence = SENTENCES[14]
    with App(tmp_path, "--headless", environment=NO_KEYS) as app:
        begin(app)
        desk.play(speech(desk, sentence))
        app.ask({"do": "stop"})
        typed = wait_until(lambda: paper.text() or None, "the text", 30)
        app.kill()
    assert pasted() != "mine, 我的".encode()
    with App(tmp_path, "--headless", environment=NO_KEYS) as app:
        wait_until(lambda: pasted() == "mine, 我的".encode(), "the old clipboard", 10)
        wait_until(lambda: not list((tmp_path / "spool").iterdir()), "the recording to be dealt with", 30)
        (entry,) = history(app)
        assert entry["text"] and entry["outcome"] in ("inserted", "recovered")
        assert paper.text() == typed


def test_an_app_killed_while_it_thinks_offers_the_words_at_the_next_start_once(
    desk: Desk, paper: Editor, tmp_path: Path
) -> None:
    sentence = SENTENCES[15]
    with App(tmp_path, "--headless", environment=NO_KEYS) as app:
        begin(app)
        desk.play(speech(desk, sentence))
        hung = app.status()["engine_pid"]
        os.kill(hung, signal.SIGSTOP)
        app.ask({"do": "stop"})
        app.wait_for(lambda status: status["state"] == "thinking", "thinking")
        app.kill()
        os.kill(hung, signal.SIGKILL)  # stopped, it would not see that its app is gone
    for _ in range(2):  # and not again at the start after
        with App(tmp_path, "--headless", environment=NO_KEYS) as app:
            wait_until(lambda: not list((tmp_path / "spool").iterdir()), "the recording to be dealt with", 30)
            (entry,) = history(app)
            assert entry["outcome"] == "recovered" and entry["text"]
            assert paper.text() == ""


def test_a_flooded_socket_answers_again_and_the_dictation_under_way_lands(desk: Desk, app: App, paper: Editor) -> None:
    flood = """
import os, socket, sys
crowd = []
for _ in range(60):
    each = socket.socket(socket.AF_UNIX)
    try:
        each.settimeout(2)
        each.connect(sys.argv[1])
        each.sendall(os.urandom(5000))
    except OSError:
        pass
    crowd.append(each)
"""
    earlier = app.last_id()
    begin(app)
    desk.play(speech(desk, SENTENCES[16]))
    subprocess.run([sys.executable, "-c", flood, str(app.home / "run" / "app.sock")], cwd=ROOT, check=True, timeout=60)
    wait_until(lambda: app.status() or None, "an answer", 10)
    app.ask({"do": "stop"})
    landed(paper, app.outcome_after(earlier))
