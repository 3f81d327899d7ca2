"""Style: colours and measures of everything we draw ourselves, for light and dark desktops."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPainterPath, QPalette

GAP = 8
"""Between things that belong together, in device-independent pixels, as are all measures here."""

PADDING = 16
"""Between an edge and what is inside."""

RADIUS = 12
"""Of a panel's corners."""

SHADOW = 18
"""How far a shadow reaches; where nothing can be see-through there is none."""

CHINESE = (
    "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei UI", "WenQuanYi Micro Hei",
)  # fmt: skip
"""Asked after the desktop's own font, so that Chinese is not drawn in a Japanese variant where both are there."""

CODE = ("JetBrains Mono", "Cascadia Mono", "SF Mono", "Menlo", "Consolas", "Noto Sans Mono", "DejaVu Sans Mono")


@dataclass(frozen=True, slots=True)
class Colours:
    """Text on ``surface`` has a contrast of at least 4.5 to 1 in every colour of the second line."""

    surface: str
    edge: str
    sunk: str
    text: str
    muted: str
    listening: str
    command: str
    thinking: str
    good: str
    caution: str
    danger: str
    mark: str
    """Behind a marked piece of text."""


LIGHT = Colours(
    surface="#ffffff", edge="#d3d8df", sunk="#f2f4f7", text="#1b1f27", muted="#5b6573", listening="#cf2a2a",
    command="#6d3fc4", thinking="#1c64b8", good="#1d7a46", caution="#96590a", danger="#b3261e", mark="#ffe3de",
)  # fmt: skip
DARK = Colours(
    surface="#20242c", edge="#3b424e", sunk="#171a20", text="#f1f3f7", muted="#a5aebb", listening="#ff7a70",
    command="#b79bff", thinking="#7db5ff", good="#6fd39b", caution="#f0b560", danger="#ff8a80", mark="#5a2a2a",
)  # fmt: skip


def dark() -> bool:
    """Whether the desktop is dark now. The palette follows the desktop everywhere; its colour scheme does not."""
    return QGuiApplication.palette().window().color().lightness() < 128


def colours() -> Colours:
    """The colours in force now."""
    return DARK if dark() else LIGHT


def palette() -> QPalette:
    """The same colours for Qt's own widgets inside a panel of ours."""
    now, made = colours(), QPalette(QGuiApplication.palette())
    for role, name in (
        (QPalette.ColorRole.Window, now.surface),
        (QPalette.ColorRole.Base, now.sunk),
        (QPalette.ColorRole.Button, now.sunk),
        (QPalette.ColorRole.WindowText, now.text),
        (QPalette.ColorRole.Text, now.text),
        (QPalette.ColorRole.ButtonText, now.text),
        (QPalette.ColorRole.PlaceholderText, now.muted),
    ):
        made.setColor(role, QColor(name))
    return made


def font(scale: float = 1.0, bold: bool = False) -> QFont:
    """The desktop's own font, larger or smaller, with Chinese fonts after it."""
    own = QGuiApplication.font()
    families = [each for each in own.families() if each] or [own.family()]
    own.setFamilies([*families, *(each for each in CHINESE if each not in families)])
    if own.pointSizeF() > 0:
        own.setPointSizeF(own.pointSizeF() * scale)
    else:
        own.setPixelSize(round(own.pixelSize() * scale))
    own.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return own


def code_font(scale: float = 1.0) -> QFont:
    """Fixed width, for commands: every character has its own cell, and l is not 1."""
    own = font(scale)
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    own.setFamilies([*CODE, fixed, "WenQuanYi Micro Hei Mono", *CHINESE])
    own.setStyleHint(QFont.StyleHint.Monospace)
    own.setFixedPitch(True)
    return own


def board(painter: QPainter, where: QRectF, radius: float, shadow: bool) -> None:
    """Draw the surface that everything of ours stands on, with a soft shadow around it if ``shadow``."""
    now = colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if shadow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 5))
        for reach in range(SHADOW - 4, 0, -1):
            outer = where.adjusted(-reach, -reach + 3, reach, reach + 3)
            painter.drawRoundedRect(outer, radius + reach, radius + reach)
    inside = where.adjusted(0.5, 0.5, -0.5, -0.5)
    path = QPainterPath()
    path.addRoundedRect(inside, radius, radius)
    painter.fillPath(path, QColor(now.surface))
    painter.strokePath(path, QColor(now.edge))
