"""Words page: the user's own terms, a sentence to try the rules on, and which rules there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from dictation.core.errors import DictationError
from dictation.ui.fields.card import bare
from dictation.ui.look import sentences
from dictation.ui.look.edit_names import changes
from dictation.ui.look.labels import Good, Muted, Trouble, Words
from dictation.ui.pages import page_index
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate

EXAMPLE = "把代码推到吉特哈布上，用 docker compose 启动，端口三千"

BEFORE = Qt.ItemDataRole.UserRole
"""Of a row's first cell: the term as it stands in the file; none for a new one."""


class WordsPage(Page):
    """The table is edited in place; every change is in the file at once."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("words"))

    def cards(self) -> Iterator[None]:
        self._terms()
        yield
        self._trial()
        yield
        for section in page_index.SECTIONS["words"]:
            card = self.card(translate("words", "Rules"))
            self.settings(card, page_index.options_on("words", section))
            yield
        self.finish()

    def refresh(self) -> None:
        super().refresh()
        self.room.background.ask(self.room.controls.words.terms, self._show, self._refuse)
        self.room.background.ask(self.room.controls.words.often, self._offer, self._refuse)

    # --- terms

    def _terms(self) -> None:
        self.filter = QLineEdit(placeholderText=translate("words", "Search terms"), clearButtonEnabled=True)
        self.filter.setAccessibleName(translate("words", "Search terms"))
        self.filter.textChanged.connect(self._hide_others)
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels([translate("words", "Term"), translate("words", "Also heard as")])
        self.table.setAccessibleName(translate("words", "Your terms"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setMinimumHeight(210)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        heads = self.table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        heads.resizeSection(0, 210)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(self._changed)
        self.table.itemSelectionChanged.connect(self._enable)
        self.add, self.delete = QPushButton(translate("words", "Add")), QPushButton(translate("words", "Delete"))
        take, give = QPushButton(translate("words", "Import…")), QPushButton(translate("words", "Export…"))
        self.often = QPushButton(translate("words", "Said often"))
        self.often.setToolTip(translate("words", "Words you say often that no list has. Choose one to make it a term."))
        self.offered = QMenu(self.often)
        self.often.setMenu(self.offered)
        self.often.hide()
        self.add.clicked.connect(self._add)
        self.delete.clicked.connect(self._delete)
        take.clicked.connect(self._import)
        give.clicked.connect(self._export)
        self.said, self.trouble = Good(), Trouble()
        card = self.card(
            translate("words", "Your terms"),
            translate(
                "words", "Names and jargon as they are written. A term alone is enough; more ways to hear it help."
            ),
        )
        row = card.add_row("", "", self.filter, wide=True)
        row.name.hide()
        row.put_under(
            self.table, bare(self.add, self.often, self.delete, take, give, stretch=True), self.said, self.trouble
        )
        self.said.hide()
        self.trouble.hide()
        self._enable()

    def _show(self, terms: list[tuple[str, tuple[str, ...]]]) -> None:
        if self.table.state() == QAbstractItemView.State.EditingState:
            return
        self.table.blockSignals(True)
        self.table.setRowCount(len(terms))
        for number, (term, said) in enumerate(terms):
            self._put(number, term, ", ".join(said), term)
        self.table.blockSignals(False)
        self._hide_others(self.filter.text())
        self._enable()

    def _offer(self, words: list[tuple[str, int]]) -> None:
        self.offered.clear()
        for word, count in words:
            action = self.offered.addAction(translate("words", "{word} ({count} times)").format(word=word, count=count))
            action.triggered.connect(partial(self._take, word))
        self.often.setVisible(bool(words))

    def _take(self, word: str) -> None:
        known = translate("words", "{term} is known from now on.").format(term=word)
        self.room.background.ask(
            partial(self.room.controls.words.put_term, word, ()), lambda _: self._taken(known), self._refuse
        )

    def _taken(self, known: str) -> None:
        self.refresh()
        self._say(known)

    def _put(self, row: int, term: str, said: str, before: str) -> None:
        first = QTableWidgetItem(term)
        first.setData(BEFORE, before)
        self.table.setItem(row, 0, first)
        self.table.setItem(row, 1, QTableWidgetItem(said))

    def _hide_others(self, words: str) -> None:
        for row in range(self.table.rowCount()):
            text = " ".join(self._cells(row)).casefold()
            self.table.setRowHidden(row, not all(each in text for each in words.casefold().split()))

    def _cells(self, row: int) -> tuple[str, str]:
        first, second = self.table.item(row, 0), self.table.item(row, 1)
        return (first.text() if first else ""), (second.text() if second else "")

    def _enable(self) -> None:
        self.delete.setEnabled(bool(self.table.selectedItems()))

    def _add(self) -> None:
        self.filter.clear()
        row = self.table.rowCount()
        self.table.blockSignals(True)
        self.table.insertRow(row)
        self._put(row, "", "", "")
        self.table.blockSignals(False)
        self.table.scrollToBottom()
        self.table.setCurrentCell(row, 0)
        if (first := self.table.item(row, 0)) is not None:
            self.table.editItem(first)

    def _changed(self, item: QTableWidgetItem) -> None:
        term, said = self._cells(item.row())
        first = self.table.item(item.row(), 0)
        if not term.strip() or first is None:
            return
        forms = [each.strip() for each in re.split(r"[,，、|;；]", said) if each.strip()]
        before = str(first.data(BEFORE) or "")
        work = partial(self.room.controls.words.put_term, term, forms, before)
        self.room.background.ask(work, lambda _: self._kept(first, term), self._refuse)

    def _kept(self, first: QTableWidgetItem, term: str) -> None:
        self.table.blockSignals(True)
        first.setData(BEFORE, term)
        self.table.blockSignals(False)
        self._say(translate("words", "{term} is known from now on.").format(term=term))

    def _delete(self) -> None:
        rows = sorted({each.row() for each in self.table.selectedItems()}, reverse=True)
        for row in rows:
            first = self.table.item(row, 0)
            if first is not None and first.data(BEFORE):
                work = partial(self.room.controls.words.drop_term, str(first.data(BEFORE)))
                self.room.background.ask(work, lambda _: None, self._refuse)
            self.table.removeRow(row)

    def _import(self) -> None:
        kinds = translate("words", "Lists of words (*.tsv *.txt *.csv *.json *.xml)")
        file, _ = QFileDialog.getOpenFileName(self, translate("words", "Import terms"), "", kinds)
        if file:
            self.room.background.ask(partial(self.room.controls.words.import_terms, file), self._imported, self._refuse)

    def _imported(self, count: int) -> None:
        self._say(translate("words", "{count} terms are here now.").format(count=count))
        self.refresh()

    def _export(self) -> None:
        kinds = translate("words", "Lists of words (*.tsv *.csv *.json)")
        file, _ = QFileDialog.getSaveFileName(self, translate("words", "Export terms"), "glossary.tsv", kinds)
        if file:
            done = translate("words", "{count} terms were written.")
            work = partial(self.room.controls.words.export_terms, file)
            self.room.background.ask(work, lambda count: self._say(done.format(count=count)), self._refuse)

    def _say(self, words: str) -> None:
        self.trouble.say("")
        self.said.say(words)

    def _refuse(self, error: DictationError) -> None:
        self.said.say("")
        self.trouble.say(sentences.line(error))

    # --- a sentence

    def _trial(self) -> None:
        self.trial = QLineEdit(placeholderText=EXAMPLE)
        self.trial.setAccessibleName(translate("words", "Try a sentence"))
        self.result, self.why = Words(), Muted()
        self.result.setAccessibleName(translate("words", "What becomes of it"))
        self.result.hide()
        self.why.hide()
        self._wait = QTimer(self, singleShot=True, interval=200)
        self._wait.timeout.connect(self._try)
        self.trial.textChanged.connect(self._wait.start)
        card = self.card(translate("words", "Try a sentence"))
        row = card.add_row(
            "", translate("words", "Write what was heard, and see what becomes of it."), self.trial, wide=True
        )
        row.name.hide()
        row.put_under(self.result, self.why)

    def _try(self) -> None:
        text = self.trial.text()
        if not text.strip():
            self.result.say("")
            self.why.say("")
            return
        self.room.background.ask(partial(self.room.controls.words.try_words, text), self._tried, self._refuse)

    def _tried(self, made: dict[str, object]) -> None:
        if made["heard"] != self.trial.text():
            return
        self.result.say(str(made["text"]))
        self.why.say(changes(made["edits"]) or translate("words", "Nothing is changed."))


def make(room: Room) -> Page:
    """The page."""
    return WordsPage(room)
