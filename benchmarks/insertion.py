"""Measures insertion: exact text and time in real apps, beside typing by pynput and xdotool and a paste on a timer.

``python benchmarks/insertion.py [--apps xterm,qt] [--ways ours,timer] [--rounds 2]`` brings up its own desktop. A
case is right when exactly the text stands in the app and exactly the user's old clipboard is back. The hard cases are
an app that stalls for 300 ms or 600 ms, a clipboard manager that reads everything first, and an input method.
``--desktops kde,gnome`` measures ours on those Wayland desktops.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._targets import MORE
from dictation.core.errors import DictationError
from dictation.core.types import Paste, Target
from dictation.desktop import choose
from dictation.desktop.clipboard.clipboard_x11 import X11Clipboard
from dictation.desktop.focus.focus_x11 import X11Focus
from dictation.desktop.typing.typist_x11 import X11Typist
from tests.desktop.bench import Desk
from tests.desktop.browser import Browser
from tests.desktop.compositor import NoCompositor
from tests.desktop.editors import Editor, wait_until
from tests.desktop.headless import Editing, Gnome, Headless, Kde

OLD = "the user's own clipboard, 原来的剪贴板"
EN = "The build broke after we moved src/main.py; retry with --no-cache, then check port 8080. "
ZH = "把这个函数改成异步的，然后在测试里加上超时，最后再看一下日志有没有报错。"
MIXED = "我们用 Kubernetes 部署 user_session.py，超时改成 30 s，然后 git push origin dev。"
EMOJI = "上线了 🎉🇨🇳👩‍💻 naïve café ½ 𠮷野家 "
CODE = "for k, v in sorted(d.items()): print(f\"{k!r}={v:>8.2f}\", end='\\t') # `x` $HOME *? ~ "


def of(text: str, length: int) -> str:
    """``text`` over and over, ``length`` characters of it, with no blank at the end."""
    return (text * (length // len(text) + 1))[:length].rstrip() or text


TEXTS = {
    **{f"en {n}": of(EN, n) for n in (10, 200, 2000)},
    **{f"zh {n}": of(ZH, n) for n in (10, 200, 2000)},
    "mixed 200": of(MIXED, 200), "emoji 40": EMOJI.strip(), "code 200": of(CODE, 200), "mixed 2000": of(MIXED, 2000),
}  # fmt: skip

FREEZES = 10
"""More characters outside ASCII than this, typed key by key, keep the window manager busy for a minute each."""

PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=pinyin
[Groups/0/Items/1]
Name=keyboard-us
[GroupOrder]
0=Default
"""

Way = Callable[[str], None]

WAYLAND: dict[str, type[Headless]] = {"kde": Kde, "gnome": Gnome}


class Ours:
    """The product's typist."""

    def __init__(self) -> None:
        self.clipboard = X11Clipboard()
        self.typist = X11Typist(self.clipboard)

    def __call__(self, text: str) -> None:
        self.typist.prepare()
        self.typist.perform((Paste(text),), X11Focus().current())


def pynput(text: str) -> None:
    """The plain way of most small tools."""
    from pynput.keyboard import Controller

    Controller().type(text)


def xdotool(text: str) -> None:
    """The plain way of shell scripts."""
    subprocess.run(["xdotool", "type", "--", text], check=True, stdin=subprocess.DEVNULL, timeout=120)


def timer(text: str) -> None:
    """Set the clipboard, send the app's paste key, wait 150 ms, set the old one again: the common recipe."""
    for name in ("clipboard", "primary"):
        put(text, name)
    subprocess.run(["xdotool", "key", "shift+Insert"], check=True, stdin=subprocess.DEVNULL, timeout=20)
    time.sleep(0.15)
    put(OLD)


def put(text: str, selection: str = "clipboard") -> None:
    """Copy as another program would."""
    subprocess.run(["xclip", "-selection", selection, "-i"], input=text, text=True, check=True, timeout=20)


