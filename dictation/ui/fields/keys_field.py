"""Keys field: a hotkey is set by pressing it."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton

from dictation.core.errors import DictationError
from dictation.core.options import Option, Value
from dictation.ui.bridge import Bridge
from dictation.ui.fields import key_names
from dictation.ui.fields.card import bare
from dictation.ui.fields.fields import WIDTH, Field

translate = QCoreApplication.translate


class Catcher(QPushButton):
    """Shows the keys in force. After a click it waits for others; another click, or leaving it, gives up."""

    caught = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._controls = bridge.controls
        self._text = ""
        self._down: list[str] = []
        self._paused = False
        self.waiting = False
        self.setMinimumWidth(WIDTH - 90)
        self.clicked.connect(lambda: None if self.waiting else self._begin())

    def show_keys(self, words: str) -> None:
        """The keys in force."""
        self._text = words
        if not self.waiting:
            self.setText(words)

    def _begin(self) -> None:
        self.waiting, self._down = True, []
        self.setText(translate("keys", "Press the keys…"))
        self.setProperty("loud", True)
        self._restyle()
        # The keys that start dictation are pressed here to be told, not to dictate.
        if not self._controls.keys.paused():
            with contextlib.suppress(DictationError):
                self._controls.keys.pause(True)
                self._paused = True

    def _end(self, keys: str = "") -> None:
        if not self.waiting:
            return
        self.waiting = False
        self.setText(self._text)
        self.setProperty("loud", False)
        self._restyle()
        if self._paused:
            self._paused = False
            with contextlib.suppress(DictationError):
                self._controls.keys.pause(False)
        if keys:
            self.caught.emit(keys)

    def event(self, event: QEvent) -> bool:
        """Takes Tab, shortcuts and all else for itself while it waits."""
        if self.waiting and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self.waiting and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.waiting:
            super().keyPressEvent(event)
            return
        name = key_names.pressed(event)
        if name and not event.isAutoRepeat():
            self._down.append(name)
            if event.key() not in key_names.MODIFIERS:
                self._end(key_names.chord(self._down))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.waiting:
            super().keyReleaseEvent(event)
        elif self._down and not event.isAutoRepeat():
            self._end(key_names.chord(self._down))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.waiting:
            super().mousePressEvent(event)
        elif (name := key_names.BUTTONS.get(event.button())) is not None:
            self._end(key_names.chord([*self._down, name]))
        else:
            self._end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._end()
        super().focusOutEvent(event)

    def _restyle(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)


class KeysField(Field):
    """The catcher, and beside it what cannot be pressed: the usual key, and none."""

    def __init__(self, declared: Option, bridge: Bridge) -> None:
        super().__init__()
        self._known, self._value = "", declared.default
        self.catcher, more = Catcher(bridge), QPushButton("⋯")
        more.setAccessibleName(translate("keys", "More"))
        more.setFixedWidth(42)
        menu = QMenu(more)
        usual = key_names.shown(str(declared.default))
        self.usual = menu.addAction(translate("keys", "As usual: {key}").format(key=usual))
        self.none = menu.addAction(translate("keys", "No key"))
        self.usual.triggered.connect(lambda: self.edited.emit(declared.default))
        self.none.triggered.connect(lambda: self.edited.emit("off"))
        more.setMenu(menu)
        self.place(bare(self.catcher, more))
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setFocusProxy(self.catcher)
        self.catcher.caught.connect(lambda keys: self.edited.emit(keys))

    def know(self, key: str) -> None:
        """The key in force, where it is chosen automatically; empty when it is not known."""
        self._known = key
        self.show(self._value)

    def show(self, value: Value) -> None:
        self._value = value
        words = key_names.shown(str(value))
        if str(value).strip().lower() == "auto" and self._known:
            words = translate("keys", "{key} (automatic)").format(key=self._known)
        self.catcher.show_keys(words)
        name = self.widget.accessibleName()
        self.catcher.setAccessibleName(f"{name}: {words}" if name else "")
