"""Global hotkeys by the desktop's own portal (KDE, GNOME 48 and later, Hyprland)."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dictation import APP_ID
from dictation.core.errors import HotkeyError
from dictation.core.sections import LATER
from dictation.core.settings import Settings
from dictation.core.types import Purpose
from dictation.desktop.display.portal import CANCELLED
from dictation.desktop.hotkeys.chords import Bindings, Chord, base, bindings
from dictation.desktop.hotkeys.hotkeys_feed import Tell, not_listening
from dictation.desktop.session import desktop_entry
from dictation.desktop.typing.keycodes_linux import KEYSYMS

PREFERRED = ("ctrl+alt+space", "ctrl+alt+enter", "f9")
"""What ``auto`` wishes for: not Right Ctrl, because desktops take no bare modifier for a shortcut."""

_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_ANSWER_SECONDS = 5.0
_NOBODY = tuple(f"org.freedesktop.DBus.Error.{each}" for each in ("ServiceUnknown", "NameHasNoOwner", "Spawn"))
"""Errors of the bus where nobody has the name and nobody can be started for it."""

ASK_SECONDS = 120.0
"""So long the desktop's dialog may stand there. Who has not answered by then does not see one, or has gone."""

_SENTENCES = {Purpose.DICTATE: "Hold to dictate", Purpose.COMMAND: "Hold to say a shell command"}
_ACTIONS = {
    "insert_last": "Insert the last text", "undo": "Take the last text back", "raw": "Swap the last text and as heard",
    "teach": "Learn from the selected words", "history": "Open the history", "pause": "Pause or go on",
}  # fmt: skip
_MODIFIERS = {"ctrl": "CTRL", "alt": "ALT", "shift": "SHIFT", "super": "LOGO"}
_log = logging.getLogger(__name__)


class PortalHotkeys:
    """The port ``Hotkeys`` by org.freedesktop.portal.GlobalShortcuts (KDE Plasma, GNOME 48 and later, Hyprland).

    The desktop asks the user and may give other keys than ours, which are only a wish. It tells of no other key, so
    ``other`` and ``escape`` are never told: one cancels by ``dictation cancel`` or the tray.
    """

    def __init__(self) -> None:
        self.unbound: HotkeyError | None = None
        self.trouble: HotkeyError | None = None
        """Why the keys are not heard although the portal is there: refused, or nobody has answered."""
        self._session: _Session | None = None
        self._tell: Tell | None = None

    def start(self, settings: Settings, tell: Tell) -> None:
        """See the port. Returns before the user has agreed; ``lost`` is told if they do not."""
        self.stop()
        self.trouble = None
        self._session = _Session(_bound(settings), tell, self._ended)
        self._tell = tell

    def change(self, settings: Settings) -> None:
        """See the port. A session is bound once, so this is a new one; the old one ends when it stands."""
        if self._session is None or self._tell is None:
            raise not_listening()
        bound = _bound(settings)
        if bound == self._session.bound:
            return  # a new session asks the user anew
        fresh = _Session(bound, self._tell, self._ended)
        self.trouble = None
        self._session.close()
        self._session = fresh

    def stop(self) -> None:
        """See the port."""
        if self._session:
            self._session.close()
            self._session = None

    def key_name(self) -> str:
        """See the port; the desktop knows it and we do not."""
        return ""

    def describe(self) -> str:
        """See the port."""
        if self.trouble:
            return f"desktop portal: {self.trouble.message}"
        return f"desktop portal: {self._session.describe() if self._session else 'not listening'}"

    def _ended(self, why: HotkeyError) -> None:
        self.trouble = why


