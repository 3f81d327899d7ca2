"""Switch: a check box drawn as a switch."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from dictation.ui.look import style

WIDE, TALL = 40, 22
EDGE = 3
"""Room for the ring around a switch that has the focus."""


class Switch(QCheckBox):
    """Without words: the row it stands in says what it switches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(WIDE + 2 * EDGE, TALL + 2 * EDGE)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = style.colours()
        track = QRectF(EDGE, EDGE, WIDE, TALL)
        on = self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(QColor(now.thinking), 1.5))
                painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), TALL / 2 + 2, TALL / 2 + 2)
            painter.setOpacity(1.0 if self.isEnabled() else 0.45)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.thinking if on else now.muted))
            painter.drawRoundedRect(track, TALL / 2, TALL / 2)
            painter.setBrush(QColor(now.surface))
            left = track.right() - TALL + 3 if on else track.left() + 3
            painter.drawEllipse(QRectF(left, track.top() + 3, TALL - 6, TALL - 6))
