"""The desktop's permission to press keys: asked for when the app starts, and when the user wants it."""

from __future__ import annotations

import threading

from dictation.app.board import Board
from dictation.app.verbs import doctor_verb
from dictation.core.errors import DictationError
from dictation.core.ports import Hotkeys, Recovers, Typist
from dictation.core.types import Notice
from dictation.desktop import choose


class Permission:
    """Asks for it, for the typist in use."""

    def __init__(self, typist: Typist, hotkeys: Hotkeys, board: Board) -> None:
        """What the user should know of it is told to ``board``."""
        self._typist, self._hotkeys, self._board = typist, hotkeys, board

    def allow(self) -> PendingPermission:
        """See ``controls.RoomControls``."""
        asked = PendingPermission()
        choose.allow(self._typist, asked.told)
        return asked

    def asks(self) -> bool:
        """See ``controls.RoomControls``."""
        return choose.asks(self._typist)

    def finding(self, part: str) -> dict[str, object]:
        """What `dictation doctor` says of ``typing`` or ``hotkeys``: the desktop's permissions are this process'."""
        if part == "hotkeys":
            return doctor_verb.check(part, lambda: doctor_verb.hearing(self._hotkeys))
        return doctor_verb.check(part, lambda: doctor_verb.typing(self._typist, choose.session()))

    def ready(self) -> None:
        """At the start: what an app that died had borrowed goes back, and the desktop is asked, as its dialog takes the
        cursor from no text now. Who has said no is not asked again."""

        def told(error: DictationError | None) -> None:
            if error and error.code != "no-typing-portal":  # nothing to be allowed; `dictation doctor` has the remedy
                self._board.tell(Notice(error))

        if isinstance(self._typist, Recovers):
            self._typist.recover()
        choose.allow(self._typist, told, first=True)


class PendingPermission:
    """Keeps the promise of ``ports.Pending``: over when the user has answered the desktop's dialog."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._error: DictationError | None = None

    def told(self, error: DictationError | None) -> None:
        """How it ended."""
        self._error = error
        self._over.set()

    def wait(self, seconds: float) -> None:
        """See ``Pending``."""
        if not self._over.wait(seconds):
            raise DictationError(
                "still-asking", "The desktop's dialog was not answered yet", "Answer it, then see `dictation doctor`."
            )
        if self._error is not None:
            raise self._error
