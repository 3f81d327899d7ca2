"""What the keys do that are not held to speak, and when the one that does what the pill offers is listened for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Protocol

from dictation.core.errors import HotkeyError, UsageError
from dictation.core.events import Asked
from dictation.core.sections import LATER, KeySettings
from dictation.core.settings import Settings
from dictation.core.types import Event, Failed, Finished, Held, Outcome, Silent

OFF = KeySettings(dictate="off", command="off", cancel="off", insert_last="off", undo="off", raw="off", teach="off",
                  history="off")  # fmt: skip


class Texts(Protocol):
    """What may be done about the last text."""

    def insert_last(self) -> object: ...
    def anyway(self) -> object: ...
    def undo(self) -> object: ...
    def raw(self) -> object: ...
    def teach(self) -> object: ...


class Bound(Protocol):
    """What listens for the keys."""

    def pause(self, yes: bool) -> None: ...
    def paused(self) -> bool: ...

    def again(self) -> None:
        """Listen for the keys anew. Raises HotkeyError."""


class Offers:
    """Told of every key and every event, from any thread; acts in the worker's turn, as an action may bind keys."""

    def __init__(
        self, texts: Texts, keys: Bound, run: Callable[[Callable[[], object]], object], tell: Callable[[Event], None]
    ) -> None:
        """``run`` does a job in its turn, and tells what it raises."""
        self._texts, self._keys, self._run, self._tell = texts, keys, run, tell
        self._offered = ""

    def press(self, action: str) -> None:
        """The key of an action was pressed."""
        self._run(lambda: self._do(action))

    def hear(self, event: Event) -> None:
        """An utterance that ended may leave something to be offered."""
        if isinstance(event, Finished):
            before, self._offered = self._offered, offered(event.outcome)
            if bool(before) != bool(self._offered):
                self._run(self._listen)

    def bound(self, settings: Settings, paused: bool) -> Settings:
        """The settings with the keys that are listened for now: while paused the one that ends that, and no other."""
        keys = settings.keys
        if paused:
            keys = dataclasses.replace(OFF, pause=keys.pause, mode=keys.mode, tap_ms=keys.tap_ms)
        elif keys.insert_last == "auto" and not self._offered:
            keys = dataclasses.replace(keys, insert_last=LATER)
        return dataclasses.replace(settings, keys=keys)

    def _listen(self) -> None:
        try:
            self._keys.again()
        except HotkeyError:
            self._offered = ""  # another program has that key: the pill and the tray do the same

    def _do(self, action: str) -> None:
        match action:
            case "insert_last" if self._offered in ("download", "anyway"):
                if self._offered == "download":
                    self._tell(Asked("download"))
                else:
                    self._texts.anyway()
            case "insert_last":
                self._texts.insert_last()
            case "undo":
                self._texts.undo()
            case "raw":
                self._texts.raw()
            case "teach":
                self._texts.teach()
            case "pause":
                self._keys.pause(not self._keys.paused())
            case "history":
                self._tell(Asked("history"))
            case _:
                raise UsageError("no-such-action", f"No key does {action!r}", "See `dictation config list`.")


def offered(outcome: Outcome) -> str:
    """What is to be done about how an utterance ended: insert, anyway, download; empty when nothing is."""
    match outcome:
        case Held() | Failed() if outcome.text:
            return "insert"
        case Failed(error=error) if error.code == "no-model":
            return "download"
        case Silent(note=""):
            return "anyway"
    return ""
