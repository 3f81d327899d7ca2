"""Sure: a button for what cannot be undone; it wants to be pressed twice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QPushButton

PATIENCE_MS = 4000
"""So long it waits for the second press."""


class SureButton(QPushButton):
    """Asks in its own place, where a box with two buttons would be clicked away."""

    confirmed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setProperty("danger", True)
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._wait.timeout.connect(lambda: self.setText(self._words))
        self.clicked.connect(self._press)

    def _press(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self.setText(self._words)
            self.confirmed.emit()
        else:
            self.setText(QCoreApplication.translate("sure", "Really delete?"))
            self._wait.start()
