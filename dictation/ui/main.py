"""Main: joins bridge, tray and window, and runs Qt's loop on the main thread."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QCoreApplication, QLoggingCategory, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from dictation import APP_ID
from dictation.core.controls import Controls
from dictation.core.events import Asked, SettingsChanged
from dictation.core.types import Event
from dictation.ui.bridge import Bridge
from dictation.ui.downloads import Downloads
from dictation.ui.first_run import FirstRun
from dictation.ui.look.background import Background
from dictation.ui.look.icons import icon
from dictation.ui.look.sounds import Sounds
from dictation.ui.look.translation import Language
from dictation.ui.model_facts import ModelFacts, best, only_self_test
from dictation.ui.overlay.overlay import Overlay
from dictation.ui.overlay.panel import Panel
from dictation.ui.room import Room
from dictation.ui.tray.tray import Tray
from dictation.ui.window import Window


class Interface(QObject):
    """Everything the user sees. The window is built when it is first needed."""

    def __init__(self, controls: Controls) -> None:
        super().__init__()
        self._controls = controls
        self._window: Window | None = None
        self._first: FirstRun | None = None
        self._to_models = False  # the window opens on the catalog
        self.background = Background(self)
        self.bridge = Bridge(controls, self.background, self)
        self.room = Room(self.bridge, self.background, Downloads(controls, self.background, self))
        self._language = Language(_app())
        self._speak()
        self.tray = Tray(self.bridge, self.background, self)
        self.overlay = Overlay(self.bridge, self)
        self.overlay.asked.connect(self._asked)
        self.panel = Panel(self.bridge, self)
        self.sounds = Sounds(self.bridge, self)
        menu = self.tray.menu
        menu.settings_asked.connect(self.show)
        menu.history_asked.connect(self._show_history)
        menu.command_asked.connect(self.panel.open)
        menu.quit_asked.connect(self.leave)
        self.bridge.told.connect(self._hear)
        self.bridge.stranded.connect(self._say_stranded)
        self.tray.missing.connect(self._without_tray)
        self.tray.arrived.connect(self._with_tray)

    @property
    def window(self) -> Window:
        """The one window."""
        if self._window is None:
            gc.freeze()  # what is here by now stays; to look through all of it took 50 ms, now and then
            self._window = Window(self.room, "recognition" if self._to_models else "general")
        return self._window

    def begin(self, first: bool) -> None:
        """Show the icon, and at the very ``first`` start the steps that lead in, without taking the focus."""
        self.tray.begin()
        if first:
            self._lead_in()
        self.background.ask(self._controls.models.catalog, self._look_at_models, lambda _: None)

    def show(self) -> None:
        """Open the window because the user asked."""
        self.window.appear(asked=True)

    def _lead_in(self) -> None:
        self._first = FirstRun(self.room)
        self._first.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._first.finished.connect(self._led_in)
        self._first.show()

    def _led_in(self) -> None:
        if self._first is not None:
            self._first.deleteLater()
            self._first = None

    def leave(self) -> None:
        """End the app because the user asked."""
        self._controls.quit()
        QCoreApplication.quit()

    def close(self) -> None:
        """Take everything off the screen."""
        self.bridge.close()
        self.background.close()
        self.tray.close()
        self.overlay.close()
        self.panel.close()
        for each in (self._window, self._first):
            if each is not None:
                each.close()

    def handle(self, asked: str) -> None:
        """What another thread asked through QtWindows. Any thread."""
        self.background.tell(self.show if asked == "show" else QCoreApplication.quit)

    def _hear(self, event: Event) -> None:
        if isinstance(event, SettingsChanged) and self._speak():
            self._speak_anew()
        elif isinstance(event, Asked):
            self._asked(event.what)

    def _asked(self, what: str) -> None:
        """A key, or a click into the pill, asked for something that a window does."""
        match what:
            case "history":
                self._show_history()
            case "download":
                self.background.ask(self._controls.models.catalog, self._download, lambda _: None)
            case "models":
                self.window.show_models()
                self.show()
            case "ai":
                self.window.open_page("ai")
                self.show()
            case _:
                self.show()

    def _download(self, entries: list[dict[str, object]]) -> None:
        wanted = best([ModelFacts.read(entry) for entry in entries])
        if wanted is not None and not wanted.installed:
            self.room.downloads.start(wanted.name, wanted.label)
        self._asked("models")  # where it can be followed

    def _speak(self) -> bool:
        """Speak the language of the settings; whether it is another than before."""
        other = self._language.use(self._controls.settings().look.language)
        QGuiApplication.setApplicationDisplayName(QCoreApplication.translate("main", "Dictation"))
        return other

    def _speak_anew(self) -> None:
        """Words are put into a window when it is built: one in the old language is built again, where it was."""
        self.tray.refresh()
        self.panel.close()
        if self._first is not None:
            self._first.close()
            self._lead_in()
        old, self._window = self._window, None
        if old is None:
            return
        where, seen, page = old.geometry(), old.isVisible(), old.page
        old.close()
        old.deleteLater()
        if seen:
            self.window.setGeometry(where)
            self.window.open_page(page)
            self.window.appear(asked=True)

    def _say_stranded(self, sentence: str) -> None:
        if not self.overlay.working():
            self.tray.say(sentence)

    def _show_history(self) -> None:
        self.window.show_history()
        self.show()

    def _look_at_models(self, entries: list[dict[str, object]]) -> None:
        rows = [ModelFacts.read(entry) for entry in entries]
        engine = self._controls.settings().engine
        known = {row.name: row.installed for row in rows}
        wanted = engine.kind == "local" and (engine.model == "auto" or known.get(engine.model) is False)
        if not wanted or not only_self_test(rows):
            return
        self._to_models = True
        if self._window is not None:
            self._window.show_models()
        elif self._first is None:
            self.tray.say(self.tr("There is no model yet that understands you. Pick one in Settings, Recognition."))

    def _without_tray(self) -> None:
        self.window.tell_tray(here=False)
        if QGuiApplication.platformName() != "wayland":  # there every new window takes the cursor from who types
            self.window.appear(asked=False)

    def _with_tray(self) -> None:
        if self._window is not None:
            self._window.tell_tray(here=True)


class QtWindows:
    """How the app starts the windows, and how other threads reach them. Making one does nothing yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[str] = []
        self._interface: Interface | None = None

    def run(self, controls: Controls, first: bool) -> int:
        """Show tray and windows until the user quits or ``quit`` is called; returns the exit code.

        Main thread only. Qt ends the process itself when there is no display to connect to: check before calling.
        """
        # Desktops without the portal are ordinary; Qt would print a warning on each.
        QLoggingCategory.setFilterRules("qt.qpa.services=false")
        app = QApplication.instance() or QApplication(["dictation"])
        assert isinstance(app, QApplication), "the app has windows"
        app.setApplicationName("dictation")
        app.setDesktopFileName(APP_ID)
        app.setQuitOnLastWindowClosed(False)
        app.setWindowIcon(icon("dictation"))
        shown = Interface(controls)
        shown.begin(first)
        self._attach(shown)
        code = app.exec()
        self._attach(None)
        shown.close()
        return code

    def show(self) -> None:
        """Open the window and give it the focus. From any thread, also before ``run``; returns at once."""
        self._ask("show")

    def quit(self) -> None:
        """End Qt's loop, so that ``run`` returns. From any thread, also before ``run``; returns at once."""
        self._ask("quit")

    def _ask(self, what: str) -> None:
        with self._lock:
            if self._interface is None:
                self._waiting.append(what)
            else:
                self._interface.handle(what)

    def _attach(self, interface: Interface | None) -> None:
        with self._lock:
            self._interface = interface
            while self._waiting and interface is not None:
                interface.handle(self._waiting.pop(0))


def _app() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None, "windows are made after the application"
    return app
