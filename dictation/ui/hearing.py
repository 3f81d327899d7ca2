"""Hearing: a test of the microphone with its level, which can be played back."""

from __future__ import annotations

import tempfile
import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from dictation.core.controls import Controls
from dictation.core.errors import DictationError
from dictation.ui.fields.level_meter import DEAF_BELOW, height
from dictation.ui.look import sentences, style
from dictation.ui.look.background import Background
from dictation.ui.look.labels import Muted, Trouble
from dictation.ui.look.sounds import play_file

translate = QCoreApplication.translate

DEAF_AFTER = 15
"""So many tenths of a second without any sound before the user is told."""


class Level(QWidget):
    """How loud it is now, as one bar."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedHeight(10)
        self.setMinimumWidth(160)

    def sizeHint(self) -> QSize:
        return QSize(260, 10)

    def hear(self, peak: float) -> None:
        """A peak, 0 to 1."""
        self.share = height(peak)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = style.colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(now.edge))
            painter.setBrush(QColor(now.edge))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 5, 5)
            if self.share:
                painter.setPen(QColor(now.good))
                painter.setBrush(QColor(now.good))
                wide = max(10.0, (self.width() - 1) * self.share)
                painter.drawRoundedRect(0, 0, int(wide), self.height() - 1, 5, 5)


class Hearing(QObject):
    """The buttons and the words of a test; they are put where they are wanted. One microphone is open at most."""

    heard = Signal(float, bool)
    """How much it sounds like speech (0 to 1), and whether anybody listens."""

    def __init__(self, controls: Controls, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._controls, self._background = controls, background
        self.level, self.told, self.trouble = Level(), Muted(), Trouble()
        self.level.setAccessibleName(translate("hearing", "Level"))
        self.test, self.play = QPushButton(translate("hearing", "Test")), QPushButton(translate("hearing", "Play back"))
        self.play.setEnabled(False)
        self.told.hide()
        self.trouble.hide()
        self._stop: threading.Event | None = None
        self._quiet, self._loudest = 0, 0.0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.test.clicked.connect(lambda: self.stop() if self._stop else self.start())
        self.play.clicked.connect(self._play)

    @property
    def running(self) -> bool:
        """Whether the microphone is open for a test."""
        return self._stop is not None

    @property
    def worked(self) -> bool:
        """Whether a voice could be heard by its level."""
        return self._loudest > 0.05

    def start(self) -> None:
        """Listen until ``stop``."""
        if self._stop is not None:
            return
        self._stop = stop = threading.Event()
        self._quiet, self._loudest = 0, 0.0
        self.trouble.say("")
        self.told.say(translate("hearing", "Say something…"))
        self.test.setText(translate("hearing", "Stop"))
        self.play.setEnabled(False)

        def hear(level: float, speech: float) -> bool:
            self._background.tell(partial(self._hear, level, speech))
            return not stop.is_set()

        self._background.ask(partial(self._controls.room.hear, hear), self._keep, self._fail)

    def stop(self) -> None:
        """Close the microphone."""
        if self._stop is not None:
            self._stop.set()

    def forget(self) -> None:
        """Close the microphone, and delete what was recorded."""
        self.stop()
        self.play.setEnabled(False)
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _hear(self, level: float, speech: float) -> None:
        if self._stop is None or self._stop.is_set():
            return
        self._quiet = self._quiet + 1 if level < DEAF_BELOW else 0
        self._loudest = max(self._loudest, level)
        self.level.hear(level)
        self.heard.emit(speech, True)
        if self._quiet == DEAF_AFTER:
            self.told.say(translate("hearing", "No sound at all: is the microphone muted, or is it another one?"))
        elif self.worked:
            self.told.say(translate("hearing", "You are heard."))

    def _ended(self) -> None:
        self._stop = None
        self.test.setText(translate("hearing", "Test"))
        self.level.hear(0.0)
        self.heard.emit(0.0, False)

    def _keep(self, sound: bytes) -> None:
        self._ended()
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="dictation-test-")
        self._file.write_bytes(sound)
        self.play.setEnabled(True)

    def _fail(self, error: DictationError) -> None:
        self._ended()
        self.told.say("")
        self.trouble.say(sentences.line(error))

    @property
    def _file(self) -> Path:
        assert self._folder is not None, "something was recorded"
        return Path(self._folder.name) / "test.wav"

    def _play(self) -> None:
        if not play_file(self._file):
            self.trouble.say(translate("hearing", "There is no program here that plays sound."))
