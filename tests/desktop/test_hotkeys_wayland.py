"""Hotkeys by the desktop's portal, played by a portal of our own on a bus of its own; and what is tried after it."""

from __future__ import annotations

import queue
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)  # fmt: skip
from jeepney.io.blocking import open_dbus_connection

from dictation import APP_ID
from dictation.core.errors import HotkeyError, InsertError
from dictation.core.sections import KeySettings
from dictation.core.settings import Settings
from dictation.core.types import Purpose
from dictation.desktop.display import portal as desktop_portal
from dictation.desktop.display.session_bus import BusError
from dictation.desktop.hotkeys import hotkeys_portal
from dictation.desktop.hotkeys.chords import parse
from dictation.desktop.hotkeys.hotkeys_evdev import EvdevHotkeys
from dictation.desktop.hotkeys.hotkeys_portal import PortalHotkeys, trigger
from dictation.desktop.hotkeys.hotkeys_wayland import WaylandHotkeys
from dictation.desktop.typing import permission_portal
from tests.desktop.editors import wait_until

PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
OFF = Settings(keys=KeySettings(dictate="off", command="off"))
PRESS, RELEASE = ("press", Purpose.DICTATE), ("release", Purpose.DICTATE)
COMMAND, COMMAND_END, LOST = ("press", Purpose.COMMAND), ("release", Purpose.COMMAND), ("lost", None)


