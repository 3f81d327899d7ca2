"""Owns the proof that the pill on a layer of the desktop's is the same pill: its picture, its clicks, its end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.events import Progress
from dictation.core.ports import Picture
from dictation.core.types import Event, Finished, Held, Inserted, Purpose, State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.look import style
from dictation.ui.overlay.overlay import Overlay
from dictation.ui.overlay.pill_window import PillWindow
from dictation.ui.overlay.surface import EDGE
from tests.ui.fake_controls import FakeControls

LISTENING, THINKING, IDLE = StateChanged(State.LISTENING), StateChanged(State.THINKING), StateChanged(State.IDLE)
KEPT = Finished(1, Held("git push", "Another window has the cursor now"))


class FakeLayer:
    """Keeps the picture it shows, and refuses what a compositor would end the connection over."""

    def __init__(self) -> None:
        self.picture: Picture | None = None
        self.shown = 0
        self.factor, self.closed = 1.0, False
        self._told: Callable[[str, float, float], None] = lambda *_: None

    def listen(self, told: Callable[[str, float, float], None]) -> None:
        self._told = told

    def scale(self) -> float:
        return self.factor

    def show(self, picture: Picture) -> None:
        assert not self.closed
        width, height = (int(each * picture.scale + 0.5) for each in picture.size)
        assert width > 0 and height > 0 and len(picture.pixels) == 4 * width * height
        for left, top, wide, tall in picture.clickable:
            assert 0 <= left < left + wide <= picture.size[0] and 0 <= top < top + tall <= picture.size[1]
        self.picture = picture
        self.shown += 1

    @property
    def hidden(self) -> bool:
        return self.picture is None

    def hide(self) -> None:
        self.picture = None

    def close(self) -> None:
        self.closed, self.picture = True, None

    def tell(self, what: str, x: float = 0.0, y: float = 0.0) -> None:
        """From a thread of its own, as in life."""
        teller = threading.Thread(target=self._told, args=(what, x, y))
        teller.start()
        teller.join()


@pytest.fixture
def layer(controls: FakeControls, monkeypatch: pytest.MonkeyPatch) -> FakeLayer:
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland"))
    controls.above = made = FakeLayer()
    return made


@pytest.fixture
def overlay(qtbot: QtBot, bridge: Bridge, layer: FakeLayer) -> Iterator[Overlay]:
    pill = Overlay(bridge)
    yield pill
    pill.close()


@pytest.fixture
def play(qtbot: QtBot, bridge: Bridge, controls: FakeControls) -> Callable[..., None]:
    def tell(*events: Event) -> None:
        for event in events:
            with qtbot.waitSignal(bridge.told):
                controls.tell(event)

    return tell


def now(layer: FakeLayer) -> Picture:
    """What it shows."""
    assert layer.picture is not None
    return layer.picture


def image(picture: Picture) -> QImage:
    width, height = (int(each * picture.scale + 0.5) for each in picture.size)
    return QImage(picture.pixels, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()


def test_what_the_pill_says_comes_and_goes_on_the_layer_and_no_window_is_shown(
    overlay: Overlay, layer: FakeLayer, play: Callable[..., None]
) -> None:
    assert layer.hidden and overlay.working()
    play(LISTENING)
    listening = now(layer)
    assert overlay.window is not None and overlay.window.seen
    assert not overlay.window.isVisible()
    play(Progress(1, "We deploy Kubernetes"))
    assert now(layer).size[0] > listening.size[0]
    play(THINKING, Finished(1, Inserted("We deploy Kubernetes.")), IDLE)
    now(layer)
    overlay.hide()
    assert layer.hidden
    assert not any(timer.isActive() for timer in overlay.findChildren(QTimer))


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_the_picture_is_that_of_the_window(
    overlay: Overlay, layer: FakeLayer, play: Callable[..., None], scale: float
) -> None:
    layer.factor = scale
    play(KEPT)
    shown = layer.picture
    assert shown is not None and shown.scale == scale and overlay.window is not None
    twin = PillWindow(overlay._meter)
    twin.settle(QGuiApplication.primaryScreen(), False, True)
    assert overlay.window.pill is not None
    twin.say(overlay.window.pill.message, Purpose.DICTATE, False)
    assert shown.size == (twin.width(), twin.height())
    expected = QImage(image(shown).size(), QImage.Format.Format_ARGB32_Premultiplied)
    expected.setDevicePixelRatio(scale)
    expected.fill(0)
    twin.render(expected, renderFlags=PillWindow.RenderFlag.DrawChildren)
    twin.close()
    assert bytes(expected.constBits()) == shown.pixels


def test_a_moving_part_leaves_the_same_picture_as_painting_all_of_it(
    overlay: Overlay, layer: FakeLayer, play: Callable[..., None], controls: FakeControls
) -> None:
    for layer.factor in (1.0, 1.25, 1.5):
        controls.loudness = 0.3
        play(LISTENING)
        assert overlay.window is not None
        for peak in (0.01, 0.5, 0.0, 0.2):
            overlay._meter.take(peak)
            overlay.window.beat()
        in_parts = image(now(layer))
        overlay.window.appear()
        assert in_parts == image(now(layer))
        play(IDLE)


def test_only_the_row_that_does_something_feels_the_mouse(
    qtbot: QtBot, overlay: Overlay, layer: FakeLayer, play: Callable[..., None], controls: FakeControls
) -> None:
    play(LISTENING)
    assert now(layer).clickable == ()
    play(THINKING, KEPT)
    assert overlay.window is not None and overlay.window.pill is not None
    assert len(now(layer).clickable) == len(overlay.window.pill.buttons) == 2
    insert = QRect(*now(layer).clickable[0]).center()
    before = layer.shown
    layer.tell("point", insert.x(), insert.y())
    qtbot.waitUntil(lambda: layer.shown == before + 1)
    with_hand = now(layer).pixels
    layer.tell("leave")
    qtbot.waitUntil(lambda: now(layer).pixels != with_hand)
    layer.tell("press", insert.x(), insert.y())
    qtbot.waitUntil(lambda: "insert_last" in controls.asked)
    assert layer.hidden
    play(KEPT)
    copy = QRect(*now(layer).clickable[1]).center()
    layer.tell("press", copy.x(), copy.y())
    qtbot.waitUntil(lambda: "copy git push" in controls.asked)


def test_on_a_finer_screen_it_is_drawn_again_with_more_pixels(
    qtbot: QtBot, overlay: Overlay, layer: FakeLayer, play: Callable[..., None]
) -> None:
    play(KEPT)
    coarse = now(layer)
    layer.factor = 2.0
    layer.tell("scale")
    qtbot.waitUntil(lambda: layer.picture is not None and layer.picture.scale == 2.0)
    fine = image(now(layer))
    assert now(layer).size == coarse.size
    blown_up = image(coarse).scaled(fine.size())
    assert blown_up != fine


def test_it_stands_at_the_wanted_edge_and_inside_the_shadow_at_the_usual_distance(
    overlay: Overlay, layer: FakeLayer, play: Callable[..., None], controls: FakeControls
) -> None:
    for where in ("bottom", "top"):
        if controls.settings().look.overlay != where:
            controls.change(declared.put(controls.settings(), "look.overlay", where))
        play(LISTENING)
        assert layer.picture is not None
        assert (layer.picture.top, layer.picture.distance) == (where == "top", EDGE - style.SHADOW)
        play(IDLE)


def test_switched_off_nothing_is_shown_and_no_layer_is_asked_for(
    overlay: Overlay, layer: FakeLayer, play: Callable[..., None], controls: FakeControls
) -> None:
    controls.change(declared.put(controls.settings(), "look.overlay", "off"))
    play(LISTENING, THINKING, KEPT, IDLE)
    assert layer.shown == 0 and "layer" not in controls.asked and not overlay.working()


def test_when_the_layer_is_lost_the_pill_is_gone_until_there_is_one_again(
    qtbot: QtBot, overlay: Overlay, layer: FakeLayer, play: Callable[..., None], controls: FakeControls
) -> None:
    play(LISTENING)
    controls.above = None
    layer.tell("lost")
    qtbot.waitUntil(lambda: overlay.window is None)
    assert not overlay.working() and layer.closed
    assert not any(timer.isActive() for timer in overlay.findChildren(QTimer))
    play(THINKING, KEPT, IDLE)
    controls.above = again = FakeLayer()
    play(LISTENING)
    assert again.picture is not None


def test_where_there_is_no_layer_nobody_looks_twice(
    overlay: Overlay, layer: FakeLayer, play: Callable[..., None], controls: FakeControls
) -> None:
    controls.above = None
    play(LISTENING, THINKING, KEPT, IDLE, LISTENING)
    assert controls.asked.count("layer") == 1 and overlay.window is None