class _Session:
    """One session of the portal, from its creation until it is closed, and the thread that hears it."""

    def __init__(self, bound: Bindings, tell: Tell, refused: Callable[[HotkeyError], None]) -> None:
        """``refused`` is told, before ``lost``, why the user's desktop gives no keys. Raises HotkeyError when there is
        no such portal, or one that does not know us."""
        self._refused = refused
        self.bound = self._bound = bound
        self._tell_app = tell
        self._held: set[Purpose] = set()
        self._given: dict[str, str] | None = None
        self._closed = False
        self._signals: deque[Any] = deque()
        try:
            self._connect()
        # jeepney raises KeyError without a bus, StopIteration or ValueError for an address it cannot use
        except (OSError, LookupError, StopIteration, RuntimeError, ValueError) as why:
            raise _no_portal(f"{type(why).__name__}: {why}") from why
        threading.Thread(target=self._run, name="hotkeys-portal", daemon=True).start()

    def describe(self) -> str:
        """The keys that the user has agreed to, or that they have not yet."""
        if self._given is None:
            return "waiting for you to allow the keys in the desktop's dialog"
        return ", ".join(
            f"{purpose.value} = {self._given.get(purpose.value) or 'not set, see the desktop settings'}"
            f" (hidden from programs)"
            for purpose in self._bound.hotkeys
        )

    def close(self) -> None:
        """Give the keys back; what is held is released."""
        from jeepney import DBusAddress, new_method_call

        self._closed = True
        address = DBusAddress(self._path, _NAME, "org.freedesktop.portal.Session")
        with contextlib.suppress(OSError):
            self._bus.send(new_method_call(address, "Close"))
            self._bus.sock.shutdown(socket.SHUT_RDWR)  # wakes the thread, which closes it

    def _connect(self) -> None:
        from jeepney import MatchRule, message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._bus = open_dbus_connection("SESSION")
        try:
            self._bus.filter(MatchRule(type="signal"), queue=self._signals)
            for rule in (
                MatchRule(type="signal", sender=_NAME, path_namespace=_PATH),
                MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged"),
            ):
                self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=_ANSWER_SECONDS)
            self._register()
            self._open()
        except BaseException:
            self._bus.close()
            raise

    def _register(self) -> None:
        """Say who we are. Raises HotkeyError where that is asked for and fails: GNOME then shows no dialog, ever."""
        from jeepney import DBusAddress, MessageType, new_method_call

        address = DBusAddress(_PATH, _NAME, "org.freedesktop.host.portal.Registry")
        desktop_entry.known()
        call = new_method_call(address, "Register", "sa{sv}", (APP_ID, {}))
        reply = self._bus.send_and_get_reply(call, timeout=_ANSWER_SECONDS)
        error = _field(reply, "error_name")
        # Before 1.19.4 there is no such method, and the portal finds out by itself who we are.
        if reply.header.message_type is MessageType.error and ".Unknown" not in error:
            said = str(reply.body[0]) if reply.body else error
            if error.startswith(_NOBODY):
                raise _no_portal(said)
            raise HotkeyError(
                "no-app-id", f"The desktop does not know Dictation by its menu entry {APP_ID}.desktop ({said})",
                "Run `dictation install`, then start Dictation again.",
            )  # fmt: skip

    def _open(self) -> None:
        number = f"dictation{os.getpid()}_{id(self):x}"
        options = {"handle_token": ("s", f"{number}_1"), "session_handle_token": ("s", number)}
        handle = self._call("CreateSession", "a{sv}", (options,))
        while True:
            signal = self._bus.recv_until_filtered(self._signals, timeout=_ANSWER_SECONDS)
            if _field(signal, "path") == handle:
                break
        code, results = signal.body
        if code:
            raise _no_portal(f"it refused a session (code {code})")
        self._path = _text(results, "session_handle")
        wishes = [(purpose.value, _wish(_SENTENCES[purpose], c)) for purpose, c in self._bound.hotkeys.items()]
        wishes += [(name, _wish(_ACTIONS[name], chord)) for name, chord in self._bound.actions.items()]
        # The answer may take minutes: it comes when the user has closed a dialog.
        arguments = (self._path, wishes, "", {"handle_token": ("s", f"{number}_2")})
        self._asked = self._call("BindShortcuts", "oa(sa{sv})sa{sv}", arguments)

    def _call(self, member: str, signature: str, body: tuple[Any, ...], interface: str = _SHORTCUTS) -> str:
        """The first thing answered, as text. Raises HotkeyError when the answer is an error."""
        from jeepney import DBusAddress, MessageType, new_method_call

        call = new_method_call(DBusAddress(_PATH, _NAME, interface), member, signature, body)
        reply = self._bus.send_and_get_reply(call, timeout=_ANSWER_SECONDS)
        if reply.header.message_type is MessageType.error:
            raise _no_portal(str(reply.body[0]) if reply.body else _field(reply, "error_name"))
        return str(reply.body[0]) if reply.body else ""

    def _run(self) -> None:
        try:
            end = time.monotonic() + ASK_SECONDS
            while True:
                left = None if self._given is not None else max(end - time.monotonic(), 0.0)
                self._hear(self._bus.recv_until_filtered(self._signals, timeout=left))
        except TimeoutError:
            self._refused(_not_allowed(f"nobody has answered the desktop's dialog within {ASK_SECONDS:g} s"))
            self._tell("lost", None)
        except Exception as why:  # noqa: BLE001 - a closed bus, a refusal, an answer that is no answer
            for purpose in tuple(self._held):
                self._tell("release", purpose)
            if not self._closed:
                _log.warning("hotkeys lost: %r", why)
                self._tell("lost", None)
        finally:
            self._bus.close()

    def _hear(self, signal: Any) -> None:
        """Take in one signal. Raises ConnectionError when it means that the session has ended."""
        member, path = _field(signal, "member"), _field(signal, "path")
        if member == "Response" and path == self._asked:
            code, results = signal.body
            given = results["shortcuts"][1] if "shortcuts" in results else []
            if code and not (code != CANCELLED and given):  # GNOME 48.0 answers 2 and gives them all the same
                self._refused(_not_allowed(f"the desktop answered no, code {code}"))
                raise ConnectionError(f"the keys were not allowed (code {code})")
            self._note(given)
        elif member == "ShortcutsChanged" and signal.body[0] == self._path:
            self._note(signal.body[1])
        elif member in ("Activated", "Deactivated") and signal.body[0] == self._path:
            self._key(signal.body[1], member == "Activated")
        elif (member == "Closed" and path == self._path) or (
            member == "NameOwnerChanged" and signal.body[0] == _NAME and not signal.body[2]
        ):
            raise ConnectionError("the desktop ended the session")

    def _note(self, shortcuts: list[tuple[str, Mapping[str, Any]]]) -> None:
        self._given = {name: _text(about, "trigger_description") for name, about in shortcuts}

    def _key(self, name: str, down: bool) -> None:
        if down and name in self._bound.actions:
            self._tell(name, None)
        purpose = next((each for each in self._bound.hotkeys if each.value == name), None)
        if purpose and down != (purpose in self._held):
            (self._held.add if down else self._held.discard)(purpose)
            self._tell("press" if down else "release", purpose)

    def _tell(self, kind: str, purpose: Purpose | None) -> None:
        try:
            self._tell_app(kind, purpose)
        except Exception as why:  # noqa: BLE001 - the app's mistake must not cost the user the hotkeys
            _log.error("%s was not taken: %r", kind, why)


