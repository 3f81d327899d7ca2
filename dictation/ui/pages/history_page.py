"""History page: what was said, found again, with what was heard, why it was changed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dictation.core.errors import DictationError
from dictation.core.types import Event, Finished
from dictation.ui.amend import Amend
from dictation.ui.fields.card import bare
from dictation.ui.fields.sure import SureButton
from dictation.ui.look import sentences
from dictation.ui.look.edit_names import changes
from dictation.ui.look.labels import Good, Muted, Trouble, Words
from dictation.ui.look.plain_text import as_plain
from dictation.ui.look.sounds import play_file
from dictation.ui.overlay import outcome_words
from dictation.ui.pages import page_index
from dictation.ui.retry import Retry
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate

MOST = 300
"""Entries shown at once; a search finds the older ones."""

AWAY_MS = 300
"""After our window is gone, until the one before has the cursor again."""

Entry = dict[str, object]


class History(Page):
    """A list beside what is known of the entry that is picked in it."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("history"))
        self.entries: list[Entry] = []
        self._asked = 0
        self.search = QLineEdit(placeholderText=translate("history", "Search what you said"), clearButtonEnabled=True)
        self.search.setAccessibleName(translate("history", "Search what you said"))
        self._wait = QTimer(self, singleShot=True, interval=150)
        self._wait.timeout.connect(self._look)
        self.search.textChanged.connect(lambda: self._wait.start())
        self.list = QListWidget()
        self.list.setObjectName("list")
        self.list.setAccessibleName(translate("history", "What you said"))
        self.list.setMinimumHeight(330)
        self.list.setFixedWidth(240)
        self.list.setWordWrap(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(lambda _: self._detail())
        self.column.addWidget(self.search)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.list)
        middle.addWidget(self._details(), 1)
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
        rows.addWidget(bare(self.copy, self.again, self.delete, stretch=True))
        rows.addWidget(bare(self.correct, self.retry.button, self.play, stretch=True))
        self.said.hide()
        self.trouble.hide()
        return holder

    # --- the list

    def _look(self) -> None:
        self._asked += 1
        work = partial(self.room.controls.history.find, self.search.text().strip(), MOST)
        self.room.background.ask(work, partial(self._show, self._asked), self._refuse)

    def _show(self, asked: int, entries: list[Entry]) -> None:
        if asked != self._asked or self.amend.editing:
            return  # more was typed meanwhile; or the entry is being corrected, and the list waits
        before = self.current
        kept = before["id"] if before else None
        self.entries = entries
        self.list.blockSignals(True)
        self.list.clear()
        for each in entries:
            text = outcome_words.one_line(str(each["text"]), 80) or translate("history", "(not transcribed)")
            item = QListWidgetItem(f"{text}\n{_when(each)}")
            item.setToolTip(as_plain(outcome_words.one_line(str(each["text"]), 400)))
            item.setSizeHint(QSize(0, 2 * self.list.fontMetrics().height() + 18))
            self.list.addItem(item)
        at = next((number for number, each in enumerate(entries) if each["id"] == kept), 0)
        self.list.blockSignals(False)
        self.list.setCurrentRow(at if entries else -1)
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
        self.about.say(_about(now))

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
        for each in (self.list, self.search, self.clear):
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


def _when(entry: Entry) -> str:
    return datetime.fromisoformat(str(entry["at"])).astimezone().strftime("%Y-%m-%d %H:%M")


def _about(entry: Entry) -> str:
    waits = entry["timings_ms"]
    parts = [_when(entry), str(entry["app"] or "")]
    parts.append(translate("history", "{seconds} s of speech").format(seconds=f"{float(str(entry['seconds'])):.1f}"))
    if isinstance(waits, dict) and (total := sum(int(each) for each in waits.values())):
        parts.append(translate("history", "{ms} ms of waiting").format(ms=total))
    if entry["outcome"] != "inserted" and entry["reason"]:
        parts.append(sentences.sentence(str(entry["reason"])))
    return " · ".join(each for each in parts if each)


def make(room: Room) -> Page:
    """The page."""
    return History(room)
