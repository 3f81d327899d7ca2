"""Surface: a window of ours with round corners and a soft edge, at the bottom or top of a screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPixmap, QRegion, QScreen
from PySide6.QtWidgets import QWidget

from dictation.ui.look import style

EDGE = 24
"""Between a surface and the edge of the screen, or the panel there."""


class Surface(QWidget):
    """Where windows can be see-through it has a shadow. Where they cannot (X11 without a compositing manager) it is
    cut to its shape, and its edge is blended with a picture of what was there before."""

    def __init__(self, flags: Qt.WindowType, radius: float, largest: QSize) -> None:
        super().__init__(None, flags | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self._radius, self._largest = radius, largest
        self.area, self._top, self._blends = QRect(), False, True
        self._distance = EDGE
        self._behind, self._corner, self._stands = QPixmap(), QPoint(), QPoint()

    @property
    def margin(self) -> int:
        """What of the window is outside the surface."""
        return style.SHADOW if self._blends else 1

    def settle(self, screen: QScreen, top: bool, blends: bool, distance: int = EDGE) -> None:
        """From now on stand on ``screen``, ``distance`` from its edge. Only while hidden."""
        self.area, self._top, self._blends, self._distance = screen.availableGeometry(), top, blends, distance
        self.setScreen(screen)
        if not blends:
            place = self._place(self._largest)
            at = place.topLeft() - screen.geometry().topLeft()
            self._corner = place.topLeft()
            self._behind = screen.grabWindow(0, at.x(), at.y(), place.width(), place.height())

    def stand(self, size: QSize) -> None:
        """Take the place for a surface of ``size``."""
        place = self._place(size)
        self._stands = place.topLeft()  # where the window manager will have put it, once it has
        self.setGeometry(place)
        if not self._blends:
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()), self._radius + 1, self._radius + 1)
            self.setMask(QRegion(path.toFillPolygon().toPolygon()))
        else:
            self.clearMask()

    def inside(self) -> QRectF:
        """The surface, without what is around it."""
        return QRectF(self.rect().adjusted(self.margin, self.margin, -self.margin, -self.margin))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setClipRegion(event.region())
            if not self._blends:
                painter.drawPixmap(self._corner - self._stands, self._behind)
            inner = self.inside().contains(QRectF(event.region().boundingRect()))  # where no shadow is seen
            style.board(painter, self.inside(), self._radius, self._blends and not inner)
            self.draw(painter)

    def draw(self, painter: QPainter) -> None:
        """Draw what stands on the surface."""

    @property
    def seen(self) -> bool:
        """Whether it is on the screen."""
        return self.isVisible()

    def appear(self) -> None:
        """Onto the screen, all of it as it is now."""
        self.show()
        self.update()

    def vanish(self) -> None:
        """Off the screen."""
        self.hide()

    def freshen(self, part: QRect) -> None:
        """Paint a part again."""
        self.update(part)

    def _place(self, size: QSize) -> QRect:
        margin, area = self.margin, self.area
        wide, tall = size.width() + 2 * margin, size.height() + 2 * margin
        left = area.left() + (area.width() - wide) // 2
        if self._top:
            return QRect(left, area.top() + self._distance - margin, wide, tall)
        return QRect(left, area.bottom() + 1 - self._distance - tall + margin, wide, tall)


def placeable() -> bool:
    """Whether this desktop lets a window say where it stands."""
    return not QGuiApplication.platformName().startswith("wayland")


def screen_at(place: tuple[int, int] | None) -> QScreen:
    """The screen with this point, in its own pixels; else the one with the mouse pointer."""
    if place is not None:
        for each in QGuiApplication.screens():
            corner, size, scale = each.geometry().topLeft(), each.geometry().size(), each.devicePixelRatio()
            # Corners are where the desktop has them, only sizes are scaled.
            if QRectF(corner.x(), corner.y(), size.width() * scale, size.height() * scale).contains(*place):
                return each
    return QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
