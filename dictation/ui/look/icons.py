"""Icons: the mark and the tray's states, drawn from SVG in every size a panel asks for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from dictation.ui.look.asset_folders import assets

SIZES = (16, 18, 20, 22, 24, 28, 32, 36, 40, 44, 48, 64, 96, 128)
"""Pixels of a side. Panels of 16 to 32 at 100, 125, 150 and 200 %, so that no host has to stretch one."""


def folder() -> Path:
    """Where the SVG files are: inside the installed package, or beside it in a checkout."""
    return assets("icons")


def icon(name: str) -> QIcon:
    """The icon ``name``: ``dictation``, or the value of a State.

    Drawn into pixmaps, because an icon that is an SVG file names no sizes, and then a StatusNotifier host gets only
    16 and 22 pixels and stretches them.
    """
    drawing = QSvgRenderer(str(folder() / f"{name}.svg"))
    drawn = QIcon()
    for size in SIZES:
        pixels = QPixmap(size, size)
        pixels.fill(Qt.GlobalColor.transparent)
        with QPainter(pixels) as painter:
            drawing.render(painter)
        drawn.addPixmap(pixels)
    return drawn
