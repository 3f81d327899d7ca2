"""Command box: one command in fixed width, left to right, wrapped and never cut, with its risky pieces marked."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from dictation.core.commands import Command
from dictation.ui.look import style
from dictation.ui.overlay import visible

MOST_LINES = 14
"""A longer command is scrolled."""


class CommandBox(QTextEdit):
    """Reads the keys of nobody; its text can be selected with the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Command"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(12)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)

    def show_command(self, command: Command) -> None:
        """Show ``command``, with what its reasons speak of marked."""
        now = style.colours()
        self.setFont(style.code_font(1.15))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, QColor(now.sunk))
        palette.setColor(QPalette.ColorRole.Text, QColor(now.text))
        self.setPalette(palette)
        self.clear()
        marks = [found for each in command.reasons if (found := visible.where(command.text, each.at))]
        pen = self.textCursor()
        for piece in visible.pieces(command.text):
            self._write(pen, piece, marks, now.danger if command.risk == "danger" else now.caution)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def fit(self, width: int) -> None:
        """Be as tall as the command is when the box is ``width`` wide."""
        self.document().setTextWidth(width)
        line = QFontMetrics(self.font()).lineSpacing()
        most = MOST_LINES * line + 24
        self.setFixedSize(QSize(width, min(most, round(self.document().size().height()) + 1)))

    def _write(self, pen: QTextCursor, piece: visible.ShownPiece, marks: list[tuple[int, int]], colour: str) -> None:
        """Write ``piece``, cut where a mark begins or ends."""
        now = style.colours()
        if piece.strange:
            strange = QTextCharFormat()
            strange.setForeground(QColor(now.danger))
            strange.setBackground(QColor(now.mark))
            pen.insertText(piece.text, strange)
            return
        edges = {piece.start, piece.end}
        edges |= {edge for mark in marks for edge in mark if piece.start < edge < piece.end}
        cuts = sorted(edges)
        for start, end in pairwise(cuts):
            form = QTextCharFormat()
            form.setForeground(QColor(now.text))
            if any(first <= start and end <= last for first, last in marks):
                form.setForeground(QColor(colour))
                form.setFontWeight(QFont.Weight.Bold)
                form.setFontUnderline(True)
            pen.insertText(piece.text[start - piece.start : end - piece.start], form)
