"""Sounds: a short, soft cue when listening begins and when it ends.

Off unless switched on (``look.sounds``): from a loudspeaker the first cue would be in every recording, in front of the
first word; others in the room hear each utterance begin and end; and the pill and the icon say the same without a
sound. With headphones, or where the screen is not looked at, they are worth having.

Played by whatever the desktop plays sounds with: Qt's own sound module would be 400 MB more to install.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QStandardPaths

from dictation.core.types import Event, State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.look.asset_folders import assets

PLAYERS = (("pw-play",), ("paplay",), ("afplay",), ("aplay", "-q"))
"""Asked for in this order; each takes the file as its last argument."""


def folder() -> Path:
    """Where the sounds are: inside the installed package, or beside it in a checkout."""
    return assets("sounds")


class Sounds(QObject):
    """Follows the bridge."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controls = bridge.controls
        self._listening = bridge.state.state is State.LISTENING
        bridge.told.connect(self._hear)

    def _hear(self, event: Event) -> None:
        if not isinstance(event, StateChanged):
            return
        before, self._listening = self._listening, event.state is State.LISTENING
        if before != self._listening and self._controls.settings().look.sounds:
            play("begin" if self._listening else "end")


def play(name: str) -> bool:
    """Play the cue ``name`` and return at once; whether there is anything to play it with."""
    return play_file(folder() / f"{name}.wav")


def play_file(path: Path) -> bool:
    """Play a WAV file and return at once; whether there is anything to play it with."""
    file = str(path)
    for program, *words in PLAYERS:
        if found := QStandardPaths.findExecutable(program):
            process = QProcess()
            process.setProgram(found)
            process.setArguments([*words, file])
            process.setStandardOutputFile(QProcess.nullDevice())
            process.setStandardErrorFile(QProcess.nullDevice())
            started: object = process.startDetached()  # of old also a tuple with the process' number
            return bool(started[0] if isinstance(started, tuple) else started)
    try:
        own = importlib.import_module("winsound")
    except ImportError:
        return False
    own.PlaySound(file, own.SND_FILENAME | own.SND_ASYNC | own.SND_NODEFAULT)
    return True
