"""Layer pill: the pill as a picture on a layer above all windows, where the desktop lets no window say where it
stands. The picture is that of the same window, which is never shown itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QRegion, QScreen
from PySide6.QtWidgets import QWidget

from dictation.core.ports import Picture, PictureLayer, in_pixels
from dictation.ui.fields.level_meter import LevelMeter
from dictation.ui.look.background import Background
from dictation.ui.overlay.pill_window import PillWindow
from dictation.ui.overlay.surface import EDGE


class LayerPill(PillWindow):
    """Drawn by ``PillWindow``, shown by a ``PictureLayer``."""

    lost = Signal()
    """Nothing can be shown any more."""

    def __init__(self, meter: LevelMeter, layer: PictureLayer, background: Background) -> None:
        super().__init__(meter)
        self._layer, self._at_top = layer, False
        self._seen = False
        self._image = QImage()
        layer.listen(lambda what, x, y: background.tell(partial(self._told, what, x, y)))

    @property
    def seen(self) -> bool:
        return self._seen

    def settle(self, screen: QScreen, top: bool, blends: bool, distance: int = EDGE) -> None:
        # The compositor chooses the screen: what fits the narrowest fits each.
        narrowest = min(QGuiApplication.screens() or [screen], key=lambda each: each.availableGeometry().width())
        super().settle(narrowest, top, True, distance)
        self._at_top = top

    def let_through(self, through: bool) -> None:
        """The picture says for itself what can be clicked."""

    def appear(self) -> None:
        self._seen = True
        scale = self._layer.scale()
        pixels = QSize(*in_pixels((self.width(), self.height()), scale))
        if self._image.size() != pixels:
            self._image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.setDevicePixelRatio(scale)
        self._image.fill(Qt.GlobalColor.transparent)
        self._paint(self.rect())

    def freshen(self, part: QRect) -> None:
        # Only what stands on the board changes, and the board covers what was there.
        if self._seen:
            self._paint(part & self.inside().toRect())

    def press(self, point: QPointF) -> None:
        if not self._action_at(point):
            self.appear()  # a press has taken it away
        super().press(point)

    def vanish(self) -> None:
        self._seen = False
        self._layer.hide()

    def _paint(self, part: QRect) -> None:
        with QPainter(self._image) as painter:
            self.render(painter, part.topLeft(), QRegion(part), QWidget.RenderFlag.DrawChildren)
        places = self.pill.button_places(self.inside()) if self.pill else []
        buttons = [each.toAlignedRect() for each in places]
        self._layer.show(
            Picture(
                (self.width(), self.height()),
                self._image.devicePixelRatio(),
                bytes(self._image.constBits()),
                self._at_top,
                self._distance - self.margin,
                tuple((each.x(), each.y(), each.width(), each.height()) for each in buttons),
            )
        )

    def _told(self, what: str, x: float, y: float) -> None:
        match what:
            case "lost":
                self._seen = False
                self.lost.emit()
            case _ if not self._seen:
                return  # it was told before it went
            case "scale" if self._layer.scale() != self._image.devicePixelRatio():
                self.appear()
            case "point":
                self.hover(QPointF(x, y))
            case "leave":
                self.hover(None)
            case "press":
                self.press(QPointF(x, y))
