"""History page: what was said, found again, with what was heard, why it was changed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dictation.core.errors import DictationError
from dictation.core.types import Event, Finished
from dictation.ui.amend import Amend
from dictation.ui.fields.card import bare
from dictation.ui.fields.day_list import DayList
from dictation.ui.fields.sure import SureButton
from dictation.ui.history_filter import HistoryFilter
from dictation.ui.look import sentences
from dictation.ui.look.edit_names import changes
from dictation.ui.look.entry_words import about, moment
from dictation.ui.look.labels import Good, Muted, Trouble, Words
from dictation.ui.look.sounds import play_file
from dictation.ui.overlay import outcome_words
from dictation.ui.pages import page_index
from dictation.ui.retry import Retry
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate

MOST = 300
"""Entries that are asked for at once; as many more when the end is in sight."""

AWAY_MS = 300
"""After our window is gone, until the one before has the cursor again."""

Entry = dict[str, object]


class HistoryPage(Page):
    """A list beside what is known of the entry that is picked in it."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("history"))
        self.entries: list[Entry] = []
        self._asked = 0
        self._most = MOST
        self.filter = HistoryFilter()
        self.search = self.filter.search
        self.filter.changed.connect(self._look_anew)
        self.list = DayList()
        self.list.setAccessibleName(translate("history", "What you said"))
        self.list.setMinimumSize(240, 330)
        self.list.currentRowChanged.connect(lambda _: self._detail())
        self.list.wanted.connect(self._at_once)
        self.list.more.connect(self._more)
        self.column.addWidget(self.filter)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.list, 2)
        middle.addWidget(self._details(), 3)
        self.column.addLayout(middle, 1)
        self.clear = SureButton(translate("history", "Delete all…"))
        self.clear.confirmed.connect(lambda: self._do(self.room.controls.history.clear, self._cleared))
        export = QPushButton(translate("history", "Export…"))
        export.clicked.connect(self._export)
        self.column.addWidget(bare(export, self.clear, stretch=True))
        card = self.card(translate("history", "What is kept"))
        self.settings(card, page_index.options_on("history"))
        room.bridge.told.connect(self._hear)

    def refresh(self) -> None:
        super().refresh()
        self.retry.look()
        self._look()

    def leave(self) -> None:
        self.retry.leave()
        self.amend.forget()

    def _details(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("bare")
        self.text, self.heard, self.why, self.about = Words(), Muted(), Muted(), Muted()
        for label, name in (
            (self.text, translate("history", "Text")),
            (self.heard, translate("history", "What was heard")),
            (self.why, translate("history", "Why it was changed")),
            (self.about, translate("history", "When and where")),
        ):
            label.setAccessibleName(name)
        self.said, self.trouble = Good(), Trouble()
        self.copy, self.again = (
            QPushButton(translate("history", "Copy")),
            QPushButton(translate("history", "Insert again")),
        )
        self.correct = QPushButton(translate("history", "Correct…"))
        self.retry, self.amend = Retry(self.room), Amend(self.room)
        self.play = QPushButton(translate("history", "Play"))
        self.delete = QPushButton(translate("history", "Delete"))
        self.delete.setProperty("danger", True)
        self.copy.clicked.connect(self._copy)
        self.again.clicked.connect(self._insert)
        self.correct.clicked.connect(self._correct)
        self.amend.ended.connect(self._amended)
        self.retry.again.connect(
            lambda: self._act(self.room.controls.history.retry, translate("history", "On its way…"))
        )
        self.retry.taken.connect(self._take)
        self.play.clicked.connect(self._play)
        self.delete.clicked.connect(
            lambda: self._act(self.room.controls.history.forget, translate("history", "Deleted."))
        )
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for each in (self.text, self.amend, self.amend.offer, self.retry, self.about, self.heard, self.why):
            rows.addWidget(each)
        rows.addStretch(1)
        rows.addWidget(self.said)
        rows.addWidget(self.trouble)
        # Two rows, for all in one are wider than the smallest window; what is not always there is in either.
        rows.addWidget(bare(self.copy, self.correct, self.play, stretch=True))
        rows.addWidget(bare(self.again, self.delete, self.retry.button, stretch=True))
        self.said.hide()
        self.trouble.hide()
        return holder

    # --- the list

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes the height of the window; what is kept stands below it."""
        super().resizeEvent(event)
        self.list.setMinimumHeight(max(330, self.viewport().height() - 210))

    def _look(self) -> None:
        self._asked += 1
        work = self.filter.looking(self.room.controls.history.find, self._most)
        self.room.background.ask(work, partial(self._show, self._asked), self._refuse)

    def _look_anew(self) -> None:
        self._most = MOST
        self._look()

    def _more(self) -> None:
        if len(self.entries) >= self._most:
            self._most += MOST
            self._look()

    def _at_once(self, row: int, what: str) -> None:
        """A button beside an entry was pressed."""
        if 0 <= row < len(self.entries) and not self.amend.editing:
            self.list.setCurrentRow(row)
            self._copy() if what == "copy" else self._insert()

    def _show(self, asked: int, entries: list[Entry]) -> None:
        if asked != self._asked or self.amend.editing:
            return  # more was typed meanwhile; or the entry is being corrected, and the list waits
        before = self.current
        kept = before["id"] if before else None
        self.entries = entries
        self.filter.know(entries)
        place = self.list.verticalScrollBar().value()
        self.list.blockSignals(True)
        self.list.clear()
        for each in entries:
            text = outcome_words.one_line(str(each["text"]), 80) or translate("history", "(not transcribed)")
            self.list.add(text, outcome_words.one_line(str(each["text"]), 400), moment(each))
        at = next((number for number, each in enumerate(entries) if each["id"] == kept), 0)
        self.list.blockSignals(False)
        self.list.setCurrentRow(at if entries else -1)
        self.list.verticalScrollBar().setValue(place)
        self._detail()

    @property
    def current(self) -> Entry | None:
        """The entry that is picked."""
        row = self.list.currentRow()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def _detail(self) -> None:
        now = self.current
        for each in (self.copy, self.again, self.delete):
            each.setEnabled(now is not None and not self.amend.editing)
        self.correct.setEnabled(bool(now and now["text"]) and not self.amend.editing)
        sound = bool(now and now["audio"])
        self.play.setVisible(sound)
        self.retry.button.setVisible(now is not None and (sound or not now["text"]))
        self.retry.show_entry(int(str(now["id"])) if now else None)
        if now is None:
            empty = translate("history", "Nothing found.") if self.search.text() else ""
            self.text.say(empty or translate("history", "What you say will stand here."))
            for label in (self.about, self.heard, self.why):
                label.say("")
            return
        self.text.say(str(now["text"]) or translate("history", "(not transcribed)"))
        self.text.setVisible(not self.amend.editing)
        heard = str(now["heard"])
        self.heard.say(
            translate("history", "Heard: {text}").format(text=heard) if heard != now["text"] and heard else ""
        )
        self.why.say(changes(now["edits"]))
        self.about.say(about(now))

    # --- what can be done

    def _copy(self) -> None:
        if self.current:
            QGuiApplication.clipboard().setText(str(self.current["text"]))
            self._say(translate("history", "Copied."))

    def _insert(self) -> None:
        """Our window has the cursor now; it goes, and the one before has it again."""
        now = self.current
        if now is None:
            return
        self.window().hide()
        ask = partial(self.room.controls.history.insert_again, int(str(now["id"])))
        QTimer.singleShot(AWAY_MS, self, lambda: self._do(ask, lambda _: None))

    def _correct(self) -> None:
        """The list rests meanwhile, so that what is being written cannot be lost by a click beside it."""
        if self.current:
            self.said.say("")
            self.amend.begin(int(str(self.current["id"])), str(self.current["text"]))
            self._amending(True)

    def _take(self, id: int, text: str) -> None:
        """What another model heard is the text now: nothing was corrected by hand."""
        self._do(partial(self.room.controls.history.amend, id, text, by_hand=False), lambda _: self._amended())

    def _amended(self) -> None:
        self._amending(False)
        self._look()

    def _amending(self, now: bool) -> None:
        self.text.setVisible(not now)
        for each in (self.list, self.filter, self.clear):
            each.setEnabled(not now)
        self._detail()

    def _act(self, call: Callable[[int], None], words: str) -> None:
        if self.current:
            self._do(partial(call, int(str(self.current["id"]))), lambda _: self._acted(words))

    def _acted(self, words: str) -> None:
        self._say(words)
        self._look()

    def _play(self) -> None:
        if self.current and not play_file(Path(str(self.current["audio"]))):
            self.trouble.say(translate("hearing", "There is no program here that plays sound."))

    def _export(self) -> None:
        kinds = translate("history", "JSON Lines (*.jsonl)")
        file, _ = QFileDialog.getSaveFileName(self, translate("history", "Export the history"), "history.jsonl", kinds)
        if file:
            self._do(partial(self.room.controls.history.export_history, file), self._exported)

    def _exported(self, count: object) -> None:
        self._say(translate("history", "{count} entries were written.").format(count=count))

    def _cleared(self, count: object) -> None:
        self._acted(translate("history", "{count} entries were deleted.").format(count=count))

    def _do(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self.trouble.say("")
        self.room.background.ask(work, done, self._refuse)

    def _say(self, words: str) -> None:
        self.trouble.say("")
        self.said.say(words)

    def _refuse(self, error: DictationError) -> None:
        self.said.say("")
        self.trouble.say(sentences.line(error))

    def _hear(self, event: Event) -> None:
        """Something was said: it belongs into the list, if that is looked at."""
        if isinstance(event, Finished) and self.isVisible():
            QTimer.singleShot(AWAY_MS, self, self._look)


def make(room: Room) -> Page:
    """The page."""
    return HistoryPage(room)
