"""Card: a group of rows on a page; a row has a name, a sentence of help, an editor, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dictation.ui.look import style
from dictation.ui.look.labels import Heading, Muted, Trouble, Words


class Row(QWidget):
    """One thing that can be set or done. ``trouble`` says what is wrong, beneath."""

    def __init__(self, title: str, help: str, editor: QWidget | None, wide: bool = False) -> None:
        super().__init__()
        self.setObjectName("bare")
        self.name, self.help, self.trouble = Words(title), Muted(help), Trouble()
        # Never shown before it has a parent: it would be a window of its own for a moment, and take the focus.
        if not help:
            self.help.hide()
        self.trouble.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 11, 0, 11)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.help)
        grid.addLayout(words, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        if editor is not None and wide:
            grid.addWidget(editor, 1, 0, 1, 2)
        elif editor is not None:
            grid.addWidget(editor, 0, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.trouble, 2, 0, 1, 2)
        if editor is not None:
            self.name.setBuddy(editor)

    def put_under(self, *widgets: QWidget) -> None:
        """More, over the whole width, beneath the rest."""
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        grid.setVerticalSpacing(8)
        for each in widgets:
            grid.addWidget(each, grid.rowCount(), 0, 1, 2)


class Card(QFrame):
    """Rows one under the other, with a line between."""

    def __init__(self, title: str = "", note: str = "") -> None:
        super().__init__()
        self.setObjectName("bare")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        self.title, self.note = Heading(title), Muted(note)
        for label, text in ((self.title, title), (self.note, note)):
            if not text:
                label.hide()
        outer.addWidget(self.title)
        outer.addWidget(self.note)
        body = QFrame()
        body.setObjectName("card")
        outer.addWidget(body)
        self.rows = QVBoxLayout(body)
        self.rows.setContentsMargins(18, 2, 18, 2)
        self.rows.setSpacing(0)

    def add(self, row: QWidget) -> QWidget:
        """``row`` as the next one."""
        if self.rows.count():
            line = QFrame()
            line.setObjectName("divider")
            self.rows.addWidget(line)
        self.rows.addWidget(row)
        return row

    def arrange(self, rows: Sequence[QWidget]) -> None:
        """All the rows that stand on it, in another order."""
        for each in rows:
            self.rows.removeWidget(each)
        for at, each in enumerate(rows):
            self.rows.insertWidget(2 * at, each)

    def add_row(self, title: str, help: str = "", editor: QWidget | None = None, wide: bool = False) -> Row:
        """A new row."""
        row = Row(title, help, editor, wide)
        self.add(row)
        return row


def bare(*widgets: QWidget, stretch: bool = False) -> QWidget:
    """``widgets`` side by side; with ``stretch`` the rest of the width stays empty."""
    holder = QWidget()
    holder.setObjectName("bare")
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(style.GAP)
    for each in widgets:
        row.addWidget(each)
    if stretch:
        row.addStretch(1)
    return holder
