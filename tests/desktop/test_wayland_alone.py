"""What of Wayland can be tried without a compositor: a made Hyprland, key tools that only write down, messages."""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.errors import InsertError
from dictation.core.types import NOWHERE, Paste, Target, Type
from dictation.desktop.clipboard.clipboard_wayland import WaylandClipboard, WaylandLoan
from dictation.desktop.display.wire_wayland import text_at
from dictation.desktop.focus.focus_wayland import WaylandFocus
from dictation.desktop.typing.keyboard_wayland import keymap
from dictation.desktop.typing.keystrokes import parse_chord
from dictation.desktop.typing.keytools_linux import KeyTool
from dictation.desktop.typing.typist_wayland import WaylandTypist

WINDOW = {
    "address": "0x55d1f00",
    "at": [10, 20],
    "size": [800, 600],
    "class": "kitty",
    "title": "~",
    "pid": os.getpid(),
}


class Hyprland:
    """Answers one request per connection, as Hyprland does."""

    def __init__(self, folder: Path) -> None:
        place = folder / "hypr" / "sig"
        place.mkdir(parents=True)
        self.window: object = WINDOW
        self.asked: list[str] = []
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(place / ".socket.sock"))
        self._door.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            with line:
                self.asked.append(line.recv(1000).decode())
                line.sendall(json.dumps(self.window).encode() if self.asked[-1].startswith("j/") else b"ok")


@pytest.fixture
def hyprland(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hyprland]:
    monkeypatch.delenv("SWAYSOCK", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("HYPRLAND_INSTANCE_SIGNATURE", "sig")
    made = Hyprland(tmp_path)
    yield made
    made.close()


def test_hyprland_is_asked_for_the_window_with_the_cursor(hyprland: Hyprland) -> None:
    focus = WaylandFocus()
    target = focus.current()
    assert (target.app, target.title, target.window, target.pid) == ("kitty", "~", 0x55D1F00, os.getpid())
    assert target.terminal and target.started
    assert focus.place() == (410, 320)
    assert focus.same(target)
    hyprland.window = WINDOW | {"address": "0x1"}
    assert not focus.same(target)
    focus.activate(target)
    assert hyprland.asked[-1] == "dispatch focuswindow address:0x55d1f00"


def test_no_window_and_nonsense_are_nowhere(hyprland: Hyprland) -> None:
    answers: list[object] = [{}, [], "x", 5, {"address": "0x1"}, WINDOW | {"at": None}]
    for answer in answers:
        hyprland.window = answer
        assert WaylandFocus().current() == NOWHERE
        assert WaylandFocus().place() is None


def test_where_nobody_tells_every_window_is_the_same_and_the_doctor_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SWAYSOCK", "HYPRLAND_INSTANCE_SIGNATURE", "XDG_CURRENT_DESKTOP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    assert WaylandFocus().current() == NOWHERE
    assert WaylandFocus().same(Target(window=5))
    assert "does not tell" in WaylandFocus().describe()


def tool(folder: Path, name: str, code: int = 0) -> None:
    """A program that writes down how it was called."""
    script = folder / name
    script.write_text(f'#!/bin/sh\n(echo {name} "$@"; [ {name} = dotool ] && cat) >> {folder}/calls\nexit {code}\n')
    script.chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is searched for tools before the others, where nothing of theirs is known yet."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("YDOTOOL_SOCKET", str(tmp_path / "socket"))
    real = os.access
    monkeypatch.setattr("os.access", lambda path, mode: path == "/dev/uinput" or real(path, mode))
    return tmp_path


def daemon(folder: Path) -> socket.socket:
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(folder / "socket"))
    return made


def test_ydotool_is_told_kernel_key_codes(tools: Path) -> None:
    tool(tools, "ydotool")
    with daemon(tools):
        KeyTool().chord(parse_chord("shift+insert"))
        KeyTool().chord(parse_chord("pageup"), 2)
    assert (tools / "calls").read_text() == ("ydotool key 42:1 110:1 110:0 42:0\nydotool key 104:1 104:0 104:1 104:0\n")


def test_dotool_is_told_chords_by_name(tools: Path) -> None:
    tool(tools, "dotool")
    KeyTool().chord(parse_chord("shift+insert"))
    assert (tools / "calls").read_text() == "dotool\nkey shift+insert\n"


@pytest.mark.parametrize(("there", "missing"), [((), "installed"), (("ydotool",), "ydotoold is not running")])
def test_what_is_missing_is_said_with_the_way_to_get_it(tools: Path, there: tuple[str, ...], missing: str) -> None:
    for name in there:
        tool(tools, name)
    with pytest.raises(InsertError, match=missing) as caught:
        KeyTool()
    assert "ydotoold" in caught.value.remedy


def test_a_tool_that_fails_leaves_the_text_on_the_clipboard(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool(tools, "dotool", code=1)
    tool(tools, "wl-copy")
    monkeypatch.setenv("WAYLAND_DISPLAY", "none")
    with pytest.raises(InsertError) as caught:
        WaylandTypist(_NoClipboard(), lambda _: True, keys=KeyTool).perform([Paste("text")], Target())
    assert caught.value.code == "no-keys-on-wayland" and "on the clipboard" in caught.value.message


def test_without_virtual_keyboard_and_data_control_wl_copy_and_a_tool_paste(tools: Path) -> None:
    tool(tools, "dotool")
    tool(tools, "wl-copy")
    WaylandTypist(_NoClipboard(), lambda _: True, keys=KeyTool).perform([Type("你好")], Target())
    calls = (tools / "calls").read_text().splitlines()
    assert [each.split()[0] for each in calls] == ["wl-copy", "wl-copy", "dotool", "key"]
    assert "--primary" in calls[1] and calls[3] == "key shift+insert"


class _NoClipboard(WaylandClipboard):
    """As on GNOME."""

    def lend(self, text: str, primary: bool) -> WaylandLoan:
        raise InsertError("no-clipboard", "There is none", "Install wl-clipboard.")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30), st.integers(0, 3))
def test_a_string_of_the_protocol_is_read_as_it_was_written(text: str, before: int) -> None:
    raw = text.encode() + b"\0"
    body = bytes(4 * before) + struct.pack("=I", len(raw)) + raw + bytes(-len(raw) % 4) + b"next"
    read, after = text_at(body, 4 * before)
    assert (read, body[after:]) == (text, b"next")


def test_every_key_of_a_keymap_has_a_code_that_x_programs_know() -> None:
    written = keymap([f"U{0x4E00 + at:04X}" for at in range(240)])
    assert "<K239> = 248;" in written and "<K240> = 249;" in written and "[ VoidSymbol ]" in written
