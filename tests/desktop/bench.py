"""Owns the virtual desktop of the tests: its life, its keyboard, its microphone, its screen and its apps."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, Self, cast

from tests.desktop.browser import Browser
from tests.desktop.editors import Editor, Gtk, Qt, Terminal

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

RIGHT_CTRL = 105
"""Key code of the dictation hotkey on X11 (an evdev code plus 8; the same on every PC keyboard)."""


APPS: dict[str, type[Editor]] = {"xterm": Terminal, "gtk": Gtk, "qt": Qt, "chromium": Browser}


class Spoken(Protocol):
    """A sentence and how it is said; ``speed`` is words per minute."""

    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def voice(self) -> str: ...
    @property
    def speed(self) -> int: ...


class DeskError(Exception):
    """The desktop cannot be had; the message says what to do."""


class Desk:
    """A desktop of its own, never the user's; while it is entered, ``os.environ`` points at it.

    Qt windows of the app belong in a process of their own: the X server they talk to ends with the desk.
    """

    def __init__(self) -> None:
        self._keeper: subprocess.Popen[str] | None = None
        self._before: dict[str, str] = {}
        self._editors: list[Editor] = []
        self._players: list[subprocess.Popen[bytes]] = []
        self.dir = Path()

    def __enter__(self) -> Self:
        """Bring the desktop up (about a second). Raises DeskError when packages are missing or it does not start."""
        missing = _output(["bash", str(HERE / "setup.sh"), "missing"]).strip()
        if missing:
            raise DeskError(f"The virtual desktop needs Debian packages: apt-get install {missing}")
        # A session of its own: Ctrl-C goes to the tests, which then take the desktop down in good order.
        self._keeper = subprocess.Popen(
            ["bash", str(HERE / "desktop.sh")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._keeper.stdout and self._keeper.stderr
        environment: dict[str, str] = {}
        for line in self._keeper.stdout:
            if line == "ready\n":
                break
            name, _, value = line.rstrip("\n").partition("=")
            environment[name] = value
        else:
            self._keeper.wait()
            raise DeskError(f"The virtual desktop did not start: {self._keeper.stderr.read().strip()}")
        self._before = dict(os.environ)
        os.environ.pop("WAYLAND_DISPLAY", None)
        os.environ.pop("XAUTHORITY", None)
        os.environ.pop("PULSE_COOKIE", None)
        os.environ.update(environment)
        self.dir = Path(environment["DESK_DIR"])
        return self

    def __exit__(self, *_: object) -> None:
        """Close what was opened, take the desktop down, give the environment back."""
        for player in self._players:
            if player.poll() is None:
                player.kill()
            player.wait()
        for editor in self._editors:
            editor.close()
        os.environ.clear()
        os.environ.update(self._before)
        keeper = self._keeper
        if keeper:
            try:
                keeper.communicate(timeout=20)  # closes its standard input, which is the signal to end
            except subprocess.TimeoutExpired:
                keeper.kill()
                keeper.wait()

    # The keyboard

    def key_down(self, keycode: int) -> None:
        """Press a key by its code. (By name, xdotool presses the left Ctrl along with the right one.)"""
        _run("xdotool", "keydown", str(keycode))

    def key_up(self, keycode: int) -> None:
        """Release a key by its code."""
        _run("xdotool", "keyup", str(keycode))

    def tap(self, keysym: str) -> None:
        """Press and release a chord by name, such as ``Return`` or ``ctrl+a``."""
        _run("xdotool", "key", keysym)

    # The microphone

    def start_playing(self, wav: str | Path) -> subprocess.Popen[bytes]:
        """Begin to play a sound file into the microphone; the process ends when it has been heard."""
        # A shorter latency makes the player run dry on a busy machine, which puts holes into the sound.
        command = ["paplay", "--latency-msec=200", "--device=mic_feed", str(wav)]
        player = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self._players = [each for each in self._players if each.poll() is None] + [player]
        return player

    def play(self, wav: str | Path) -> None:
        """Play a sound file into the microphone, to its end. Raises CalledProcessError."""
        player = self.start_playing(wav)
        if player.wait():
            raise subprocess.CalledProcessError(player.returncode, player.args)

    def say(self, text: str, language: str = "en", voice: str = "", speed: int = 160) -> Path:
        """A sound file with ``text`` spoken by espeak-ng. ``language``: en, zh, mixed; ``speed``: words per minute."""
        name = hashlib.sha256(f"{text}\0{language}\0{voice}\0{speed}".encode()).hexdigest()[:16]
        wav = self.dir / f"{name}.wav"
        if not wav.exists():
            _speak()(text, language, voice, speed, 50, wav)
        return wav

    # The screen

    def screenshot(self, path: str | Path) -> Path:
        """Save what is on the screen as a PNG file."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        _run("import", "-silent", "-window", "root", f"png:{target}")
        return target

    def open(self, app: str) -> Editor:
        """Open a real app with an empty text in it, focused: ``xterm``, ``gtk``, ``qt`` or ``chromium``."""
        editor = APPS[app](self.dir)
        self._editors.append(editor)
        editor.focus()
        return editor


def speak_to(wav: Path, sentence: Spoken) -> Path:
    """Write ``sentence`` as speech of the voice that the built-in model learned from."""
    _speak()(sentence.text, sentence.language, sentence.voice, sentence.speed, 50, wav)
    return wav


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=20)


def _output(command: list[str]) -> str:
    done = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
    return done.stdout


def _speak() -> Callable[[str, str, str, int, int, Path], None]:
    """The voice that the built-in model learned from; its file stands outside every package."""
    name = "dictation_speech"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "models" / "train" / "speech.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return cast(Callable[[str, str, str, int, int, Path], None], sys.modules[name].speak)
