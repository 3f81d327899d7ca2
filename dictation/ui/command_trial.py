"""Command trial: what a request in words becomes, shown in a box. It is not put in anywhere, and nothing runs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from dictation.core.commands import Command
from dictation.core.errors import DictationError
from dictation.core.types import Event, Finished, Proposed
from dictation.ui.fields.card import bare
from dictation.ui.look import sentences, style
from dictation.ui.look.labels import Muted, Trouble
from dictation.ui.overlay import panel_text
from dictation.ui.overlay.command_box import CommandBox
from dictation.ui.room import Room

translate = QCoreApplication.translate

SETTLE_MS = 250
"""A request is looked at when its words have stood still for so long."""


class CommandTrial(QWidget):
    """A request is said with the command key, typed, or taken from an example."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.setObjectName("bare")
        self.request = QLineEdit(placeholderText=translate("trial", "What do you want done?"))
        self.request.setAccessibleName(translate("trial", "Request"))
        self.examples = [QPushButton(words) for words in examples()]
        for each in self.examples:
            each.clicked.connect(partial(self._example, each.text()))
        self.box, self.meaning, self.reasons, self.trouble = CommandBox(), Muted(), Muted(), Trouble()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(style.GAP)
        rows.addWidget(self.request)
        rows.addWidget(bare(*self.examples, stretch=True))
        for part in (self.box, self.meaning, self.reasons, self.trouble):
            rows.addWidget(part)
            part.hide()
        rows.addStretch(1)
        self._wait = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._wait.timeout.connect(self._try)
        self.request.textChanged.connect(self._wait.start)
        room.bridge.told.connect(self._hear)

    def _example(self, words: str) -> None:
        self.request.setText(words)
        self._wait.stop()
        self._try()

    def _try(self) -> None:
        words = self.request.text().strip()
        if not words:
            self._clear()
            return
        work = partial(self._room.controls.commands.try_request, words)
        self._room.background.ask(work, partial(self._show_for, words), partial(self._refuse, words))

    def _hear(self, event: Event) -> None:
        """A request that was said is shown with its command, as the app made it."""
        if self.isVisible() and isinstance(event, Finished) and isinstance(event.outcome, Proposed):
            self.request.setText(event.outcome.heard)
            self._wait.stop()
            self._show(event.outcome.command)

    def _show_for(self, words: str, command: Command) -> None:
        if words == self.request.text().strip():
            self._show(command)

    def _show(self, command: Command) -> None:
        self._clear()
        if command.text:
            self.box.show_command(command)
            self.box.show()
            self.box.fit(self.width())
            told = sentences.sentence(command.explanation)
            self.meaning.say(" · ".join(each for each in (panel_text.risk(command), told) if each))
        else:
            self.meaning.say(sentences.sentence(command.question))
        self.reasons.say("\n".join(panel_text.reason(each) for each in command.reasons))

    def _refuse(self, words: str, error: DictationError) -> None:
        if words == self.request.text().strip():
            self._clear()
            self.trouble.say(sentences.line(error))

    def _clear(self) -> None:
        self.box.hide()
        for part in (self.meaning, self.reasons, self.trouble):
            part.say("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.box.isHidden():
            self.box.fit(self.width())


def examples() -> tuple[str, ...]:
    """Requests that are known without a model, in the user's language: one that only looks, one that changes things."""
    return (
        translate("trial", "find all python files changed today"),
        translate("trial", "force push to origin main"),
    )
