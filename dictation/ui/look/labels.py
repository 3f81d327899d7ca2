"""Labels: quiet help text and loud trouble text, readable on light and dark palettes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from dictation.ui.look import style


class Words(QLabel):
    """Plain text that wraps and can be selected, with no markup: what it shows may come from outside."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        # Long words must not widen the window; and a policy of one's own loses the wrapping label's height for width.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._paint()

    _painting = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Can be selected from now on: each of hundreds of labels would else carry a document of its own from birth."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        super().mousePressEvent(event)

    def say(self, text: str) -> None:
        """Show ``text``; with none the label takes no room."""
        self.setText(text)
        if not text or self.parent() is not None:  # without a parent it would be a window of its own
            self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the desktop when it goes from light to dark."""
        if event.type() == QEvent.Type.PaletteChange and not self._painting:
            self._paint()
        super().changeEvent(event)

    @staticmethod
    def colour(now: style.Colours) -> str:
        """The text's colour, of those in force."""
        return now.text

    def _paint(self) -> None:
        own = QPalette()
        own.setColor(QPalette.ColorRole.WindowText, QColor(self.colour(style.colours())))
        self._painting = True
        self.setPalette(own)
        self._painting = False


class Heading(Words):
    """Above a group of things."""

    def __init__(self, text: str = "", scale: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        large = self.font()
        large.setBold(True)
        large.setPointSizeF(large.pointSizeF() * scale)
        self.setFont(large)


class Muted(Words):
    """Help."""

    @staticmethod
    def colour(now: style.Colours) -> str:
        return now.muted


class Good(Words):
    """What went well, in green."""

    @staticmethod
    def colour(now: style.Colours) -> str:
        return now.good


class Trouble(Words):
    """What went wrong, in red."""

    @staticmethod
    def colour(now: style.Colours) -> str:
        return now.danger


class Mark(QLabel):
    """A sign or an amount of fixed width at the end of a row."""

    def __init__(self, text: str = "", wide: int = 20, like: type[Words] = Words) -> None:
        super().__init__(text)
        self._like = like
        self.setFixedWidth(wide)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._paint()

    _painting = False

    def changeEvent(self, event: QEvent) -> None:
        """Follows the desktop when it goes from light to dark."""
        if event.type() == QEvent.Type.PaletteChange and not self._painting:
            self._paint()
        super().changeEvent(event)

    def _paint(self) -> None:
        own = QPalette()
        own.setColor(QPalette.ColorRole.WindowText, QColor(self._like.colour(style.colours())))
        self._painting = True
        self.setPalette(own)
        self._painting = False
