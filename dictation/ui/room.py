"""Room: what every page of the windows is given, and the page itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dictation.core.controls import Controls
from dictation.core.options import Option
from dictation.ui.bridge import Bridge
from dictation.ui.downloads import Downloads
from dictation.ui.fields.card import Card
from dictation.ui.fields.field_form import Form
from dictation.ui.look.background import Background
from dictation.ui.look.labels import Heading

MARGIN = 28
"""Around a page, in device-independent pixels."""


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
    """One page: a title and cards, which come one after the other while it is seen, so that Qt's loop turns meanwhile.

    ``refresh`` shows what is in force now, once the page is ``whole``; a page may also do it for itself.
    """

    def __init__(self, room: Room, title: str) -> None:
        super().__init__()
        self.room = room
        self.form = Form(room.bridge, room.background, self)
        # One of our own: asked for Qt's, PySide looks through every kind of widget there is (15 ms, 2 MB).
        self.setViewport(QWidget())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("column")
        # Else the area believes the height that wrapping labels have at their least width, and scrolls into nothing.
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(MARGIN, 22, MARGIN, MARGIN)
        self.column.setSpacing(18)
        self.title = Heading(title, 1.5)
        self.column.addWidget(self.title)
        self.setWidget(inside)
        self._cards, self.whole = self.cards(), False
        self._below = QWidget()
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self.grow)

    def cards(self) -> Iterator[None]:
        """Put the cards on the page; a ``yield`` behind each of them lets the window live."""
        yield from ()

    def grow(self) -> None:
        """The next card, or, after the last one, the values of now."""
        if self.whole:
            return
        self.column.removeWidget(self._below)
        before = self.column.count()
        self.whole = next(self._cards, self) is self
        for at in range(before, self.column.count()):
            item = self.column.itemAt(at)
            new = item.widget() if item else None
            if new is not None and not new.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                new.show()  # Qt would do it later, and what is not shown yet cannot have the focus
        if not self.whole:
            self.column.addWidget(self._below, 1)  # until the last card is there, what is left stays empty
            return
        self._next.stop()
        self._below.deleteLater()
        if self.isVisible():
            self.refresh()

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
        while key not in self.form.rows and not self.whole:
            self.grow()
        row = self.form.rows.get(key)
        if row is None:
            return
        # At once: the next key may be pressed already.
        self.form.fields[key].widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Later: a page that has just been made has no places yet.
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(row, 0, 60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scroll bar stands in the margin, so that nothing moves when it comes."""
        bar = self.width() - event.size().width()
        self.column.setContentsMargins(MARGIN, 22, max(0, MARGIN - bar), MARGIN)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.refresh() if self.whole else self._next.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._next.stop()
            self.leave()
        super().hideEvent(event)
