"""Window: the settings window, with a search, its pages at the side, and the status line at its foot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dictation.ui.look.labels import Muted, Words
from dictation.ui.look.stylesheet import Dressed
from dictation.ui.pages import page_index
from dictation.ui.room import Page, Room
from dictation.ui.status_line import StatusLine

PAGE, KEY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class Window(Dressed):
    """Closing it hides it; the app goes on. A page is made when it is first looked at."""

    def __init__(self, room: Room, first: str = "general") -> None:
        super().__init__()
        self._room = room
        self._made: dict[str, Page] = {}
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Dictation"))
        self.setMinimumSize(800, 460)
        self.resize(QSize(960, 700).boundedTo(self.screen().availableSize() - QSize(20, 60)))
        self.no_tray = Words()
        self.no_tray.setObjectName("warning")
        self.no_tray.setContentsMargins(16, 10, 16, 10)
        self.no_tray.hide()
        self.search = QLineEdit(placeholderText=self.tr("Search settings"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search settings"))
        self.pages = QListWidget()
        self.pages.setObjectName("pages")
        self.pages.setAccessibleName(self.tr("Pages"))
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = Muted(self.tr("Nothing of that name"))
        self.nothing.setContentsMargins(12, 6, 6, 6)
        self.nothing.hide()
        self.stack = QStackedWidget()
        self._lay_out()
        self._list_pages()
        self.paint_anew()
        self.pages.currentItemChanged.connect(lambda now, _: self._picked(now))
        self.pages.itemClicked.connect(self._picked)
        self.pages.itemActivated.connect(lambda item: self._picked(item, leave=True))
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        for keys in (QKeySequence.StandardKey.Close, QKeySequence(Qt.Key.Key_Escape)):
            QShortcut(keys, self, self._back)
        QShortcut(QKeySequence.StandardKey.Find, self, self._to_search)
        self.open_page(first)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setObjectName("side")
        side.setFixedWidth(212)
        column = QVBoxLayout(side)
        column.setContentsMargins(14, 20, 6, 10)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(side)
        middle.addWidget(self.stack, 1)
        foot = StatusLine(self._room.bridge)
        foot.setObjectName("foot")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.no_tray)
        rows.addLayout(middle, 1)
        rows.addWidget(foot)

    # --- pages

    def open_page(self, name: str, key: str = "") -> Page:
        """Bring a page to the front, and the setting ``key`` on it into view."""
        page = self._made.get(name)
        if page is None:
            page = self._made[name] = page_index.make(name, self._room)
            self.stack.addWidget(page)
            if self.isVisible():
                page.grow()  # so that there is a card when it is first seen; the rest comes by itself
        self.stack.setCurrentWidget(page)
        if not self.search.text():
            self._mark(name)
        if key:
            page.go_to(key)
        return page

    @property
    def page(self) -> str:
        """The name of the page in front."""
        return next(name for name, page in self._made.items() if page is self.stack.currentWidget())

    def show_models(self) -> None:
        """Bring the models to the front."""
        self.open_page("recognition")

    def show_history(self) -> None:
        """Bring what was said to the front."""
        self.open_page("history")

    def _list_pages(self) -> None:
        self.pages.clear()
        for name in page_index.SECTIONS:
            self._add(page_index.title(name), name)

    def _add(self, words: str, page: str, key: str = "") -> None:
        item = QListWidgetItem(words)
        item.setData(PAGE, page)
        item.setData(KEY, key)
        if key:
            item.setToolTip(page_index.title(page))
            item.setSizeHint(QSize(0, 2 * self.pages.fontMetrics().height() + 18))
        self.pages.addItem(item)

    def _mark(self, name: str) -> None:
        self.pages.blockSignals(True)
        for at in range(self.pages.count()):
            if self.pages.item(at).data(PAGE) == name:
                self.pages.setCurrentRow(at)
        self.pages.blockSignals(False)

    def _picked(self, item: QListWidgetItem | None, leave: bool = False) -> None:
        if item is None:
            return
        page = self.open_page(item.data(PAGE), item.data(KEY) if leave or not self.search.hasFocus() else "")
        if leave and not item.data(KEY):
            page.setFocus()
            page.focusNextChild()

    # --- search

    def _find(self, words: str) -> None:
        self.pages.blockSignals(True)
        found = page_index.search(words)
        if not words.strip():
            self._list_pages()
        else:
            self.pages.clear()
            for each in found:
                place = page_index.title(each.page)
                self._add(each.words if not each.key else f"{each.words}\n{place}", each.page, each.key)
        self.nothing.setVisible(bool(words.strip()) and not found)
        if words.strip() and found:
            self.pages.setCurrentRow(0)  # Enter goes there; while one is typing, the page stays
        self.pages.blockSignals(False)
        if not words.strip():
            self._mark(self.page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search line, the arrow keys go through what was found, and Enter goes there."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.pages.setCurrentRow(min(max(self.pages.currentRow() + step, 0), self.pages.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._picked(self.pages.currentItem(), leave=True)
                return True
        return super().eventFilter(watched, event)

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _back(self) -> None:
        """Escape first gives up a search."""
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    # --- the window

    def tell_tray(self, here: bool) -> None:
        """Say that there is no tray, or no longer say so."""
        missing = self.tr(
            "This desktop shows no tray icons, so Dictation has none. It goes on working when this window is closed: "
            "`dictation settings` opens the window again, `dictation quit` ends the app."
        )
        self.no_tray.say("" if here else missing)

    def appear(self, asked: bool) -> None:
        """Show the window; only one that was ``asked`` for takes the focus."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not asked)
        if self.isMinimized():
            self.showNormal()
        self.show()
        if asked:
            self.raise_()
            self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._made[self.page].leave()
        super().closeEvent(event)
