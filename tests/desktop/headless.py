"""Owns the Wayland desktops of the tests that show their screen to nobody: KWin (KDE 5.27) and GNOME Shell (43; 48)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from dictation.desktop.display.portal import NAME
from tests.desktop.bench import HERE
from tests.desktop.compositor import NoCompositor
from tests.desktop.editors import wait_until

START_SECONDS = 60
"""On an idle machine 3 to 5 s."""

GI_PYTHON = "/usr/bin/python3"
"""Debian's own, which has python3-gi."""

_MUTTER = "org.gnome.Mutter.RemoteDesktop"
_A11Y = "org.a11y.atspi.Accessible"
_ACTIVE, _CHECKED, _SENSITIVE = 1, 4, 24
"""Numbers of states in AT-SPI (atspi-constants.h)."""


class Headless:
    """One desktop with its own buses and portals; while it is entered, ``os.environ`` points at it."""

    kind = ""
    needs: tuple[str, ...] = ()
    current = ""
    portals: tuple[str, ...] = ()
    """Those that may serve: xdg-desktop-portal takes another desktop's for what the right one lacks."""
    gives_back = False
    """Whether it tells when a text has been read, so that the clipboard can be given back."""
    asks_again = False
    """Whether its dialog comes again when the session was lost."""
    root = ""
    """Where the system lies whose desktop, buses and portals run here; the editors are always this system's."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"dictation-{self.kind}-", dir="/tmp"))
        self._before = dict(os.environ)
        self._children: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Start it. Raises NoCompositor."""
        needed = (*self.needs, "/usr/bin/dbus-daemon", "/usr/libexec/xdg-desktop-portal")
        missing = [each for each in needed if not Path(self.root + each).exists()]
        if missing := missing + [each for each in ("wl-copy", "foot") if not shutil.which(each)]:
            raise NoCompositor(f"not installed: {', '.join(missing)} (tests/desktop/setup.sh desk)")
        try:
            self._start()
        except (TimeoutError, OSError) as error:
            self.__exit__()
            raise NoCompositor(f"{self.kind}: {error}") from error
        return self

    def __exit__(self, *_: object) -> None:
        """End it and all on it, and give the environment back."""
        for child in reversed(self._children):
            if child.poll() is None:
                child.terminate()
        for child in self._children:
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        for pid in self._on_our_buses():
            try:
                os.kill(pid, 9)
            except ProcessLookupError:
                continue
        os.environ.clear()
        os.environ.update(self._before)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, command: Sequence[str], name: str, **environment: str) -> subprocess.Popen[bytes]:
        """A program on this screen."""
        with (self.folder / f"{name}.log").open("wb") as log:
            child = subprocess.Popen(
                list(command), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | environment,
                start_new_session=True,
            )  # fmt: skip
        self._children.append(child)
        return child

    def start_theirs(self, command: Sequence[str], name: str) -> subprocess.Popen[bytes]:
        """A program of the system in ``root``."""
        return self.start(["chroot", self.root, *command] if self.root else command, name)

    def logs(self) -> str:
        """What its programs have said last."""
        said = ((each.name, each.read_text(errors="replace")) for each in self.folder.glob("*.log"))
        return "\n".join(f"{name}: {text[-1000:]}" for name, text in said)

    def compositor(self) -> list[str]:
        """How to start it; it makes the socket ``self.display``."""
        raise NotImplementedError

    @property
    def display(self) -> str:
        """The name of its Wayland socket."""
        return f"{self.kind}-0"

    def settled(self) -> None:
        """Wait until a window can have the cursor."""

    def press(self, *codes: int) -> None:
        """A finger on the keyboard, by the kernel's key codes."""
        raise NotImplementedError

    def portal_pid(self) -> int:
        """Of the portal that runs now."""
        with _session() as bus:
            return int(_call(bus, *_DBUS, "GetConnectionUnixProcessID", "s", NAME)[0])

    def _start(self) -> None:
        run = self.folder / "run"
        for each in ("run", "config", "data", "cache", "portals"):
            (self.folder / each).mkdir(mode=0o700)
        for each in self.portals:
            shutil.copy(f"{self.root}/usr/share/xdg-desktop-portal/portals/{each}.portal", self.folder / "portals")
        for name in (
            "DISPLAY",
            "SWAYSOCK",
            "XAUTHORITY",
            "QT_QPA_PLATFORM",
            "HYPRLAND_INSTANCE_SIGNATURE",
            "NO_AT_BRIDGE",
            "GTK_A11Y",
        ):
            os.environ.pop(name, None)
        os.environ |= {
            "HOME": str(self.folder), "XDG_RUNTIME_DIR": str(run), "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"), "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_CURRENT_DESKTOP": self.current, "XDG_SESSION_TYPE": "wayland", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
            "XDG_DESKTOP_PORTAL_DIR": str(self.folder / "portals"), "LIBGL_ALWAYS_SOFTWARE": "1",
            "GSETTINGS_BACKEND": "memory", "WAYLAND_DISPLAY": self.display, "GDK_BACKEND": "wayland",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={run / 'bus'}",
            # GNOME Shell ends without a system bus; an empty one is enough.
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={run / 'system_bus'}",
        }  # fmt: skip
        # All of it before the buses start: the portals that they start inherit their environment.
        for name, kind in (("bus", "SESSION"), ("system_bus", "SYSTEM")):
            address = os.environ[f"DBUS_{kind}_BUS_ADDRESS"]
            self.start_theirs(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"], name)
        wait_until(lambda: all((run / each).exists() for each in ("bus", "system_bus")), "the buses", START_SECONDS)
        shell = self.start_theirs(["env", "-u", "WAYLAND_DISPLAY", "-u", "GDK_BACKEND", *self.compositor()], self.kind)
        there = run / self.display
        wait_until(lambda: there.exists() or shell.poll() is not None, f"the socket of {self.kind}", START_SECONDS)
        if shell.poll() is not None:
            said = (self.folder / f"{self.kind}.log").read_text(errors="replace")
            raise NoCompositor(f"{self.kind} ended: {said[-300:]}")
        self.settled()

    def _on_our_buses(self) -> list[int]:
        """What the buses and the shell have started."""
        mark, found = f"XDG_RUNTIME_DIR={self.folder / 'run'}".encode(), []
        for each in Path("/proc").iterdir():
            if each.name.isdecimal() and int(each.name) != os.getpid():
                try:
                    if mark in (each / "environ").read_bytes().split(b"\0"):
                        found.append(int(each.name))
                except OSError:
                    continue
        return found


class Kde(Headless):
    """KWin with its portal, which asks nobody."""

    kind, current, portals, gives_back = "kde", "KDE", ("kde",), True
    needs = ("/usr/bin/kwin_wayland", "/usr/lib/x86_64-linux-gnu/libexec/xdg-desktop-portal-kde")
    lets: tuple[str, ...] = ()
    scale, screens = 1.0, 1

    def compositor(self) -> list[str]:
        # A copy loses the file capability cap_sys_resource, with which exec fails in a container that has not got it.
        own = self.folder / "kwin_wayland"
        shutil.copyfile(shutil.which("kwin_wayland") or "", own)
        own.chmod(0o755)
        os.environ |= {"KDE_FULL_SESSION": "true", "KDE_SESSION_VERSION": "5", "QT_QPA_PLATFORM": "wayland"}
        return ["env", "-u", "QT_QPA_PLATFORM", *self.lets, str(own), "--virtual", "--width", "1280", "--height", "800",
                "--socket", self.display, "--no-lockscreen", "--scale", str(self.scale),
                "--output-count", str(self.screens)]  # fmt: skip


class OpenKde(Kde):
    """KWin that lets everybody press keys and take pictures of the screen."""

    lets = ("KWIN_WAYLAND_NO_PERMISSION_CHECKS=1", "KWIN_SCREENSHOT_NO_PERMISSION_CHECKS=1")


class Gnome(Headless):
    """GNOME Shell with its portal, whose dialog ``answer`` answers."""

    kind, current, asks_again = "gnome", "GNOME", True
    portals: tuple[str, ...] = ("gnome", "gnome-shell", "gtk")
    needs = ("/usr/bin/gnome-shell", "/usr/libexec/xdg-desktop-portal-gnome")
    allow = "Allow remote interaction"

    def compositor(self) -> list[str]:
        os.environ["QT_QPA_PLATFORM"] = "wayland"
        return ["env", "-u", "QT_QPA_PLATFORM", "gnome-shell", "--headless", "--wayland", "--no-x11",
                "--virtual-monitor", "1280x800", "--wayland-display", self.display]  # fmt: skip

    def settled(self) -> None:
        """The seat has a keyboard only while a session has struck one; the overview, with which it starts, goes."""
        with _session() as bus:
            wait_until(lambda: _owned(bus, _MUTTER), "Mutter's finger", START_SECONDS)
        self._hand = _session()
        (self._finger,) = _call(self._hand, _MUTTER, "/org/gnome/Mutter/RemoteDesktop", _MUTTER, "CreateSession")
        self._strike("Start")
        self.press(42)
        with _session() as bus:
            name, path, what = "org.gnome.Shell", "/org/gnome/Shell", "OverviewActive"
            properties = (name, path, "org.freedesktop.DBus.Properties")
            wait_until(lambda: _owned(bus, name), "GNOME Shell", START_SECONDS)

            def overview() -> bool | None:
                try:
                    return bool(_call(bus, *properties, "Get", "ss", name, what)[0][1])
                except OSError:
                    return None  # it owns its name before it has its objects

            wait_until(overview, "the overview", START_SECONDS)
            _call(bus, *properties, "Set", "ssv", name, what, ("b", False))
            wait_until(lambda: overview() is False, "the overview to go", START_SECONDS)

    def press(self, *codes: int) -> None:
        self.hold(*codes)
        self.let_go(*codes)

    def hold(self, *codes: int) -> None:
        """Press keys and keep them down."""
        for code in codes:
            self._strike("NotifyKeyboardKeycode", "ub", code, True)

    def let_go(self, *codes: int) -> None:
        """Let them come up, the last one first."""
        for code in reversed(codes):
            self._strike("NotifyKeyboardKeycode", "ub", code, False)

    def answer(self, yes: bool) -> None:
        """Wait for the portal's dialog, and answer it."""
        with self._accessible() as bus:
            dialog = wait_until(lambda: _in_front(bus, "xdg-desktop-portal-gnome"), "the dialog", START_SECONDS)
            if not yes:
                _act(bus, dialog, "button", "Cancel")
            else:
                _act(bus, dialog, "switch", self.allow)
                _act(bus, dialog, "button", "Share")

    def give_keys(self) -> None:
        """Wait for the dialog that asks for shortcuts, and say yes."""
        with self._accessible() as bus:
            asking = "gnome-control-center-global-shortcuts-provider"
            _act(bus, wait_until(lambda: _in_front(bus, asking), "the dialog", START_SECONDS), "button", "Add")

    def _accessible(self) -> DBusConnection:
        with _session() as session:
            (address,) = _call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        return open_dbus_connection(address)

    def _strike(self, member: str, signature: str | None = None, *body: object) -> None:
        _call(self._hand, _MUTTER, self._finger, f"{_MUTTER}.Session", member, signature, *body)


class Gnome48(Gnome):
    """GNOME Shell 48 of the Debian 13 that ``tests/desktop/gnome48.sh`` lays down; its portal has the clipboard."""

    kind, portals, gives_back, asks_again = "gnome48", ("gnome", "gtk"), True, False
    root = os.environ.get("DICTATION_GNOME48_ROOT", "")
    allow = "Allow Remote Interaction"

    def settled(self) -> None:
        """Who leaves the overview before the shell has started leaves it deaf to shortcuts."""
        log = self.folder / f"{self.kind}.log"
        wait_until(lambda: "GNOME Shell started" in log.read_text(errors="replace"), "GNOME Shell", START_SECONDS)
        super().settled()


class Editing:
    """An editor's window with the cursor, whose text stands in a file whenever it has changed."""

    def __init__(self, desktop: Headless, kind: str) -> None:
        """``kind``: gtk3, gtk4 or qt."""
        folder = Path(tempfile.mkdtemp(dir=desktop.folder))
        self._file = folder / "text"
        python = sys.executable if kind == "qt" else GI_PYTHON
        script = str(HERE / "pads.py")
        self.process = desktop.start([python, script, kind, str(self._file)], folder.name)
        wait_until(lambda: self._file.exists() or self.process.poll() is not None, f"the {kind} window", START_SECONDS)
        wait_until(self.has_cursor, f"the cursor in {kind}", START_SECONDS)

    def has_cursor(self) -> bool:
        """Whether the window says so itself."""
        there = self._file.with_suffix(".focus")
        return there.exists() and there.read_text() == "yes"

    def text(self) -> str:
        """What stands in it."""
        return self._file.read_text(encoding="utf-8")

    def stands(self, text: str, seconds: float = 30) -> None:
        """Wait for exactly this text."""
        try:
            wait_until(lambda: self.text() == text, "the text", seconds)
        except TimeoutError:
            raise AssertionError(f"there stood {self.text()!r} instead of {text!r}") from None

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait(10)


class Console(Editing):
    """A terminal (``vte`` or ``foot``) with a program that keeps every byte it is sent."""

    def __init__(self, desktop: Headless, kind: str, strike: Callable[[str], object]) -> None:
        """``strike`` presses a key: no terminal says that it has the cursor, so one is tried until it arrives."""
        folder = Path(tempfile.mkdtemp(dir=desktop.folder))
        self._file, self._seen = folder / "bytes", 0
        command = {"vte": ["xfce4-terminal", "--disable-server", "-x"], "foot": ["foot"]}[kind]
        reader = [sys.executable, str(HERE / "reader.py"), str(self._file)]
        self.process = desktop.start([*command, *reader], folder.name)
        wait_until(lambda: self._file.exists() or self.process.poll() is not None, f"{kind}'s program", START_SECONDS)

        def reached() -> bool:
            strike("space")
            try:
                return wait_until(lambda: bool(self._file.read_bytes()), "a key", 1)
            except TimeoutError:
                return False

        wait_until(reached, f"the cursor in {kind}", START_SECONDS)
        strike("tab")  # everything struck before it has come when it has
        wait_until(lambda: self._file.read_bytes().endswith(b"\t"), "the last key", START_SECONDS)
        self._seen = len(self._file.read_bytes())

    def text(self) -> str:
        raw = self._file.read_bytes()[self._seen :].replace(b"\x1b[200~", b"").replace(b"\x1b[201~", b"")
        return raw.decode(errors="replace")


_DBUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


def _session() -> DBusConnection:
    return open_dbus_connection("SESSION")


def _call(
    bus: DBusConnection, name: str, path: str, interface: str, member: str, signature: str | None = None, *body: object
) -> tuple[Any, ...]:
    message = new_method_call(DBusAddress(path, name, interface), member, signature, body)
    reply = bus.send_and_get_reply(message, timeout=20)
    if reply.header.message_type is MessageType.error:
        raise OSError(f"{member}: {reply.body}")
    return tuple(reply.body)


def _owned(bus: DBusConnection, name: str) -> bool:
    return bool(_call(bus, *_DBUS, "NameHasOwner", "s", name)[0])


def _children(bus: DBusConnection, name: str, path: str) -> list[tuple[str, str]]:
    return list(_call(bus, name, path, _A11Y, "GetChildren")[0])


def _actions(bus: DBusConnection, name: str, path: str) -> int:
    """How many things it can be told to do."""
    what = ("org.a11y.atspi.Action", "NActions")
    return int(_call(bus, name, path, "org.freedesktop.DBus.Properties", "Get", "ss", *what)[0][1])


def _named(bus: DBusConnection, name: str, path: str) -> str:
    return str(_call(bus, name, path, "org.freedesktop.DBus.Properties", "Get", "ss", _A11Y, "Name")[0][1])


def _in_front(bus: DBusConnection, program: str) -> tuple[str, str] | None:
    """The window of a program on the accessibility bus that has the cursor. (GTK 4 leaves there what has gone.)"""
    root = "/org/a11y/atspi/accessible/root"
    for name, path in _children(bus, "org.a11y.atspi.Registry", root):
        try:
            if _named(bus, name, path) == program:
                for child, place in _children(bus, name, path):
                    if _state(bus, (child, place), _ACTIVE):
                        return child, place
        except OSError:
            continue
    return None


def _act(bus: DBusConnection, inside: tuple[str, str], role: str, label: str) -> None:
    """Do what a click on that part of a window does, once it can be clicked."""

    def part() -> tuple[str, str] | None:
        todo = [inside]
        while todo:
            name, path = todo.pop()
            try:
                called = _call(bus, name, path, _A11Y, "GetRoleName")[0] == role and label in _named(bus, name, path)
                if called and _actions(bus, name, path):  # a row may be called as the switch in it
                    return (name, path) if _state(bus, (name, path), _SENSITIVE) else None
                todo += _children(bus, name, path)
            except OSError:
                continue  # it has gone since
        return None

    found = wait_until(part, f"the {role} {label!r}", START_SECONDS)
    _call(bus, *found, "org.a11y.atspi.Action", "DoAction", "i", 0)
    if role == "switch":
        wait_until(lambda: _state(bus, found, _CHECKED), f"{label!r} to be on", START_SECONDS)


def _state(bus: DBusConnection, part: tuple[str, str], state: int) -> bool:
    return bool(_call(bus, *part, _A11Y, "GetState")[0][0] >> state & 1)
