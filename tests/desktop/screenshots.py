"""Owns `make screenshots`: every page of the windows, in both languages, light and dark, at 100 % and 200 %."""

# ruff: noqa: T201 - it says which pictures it made

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product

from dictation.engines.models.catalog import catalog
from dictation.language.correct import Corrector
from tests.desktop.bench import ROOT, Desk, DeskError

PICTURES = ROOT / "build" / "screenshots"
LANGUAGES, LOOKS, SCALES = ("en", "zh"), ("light", "dark"), (1, 2)


def main() -> int:
    """Start a process for each combination: language, colours and scale are fixed when Qt begins."""
    only = sys.argv[1:]
    try:
        with Desk():
            for language, look, scale in product(LANGUAGES, LOOKS, SCALES):
                name = f"{language}-{look}-{scale}00"
                if only and name not in only:
                    continue
                command = [sys.executable, "-m", "tests.desktop.screenshots", "--take", language, look, str(scale)]
                done = subprocess.run(command, cwd=ROOT, env=os.environ | {"QT_SCALE_FACTOR": str(scale)}, check=False)
                if done.returncode:
                    return done.returncode
    except DeskError as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return 1
    print(f"screenshots: {len(list(PICTURES.glob('*.png')))} pictures in {PICTURES.relative_to(ROOT)}")
    return 0


def take(language: str, look: str, scale: int) -> None:
    """Take the pictures of one combination."""
    from PySide6.QtGui import QColor, QPalette
    from PySide6.QtWidgets import QApplication

    from dictation.core import settings as declared
    from dictation.ui.first_run import FirstRun
    from dictation.ui.main import Interface
    from dictation.ui.pages import page_index
    from tests.ui.fake_controls import FakeControls

    app = QApplication(["dictation"])
    app.setStyle("Fusion")
    if look == "dark":
        dark = QPalette(QColor("#20242c"), QColor("#15181d"))
        dark.setColor(QPalette.ColorRole.WindowText, QColor("#f1f3f7"))
        app.setPalette(dark)
    controls = FakeControls()
    _furnish(controls)
    controls.change(declared.put(controls.settings(), "look.language", language))
    shown = Interface(controls)
    window = shown.window

    def keep(widget: object, name: str) -> None:
        file = PICTURES / f"{name}-{language}-{look}-{scale}00.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        widget.grab().save(str(file))  # type: ignore[attr-defined]

    window.resize(960, 700)
    window.show()
    for name in page_index.SECTIONS:
        page = window.open_page(name)
        _settle(app, lambda: False)
        if name == "words":
            page.trial.setText("把代码推到吉特哈布上，端口改成三千")  # type: ignore[attr-defined]
        if name == "microphone":
            page.hearing.start()  # type: ignore[attr-defined]
            _settle(app, lambda page=page: page.hearing.level.share > 0)  # type: ignore[misc]
        _settle(app, lambda: False)
        keep(window, name)
        bar = page.verticalScrollBar()
        if bar.maximum() > 0:
            bar.setValue(bar.maximum())
            _settle(app, lambda: False)
            keep(window, f"{name}-below")
    window.search.setText("key")
    _settle(app, lambda: False)
    keep(window, "search")
    window.close()
    first = FirstRun(shown.room)
    first.show()
    for step in range(4):
        first._go(step)
        _settle(app, lambda: False)
        keep(first, f"first-{step + 1}")
    first.close()
    shown.close()


def _settle(app: object, done: Callable[[], bool]) -> None:
    """Let Qt work for a third of a second, or until ``done``."""
    import time

    end = time.monotonic() + 0.35
    while time.monotonic() < end and not done():
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.005)


def _furnish(controls: object) -> None:
    """A life that could be anybody's."""
    from tests.ui.fake_controls import FakeControls, entry

    assert isinstance(controls, FakeControls)
    rules = Corrector()

    def tried(text: str) -> dict[str, object]:
        draft = rules.apply(text)
        edits = [{"rule": each.rule, "from": each.before, "to": each.after} for each in draft.edits]
        return {"heard": text, "text": draft.text, "edits": edits}

    controls.try_words = tried  # type: ignore[method-assign]  # a picture shows what the rules really do
    controls.offer = [entry(each.name, each.label, each.size_mb, each.languages, each.good_for) for each in catalog()]
    controls.offer[0].update(installed=True)
    next(each for each in controls.offer if each["name"] == "small").update(recommended=True)
    controls.loudness, controls.voice, controls.starts = 0.25, 0.83, True
    controls.glossary = {
        "kubectl": ("kube cuttle", "酷贝控"), "GitHub": ("吉特哈布",), "PostgreSQL": ("post gress",),
        "灰度发布": ("挥度发布",), "OrderController": ("order controller",),
    }  # fmt: skip
    said = (
        ("把 useEffect 的依赖数组改成空的", "把 use effect 的依赖数组改成空的", "Code",
         "terms", "use effect", "useEffect"),
        ("Rebase onto main before you push.", "rebase onto main before you push", "Slack", "", "", ""),
        ("端口改成 3000，再重启一次 docker compose", "端口改成三千再重启一次多克康姆斯", "xterm",
         "number", "三千", "3000"),
        ("Please review the retry logic in orders.py", "please review the retry logic in orders dot py", "Firefox",
         "path", "orders dot py", "orders.py"),
    )  # fmt: skip
    at = datetime(2026, 3, 14, 15, 9, tzinfo=UTC)
    for number, (text, heard, app, rule, before, after) in enumerate(said, 1):
        edits = [{"rule": rule, "from": before, "to": after}] if rule else []
        controls.past.append({
            "id": number, "at": (at - timedelta(minutes=7 * number)).isoformat(), "purpose": "dictate",
            "outcome": "inserted", "reason": None, "text": text, "heard": heard, "edits": edits, "app": app,
            "seconds": 3.4, "timings_ms": {"transcribe": 310, "insert": 40}, "audio": None,
        })  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        take(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        sys.exit(0)
    sys.exit(main())
