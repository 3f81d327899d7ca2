"""Provider tiles: the few providers that most people choose among, each as one large button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from dictation.core.options import Option
from dictation.ui.fields.field_form import translate as in_words
from dictation.ui.look import style

translate = QCoreApplication.translate

NOBODY, HERE = "none", "ollama"
"""The choice that asks nobody, and the one whose server may run on this machine."""

OFFERED = ("deepseek", "qwen", "zhipu", "moonshot", "openai", HERE)
"""In the order of the tiles: what a developer in China can sign up for comes first. All others are behind the last."""

COLUMNS = 3
"""Tiles in a row."""


class ProviderTiles(QWidget):
    """The one for this machine is there only once it was found."""

    picked = Signal(str)
    other = Signal()
    """A provider that has no tile is wanted."""

    def __init__(self, declared: Option) -> None:
        super().__init__()
        self.setObjectName("bare")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setSpacing(style.GAP)
        words = dict(zip(declared.choices, declared.words, strict=True))
        self.tiles: dict[str, QPushButton] = {}
        for name in (each for each in OFFERED if each in words):
            label = translate("ai", "Ollama (found here)") if name == HERE else in_words(words[name])
            tile = self.tiles[name] = QPushButton(label.replace("&", "&&"))
            tile.clicked.connect(partial(self._pick, name))
        self.more = QPushButton(translate("ai", "Another provider…"))
        self.more.clicked.connect(lambda: self.other.emit())
        for at, tile in enumerate((*self.tiles.values(), self.more)):
            tile.setProperty("tile", True)
            grid.addWidget(tile, at // COLUMNS, at % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self.find_here(False)

    def find_here(self, found: bool) -> None:
        """Whether the one for this machine answers."""
        self.tiles[HERE].setVisible(found)

    def _pick(self, name: str) -> None:
        self.picked.emit(name)
