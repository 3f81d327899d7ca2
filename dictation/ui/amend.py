"""Amend: a kept text corrected by hand, and the offer to write it so from now on, where it was corrected twice."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from dictation.core.errors import DictationError
from dictation.ui.fields.card import bare
from dictation.ui.look import sentences
from dictation.ui.look.labels import Good, Trouble, Words
from dictation.ui.room import Room

translate = QCoreApplication.translate

Pair = tuple[str, str]
"""What is heard, and the term it should become."""


class Paper(QPlainTextEdit):
    """Ctrl+Enter keeps, Escape gives up: it must not close the window meanwhile."""

    kept = Signal()
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._ours(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            self.kept.emit()

    def _ours(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return event.key() == Qt.Key.Key_Escape or (
            enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        )


class Amend(QWidget):
    """Stands in the place of the text while ``editing``. ``offer`` is a row of its own, shown where it is put."""

    ended = Signal()
    """The text is kept, or as it was."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.setObjectName("bare")
        self._room = room
        self._entry = 0
        self.editing = False
        self.paper = Paper()
        self.paper.setAccessibleName(translate("history", "Correct the text"))
        self.paper.setTabChangesFocus(True)
        self.paper.setMinimumHeight(90)
        self.trouble = Trouble()
        self.keep, self.give_up = (
            QPushButton(translate("history", "Keep")),
            QPushButton(translate("history", "Cancel")),
        )
        self.paper.textChanged.connect(lambda: self.keep.setEnabled(bool(self.paper.toPlainText().strip())))
        self.paper.kept.connect(self._keep)
        self.paper.given_up.connect(self._end)
        self.keep.clicked.connect(self._keep)
        self.give_up.clicked.connect(self._end)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for each in (self.paper, self.trouble, bare(self.keep, self.give_up, stretch=True)):
            rows.addWidget(each)
        self.trouble.hide()
        self.hide()
        self._offers: list[Pair] = []
        self.offer = self._offer()

    def _offer(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("bare")
        self.question, self.learnt, self.refused = Words(), Good(), Trouble()
        self.add, self.later = (
            QPushButton(translate("history", "Add")),
            QPushButton(translate("history", "Not now")),
        )
        self.add.clicked.connect(self._learn)
        self.later.clicked.connect(self._next)
        self._answers = bare(self.add, self.later, stretch=True)
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for each in (self.question, self._answers, self.learnt, self.refused):
            rows.addWidget(each)
            each.hide()
        holder.hide()
        return holder

    # --- the text

    def begin(self, id: int, text: str) -> None:
        """Correct the text of entry ``id``."""
        self.forget()
        self._entry, self.editing = id, True
        self.paper.setPlainText(text)
        self.paper.moveCursor(QTextCursor.MoveOperation.End)
        self.trouble.say("")
        self.show()
        self.paper.setFocus()

    def _keep(self) -> None:
        if self.editing and self.keep.isEnabled():
            self.keep.setEnabled(False)  # once
            work = partial(self._room.controls.history.amend, self._entry, self.paper.toPlainText())
            self._room.background.ask(work, self._kept, self._refuse_text)

    def _kept(self, offers: tuple[Pair, ...]) -> None:
        self._offers = list(offers)
        self._end()
        self._ask()

    def _refuse_text(self, error: DictationError) -> None:
        self.keep.setEnabled(True)
        self.show()
        self.trouble.say(sentences.line(error))

    def _end(self) -> None:
        self.editing = False
        self.hide()
        self.ended.emit()

    # --- the offer

    def forget(self) -> None:
        """Offer nothing any more."""
        self._offers = []
        self._next()

    def _ask(self) -> None:
        if self._offers:
            heard, term = self._offers[0]
            words = translate("history", "Always write {term} for {heard}?").format(term=term, heard=heard)
            self.question.say(words)
        self.question.setVisible(bool(self._offers))
        self._answers.setVisible(bool(self._offers))
        self.offer.setVisible(bool(self._offers or self.learnt.text() or self.refused.text()))

    def _next(self) -> None:
        self._offers = self._offers[1:]
        for each in (self.learnt, self.refused):
            each.say("")
        self._ask()

    def _learn(self) -> None:
        if self._offers:
            heard, term = self._offers[0]
            work = partial(self._room.controls.words.learn, heard, term)
            self._room.background.ask(work, lambda _: self._knows(term), self._refuse)

    def _knows(self, term: str) -> None:
        self._next()
        self.learnt.say(translate("history", "{term} is known from the next sentence on.").format(term=term))
        self._ask()

    def _refuse(self, error: DictationError) -> None:
        self._next()
        self.refused.say(sentences.line(error))
        self._ask()
