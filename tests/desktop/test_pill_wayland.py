"""The pill on the compositor's layer: seen, sharp, without the cursor or a click, on a screen that is there."""

from __future__ import annotations

import logging
import queue
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dictation.core.ports import Picture
from dictation.desktop.display.wire_wayland import Wire
from dictation.desktop.layer.layer_wayland import WaylandLayer
from dictation.desktop.typing.keyboard_wayland import WaylandKeyboard
from dictation.ui.look import style
from tests.desktop.bench import Desk
from tests.desktop.compositor import Foot, NoCompositor, Sway
from tests.desktop.demo import SHOWCASE, showcase
from tests.desktop.editors import wait_until
from tests.desktop.headless import Editing, OpenKde
from tests.desktop.pill_screens import KwinMouse, Pixels, Shown, SwayMouse, box, settled, shot_of_kwin, shot_of_sway
from tests.desktop.running import App

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("desk"), pytest.mark.timeout(120)]

WIDE, TALL = 1280, 800
BARS, KEPT = style.LIGHT.listening, style.LIGHT.caution
"""Colours that only the pill has: the level while it listens, and the sign of a kept text."""

PINK = "#ff1493"


class Answers:
    """What a layer has told."""

    def __init__(self) -> None:
        self.told: queue.SimpleQueue[tuple[str, float, float]] = queue.SimpleQueue()

    def __call__(self, what: str, x: float, y: float) -> None:
        self.told.put((what, x, y))

    def next(self, what: str) -> tuple[float, float]:
        """Where the next of this kind was."""
        while (told := self.told.get(timeout=10))[0] != what:
            pass
        return told[1], told[2]


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def layer(sway: Sway, answers: Answers) -> Iterator[WaylandLayer]:
    made = WaylandLayer()
    made.listen(answers)
    yield made
    made.close()
    settled(shot_of_sway, lambda seen: box(seen, PINK) is None, "the picture to go")


@pytest.fixture
def foot(sway: Sway) -> Iterator[Foot]:
    made = sway.terminal()
    yield made
    made.close()


@pytest.fixture
def mouse(sway: Sway) -> Iterator[SwayMouse]:
    made = SwayMouse(WIDE, TALL)
    yield made
    made.close()


def chequered(wide: int, tall: int, scale: float, **more: object) -> Picture:
    """Every second pixel pink, the others black: what is scaled is neither any more."""
    width, height = int(wide * scale + 0.5), int(tall * scale + 0.5)
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[:, :, 3] = 255
    pixels[::2, ::2, :3] = pixels[1::2, 1::2, :3] = (0x93, 0x14, 0xFF)
    return Picture((wide, tall), scale, pixels.tobytes(), **more)  # type: ignore[arg-type]


def sharp(seen: Pixels, picture: Picture) -> bool:
    """Whether the screen has exactly these pixels, in the middle near the edge."""
    there = box(seen, PINK)
    if there is None:
        return False
    wide, tall = (round(each * picture.scale) for each in picture.size)
    left, edge = (seen.shape[1] - wide) // 2, round(picture.distance * picture.scale)
    top = edge if picture.top else seen.shape[0] - edge - tall
    raw = np.frombuffer(picture.pixels, np.uint8).reshape(tall, wide, 4)[:, :, 2::-1]
    return bool((seen[top : top + tall, left : left + wide] == raw).all())


def on_screen(command: str) -> None:
    subprocess.run(["swaymsg", f"output HEADLESS-1 {command}"], check=True, stdout=subprocess.DEVNULL, timeout=20)


@pytest.mark.parametrize("top", [False, True], ids=["bottom", "top"])
def test_the_picture_stands_in_the_middle_near_the_edge_pixel_for_pixel(layer: WaylandLayer, top: bool) -> None:
    for wide in (300, 420, 120):
        picture = chequered(wide, 50, 1.0, top=top, distance=24)
        layer.show(picture)
        settled(shot_of_sway, lambda seen, picture=picture: sharp(seen, picture), "the picture")  # type: ignore[misc]
    layer.hide()
    settled(shot_of_sway, lambda seen: box(seen, PINK) is None, "the picture to go")


def test_a_finer_screen_is_told_and_its_picture_is_sharp(layer: WaylandLayer, answers: Answers) -> None:
    layer.show(chequered(300, 50, 1.0))
    settled(shot_of_sway, lambda seen: box(seen, PINK) is not None, "the picture")
    try:
        on_screen("scale 2")
        answers.next("scale")
        assert layer.scale() == 2.0
        fine = chequered(300, 50, 2.0, distance=24)
        layer.show(fine)
        settled(shot_of_sway, lambda seen: sharp(seen, fine), "the finer picture")
    finally:
        on_screen("scale 1")


