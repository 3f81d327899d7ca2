"""One connection to the desktop's session bus (D-Bus): calls that any thread may make, and a thread that hears."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

ANSWER_SECONDS = 5.0

LATE = "org.freedesktop.DBus.Error.NoReply"
"""The name of the error where nobody answered in time, as the bus itself calls it."""

BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
"""Name, path and interface of the bus itself."""


class BusError(Exception):
    """A call was not answered, or with an error; ``name`` is D-Bus' own name of that error, or empty."""

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name


class SessionBus:
    """``hear`` gets every signal and every call to us, in order, in the thread that reads: it must not call back.

    ``lost`` is called once in that thread when the bus has gone away; not after ``close``.
    """

    def __init__(
        self, hear: Callable[[Any], None] = lambda _: None, lost: Callable[[], None] = lambda: None, files: bool = False
    ) -> None:
        """``files``: file descriptors may come with messages. Raises BusError where there is no such bus."""
        from jeepney.io.threading import open_dbus_connection

        self._hear, self._lost = hear, lost
        self._waiting: dict[int, Future[Any]] = {}
        self._closed = False
        try:
            self._line = open_dbus_connection("SESSION", enable_fds=files)
        # jeepney raises KeyError without a bus, StopIteration or ValueError for an address it cannot use
        except (OSError, LookupError, StopIteration, RuntimeError, ValueError) as why:
            raise BusError(f"There is no session bus: {type(why).__name__}: {why}") from why
        self.name = str(self._line.unique_name)
        self._thread = threading.Thread(target=self._read, name="session-bus", daemon=True)
        self._thread.start()

    def call(
        self, to: tuple[str, str, str], member: str, signature: str = "", *body: object, seconds: float = ANSWER_SECONDS
    ) -> tuple[Any, ...]:
        """What a method answers. ``to`` is name, path and interface. Raises BusError, also after so many seconds."""
        from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call

        name, path, interface = to
        message = new_method_call(DBusAddress(path, name, interface), member, signature or None, body)
        serial = next(self._line.outgoing_serial)
        answer: Future[Any] = Future()
        self._waiting[serial] = answer
        try:
            if self._closed:
                raise BusError(f"{member}: the session bus has gone away")
            self._line.send(message, serial=serial)
            reply = answer.result(seconds)
        except TimeoutError as why:
            raise BusError(f"{member}: no answer within {seconds:g} s", name=LATE) from why
        except OSError as why:
            raise BusError(f"{member}: {why}") from why
        finally:
            self._waiting.pop(serial, None)
        if reply.header.message_type is MessageType.error:
            named = str(reply.header.fields.get(HeaderFields.error_name, ""))
            raise BusError(f"{member}: {reply.body[0] if reply.body else named}", named)
        return tuple(reply.body)

    def get(self, to: tuple[str, str, str], what: str, seconds: float = ANSWER_SECONDS) -> Any:
        """A property. Raises BusError, also after so many seconds."""
        name, path, interface = to
        properties = (name, path, "org.freedesktop.DBus.Properties")
        return self.call(properties, "Get", "ss", interface, what, seconds=seconds)[0][1]

    def listen(self, **rule: str) -> None:
        """Have signals sent here that match (sender, interface, member, path, path_namespace). Raises BusError."""
        from jeepney import MatchRule

        self.call(BUS, "AddMatch", "s", MatchRule(type="signal", **rule).serialise())

    def close(self) -> None:
        """Hang up. Never raises."""
        self._closed = True
        with contextlib.suppress(OSError):
            self._line.interrupt()
        if threading.current_thread() is not self._thread:
            self._thread.join(2)

    def _read(self) -> None:
        from jeepney import HeaderFields, MessageType

        try:
            while True:
                message = self._line.receive()
                if message.header.message_type in (MessageType.method_return, MessageType.error):
                    if waiting := self._waiting.get(message.header.fields.get(HeaderFields.reply_serial, 0)):
                        waiting.set_result(message)
                else:
                    self._hear(message)
        except Exception:  # noqa: BLE001 - hung up, cut off, or an answer that is none: the line is of no more use
            was, self._closed = self._closed, True
            for each in list(self._waiting.values()):
                if not each.done():
                    each.set_exception(ConnectionError("the session bus has gone away"))
            with contextlib.suppress(OSError):
                self._line.close()
            if not was:
                self._lost()


def field(message: Any, name: str) -> str:
    """A field of a message's header (``member``, ``path``, ``interface``, ``sender``); empty when it has none."""
    from jeepney import HeaderFields

    return str(message.header.fields.get(HeaderFields[name], ""))
