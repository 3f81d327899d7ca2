"""History filter: which of the entries are shown, by words, by what became of them, and by program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

translate = QCoreApplication.translate

TYPED_MS = 150
"""What is searched for is looked up when nothing was typed for so long."""

Entry = dict[str, object]
Find = Callable[[str, int, int], list[Entry]]

PAGE = 500
"""Entries that are read at a time where what became of them, or the program, is looked at here."""


class HistoryFilter(QWidget):
    """A line to type in, and two choices."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bare")
        self.search = QLineEdit(placeholderText=translate("history", "Search what you said"), clearButtonEnabled=True)
        self.search.setAccessibleName(translate("history", "Search what you said"))
        self._wait = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._wait.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda: self._wait.start())
        self.outcome, self.app = QComboBox(), QComboBox()
        self.outcome.setAccessibleName(translate("history", "What became of it"))
        self.app.setAccessibleName(translate("history", "Program"))
        for value, words in (
            ("", translate("history", "All")), ("inserted", translate("history", "Inserted")),
            ("held", translate("history", "Kept")), ("failed", translate("history", "Failed")),
            ("command", translate("history", "Commands")),
        ):  # fmt: skip
            self.outcome.addItem(words, value)
        self.app.addItem(translate("history", "All programs"), "")
        for each in (self.outcome, self.app):
            each.activated.connect(lambda _: self.changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.search, 1)
        row.addWidget(self.outcome)
        row.addWidget(self.app)

    def know(self, entries: Iterable[Entry]) -> None:
        """Offer the programs of ``entries`` too."""
        for name in sorted({str(each["app"]) for each in entries if each["app"]}):
            if self.app.findData(name) < 0:
                self.app.addItem(name, name)

    def looking(self, find: Find, most: int) -> Callable[[], list[Entry]]:
        """What finds at most so many of the entries that are asked for now, in a thread of its own."""
        words, outcome, app = self.search.text().strip(), self.outcome.currentData(), self.app.currentData()
        if not outcome and not app:
            return lambda: find(words, most, 0)
        return lambda: list(islice((each for each in _paged(find, words) if _fits(each, outcome, app)), most))


def _paged(find: Find, words: str) -> Iterator[Entry]:
    before = 0
    while found := find(words, PAGE, before):
        yield from found
        before = int(str(found[-1]["id"]))


def _fits(entry: Entry, outcome: str, app: str) -> bool:
    if app and entry["app"] != app:
        return False
    if outcome == "command":
        return entry["purpose"] == "command"
    # What waited, or was said to an app that ended, is kept like what had no window.
    kinds = {"held": ("held", "recovered", "proposed")}.get(outcome, (outcome,))
    return not outcome or entry["outcome"] in kinds
