"""Status line: the foot of the window, with what the app does, how the last utterance ended, and the last notice."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dictation.ui.bridge import Bridge
from dictation.ui.look import sentences
from dictation.ui.look.icons import icon
from dictation.ui.look.labels import Trouble, Words
from dictation.ui.overlay import outcome_words

ICON = 24
"""Side of the state's icon, in device-independent pixels."""


class StatusLine(QFrame):
    """Follows the bridge."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.mark, self.state, self.last, self.notice = QLabel(), Words(), Words(), Trouble()
        self.state.setAccessibleName(self.tr("State"))
        self.last.setAccessibleName(self.tr("Last utterance"))
        self.notice.setAccessibleName(self.tr("Notice"))
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.mark)
        first.addWidget(self.state, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 10, 16, 12)
        lines.setSpacing(6)
        lines.addLayout(first)
        lines.addWidget(self.last)
        lines.addWidget(self.notice)
        bridge.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the bridge knows now."""
        now, key, last, notice = self._bridge.state, self._bridge.hotkey(), self._bridge.last, self._bridge.notice
        self.mark.setPixmap(icon(now.state.value).pixmap(QSize(ICON, ICON), self.devicePixelRatio()))
        words = self.tr("{state}. Dictation key: {key}.") if key else self.tr("{state}.")
        self.state.say(words.format(state=outcome_words.state(now).rstrip("."), key=key))
        self.last.say(outcome_words.outcome(last) if last is not None else "")
        self.notice.say(sentences.line(notice) if notice is not None else "")
