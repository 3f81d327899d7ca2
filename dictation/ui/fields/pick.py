"""Pick: fields for what only the app can list (microphones, models), and for folders."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton

from dictation.core.controls import Controls
from dictation.core.errors import DictationError
from dictation.core.options import Option, Value
from dictation.ui.fields.card import bare
from dictation.ui.fields.fields import WIDTH, Field
from dictation.ui.look.background import Background
from dictation.ui.model_facts import ModelFacts

translate = QCoreApplication.translate

Entry = tuple[str, str]
"""A value and the words for it."""


class Picked(Field):
    """A list that is asked for in the background. The value in force is always in it, there or not."""

    def __init__(
        self, ask: Callable[[], list[Entry]], background: Background, failed: Callable[[DictationError], None]
    ) -> None:
        super().__init__()
        self._ask, self._background, self._failed = ask, background, failed
        self._value = ""
        self._entries: list[Entry] | None = None
        self._box = QComboBox()
        self.place(self._box)
        self._box.activated.connect(lambda: self.edited.emit(self._box.currentData()))

    def refresh(self) -> None:
        self._background.ask(self._ask, self._offer, self._failed)

    def show(self, value: Value) -> None:
        self._value = str(value)
        self._fill()

    def _offer(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._fill()

    def _fill(self) -> None:
        entries = list(self._entries or [])
        if self._value not in dict(entries):
            gone = translate("pick", "{name} (not there)") if self._entries is not None else "{name}"
            entries.append((self._value, gone.format(name=self._value) if self._value else ""))
        with QSignalBlocker(self._box):
            self._box.clear()
            for value, words in entries:
                self._box.addItem(words, value)
            self._box.setCurrentIndex(self._box.findData(self._value))


class Folder(Field):
    """A folder, typed or looked for."""

    def __init__(self, empty: str) -> None:
        super().__init__()
        self._line, look = QLineEdit(), QPushButton(translate("pick", "Browse…"))
        self._line.setPlaceholderText(empty)
        self._line.setMinimumWidth(WIDTH - 90)
        self.place(bare(self._line, look))
        self.widget.setFocusProxy(self._line)
        self._line.editingFinished.connect(lambda: self.edited.emit(self._line.text()))
        look.clicked.connect(self._look)

    def show(self, value: Value) -> None:
        self._line.setText(str(value))

    def _look(self) -> None:
        found = QFileDialog.getExistingDirectory(
            self.widget, translate("pick", "Choose a folder"), self._line.text()
        )  # fmt: skip
        if found:
            self._line.setText(found)
            self.edited.emit(found)


class Served(Field):
    """The name of a model on a server: typed, or picked when the server was asked for its list."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        line = self._box.lineEdit()
        assert line is not None, "an editable box has a line"
        self._line = line
        self.place(self._box)
        self._box.textActivated.connect(lambda words: self.edited.emit(words))
        self._line.editingFinished.connect(lambda: self.edited.emit(self._line.text()))

    def show(self, value: Value) -> None:
        self._box.setEditText(str(value))
        self._line.setCursorPosition(0)

    def offer(self, names: list[str]) -> None:
        """Offer ``names``; what stands in the field stays (Qt would put the first one there)."""
        with QSignalBlocker(self._box):
            here = self._box.currentText()
            self._box.clear()
            self._box.addItems(names)
            self._box.setEditText(here)

    def hint(self, words: str) -> None:
        """What is used while the field is empty."""
        self._line.setPlaceholderText(words)


def devices(controls: Controls) -> Callable[[], list[Entry]]:
    """Asks for the microphones."""
    words = translate("pick", "The system's default")
    return lambda: [("", words), *((name, name) for name in controls.room.microphones())]


def models(controls: Controls) -> Callable[[], list[Entry]]:
    """Asks for the models that are here."""
    words = translate("pick", "The best one here")

    def ask() -> list[Entry]:
        rows = [ModelFacts.read(each) for each in controls.models.catalog()]
        return [("auto", words), *((row.name, row.label) for row in rows if row.installed)]

    return ask


def special(
    declared: Option, controls: Controls, background: Background, failed: Callable[[DictationError], None]
) -> Field | None:
    """The field for a declaration with one of these editors."""
    if declared.editor in ("device", "model"):
        ask = devices(controls) if declared.editor == "device" else models(controls)
        return Picked(ask, background, failed)
    if declared.editor == "served":
        return Served()
    return Folder(translate("pick", "The usual place")) if declared.editor == "folder" else None
