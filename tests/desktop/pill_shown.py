"""Shows the pill of the real windows over a made app, for a test: each line it reads is a state, each it writes a deed.

Reads ``listen``, ``kept``, ``idle``; writes ``ready``, ``working yes|no`` and then ``asked NAME`` for what was asked of
the app. Its arguments are the language and the place of the pill.
"""

# ruff: noqa: T201 - lines are what the test reads

from __future__ import annotations

import sys
import threading

from PySide6.QtWidgets import QApplication

from dictation.core import settings as declared
from dictation.core.types import Event, Finished, Held, State, StateChanged
from dictation.desktop import choose
from dictation.ui.bridge import Bridge
from dictation.ui.look.background import Background
from dictation.ui.look.translation import Language
from dictation.ui.overlay.overlay import Overlay
from tests.ui.fake_controls import FakeControls

STATES: dict[str, tuple[Event, ...]] = {
    "listen": (StateChanged(State.LISTENING),),
    "kept": (
        StateChanged(State.THINKING),
        Finished(1, Held("git push origin main", "Another window has the cursor now")),
        StateChanged(State.IDLE),
    ),
    "idle": (StateChanged(State.IDLE),),
}


class Told(list[str]):
    """What is asked of the app, said aloud."""

    def append(self, what: str) -> None:
        super().append(what)
        if what != "level":
            print("asked", what, flush=True)


def main() -> int:
    app, controls = QApplication(["dictation"]), FakeControls()
    app.setStyle("Fusion")
    language, where = sys.argv[1:3]
    for name, value in (("look.language", language), ("look.overlay", where)):
        if declared.get(controls.settings(), name) != value:
            controls.change(declared.put(controls.settings(), name, value))
    controls.loudness = 0.2
    controls.layer = choose.layer  # type: ignore[method-assign]
    spoken = Language(app)
    spoken.use(language)
    beside = Background()
    bridge = Bridge(controls, beside)
    overlay = Overlay(bridge)
    controls.asked = Told()

    def follow() -> None:
        for line in sys.stdin:
            for event in STATES[line.strip()]:
                controls.tell(event)
        beside.tell(app.quit)

    print("working", "yes" if overlay.working() else "no", flush=True)
    threading.Thread(target=follow, daemon=True).start()
    code = app.exec()
    overlay.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
