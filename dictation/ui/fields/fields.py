"""Fields: one editor per kind of setting, all with the same two ends: show a value, tell an edited one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from dictation.core.options import Option, Value
from dictation.ui.fields.switch import Switch

SETTLE_MS = 300
"""A number is told when it has stood still for so long, so that a held arrow key is one change."""

WIDTH = 260
"""Width of an editor of text or a word, in device-independent pixels."""

NARROW = 110
"""Width of an editor of a number."""


class Field(QObject):
    """An editor of one setting. ``widget`` is what stands in the form."""

    edited = Signal(object)
    widget: QWidget
    wide = False
    """Whether it stands beneath its words and not beside them."""

    def show(self, value: Value) -> None:
        """Show ``value`` without telling it as an edit."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask the app again for what can be chosen, where that is asked."""

    def place(self, widget: QWidget) -> None:
        """Take ``widget`` as the editor; the wheel scrolls the form unless the editor has the focus."""
        self.widget = widget
        self.setParent(widget)
        if not isinstance(widget, QCheckBox):
            widget.setMinimumWidth(NARROW if isinstance(widget, QSpinBox | QDoubleSpinBox) else WIDTH)
        if isinstance(widget, QComboBox):
            # Long choices are for the list; the box itself keeps its place in the row.
            widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            widget.setMinimumContentsLength(10)
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.widget.hasFocus():
            event.ignore()
            return True
        return False


class Truth(Field):
    """Yes or no."""

    def __init__(self) -> None:
        super().__init__()
        self._box = Switch()
        self.place(self._box)
        self._box.clicked.connect(lambda: self.edited.emit(self._box.isChecked()))

    def show(self, value: Value) -> None:
        self._box.setChecked(bool(value))


class Choice(Field):
    """One of a few, each shown in words; the value is the item's data."""

    def __init__(self, declared: Option) -> None:
        super().__init__()
        self._box = QComboBox()
        for value, word in zip(declared.choices, declared.words, strict=True):
            self._box.addItem(QCoreApplication.translate("settings", word), value)
        self.place(self._box)
        self._box.activated.connect(lambda: self.edited.emit(self._box.currentData()))

    def show(self, value: Value) -> None:
        self._box.setCurrentIndex(self._box.findData(value))


class Decimal(QDoubleSpinBox):
    """Shows no more decimals than the number has: ``8 s`` and ``0.25 s``, not ``8.00 s``."""

    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text


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
            self._box = Decimal()
            self._box.setRange(low, high)
        if declared.unit:
            self._box.setSuffix(" " + QCoreApplication.translate("settings", declared.unit))
        if declared.zero and low == 0:
            self._box.setSpecialValueText(QCoreApplication.translate("settings", declared.zero))
        self._box.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        self._box.setKeyboardTracking(False)
        self._box.lineEdit().setTextMargins(6, 0, 0, 0)
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

    def __init__(self) -> None:
        super().__init__()
        self._line = QLineEdit()
        self.place(self._line)
        self._line.editingFinished.connect(lambda: self.edited.emit(self._line.text()))

    def show(self, value: Value) -> None:
        self._line.setText(str(value))
        self._line.setCursorPosition(0)

    def hint(self, words: str) -> None:
        """What is used while the field is empty."""
        self._line.setPlaceholderText(words)


def field_for(declared: Option) -> Field:
    """The plain field for a declaration."""
    if declared.kind is bool:
        return Truth()
    if declared.kind in (int, float):
        return Number(declared)
    return Choice(declared) if declared.choices else Text()
