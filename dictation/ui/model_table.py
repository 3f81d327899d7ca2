"""Model table: the catalog as rows and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt

SELF_TEST = "mini"
"""The model that comes with the app, good for testing it only."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Model:
    """One model of the catalog. ``bytes`` is the size of its download; ``chosen`` means in use,
    ``recommended`` the best for this machine."""

    name: str
    label: str
    bytes: int
    languages: tuple[str, ...]
    licence: str
    good_for: str
    installed: bool
    chosen: bool
    recommended: bool

    @classmethod
    def read(cls, entry: Mapping[str, object]) -> Model:
        """From an entry of ``Controls.models()``."""
        megabytes, languages = entry.get("size_mb"), entry.get("languages")
        return cls(
            name=str(entry["name"]),
            label=str(entry.get("label") or entry["name"]),
            bytes=round(megabytes * 1_000_000) if isinstance(megabytes, int | float) else 0,
            languages=tuple(map(str, languages)) if isinstance(languages, Sequence) else (),
            licence=str(entry.get("licence", "")),
            good_for=str(entry.get("good_for", "")),
            installed=bool(entry.get("installed")),
            chosen=bool(entry.get("chosen")),
            recommended=bool(entry.get("recommended")),
        )


class ModelTable(QAbstractTableModel):
    """Rows for a table view."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Model] = []

    def fill(self, rows: list[Model]) -> None:
        """Show ``rows`` instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature; never written to
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft
        return self._titles()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | Qt.AlignmentFlag | None:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            cells = (
                row.label,
                size(row.bytes) if row.bytes else "",
                self._spoken(row),
                row.good_for,
                self._standing(row),
            )
            return cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("{name}; licence: {licence}").format(name=row.name, licence=row.licence or "?")
        return None

    def _titles(self) -> tuple[str, ...]:
        return self.tr("Model"), self.tr("Download"), self.tr("Languages"), self.tr("Good for"), self.tr("State")

    def _spoken(self, row: Model) -> str:
        known = {
            "zh": self.tr("Chinese"),
            "en": self.tr("English"),
            "multi": self.tr("Chinese, English, more"),
        }
        return ", ".join(known.get(each, each) for each in row.languages)

    def _standing(self, row: Model) -> str:
        if row.chosen:
            return self.tr("In use")
        if row.installed:
            return self.tr("Installed")
        return self.tr("Recommended") if row.recommended else ""


def size(count: int) -> str:
    """``count`` bytes in the user's own notation."""
    return QLocale().formattedDataSize(count, int(count >= 1e9), QLocale.DataSizeFormat.DataSizeSIFormat)


def only_self_test(rows: list[Model]) -> bool:
    """Whether there is no model yet that understands people."""
    return not any(row.installed and row.name != SELF_TEST for row in rows)
