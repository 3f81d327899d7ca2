"""A surface of ours on the compositor's overlay layer (zwlr_layer_shell_v1), with one picture on it.

Run on sway 1.7 and KWin 5.27 only. Numbers of requests are those of the protocols' XML files.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from dictation.core.errors import InsertError
from dictation.core.ports import Picture, in_pixels
from dictation.desktop.display.wire_wayland import Wire
from dictation.desktop.layer.pointer_wayland import Mouse
from dictation.desktop.layer.screens_wayland import Screens
from dictation.desktop.layer.shared_pixels import SharedPixels

SHELL = "zwlr_layer_shell_v1"
_OVERLAY = 3
"""Above fullscreen windows too."""

_NAME = "dictation"

_TOP, _BOTTOM = 1, 2
_SCALED = 3
"""The version of wl_compositor since which a surface has a scale."""

_ALL = 0x7FFFFFFF
_IN_120 = 120
"""A fractional scale is told in parts of 120."""


class LayerSurface:
    """All calls from the thread of the connection; each raises InsertError where that is lost.

    ``told``: see ``PictureLayer.listen``.
    """

    def __init__(self, told: Callable[[str, float, float], None]) -> None:
        """Raises InsertError where the compositor has no such layer."""
        self.wire = wire = Wire()
        self._told = told
        shell, compositor, shm = wire.bind(SHELL), wire.bind("wl_compositor", _SCALED), wire.bind("wl_shm")
        if not (shell and compositor and shm):
            wire.close()
            raise InsertError(
                "no-layer", "This compositor has no layer above all windows", "The tray and messages say the same."
            )
        self._shell, self._compositor = shell, compositor
        self._scaled = wire.offered["wl_compositor"][1] >= _SCALED
        # A scale such as 1.5 is told by the one and done by the other.
        self._viewporter = wire.bind("wp_viewporter") or 0
        self._fractions = (wire.bind("wp_fractional_scale_manager_v1") or 0) if self._viewporter else 0
        self._sheets = SharedPixels(wire, shm)
        self._picture: Picture | None = None
        self._surface = self._layer = self._viewport = self._fraction = self._frame = self._screen = 0
        self._scale = 0.0
        """As told for this surface or the last one; 0 before."""
        self._placed = self._fresh = False
        self._arranged: object = None
        self._screens = Screens(wire, self._screens_changed)
        self._mouse = Mouse(wire, self._moused)
        wire.roundtrip()

    def scale(self) -> float:
        """Pixels for each unit of length with which a picture is sharp."""
        if self._scale and (self._surface or self._fractions):
            return self._scale
        return float(self._screens.scale()) if self._scaled or self._viewporter else 1.0

    def want(self, picture: Picture | None) -> None:
        """Show it, or nothing."""
        self._picture = picture
        if picture is None:
            self._take_down()
            return
        if self._surface:
            self._fresh = True
            self._draw()
        else:
            self._put_up(picture)

    def _put_up(self, picture: Picture) -> None:
        if not self._screens:
            return  # it is put up when there is one
        wire = self.wire
        self._surface = wire.new(self._entered)
        wire.request(self._compositor, 0, self._surface)
        if self._viewporter:
            self._viewport = wire.new()
            wire.request(self._viewporter, 1, self._viewport, self._surface)
        if self._fractions:
            self._fraction = wire.new(self._preferred)
            wire.request(self._fractions, 1, self._fraction, self._surface)
        self._layer = wire.new(self._heard)
        # No screen is named: the compositor takes the one that is worked on.
        wire.request(self._shell, 0, self._layer, self._surface, 0, _OVERLAY, _NAME)
        wire.request(self._layer, 4, 0)  # no keys, ever
        wire.request(self._layer, 2, 0)  # beside panels, not under them
        self._arrange(picture)
        wire.request(self._surface, 6)
        self._fresh = True

    def _take_down(self) -> None:
        """Off the screen, with all that belongs to it."""
        if not self._surface:
            return
        for number, destroy in ((self._fraction, 0), (self._viewport, 0), (self._layer, 7), (self._surface, 0)):
            if number:
                self.wire.deaf(number)
                self.wire.request(number, destroy)
        if self._frame:
            self.wire.deaf(self._frame)
        self._sheets.drop()
        self._surface = self._layer = self._viewport = self._fraction = self._frame = self._screen = 0
        self._placed = self._fresh = False
        self._arranged = None

    def _arrange(self, picture: Picture) -> None:
        """Size, place and what of it feels the mouse, from the next commit on."""
        wire, edge = self.wire, picture.distance
        wanted = (picture.size, picture.top, edge, picture.clickable)
        if wanted == self._arranged:
            return
        self._arranged = wanted
        wire.request(self._layer, 0, *picture.size)
        wire.request(self._layer, 1, _TOP if picture.top else _BOTTOM)
        wire.request(self._layer, 3, edge, 0, edge, 0)
        region = wire.new()
        wire.request(self._compositor, 1, region)
        for box in picture.clickable:
            wire.request(region, 1, *box)
        wire.request(self._surface, 5, region)
        wire.request(region, 0)

    def _draw(self) -> None:
        """Put the picture there, unless it is there, or the screen has not shown the last one yet."""
        picture = self._picture
        if picture is None or not self._placed or not self._fresh or self._frame:
            return
        wire = self.wire
        width, height = in_pixels(picture.size, picture.scale)
        buffer = self._sheets.buffer(width, height, picture.pixels)
        self._arrange(picture)
        if self._viewport:
            wire.request(self._viewport, 2, *picture.size)
        elif self._scaled:
            wire.request(self._surface, 8, int(picture.scale))
        wire.request(self._surface, 1, buffer, 0, 0)
        wire.request(self._surface, 2, 0, 0, _ALL, _ALL)
        self._frame = wire.new(self._shown)
        wire.request(self._surface, 3, self._frame)
        wire.request(self._surface, 6)
        self._fresh = False

    def _shown(self, opcode: int, body: bytes) -> None:
        self._frame = 0
        self._draw()

    def _heard(self, opcode: int, body: bytes) -> None:
        if opcode == 0:
            self.wire.request(self._layer, 6, struct.unpack_from("=I", body)[0])
            self._placed = True
            if self._fresh:
                self._draw()
            else:
                self.wire.request(self._surface, 6)
        else:  # its screen has gone, or the compositor wants it no more
            was = self._placed
            self._take_down()
            if was and self._picture:
                self._put_up(self._picture)

    def _moused(self, what: str, x: float, y: float) -> None:
        if what == "press":
            # KWin 5.27 gives the cursor to what is clicked, and back when that has gone.
            self._picture = None
            self._take_down()
            self.wire.roundtrip()
        self._told(what, x, y)

    def _entered(self, opcode: int, body: bytes) -> None:
        if opcode == 0:
            (self._screen,) = struct.unpack_from("=I", body)
            self._sharpen()

    def _preferred(self, opcode: int, body: bytes) -> None:
        (parts,) = struct.unpack_from("=I", body)
        self._become(parts / _IN_120)

    def _screens_changed(self) -> None:
        if self._picture and not self._surface:
            self._put_up(self._picture)
        self._sharpen()

    def _sharpen(self) -> None:
        """Take over the scale of the screen that the surface is on, where no finer one is told."""
        if not self._fractions and self._screen and (self._scaled or self._viewport):
            self._become(float(self._screens.scale(self._screen)))

    def _become(self, scale: float) -> None:
        before, self._scale = self.scale(), scale
        if scale != before or (self._picture and self._picture.scale != scale):
            self._told("scale", 0.0, 0.0)
