"""The port ``PictureLayer`` on Wayland, where the compositor has such a layer: KDE, sway, Hyprland, niri, not GNOME."""

from __future__ import annotations

import logging
import os
import select
import threading
from collections.abc import Callable

from dictation.core.errors import InsertError
from dictation.core.ports import Picture
from dictation.desktop.layer.surface_wayland import LayerSurface

_log = logging.getLogger(__name__)


class WaylandLayer:
    """One connection and a thread that waits on it; it costs nothing while nothing is shown."""

    def __init__(self) -> None:
        """Raises InsertError where there is no such layer."""
        self._told: Callable[[str, float, float], None] = lambda *_: None
        self._surface = LayerSurface(self._tell)
        self._wanted: Picture | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._bell = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        threading.Thread(target=self._run, name="pill-layer", daemon=True).start()

    def listen(self, told: Callable[[str, float, float], None]) -> None:
        """See the port."""
        self._told = told

    def scale(self) -> float:
        """See the port."""
        return self._surface.scale()

    def show(self, picture: Picture) -> None:
        """See the port."""
        self._want(picture)

    def hide(self) -> None:
        """See the port."""
        self._want(None)

    def close(self) -> None:
        """See the port."""
        self._told = lambda *_: None
        self._closed = True
        self._want(None)

    def _want(self, picture: Picture | None) -> None:
        with self._lock:
            self._wanted = picture
            if self._bell >= 0:
                os.eventfd_write(self._bell, 1)

    def _tell(self, what: str, x: float, y: float) -> None:
        self._told(what, x, y)

    def _run(self) -> None:
        wire, bell = self._surface.wire, self._bell
        try:
            while not self._closed:
                ready, _, _ = select.select([wire.fileno(), bell], [], [])
                if bell in ready:
                    os.eventfd_read(bell)
                    self._surface.want(self._wanted)
                if wire.fileno() in ready:
                    wire.read()
        except Exception as why:  # noqa: BLE001 - a compositor that has gone, or says what nobody understands
            if not self._closed:
                said = why.message if isinstance(why, InsertError) else repr(why)
                _log.warning("The pill is gone, the tray and messages stand in for it: %s", said)
                self._tell("lost", 0.0, 0.0)
        finally:
            with self._lock:
                os.close(bell)
                self._bell = -1
            wire.close()
