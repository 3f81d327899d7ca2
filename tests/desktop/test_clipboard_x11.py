"""Whether the clipboard is lent to a text, and comes back as it was."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.core.errors import InsertError
from dictation.desktop.clipboard.clipboard_content import Content, text_content
from dictation.desktop.clipboard.clipboard_keepsake import SECRET, Keepsake
from dictation.desktop.clipboard.clipboard_x11 import X11Clipboard
from dictation.desktop.clipboard.snapshot_x11 import Snapshots
from dictation.desktop.display.display_x11 import client_of, connected
from dictation.desktop.display.loop_x11 import Loop
from tests.desktop.bench import ROOT, Desk
from tests.desktop.editors import wait_until
from tests.desktop.selections import copied_in_qt, copy, pasted, picture, wait_for
from tests.patience import SOON

pytestmark = pytest.mark.desktop

BOTH = ("clipboard", "primary")


@pytest.fixture
def clipboard(desk: Desk) -> Iterator[X11Clipboard]:
    made = X11Clipboard()
    yield made
    made.close()


def own(connection: Any, selection: str) -> int:
    owner = connection.get_selection_owner(connection.get_atom(selection))
    return owner.id if owner else 0


def ask(connection: Any, target: str, place: str, write: tuple[str, list[int]] | None = None) -> tuple[Any, Any]:
    """What CLIPBOARD answers to a program that asks by hand: the property's type name and value."""
    from Xlib import X

    window = connection.screen().root.create_window(0, 0, 1, 1, 0, 0, X.InputOnly, event_mask=X.PropertyChangeMask)
    atom = connection.get_atom
    if write:
        window.change_property(atom(place), atom(write[0]), 32, write[1])
    window.convert_selection(atom("CLIPBOARD"), atom(target), atom(place), X.CurrentTime)
    connection.flush()
    while (event := connection.next_event()).type != X.SelectionNotify:
        pass
    if event.property == X.NONE:
        return None, None
    found = window.get_full_property(event.property, X.AnyPropertyType)
    return connection.get_atom_name(found.property_type), (window, found.value)


@pytest.mark.parametrize("text", ["hello", "你好,世界 🎉 é\t\n"], ids=["ascii", "mixed"])
def test_a_lent_text_is_on_both_selections_and_the_old_one_comes_back(clipboard: X11Clipboard, text: str) -> None:
    copy(b"old", "clipboard")
    copy(b"marked", "primary")
    loan = clipboard.lend(text)
    assert [pasted(each) for each in BOTH] == [text.encode()] * 2
    assert pasted("clipboard", "text/plain;charset=utf-8") == pasted("clipboard", "TEXT") == text.encode()
    loan.give_back()
    wait_for(b"old", "clipboard")
    wait_for(b"marked", "primary")


def test_an_empty_clipboard_is_empty_again(clipboard: X11Clipboard) -> None:
    for each in BOTH:
        copy(b"x", each)
    with connected() as connection:
        for each in ("CLIPBOARD", "PRIMARY"):
            connection.create_resource_object("window", own(connection, each)).kill_client()
        connection.sync()
        loan = clipboard.lend("text")
        loan.give_back()
        clipboard.close()
        assert own(connection, "CLIPBOARD") == own(connection, "PRIMARY") == 0


def test_every_kind_of_data_comes_back_byte_for_byte(clipboard: X11Clipboard, tmp_path: Path) -> None:
    kinds = {
        "text/plain": "plain é".encode(),
        "text/html": "<b>Größe 好</b>".encode(),
        "text/uri-list": b"file:///tmp/a%20b\r\n",
        "x-special/gnome-copied-files": b"copy\nfile:///tmp/a",
        "text/rtf": b"{\\rtf1 hello}",
        "image/png": picture(700),  # larger than one request, so both ways go in pieces
    }
    with copied_in_qt(tmp_path, kinds, sys.executable):
        clipboard.remember()
        clipboard.lend("dictated").give_back()
        wait_for(kinds["text/plain"])
        assert {kind: pasted("clipboard", kind) for kind in kinds} == kinds


def test_two_megabytes_go_out_and_come_back_in_pieces(clipboard: X11Clipboard) -> None:
    old, new = b"0123456789abcdef" * 131072, "语音" * 350_000
    copy(old)
    loan = clipboard.lend(new)
    assert pasted() == new.encode()
    loan.give_back()
    wait_for(old)


def test_what_the_user_copies_meanwhile_stays(clipboard: X11Clipboard) -> None:
    copy(b"old", "clipboard")
    copy(b"old", "primary")
    loan = clipboard.lend("dictated")
    copy(b"newly copied", "clipboard")
    loan.give_back()
    wait_for(b"old", "primary")
    assert pasted("clipboard") == b"newly copied"


