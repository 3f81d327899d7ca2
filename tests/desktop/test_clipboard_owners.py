"""Clipboards that are hard to read: huge ones, and programs that die or freeze while they are asked."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dictation.app.take.hands import Hands
from dictation.core.errors import DictationError, InsertError
from dictation.core.types import Paste, Target
from dictation.desktop.clipboard.clipboard_x11 import X11Clipboard
from dictation.desktop.display.loop_x11 import Loop
from dictation.desktop.nothing import NoFocus
from dictation.desktop.typing.typist_x11 import X11Typist
from tests.desktop.bench import Desk
from tests.desktop.selections import copied_in_qt, pasted, wait_for
from tests.patience import SOON

pytestmark = pytest.mark.desktop


@pytest.fixture
def clipboard(desk: Desk) -> Iterator[X11Clipboard]:
    made = X11Clipboard()
    yield made
    made.close()


@pytest.mark.parametrize("prepared", [True, False], ids=["while somebody speaks", "without a warning"])
def test_fifty_megabytes_of_a_picture_come_back_whole(clipboard: X11Clipboard, tmp_path: Path, prepared: bool) -> None:
    picture = os.urandom(1 << 20) * 50
    with copied_in_qt(tmp_path, {"text/html": b"<img>", "image/png": picture}, sys.executable):
        if prepared:
            clipboard.remember()
        began = time.monotonic()
        loan = clipboard.lend("dictated")
        assert time.monotonic() - began < SOON and loan.lost is None
        assert pasted() == b"dictated"
        loan.give_back()
        wait_for(b"<img>", kind="text/html")
        assert pasted("clipboard", "image/png") == picture


class Owner(Loop):
    """A program with a picture on the clipboard that fails at one point of being asked for it.

    ``at``: targets (when it is asked what it has), picture (when it is asked for that) or pieces (after some of them).
    """

    PIECES = 4

    def __init__(self, at: str, dies: bool) -> None:
        super().__init__("owner")
        self.at, self.dies, self.sent, self.failed = at, dies, 0, threading.Event()
        self._reader: Any = None
        self._place = 0
        self.window.set_selection_owner(self.connection.get_atom("CLIPBOARD"), self.now())
        self.connection.sync()
        self.start()

    def handle(self, event: Any) -> None:
        from Xlib import X, Xatom
        from Xlib.protocol.event import SelectionNotify

        atom = self.connection.get_atom
        if self.failed.is_set():
            return
        if event.type == X.PropertyNotify and event.state == X.PropertyDelete and event.window == self._reader:
            if self.sent == self.PIECES:
                return self._fail()
            self.sent += 1
            self._reader.change_property(self._place, atom("image/png"), 8, b"x" * 1000)
        elif event.type == X.SelectionRequest:
            if self.at == ("targets" if event.target == atom("TARGETS") else "picture"):
                return self._fail()
            if event.target == atom("TARGETS"):
                names = [atom("TARGETS"), atom("UTF8_STRING"), atom("image/png")]
                event.requestor.change_property(event.property, Xatom.ATOM, 32, names)
            elif event.target == atom("UTF8_STRING"):
                event.requestor.change_property(event.property, atom("UTF8_STRING"), 8, b"its text")
            else:
                self._reader, self._place = event.requestor, event.property
                self._reader.change_attributes(event_mask=X.PropertyChangeMask)
                self._reader.change_property(self._place, atom("INCR"), 32, [1 << 20])
            event.requestor.send_event(
                SelectionNotify(
                    time=event.time, requestor=event.requestor, selection=event.selection, target=event.target,
                    property=event.property,
                )
            )  # fmt: skip
        self.connection.sync()
        return None

    def _fail(self) -> None:
        self.failed.set()
        self.leaving = self.dies


@pytest.mark.parametrize("at", ["targets", "picture", "pieces"])
@pytest.mark.parametrize("dies", [True, False], ids=["dies", "freezes"])
def test_an_owner_that_fails_while_it_is_asked_holds_up_no_text_and_its_loss_is_told(
    clipboard: X11Clipboard, dies: bool, at: str
) -> None:
    owner = Owner(at, dies)
    try:
        began = time.monotonic()
        loan = clipboard.lend("dictated")
        assert time.monotonic() - began < SOON and owner.failed.is_set()
        assert pasted() == b"dictated"
        if dies:
            assert loan.lost is None, "what was there has gone with its program, and not through us"
        else:
            assert loan.lost and ("image/png" in loan.lost.message) == (at != "targets")
        loan.give_back()
        wait_for(b"its text" if at == "pieces" and not dies else None)
    finally:
        owner.leaving = True
        owner.post(lambda: None)
        owner.join(5)


class Lost:
    """A clipboard that could not read what was there."""

    lost = InsertError("clipboard-lost-part", "A part is not given back", "Copy it again.")

    def read_by(self, clients: object, timeout: float) -> bool:
        return True

    def give_back(self) -> None:
        """Nothing to do."""

    keep = recover = remember = close = give_back

    def lend(self, text: str, spare: int | None = None) -> Lost:
        return self


def test_what_cannot_be_given_back_is_told_once_with_the_text(desk: Desk) -> None:
    told = list[DictationError]()
    editor = desk.open("xterm")
    try:
        typist = X11Typist(Lost())
        hands = Hands(typist, NoFocus(), tell=told.append)
        hands.perform((Paste("text"), Paste("more")), Target(terminal=True))
        assert [each.code for each in told] == ["clipboard-lost-part"] and typist.arrived
        assert typist.remark() is None
    finally:
        editor.close()
