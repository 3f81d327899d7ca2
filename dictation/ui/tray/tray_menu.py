"""Tray menu: what a person does without a key, and the few settings one changes during a day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu

from dictation.core import settings as declared
from dictation.core.errors import DictationError
from dictation.core.options import Value
from dictation.core.types import Failed, Held, Inserted, Proposed, Purpose, Silent, State, heard
from dictation.ui.bridge import Bridge
from dictation.ui.look import sentences
from dictation.ui.look.background import Background
from dictation.ui.overlay import outcome_words

MICROPHONE, LANGUAGE, PASS, PROVIDER = "microphone.device", "hearing.language", "llm.when", "llm.provider"
"""The settings that the menu is a shorter way to change."""

LONGEST_NAME = 48
"""Characters of a microphone's name or of a text in the menu."""


class TrayMenu(QObject):
    """``menu`` follows the bridge. A menu may be drawn by the panel from a copy, so that everything in it is up to
    date before it is opened; only the list of microphones is asked for when it is."""

    settings_asked = Signal()
    history_asked = Signal()
    command_asked = Signal()
    quit_asked = Signal()
    refused = Signal(str)
    """What was asked for is not possible; a sentence."""

    def __init__(self, bridge: Bridge, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._controls, self._background = bridge, bridge.controls, background
        self._before = "doubtful"  # how far the language model may go when it is switched on again
        self._names: list[str] = []
        self.menu = QMenu()
        # A menu of its own in the eyes of Qt: without this it outlives the tray and goes on hearing of the language.
        self.destroyed.connect(self.menu.deleteLater)
        self._build()
        self.menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The language is another one: all words are asked for again."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self.refresh()
        return False

    def refresh(self) -> None:
        """Show what the bridge knows now."""
        state, last = self._bridge.state, self._bridge.last
        listening = state.state is State.LISTENING
        command = listening and state.purpose is Purpose.COMMAND
        self.toggle.setText(self.tr("&Stop") if listening and not command else self.tr("&Dictate now"))
        self.command.setText(self.tr("&Stop") if command else self.tr("&Command now"))
        self.toggle.setEnabled(not command)
        self.command.setEnabled(not listening or command)
        self.waiting.setVisible(isinstance(last, Proposed))
        self._refresh_last()
        self._refresh_settings()

    def _refresh_last(self) -> None:
        texts = self._bridge.texts()
        last = texts[0] if texts else None
        words = outcome_words.text(last)
        before = heard(last)
        self.last.setTitle(_short(words) or self.tr("No text yet"))
        self.last.menuAction().setEnabled(bool(words))
        here = isinstance(last, Held | Failed)
        self.insert.setText(self.tr("&Insert here") if here else self.tr("&Insert again"))
        for each in (self.copy, self.insert):
            each.setEnabled(bool(words))
        self.undo.setEnabled(isinstance(last, Inserted))
        self.swap.setEnabled(self._controls.history.swappable())
        self.heard.setEnabled(bool(before) and before != words)
        self.heard.setText(
            self.tr("Copy what was &heard: {words}").format(words=_short(before))
            if self.heard.isEnabled()
            else self.tr("Copy what was &heard")
        )
        self.anyway.setVisible(isinstance(self._bridge.last, Silent))
        self.earlier.menuAction().setVisible(len(texts) > 1)
        said = [outcome_words.text(each) for each in texts[1:]]
        if said != [each.data() for each in self.earlier.actions()]:
            self.earlier.clear()
            for text in said:
                action = self.earlier.addAction(_short(text))
                action.setData(text)
                self._on(action, partial(self._copy, text))

    def _refresh_settings(self) -> None:
        now = self._controls.settings()
        self._check(self.languages, declared.get(now, LANGUAGE))
        self._check(self.microphones, declared.get(now, MICROPHONE))
        when = str(declared.get(now, PASS))
        there = declared.get(now, PROVIDER) != "none"
        if when != "off":
            self._before = when
        self.mend.setEnabled(there)
        self.mend.setChecked(there and when != "off")
        self.mend.setText(self.tr("&Mend with a language model") if there else self.tr("No language model is set"))
        self.pause.setChecked(self._controls.keys.paused())

    def _build(self) -> None:
        add = self.menu.addAction
        self.toggle, self.command, self.waiting = add(""), add(""), add("")
        self.menu.addSeparator()
        self.last = self.menu.addMenu("")
        self.copy, self.insert = self.last.addAction(""), self.last.addAction("")
        self.heard, self.swap, self.undo = (self.last.addAction("") for _ in range(3))
        self.earlier = self.menu.addMenu("")
        self.anyway = add("")
        self.menu.addSeparator()
        self.microphones, self.languages = self.menu.addMenu(""), self.menu.addMenu("")
        self.mend, self.pause = add(""), add("")
        self.menu.addSeparator()
        self.history, self.settings, self.quit = add(""), add(""), add("")
        for each in (self.mend, self.pause):
            each.setCheckable(True)
        self._on(self.toggle, partial(self._speak, Purpose.DICTATE))
        self._on(self.command, partial(self._speak, Purpose.COMMAND))
        self._on(self.waiting, self.command_asked.emit)
        self._on(self.copy, lambda: self._copy(outcome_words.text(next(iter(self._bridge.texts()), None))))
        self._on(self.insert, lambda: self._try(self._controls.history.insert_last))
        self._on(self.heard, lambda: self._copy(heard(next(iter(self._bridge.texts()), None))))
        self._on(self.swap, lambda: self._try(self._controls.history.raw))
        self._on(self.undo, lambda: self._try(self._controls.history.undo))
        self._on(self.anyway, lambda: self._try(self._controls.history.anyway))
        self._on(self.mend, lambda: self._put(PASS, self._before if self.mend.isChecked() else "off"))
        self._on(self.pause, lambda: self._try(lambda: self._controls.keys.pause(self.pause.isChecked())))
        self._on(self.history, self.history_asked.emit)
        self._on(self.settings, self.settings_asked.emit)
        self._on(self.quit, self.quit_asked.emit)
        self.menu.aboutToShow.connect(self._look_for_microphones)
        self.last.aboutToShow.connect(self._refresh_last)
        self._name()
        self.refresh()

    def _name(self) -> None:
        """Give everything that stays its words."""
        self.waiting.setText(self.tr("Show the &waiting command"))
        self.copy.setText(self.tr("&Copy"))
        self.swap.setText(self.tr("S&wap with what was heard"))
        self.undo.setText(self.tr("&Undo"))
        self.earlier.setTitle(self.tr("Copy an ea&rlier text"))
        self.anyway.setText(self.tr("&Transcribe what was taken for silence"))
        self.microphones.setTitle(self.tr("Micr&ophone"))
        self.languages.setTitle(self.tr("&Language"))
        self.pause.setText(self.tr("&Pause: do not listen for the keys"))
        self.history.setText(self.tr("&History…"))
        self.settings.setText(self.tr("S&ettings…"))
        self.quit.setText(self.tr("&Quit"))
        words = {"auto": self.tr("Automatic"), "zh": self.tr("Chinese"), "en": self.tr("English")}
        choices = declared.find(LANGUAGE).choices
        self._fill(self.languages, LANGUAGE, [(each, words.get(each, each)) for each in choices])
        self._show_microphones(self._names)

    def _look_for_microphones(self) -> None:
        self._background.ask(self._controls.room.microphones, self._show_microphones, lambda _: None)

    def _show_microphones(self, names: list[str]) -> None:
        self._names = names
        chosen = str(declared.get(self._controls.settings(), MICROPHONE))
        if chosen and chosen not in names:  # unplugged, or part of a name
            names = [*names, chosen]
        entries = [(each, _short(each)) for each in dict.fromkeys(names)]
        self._fill(self.microphones, MICROPHONE, [("", self.tr("The system's default")), *entries])
        self._check(self.microphones, chosen)

    def _fill(self, menu: QMenu, key: str, entries: list[tuple[str, str]]) -> None:
        if [(each.data(), each.text()) for each in menu.actions()] == entries:
            return
        menu.clear()
        group = QActionGroup(menu)
        for value, words in entries:
            action = menu.addAction(words)
            action.setData(value)
            action.setCheckable(True)
            group.addAction(action)
            self._on(action, partial(self._put, key, value))

    def _check(self, menu: QMenu, value: Value) -> None:
        for each in menu.actions():
            each.setChecked(each.data() == value)

    def _put(self, key: str, value: Value) -> None:
        now = self._controls.settings()
        wanted = declared.put(now, key, value)
        if wanted != now:
            self._try(lambda: self._controls.change(wanted))

    def _speak(self, purpose: Purpose) -> None:
        listening = self._bridge.state.state is State.LISTENING
        self._try(self._controls.keys.stop if listening else lambda: self._controls.keys.start(purpose))

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)

    def _on(self, action: QAction, act: Callable[[], None]) -> None:
        action.triggered.connect(lambda: act())

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except DictationError as error:
            self.refused.emit(sentences.line(error))
        self.refresh()


def _short(words: str) -> str:
    """As an entry of a menu, in which & would mark a key."""
    return outcome_words.one_line(words, LONGEST_NAME).replace("&", "&&")
