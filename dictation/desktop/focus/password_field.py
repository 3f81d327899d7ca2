"""Whether the cursor is in a field for a password: a terminal that shows nothing, or a field that says it is one."""

from __future__ import annotations

import contextlib
import time
from typing import Any

from dictation.core.types import Target
from dictation.desktop.prompt.shell_prompt import Prompts

ASK_SECONDS = 0.05
"""Who dictates waits for the answer."""

_ACCESSIBLE, _COLLECTION = "org.a11y.atspi.Accessible", "org.a11y.atspi.Collection"
_ROOT = "/org/a11y/atspi/accessible/root"
_PASSWORD_TEXT, _FOCUSED = 40, 12
"""Numbers of a role and of a state in AT-SPI (atspi-constants.h)."""

_ALL, _ANY, _NONE_SORTED = 1, 2, 1


def why_secret(target: Target, prompts: Prompts) -> str:
    """A sentence; empty where it is no such field, and where nobody says. At most some 50 ms; never raises."""
    if target.terminal:
        seen = prompts.look(target)
        return seen.why if seen.state == "password" and seen.certain else ""
    if target.pid and _focused_password(target.pid):
        return "The cursor is in a field for a password"
    return ""


def _focused_password(pid: int) -> bool:
    """Whether the accessibility bus knows a password field of the program that has the cursor.

    GTK programs are on that bus always, Qt's and browsers only while assistive technology is in use.
    """
    try:
        import jeepney
    except ImportError:  # Linux alone has it
        return False
    end = time.monotonic() + ASK_SECONDS
    with contextlib.suppress(OSError, KeyError, ValueError, TimeoutError, jeepney.DBusErrorResponse):
        with bus_to("SESSION", end) as session:
            (address,) = session.ask("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        with bus_to(address, end) as bus:
            registry = bus.ask("org.a11y.atspi.Registry", _ROOT, _ACCESSIBLE, "GetChildren")[0]
            for name, _ in registry:
                if bus.pid(name) == pid and _match(bus, name):
                    return True
    return False


def _match(bus: Any, name: str) -> bool:
    """Asks the program itself to look, in one call: AT-SPI's Collection."""
    rule: tuple[object, ...] = (
        [1 << _FOCUSED, 0], _ALL, {}, _ALL, [0, 1 << _PASSWORD_TEXT - 32, 0, 0], _ANY, [], _ALL, False,
    )  # fmt: skip
    found = bus.ask(
        name, _ROOT, _COLLECTION, "GetMatches", "(aiia{ss}iaiiasib)uib", rule, _NONE_SORTED, 1, True
    )[0]  # fmt: skip
    return bool(found)


class bus_to:
    """A connection to a D-Bus for a few questions until ``end``, in monotonic seconds."""

    def __init__(self, address: str, end: float) -> None:
        from jeepney.io.blocking import open_dbus_connection

        self._end = end
        self._line = open_dbus_connection(address)

    def __enter__(self) -> bus_to:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def pid(self, name: str) -> int:
        return int(self.ask(*["org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"],
                            "GetConnectionUnixProcessID", "s", name)[0])  # fmt: skip

    def ask(self, name: str, path: str, interface: str, method: str, signature: str = "", *given: object) -> Any:
        from jeepney import DBusAddress, MessageFlag, new_method_call
        from jeepney.wrappers import unwrap_msg

        message = new_method_call(DBusAddress(path, name, interface), method, signature or None, given)
        message.header.flags |= MessageFlag.no_auto_start  # where there is no such bus, none is wanted
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return unwrap_msg(self._line.send_and_get_reply(message, timeout=left))