def there() -> str:
    """What Ctrl+V would paste now."""
    call = ["xclip", "-selection", "clipboard", "-o"]
    return subprocess.run(call, capture_output=True, text=True, timeout=10).stdout


@contextmanager
def stalled(app: Editor, seconds: float) -> Iterator[None]:
    """``app`` answers nothing for ``seconds``, from now on."""
    if not seconds:
        yield
        return
    group = app.process.pid
    os.killpg(group, signal.SIGSTOP)
    waker = threading.Timer(seconds, os.killpg, (group, signal.SIGCONT))
    waker.start()
    try:
        yield
    finally:
        waker.join()


def one(app: Editor, way: Way, text: str, stall: float) -> tuple[bool, bool, float]:
    """Whether the text is exact, whether the clipboard came back, and the milliseconds until the text stood there."""
    app.clear()
    app.focus()
    put(OLD)
    began = time.perf_counter()
    with stalled(app, stall):
        landed = 0.0

        def look() -> None:
            nonlocal landed
            try:
                app.wait_for(text, 8 + stall)
                landed = (time.perf_counter() - began) * 1000
            except TimeoutError:
                pass

        watcher = threading.Thread(target=look)
        try:
            watcher.start()
            way(text)
        except DictationError as error:
            print(f"    refused: {error.line()}")
    watcher.join()
    deadline = time.monotonic() + 3
    while there() != OLD and time.monotonic() < deadline:
        time.sleep(0.02)
    return landed > 0, there() == OLD, landed


def measure(
    desk: Desk,
    title: str,
    apps: list[str],
    ways: dict[str, Way],
    rounds: int,
    stall: float = 0.0,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """One table: exact texts, clipboards given back and median milliseconds, by app and way."""
    print(f"\n{title}")
    print(f"  {'app':9} {'way':8} {'exact':>9} {'clipboard':>10} {'median ms':>10} {'2,000 characters':>17}")
    for name in apps:
        app = Browser(desk.dir) if name == "chromium" else MORE[name](desk.dir)
        try:
            app.focus()
            try:
                ready()
            except TimeoutError as error:
                print(f"  {name:9} left out: {error}")
                continue
            for label, way in ways.items():
                print(f"  {name:9} {label:8} {table_row(app, way, label, rounds, stall)}", flush=True)
        finally:
            app.close()


def table_row(app: Editor, way: Way, label: str, rounds: int, stall: float) -> str:
    """The figures of one app and one way."""
    right = back = total = 0
    waits: dict[bool, list[float]] = defaultdict(list)
    wrong = []
    for kind, text in TEXTS.items():
        typed = label in ("pynput", "xdotool")
        if typed and sum(not each.isascii() for each in text) > FREEZES:
            continue
        for _ in range(1 if typed else rounds):
            exact, given, wait = one(app, way, text, stall)
            total, right, back = total + 1, right + exact, back + given
            if exact:
                waits[len(text) > 1000].append(wait)
            else:
                wrong.append(kind)
    middle = [f"{statistics.median(waits[long]):.0f}" if waits[long] else "-" for long in (False, True)]
    note = f"  wrong: {', '.join(dict.fromkeys(wrong))}" if wrong else ""
    return f"{right:>4}/{total:<4} {back:>5}/{total:<4} {middle[0]:>10} {middle[1]:>17}{note}"


@contextmanager
def running(*command: str) -> Iterator[bool]:
    """A program beside the apps, if it is installed."""
    if shutil.which(command[0]) is None:
        print(f"\n({command[0]} is not installed: left out)")
        yield False
        return
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1.0)  # it says nowhere that it is ready
    try:
        yield process.poll() is None
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def input_method(folder: Path) -> Iterator[bool]:
    """Pinyin through Fcitx for the apps that are started meanwhile: typed letters become Chinese."""
    profile = folder / "fcitx" / "fcitx5" / "profile"
    profile.parent.mkdir(parents=True)
    profile.write_text(PROFILE, encoding="utf-8")
    wanted = {"GTK_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx", "XDG_CONFIG_HOME": str(folder / "fcitx")}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        with running("fcitx5", "--disable", "wayland,waylandim,notificationitem,kimpanel,clipboard") as there:
            yield there
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


