"""AI page: whom to ask and when, the key in the system's keyring, and a test that says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QPushButton

from dictation.core import settings as declared
from dictation.core.errors import DictationError
from dictation.ui.fields.card import Card, bare
from dictation.ui.fields.fields import Text
from dictation.ui.fields.pick import Served
from dictation.ui.look import sentences
from dictation.ui.look.labels import Good
from dictation.ui.pages import page_index
from dictation.ui.pages.provider_tiles import HERE, NOBODY, ProviderTiles
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate


class AiPage(Page):
    """Nothing is sent before one of its buttons is pressed or a text asks for it."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, page_index.title("ai"))

    def cards(self) -> Iterator[None]:
        about = translate(
            "ai",
            "A language model can mend what the rules are unsure of, and make commands. It is optional: nothing is "
            "sent anywhere until you choose a provider.",
        )
        options = page_index.options_on("ai")
        self._provider = next(each for each in options if NOBODY in each.choices)
        self.chosen: list[Card] = []
        """What is seen once there is a provider to speak of."""
        self._asked = False
        card = self.card("", about)
        self.tiles = ProviderTiles(self._provider)
        self.tiles.picked.connect(self._pick)
        self.tiles.other.connect(self._open)
        card.add_row(translate("ai", "Choose a provider"), "", self.tiles, wide=True)
        self._to_choose = card
        self._show_only(self.card("", about))
        self.settings(self.chosen[0], options)
        for field in self.form.fields.values():
            field.edited.connect(lambda _: self.hint())
        self.form.fields[self._provider.key].edited.connect(self._provider_edited)
        yield
        access = self.card(translate("ai", "Access"))
        self._show_only(access)
        self.key = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.key.setAccessibleName(translate("ai", "API key"))
        self.key.setMinimumWidth(200)
        self.keep, self.drop = QPushButton(translate("ai", "Save")), QPushButton(translate("ai", "Delete"))
        self.keep.clicked.connect(self._keep)
        self.key.returnPressed.connect(self._keep)
        self.drop.clicked.connect(lambda: self._put_key(""))
        self._key_row = access.add_row(
            translate("ai", "API key"),
            translate("ai", "Kept in the system's keyring, never in a file."),
            bare(self.key, self.keep, self.drop),
        )
        self.test, self.list = QPushButton(translate("ai", "Test")), QPushButton(translate("ai", "List models"))
        self.good = Good()
        self.good.hide()
        self.test.clicked.connect(self._test)
        self.list.clicked.connect(self._list)
        self._test_row = access.add_row(
            translate("ai", "Connection"),
            translate("ai", "Asks the model to mend one sentence."),
            bare(self.list, self.test),
        )
        self._test_row.put_under(self.good)
        yield
        self.finish()

    # --- whom to ask

    def _show_only(self, card: Card) -> None:
        """``card`` is seen only where there is a provider."""
        self.chosen.append(card)
        self._arrange()

    def _arrange(self) -> None:
        there = self._asked or declared.get(self.room.controls.settings(), self._provider.key) != NOBODY
        self._to_choose.setVisible(not there)
        for each in self.chosen:
            each.setVisible(there)

    def _pick(self, name: str) -> None:
        self._open()
        self.form.apply(self._provider.key, name)
        self.hint()
        if name != HERE:
            self.key.setFocus()

    def _open(self) -> None:
        self._asked = True
        self._arrange()

    def _provider_edited(self, value: object) -> None:
        self._asked = value != NOBODY
        self._arrange()
        self._look_here()

    def _look_here(self) -> None:
        """Whether a server on this machine answers; asked only while nobody is chosen."""
        if not self._to_choose.isHidden():
            work = partial(self.room.controls.models.served_here, HERE)
            self.room.background.ask(work, self.tiles.find_here, lambda _: None)

    def go_to(self, key: str) -> None:
        """A setting that is looked for is seen, also before a provider is chosen."""
        self._asked = True
        if self.form.rows:
            self._arrange()
        super().go_to(key)

    def refresh(self) -> None:
        super().refresh()
        self._arrange()
        self._look_here()
        self.room.background.ask(self.room.controls.models.has_key, self._know_key, lambda _: None)
        self.hint()
        self._forget_test()

    def hint(self) -> None:
        """What the provider in force uses where the fields are empty."""
        now, usual = self.room.controls.settings(), self.room.controls.models.providers()
        choices = {str(declared.get(now, each.key)) for each in page_index.options_on("ai") if each.choices}
        url, model = next((usual[each] for each in choices if each in usual), ("", ""))
        for field in self.form.fields.values():
            if isinstance(field, Served):
                field.hint(model)
            elif isinstance(field, Text):
                field.hint(url)

    def _know_key(self, there: bool) -> None:
        words = translate("ai", "A key is kept") if there else translate("ai", "No key yet")
        self.key.setPlaceholderText(words)
        self.drop.setEnabled(there)

    def _keep(self) -> None:
        if key := self.key.text().strip():
            self._put_key(key)

    def _put_key(self, key: str) -> None:
        self._key_row.trouble.say("")
        work = partial(self.room.controls.models.keep_key, key)
        self.room.background.ask(work, lambda _: self._key_kept(bool(key)), self._key_refused)

    def _key_kept(self, there: bool) -> None:
        self.key.clear()
        self._know_key(there)
        self._forget_test()

    def _key_refused(self, error: DictationError) -> None:
        self._key_row.trouble.say(sentences.line(error))

    def _forget_test(self) -> None:
        self.good.say("")
        self._test_row.trouble.say("")

    def _busy(self, yes: bool) -> None:
        for each in (self.test, self.list):
            each.setEnabled(not yes)

    def _test(self) -> None:
        self._forget_test()
        self._busy(True)
        self._test_row.help.say(translate("ai", "Asking…"))
        self.room.background.ask(self.room.controls.models.test_llm, self._tested, lambda error: self._tested([error]))

    def _tested(self, wrong: list[DictationError]) -> None:
        self._busy(False)
        self._test_row.help.say(translate("ai", "Asks the model to mend one sentence."))
        self._test_row.trouble.say("\n".join(sentences.line(each) for each in wrong))
        self.good.say("" if wrong else translate("ai", "It works."))

    def _list(self) -> None:
        self._forget_test()
        self._busy(True)
        self.room.background.ask(
            self.room.controls.models.llm_models, self._listed, lambda error: self._tested([error])
        )

    def _listed(self, names: list[str]) -> None:
        self._busy(False)
        for field in self.form.fields.values():
            if isinstance(field, Served):
                field.offer(names)
        words = translate("ai", "{count} models; choose one above.") if names else translate("ai", "No models.")
        self.good.say(words.format(count=len(names)))


def make(room: Room) -> Page:
    """The page."""
    return AiPage(room)
