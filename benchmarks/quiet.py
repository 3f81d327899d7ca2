"""How quiet the app is: the idle app's CPU and memory, and what the pill costs while one speaks, beside a plain pill.

The idle app is the real one, with tray and windows, without the engine, which is a process of its own. The pill is the
real one over a made level, in a process of its own; the plain one paints all of itself 60 times a second, as an
animation does. Everything on the virtual desktop, and the pill on sway's layer as well, where sway is installed; shares
are of one core, by the process' own CPU time.

    PYTHONPATH=. python benchmarks/quiet.py   # 1 to 2 minutes
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IDLE, MEGABYTES, PILL = 0.003, 150, 0.03
"""Most that is wanted: share of a core when idle, resident memory, share of a core while listening."""

SECONDS = 10.0
SETTLE_SECONDS = 8.0
"""After the start the tray is looked for and the catalog is read."""


def main() -> int:
    if sys.argv[1:2] == ["pill"]:
        return _pill(plain=sys.argv[2] == "plain")
    from tests.desktop.bench import Desk
    from tests.desktop.compositor import NoCompositor, Sway

    with Desk():
        idle, megabytes = _idle()
        ours, plain = (_run("pill", way) for way in ("ours", "plain"))
    layer = None
    try:
        with Sway():
            layer = _run("pill", "ours")
    except NoCompositor as error:
        print(f"no sway: {error}")
    print(f"{'idle app':22}{idle:9.2%} of a core{megabytes:8.0f} MB resident, without the engine")
    print(f"{'pill while listening':22}{ours['listening']:9.2%} of a core")
    print(
        f"{'plain pill (60 fps)':22}{plain['listening']:9.2%} of a core, {plain['listening'] / ours['listening']:.0f} x"
    )
    print(f"{'after it has gone':22}{ours['after']:9.2%} of a core")
    if layer:
        print(f"{'pill on sway':22}{layer['listening']:9.2%} of a core")
        print(f"{'after it has gone':22}{layer['after']:9.2%} of a core")
    wrong = [
        name
        for name, bad in (
            ("idle CPU", idle > IDLE), ("memory", megabytes > MEGABYTES), ("pill", ours["listening"] > PILL),
            ("after the pill", ours["after"] > IDLE), ("pill on sway", layer and layer["listening"] > PILL),
            ("after the pill on sway", layer and layer["after"] > IDLE),
        )
        if bad
    ]  # fmt: skip
    print("as wanted" if not wrong else f"not as wanted: {', '.join(wrong)}")
    return bool(wrong)


def _idle() -> tuple[float, float]:
    """Share of a core and resident megabytes of the real app, when nothing happens."""
    from tests.desktop.running import App

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "config.toml").write_text("", encoding="utf-8")  # not the first start, which opens a window
        with App(home) as app:
            time.sleep(SETTLE_SECONDS)
            pid, began, before = app.process.pid, time.monotonic(), _used(app.process.pid)
            time.sleep(2 * SECONDS)
            share = (_used(pid) - before) / (time.monotonic() - began)
            pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return share, pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _used(pid: int) -> float:
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _run(*words: str) -> dict[str, float]:
    there = os.environ | ({"QT_QPA_PLATFORM": "wayland"} if "WAYLAND_DISPLAY" in os.environ else {})
    command = [sys.executable, __file__, *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, env=there)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _pill(plain: bool) -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from dictation.core.types import Dropped, Finished, State, StateChanged
    from dictation.desktop import choose
    from dictation.ui.main import Interface
    from tests.ui.fake_controls import FakeControls

    class Loud(FakeControls):
        def level(self) -> float:
            return random.random() ** 2

    app, controls = QApplication(["dictation"]), Loud()
    controls.see_through = False
    controls.layer = choose.layer  # type: ignore[method-assign]
    controls.model("small")["installed"] = True  # nothing to say about models
    shown = Interface(controls)

    def share(seconds: float) -> float:
        QTimer.singleShot(round(1000 * seconds), app.quit)
        began, before = time.monotonic(), time.process_time()
        app.exec()
        return (time.process_time() - before) / (time.monotonic() - began)

    share(1)
    controls.tell(StateChanged(State.LISTENING))
    share(1)
    frames = QTimer()
    if plain and (window := shown.overlay.window):
        frames.timeout.connect(window.update)
        frames.start(1000 // 60)
    listening = share(SECONDS)
    frames.stop()
    controls.tell(Finished(1, Dropped()))
    controls.tell(StateChanged(State.IDLE))
    share(1)
    print(json.dumps({"listening": listening, "after": share(SECONDS)}))
    shown.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
