"""A risky command from the voice to the panel, changed by voice, and on to the prompt: the app with its windows."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from dictation.desktop.focus.focus_x11 import X11Focus
from tests.desktop.bench import Desk
from tests.desktop.editors import wait_until
from tests.desktop.running import App
from tests.desktop.shells import Shell

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

RIGHT_ALT = 108


def hold_and_say(desk: Desk, app: App, text: str, language: str) -> dict[str, Any]:
    """Hold the command key, speak, release; how it ended."""
    earlier = app.last_id()
    desk.key_down(RIGHT_ALT)
    desk.play(desk.say(text, language))
    desk.key_up(RIGHT_ALT)
    return app.outcome_after(earlier)


def panel_has_the_cursor(app: App) -> bool:
    return X11Focus().current().pid == app.process.pid


def test_a_risky_command_is_looked_at_changed_and_put_in_or_dropped(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")  # not the first start: no window
    with App(tmp_path) as app:
        place = Shell(desk.dir)
        try:
            assert hold_and_say(desk, app, "安装 Docker", "mixed")["outcome"] == "proposed"
            wait_until(lambda: panel_has_the_cursor(app), "the panel", 20)
            # Said while it is looked at: about the same prompt, though the panel has the cursor.
            changed = hold_and_say(desk, app, "安装 Redis", "mixed")
            assert (changed["outcome"], changed["text"]) == ("proposed", "sudo apt install redis")
            assert place.text() == ""
            # A key that was on its way must not put it in: Enter counts after a moment.
            subprocess.run(["xdotool", "key", "--delay", "1000", "Tab", "Return"], check=True, timeout=20)
            app.wait_for(lambda status: status["last"]["outcome"] == "inserted", "the command to be put in", 20)
            wait_until(lambda: X11Focus().current().window == place.window, "the terminal", 20)
            place.key("ctrl+a")
            place.type("printf %s. ")
            place.key("End")
            place.type(" >>$LOG")
            place.key("Return")
            assert place.wait_for("sudo.apt.install.redis.") == "sudo.apt.install.redis."
            # And one that is dropped.
            place.clear()
            assert hold_and_say(desk, app, "安装 Redis", "mixed")["outcome"] == "proposed"
            wait_until(lambda: panel_has_the_cursor(app), "the panel", 20)
            desk.tap("Escape")
            wait_until(lambda: app.ask({"do": "command"})["command"] is None, "the end of the command", 20)
            wait_until(lambda: X11Focus().current().window == place.window, "the terminal", 20)
            place.type("printf %s clean >>$LOG")
            place.key("Return")
            assert place.wait_for("clean") == "clean"
        finally:
            place.close()
