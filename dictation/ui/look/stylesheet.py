"""Sheet: how Qt's own widgets look in our windows, made of the colours in force."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from dictation.ui.look import icons, style

_SHEET = Template("""
#window, #steps { background: $sunk; }
QScrollArea, #column, #bare { background: transparent; border: none; }
QLabel { background: transparent; }
#card { background: $surface; border: 1px solid $edge; border-radius: 10px; }
#divider { background: $edge; border: none; max-height: 1px; min-height: 1px; }
#foot { background: $surface; border: none; border-top: 1px solid $edge; }
#warning { background: $mark; border: none; }
#side { background: transparent; border: none; }
#pages { background: transparent; border: none; outline: 0; color: $text; }
#pages::item { padding: 7px 12px; border-radius: 7px; margin: 1px 0; color: $text; }
#pages::item:hover { background: $hover; }
#pages::item:selected { background: $chosen; color: $accent; }
#pages::item:selected:focus { border: 1px solid $accent; }
QPushButton { background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 5px 14px;
  min-height: 18px; outline: none; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $chosen; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $faint; background: $sunk; }
QPushButton[tile="true"] { min-height: 34px; }
QPushButton[loud="true"] { background: $accent; color: $surface; border: 1px solid $accent; font-weight: 600; }
QPushButton[loud="true"]:hover { background: $deeper; }
QPushButton[loud="true"]:focus { border: 2px solid $text; padding: 4px 13px; }
QPushButton[loud="true"]:disabled { background: $edge; border-color: $edge; color: $surface; }
QPushButton[danger="true"]:enabled { color: $danger; }
QPushButton::menu-indicator { image: none; width: 0; }
QLineEdit, QPlainTextEdit, QTextBrowser, QSpinBox, QDoubleSpinBox, QComboBox { background: $field; color: $text;
  border: 1px solid $line; border-radius: 6px; padding: 4px 8px; min-height: 20px;
  selection-background-color: $accent; selection-color: $surface; }
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {
  border: 1px solid $accent; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: $faint; }
QComboBox QLineEdit { border: none; padding: 0; background: transparent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $edge; outline: 0; padding: 4px;
  selection-background-color: $chosen; selection-color: $text; }
QAbstractSpinBox QLineEdit { border: none; padding: 0 0 0 2px; background: transparent; min-height: 0; }
QSpinBox, QDoubleSpinBox { padding: 4px 22px 4px 6px; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 22px; border: none; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 22px;
  border: none; }
QAbstractSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 10px; height: 10px; }
QTableView, #list { background: $field; alternate-background-color: $field; color: $text; border: 1px solid $line;
  border-radius: 6px; outline: 0; gridline-color: $edge; selection-background-color: $chosen;
  selection-color: $text; }
QTableView::item { padding: 4px 8px; border: none; }
QTableView::item:selected, #list::item:selected { background: $chosen; color: $text; }
#list::item { padding: 4px 8px; border-bottom: 1px solid $edge; }
QTableView:focus, #list:focus { border: 1px solid $accent; }
QHeaderView, QTableCornerButton::section { background: transparent; border: none; }
QHeaderView::section { background: $field; color: $muted; border: none; border-bottom: 1px solid $edge;
  padding: 5px 8px; }
QProgressBar { background: $edge; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 28px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none;
  border: none; width: 0; height: 0; }
QMenu { background: $surface; color: $text; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 20px; border-radius: 4px; }
QMenu::item:selected { background: $chosen; }
QToolTip { background: $surface; color: $text; border: 1px solid $edge; }
""")


def sheet() -> str:
    """The style sheet of a window, for light or dark as the desktop is now."""
    now, dark = style.colours(), style.dark()
    return _SHEET.substitute(
        surface=now.surface,
        edge=now.edge,
        sunk=now.sunk,
        text=now.text,
        muted=now.muted,
        mark=now.mark,
        danger=now.danger,
        accent=now.thinking,
        deeper="#a3ccff" if dark else "#144f94",
        chosen="#2b3c55" if dark else "#dfeafa",
        hover="#2a2f39" if dark else "#eaedf2",
        field="#1b1f26" if dark else "#ffffff",
        line="#4a5261" if dark else "#c3cad4",
        faint="#6d7686" if dark else "#9aa3af",
        icons=icons.folder().as_posix(),
    )


class Dressed(QWidget):
    """A window in our colours that follows the desktop when it goes from light to dark."""

    _painting = False
    _worn: tuple[QPalette, str] | None = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and not self._painting:
            self.paint_anew()
        super().changeEvent(event)

    def paint_anew(self) -> None:
        """Take the colours in force. Called once when the window is built; what that changes is no reason to repeat."""
        wanted = style.palette(), sheet()
        if wanted == self._worn:
            return
        self._painting, self._worn = True, wanted
        self.setPalette(wanted[0])
        self.setStyleSheet(wanted[1])
        self._painting = False
