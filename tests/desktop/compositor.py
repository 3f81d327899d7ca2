"""Owns a Wayland compositor that shows its screen to nobody (sway, headless), and a terminal on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tests.desktop.bench import HERE
from tests.desktop.editors import wait_until

NOBODY = 65534

_CONFIG = """
xwayland disable
output HEADLESS-1 resolution 1280x800
bindsym --no-repeat F9 exec "echo start >> {folder}/calls"
bindsym --release F9 exec "echo stop >> {folder}/calls"
exec "echo $WAYLAND_DISPLAY $SWAYSOCK > {folder}/made && mv {folder}/made {folder}/ready"
"""


class NoCompositor(Exception):
    """Sway cannot be had here; the message says why."""


class Sway:
    """While it is entered, ``os.environ`` points at it.

    F9 writes ``start`` into the file ``calls`` when it goes down and ``stop`` when it comes up: whom sway runs programs
    as may not be allowed to run ours.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dictation-sway-", dir="/tmp"))
        self.calls = self.folder / "calls"
        self._before: dict[str, str] = {}
        self._children: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Start it. Raises NoCompositor."""
        if missing := [each for each in ("sway", "foot", "wtype", "wl-copy") if not shutil.which(each)]:
            raise NoCompositor(f"not installed: {', '.join(missing)} (tests/desktop/setup.sh desk)")
        run = self.folder / "run"
        run.mkdir(mode=0o700)
        config = self.folder / "config"
        self.calls.touch()
        self.calls.chmod(0o666)
        config.write_text(_CONFIG.format(folder=self.folder))
        if os.geteuid() == 0:
            for each in (self.folder, run, config):
                os.chown(each, NOBODY, NOBODY)
        self._before = dict(os.environ)
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "SWAYSOCK", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS"):
            os.environ.pop(name, None)
        os.environ |= {
            "XDG_RUNTIME_DIR": str(run), "HOME": str(self.folder), "WLR_BACKENDS": "headless",
            "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        try:
            sway = self.start([*as_user(), "sway", "-c", str(config)], "sway")
            ready = self.folder / "ready"
            wait_until(lambda: ready.exists() or sway.poll() is not None, "sway", 20)
            if not ready.exists():
                raise NoCompositor(f"it ended: {(self.folder / 'sway.log').read_text(errors='replace')[-300:]}")
        except BaseException as error:
            self.__exit__()
            raise error if isinstance(error, NoCompositor) else NoCompositor(str(error)) from error
        os.environ["WAYLAND_DISPLAY"], os.environ["SWAYSOCK"] = ready.read_text().split()
        return self

    def __exit__(self, *_: object) -> None:
        """End it and all on it, and give the environment back."""
        for child in reversed(self._children):
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(5)
                except subprocess.TimeoutExpired:
                    child.kill()
            child.wait()
        os.environ.clear()
        os.environ.update(self._before)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(
        self, command: Sequence[str], name: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """A program on this screen."""
        with (self.folder / f"{name}.log").open("wb") as log:
            child = subprocess.Popen(
                list(command), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=os.environ | dict(environment or {}), start_new_session=True,
            )  # fmt: skip
        self._children.append(child)
        return child

    def terminal(self) -> Foot:
        """A foot with the cursor, in which every byte is kept."""
        return Foot(self)

    def shell(self) -> subprocess.Popen[bytes]:
        """A foot with the cursor, in which bash waits."""
        child = self.start(["foot", "bash", "--norc", "--noprofile"], "shell")
        wait_until(lambda: self.focused().get("pid") == child.pid, "the cursor in foot", 10)
        return child

    def focused(self) -> dict[str, Any]:
        """What sway itself says has the cursor."""
        todo = [json.loads(_output("swaymsg", "-r", "-t", "get_tree"))]
        while todo:
            node = todo.pop()
            if node.get("focused"):
                return dict(node)
            todo += node["nodes"] + node["floating_nodes"]
        return {}


class Foot:
    """foot with a program that keeps every byte it is sent."""

    def __init__(self, sway: Sway) -> None:
        folder = Path(tempfile.mkdtemp(dir=sway.folder))
        folder.chmod(0o777)
        self._bytes, self._seen, self._sway = folder / "bytes", 0, sway
        reader = [sys.executable, str(HERE / "reader.py"), str(self._bytes)]
        self.process = sway.start(["foot", *reader], folder.name)
        wait_until(lambda: self._bytes.exists(), "foot's program", 20)
        wait_until(lambda: sway.focused().get("pid") == self.process.pid, "the cursor in foot", 10)

    def raw(self) -> bytes:
        """What has arrived since the last ``clear``, with the marks around what was pasted."""
        return self._bytes.read_bytes()[self._seen :]

    def text(self) -> str:
        """The same without the marks."""
        return self.raw().replace(b"\x1b[200~", b"").replace(b"\x1b[201~", b"").decode(errors="replace")

    def clear(self) -> None:
        """Forget what has arrived so far."""
        self._seen += len(self.raw())

    def stands(self, text: str, seconds: float = 15) -> None:
        """Wait for exactly this text."""
        try:
            wait_until(lambda: self.text() == text, "the text", seconds)
        except TimeoutError:
            raise AssertionError(f"there stood {self.text()!r} instead of {text!r}") from None

    def focus(self) -> None:
        """Give it the cursor."""
        _output("swaymsg", f"[pid={self.process.pid}] focus")
        wait_until(lambda: self._sway.focused().get("pid") == self.process.pid, "the cursor in foot", 10)

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(5)
        wait_until(lambda: self._sway.focused().get("pid") != self.process.pid, "the window to go", 10)


def as_user() -> list[str]:
    """What goes before a command so that it does not run as root, which sway refuses to."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def _output(*command: str) -> str:
    done = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
    return done.stdout
