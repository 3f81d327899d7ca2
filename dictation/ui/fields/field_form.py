"""Form: rows grown from the declarations of settings; it names none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from dictation.core import settings as declared
from dictation.core.errors import DictationError
from dictation.core.options import Option, Value
from dictation.ui.bridge import Bridge
from dictation.ui.fields import pick
from dictation.ui.fields.card import Card, Row
from dictation.ui.fields.fields import Field, field_for
from dictation.ui.fields.gate_field import GateField
from dictation.ui.fields.keys_field import KeysField
from dictation.ui.fields.methods_field import MethodsField
from dictation.ui.look import sentences
from dictation.ui.look.background import Background


class Form(QObject):
    """Settings on cards. A change is in force at once; one that is refused says why in its row."""

    def __init__(self, bridge: Bridge, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._controls, self._bridge, self._background = bridge.controls, bridge, background
        self.fields: dict[str, Field] = {}
        self.rows: dict[str, Row] = {}

    def add(self, card: Card, options: Iterable[Option]) -> None:
        """A row on ``card`` for each of ``options``."""
        for each in options:
            self._add(card, each)

    def refresh(self) -> None:
        """Show the settings in force, and ask again for what can be chosen."""
        self.show()
        for field in self.fields.values():
            field.refresh()

    def show(self) -> None:
        """Show the settings in force."""
        now = self._controls.settings()
        for key, field in self.fields.items():
            field.show(declared.get(now, key))
            self.rows[key].trouble.say("")

    def _add(self, card: Card, about: Option) -> None:
        label, help = translate(about.label), in_the_window(about)
        field = self._field(about)
        field.widget.setObjectName(about.key)
        field.widget.setAccessibleName(label)
        field.widget.setAccessibleDescription(help)
        field.edited.connect(partial(self.apply, about.key))
        row = card.add_row(label, help, field.widget, field.wide)
        row.trouble.setObjectName(f"{about.key} trouble")
        usual = QAction(QCoreApplication.translate("form", "Back to the usual value"), row)
        usual.triggered.connect(lambda: self.apply(about.key, about.default))
        row.addAction(usual)
        row.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.fields[about.key], self.rows[about.key] = field, row
        field.show(declared.get(self._controls.settings(), about.key))

    def _field(self, about: Option) -> Field:
        if about.editor == "keys":
            return KeysField(about, self._bridge)
        if about.editor == "gate":
            return GateField(about)
        if about.editor == "methods":
            return MethodsField()
        made = pick.special(about, self._controls, self._background, partial(self.refuse, about.key))
        return made or field_for(about)

    def apply(self, key: str, value: Value) -> None:
        """Put ``value`` in force as the setting ``key``, if the app takes it."""
        now = self._controls.settings()
        try:
            wanted = declared.put(now, key, value)
            if wanted != now:
                self._controls.change(wanted)
        except DictationError as error:
            self.refuse(key, error)
        else:
            self.rows[key].trouble.say("")
            self.fields[key].show(declared.get(wanted, key))

    def refuse(self, key: str, error: DictationError) -> None:
        """Say what is wrong in the row of ``key``."""
        self.rows[key].trouble.say(sentences.line(error))


def in_the_window(about: Option) -> str:
    """The help without what only somebody needs who types values: there, choices and devices are shown in words."""
    if about.editor in ("device", "model", "methods"):
        return ""
    typed = {*about.choices, *(("auto", "off") if about.editor == "keys" else ())}
    if not typed:
        return translate(about.help)
    starts = re.compile(rf"(?:{'|'.join(sorted(typed, key=len, reverse=True))})(?![A-Za-z0-9_-])")
    parts = re.findall(r"[^.;。；]+(?:[.;。；](?!\S)|[。；]|$|\.)", translate(about.help))
    kept = [each.strip() for each in parts if not starts.match(each.strip())]
    text = " ".join(kept).replace("。 ", "。")
    return re.sub(r"[;；]$", lambda end: "." if end[0] == ";" else "。", text)


def translate(words: str) -> str:
    """A declaration's words in the user's language."""
    return QCoreApplication.translate("settings", words)