def test_numbers_that_are_free_again_are_used_again(sway: Sway) -> None:
    wire = Wire()
    for _ in range(100):
        wire.roundtrip()
    assert wire.new() < 10
    wire.close()


def test_what_can_be_clicked_tells_where_and_all_else_is_the_window_below(
    sway: Sway, layer: WaylandLayer, answers: Answers, foot: Foot, mouse: SwayMouse
) -> None:
    other = sway.terminal()  # to the right of the first; the picture stands over both
    left, top = (WIDE - 600) // 2, TALL - 24 - 60
    picture = chequered(600, 60, 1.0, distance=24, clickable=((400, 10, 80, 40),))
    layer.show(picture)
    settled(shot_of_sway, lambda seen: box(seen, PINK) is not None, "the picture")
    mouse.click(left + 440, top + 30)
    assert answers.next("press") == (440, 30)
    settled(shot_of_sway, lambda seen: box(seen, PINK) is None, "the picture to go with the press")
    assert sway.focused()["pid"] == other.process.pid
    layer.show(picture)
    answers.next("point")
    mouse.move(left + 50, top + 30)  # sway gives the cursor to the window under the mouse
    answers.next("leave")
    wait_until(lambda: sway.focused()["pid"] == foot.process.pid, "the window below to feel the mouse", 10)
    without = chequered(620, 60, 1.0, distance=24)
    layer.show(without)
    settled(shot_of_sway, lambda seen: (at := box(seen, PINK)) is not None and at[0] < left, "one without a row")
    mouse.move(left + 440, top + 30)
    wait_until(lambda: sway.focused()["pid"] == other.process.pid, "the other window below", 10)
    assert answers.told.empty()
    other.close()


