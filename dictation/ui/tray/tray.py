"""Tray: the icon that shows the state, its tooltip and its messages. What its menu holds is in tray_menu."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from dictation.core.types import Purpose, State
from dictation.ui.bridge import Bridge
from dictation.ui.look.background import Background
from dictation.ui.look.icons import icon
from dictation.ui.look.plain_text import as_plain
from dictation.ui.overlay import outcome_words
from dictation.ui.tray.tray_menu import TrayMenu

LOOK_MS = 2000
"""How often to look for a tray while there is none."""

LOOK_LESS_MS = 30_000
"""How often once it is clear that there is none: a desktop without one seldom gets one."""

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

    def __init__(self, bridge: Bridge, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.icon: QSystemTrayIcon | None = None
        self.menu = TrayMenu(bridge, background, self)
        self.menu.refused.connect(self.say)
        self._images: dict[str, QIcon] = {}
        self._said, self._since = "", QElapsedTimer()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._dock)
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._grace.timeout.connect(self._give_up)
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
        self.menu.refresh()
        if self.icon is None:
            return
        name = self.image()
        if name not in self._images:
            self._images[name] = icon(name)
        self.icon.setIcon(self._images[name])
        self.icon.setToolTip(as_plain(self.tooltip()))

    def image(self) -> str:
        """The name of the icon for what the app does now."""
        now = self._bridge.state
        if now.state is State.LISTENING and now.purpose is Purpose.COMMAND:
            return "command"
        if now.state is State.IDLE and self._bridge.controls.keys.paused():
            return "paused"
        return now.state.value

    def tooltip(self) -> str:
        """State, key and what is wrong with the microphone, one a line."""
        state = outcome_words.state(self._bridge.state)
        paused = self._bridge.controls.keys.paused()
        if paused and self._bridge.state.state is State.IDLE:
            state = self.tr("Paused")
        lines = [self.tr("Dictation: {state}").format(state=state)]
        if (key := self._bridge.hotkey()) and not paused:
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

    def _dock(self) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._look.stop()
        self._grace.stop()
        self._bridge.silent = False
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu.menu)
        self.icon.activated.connect(self._activated)
        self.refresh()
        self.icon.show()
        self.arrived.emit()

    def _give_up(self) -> None:
        self._look.setInterval(LOOK_LESS_MS)
        self._bridge.silent = True
        self.missing.emit()

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how is QSystemTrayIcon.ActivationReason.Trigger:
            self.menu.settings_asked.emit()
