"""What stands selected in the window in front: the primary selection of X11, or of Wayland by wl-paste."""

from __future__ import annotations

import select
import shutil
import subprocess
import time

from dictation.core.errors import InsertError
from dictation.desktop.display.display_x11 import connected

PATIENCE_SECONDS = 1.0
"""Longest wait for the program that has the selection; one that hangs gets no more."""

LIMIT = 100_000
"""Bytes that are taken; a larger selection comes in pieces, and nobody corrects a book."""


def selected_x11() -> str:
    """The selected text; empty where nothing is selected. Raises InsertError when the display is gone."""
    from Xlib import X

    with connected() as connection:
        window = connection.screen().root.create_window(0, 0, 1, 1, 0, 0, X.InputOnly)
        try:
            place = connection.intern_atom("DICTATION_SELECTED")
            kind = connection.intern_atom("UTF8_STRING")
            window.convert_selection(connection.intern_atom("PRIMARY"), kind, place, X.CurrentTime)
            connection.flush()
            end = time.monotonic() + PATIENCE_SECONDS
            while (left := end - time.monotonic()) > 0:
                while connection.pending_events():
                    event = connection.next_event()
                    if event.type == X.SelectionNotify and event.requestor == window:
                        if event.property == X.NONE:
                            return ""
                        found = window.get_full_property(place, kind, sizehint=LIMIT)
                        raw = found.value if found is not None else b""
                        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
                select.select([connection.fileno()], [], [], left)
        finally:
            window.destroy()
            connection.flush()
    return ""


def selected_wayland() -> str:
    """The same on Wayland. Raises InsertError where the compositor or this machine has no way to ask."""
    tool = shutil.which("wl-paste")
    if tool is None:
        raise InsertError(
            "no-selection", "What is selected cannot be read on this desktop", "Install wl-clipboard, or use X11."
        )
    try:
        done = subprocess.run(
            [tool, "--primary", "--no-newline", "--type", "text/plain"],
            capture_output=True, timeout=PATIENCE_SECONDS, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InsertError("no-selection", f"What is selected cannot be read: {error}", "Try it once more.") from error
    return done.stdout[:LIMIT].decode("utf-8", "replace") if done.returncode == 0 else ""
