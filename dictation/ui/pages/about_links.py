"""About links: the folder of the log in the desktop's own file manager, and the project's page in the browser."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from dictation.core.errors import DictationError
from dictation.ui.fields.card import Card, bare
from dictation.ui.look import sentences
from dictation.ui.room import Room

translate = QCoreApplication.translate


class AboutLinks:
    """Two rows on ``card``; the one of the project's page only where the package names one."""

    def __init__(self, room: Room, card: Card) -> None:
        self._room = room
        self.folder = QPushButton(translate("about", "Open the folder"))
        self.folder.setAccessibleName(translate("about", "Open the folder of the log"))
        self.folder.clicked.connect(self._look_for_log)
        self.row = card.add_row(
            translate("about", "Log"),
            translate("about", "What went wrong, without keys and without what you said."),
            bare(self.folder),
        )
        self.address = project_page()
        self.page = QPushButton(translate("about", "Open in the browser"))
        self.page.setAccessibleName(translate("about", "Open the project's page in the browser"))
        self.page.clicked.connect(lambda: self._open(QUrl(self.address), self.address))
        if self.address:
            card.add_row(translate("about", "The project's page"), self.address, bare(self.page))

    def _look_for_log(self) -> None:
        self._room.background.ask(self._room.controls.room.stored, self._open_log, self._refuse)

    def _open_log(self, stored: list[tuple[str, str, int]]) -> None:
        for name, path, _ in stored:
            if name == "log":
                folder = str(Path(path).parent)
                self._open(QUrl.fromLocalFile(folder), folder)

    def _open(self, url: QUrl, shown: str) -> None:
        """Let the desktop open it; where it has nothing for that, the address can be read and copied."""
        opened = QDesktopServices.openUrl(url)
        words = translate("about", "Nothing on this desktop opens it. It is here: {place}")
        self.row.trouble.say("" if opened else words.format(place=shown))

    def _refuse(self, error: DictationError) -> None:
        self.row.trouble.say(sentences.line(error))


def project_page() -> str:
    """The page that the installed package names as its own; empty where it names none."""
    try:
        named = metadata("dictation").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    pages = [address.strip() for _, _, address in (str(each).partition(",") for each in named)]
    return next((each for each in pages if each.startswith("https://")), "")
