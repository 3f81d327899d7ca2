"""The one session in which the desktop lets us press keys (the RemoteDesktop portal), and the token that keeps it."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dictation.core.errors import DictationError, InsertError
from dictation.desktop.clipboard.selection_portal import PortalSelection
from dictation.desktop.display.portal import START_SECONDS, Portal, PortalRefused
from dictation.desktop.display.session_bus import BusError
from dictation.desktop.store.folders import write_whole
from dictation.desktop.typing.session_portal import KeySession, ended

ASK_SECONDS = 300.0
"""So long a dialog may stand there before it counts as not answered."""

SILENT_SECONDS = 3.0
"""So long an insertion waits for a session that needs no dialog. Measured: 2 to 7 ms, on a busy machine below 1 s."""

Told = Callable[[DictationError | None], None]
"""Called with None when keys may be pressed, or with why not."""


class PortalPermission:
    """May be used from any thread. A session is for the life of the app; one that has ended is opened again by the next
    text where the desktop needs no dialog for that. A dialog takes the cursor away from the text, so it is only ever
    brought up by ``ask``.
    """

    def __init__(self, file: Path | None = None) -> None:
        """``file`` keeps the token, for this user alone; None keeps none."""
        self._file = file
        self._lock = threading.Lock()
        self._session: KeySession | None = None
        self._over = False
        self._version = 0
        self._failed: InsertError | None = None
        self._asked = False

    def ask(self, told: Told = lambda _: None) -> None:
        """Open the session in the background, with a dialog if the desktop wants one; ``told`` hears how that ended."""

        def go() -> None:
            try:
                self._open(ASK_SECONDS, may_ask=True)
            except InsertError as error:
                told(error)
            else:
                told(None)

        threading.Thread(target=go, name="permission", daemon=True).start()

    def ask_unless_refused(self, told: Told = lambda _: None) -> None:
        """The same, except that who has said no once is not asked at every start."""
        if _read(self._file).get("refused"):
            told(None)
        else:
            self.ask(told)

    def warm(self) -> None:
        """Open the session in the background if that needs no dialog. Returns at once; never raises."""
        if self._session is None and self.silent():
            threading.Thread(target=self._warm, name="permission", daemon=True).start()

    def session(self) -> KeySession:
        """The open session. Raises InsertError that says what the user can do."""
        if (session := self._session) is not None:
            return session
        if self._asked:
            raise InsertError(
                "typing-asks", "The desktop asks whether Dictation may press keys, and waits for an answer",
                "Switch on remote interaction in its dialog.",
            )  # fmt: skip
        if not self.silent():
            self._probe(SILENT_SECONDS)
            raise self._failed or (_refused() if _read(self._file).get("refused") else _not_yet())
        return self._open(SILENT_SECONDS, may_ask=False)

    @property
    def open(self) -> KeySession | None:
        """The session in force; None where there is none."""
        return self._session

    def selection(self) -> PortalSelection | None:
        """The clipboard of the session in force; None where there is none, or none was granted."""
        session = self._session
        return session.selection if session else None

    def silent(self) -> bool:
        """Whether a session may be had without a dialog: with a token, or where this desktop never asks."""
        return bool(_read(self._file).get("token")) or _never_asks()

    def describe(self) -> str:
        """One line for ``doctor``: versions, the token, the clipboard. Raises InsertError where there is no portal."""
        with _portal() as portal:
            try:
                version, clipboard = portal.version("RemoteDesktop"), portal.version("Clipboard")
            except BusError as why:
                raise _no_portal(str(why)) from why
        if not version:
            raise _no_portal("it has no RemoteDesktop interface")
        known = _read(self._file)
        if _never_asks():
            allowed = "which asks nobody here"
        elif version < 2:
            allowed = "which asks at every start of the app and keeps no token"
        elif known.get("token"):
            allowed = "allowed for good"
        else:
            allowed = "you said no" if known.get("refused") else "not allowed yet"
        granted = "" if not clipboard else f", Clipboard portal {clipboard}"
        if clipboard and "clipboard" in known:
            granted += " (granted)" if known["clipboard"] else " (not granted)"
        return f"RemoteDesktop portal {version} ({allowed}){granted}"

    def close(self) -> None:
        """End the session. Never raises."""
        self._over = True  # not under the lock, which is held for as long as a dialog stands there
        session, self._session = self._session, None
        if session:
            session.close()

    def _probe(self, seconds: float) -> None:
        """Raises InsertError where there is no such portal at all, or none that answers within ``seconds``."""
        if not self._version:
            with _portal() as portal:
                try:
                    self._version = portal.version("RemoteDesktop", seconds)
                except BusError as why:
                    raise ended(str(why)) from why
        if not self._version:
            raise _no_portal("it has no RemoteDesktop interface")

    def _warm(self) -> None:
        with contextlib.suppress(InsertError):
            self._open(START_SECONDS, may_ask=False)

    def _open(self, seconds: float, may_ask: bool) -> KeySession:
        if not self._lock.acquire(timeout=seconds):
            raise ended("its portal is being started")
        try:
            return self._opened(seconds, may_ask)
        finally:
            self._lock.release()

    def _opened(self, seconds: float, may_ask: bool) -> KeySession:
        if self._session is not None:
            return self._session
        self._probe(START_SECONDS if may_ask else seconds)
        known = _read(self._file)
        token = str(known.get("token") or "")
        self._asked = may_ask and not self.silent()
        try:
            session = KeySession(token, seconds, self._ended)
            if token and known.get("clipboard") and session.selection is None:
                # So it comes back after the portal of GNOME 48.0 has crashed, without a dialog that could mend it.
                session.token = ""
                if may_ask:
                    session.close()
                    session = KeySession("", seconds, self._ended)
        except PortalRefused as why:
            if why.by_user:
                self._keep({"refused": True})
            self._failed = _refused() if why.by_user else ended(str(why))
            raise self._failed from why
        except BusError as why:
            self._failed = ended(str(why))
            raise self._failed from why
        finally:
            self._asked = False
        if self._over:
            session.close()
            raise ended("Dictation ends")
        self._session, self._failed = session, None
        self._keep({"token": session.token, "clipboard": session.selection is not None})
        return session

    def _ended(self, session: KeySession, why: str) -> None:
        """The desktop has ended it: the portal died, the screen was locked, or the user pressed stop."""
        if self._session is session:
            self._session, self._failed = None, ended(why)

    def _keep(self, known: dict[str, object]) -> None:
        if self._file is not None and known != _read(self._file):
            with contextlib.suppress(DictationError, OSError):
                write_whole(self._file, json.dumps(known))


@contextlib.contextmanager
def _portal() -> Any:
    try:
        portal = Portal()
    except BusError as why:
        raise _no_portal(str(why)) from why
    try:
        yield portal
    finally:
        portal.close()


def _never_asks() -> bool:
    """KWin 5.27's portal lets every program of the host press keys; KWin 6 asks, and gives a token."""
    return "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":") and (
        os.environ.get("KDE_SESSION_VERSION", "5") == "5"
    )


def _read(file: Path | None) -> dict[str, Any]:
    try:
        known = json.loads(file.read_text(encoding="utf-8")) if file else {}
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _no_portal(why: str) -> InsertError:
    return InsertError("no-typing-portal", f"This desktop has no portal that presses keys ({why})", "Install ydotool.")


def _not_yet() -> InsertError:
    return InsertError(
        "typing-not-allowed",
        "You have not allowed Dictation to press keys yet",
        "Run `dictation allow`, and switch on remote interaction in the desktop's dialog.",
    )


def _refused() -> InsertError:
    return InsertError(
        "typing-refused",
        "You did not allow Dictation to press keys",
        "Run `dictation allow`, and switch on remote interaction in the desktop's dialog.",
    )
