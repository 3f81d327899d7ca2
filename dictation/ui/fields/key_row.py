"""Key row: what can be done in a panel, as keys to press or to click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dictation.ui.look import style


class KeyCap(QWidget):
    """A key as it stands on the keyboard, and the word for what it does. A click does it too."""

    clicked = Signal(str)

    def __init__(self, action: str, key: str, word: str, loud: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action, self.key, self.word, self._loud = action, key, word, loud
        self._over = False
        self._key_font, self._word_font = style.font(0.92, bold=loud), style.font(1.0, bold=loud)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{word} ({key})")
        self._key_width = QFontMetrics(self._key_font).horizontalAdvance(key) + 14
        words = QFontMetrics(self._word_font).horizontalAdvance(word)
        self.setFixedSize(QSize(self._key_width + 7 + words + 2, QFontMetrics(self._word_font).height() + 10))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self.action)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = style.colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            cap = QRectF(0.5, 0.5, self._key_width - 1, self.height() - 1)
            painter.setPen(QColor(now.edge))
            painter.setBrush(QColor(now.edge if self._over else now.sunk))
            painter.drawRoundedRect(cap, 5, 5)
            painter.setPen(QColor(now.text))
            painter.setFont(self._key_font)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)
            painter.setFont(self._word_font)
            painter.setPen(QColor(now.text if self._loud or self._over else now.muted))
            rest = QRectF(self._key_width + 7, 0, self.width() - self._key_width - 7, self.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.word)


class KeyRow(QWidget):
    """Key caps side by side, the first one loud."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(style.PADDING)
        self._row.addStretch(1)

    def offer(self, keys: list[tuple[str, str, str]]) -> None:
        """Offer these: action, key and word of each."""
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, (action, key, word) in enumerate(keys):
            cap = KeyCap(action, key, word, number == 0, self)
            cap.clicked.connect(self.chosen)
            self._row.insertWidget(number, cap)
            cap.show()  # Qt would do it later, and until then the row is too low

    @property
    def offered(self) -> list[str]:
        """The actions that are offered."""
        items = [self._row.itemAt(at) for at in range(self._row.count())]
        caps = [item.widget() for item in items if item is not None]
        return [cap.action for cap in caps if isinstance(cap, KeyCap)]
