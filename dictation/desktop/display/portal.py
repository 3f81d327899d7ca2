"""Talks to the desktop's portal (org.freedesktop.portal.Desktop): requests that a person answers, and its signals."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import queue
import threading
from collections.abc import Callable, Mapping
from typing import Any

from dictation import APP_ID
from dictation.desktop.display.session_bus import LATE, BusError, SessionBus, field

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
PORTAL = "org.freedesktop.portal."
_REGISTRY = "org.freedesktop.host.portal.Registry"

START_SECONDS = 25.0
"""So long the bus itself waits for a service that it starts; after a cold login a portal has taken more than 5 s."""

_CANCELLED = 1
_NOBODY = tuple(f"org.freedesktop.DBus.Error.{each}" for each in ("NameHasNoOwner", "Spawn", "NoReply"))
"""Errors of the bus where nobody has the name, can be started for it, or answers: the next call says so too."""

_numbers = itertools.count(1)
_log = logging.getLogger(__name__)


class PortalRefused(BusError):
    """The answer to a request was no. ``by_user``: somebody pressed Cancel. ``results`` came with it all the same."""

    def __init__(self, what: str, code: int, results: Mapping[str, Any] | None = None) -> None:
        self.by_user, self.code, self.results = code == _CANCELLED, code, results or {}
        super().__init__(f"{what}: {'cancelled in the dialog' if self.by_user else f'refused (code {code})'}")


class Portal:
    """One connection to the portal. ``hear`` gets its signals (member, path, arguments), one by one, in a thread of
    its own, which may call. ``gone`` is told when the portal has ended or the bus was lost."""

    def __init__(
        self,
        hear: Callable[[str, str, tuple[Any, ...]], None] = lambda *_: None,
        gone: Callable[[], None] = lambda: None,
    ) -> None:
        """Raises BusError where there is no session bus."""
        self._hear, self._gone = hear, gone
        self._answers: dict[str, queue.SimpleQueue[tuple[int, dict[str, Any]] | None]] = {}
        self._signals: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._bus = SessionBus(self._take, lambda: self._signals.put(None), files=True)
        self._registered = ""
        try:
            self._bus.listen(sender=NAME)
            self._bus.listen(sender="org.freedesktop.DBus", member="NameOwnerChanged")
        except BusError:
            self._bus.close()
            raise
        threading.Thread(target=self._deal, name="portal", daemon=True).start()

    def call(self, portal: str, member: str, signature: str = "", *body: object, path: str = PATH) -> tuple[Any, ...]:
        """What a method of a portal answers at once. Raises BusError."""
        interface = portal if portal.startswith("org.") else PORTAL + portal
        return self._bus.call((NAME, path, interface), member, signature, *body)

    def request(
        self, portal: str, member: str, signature: str, *body: object,
        options: Mapping[str, object] | None = None, seconds: float = 10.0,
    ) -> dict[str, Any]:  # fmt: skip
        """The results of a method that answers later, maybe after a dialog. Raises BusError, PortalRefused."""
        token = unique()
        mine = self._bus.name.lstrip(":").replace(".", "_")
        handle = f"{PATH}/request/{mine}/{token}"
        answers: queue.SimpleQueue[tuple[int, dict[str, Any]] | None] = queue.SimpleQueue()
        self._answers[handle] = answers  # before the call: the answer may come before its return
        try:
            self.call(portal, member, signature, *body, {**(options or {}), "handle_token": ("s", token)})
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            with contextlib.suppress(BusError):
                self.call("Request", "Close", path=handle)
            raise BusError(f"{member}: nobody answered within {seconds:g} s", LATE) from None
        finally:
            self._answers.pop(handle, None)
        if answer is None:
            raise BusError(f"{member}: the portal has ended")
        code, results = answer
        if code:
            raise PortalRefused(member, code, results)
        return results

    def version(self, portal: str, seconds: float = START_SECONDS) -> int:
        """Of a portal; 0 where this desktop has it not. Raises BusError where nobody answers within ``seconds``."""
        try:
            return int(self._bus.get((NAME, PATH, PORTAL + portal), "version", seconds))
        except BusError as why:
            if why.name == LATE:
                raise
            return 0

    def register(self) -> str:
        """Say who we are; why that failed, and empty where it did not or is not known (before 1.19.4)."""
        try:
            self.call(_REGISTRY, "Register", "sa{sv}", APP_ID, {})
        except BusError as why:
            unknown = "Unknown" in why.name or "already" in str(why) or why.name.startswith(_NOBODY)
            return "" if unknown else str(why)
        return ""

    def close(self) -> None:
        """Hang up: every session ends. Never raises."""
        self._bus.close()
        self._signals.put(None)

    def _take(self, message: Any) -> None:
        member, path = field(message, "member"), field(message, "path")
        if member == "Response":
            if answers := self._answers.get(path):
                code, results = message.body
                answers.put((code, {name: value for name, (_, value) in results.items()}))
        else:
            self._signals.put((member, path, message.body))

    def _deal(self) -> None:
        while (signal := self._signals.get()) is not None:
            member, path, body = signal
            if member == "NameOwnerChanged":
                if body[0] == NAME and not body[2]:
                    break
                continue
            try:
                self._hear(member, path, body)
            except Exception as why:  # noqa: BLE001 - one odd signal must not end the session
                _log.warning("portal signal %s: %r", member, why)
        for waiting in list(self._answers.values()):
            waiting.put(None)
        self._gone()


def unique() -> str:
    """A token that no other request or session of ours has."""
    return f"dictation{os.getpid()}_{next(_numbers)}"
