"""Level meter: the last half second of the real level, as bars."""

from __future__ import annotations

import math
from collections import deque

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

BARS = 11
BAR = 3.0
BETWEEN = 2.0

WIDTH = BARS * BAR + (BARS - 1) * BETWEEN
"""Width of the meter in device-independent pixels."""

POLL_MS = 50
"""How often the level is asked for. It is the peak of the last 100 ms, so nothing falls between."""

FLOOR_DB, CEILING_DB = -52.0, -8.0
"""Room noise makes no bar; a voice close to a microphone fills it."""

DEAF_BELOW = 0.0008
"""A peak under this is no room: even a quiet one is some -55 dB. A muted microphone gives exact zeros, or nearly."""

DEAF_AFTER = 1500 // POLL_MS
"""So many polls without any sound before the user is told; a microphone may need a moment to wake up."""


class LevelMeter:
    """Takes levels, draws bars."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque([0.0] * BARS, maxlen=BARS)
        self._quiet = 0

    def clear(self) -> None:
        """A new recording begins."""
        self._levels.extend([0.0] * BARS)
        self._quiet = 0

    def take(self, peak: float) -> bool:
        """The next level, 0 to 1. Whether the bars look different now."""
        before = list(self._levels)
        self._quiet = self._quiet + 1 if peak < DEAF_BELOW else 0
        self._levels.append(height(peak))
        return before != list(self._levels)

    @property
    def deaf(self) -> bool:
        """Whether no sound has come in for a while."""
        return self._quiet >= DEAF_AFTER

    def paint(self, painter: QPainter, where: QRectF, colour: QColor) -> None:
        """Draw the bars in the middle of ``where``, the newest at the right."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for number, level in enumerate(self._levels):
            tall = BAR + level * (where.height() - BAR)
            left = where.left() + number * (BAR + BETWEEN)
            painter.drawRoundedRect(QRectF(left, where.center().y() - tall / 2, BAR, tall), BAR / 2, BAR / 2)


def height(peak: float) -> float:
    """A peak (0 to 1) as the share of the meter's height, in steps of a tenth: what cannot be seen is not redrawn."""
    if peak <= 0:
        return 0.0
    share = (20 * math.log10(peak) - FLOOR_DB) / (CEILING_DB - FLOOR_DB)
    return round(min(1.0, max(0.0, share)), 1)
