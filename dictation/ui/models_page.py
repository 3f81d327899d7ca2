"""Models page: which models exist, which are here, and getting and choosing them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dictation.core import settings as declared
from dictation.core.errors import DictationError
from dictation.core.ports import Controls
from dictation.ui import sentences
from dictation.ui.background import Background
from dictation.ui.labels import Muted, Trouble, Words
from dictation.ui.model_table import SELF_TEST, Index, Model, ModelTable, only_self_test, size

MODEL = "engine.model"
"""The setting that this page is a friendlier way to change."""

PROGRESS_SECONDS = 0.1
"""Shortest time between two moves of the progress bar: a download tells its progress thousands of times."""


class ModelsPage(QWidget):
    """The catalog with Download, Cancel and Use. One download at a time."""

    def __init__(self, controls: Controls, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controls = controls
        self._background = background
        self._getting: str | None = None
        self._stop = threading.Event()
        self._table = ModelTable()
        self._lay_out()
        self._enable()

    def refresh(self) -> None:
        """Ask the app for the catalog again."""
        self._background.ask(self._controls.models, self._show, self._refuse)

    def _lay_out(self) -> None:
        self.top, self.about, self.trouble, self.amount = Words(), Muted(), Trouble(), Words()
        self.view = QTableView()
        self.view.setModel(self._table)
        self.view.setItemDelegate(Roomy(self.view))
        self.view.setAccessibleName(self.tr("Models"))
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        self.view.setAlternatingRowColors(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.verticalHeader().hide()
        heads = self.view.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        # Later, not in the signal: the scroll bar that taller rows may need changes the widths once more.
        self._wrap = QTimer(self, singleShot=True, interval=0)
        self._wrap.timeout.connect(self.view.resizeRowsToContents)
        heads.sectionResized.connect(lambda: self._wrap.start())
        self.view.selectionModel().selectionChanged.connect(lambda: self._enable())
        self.view.activated.connect(lambda: self._act())

        self.download, self.use = QPushButton(self.tr("&Download")), QPushButton(self.tr("&Use this model"))
        self.cancel, self.bar = QPushButton(self.tr("&Cancel download")), QProgressBar()
        self.bar.setAccessibleName(self.tr("Download progress"))
        self.bar.setTextVisible(False)
        self.download.clicked.connect(self._download)
        self.use.clicked.connect(self._use)
        self.cancel.clicked.connect(self._cancel)

        buttons, progress = QHBoxLayout(), QHBoxLayout()
        for button in (self.download, self.use):
            buttons.addWidget(button)
        buttons.addStretch()
        progress.addWidget(self.bar, 1)
        progress.addWidget(self.cancel)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.setSpacing(8)
        page.addWidget(self.top)
        page.addWidget(self.view, 1)
        page.addWidget(self.about)
        page.addLayout(buttons)
        page.addLayout(progress)
        page.addWidget(self.amount)
        page.addWidget(self.trouble)
        for words in (self.top, self.about, self.amount, self.trouble):
            words.hide()

    def _show(self, entries: list[dict[str, object]]) -> None:
        chosen = self._selected()
        rows = [Model.read(entry) for entry in entries]
        self._table.fill(rows)
        self._wrap.start()
        if rows:
            self.view.selectRow(rows.index(_first(rows, chosen.name if chosen else None)))
        self.top.say(self._advice(rows))
        self._enable()

    def _advice(self, rows: list[Model]) -> str:
        if not only_self_test(rows):
            return ""
        if any(row.installed for row in rows):
            return self.tr(
                "Only the self-test model is here; it understands a small vocabulary in synthetic voices. "
                "Pick one to download."
            )
        return self.tr("No model is here yet. Pick one to download.")

    def _selected(self) -> Model | None:
        picked = self.view.selectionModel().selectedRows()
        return self._table.rows[picked[0].row()] if picked else None

    def _enable(self) -> None:
        row, busy = self._selected(), self._getting is not None
        self.download.setEnabled(row is not None and not row.installed and not busy)
        self.use.setEnabled(row is not None and row.installed and not row.chosen)
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.cancel.setEnabled(busy and not self._stop.is_set())
        about = self.tr("{label}: named {name} in settings and commands; licence {licence}.")
        self.about.say(about.format(label=row.label, name=row.name, licence=row.licence or "?") if row else "")

    def _act(self) -> None:
        (self.download if self.download.isEnabled() else self.use).click()

    def _download(self) -> None:
        row = self._selected()
        if row is None or self._getting is not None:
            return
        self._getting = row.label
        self._stop = stop = threading.Event()
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(stop.set)
        self.trouble.say("")
        self.amount.say(self.tr("Getting {label}…").format(label=row.label))
        self.bar.setRange(0, 0)
        self._enable()
        work = partial(self._controls.get_model, row.name, Reporter(self._background, self._advance, stop))
        self._background.ask(work, lambda _: self._ended(stop), lambda error: self._ended(stop, error))

    def _advance(self, done: int, total: int) -> None:
        if self._getting is None:
            return
        # Thousandths: a progress bar counts in 32 bits, and the large models are over 2 GiB.
        self.bar.setRange(0, 1000 if total > 0 else 0)
        self.bar.setValue(min(1000, 1000 * done // total) if total > 0 else 0)
        words = self.tr("{label}: {done} of {total}") if total > 0 else self.tr("{label}: {done}")
        self.amount.say(words.format(label=self._getting, done=size(done), total=size(total)))

    def _cancel(self) -> None:
        self._stop.set()
        self._enable()

    def _ended(self, stop: threading.Event, error: DictationError | None = None) -> None:
        label, self._getting = self._getting, None
        if stop.is_set():  # being stopped may come back as an error; the user knows
            self.amount.say(self.tr("Stopped. What is here is kept; Download goes on from there."))
        elif error is not None:
            self.amount.say("")
            self._refuse(error)
        else:
            self.amount.say(self.tr("{label} is here.").format(label=label))
        self._enable()
        self.refresh()

    def _use(self) -> None:
        row = self._selected()
        if row is None:
            return
        try:
            self._controls.change(declared.put(self._controls.settings(), MODEL, row.name))
        except DictationError as error:
            self._refuse(error)
        else:
            self.trouble.say("")
        self.refresh()

    def _refuse(self, error: DictationError) -> None:
        self.trouble.say(sentences.line(error))


def _first(rows: list[Model], selected: str | None) -> Model:
    """The row to select: the one that was, or the one in use, or the recommended one, or the first of any worth."""
    worthy = [row for row in rows if row.name != SELF_TEST]
    ranked = (
        [row for row in rows if row.name == selected],
        [row for row in worthy if row.chosen],
        [row for row in worthy if row.recommended],
        worthy,
        rows,
    )
    return next(part[0] for part in ranked if part)


class Roomy(QStyledItemDelegate):
    """Cells with air above and below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(0, 8)


class Reporter:
    """Progress told from the download's thread: passed on now and then, and answered with whether to go on."""

    def __init__(self, background: Background, advance: Callable[[int, int], None], stop: threading.Event) -> None:
        self._background, self._advance, self._stop = background, advance, stop
        self._next = 0.0

    def __call__(self, done: int, total: int) -> bool:
        now = time.monotonic()
        if now >= self._next or done >= total:
            self._next = now + PROGRESS_SECONDS
            self._background.tell(partial(self._advance, done, total))
        return not self._stop.is_set()