def test_what_is_copied_after_remembering_is_what_comes_back(clipboard: X11Clipboard) -> None:
    copy(b"early")
    clipboard.remember()
    copy(b"late")
    clipboard.lend("dictated").give_back()
    wait_for(b"late")


def test_what_is_copied_while_a_frozen_owner_keeps_us_waiting_is_what_comes_back(clipboard: X11Clipboard) -> None:
    from Xlib import X, Xatom

    copy(b"early")
    with connected() as frozen:
        window = frozen.screen().root.create_window(0, 0, 1, 1, 0, 0, X.InputOnly)
        window.set_selection_owner(Xatom.PRIMARY, X.CurrentTime)
        frozen.sync()
        user = threading.Timer(0.15, copy, [b"late"])
        user.start()
        loan = clipboard.lend("dictated")  # waits for PRIMARY, with CLIPBOARD read already
        user.join()
        assert pasted() == b"dictated"
        loan.give_back()
        wait_for(b"late")


LENDS_AND_DIES = """
import os, signal, sys
from pathlib import Path
from dictation.desktop.clipboard.clipboard_x11 import X11Clipboard
X11Clipboard(Path(sys.argv[1])).lend("dictated")
os.kill(os.getpid(), signal.SIGKILL)
"""


def lend_and_die(keepsake: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LENDS_AND_DIES, str(keepsake)], cwd=ROOT, timeout=30)
    assert done.returncode == -signal.SIGKILL


@pytest.fixture
def recovering(desk: Desk, tmp_path: Path) -> Iterator[X11Clipboard]:
    made = X11Clipboard(tmp_path / "lent")
    yield made
    made.close()


def test_what_a_crash_has_lent_comes_back_at_the_next_start(
    recovering: X11Clipboard, tmp_path: Path, desk: Desk
) -> None:
    copy("mine, 我的".encode())
    copy(b"marked", "primary")
    lend_and_die(tmp_path / "lent")
    assert stat.S_IMODE((tmp_path / "lent").stat().st_mode) == 0o600
    assert pasted() is None
    recovering.recover()
    wait_for("mine, 我的".encode())
    wait_for(b"marked", "primary")
    assert not (tmp_path / "lent").exists()


def test_what_was_copied_since_the_crash_stays(recovering: X11Clipboard, tmp_path: Path) -> None:
    copy(b"mine")
    copy(b"marked", "primary")
    lend_and_die(tmp_path / "lent")
    copy(b"newer")
    recovering.recover()
    wait_for(b"marked", "primary")
    assert pasted() == b"newer"


def test_a_clipboard_history_that_holds_the_dictated_text_gives_way(recovering: X11Clipboard, tmp_path: Path) -> None:
    copy(b"mine")
    lend_and_die(tmp_path / "lent")
    copy(b"dictated")
    recovering.recover()
    wait_for(b"mine")


def test_nothing_of_the_clipboard_stays_on_disk(recovering: X11Clipboard, tmp_path: Path) -> None:
    copy(b"mine")
    loan = recovering.lend("dictated")
    assert b"mine" in (tmp_path / "lent").read_bytes()
    loan.give_back()
    wait_for(b"mine")
    wait_until(lambda: not (tmp_path / "lent").exists(), "the file to go", 3)
    recovering.lend("kept").keep()
    wait_until(lambda: not (tmp_path / "lent").exists(), "the file to go", 3)


def test_a_secret_goes_back_as_one_and_never_to_disk(
    recovering: X11Clipboard, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kinds = {"text/plain": b"hunter2", SECRET: b"secret"}
    with copied_in_qt(tmp_path_factory.mktemp("qt"), kinds, sys.executable):
        loan = recovering.lend("dictated")
        assert b"hunter2" not in (tmp_path / "lent").read_bytes()
        loan.give_back()
        wait_for(b"hunter2")
        assert pasted("clipboard", SECRET) == b"secret"


@settings(deadline=None)
@given(st.binary(max_size=60), st.booleans())
def test_garbage_in_that_file_is_nothing(tmp_path_factory: pytest.TempPathFactory, garbage: bytes, cut: bool) -> None:
    path = tmp_path_factory.getbasetemp() / "garbage"
    keepsake = Keepsake(path)
    keepsake.write(text_content("lent"), {"CLIPBOARD": Content({"TEXT": ("TEXT", b"before" * 20)})})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 1 - len(garbage)] if cut else garbage)
    assert keepsake.read() is None
    keepsake.clear()


def test_a_kept_text_stays(clipboard: X11Clipboard) -> None:
    copy(b"old")
    clipboard.lend("to be kept").keep()
    clipboard.lend("another").give_back()
    wait_for(b"to be kept")