class Portal:
    """org.freedesktop.portal.Desktop as far as shortcuts go; it insists on what the real one insists on."""

    def __init__(self) -> None:
        self.bus = open_dbus_connection("SESSION")
        self.bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self.registered: str | None = None
        self.bound: dict[str, dict[str, str]] = {}
        self.sessions: list[str] = []
        self.closed: list[str] = []
        self.session_code = self.bind_code = 0
        self.silent = self.unknown = self.failing = False
        self.said: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def signal(
        self, member: str, signature: str, body: tuple[Any, ...], path: str = PATH, interface: str = SHORTCUTS
    ) -> None:
        self.bus.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def press(self, name: str, session: str | None = None) -> None:
        self.signal("Activated", "osta{sv}", (session or self.sessions[-1], name, 1, {}))

    def release(self, name: str) -> None:
        self.signal("Deactivated", "osta{sv}", (self.sessions[-1], name, 2, {}))

    def quit(self) -> None:
        if self._thread.is_alive():
            self.bus.sock.shutdown(2)
            self._thread.join(5)
            self.bus.close()

    def _run(self) -> None:
        try:
            while True:
                message = self.bus.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)
        except OSError:
            return

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        member, body = fields[HeaderFields.member], message.body
        if member == "Register":
            assert self.registered is None
            if self.unknown:
                error = "org.freedesktop.portal.Error.Failed"
                self.bus.send(new_error(message, error, "s", (f"App info not found for {body[0]!r}",)))
                return
            self.registered = body[0]
            self.bus.send(new_method_return(message))
        elif member == "CreateSession":
            if not self.registered:
                self.bus.send(
                    new_error(message, "org.freedesktop.portal.Error.NotAllowed", "s", ("An app id is required",))
                )
                return
            path = f"{PATH}/session/x/{body[0]['session_handle_token'][1]}"
            self.sessions.append(path)
            self._respond(message, body[0], self.session_code, {"session_handle": ("s", path)})
        elif member == "BindShortcuts":
            session, shortcuts, window, options = body
            if self.failing:
                self.bus.send(new_error(message, "org.freedesktop.portal.Error.Failed", "s", ("no provider",)))
                return
            assert session == self.sessions[-1] and session not in self.bound and window == ""
            self.bound[session] = {name: about.get("preferred_trigger", ("s", ""))[1] for name, about in shortcuts}
            given = [(name, {"trigger_description": ("s", f"<{text}>")}) for name, text in self.bound[session].items()]
            self._respond(message, options, self.bind_code, {"shortcuts": ("a(sa{sv})", given)})
            self.said.put("bound")
        elif member == "Close":
            if "/session/" in fields[HeaderFields.path]:  # and not a request, when nobody has answered
                self.closed.append(fields[HeaderFields.path])
                self.said.put("closed")
            self.bus.send(new_method_return(message))

    def _respond(self, message: Message, options: dict[str, Any], code: int, results: dict[str, Any]) -> None:
        sender = message.header.fields[HeaderFields.sender].lstrip(":").replace(".", "_")
        handle = f"{PATH}/request/{sender}/{options['handle_token'][1]}"
        self.bus.send(new_method_return(message, "o", (handle,)))
        if self.silent and "shortcuts" in results:
            return  # a dialog that nobody answers
        self.signal("Response", "ua{sv}", (code, results), handle, "org.freedesktop.portal.Request")


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bus that starts no service: the portal of a desktop installed here would outlive it."""
    address = f"unix:path={tmp_path}/bus"
    rules = tmp_path / "bus.conf"
    rules.write_text(
        f"<busconfig><type>session</type><listen>{address}</listen><policy context='default'>"
        "<allow send_destination='*'/><allow eavesdrop='true'/><allow own='*'/></policy></busconfig>"
    )
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={rules}", "--nofork", "--nopidfile", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout and daemon.stdout.readline()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def portal(bus: None) -> Iterator[Portal]:
    portal = Portal()
    yield portal
    portal.quit()


class Ears:
    """What was told."""

    def __init__(self) -> None:
        self.heard: queue.Queue[tuple[str, Purpose | None]] = queue.Queue()

    def tell(self, kind: str, purpose: Purpose | None) -> None:
        self.heard.put((kind, purpose))

    def next(self) -> tuple[str, Purpose | None]:
        return self.heard.get(timeout=5)


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def hotkeys() -> Iterator[PortalHotkeys]:
    hotkeys = PortalHotkeys()
    yield hotkeys
    hotkeys.stop()


def keys(dictate: str = "auto", command: str = "auto") -> Settings:
    return Settings(keys=KeySettings(dictate=dictate, command=command))


def started(hotkeys: PortalHotkeys, portal: Portal, ears: Ears, settings: Settings) -> None:
    hotkeys.start(settings, ears.tell)
    assert portal.said.get(timeout=5) == "bound"
    wait_until(lambda: "waiting" not in hotkeys.describe(), "the user's consent", 5)


def test_activated_and_deactivated_are_press_and_release(hotkeys: PortalHotkeys, portal: Portal, ears: Ears) -> None:
    started(hotkeys, portal, ears, keys())
    assert portal.registered == APP_ID
    assert portal.bound[portal.sessions[0]] == {
        "dictate": "CTRL+ALT+space", "command": "CTRL+ALT+Return", "insert_last": "CTRL+ALT+v",
    }  # fmt: skip
    for _ in range(3):  # some desktops repeat it
        portal.press("dictate")
    portal.release("dictate")
    portal.press("unknown")
    portal.press("command", session=f"{PATH}/session/x/other")
    portal.press("command")
    portal.release("command")
    assert [ears.next() for _ in range(4)] == [PRESS, RELEASE, COMMAND, COMMAND_END]
    assert "dictate = <CTRL+ALT+space> (hidden from programs)" in hotkeys.describe()


def test_keys_that_come_with_an_answer_of_no_are_taken(hotkeys: PortalHotkeys, portal: Portal, ears: Ears) -> None:
    portal.bind_code = 2  # GNOME 48.0
    started(hotkeys, portal, ears, keys())
    portal.press("dictate")
    assert ears.next() == PRESS and hotkeys.trouble is None


def test_without_a_command_key_only_dictation_is_asked_for(hotkeys: PortalHotkeys, portal: Portal, ears: Ears) -> None:
    started(hotkeys, portal, ears, keys("f9", "off"))
    assert portal.bound[portal.sessions[0]] == {"dictate": "F9", "insert_last": "CTRL+ALT+v"}


def test_a_key_that_the_user_has_changed_is_described(hotkeys: PortalHotkeys, portal: Portal, ears: Ears) -> None:
    started(hotkeys, portal, ears, keys("f9", "off"))
    about = [("dictate", {"trigger_description": ("s", "Press F12")})]
    portal.signal("ShortcutsChanged", "oa(sa{sv})", (portal.sessions[0], about))
    wait_until(lambda: "Press F12" in hotkeys.describe(), "the new key", 5)


def test_change_is_a_new_session_and_the_old_one_is_closed(hotkeys: PortalHotkeys, portal: Portal, ears: Ears) -> None:
    started(hotkeys, portal, ears, keys("f9", "off"))
    portal.press("dictate")
    assert ears.next() == PRESS
    portal.registered = None  # every connection says who it is
    hotkeys.change(keys("f10", "off"))
    assert ears.next() == RELEASE
    assert {portal.said.get(timeout=5), portal.said.get(timeout=5)} == {"bound", "closed"}
    assert portal.closed == portal.sessions[:1] and portal.bound[portal.sessions[1]] == {
        "dictate": "F10",
        "insert_last": "CTRL+ALT+v",
    }
    portal.press("dictate")
    assert ears.next() == PRESS
    with pytest.raises(HotkeyError):
        hotkeys.change(keys("nonsense"))
    portal.release("dictate")
    assert ears.next() == RELEASE


def test_a_user_who_says_no_is_told_as_lost_and_not_asked_again(portal: Portal, ears: Ears) -> None:
    portal.bind_code = 1
    hotkeys = WaylandHotkeys([PortalHotkeys])
    hotkeys.start(keys(), ears.tell)
    assert ears.next() == LOST
    refused = hotkeys.trouble
    assert refused and refused.code == "keys-not-allowed"
    with pytest.raises(HotkeyError) as caught:
        hotkeys.start(keys(), ears.tell)  # as the watch does that tries again
    assert caught.value is refused and len(portal.sessions) == 1
    portal.registered, portal.bind_code = None, 0
    hotkeys.start(keys("f10"), ears.tell)  # another key is another question
    wait_until(lambda: "F10" in hotkeys.describe(), "the user's consent", 5)
    assert "F10" in hotkeys.describe()
    hotkeys.stop()


def test_a_dialog_that_nobody_answers_is_not_waited_for_for_ever(
    hotkeys: PortalHotkeys, portal: Portal, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hotkeys_portal, "ASK_SECONDS", 0.2)
    portal.silent = True
    hotkeys.start(keys(), ears.tell)
    assert "waiting" in hotkeys.describe()
    assert ears.next() == LOST
    assert hotkeys.trouble and "nobody has answered" in hotkeys.trouble.message


def test_a_desktop_that_cannot_ask_is_told_as_lost_with_what_it_said(
    hotkeys: PortalHotkeys, portal: Portal, ears: Ears
) -> None:
    portal.failing = True
    hotkeys.start(keys(), ears.tell)
    assert ears.next() == LOST
    assert hotkeys.trouble and "no provider" in hotkeys.trouble.message


def test_a_desktop_that_does_not_know_us_is_bad_and_has_a_remedy(portal: Portal, ears: Ears) -> None:
    portal.unknown = True
    with pytest.raises(HotkeyError) as caught:
        WaylandHotkeys([PortalHotkeys]).start(keys(), ears.tell)
    assert caught.value.code == "no-app-id" and "dictation install" in caught.value.remedy


def test_our_menu_entry_is_there_before_the_portal_is_asked(
    hotkeys: PortalHotkeys, portal: Portal, ears: Ears, tmp_path: Path
) -> None:
    started(hotkeys, portal, ears, keys())
    assert (tmp_path / "data" / "applications" / f"{APP_ID}.desktop").exists() and "." in APP_ID


@pytest.mark.parametrize(
    "end",
    [
        lambda portal: portal.signal("Closed", "a{sv}", ({},), portal.sessions[0], "org.freedesktop.portal.Session"),
        lambda portal: portal.quit(),
    ],
    ids=["session closed", "portal gone"],
)
def test_the_end_of_the_session_is_told_once_after_the_release(
    hotkeys: PortalHotkeys, bus: None, ears: Ears, end: Callable[[Portal], None]
) -> None:
    portal = Portal()
    started(hotkeys, portal, ears, keys())
    portal.press("dictate")
    assert ears.next() == PRESS
    end(portal)
    assert [ears.next(), ears.next()] == [RELEASE, LOST]
    hotkeys.stop()
    with pytest.raises(queue.Empty):
        ears.heard.get(timeout=0.2)
    portal.quit()


def test_a_portal_that_refuses_a_session_is_no_portal(hotkeys: PortalHotkeys, portal: Portal, ears: Ears) -> None:
    portal.session_code = 2
    with pytest.raises(HotkeyError, match="refused a session"):
        hotkeys.start(keys(), ears.tell)


def test_a_bus_without_a_portal_and_no_bus_are_no_portal(
    hotkeys: PortalHotkeys, bus: None, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in (None, "", "unix:path=/nowhere", "nonsense"):
        with pytest.raises(HotkeyError) as caught:
            hotkeys.start(keys(), ears.tell)
        assert caught.value.code == "no-portal"
        if address is None:
            monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
        else:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)


@pytest.mark.parametrize(
    ("chord", "text"),
    [("ctrl+alt+space", "CTRL+ALT+space"), ("f9", "F9"), ("ctrl_r", "Control_R"), ("super", "Super_L"),
     ("super_r+page_up", "LOGO+Page_Up"), ("alt+a", "ALT+a"), ("mouse_back", "")],
)  # fmt: skip
def test_triggers_are_written_as_the_specification_says(chord: str, text: str) -> None:
    assert trigger(parse(chord)) == text


def test_the_portal_is_taken_first(portal: Portal, ears: Ears) -> None:
    hotkeys = WaylandHotkeys()
    hotkeys.start(keys("f9"), ears.tell)
    assert portal.said.get(timeout=5) == "bound"
    portal.press("dictate")
    assert ears.next() == PRESS
    assert hotkeys.describe().startswith("Wayland, desktop portal: ")
    hotkeys.stop()
    assert ears.next() == RELEASE


def test_where_nothing_works_the_remedy_is_to_bind_the_commands(bus: None, ears: Ears) -> None:
    hotkeys = WaylandHotkeys((PortalHotkeys, lambda: EvdevHotkeys(lambda known, mice: {})))
    with pytest.raises(HotkeyError) as caught:
        hotkeys.start(keys(), ears.tell)
    assert caught.value.code == "no-global-keys"
    assert "global shortcuts" in caught.value.message and "/dev/input" in caught.value.message
    assert "bindsym --release F9 exec dictation stop" in caught.value.remedy
    assert "dictation toggle" in caught.value.remedy


def test_a_wrong_key_name_is_wrong_whatever_the_way(bus: None, ears: Ears) -> None:
    with pytest.raises(HotkeyError, match="no key called"):
        WaylandHotkeys().start(keys("nonsense"), ears.tell)


def test_keys_that_are_off_are_nothing_wrong_and_may_be_switched_on(portal: Portal, ears: Ears) -> None:
    hotkeys = WaylandHotkeys()
    hotkeys.start(OFF, ears.tell)
    assert "compositor" in hotkeys.describe() and not portal.sessions
    hotkeys.change(Settings())
    assert "portal" in hotkeys.describe()
    hotkeys.stop()


def test_keys_that_are_off_need_no_portal(bus: None, ears: Ears) -> None:
    hotkeys = WaylandHotkeys((PortalHotkeys,))
    hotkeys.start(OFF, ears.tell)
    with pytest.raises(HotkeyError):
        hotkeys.change(Settings())


def test_a_portal_that_is_still_starting_is_not_taken_for_a_missing_one(portal: Portal) -> None:
    asking = desktop_portal.Portal()
    with pytest.raises(BusError, match="no answer within"):
        asking.version("RemoteDesktop", seconds=0.1)
    asking.close()


def test_an_insertion_does_not_wait_for_a_portal_to_start(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    monkeypatch.setattr(permission_portal, "SILENT_SECONDS", 0.1)
    permission = permission_portal.PortalPermission()
    permission.warm()
    with pytest.raises(InsertError) as raised:
        permission.session()
    assert raised.value.code == "typing-ended"
    permission.close()
