"""The pill's layer against a compositor of our own: screens that come and go, and words that nobody understands."""

from __future__ import annotations

import contextlib
import queue
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictation.core.errors import InsertError
from dictation.core.ports import Picture
from dictation.desktop.layer.layer_wayland import WaylandLayer

PICTURE = Picture((2, 2), 1.0, bytes(16))
OFFERED = {1: ("wl_compositor", 4), 2: ("wl_shm", 1), 3: ("zwlr_layer_shell_v1", 4)}
SCREEN = 9


class Compositor:
    """Speaks as much Wayland as a layer surface needs; ``done`` has what was asked of it: up, drawn, down."""

    def __init__(self, folder: Path, offered: dict[int, tuple[str, int]]) -> None:
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / "wayland-9"))
        self._door.listen()
        self._offered = offered
        self._kinds: dict[int, str] = {}
        self.done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._line: socket.socket | None = None
        self._layer = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def say(self, number: int, opcode: int, body: bytes = b"") -> None:
        assert self._line
        self._line.sendall(struct.pack("=II", number, (8 + len(body)) << 16 | opcode) + body)

    def screen(self, here: bool) -> None:
        if here:
            self._tell(SCREEN, "wl_output", 3)
        else:
            self.say(2, 1, struct.pack("=I", SCREEN))

    def take_down(self) -> None:
        self.say(self._layer, 1)

    def hang_up(self) -> None:
        if self._line:
            with contextlib.suppress(OSError):  # it was hung up before
                self._line.shutdown(socket.SHUT_RDWR)  # closing alone ends nothing while the other thread waits
            self._line.close()
        self._door.close()

    def _tell(self, name: int, interface: str, version: int) -> None:
        raw = interface.encode() + b"\0"
        text = struct.pack("=I", len(raw)) + raw + b"\0" * (-len(raw) % 4)
        self.say(2, 0, struct.pack("=I", name) + text + struct.pack("=I", version))

    def _serve(self) -> None:
        try:
            self._line, _ = self._door.accept()
            inbox = b""
            while raw := socket.recv_fds(self._line, 1 << 16, 4)[0]:
                inbox += raw
                while len(inbox) >= 8:
                    number, word = struct.unpack_from("=II", inbox)
                    body, inbox = inbox[8 : word >> 16], inbox[word >> 16 :]
                    self._answer(number, word & 0xFFFF, body)
        except OSError:
            return

    def _answer(self, number: int, opcode: int, body: bytes) -> None:
        (first,) = struct.unpack_from("=I", body) if body else (0,)
        kind = self._kinds.get(number, "")
        if (number, opcode) == (1, 0):
            self.say(first, 0, struct.pack("=I", 0))
            self.say(1, 1, struct.pack("=I", first))
        elif (number, opcode) == (1, 1):
            for name, (interface, version) in self._offered.items():
                self._tell(name, interface, version)
        elif number == 2:
            made = struct.unpack_from("=I", body, len(body) - 4)[0]
            self._kinds[made] = self._offered.get(first, ("wl_output", 0))[0]
        elif (kind, opcode) == ("wl_compositor", 0):
            self._kinds[first] = "surface"
        elif (kind, opcode) == ("zwlr_layer_shell_v1", 0):
            self._kinds[first], self._layer = "layer", first
            self.done.put("up")
            self.say(first, 0, struct.pack("=III", 1, 2, 2))
        elif (kind, opcode) == ("layer", 7):
            self.done.put("down")
        elif (kind, opcode) == ("surface", 1):
            self.done.put("drawn")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    return tmp_path


@pytest.fixture
def compositor(folder: Path) -> Iterator[Compositor]:
    made = Compositor(folder, OFFERED)
    yield made
    made.hang_up()


def heard(compositor: Compositor, count: int) -> list[str]:
    return [compositor.done.get(timeout=5) for _ in range(count)]


def test_what_is_shown_without_a_screen_comes_with_the_first_and_back_with_the_next(compositor: Compositor) -> None:
    layer = WaylandLayer()
    layer.show(PICTURE)
    with pytest.raises(queue.Empty):
        compositor.done.get(timeout=0.2)
    compositor.screen(True)
    assert heard(compositor, 2) == ["up", "drawn"]
    compositor.screen(False)
    compositor.take_down()
    assert heard(compositor, 1) == ["down"]
    with pytest.raises(queue.Empty):
        compositor.done.get(timeout=0.2)
    compositor.screen(True)
    assert heard(compositor, 2) == ["up", "drawn"]
    layer.hide()
    assert heard(compositor, 1) == ["down"]
    layer.close()


def test_a_picture_that_is_hidden_meanwhile_does_not_come_with_the_screen(compositor: Compositor) -> None:
    layer = WaylandLayer()
    layer.show(PICTURE)
    layer.hide()
    compositor.screen(True)
    with pytest.raises(queue.Empty):
        compositor.done.get(timeout=0.2)
    layer.close()


@pytest.mark.parametrize("how", ["hung up", "nonsense"])
def test_a_lost_connection_is_told_once_and_what_is_shown_then_is_nothing(compositor: Compositor, how: str) -> None:
    layer, told = WaylandLayer(), queue.SimpleQueue[str]()
    layer.listen(lambda what, x, y: told.put(what))
    compositor.screen(True)
    layer.show(PICTURE)
    assert heard(compositor, 2) == ["up", "drawn"]
    if how == "nonsense":
        compositor.say(2, 0, struct.pack("=II", 77, 1 << 30))
    else:
        compositor.hang_up()
    assert told.get(timeout=5) == "lost"
    layer.show(PICTURE)
    layer.hide()
    layer.close()
    assert told.empty()


def test_a_compositor_without_the_layer_is_none(folder: Path) -> None:
    with_none = Compositor(folder, {1: OFFERED[1], 2: OFFERED[2]})
    with pytest.raises(InsertError) as caught:
        WaylandLayer()
    assert caught.value.code == "no-layer"
    with_none.hang_up()


def test_a_display_that_is_not_there_is_none(folder: Path) -> None:
    with pytest.raises(InsertError):
        WaylandLayer()
