"""Tray: the icon that shows the state, its tooltip and its menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from dictation.core.errors import DictationError
from dictation.core.nouns import Purpose, State
from dictation.ui import phrases
from dictation.ui.bridge import Bridge
from dictation.ui.icons import icon

LOOK_MS = 2000
"""How often to look for a tray while there is none."""

GRACE_MS = 4000
"""How long a tray may take to come before it counts as missing: at login panels start beside us."""

MESSAGE_MS = 8000
"""How long a message stays."""

AGAIN_MS = 60_000
"""The same message is not shown again for so long."""


class Tray(QObject):
    """The icon appears as soon as a tray is there.

    It is not made before: an icon made while no StatusNotifier host is registered never moves into one that comes
    later (measured with PySide6 6.11.3), while one made afterwards docks at once.
    """

    missing = Signal()
    """No tray so far; told once."""
    arrived = Signal()
    settings_asked = Signal()
    quit_asked = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.icon: QSystemTrayIcon | None = None
        self.menu = QMenu()
        self._build()
        self._images: dict[State, QIcon] = {}
        self._said, self._since = "", QElapsedTimer()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._dock)
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._grace.timeout.connect(self.missing)
        bridge.changed.connect(self.refresh)
        bridge.alarmed.connect(self.say)

    def begin(self) -> None:
        """Look for a tray, now and until there is one."""
        self._grace.start()
        self._look.start()
        self._dock()

    def close(self) -> None:
        """Take the icon away."""
        self._look.stop()
        self._grace.stop()
        if self.icon is not None:
            self.icon.hide()

    def refresh(self) -> None:
        """Show what the bridge knows now."""
        state, words = self._bridge.state.state, phrases.text(self._bridge.last)
        listening = state is State.LISTENING
        self.toggle.setText(self.tr("&Stop dictation") if listening else self.tr("&Start dictation"))
        short = phrases.one_line(words, 40).replace("&", "&&") if words else self.tr("No text yet")
        self.last.setText(short)
        self.copy.setEnabled(bool(words))
        self.insert.setEnabled(bool(words))
        if self.icon is None:
            return
        if state not in self._images:
            self._images[state] = icon(state.value)
        self.icon.setIcon(self._images[state])
        self.icon.setToolTip(self.tooltip())

    def tooltip(self) -> str:
        """State, key and what is wrong with the microphone, one a line."""
        lines = [self.tr("Dictation: {state}").format(state=phrases.state(self._bridge.state))]
        if key := self._bridge.hotkey():
            lines.append(self.tr("Key: {key}").format(key=key))
        if trouble := self._bridge.microphone_trouble:
            lines.append(self.tr("Microphone: {trouble}").format(trouble=trouble))
        return "\n".join(lines)

    def say(self, sentence: str) -> None:
        """Show a message beside the icon, unless one of our windows is looked at, or it was just said."""
        looked_at = QGuiApplication.focusWindow() is not None
        again = sentence == self._said and self._since.isValid() and not self._since.hasExpired(AGAIN_MS)
        if self.icon is None or looked_at or again:
            return
        self._said = sentence
        self._since.start()
        self.icon.showMessage(self.tr("Dictation"), sentence, self.icon.icon(), MESSAGE_MS)

    def _build(self) -> None:
        self.toggle = self._add("", self._toggle)
        self.menu.addSeparator()
        self.last = self._add("", None)
        self.last.setEnabled(False)
        self.copy = self._add(self.tr("&Copy last text"), self._copy)
        self.insert = self._add(self.tr("&Insert last text again"), self._insert)
        self.menu.addSeparator()
        self.settings = self._add(self.tr("S&ettings…"), self.settings_asked.emit)
        self.quit = self._add(self.tr("&Quit"), self.quit_asked.emit)

    def _add(self, text: str, act: Callable[[], None] | None) -> QAction:
        action = QAction(text, self.menu)
        self.menu.addAction(action)
        if act is not None:
            action.triggered.connect(lambda: act())
        return action

    def _dock(self) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._look.stop()
        self._grace.stop()
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.refresh()
        self.icon.show()
        self.arrived.emit()

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how is QSystemTrayIcon.ActivationReason.Trigger:
            self.settings_asked.emit()

    def _toggle(self) -> None:
        listening = self._bridge.state.state is State.LISTENING
        controls = self._bridge.controls
        self._try(controls.stop if listening else lambda: controls.start(Purpose.DICTATE))

    def _insert(self) -> None:
        self._try(self._bridge.controls.insert_last)

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except DictationError as error:
            self.say(error.line())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(phrases.text(self._bridge.last))