def trigger(chord: Chord) -> str:
    """As https://specifications.freedesktop.org/shortcuts/latest wants it: ``CTRL+ALT+space``; empty for a mouse."""
    key = chord.key if chord.key in KEYSYMS or chord.mouse else f"{chord.key}_l"
    return "" if chord.mouse else "+".join([*(_MODIFIERS[base(each)] for each in chord.modifiers), KEYSYMS[key]])


def _bound(settings: Settings) -> Bindings:
    """What the settings ask for; a key that is offered now and then is bound always: each change asks the user."""
    keys = settings.keys
    return bindings(replace(keys, insert_last="auto") if keys.insert_last == LATER else keys, PREFERRED)


def _wish(sentence: str, chord: Chord) -> dict[str, tuple[str, str]]:
    wish = {"description": ("s", sentence)}
    return wish | ({"preferred_trigger": ("s", trigger(chord))} if trigger(chord) else {})


def _text(about: Mapping[str, Any], key: str) -> str:
    return str(about[key][1]) if key in about else ""


def _field(message: Any, name: str) -> str:
    from jeepney import HeaderFields

    return str(message.header.fields.get(HeaderFields[name], ""))


def _not_allowed(why: str) -> HotkeyError:
    return HotkeyError(
        "keys-not-allowed", f"The desktop has not given Dictation its keys ({why})",
        "Start Dictation again and allow them in the desktop's dialog, or run `dictation install --shortcut`.",
    )  # fmt: skip


def _no_portal(why: str) -> HotkeyError:
    return HotkeyError(
        "no-portal",
        f"The desktop offers no global shortcuts to programs ({why})",
        "Run `dictation install --shortcut`: it binds `dictation toggle` to a key of the desktop's.",
    )
