"""Methods field: the programs that take text in another way, as a table of program and way."""

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

from dictation.core import methods
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
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels([translate("methods", "Program"), translate("methods", "Way")])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(38)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setFixedHeight(HEIGHT)
        self.table.setAccessibleName(translate("methods", "Programs and their ways"))
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
        wanted = methods.read_named(str(value))
        if wanted == methods.read_named(self.text()):
            return  # a row that is being written keeps its place
        with QSignalBlocker(self.table):
            self.table.setRowCount(0)
            for name, way in wanted:
                self._put(name, way)
        self.drop.setEnabled(False)

    def text(self) -> str:
        """The table as the setting's value."""
        found = []
        for row in range(self.table.rowCount()):
            item, box = self.table.item(row, 0), self.table.cellWidget(row, 1)
            name = item.text().strip() if item else ""
            if name and isinstance(box, QComboBox):
                found.append(f"{name}={box.currentData()}")
        return ", ".join(found)

    def _put(self, name: str, way: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        self.table.setItem(row, 0, QTableWidgetItem(name))
        box = QComboBox()
        box.setAccessibleName(translate("methods", "Way"))
        for each in methods.WAYS:
            box.addItem(in_words(each), each)
        box.setCurrentIndex(max(0, box.findData(way)))
        box.activated.connect(lambda _: self._tell())
        self.table.setCellWidget(row, 1, box)

    def _add(self) -> None:
        with QSignalBlocker(self.table):
            self._put("", methods.PASTE)
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
        methods.PASTE: translate("methods", "Paste"),
        methods.TYPE: translate("methods", "Type the keys"),
        methods.NEVER: translate("methods", "Never insert"),
    }
    return known.get(way) or translate("methods", "Paste with {keys}").format(
        keys="+".join(map(str.title, way.split("+")))
    )
