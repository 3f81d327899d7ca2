"""Pill window: the window of the pill, which follows the mouse over what it offers and never has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from dictation.core.types import Purpose
from dictation.ui.fields.level_meter import LevelMeter
from dictation.ui.overlay.overlay_text import Message
from dictation.ui.overlay.pill import LEAST_HEIGHT, MOST_TEXT, Pill
from dictation.ui.overlay.surface import EDGE, Surface

FLAGS = (
    Qt.WindowType.ToolTip
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.WindowTransparentForInput
)


class PillWindow(Surface):
    """The window of the pill."""

    clicked = Signal(str)
    """The name of an action."""

    def __init__(self, meter: LevelMeter) -> None:
        super().__init__(FLAGS, LEAST_HEIGHT / 2, QSize(MOST_TEXT + 120, 4 * LEAST_HEIGHT))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWindowRole("overlay")
        self.setAccessibleName(self.tr("Dictation"))
        self._meter = meter
        self.pill: Pill | None = None
        self._step = -1
        self._hovered = ""
        self.setMouseTracking(True)

    def say(self, message: Message, purpose: Purpose, motion: bool) -> None:
        """Show ``message``."""
        most = min(MOST_TEXT, self.area.width() - 2 * EDGE - 140)
        self.pill = Pill(message, purpose, most)
        self._step = 0 if motion else -1
        self.setAccessibleDescription(f"{message.text} {message.hint}".strip())
        self._hovered = ""
        self.let_through(not message.actions)
        self.stand(self.pill.size)
        self.appear()

    def let_through(self, through: bool) -> None:
        """Whether all clicks go to the window below."""
        # Changed while hidden only: a window that is seen would go away and come back.
        if through != bool(self.windowFlags() & Qt.WindowType.WindowTransparentForInput):
            self.setWindowFlag(Qt.WindowType.WindowTransparentForInput, through)
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def beat(self) -> None:
        """The level, or the dots, have moved on: nothing else is painted again."""
        if self.pill is None:
            return
        if self._step >= 0:
            self._step += 1
        self.freshen(self.pill.sign_place(self.inside()).toAlignedRect().adjusted(-1, -1, 1, 1))

    def draw(self, painter: QPainter) -> None:
        if self.pill is not None:
            self.pill.paint(painter, self.inside(), self._meter, self._step, self._hovered)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hover(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self.hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.press(event.position())

    def hover(self, point: QPointF | None) -> None:
        """The mouse is above ``point``, or not here."""
        action = self._action_at(point) if point is not None else ""
        if action != self._hovered:
            self._hovered = action
            self.freshen(self.rect())

    def press(self, point: QPointF) -> None:
        """The mouse was pressed there."""
        if action := self._action_at(point):
            self.clicked.emit(action)

    def _action_at(self, point: QPointF) -> str:
        return self.pill.action_at(self.inside(), point) if self.pill else ""
