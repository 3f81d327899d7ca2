"""Privacy page: what leaves this machine, what stands on it, where, how large, for how long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from dictation.core.errors import DictationError
from dictation.ui.fields.card import Row, bare
from dictation.ui.fields.sure import SureButton
from dictation.ui.look import sentences
from dictation.ui.look.labels import Mark
from dictation.ui.model_facts import size
from dictation.ui.pages import page_index
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate


class PrivacyPage(Page):
    """Says it as it is with the settings in force."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("privacy"))

    def cards(self) -> Iterator[None]:
        leaves = self.card(translate("privacy", "What leaves this machine"))
        self.speech = leaves.add_row(translate("privacy", "Your voice"), " ")
        self.texts = leaves.add_row(translate("privacy", "Your texts"), " ")
        leaves.add_row(
            translate("privacy", "Anything else"),
            translate(
                "privacy", "Nothing: there are no statistics and no reports. Models are downloaded when you ask."
            ),
        )
        yield
        self.kept = self.card(translate("privacy", "What is kept on this machine"))
        self.rows: dict[str, tuple[Row, Mark]] = {}
        self.clear = SureButton(translate("privacy", "Delete"))
        self.clear.confirmed.connect(self._clear)
        self.clear.setAccessibleName(translate("privacy", "Delete the history"))
        self.finish()

    def refresh(self) -> None:
        super().refresh()
        now = self.room.controls.settings()
        if now.engine.kind == "remote":
            away = translate("privacy", "Your voice is sent to {place} to be recognised.")
            self.speech.help.say(away.format(place=now.remote.url or "?"))
        else:
            self.speech.help.say(translate("privacy", "Stays here: speech is recognised on this machine."))
        if now.llm.provider == "none":
            self.texts.help.say(translate("privacy", "Stay here: no provider of a language model is chosen."))
        else:
            url = now.llm.url or self.room.controls.models.providers().get(now.llm.provider, ("?", ""))[0]
            away = translate("privacy", "Texts that a language model is asked about are sent to {place}.")
            self.texts.help.say(away.format(place=url))
        self.room.background.ask(self.room.controls.room.stored, self._show, self._refuse)

    def _names(self) -> dict[str, tuple[str, str]]:
        now = self.room.controls.settings().history
        days = translate("privacy", "For {days} days").format(days=now.days)
        history = days if now.days else translate("privacy", "Until you delete it")
        return {
            "settings": (translate("privacy", "Settings"), ""),
            "glossary": (translate("privacy", "Your terms"), ""),
            "snippets": (translate("privacy", "Your own commands"), ""),
            "history": (
                translate("privacy", "History"),
                history if now.keep else translate("privacy", "Nothing new is kept"),
            ),
            "recordings": (
                translate("privacy", "Recordings of the history"),
                history if now.audio else translate("privacy", "Switched off"),
            ),
            "waiting": (
                translate("privacy", "Recordings on their way"),
                translate("privacy", "Until their text has arrived"),
            ),
            "models": (translate("privacy", "Models"), ""),
            "log": (
                translate("privacy", "Log"),
                translate("privacy", "What went wrong; never what was said"),
            ),
        }

    def _show(self, stored: list[tuple[str, str, int]]) -> None:
        for name, path, count in stored:
            title, how_long = self._names().get(name, (name, ""))
            if name not in self.rows:
                amount = Mark("", 76)
                row = Row(title, " ", bare(self.clear, amount) if name == "history" else amount)
                self.kept.add(row)
                self.rows[name] = row, amount
            row, amount = self.rows[name]
            row.help.say(f"{how_long}\n{_home(path)}" if how_long else _home(path))
            amount.setText(size(count) if count else "–")

    def _clear(self) -> None:
        self.room.background.ask(self.room.controls.history.clear, lambda _: self.refresh(), self._refuse)

    def _refuse(self, error: DictationError) -> None:
        self.speech.trouble.say(sentences.line(error))


def _home(path: str) -> str:
    """With ~ for the user's own folder."""
    home = str(Path.home())
    return "~" + path[len(home) :] if path.startswith(home + "/") else path


def make(room: Room) -> Page:
    """The page."""
    return PrivacyPage(room)
