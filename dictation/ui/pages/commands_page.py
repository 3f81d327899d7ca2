"""Commands page: how commands are made, the user's own ones, and the key for the shell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from dictation.core.errors import DictationError
from dictation.ui.fields.card import bare
from dictation.ui.look import sentences, style
from dictation.ui.look.labels import Good
from dictation.ui.pages import page_index
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate

SHELLS = {
    "bash": ('eval "$(dictation shell-widget bash)"', "~/.bashrc"),
    "zsh": ('eval "$(dictation shell-widget zsh)"', "~/.zshrc"),
    "fish": ("dictation shell-widget fish | source", "~/.config/fish/config.fish"),
}
"""The line for each shell, and the file that it belongs into."""

EXAMPLE = """\
[[snippet]]
say = ["部署到 {env}", "deploy to {env}"]
run = "make deploy ENV={env}"
explain = "Deploys the current branch"
"""


class CommandsPage(Page):
    """Snippets are checked before they are kept."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("commands"))

    def cards(self) -> Iterator[None]:
        self.settings(self.card(), page_index.options_on("commands"))
        yield
        self._own()
        yield
        shells = self.card(
            translate("commands", "A key for your shell"),
            translate(
                "commands",
                "With this line in its start-up file, Ctrl+] in the shell listens, and the command is there. "
                "Nothing runs until you press Enter.",
            ),
        )
        self.copies: dict[str, QPushButton] = {}
        for shell, (line, file) in SHELLS.items():
            shown = QLineEdit(line, readOnly=True)
            shown.setFont(style.code_font(0.95))
            shown.setCursorPosition(0)
            copy = self.copies[shell] = QPushButton(translate("commands", "Copy"))
            copy.setAccessibleName(f"{copy.text()}: {shell}")
            copy.clicked.connect(partial(self._copy, copy, line))
            shown.setAccessibleName(shell)
            shells.add_row(shell, file, bare(shown, copy), wide=True)
        self.finish()

    def _own(self) -> None:
        card = self.card(
            translate("commands", "Your own commands"),
            translate(
                "commands", "What is said, and the command for it. Words in braces are filled with what you say."
            ),
        )
        self.text = QPlainTextEdit(placeholderText=EXAMPLE)
        self.text.setFont(style.code_font(0.95))
        self.text.setMinimumHeight(190)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(translate("commands", "Your own commands"))
        self.save, self.example = (
            QPushButton(translate("commands", "Save")),
            QPushButton(translate("commands", "Example")),
        )
        self.save.setEnabled(False)
        self.save.clicked.connect(self._save)
        self.example.clicked.connect(lambda: self.text.appendPlainText(EXAMPLE))
        self.saved = Good()
        self.saved.hide()
        self._row = card.add_row("", "", self.text, wide=True)
        self._row.name.hide()
        self._row.put_under(bare(self.save, self.example, stretch=True), self.saved)
        self.text.textChanged.connect(self._typed)
        self._kept = ""

    def refresh(self) -> None:
        super().refresh()
        if self.text.toPlainText() == self._kept:
            self.room.background.ask(self.room.controls.commands.snippets, self._show, self._refuse)

    def _show(self, text: str) -> None:
        if self.text.toPlainText() == self._kept:
            self._kept = text
            self.text.setPlainText(text)
        self.save.setEnabled(False)

    def _typed(self) -> None:
        self.save.setEnabled(self.text.toPlainText() != self._kept)
        self.saved.say("")

    def _save(self) -> None:
        text = self.text.toPlainText()
        self.room.background.ask(
            partial(self.room.controls.commands.keep_snippets, text), lambda _: self._done(text), self._refuse
        )  # fmt: skip

    def _done(self, text: str) -> None:
        self._kept = text
        self._typed()
        self._row.trouble.say("")
        self.saved.say(translate("commands", "Saved. They can be said from now on."))

    def _refuse(self, error: DictationError) -> None:
        self.saved.say("")
        self._row.trouble.say(sentences.line(error))

    def _copy(self, button: QPushButton, line: str) -> None:
        QGuiApplication.clipboard().setText(line)
        for each in self.copies.values():
            each.setText(translate("commands", "Copied") if each is button else translate("commands", "Copy"))


def make(room: Room) -> Page:
    """The page."""
    return CommandsPage(room)
