"""Recognition page: the models there are, getting and choosing one, and how speech is recognised."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QFileDialog, QPushButton

from dictation.core.errors import DictationError
from dictation.ui.fields.card import Row
from dictation.ui.fields.progress import DownloadProgress
from dictation.ui.look import sentences
from dictation.ui.look.labels import Trouble
from dictation.ui.model_facts import ModelFacts, only_self_test
from dictation.ui.pages import page_index
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate


class RecognitionPage(Page):
    """A row for each model; the download stands above them, so that it is seen wherever it was begun."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("recognition"))
        self.rows: dict[str, tuple[Row, QPushButton]] = {}
        self.models: list[ModelFacts] = []
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._grow)

    def cards(self) -> Iterator[None]:
        first = self.card()
        chief = [each for each in page_index.options_on("recognition") if each.editor == "model" or each.page]
        self.settings(first, chief)
        self._key = next(each.key for each in chief if each.editor == "model")
        folder = QPushButton(translate("models", "Choose a folder…"))
        folder.clicked.connect(self._choose_folder)
        first.add_row(
            translate("models", "A model of your own"),
            translate(
                "models", "A folder with a Whisper model for CTranslate2: model.bin, config.json, tokenizer.json."
            ),
            folder,
        )
        yield
        self.catalog = self.card(translate("models", "Models"), " ")
        self.progress = DownloadProgress(self.room.downloads)
        self.trouble = Trouble()
        self.trouble.hide()
        self.column.addWidget(self.progress)
        self.column.addWidget(self.trouble)
        yield
        for section in page_index.SECTIONS["recognition"]:
            rest = [each for each in page_index.options_on("recognition", section) if each not in chief]
            if rest:
                self.settings(self.card(page_index.section_title(section)), rest)
                yield
        self.finish()
        self.room.downloads.changed.connect(self._enable)
        self.room.downloads.arrived.connect(lambda _: self.refresh())

    def refresh(self) -> None:
        super().refresh()
        self.room.background.ask(self.room.controls.models.catalog, self._show, self._refuse)

    def _show(self, entries: list[dict[str, object]]) -> None:
        rows = [ModelFacts.read(entry) for entry in entries]
        # What is here comes first, then what is proposed; the rest as the catalog has it.
        self.models = sorted(rows, key=lambda row: (not row.chosen, not row.installed, not row.recommended))
        names = [each.name for each in self.models]
        if not set(self.rows) <= set(names):
            self.rows = {}
            while (item := self.catalog.rows.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.deleteLater()
        elif list(self.rows) != names[: len(self.rows)]:
            self.rows = {each: self.rows[each] for each in names if each in self.rows}
            self.catalog.arrange([row for row, _ in self.rows.values()])
            for before, after in itertools.pairwise(button for _, button in self.rows.values()):
                self.setTabOrder(before, after)
        self.catalog.note.say(self._advice())
        self._enable()
        self._turn.start()

    def _grow(self) -> None:
        """The next row of the catalog: it is long, and a key or a click may come between two of them."""
        each = next((each for each in self.models if each.name not in self.rows), None)
        if each is not None:
            button = QPushButton()
            button.setMinimumWidth(110)
            button.clicked.connect(partial(self._act, each.name))
            self.rows[each.name] = self.catalog.add_row(each.label, " ", button), button
            self._say(each)
            self._turn.start()

    def _advice(self) -> str:
        if not only_self_test(self.models):
            return ""
        if any(row.installed for row in self.models):
            return translate(
                "models",
                "Only the self-test model is here; it understands a small vocabulary in synthetic voices. "
                "Pick one to download.",
            )
        return translate("models", "No model is here yet. Pick one to download.")

    def _enable(self) -> None:
        for each in self.models:
            if each.name in self.rows:
                self._say(each)

    def _say(self, each: ModelFacts) -> None:
        """What the row of a model says now."""
        now, (row, button) = self.room.downloads, self.rows[each.name]
        name = each.label if not each.recommended else translate("models", "{label} · recommended")
        row.name.setText(name.format(label=each.label))
        row.help.say(f"{sentences.sentence(each.good_for)}\n{each.facts}")
        here = now.name == each.name
        if each.chosen:
            words = translate("models", "In use")
        elif each.installed:
            words = translate("models", "Use")
        elif here and now.running:
            words = translate("models", "Getting…")
        else:
            words = translate("models", "Go on") if here and now.paused else translate("models", "Download")
        button.setText(words)
        button.setAccessibleName(f"{words}: {each.label}")
        button.setEnabled(not each.chosen and (each.installed or not now.running))
        loud = only_self_test(self.models) and each.recommended and not each.installed
        if bool(button.property("loud")) is not loud:
            button.setProperty("loud", loud)
            button.style().unpolish(button)
            button.style().polish(button)

    def _act(self, name: str) -> None:
        model = next(each for each in self.models if each.name == name)
        if model.installed:
            self.form.apply(self._key, name)
            self.refresh()
        else:
            self.room.downloads.start(name, model.label)

    def _choose_folder(self) -> None:
        if found := QFileDialog.getExistingDirectory(self, translate("models", "A folder with a model")):
            self.form.apply(self._key, found)

    def _refuse(self, error: DictationError) -> None:
        self.trouble.say(sentences.line(error))


def make(room: Room) -> Page:
    """The page."""
    return RecognitionPage(room)
