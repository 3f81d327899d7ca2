"""How quick the settings window is: asked for to painted, the longest block while pages are opened, and its memory.

The real app on the virtual desktop, asked over its socket as `dictation settings` asks it, in a new process three
times; the middle one of three is printed, because the machine is shared. A beat of a millisecond goes through Qt's loop
all the time: the longest gap between two beats is how long a key or a click would have waited. Each page is opened for
the first time as soon as the window stands, then again; then again with a model on its way and a server that is silent.

    PYTHONPATH=. python benchmarks/window.py   # 2 to 3 minutes
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dictation.ui.main import QtWindows

OPEN_MS, BLOCK_MS, MEGABYTES = 400, 50, 150
"""Most that is wanted: until the window is painted, while nothing goes through Qt's loop, resident memory."""

RUNS = 3
SETTLE_SECONDS = 8.0
"""After the start the catalog is read and the engine loads."""

BYTES_PER_SECOND = 2_000_000
"""Of a download: half a minute's worth is there."""

LOOK_SECONDS = 0.6
"""From opening a page until all of it is there and painted, with time to spare."""


def main() -> int:
    if sys.argv[1:2] == ["app"]:
        return _app()
    from tests.desktop.bench import Desk

    with Desk():
        runs = [_run() for _ in range(RUNS)]
    wrong = []
    for name in runs[0]:
        middle = statistics.median(each[name] for each in runs)
        unit, most = _wanted(name)
        wrong += [name] if most and middle > most else []
        print(f"{name:34}{middle:8.0f} {unit:3} {f'wanted: under {most}' if most else ''}".rstrip())
    print("as wanted" if not wrong else f"not as wanted: {', '.join(wrong)}")
    return bool(wrong)


def _wanted(name: str) -> tuple[str, int]:
    """Unit and bound; 0 where there is none: nobody leaves every page open all day."""
    if name.startswith("memory"):
        return "MB", 0 if "every page" in name else MEGABYTES
    return ("ms", OPEN_MS) if name.startswith("asked") else ("ms", BLOCK_MS)


def _run() -> dict[str, float]:
    """One life of the app; what it measured."""
    from tests.engines.hub import Hub

    with tempfile.TemporaryDirectory() as folder:
        home, model = Path(folder, "home"), Path(folder, "model")
        home.mkdir()
        model.mkdir()
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (model / name).write_text('{"lang_ids": []}', encoding="utf-8")
        (model / "model.bin").write_bytes(bytes(30 * BYTES_PER_SECOND))
        with Hub({"Systran/faster-whisper-tiny": model}) as hub, socket.create_server(("127.0.0.1", 0)) as silent:
            hub.faults.bytes_per_second = BYTES_PER_SECOND
            # That there are settings also means that it is not the first start, which opens a window.
            (home / "config.toml").write_text(f'[models]\nhub = "{hub.url}"\n', encoding="utf-8")
            environment = os.environ | {
                "DICTATION_HOME": str(home), "DICTATION_MODEL": "mini", "NO_PROXY": "127.0.0.1",
                "SILENT_SERVER": f"http://127.0.0.1:{silent.getsockname()[1]}/v1",
            }  # fmt: skip
            done = subprocess.run(
                [sys.executable, __file__, "app"], check=True, stdout=subprocess.PIPE, env=environment, text=True,
                timeout=120,
            )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    assert found, "the visit was broken off; what it says stands above"
    return found


def _app() -> int:
    from dictation.app.start import run

    return run(_front)


def _front() -> QtWindows:
    """The windows with a beat in their loop and a hand that opens pages; made where the app makes its own."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer

    from dictation.core import settings as declared
    from dictation.desktop.session import instance
    from dictation.desktop.store.folders import places
    from dictation.ui import main as windows
    from dictation.ui.pages import page_index
    from dictation.ui.pages.ai_page import AiPage
    from dictation.ui.pages.microphone_page import MicrophonePage

    class Watched(windows.Interface):
        """Leads itself through ``_visit``, one step after the other, each after so many seconds in Qt's loop."""

        def begin(self, first: bool) -> None:
            super().begin(first)
            self._last = self._painted = 0.0
            self._gap = 0.0
            self._beat = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
            self._beat.timeout.connect(self._heard)
            self._found: dict[str, float] = {}
            self._steps = self._visit()
            self._step()

        def _step(self) -> None:
            seconds = None
            try:
                seconds = next(self._steps, None)
            except AssertionError:
                self._found = {}  # which is no answer
                raise
            finally:
                if seconds is None:
                    print(json.dumps(self._found), flush=True)
                    self.leave()
            if seconds is not None:
                QTimer.singleShot(round(1000 * seconds), self._step)

        def _heard(self) -> None:
            now = time.monotonic()
            self._gap, self._last = max(self._gap, now - self._last), now

        def _longest(self) -> float:
            """Milliseconds of the longest gap since it was asked for last."""
            found, self._gap = 1000 * self._gap, 0.0
            return found

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self._painted:
                QTimer.singleShot(0, self._seen)
            return False

        def _seen(self) -> None:
            self._painted = self._painted or time.monotonic()

        def _visit(self) -> Generator[float, None, None]:
            found = self._found
            yield SETTLE_SECONDS
            found["memory without the window"] = _megabytes()
            self._last = time.monotonic()
            self._beat.start()
            yield 0.1
            self._longest()
            asked = time.monotonic()
            threading.Thread(target=lambda: list(instance.ask(places().socket, {"do": "show"}))).start()
            while self._window is None:
                yield 0.0
            page = self.window.open_page("general")
            self.window.installEventFilter(self)
            while not (self._painted and page.whole):
                yield 0.0
            found["asked to painted"] = 1000 * (time.monotonic() - asked)
            yield LOOK_SECONDS
            found["window"] = self._longest()
            yield from self._turn(["microphone"], "first")
            page = self.window.open_page("microphone")
            assert isinstance(page, MicrophonePage)
            page.hearing.start()
            yield 3.0
            page.hearing.stop()
            yield 1.0
            found["microphone test"] = self._longest()
            found["memory after it"] = _megabytes()
            unseen = [each for each in page_index.SECTIONS if each not in ("general", "microphone")]
            yield from self._turn(unseen, "first")
            found["memory with every page open"] = _megabytes()
            yield from self._turn(list(page_index.SECTIONS), "again")
            settings = declared.put(self._controls.settings(), "llm.provider", "custom")
            self._controls.change(declared.put(settings, "llm.url", os.environ["SILENT_SERVER"]))
            self.room.downloads.start("tiny", "Tiny")
            asking = self.window.open_page("ai")
            assert isinstance(asking, AiPage)
            asking.test.click()
            yield LOOK_SECONDS
            assert self.room.downloads.running and not asking.test.isEnabled(), "neither is over at once"
            yield from self._turn(list(page_index.SECTIONS), "busy")
            self.room.downloads.cancel()

        def _turn(self, names: list[str], when: str) -> Generator[float, None, None]:
            for name in names:
                self._longest()
                self.window.open_page(name)
                yield LOOK_SECONDS
                self._found[f"{name}, {when}"] = self._longest()

    windows.Interface = Watched  # type: ignore[misc]
    return windows.QtWindows()


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    raise SystemExit(main())
