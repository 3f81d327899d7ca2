"""Gate field: the threshold on the live meter of what sounds like speech."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from dictation.core.options import Option, Value
from dictation.ui.fields.fields import SETTLE_MS, Field
from dictation.ui.look import style

translate = QCoreApplication.translate

TRACK = 12
HANDLE = 16


class GateMeter(QWidget):
    """A bar from 0 to 1 for how much the microphone hears speech, and a handle where it begins to count."""

    def __init__(self, low: float, high: float, moved: QTimer) -> None:
        super().__init__()
        self._low, self._high, self._moved = low, high, moved
        self.threshold, self.voice = 0.5, 0.0
        self.live = False
        self.setMinimumHeight(46)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(400, 46)

    def hear(self, voice: float, live: bool) -> None:
        """The speech probability now; not ``live``: nobody listens."""
        self.voice, self.live = voice, live
        self.update()

    def set_threshold(self, value: float) -> None:
        """Move the handle."""
        self.threshold = min(self._high, max(self._low, round(value, 2)))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._take(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -0.01, Qt.Key.Key_Down: -0.01, Qt.Key.Key_Right: 0.01, Qt.Key.Key_Up: 0.01}
        steps |= {Qt.Key.Key_PageUp: 0.1, Qt.Key.Key_PageDown: -0.1}
        if (step := steps.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
            return
        self.set_threshold(self.threshold + step)
        self._moved.start()

    def _take(self, x: float) -> None:
        self.set_threshold((x - HANDLE / 2) / max(1.0, self.width() - HANDLE))
        self._moved.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, wide = style.colours(), self.width() - HANDLE
        track = QRectF(HANDLE / 2, 6, wide, TRACK)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.edge))
            painter.drawRoundedRect(track, TRACK / 2, TRACK / 2)
            if self.live and self.voice > 0.01:
                painter.setBrush(QColor(now.good if self.voice >= self.threshold else now.muted))
                painter.drawRoundedRect(QRectF(track.left(), track.top(), wide * self.voice, TRACK), 6, 6)
            x = track.left() + wide * self.threshold
            painter.setPen(QPen(QColor(now.thinking), 2))
            painter.setBrush(QColor(now.surface))
            painter.drawEllipse(QRectF(x - HANDLE / 2 + 1, track.center().y() - HANDLE / 2 + 1, HANDLE - 2, HANDLE - 2))
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(now.thinking), 1))
                painter.drawEllipse(
                    QRectF(x - HANDLE / 2 - 2, track.center().y() - HANDLE / 2 - 2, HANDLE + 4, HANDLE + 4)
                )
            painter.setPen(QColor(now.muted))
            painter.setFont(style.font(0.9))
            words = QRectF(track.left(), track.bottom() + 5, wide, 20)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft, translate("gate", "Noise"))
            painter.drawText(words, Qt.AlignmentFlag.AlignRight, translate("gate", "Speech"))
            painter.setPen(QColor(now.text))
            at = QRectF(min(max(x - 40, track.left() + 60), track.right() - 140), words.top(), 80, 20)
            painter.drawText(at, Qt.AlignmentFlag.AlignHCenter, f"{self.threshold:.2f}")


class GateField(Field):
    """The meter as an editor."""

    wide = True

    def __init__(self, declared: Option) -> None:
        super().__init__()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self.meter = GateMeter(declared.low or 0.0, declared.high or 1.0, self._settle)
        self._settle.timeout.connect(lambda: self.edited.emit(self.meter.threshold))
        self.place(self.meter)

    def show(self, value: Value) -> None:
        with QSignalBlocker(self.meter):
            self.meter.set_threshold(float(value))
