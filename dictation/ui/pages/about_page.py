"""About page: the version, what works on this machine and what does not, and all of it as text for a bug report."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from dictation import __version__
from dictation.core.errors import DictationError
from dictation.ui.fields.card import bare
from dictation.ui.look import sentences
from dictation.ui.look.labels import Good, Mark, Muted, Trouble
from dictation.ui.pages import page_index
from dictation.ui.pages.about_links import AboutLinks
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate

Finding = dict[str, object]


class AboutPage(Page):
    """What is found is asked for when the page is opened; it takes some seconds."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("about"))
        self.found: list[Finding] = []
        self.look, self.copy = QPushButton(translate("about", "Look again")), QPushButton(translate("about", "Copy"))
        self.copy.setAccessibleName(translate("about", "Copy the findings"))
        self.look.clicked.connect(self._look)
        self.copy.clicked.connect(self._copy)
        self.copy.setEnabled(False)
        top = self.card()
        top.add_row(
            translate("about", "Dictation {version}").format(version=__version__),
            translate("about", "Voice dictation and commands, on your own machine."),
        )
        self._row = top.add_row(
            translate("about", "For a bug report"),
            translate("about", "Versions and findings as text, without keys, texts or your name."),
            bare(self.look, self.copy),
        )
        self.links = AboutLinks(room, top)
        self.findings = self.card(translate("about", "What works on this machine"), " ")
        self._left: list[Finding] = []
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._add)
        self.finish()

    def refresh(self) -> None:
        super().refresh()
        if not self.found:
            self._look()

    def _look(self) -> None:
        self.look.setEnabled(False)
        self.findings.note.say(translate("about", "Looking…"))
        self.room.background.ask(self.room.controls.room.findings, self._show, self._refuse)

    def _show(self, found: list[Finding]) -> None:
        self.found = found
        self.look.setEnabled(True)
        self.copy.setEnabled(True)
        while (item := self.findings.rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        broken = sum(each["verdict"] == "broken" for each in found)
        words = translate("about", "Does not work: {count}") if broken else translate("about", "All is well.")
        self.findings.note.say(words.format(count=broken))
        self._left = list(found)
        self._turn.start()

    def _add(self) -> None:
        """The row of the next finding: there are many, and a key or a click may come between two of them."""
        if not self._left:
            return
        each = self._left.pop(0)
        sign, like = {"fine": ("✓", Good), "note": ("–", Muted), "broken": ("✕", Trouble)}[str(each["verdict"])]
        message = _plain(sentences.sentence(str(each["message"])))
        row = self.findings.add_row(_part(str(each["part"])), message, Mark(sign, like=like))
        if each["remedy"]:
            remedy = sentences.sentence(str(each["remedy"]))
            if each["verdict"] == "broken":
                row.trouble.say(remedy)
            else:
                row.help.say(f"{message}\n{remedy}")
        self._turn.start()

    def _refuse(self, error: DictationError) -> None:
        self.look.setEnabled(True)
        self.findings.note.say(sentences.line(error))

    def _copy(self) -> None:
        lines = [
            f"{each['verdict']:7} {each['part']}: {each['message']} {each['remedy']}".rstrip() for each in self.found
        ]
        QGuiApplication.clipboard().setText(_plain("\n".join(lines)) + "\n")
        self.copy.setText(translate("about", "Copied"))


def _part(name: str) -> str:
    return {
        "version": translate("about", "Version"),
        "libraries": translate("about", "Libraries"),
        "settings": translate("about", "Settings"),
        "app": translate("about", "App"),
        "session": translate("about", "Desktop"),
        "hotkeys": translate("about", "Hotkeys"),
        "typing": translate("about", "Typing"),
        "commands": translate("about", "Commands"),
        "microphone": translate("about", "Microphone"),
        "model": translate("about", "Model"),
        "encoder context": translate("about", "Encoder context"),
        "language model": translate("about", "Language model"),
        "disk": translate("about", "Disk"),
    }.get(name, name)


def _plain(text: str) -> str:
    """Without the user's own name, which stands in paths."""
    return text.replace(str(Path.home()), "~")


def make(room: Room) -> Page:
    """The page."""
    return AboutPage(room)
