"""Global hotkeys from the kernel's input devices, where this user may read them. Never run on real devices here."""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from dictation.core.errors import HotkeyError
from dictation.core.settings import Settings
from dictation.desktop.hotkeys.chords import Bindings, bindings
from dictation.desktop.hotkeys.hotkeys_feed import Feed, Tell, not_listening, without_command
from dictation.desktop.typing.keycodes_linux import CODES

_NAMES = {code: name for name, code in CODES.items()}
_EV_KEY = 1
_UP, _DOWN = 0, 1  # 2 is auto-repeat
_BUTTONS = 0x100
"""From here on the numbers are those of mice, touchpads and joysticks."""
_RESCAN_SECONDS = 2.0
# The layout is not known here, and Right Alt may be AltGr; Menu is on most keyboards, and types nothing.
_PREFERRED = ("ctrl_r", "menu", "pause", "f9")
_log = logging.getLogger(__name__)

Open = Callable[[frozenset[str], bool], dict[str, Any]]
"""See ``open_devices``."""


class EvdevHotkeys:
    """The port ``Hotkeys`` for Linux without a display server's help.

    Devices are read by key code and never grabbed, so programs see the keys too. What is plugged in later is found
    within two seconds; a keyboard that is pulled out releases what was held on it.
    """

    def __init__(self, find: Open | None = None) -> None:
        self.unbound: HotkeyError | None = None
        self._open = find or open_devices
        self._feed: Feed | None = None
        self._bell: socket.socket | None = None

    def start(self, settings: Settings, tell: Tell) -> None:
        """See the port. Raises HotkeyError when no keyboard may be read."""
        self.stop()
        try:
            bound = bindings(settings.keys, _PREFERRED)
        except HotkeyError as why:
            bound = bindings(without_command(settings).keys, _PREFERRED)
            self.unbound = why
        devices = self._open(frozenset(), _needs_mouse(bound))
        if not devices:
            raise HotkeyError(
                "no-input-devices",
                "No keyboard under /dev/input may be read",
                "Run `sudo usermod -aG input $USER` and log in again, if every program of yours may see all keys.",
            )
        self._feed = Feed(tell, bound)
        listen, self._bell = socket.socketpair()
        threading.Thread(
            target=self._run, args=(self._feed, devices, listen), name="hotkeys-evdev", daemon=True
        ).start()

    def change(self, settings: Settings) -> None:
        """See the port."""
        if self._feed is None:
            raise not_listening()
        self._feed.swap(bindings(settings.keys, _PREFERRED))
        self.unbound = None

    def stop(self) -> None:
        """See the port."""
        self._feed, self.unbound = None, None
        if self._bell:
            self._bell.close()  # wakes the thread
            self._bell = None

    def key_name(self) -> str:
        """See the port."""
        return self._feed.key_name if self._feed else ""

    def key_names(self) -> dict[str, str]:
        """See ``Feed.key_names``."""
        return self._feed.key_names() if self._feed else {}

    def typed_since(self, moment: float) -> bool:
        """See ``Feed.typed_since``."""
        return bool(self._feed and self._feed.typed_since(moment))

    def describe(self) -> str:
        """See the port."""
        return f"input devices (evdev): {self._feed.describe(False, self.unbound) if self._feed else 'not listening'}"

    def _run(self, feed: Feed, devices: dict[str, Any], bell: socket.socket) -> None:
        down: dict[str, set[str]] = {}
        with selectors.DefaultSelector() as selector, bell:
            selector.register(bell, selectors.EVENT_READ)
            try:
                self._watch(feed, devices, selector, down)
            except Exception as why:  # noqa: BLE001 - a driver's surprise; the app must hear that it is deaf now
                _log.warning("hotkeys lost: %r", why)
                feed.lost()
            finally:
                for device in devices.values():
                    with contextlib.suppress(OSError):
                        device.close()

    def _watch(
        self, feed: Feed, devices: dict[str, Any], selector: selectors.BaseSelector, down: dict[str, set[str]]
    ) -> None:
        """Read until told to stop. ``down`` is which keys are down on each device."""
        for path, device in devices.items():
            selector.register(device, selectors.EVENT_READ, path)
        scanned = time.monotonic()
        while True:
            for key, _ in selector.select(_RESCAN_SECONDS):
                if key.data is None:
                    return
                try:
                    for name, is_down in _keys(key.fileobj):
                        (set.add if is_down else set.discard)(down.setdefault(key.data, set()), name)
                        feed.key(name, is_down)
                except OSError:  # pulled out
                    selector.unregister(key.fileobj)
                    devices.pop(key.data).close()
                    for name in down.pop(key.data, set()):
                        feed.key(name, False)
            if time.monotonic() - scanned >= _RESCAN_SECONDS:
                for path, device in self._open(frozenset(devices), _needs_mouse(feed.bound)).items():
                    devices[path] = device
                    selector.register(device, selectors.EVENT_READ, path)
                scanned = time.monotonic()


def _keys(device: Any) -> Iterator[tuple[str, bool]]:
    """Keys that went down or up. Raises OSError when the device is gone."""
    for event in device.read():
        named = event.code in _NAMES or event.code < _BUTTONS
        if event.type == _EV_KEY and named and event.value in (_UP, _DOWN):
            yield _NAMES.get(event.code, f"key {event.code}"), event.value == _DOWN


def _needs_mouse(bound: Bindings) -> bool:
    return any(chord.mouse for chord in bound.chords())


def open_devices(known: frozenset[str], mice: bool) -> dict[str, Any]:
    """Keyboards that may be read and are not in ``known``, open, by path; mice if asked: each motion wakes us."""
    try:
        import evdev
    except ImportError as why:  # there is a wheel for one processor only
        raise HotkeyError(
            "no-evdev",
            "Keys of input devices need the Python package evdev, which is not installed",
            "Install it with `pip install evdev` (it needs a C compiler), or bind `dictation toggle` to a key.",
        ) from why

    found: dict[str, Any] = {}
    for path in evdev.list_devices():
        if path not in known:
            try:
                device = evdev.InputDevice(path)
            except OSError:  # gone since, or not ours to read
                continue
            codes = _NAMES.keys() & set(device.capabilities().get(_EV_KEY, ()))
            if any(mice or code < _BUTTONS for code in codes):
                found[path] = device
            else:
                device.close()
    return found
