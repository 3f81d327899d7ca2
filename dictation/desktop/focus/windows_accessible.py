"""Which window has the cursor where the compositor tells nobody (GNOME): what programs say of themselves by AT-SPI.

GTK programs, and with them GNOME's terminals and editors, are on that bus always; Qt's, Firefox, Chromium and Electron
only while assistive technology is in use; foot, kitty and alacritty never. A window is believed when it is the only one
that says it is active.
"""

from __future__ import annotations

import contextlib
import time
import zlib
from typing import Any

from dictation.desktop.focus.processes import process, program_of

ASK_SECONDS = 0.25
"""Measured: 11 to 37 ms with five programs, up to 160 on a busy machine. Who is stuck must not hold up the text."""

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_ACTIVE = 1
"""The number of a state in AT-SPI (atspi-constants.h)."""

_SHELLS = {"gnome-shell", "plasmashell"}
"""Their panels say they are active when no window is."""


def focused() -> dict[str, Any] | None:
    """id, pid, app and title of the only window that says it is active; None when there is none.

    Raises OSError where that cannot be said: no such bus, no answer in time, or two windows that say so.
    """
    from jeepney import DBusErrorResponse

    from dictation.desktop.focus.password_field import bus_to

    end = time.monotonic() + ASK_SECONDS
    found: list[dict[str, Any]] = []
    try:
        with bus_to("SESSION", end) as session:
            (address,) = session.ask("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        with bus_to(address, end) as bus:
            for name, _ in bus.ask("org.a11y.atspi.Registry", _ROOT, _ACCESSIBLE, "GetChildren")[0]:
                # A program may go, or be stuck, while it is asked.
                with contextlib.suppress(DBusErrorResponse, KeyError, IndexError):
                    found += _active(bus, name)
    except (KeyError, ValueError, IndexError, TimeoutError, DBusErrorResponse) as why:
        raise OSError(f"the accessibility bus does not answer: {why!r}") from why
    if len(found) > 1:
        raise OSError("two windows say that they are active")
    return found[0] if found else None


def _active(bus: Any, name: str) -> list[dict[str, Any]]:
    """The active windows of one program."""
    found = []
    for owner, path in bus.ask(name, _ROOT, _ACCESSIBLE, "GetChildren")[0]:
        if bus.ask(owner, path, _ACCESSIBLE, "GetState")[0][0] >> _ACTIVE & 1:
            pid = bus.pid(name)
            known = process(pid)
            program = program_of(known) if known else ""
            if program in _SHELLS:
                continue
            title = bus.ask(owner, path, "org.freedesktop.DBus.Properties", "Get", "ss", _ACCESSIBLE, "Name")[0][1]
            number = zlib.crc32(f"{owner}{path}".encode())
            found.append({"id": number, "pid": pid, "app": program, "title": str(title), "middle": None})
    return found
