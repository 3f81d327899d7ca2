"""First run: four steps in one small window, each of which can be skipped: microphone, model, two first tries."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from dictation.core import settings as declared
from dictation.core.errors import DictationError
from dictation.core.types import Event, Finished, Notice, Silent, State, StateChanged
from dictation.ui.command_trial import CommandTrial
from dictation.ui.fields.card import Card, bare
from dictation.ui.fields.field_form import Form
from dictation.ui.fields.progress import DownloadProgress
from dictation.ui.hearing import Hearing
from dictation.ui.look import sentences, style
from dictation.ui.look.labels import Good, Heading, Muted, Trouble
from dictation.ui.look.stylesheet import Dressed
from dictation.ui.model_facts import ModelFacts, best, only_self_test
from dictation.ui.overlay import outcome_words
from dictation.ui.room import Room

STEPS = 4

TRY = 2
"""The step, from 0, at which one dictates."""


class FirstRun(Dressed):
    """Shown at the very first start, and never again. The app works meanwhile, and after it is closed."""

    finished = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.model: ModelFacts | None = None
        self.setObjectName("steps")
        self.setWindowTitle(self.tr("Welcome to Dictation"))
        self.setFixedSize(620, 440)
        self.hearing = Hearing(room.controls, room.background, self)
        self.form = Form(room.bridge, room.background, self)
        self.stack = QStackedWidget()
        for step in (self._microphone(), self._model(), self._try(), self._commands()):
            self.stack.addWidget(step)
        self.count = Muted()
        self.skip, self.back = QPushButton(self.tr("Skip all")), QPushButton(self.tr("Back"))
        self.next = QPushButton()
        self.next.setProperty("loud", True)
        self.next.setDefault(True)
        self.skip.clicked.connect(self.close)
        self.back.clicked.connect(lambda: self._go(self.stack.currentIndex() - 1))
        self.next.clicked.connect(self._next)
        foot = QHBoxLayout()
        foot.setSpacing(style.GAP)
        foot.addWidget(self.skip)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(32, 28, 32, 24)
        rows.setSpacing(20)
        rows.addWidget(self.stack, 1)
        rows.addLayout(foot)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        room.downloads.changed.connect(self._show_model)
        room.downloads.arrived.connect(lambda _: self._ask_models())
        room.bridge.told.connect(self._hear)
        self.paint_anew()
        self._go(0)
        self.form.refresh()
        self._ask_models()

    # --- the steps

    def _page(self, title: str, words: Muted) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        page.setObjectName("bare")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(Heading(title, 1.5))
        rows.addWidget(words)
        return page, rows

    def _microphone(self) -> QWidget:
        page, rows = self._page(
            self.tr("Can I hear you?"), Muted(self.tr("Press Test and say a few words. The bar moves with your voice."))
        )
        card = Card()
        self.form.add(card, [each for each in declared.options() if each.editor == "device"])
        row = card.add_row(self.tr("Microphone test"), "", bare(self.hearing.test, self.hearing.play))
        row.put_under(self.hearing.level, self.hearing.told, self.hearing.trouble)
        rows.addWidget(card)
        rows.addStretch(1)
        return page

    def _model(self) -> QWidget:
        page, rows = self._page(
            self.tr("A model that understands you"),
            Muted(
                self.tr("It is downloaded once and works on this machine, without a network. You can go on meanwhile.")
            ),
        )
        card = Card()
        self.get = QPushButton(self.tr("Download"))
        self.get.setMinimumWidth(110)
        self.get.clicked.connect(self._download)
        self._model_row = card.add_row(self.tr("Looking…"), " ", self.get)
        self.here, self.model_trouble = Good(), Trouble()
        self.here.hide()
        self.model_trouble.hide()
        self._model_row.put_under(DownloadProgress(self._room.downloads), self.here, self.model_trouble)
        rows.addWidget(card)
        rows.addWidget(Muted(self.tr("Other models, a folder of your own or a server: Settings, Recognition.")))
        rows.addStretch(1)
        return page

    def _try(self) -> QWidget:
        self.how = Muted(" ")
        page, rows = self._page(self.tr("Try it"), self.how)
        self.paper = QPlainTextEdit(placeholderText=self.tr("Your words appear here."))
        self.paper.setAccessibleName(self.tr("Try it"))
        self.paper.setTabChangesFocus(True)
        self.state = Muted(" ")
        # Nothing of what is said can be understood before a model is here: until then the box is not offered.
        self.coming, self.get_now = Card(), QPushButton(self.tr("Download"))
        self.get_now.clicked.connect(self._download)
        row = self.coming.add_row(self.tr("This waits for the model"), " ", self.get_now)
        row.put_under(DownloadProgress(self._room.downloads))
        self._coming_row = row
        rows.addWidget(self.coming)
        rows.addWidget(self.paper, 1)
        rows.addWidget(self.state)
        rows.addStretch(0)
        return page

    def _commands(self) -> QWidget:
        self.how_to_command = Muted(" ")
        page, rows = self._page(self.tr("Say what you want done"), self.how_to_command)
        self.trial = CommandTrial(self._room)
        rows.addWidget(self.trial, 1)
        return page

    # --- going through them

    def _next(self) -> None:
        if self.stack.currentIndex() == STEPS - 1:
            self.close()
        else:
            self._go(self.stack.currentIndex() + 1)

    def _go(self, step: int) -> None:
        if step != 0:
            self.hearing.stop()
        self.stack.setCurrentIndex(step)
        self.back.setVisible(step > 0)
        last = step == STEPS - 1
        self.skip.setVisible(not last)
        self.next.setText(self.tr("Done") if last else self.tr("Next"))
        self.count.setText(self.tr("{step} of {all}").format(step=step + 1, all=STEPS))
        if step == TRY:
            key = self._room.bridge.hotkey()
            hold = self.tr("Click into the box, hold {key}, speak, and let go.").format(key=key)
            self.how.say(hold if key else self.tr("Click into the box and choose Dictate now in the tray's menu."))
            self.paper.setFocus()
            self._show_model()  # what is said before there is a model cannot be understood
        elif last:
            self._tell_how_to_command()
            self.trial.request.setFocus()
        else:
            self.next.setFocus()

    def _tell_how_to_command(self) -> None:
        key = self._room.bridge.key("command")
        hold = self.tr("In a terminal, hold {key} and speak: the command appears at the prompt.").format(key=key)
        here = self.tr("Nothing runs until you press Enter there. Here it is only shown: choose an example, or type.")
        self.how_to_command.say(f"{hold} {here}" if key else here)

    # --- the model

    def _ask_models(self) -> None:
        self._room.background.ask(self._room.controls.models.catalog, self._know_models, self._fail)

    def _know_models(self, entries: list[dict[str, object]]) -> None:
        rows = [ModelFacts.read(each) for each in entries]
        there = [each for each in rows if each.installed and each.chosen]
        self.model = best(rows) if only_self_test(rows) else next(iter(there), best(rows))
        self._show_model()

    def _show_model(self) -> None:
        now, model = self._room.downloads, self.model
        if model is None:
            return
        self._model_row.name.setText(model.label)
        self._model_row.help.say(f"{sentences.sentence(model.good_for)}\n{model.facts}")
        self.get.setVisible(not model.installed)
        self.get.setEnabled(not now.running)
        words = self.tr("Go on") if now.paused and now.name == model.name else self.tr("Download")
        for each in (self.get, self.get_now):
            each.setText(words)
        self.get_now.setEnabled(not now.running)
        self._coming_row.help.say(f"{model.label} · {model.facts}")
        self.coming.setVisible(not model.installed)
        for part in (self.how, self.paper, self.state):
            part.setVisible(model.installed)
        if model.installed and self.stack.currentIndex() == TRY and self.isActiveWindow():
            self.paper.setFocus()
        self.here.say(self.tr("It is here and ready.") if model.installed else "")

    def _download(self) -> None:
        if self.model is not None:
            self._room.downloads.start(self.model.name, self.model.label)

    def _fail(self, error: DictationError) -> None:
        self.model_trouble.say(sentences.line(error))

    # --- the try

    def _hear(self, event: Event) -> None:
        match event:
            case StateChanged() if event.state is not State.IDLE:
                self.state.setText(outcome_words.state(event))
            case Finished(outcome=outcome):
                self.state.setText(
                    outcome_words.outcome(outcome) if isinstance(outcome, Silent) else self.tr("There it is.")
                )
            case Notice(error=error):
                self.state.setText(sentences.line(error))
            case _:
                pass

    # --- the window

    def closeEvent(self, event: QCloseEvent) -> None:
        self.hearing.forget()
        super().closeEvent(event)
        self.finished.emit()
