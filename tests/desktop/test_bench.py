"""The bench itself: what is typed and spoken on the virtual desktop arrives."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.desktop.bench import RIGHT_CTRL, ROOT, Desk, DeskError
from tests.desktop.editors import Editor, wait_until

LEFT_CTRL = 37

Opener = Callable[[str], Editor]

pytestmark = pytest.mark.desktop


@pytest.mark.parametrize("app", ["xterm", "gtk", "qt", "chromium"])
def test_an_app_shows_what_is_typed_and_forgets_it_when_cleared(editor: Opener, desk: Desk, app: str) -> None:
    paper = editor(app)
    assert paper.text() == ""
    for key in ("a", "space", "B", "Return", "c"):
        desk.tap(key)
    assert paper.wait_for("a B\nc") == "a B\nc"
    paper.clear()
    desk.tap("d")
    assert paper.wait_for("d") == "d"


@pytest.mark.parametrize("app", ["xterm", "gtk", "qt", "chromium"])
def test_pasted_text_is_read_back_exactly(editor: Opener, desk: Desk, app: str) -> None:
    paper, wanted = editor(app), "把 main 分支 merge 一下\nläuft – 100% 🙂"
    for selection in ("primary", "clipboard"):
        owner = ["xclip", "-selection", selection, "-silent"]
        subprocess.run(owner, input=wanted.encode(), check=True, timeout=10, stdout=subprocess.DEVNULL)
    desk.tap("shift+Insert")
    assert paper.wait_for(wanted) == wanted


def test_the_microphone_hears_what_is_spoken(desk: Desk) -> None:
    wav = desk.say("git rebase", "en")
    with wave.open(str(wav)) as spoken:
        seconds = spoken.getnframes() / spoken.getframerate()
    command = ["parec", "--device=mic", "--rate=16000", "--channels=1", "--format=s16le", "--latency-msec=20", "--raw"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as recorder:
        assert recorder.stdout
        recorder.stdout.read(3200)  # the recording runs
        player = desk.start_playing(wav)
        heard = np.frombuffer(recorder.stdout.read(int((seconds + 0.5) * 16_000) * 2), np.int16)
        recorder.terminate()
    player.wait(10)
    loud = np.flatnonzero(np.abs(heard) > 1000)
    assert 0.5 * seconds < (loud[-1] - loud[0]) / 16_000 < seconds


def test_a_key_stays_down_until_it_is_released(desk: Desk) -> None:
    from Xlib import display

    keyboard = display.Display()

    def is_down(keycode: int) -> bool:
        return bool(keyboard.query_keymap()[keycode // 8] & 1 << keycode % 8)

    desk.key_down(RIGHT_CTRL)
    assert is_down(RIGHT_CTRL) and not is_down(LEFT_CTRL)
    desk.key_up(RIGHT_CTRL)
    assert not is_down(RIGHT_CTRL)
    keyboard.close()


def test_a_screenshot_is_a_picture(desk: Desk, tmp_path: Path) -> None:
    assert desk.screenshot(tmp_path / "new" / "screen.png").read_bytes().startswith(b"\x89PNG")


def test_a_desk_gives_the_environment_back_and_leaves_nothing_behind() -> None:
    before = dict(os.environ)
    with Desk() as other:
        folder, pids = other.dir, _processes_of(other.dir)
        assert folder.exists() and len(pids) >= 3 and os.environ["DISPLAY"] != before.get("DISPLAY")
        other.open("gtk")
    assert dict(os.environ) == before
    assert not folder.exists() and not _processes_of(folder)


def test_a_desk_goes_down_even_if_its_owner_is_killed() -> None:
    program = (
        "import time; from tests.desktop.bench import Desk\nwith Desk() as d: print(d.dir, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT) as owner:
        assert owner.stdout
        folder = Path(owner.stdout.readline().strip())
        assert _processes_of(folder)
        owner.kill()
    wait_until(lambda: not folder.exists() and not _processes_of(folder), "the desktop to go", 20)


def test_missing_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = tmp_path / "dpkg-query"
    query.write_text("#!/bin/sh\necho installed xterm\n")
    query.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(DeskError, match=r"apt-get install .*\bxvfb\b") as caught, Desk():
        pass
    assert "xterm" not in str(caught.value)


def _processes_of(folder: Path) -> set[int]:
    """The processes that have the desktop's folder in their environment, the keeper's children."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"DESK_DIR={folder}\0".encode() in (process / "environ").read_bytes():
                found.add(int(process.name))
        except OSError:
            continue  # it is gone, or another user's
    return found - {os.getpid()}
