"""Form: the settings page, grown from the declarations; it names no setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dictation.core import settings as declared
from dictation.core.errors import DictationError
from dictation.core.options import Option, Value
from dictation.core.ports import Controls
from dictation.ui import sentences
from dictation.ui.background import Background
from dictation.ui.fields import Field, Truth, field_for
from dictation.ui.labels import Muted, Trouble

Suggest = Callable[[], list[str]]
"""Asks the app for good values of a setting; may take a second."""


class Form(QScrollArea):
    """All settings by section. A change is in force at once; one that is refused says why beside its field."""

    def __init__(
        self,
        controls: Controls,
        background: Background,
        suggestions: Mapping[str, Suggest],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controls = controls
        self._background = background
        self._suggestions = suggestions
        self._fields: dict[str, Field] = {}
        self._troubles: dict[str, Trouble] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._grow())

    def refresh(self) -> None:
        """Show the settings in force, and ask for suggestions again."""
        now = self._controls.settings()
        for key, field in self._fields.items():
            field.show(declared.get(now, key))
            self._troubles[key].say("")
        for key, suggest in self._suggestions.items():
            self._background.ask(suggest, self._fields[key].suggest, partial(self._refuse, key))

    def _grow(self) -> QWidget:
        page = QWidget()
        # Else the area believes the height that wrapping labels have at their least width, and scrolls into nothing.
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setContentsMargins(16, 8, 16, 16)
        grid.setColumnStretch(1, 1)
        known = list(declared.options())
        for section, title, _ in declared.sections():
            heading = QLabel(translate(title))
            heading.setFont(_bold(heading.font()))
            heading.setContentsMargins(0, 14, 0, 4)
            grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            for each in known:
                if each.key.startswith(f"{section}."):
                    self._add(grid, each)
        grid.setRowStretch(grid.rowCount(), 1)
        return page

    def _add(self, grid: QGridLayout, about: Option) -> None:
        label, help = translate(about.label), translate(about.help)
        field = field_for(about, label, about.key in self._suggestions)
        field.widget.setObjectName(about.key)
        field.widget.setAccessibleName(label)
        field.widget.setAccessibleDescription(help)
        field.edited.connect(partial(self._apply, about.key))
        trouble = Trouble()
        trouble.setObjectName(f"{about.key} trouble")
        trouble.hide()
        row = grid.rowCount()
        if not isinstance(field, Truth):
            name = QLabel(label)
            name.setBuddy(field.widget)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            name.setMinimumHeight(field.widget.sizeHint().height())
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.setContentsMargins(0, 0, 0, 8)
        cell.addWidget(field.widget, 0, Qt.AlignmentFlag.AlignLeft)
        cell.addWidget(trouble)
        cell.addWidget(Muted(help))
        grid.addLayout(cell, row, 1)
        self._fields[about.key], self._troubles[about.key] = field, trouble

    def _apply(self, key: str, value: Value) -> None:
        now = self._controls.settings()
        try:
            wanted = declared.put(now, key, value)
            if wanted != now:
                self._controls.change(wanted)
        except DictationError as error:
            self._refuse(key, error)
        else:
            self._troubles[key].say("")
            self._fields[key].show(declared.get(wanted, key))

    def _refuse(self, key: str, error: DictationError) -> None:
        self._troubles[key].say(sentences.line(error))


def translate(words: str) -> str:
    """A declaration's words in the user's language."""
    return QCoreApplication.translate("settings", words)


def _bold(font: QFont) -> QFont:
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * 1.15)
    return font
