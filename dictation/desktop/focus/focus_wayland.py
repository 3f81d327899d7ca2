"""Knows which window has the cursor on Wayland: sway and others like it, Hyprland and KWin tell; else programs do."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dictation.core.foreign import json_from
from dictation.core.types import NOWHERE, Target
from dictation.desktop.focus import windows_accessible, windows_kwin
from dictation.desktop.focus.processes import ForegroundProgram, front_of, started
from dictation.desktop.focus.terminals import is_terminal

ANSWER_SECONDS = 0.5
_MAGIC = b"i3-ipc"
_COMMAND, _TREE = 0, 4
_LARGEST = 16 << 20


class WaylandFocus:
    """May be asked from any thread; some milliseconds. On GNOME only what programs say of themselves is known."""

    def current(self) -> Target:
        """See ``Focus.current``."""
        try:
            window = _focused()
        except (OSError, ValueError, KeyError, TypeError):
            return NOWHERE
        return _target(window) if window else NOWHERE

    def same(self, target: Target) -> bool:
        """See ``Focus.same``."""
        if target.window is None:
            return True
        try:
            now = _target(window) if (window := _focused()) else NOWHERE
        except (OSError, ValueError, KeyError, TypeError):
            return not told()  # nobody can tell: as where nobody ever does
        return (target.window, target.pid, target.started) == (now.window, now.pid, now.started)

    def activate(self, target: Target) -> None:
        """Ask the compositor to give the cursor to ``target``."""
        if target.window is None:
            return
        with contextlib.suppress(OSError, ValueError):
            if where := os.environ.get("SWAYSOCK"):
                _sway(where, _COMMAND, f"[con_id={target.window}] focus")
            elif place := _hyprland():
                _talk(place, f"dispatch focuswindow address:{target.window:#x}".encode())

    def describe(self) -> str:
        """Why it is not known which window has the cursor; empty where it is."""
        if told():
            return ""
        try:
            windows_accessible.focused()
        except OSError:
            return "This compositor does not tell which window has the cursor"
        return "Which window has the cursor is known of programs that say so by AT-SPI (GTK's), not of others"

    def place(self) -> tuple[int, int] | None:
        """The middle of the window with the cursor."""
        try:
            window = _focused()
            return window["middle"] if window else None
        except (OSError, ValueError, KeyError, TypeError):
            return None


def told() -> bool:
    """Whether this compositor tells which window has the cursor."""
    if os.environ.get("SWAYSOCK") or _hyprland():
        return True
    if windows_kwin.runs():
        with contextlib.suppress(OSError):
            windows_kwin.kwin().focused()
            return True
    return False


def _focused() -> dict[str, Any] | None:
    """id, pid, app, title and middle of the window with the cursor."""
    if where := os.environ.get("SWAYSOCK"):
        found = next((node for node in _nodes(json_from(_sway(where, _TREE))) if node.get("focused")), None)
        if found is None or not found.get("pid"):  # an empty workspace has the focus as well
            return None
        box = found["rect"]
        return {
            "id": int(found["id"]), "pid": int(found["pid"]), "title": str(found.get("name") or ""),
            "app": found.get("app_id") or (found.get("window_properties") or {}).get("class") or "",
            "middle": (box["x"] + box["width"] // 2, box["y"] + box["height"] // 2),
        }  # fmt: skip
    if place := _hyprland():
        found = json_from(_talk(place, b"j/activewindow"))
        if not found:
            return None
        (x, y), (width, height) = found["at"], found["size"]
        return {
            "id": int(found["address"], 16), "pid": int(found["pid"]), "title": str(found["title"]),
            "app": str(found["class"]), "middle": (x + width // 2, y + height // 2),
        }  # fmt: skip
    if windows_kwin.runs():
        return windows_kwin.kwin().focused()
    return windows_accessible.focused()


def _target(window: dict[str, Any]) -> Target:
    app, pid = str(window["app"]).lower(), window["pid"]
    terminal = is_terminal(app)
    front = front_of(pid) if terminal else ForegroundProgram(None, None)
    return Target(
        app, window["title"], window["id"], pid, started(pid), terminal, front.shell, front.cwd, front.tty
    )  # fmt: skip


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for each in (*node.get("nodes", ()), *node.get("floating_nodes", ())):
        yield from _nodes(each)


def _sway(where: str, kind: int, text: str = "") -> bytes:
    """One answer of sway's socket: magic, length and kind before the words, in both directions."""
    raw = text.encode()
    with _open(where) as line:
        line.sendall(_MAGIC + struct.pack("=II", len(raw), kind) + raw)
        head = _exactly(line, len(_MAGIC) + 8)
        (length,) = struct.unpack_from("=I", head, len(_MAGIC))
        if not head.startswith(_MAGIC) or length > _LARGEST:
            raise ValueError("no answer of sway's")
        return _exactly(line, length)


def _hyprland() -> str:
    """Where Hyprland takes requests, empty where it does not run."""
    name = os.environ.get("HYPRLAND_INSTANCE_SIGNATURE")
    if not name:
        return ""
    places = [Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / "hypr", Path("/tmp/hypr")]
    return next((str(each) for folder in places if (each := folder / name / ".socket.sock").exists()), "")


def _talk(where: str, request: bytes) -> bytes:
    """One request to Hyprland, which closes the line when it has said all."""
    said = b""
    with _open(where) as line:
        line.sendall(request)
        while (piece := line.recv(1 << 16)) and len(said) < _LARGEST:
            said += piece
    return said


def _open(where: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    line.settimeout(ANSWER_SECONDS)
    try:
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _exactly(line: socket.socket, count: int) -> bytes:
    raw = b""
    while len(raw) < count:
        piece = line.recv(count - len(raw))
        if not piece:
            raise ValueError("cut short")
        raw += piece
    return raw
