"""Labels: quiet help text and loud trouble text, readable on light and dark palettes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Words(QLabel):
    """Plain text that wraps and can be selected, with no markup: what it shows may come from outside."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Long words must not widen the window; and a policy of one's own loses the wrapping label's height for width.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._paint()

    _painting = False

    def say(self, text: str) -> None:
        """Show ``text``; with none the label takes no room."""
        self.setText(text)
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the desktop when it goes from light to dark."""
        if event.type() == QEvent.Type.PaletteChange and not self._painting:
            self._paint()
        super().changeEvent(event)

    def colour(self, text: QColor, back: QColor) -> QColor:
        """The text's colour, given the palette's two."""
        return text

    def _paint(self) -> None:
        palette, own = QGuiApplication.palette(), QPalette()
        own.setColor(QPalette.ColorRole.WindowText, self.colour(palette.windowText().color(), palette.window().color()))
        self._painting = True
        self.setPalette(own)
        self._painting = False


class Muted(Words):
    """Help: three parts text, one part background, which stays above a contrast of 4.5 to 1."""

    def colour(self, text: QColor, back: QColor) -> QColor:
        mixed = ((3 * t + b) // 4 for t, b in zip(_rgb(text), _rgb(back), strict=True))
        return QColor(*mixed)


class Trouble(Words):
    """What went wrong, in red."""

    def colour(self, text: QColor, back: QColor) -> QColor:
        return QColor("#b3261e" if back.lightness() > 127 else "#ff8a80")


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
