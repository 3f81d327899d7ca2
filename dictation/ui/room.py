"""Room: what every page of the windows is given, and the page itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dictation.core.options import Option
from dictation.core.ports import Controls
from dictation.ui.background import Background
from dictation.ui.bridge import Bridge
from dictation.ui.card import Card
from dictation.ui.downloads import Downloads
from dictation.ui.form import Form
from dictation.ui.labels import Heading

WIDEST = 760
"""Lines longer than this are hard to read."""


@dataclass(frozen=True)
class Room:
    """What the windows live on."""

    bridge: Bridge
    background: Background
    downloads: Downloads

    @property
    def controls(self) -> Controls:
        """The app."""
        return self.bridge.controls


class Page(QScrollArea):
    """One page: a title and cards. ``refresh`` shows what is in force now; a page may also do it for itself."""

    def __init__(self, room: Room, title: str) -> None:
        super().__init__()
        self.room = room
        self.form = Form(room.bridge, room.background, self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("column")
        # Else the area believes the height that wrapping labels have at their least width, and scrolls into nothing.
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(28, 22, 28, 28)
        self.column.setSpacing(18)
        self.title = Heading(title, 1.5)
        self.column.addWidget(self.title)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)

    def card(self, title: str = "", note: str = "") -> Card:
        """The next card."""
        made = Card(title, note)
        self.column.addWidget(made)
        return made

    def settings(self, card: Card, options: Iterable[Option]) -> None:
        """Rows for settings."""
        self.form.add(card, options)

    def finish(self) -> None:
        """After the last card: what is left of the height stays empty."""
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what is in force now: another process may have changed it."""
        self.form.refresh()

    def leave(self) -> None:
        """The page is not seen any more."""

    def go_to(self, key: str) -> None:
        """Bring the setting ``key`` into view and give it the focus."""
        row = self.form.rows.get(key)
        if row is None:
            return
        # At once: the next key may be pressed already.
        self.form.fields[key].widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Later: a page that has just been made has no places yet.
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(row, 0, 60))

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.refresh()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.leave()
        super().hideEvent(event)