def test_the_pill_leaves_the_cursor_where_it_is_and_its_row_does_what_it_says(
    sway: Sway, foot: Foot, mouse: SwayMouse
) -> None:
    shown = Shown()
    assert shown.works
    shown.say("listen")
    bars = box(settled(shot_of_sway, lambda seen: box(seen, BARS) is not None, "the pill"), BARS)
    assert bars is not None and bars[1] > TALL - 100 and WIDE / 3 < bars[0] < bars[2] < WIDE / 2 + 60
    assert sway.focused()["pid"] == foot.process.pid
    keyboard = WaylandKeyboard()
    keyboard.type("abc")
    foot.stands("abc")
    keyboard.close()
    shown.say("kept")
    seen = settled(shot_of_sway, lambda seen: box(seen, KEPT) is not None, "the kept text")
    sign, row = box(seen, KEPT), box(seen, style.LIGHT.sunk)
    assert sign is not None and row is not None
    assert sway.focused()["pid"] == foot.process.pid
    mouse.click(row[0] + 10, (row[1] + row[3]) // 2)
    assert shown.heard("asked insert") == "asked insert_last"
    settled(shot_of_sway, lambda seen: box(seen, KEPT) is None, "the pill to go")
    shown.close()


def test_the_real_app_shows_it_and_copies_from_it(desk: Desk, sway: Sway, mouse: SwayMouse, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keys]\ndictate = "off"\ncommand = "off"\n[look]\nlanguage = "en"\n')
    sentence = showcase(SHOWCASE.read_text(encoding="utf-8").splitlines())[0]
    with App(tmp_path, environment={"QT_QPA_PLATFORM": "wayland"}) as app:
        first = sway.terminal()
        assert app.call("start").returncode == 0
        settled(shot_of_sway, lambda seen: box(seen, BARS) is not None, "the pill")
        assert sway.focused()["pid"] == first.process.pid
        desk.play(desk.say(sentence.text, sentence.language, sentence.voice, sentence.speed))
        second = sway.terminal()
        assert app.call("stop").returncode == 0
        assert app.outcome_after(0)["outcome"] == "held"
        seen = settled(shot_of_sway, lambda seen: box(seen, KEPT) is not None, "the kept text")
        row = box(seen, style.LIGHT.sunk)
        assert row is not None and sway.focused()["pid"] == second.process.pid
        mouse.click(row[2] - 10, (row[1] + row[3]) // 2)

        def pasted() -> bool:
            said = subprocess.run(["wl-paste", "-n"], capture_output=True, text=True, timeout=10, check=False)
            return said.stdout == sentence.written

        wait_until(pasted, "the text on the clipboard", 10)
        assert sway.focused()["pid"] == second.process.pid
    for each in (first, second):
        each.close()


def test_switched_off_there_is_none(sway: Sway) -> None:
    shown = Shown(where="off")
    assert not shown.works
    shown.close()


def test_a_compositor_that_goes_is_told_once(answers: Answers, caplog: pytest.LogCaptureFixture) -> None:
    try:
        with Sway() as short, caplog.at_level(logging.WARNING):
            layer = WaylandLayer()
            layer.listen(answers)
            layer.show(chequered(300, 50, 1.0))
            settled(shot_of_sway, lambda seen: box(seen, PINK) is not None, "the picture")
            short.__exit__()
            answers.next("lost")
    except NoCompositor as error:
        pytest.skip(f"no Wayland compositor: {error}")
    layer.show(chequered(300, 50, 1.0))
    layer.hide()
    layer.close()
    assert len(caplog.records) == 1 and "the tray" in caplog.text


class WideKde(OpenKde):
    """With two screens beside each other."""

    screens = 2


def test_it_moves_to_a_screen_that_is_left_when_its_own_goes() -> None:
    if not shutil.which("kscreen-doctor"):
        pytest.skip("kscreen-doctor is not installed (tests/desktop/setup.sh desk)")

    def switch(screen: str, on: bool) -> None:
        command = ["kscreen-doctor", f"output.{screen}.{'enable' if on else 'disable'}"]
        subprocess.run(command, check=True, capture_output=True, timeout=20)

    def there(screen: str) -> None:
        settled(lambda: shot_of_kwin(screen), lambda seen: sharp(seen, picture), f"the picture on {screen}")

    first, second, picture = "Virtual-0", "Virtual-1", chequered(300, 50, 1.0, distance=24)
    try:
        with WideKde():
            mouse, layer = KwinMouse(), WaylandLayer()
            mouse.click(WIDE + 300, 300)
            layer.show(picture)
            there(second)
            switch(second, False)
            there(first)
            switch(second, True)
            switch(first, False)
            there(second)
            layer.close()
            mouse.close()
    except NoCompositor as error:
        pytest.skip(f"no such desktop: {error}")


class FineKde(OpenKde):
    """With a screen of one and a half pixels for each unit of length."""

    scale = 1.5


def test_a_scale_of_one_and_a_half_is_sharp_on_kwin(answers: Answers) -> None:
    try:
        with FineKde():
            layer = WaylandLayer()
            layer.listen(answers)
            layer.show(chequered(300, 50, layer.scale(), distance=24))
            answers.next("scale")
            wait_until(lambda: layer.scale() == 1.5, "the scale", 10)
            picture = chequered(300, 50, 1.5, distance=24)
            layer.show(picture)
            settled(shot_of_kwin, lambda seen: sharp(seen, picture), "the picture")
            layer.close()
    except NoCompositor as error:
        pytest.skip(f"no such desktop: {error}")


def test_kwin_shows_it_too_without_giving_it_the_cursor_or_a_click_beside_the_row() -> None:
    desktop = OpenKde()
    try:
        desktop.__enter__()
    except NoCompositor as error:
        pytest.skip(f"no such desktop: {error}")
    try:
        pad, mouse = Editing(desktop, "gtk3"), KwinMouse()
        shown = Shown()
        assert shown.works
        shown.say("listen")
        bars = box(settled(shot_of_kwin, lambda seen: box(seen, BARS) is not None, "the pill"), BARS)
        assert bars is not None and bars[1] > TALL - 100 and WIDE / 3 < bars[0] < bars[2] < WIDE / 2 + 60
        assert pad.has_cursor()
        mouse.strike(30)
        pad.stands("a")
        shown.say("kept")
        seen = settled(shot_of_kwin, lambda seen: box(seen, KEPT) is not None, "the kept text")
        row = box(seen[bars[1] - 60 :], style.LIGHT.sunk)
        assert row is not None and pad.has_cursor()
        mouse.click(row[0] + 10, bars[1] - 60 + (row[1] + row[3]) // 2)
        assert shown.heard("asked insert") == "asked insert_last"
        wait_until(pad.has_cursor, "the cursor back in the editor", 5)
        mouse.strike(48)
        pad.stands("ab")
        shown.close()
        mouse.close()
    finally:
        desktop.__exit__()
