"""Retry: a kept recording transcribed once more, by the model in use or by another one, beside the text there is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from dictation.core.errors import DictationError
from dictation.ui.fields.card import bare
from dictation.ui.look import sentences
from dictation.ui.look.labels import Muted, Trouble, Words
from dictation.ui.room import Room

translate = QCoreApplication.translate


class Retry(QWidget):
    """What another model hears stands here under its name; ``button`` has the menu of models.

    One recording at a time: another one, ``leave`` and the user's Cancel stop it.
    """

    again = Signal()
    """The model in use shall do it."""
    taken = Signal(int, str)
    """The text of that entry shall be this one."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.setObjectName("bare")
        self._room = room
        self._entry: int | None = None  # what is looked at
        self._asked: int | None = None  # what was asked about
        self._turn = 0  # answers of earlier turns are not heard
        self._running = False
        self._names: list[str] = []
        self._chosen = ""
        self.button = QPushButton(translate("history", "Transcribe again"))
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self.look)
        self.who, self.text, self.trouble = Muted(), Words(), Trouble()
        self.text.setAccessibleName(translate("history", "What another model hears"))
        self.stop = QPushButton(translate("history", "Cancel"))
        self.copy, self.take = (
            QPushButton(translate("history", "Copy")),
            QPushButton(translate("history", "Use this text")),
        )
        self.drop = QPushButton(translate("history", "Dismiss"))
        self.stop.clicked.connect(self.leave)
        self.drop.clicked.connect(self.leave)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.text()))
        self.take.clicked.connect(self._take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for each in (self.who, self.text, self.trouble, bare(self.stop, self.take, self.copy, self.drop, stretch=True)):
            rows.addWidget(each)
        self._fill()
        self._show()

    def look(self) -> None:
        """Ask which models there are."""
        self._fill()
        self._room.background.ask(self._room.controls.models.catalog, self._know, lambda _: None)

    def show_entry(self, id: int | None) -> None:
        """Entry ``id`` is looked at now."""
        self._entry = id
        self._show()

    def leave(self) -> None:
        """Stop what is under way, and forget what was heard."""
        self._turn += 1
        if self._running:
            self._room.background.ask(self._room.controls.history.drop_hearing, lambda _: None, lambda _: None)
        self._running, self._asked = False, None
        self._show()

    # --- the menu

    def _know(self, models: list[dict[str, object]]) -> None:
        self._names = [str(each["name"]) for each in models if each["installed"]]
        self._fill()

    def _fill(self) -> None:
        """The model in use first where it is none of the catalog's: a folder or a server."""
        self._chosen = str(self._room.controls.status().get("model") or "")
        names = [*([] if self._chosen in (*self._names, "") else [self._chosen]), *self._names]
        in_use = translate("history", "{model} (in use)").format(model=self._chosen)
        wanted = [(name, (in_use if name == self._chosen else name).replace("&", "&&")) for name in names]
        if [(each.data(), each.text()) for each in self.menu.actions()] != wanted:
            self.menu.clear()
            for name, words in wanted:
                action = self.menu.addAction(words)
                action.setData(name)
                action.setCheckable(True)
                action.triggered.connect(partial(self._choose, name))
        for action in self.menu.actions():
            action.setChecked(action.data() == self._chosen)

    def _choose(self, name: str, _: bool = False) -> None:
        self._fill()
        if name == self._chosen:
            self.again.emit()
        elif self._entry is not None:
            self._ask(self._entry, name)

    # --- another model

    def _ask(self, id: int, model: str) -> None:
        self._turn += 1
        self._asked, self._running = id, True
        self._reach(self._turn, model, "loading")
        tell = partial(self._tell, self._turn, model)
        work = partial(self._room.controls.history.hear_with, id, model, tell)
        self._room.background.ask(work, partial(self._heard, self._turn), partial(self._refuse, self._turn))

    def _tell(self, turn: int, model: str, stage: str) -> None:
        """From any thread."""
        self._room.background.tell(partial(self._reach, turn, model, stage))

    def _reach(self, turn: int, model: str, stage: str) -> None:
        if turn == self._turn and self._running:
            loading = translate("history", "{model} is being loaded…")
            decoding = translate("history", "{model} is listening to it…")
            self._put((loading if stage == "loading" else decoding).format(model=model))

    def _heard(self, turn: int, answer: dict[str, object]) -> None:
        if turn == self._turn:
            self._running = False
            who = translate("history", "{model} hears:").format(model=answer["model"])
            self._put(who, text=str(answer["text"]))

    def _refuse(self, turn: int, error: DictationError) -> None:
        if turn == self._turn:
            self._running = False
            self._put("", trouble=sentences.line(error))

    def _put(self, who: str, text: str = "", trouble: str = "") -> None:
        for label, words in ((self.who, who), (self.text, text), (self.trouble, trouble)):
            label.say(words)
        self.stop.setVisible(self._running)
        for each in (self.take, self.copy):
            each.setVisible(bool(text))
        self.drop.setVisible(not self._running)
        self._show()

    def _show(self) -> None:
        self.setVisible(self._asked is not None and self._asked == self._entry and self.parent() is not None)

    def _take(self) -> None:
        if self._asked is not None:
            id, text = self._asked, self.text.text()
            self.leave()
            self.taken.emit(id, text)