def test_a_frozen_owner_costs_half_a_second_and_no_more(clipboard: X11Clipboard, tmp_path: Path) -> None:
    with copied_in_qt(tmp_path, {"text/plain": b"never"}, sys.executable) as owner:
        owner.send_signal(signal.SIGSTOP)
        clipboard.remember()
        began = time.monotonic()
        clipboard.lend("dictated").give_back()
        assert time.monotonic() - began < SOON
        owner.send_signal(signal.SIGCONT)


def test_only_the_awaited_client_counts_as_a_reader(clipboard: X11Clipboard) -> None:
    loan = clipboard.lend("dictated")
    with connected() as me:
        mine = client_of(me, me.screen().root.create_window(0, 0, 1, 1, 0, 0).id)
        assert pasted() == b"dictated"  # as a clipboard history would
        assert not loan.read_by({mine}, 0.1)
        ask(me, "TARGETS", "HERE")
        assert not loan.read_by({mine}, 0.1)
        reader = threading.Timer(0.1, lambda: ask(me, "UTF8_STRING", "HERE"))
        reader.start()
        assert loan.read_by({mine}, 3)
        reader.join()
    loan.give_back()


def test_several_kinds_can_be_asked_for_at_once(clipboard: X11Clipboard) -> None:
    loan = clipboard.lend("你好")
    with connected() as me:
        atom = me.get_atom
        pairs = [atom("UTF8_STRING"), atom("A"), atom("STRING"), atom("B"), atom("TIMESTAMP"), atom("C")]
        kind, (window, answer) = ask(me, "MULTIPLE", "HERE", ("ATOM_PAIR", pairs))
        assert kind == "ATOM_PAIR"
        assert list(answer) == [*pairs[:3], 0, *pairs[4:]]  # Chinese does not go into Latin-1
        assert bytes(window.get_full_property(atom("A"), 0).value) == "你好".encode()
        assert window.get_full_property(atom("C"), 0).value[0] > 0
        assert ask(me, "image/png", "HERE") == (None, None)
    loan.give_back()


def test_clipboard_histories_are_asked_to_leave_it_out(clipboard: X11Clipboard) -> None:
    loan = clipboard.lend("dictated")
    assert pasted("clipboard", "x-kde-passwordManagerHint") == b"secret"
    loan.give_back()


def test_a_connection_that_died_is_opened_again(clipboard: X11Clipboard) -> None:
    clipboard.lend("first").keep()
    with connected() as connection:
        connection.create_resource_object("window", own(connection, "CLIPBOARD")).kill_client()
        connection.sync()
    loan = clipboard.lend("second")
    assert pasted() == b"second"
    loan.give_back()


class ClipboardManager(Loop):
    """Fetches CLIPBOARD when it is asked to save it, as freedesktop.org's clipboard manager protocol wants."""

    def __init__(self) -> None:
        super().__init__("manager")
        self.saved: Content | None = None
        end = time.monotonic() + 20
        self._snapshots = Snapshots(
            self.connection, self.window, lambda until: self.pump(until, lambda: end - time.monotonic())
        )
        self.window.set_selection_owner(self.connection.get_atom("CLIPBOARD_MANAGER"), self.now())
        self.connection.sync()

    def handle(self, event: Any) -> None:
        from Xlib import X
        from Xlib.protocol.event import SelectionNotify

        self._snapshots.handle(event)
        if event.type == X.SelectionRequest:
            assert event.target == self.connection.get_atom("SAVE_TARGETS")
            self.saved = self._snapshots.read(self.connection.get_atom("CLIPBOARD"), event.time)
            self.leaving = True
            answer = SelectionNotify(
                time=event.time,
                requestor=event.requestor,
                selection=event.selection,
                target=event.target,
                property=event.property,
            )
            event.requestor.send_event(answer)
            self.connection.sync()


def test_what_we_hold_is_handed_to_the_clipboard_manager_at_the_end(clipboard: X11Clipboard) -> None:
    manager = ClipboardManager()
    manager.start()
    copy(b"<b>old</b>", kind="text/html")
    clipboard.lend("dictated").give_back()
    wait_for(b"<b>old</b>", kind="text/html")
    clipboard.close()
    manager.join(5)
    assert manager.saved and manager.saved.kinds == {"text/html": ("text/html", b"<b>old</b>")}


def test_without_a_display_the_error_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    with pytest.raises(InsertError) as caught:
        X11Clipboard().lend("text")
    assert caught.value.code == "no-display"


@given(st.text())
def test_every_text_can_be_offered(text: str) -> None:
    assert text_content(text).kinds["UTF8_STRING"][1].decode() == text
