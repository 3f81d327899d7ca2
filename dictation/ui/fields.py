"""Fields: one editor per kind of setting, all with the same two ends: show a value, tell an edited one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from dictation.core.options import Option, Value

SETTLE_MS = 300
"""A number is told when it has stood still for so long, so that a held arrow key is one change."""

WIDTH = 320
"""Width of an editor of text or a word, in device-independent pixels."""

NARROW = 120
"""Width of an editor of a number."""


class Field(QObject):
    """An editor of one setting. ``widget`` is what stands in the form."""

    edited = Signal(object)
    widget: QWidget

    def show(self, value: Value) -> None:
        """Show ``value`` without telling it as an edit."""
        raise NotImplementedError

    def suggest(self, choices: list[str]) -> None:
        """Offer ``choices``, when the field can."""

    def place(self, widget: QWidget) -> None:
        """Take ``widget`` as the editor; the wheel scrolls the form unless the editor has the focus."""
        self.widget = widget
        self.setParent(widget)
        if not isinstance(widget, QCheckBox):
            widget.setMinimumWidth(NARROW if isinstance(widget, QSpinBox | QDoubleSpinBox) else WIDTH)
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.widget.hasFocus():
            event.ignore()
            return True
        return False


class Truth(Field):
    """Yes or no."""

    def __init__(self, declared: Option, label: str) -> None:
        super().__init__()
        self._box = QCheckBox(label)
        self.place(self._box)
        self._box.clicked.connect(lambda: self.edited.emit(self._box.isChecked()))

    def show(self, value: Value) -> None:
        self._box.setChecked(bool(value))


class Choice(Field):
    """One of a few words."""

    def __init__(self, declared: Option) -> None:
        super().__init__()
        self._box = QComboBox()
        self._box.addItems(declared.choices)
        self.place(self._box)
        self._box.textActivated.connect(self.edited.emit)

    def show(self, value: Value) -> None:
        self._box.setCurrentText(str(value))


class Number(Field):
    """A number, within its bounds if it has any."""

    def __init__(self, declared: Option) -> None:
        super().__init__()
        low = -1e9 if declared.low is None else declared.low
        high = 1e9 if declared.high is None else declared.high
        self._box: QSpinBox | QDoubleSpinBox
        if declared.kind is int:
            self._box = QSpinBox()
            self._box.setRange(int(low), int(high))
        else:
            self._box = QDoubleSpinBox()
            self._box.setRange(low, high)
        self._box.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        self._box.setKeyboardTracking(False)
        self.place(self._box)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._tell)
        self._box.valueChanged.connect(self._settle.start)
        self._box.editingFinished.connect(self._hurry)

    def show(self, value: Value) -> None:
        with QSignalBlocker(self._box):
            self._box.setValue(value)  # type: ignore[arg-type]  # the declaration says which of the two boxes it is

    def _hurry(self) -> None:
        if self._settle.isActive():
            self._tell()

    def _tell(self) -> None:
        self._settle.stop()
        self.edited.emit(self._box.value())


class Text(Field):
    """Free text."""

    def __init__(self, declared: Option) -> None:
        super().__init__()
        self._line = QLineEdit()
        self.place(self._line)
        self._line.editingFinished.connect(lambda: self.edited.emit(self._line.text()))

    def show(self, value: Value) -> None:
        self._line.setText(str(value))
        self._line.setCursorPosition(0)


class Suggested(Field):
    """Free text with suggestions that come later."""

    def __init__(self, declared: Option) -> None:
        super().__init__()
        self._box = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        self.place(self._box)
        self._box.textActivated.connect(self.edited.emit)
        self._line.editingFinished.connect(lambda: self.edited.emit(self._line.text()))

    @property
    def _line(self) -> QLineEdit:
        line = self._box.lineEdit()
        assert line is not None, "an editable box has a line"
        return line

    def show(self, value: Value) -> None:
        self._box.setEditText(str(value))
        self._line.setCursorPosition(0)

    def suggest(self, choices: list[str]) -> None:
        """Offer ``choices``; what stands in the field stays (Qt would put the first choice there)."""
        with QSignalBlocker(self._box):
            here = self._box.currentText()
            self._box.clear()
            self._box.addItems(choices)
            self._box.setEditText(here)


def field_for(declared: Option, label: str, suggested: bool = False) -> Field:
    """The field for a declaration; ``suggested`` asks for text with suggestions."""
    if declared.kind is bool:
        return Truth(declared, label)
    if declared.kind in (int, float):
        return Number(declared)
    if declared.choices:
        return Choice(declared)
    return Suggested(declared) if suggested else Text(declared)
