"""Day list: entries under the days they are of, with what can be done at once beside the one under the mouse."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from dictation.ui.fields.card import bare
from dictation.ui.look import sentences, style
from dictation.ui.look.plain_text import as_plain

translate = QCoreApplication.translate

HEAD = 26
"""Height of the line that names a day, above its first entry."""

_DAY = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


class DayList(QListWidget):
    """Each entry is one item, the newest first."""

    wanted = Signal(int, str)
    """The row of an entry, and what is to be done with it: copy or insert."""
    more = Signal()
    """The end is in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("list")
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_UnderDays(self))
        self.setMouseTracking(True)
        self._hovered = -1
        copy = QPushButton(translate("history", "Copy"))
        insert = QPushButton(translate("history", "Insert"))
        self.beside = bare(copy, insert)
        self.beside.setParent(self.viewport())
        self.beside.hide()
        for button, what in ((copy, "copy"), (insert, "insert")):
            button.setProperty("small", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, what=what: self.wanted.emit(self._hovered, what))
        self.itemEntered.connect(self._show_beside)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def add(self, words: str, hint: str, when: datetime) -> None:
        """One more entry, older than those before it."""
        last = self.item(self.count() - 1)
        day = when.date()
        first = last is None or last.data(_DAY) != day.isoformat()
        item = QListWidgetItem(f"{words}\n{when:%H:%M}")
        item.setData(_DAY, day.isoformat())
        item.setData(Qt.ItemDataRole.UserRole, named(day) if first else "")
        item.setToolTip(as_plain(hint))
        item.setSizeHint(QSize(0, 2 * self.fontMetrics().height() + 18 + (HEAD if first else 0)))
        self.addItem(item)

    def leaveEvent(self, event: QEvent) -> None:
        self.beside.hide()
        super().leaveEvent(event)

    def _show_beside(self, item: QListWidgetItem) -> None:
        self._hovered = self.row(item)
        place = self.visualItemRect(item)
        self.beside.adjustSize()
        self.beside.move(place.right() - self.beside.width() - 8, place.bottom() - self.beside.height() - 4)
        self.beside.show()

    def _scrolled(self, value: int) -> None:
        self.beside.hide()
        if value >= self.verticalScrollBar().maximum():
            self.more.emit()


class _UnderDays(QStyledItemDelegate):
    """Draws the name of the day above its first entry."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day = index.data(Qt.ItemDataRole.UserRole)
        if day:
            head = option.rect.adjusted(10, 0, 0, 0)
            head.setHeight(HEAD)
            painter.save()
            painter.setPen(QColor(style.colours().muted))
            painter.setFont(style.font(0.9, bold=True))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, day)
            painter.restore()
            option.rect = option.rect.adjusted(0, HEAD, 0, 0)
        super().paint(painter, option, index)


def named(day: date) -> str:
    """Today, yesterday, or the date as the user writes it."""
    ago = (datetime.now().astimezone().date() - day).days
    if ago == 0:
        return translate("history", "Today")
    if ago == 1:
        return translate("history", "Yesterday")
    here = QLocale(QLocale.Language.Chinese) if sentences.language() == "zh" else QLocale()
    return str(here.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat))
