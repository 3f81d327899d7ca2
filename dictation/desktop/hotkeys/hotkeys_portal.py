"""Global hotkeys by the desktop's own portal (KDE, GNOME 48 and later, Hyprland)."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dictation import APP_ID
from dictation.core.errors import HotkeyError
from dictation.core.sections import LATER
from dictation.core.settings import Settings
from dictation.core.types import Purpose
from dictation.desktop.display.portal import Portal, PortalRefused, unique
from dictation.desktop.display.session_bus import LATE, BusError
from dictation.desktop.hotkeys.chords import Bindings, Chord, base, bindings
from dictation.desktop.hotkeys.hotkeys_feed import Tell, not_listening
from dictation.desktop.session import desktop_entry
from dictation.desktop.typing.keycodes_linux import KEYSYMS

PREFERRED = ("ctrl+alt+space", "ctrl+alt+enter", "f9")
"""What ``auto`` wishes for: not Right Ctrl, because desktops take no bare modifier for a shortcut."""

_SHORTCUTS = "GlobalShortcuts"
_ANSWER_SECONDS = 5.0

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
    """One session of the portal, from its creation until it is closed, and the threads that hear it."""

    def __init__(self, bound: Bindings, tell: Tell, refused: Callable[[HotkeyError], None]) -> None:
        """``refused`` is told, before ``lost``, why the user's desktop gives no keys. Raises HotkeyError when there is
        no such portal, or one that does not know us."""
        self._refused = refused
        self.bound = bound
        self._tell_app = tell
        self._lock = threading.Lock()
        self._held: set[Purpose] = set()
        self._given: dict[str, str] | None = None
        self._closed = self._over = False
        self._path = ""
        try:
            self._portal = Portal(self._hear, self._end)
        except BusError as why:
            raise _no_portal(str(why)) from why
        try:
            self._open()
        except BaseException:
            self._closed = True
            self._portal.close()
            raise
        threading.Thread(target=self._bind, name="hotkeys-portal", daemon=True).start()

    def describe(self) -> str:
        """The keys that the user has agreed to, or that they have not yet."""
        if self._given is None:
            return "waiting for you to allow the keys in the desktop's dialog"
        return ", ".join(
            f"{purpose.value} = {self._given.get(purpose.value) or 'not set, see the desktop settings'}"
            f" (hidden from programs)"
            for purpose in self.bound.hotkeys
        )

    def close(self) -> None:
        """Give the keys back; what is held is released."""
        self._closed = True
        with contextlib.suppress(BusError):
            self._portal.call("org.freedesktop.portal.Session", "Close", path=self._path)
        self._portal.close()

    def _open(self) -> None:
        """Say who we are and make a session. Raises HotkeyError, also where the desktop does not know us: GNOME then
        shows no dialog, ever."""
        desktop_entry.known()
        if why := self._portal.register():
            raise HotkeyError(
                "no-app-id", f"The desktop does not know Dictation by its menu entry {APP_ID}.desktop ({why})",
                "Run `dictation install`, then start Dictation again.",
            )  # fmt: skip
        wanted = {"session_handle_token": ("s", unique())}
        try:
            made = self._portal.request(_SHORTCUTS, "CreateSession", "a{sv}", options=wanted, seconds=_ANSWER_SECONDS)
        except PortalRefused as no:
            raise _no_portal(f"it refused a session: {no}") from no
        except BusError as no:
            raise _no_portal(str(no)) from no
        self._path = str(made["session_handle"])

    def _bind(self) -> None:
        """Ask for the keys and wait until the user has closed the dialog: in a thread of its own."""
        wishes = [(purpose.value, _wish(_SENTENCES[purpose], c)) for purpose, c in self.bound.hotkeys.items()]
        wishes += [(name, _wish(_ACTIONS[name], chord)) for name, chord in self.bound.actions.items()]
        asked = (_SHORTCUTS, "BindShortcuts", "oa(sa{sv})sa{sv}", self._path, wishes, "")
        try:
            given = self._portal.request(*asked, seconds=ASK_SECONDS).get("shortcuts", [])
        except PortalRefused as no:
            given = no.results.get("shortcuts", [])  # GNOME 48.0 answers 2 and gives them all the same
            if no.by_user or not given:
                self._end(_not_allowed(f"the desktop answered no, code {no.code}"))
                return
        except BusError as why:
            late = f"nobody has answered the desktop's dialog within {ASK_SECONDS:g} s"
            # Without a name the portal itself has ended, and may be asked again.
            self._end(_not_allowed(late if why.name == LATE else str(why)) if why.name else None)
            return
        self._note(given)

    def _end(self, why: HotkeyError | None = None) -> None:
        """There is no session any more, because no key is given (``why``) or the desktop has ended it."""
        with self._lock:
            was, self._over = self._over, True
        if was:
            return
        for purpose in tuple(self._held):
            self._tell("release", purpose)
        if not self._closed:
            _log.warning("hotkeys lost: %s", why.message if why else "the desktop ended the session")
            if why:
                self._refused(why)
            self._tell("lost", None)
            self._portal.close()

    def _hear(self, member: str, path: str, body: tuple[Any, ...]) -> None:
        """Take in one signal of the portal's."""
        if member == "Closed" and path == self._path:
            self._end()
        elif body and body[0] == self._path:
            if member == "ShortcutsChanged":
                self._note(body[1])
            elif member in ("Activated", "Deactivated"):
                self._key(body[1], member == "Activated")

    def _note(self, shortcuts: list[tuple[str, Mapping[str, Any]]]) -> None:
        self._given = {name: _text(about, "trigger_description") for name, about in shortcuts}

    def _key(self, name: str, down: bool) -> None:
        if down and name in self.bound.actions:
            self._tell(name, None)
        purpose = next((each for each in self.bound.hotkeys if each.value == name), None)
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
