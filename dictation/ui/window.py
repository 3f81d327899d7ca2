"""Window: the one window, with its pages and the status line at its foot."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from dictation.ui.background import Background
from dictation.ui.bridge import Bridge
from dictation.ui.form import Form, Suggest
from dictation.ui.labels import Words
from dictation.ui.models_page import ModelsPage
from dictation.ui.status_line import StatusLine


class Window(QWidget):
    """Closing it hides it; the app goes on."""

    def __init__(self, bridge: Bridge, background: Background, suggestions: Mapping[str, Suggest]) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Dictation"))
        self.setMinimumSize(520, 360)
        self.resize(840, 640)
        self.no_tray = Words()
        self.no_tray.setContentsMargins(16, 12, 16, 12)
        self.no_tray.hide()
        self.general = Form(bridge.controls, background, suggestions)
        self.models = ModelsPage(bridge.controls, background)
        self.pages = QTabWidget(documentMode=True)
        self.pages.setAccessibleName(self.tr("Pages"))
        self.pages.addTab(self.general, self.tr("&General"))
        self.pages.addTab(self.models, self.tr("&Models"))
        self.pages.currentChanged.connect(lambda: self.refresh())
        line = QFrame(frameShape=QFrame.Shape.HLine, frameShadow=QFrame.Shadow.Sunken)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.no_tray)
        rows.addWidget(self.pages, 1)
        rows.addWidget(line)
        rows.addWidget(StatusLine(bridge))
        for keys in (QKeySequence.StandardKey.Close, QKeySequence(Qt.Key.Key_Escape)):
            QShortcut(keys, self, self.close)

    def refresh(self) -> None:
        """Show what is in force now on the page in front: another process may have changed it."""
        page = self.pages.currentWidget()
        if isinstance(page, Form | ModelsPage):
            page.refresh()

    def show_models(self) -> None:
        """Bring the models page to the front."""
        self.pages.setCurrentWidget(self.models)

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

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.refresh()
        super().showEvent(event)