def compose() -> None:
    """Switch the input method on in the window that has the cursor. Raises TimeoutError."""

    def on() -> bool:
        subprocess.run(["fcitx5-remote", "-s", "pinyin"], capture_output=True, stdin=subprocess.DEVNULL, timeout=20)
        asked = subprocess.run(["fcitx5-remote", "-n"], capture_output=True, stdin=subprocess.DEVNULL, timeout=20)
        return asked.stdout.strip() == b"pinyin"

    wait_until(on, "the input method", 15)


def wayland(name: str, rounds: int) -> None:
    """A table of a Wayland desktop without a screen: exact texts and median milliseconds until they stood there."""
    with WAYLAND[name]() as desktop:
        typist, told = choose.typist(), threading.Event()
        choose.allow(typist, lambda _: told.set())
        if isinstance(desktop, Gnome):
            desktop.answer(True)
        if not told.wait(60):
            raise TimeoutError("nobody answered the desktop's dialog")
        print(f"\n{name}\n  {'app':9} {'exact':>9} {'median ms':>10} {'2,000 characters':>17}")
        for kind in ("gtk3", "gtk4", "qt"):
            pad, wanted = Editing(desktop, kind), ""
            waits: dict[bool, list[float]] = defaultdict(list)
            total = 0
            for text in [each for each in TEXTS.values() for _ in range(rounds)]:
                total, wanted = total + 1, wanted + text
                typist.prepare()
                began = time.perf_counter()
                try:
                    typist.perform((Paste(text),), Target(app=kind))
                    pad.stands(wanted, 8)
                    waits[len(text) > 1000].append((time.perf_counter() - began) * 1000)
                except (DictationError, AssertionError) as error:
                    print(f"    {error}"[:200])
                    wanted = pad.text()
            pad.close()
            middle = [f"{statistics.median(waits[long]):.0f}" if waits[long] else "-" for long in (False, True)]
            print(
                f"  {kind:9} {sum(map(len, waits.values())):>4}/{total:<4} {middle[0]:>10} {middle[1]:>17}", flush=True
            )
        typist.close()


def main() -> None:
    """All tables, on a desktop of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--apps", default="xterm,vte,tmux,gtk,qt,chromium")
    parser.add_argument("--ways", default="ours,timer,xdotool,pynput")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--desktops", default="x11,kde,gnome", help="x11, kde, gnome: those without a screen as well")
    given = parser.parse_args()
    for name in given.desktops.split(","):
        if name in WAYLAND:
            try:
                wayland(name, given.rounds)
            except NoCompositor as error:
                print(f"\n({name} is left out: {error})")
    if "x11" not in given.desktops.split(","):
        return
    apps = given.apps.split(",")
    with Desk() as desk:
        ours = Ours()
        every: dict[str, Way] = {"ours": ours, "timer": timer, "xdotool": xdotool, "pynput": pynput}
        ways = {name: every[name] for name in given.ways.split(",")}
        pastes = {name: way for name, way in ways.items() if name in ("ours", "timer")}
        try:
            measure(desk, "plain", apps, ways, given.rounds)
            for seconds in (0.3, 0.6):
                measure(desk, f"the app stalls for {seconds:g} s", apps, pastes, 1, seconds)
            with running("xfce4-clipman") as there:
                if there:
                    measure(desk, "a clipboard manager reads along", apps, pastes, 1)
            with input_method(desk.dir) as there:
                if there:
                    measure(desk, "an input method is on, composing", apps, pastes, 1, ready=compose)
        finally:
            ours.typist.close()
    print(f"\n(texts of over {FREEZES} characters outside ASCII are not typed key by key: see the note at FREEZES)")


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parents[1])
    main()
