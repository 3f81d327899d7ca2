"""Methods field: the programs in which something is otherwise, as a table of programs and what differs there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dictation.core import settings as declared
from dictation.core.methods import NEVER, OTHERS, PASTE, TYPE, WAY, WAYS, Wishes, read_wishes, write_wishes
from dictation.core.options import Value
from dictation.ui.fields.card import bare
from dictation.ui.fields.fields import Field
from dictation.ui.look import style
from dictation.ui.look.labels import Muted

translate = QCoreApplication.translate

HEIGHT = 150
"""Of the table, in device-independent pixels: three programs and the headings; more are scrolled."""


class MethodsField(Field):
    """A row without a name is not told yet; what the app refuses stands in the table until it is mended."""

    wide = True

    def __init__(self) -> None:
        super().__init__()
        self._columns = (WAY, *OTHERS)
        self.table = QTableWidget(0, 1 + len(self._columns))
        self.table.setHorizontalHeaderLabels([translate("methods", "Program"), *_titles().values()])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(38)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setFixedHeight(HEIGHT)
        self.table.setAccessibleName(translate("methods", "Programs and what differs there"))
        self.table.setTabKeyNavigation(False)
        self.add, self.drop = QPushButton(translate("methods", "Add")), QPushButton(translate("methods", "Remove"))
        self.add.setAccessibleName(translate("methods", "Add a program"))
        self.drop.setAccessibleName(translate("methods", "Remove the program"))
        self.add.clicked.connect(self._add)
        self.drop.clicked.connect(self._drop)
        self.drop.setEnabled(False)
        self.table.itemSelectionChanged.connect(lambda: self.drop.setEnabled(bool(self.table.selectedItems())))
        self.table.itemChanged.connect(lambda _: self._tell())
        holder = QWidget()
        holder.setObjectName("bare")
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.setSpacing(style.GAP)
        rows.addWidget(self.table)
        rows.addWidget(bare(self.add, self.drop, stretch=True))
        rows.addWidget(
            Muted(translate("methods", "`dictation doctor --insertion` tells the name of the program in front."))
        )
        self.place(holder)
        holder.setFocusProxy(self.table)

    def show(self, value: Value) -> None:
        wanted = read_wishes(str(value))
        if wanted == read_wishes(self.text()):
            return  # a row that is being written keeps its place
        with QSignalBlocker(self.table):
            self.table.setRowCount(0)
            for name, wishes in wanted:
                self._put(name, wishes)
        self.drop.setEnabled(False)

    def text(self) -> str:
        """The table as the setting's value."""
        found = []
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            boxes = [self.table.cellWidget(row, column) for column in range(1, self.table.columnCount())]
            chosen = [str(each.currentData()) for each in boxes if isinstance(each, QComboBox)]
            found.append((item.text().strip() if item else "", dict(zip(self._columns, chosen, strict=True))))
        return write_wishes(found)

    def _put(self, name: str, wishes: Wishes) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        self.table.setItem(row, 0, QTableWidgetItem(name))
        for column, what in enumerate(self._columns, 1):
            box = QComboBox()
            box.setAccessibleName(_titles()[what])
            box.addItem(translate("methods", "As usual"), "")
            for value, words in _values(what):
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(wishes.get(what, ""))))
            box.activated.connect(lambda _: self._tell())
            self.table.setCellWidget(row, column, box)

    def _add(self) -> None:
        with QSignalBlocker(self.table):
            self._put("", {WAY: PASTE})
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.drop.setEnabled(True)
        self.table.setFocus()
        self.table.edit(self.table.currentIndex())

    def _drop(self) -> None:
        for row in sorted({each.row() for each in self.table.selectedItems()}, reverse=True):
            self.table.removeRow(row)
        self._tell()

    def _tell(self) -> None:
        self.edited.emit(self.text())


def in_words(way: str) -> str:
    """A way as people call it."""
    known = {
        PASTE: translate("methods", "Paste"),
        TYPE: translate("methods", "Type the keys"),
        NEVER: translate("methods", "Never insert"),
    }
    return known.get(way) or translate("methods", "Paste with {keys}").format(
        keys="+".join(map(str.title, way.split("+")))
    )


def _titles() -> dict[str, str]:
    return {
        WAY: translate("methods", "Way"),
        "spacing": translate("methods", "Space"),
        "language": translate("methods", "Language"),
        "llm": translate("methods", "Language model"),
    }


def _values(what: str) -> list[tuple[str, str]]:
    """The values that may be chosen, each in the words of the setting it stands for."""
    if what == WAY:
        return [(each, in_words(each)) for each in WAYS]
    about = declared.find(OTHERS[what][0])
    return [(value, translate("settings", words)) for value, words in zip(about.choices, about.words, strict=True)]
