"""Owns two more terminals that a benchmark types into: one of VTE's kind, and tmux inside xterm."""

from __future__ import annotations

import subprocess
import sys

from tests.desktop.editors import HERE, Editor, Gtk, Qt, Terminal


class Vte(Terminal):
    """xfce4-terminal, in a process of its own, with a program that keeps every byte it is sent."""

    def command(self) -> list[str]:
        """No question before a paste of several lines: nobody is there to answer."""
        kept = self.folder / "xfce4" / "terminal"
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "terminalrc").write_text("[Configuration]\nMiscShowUnsafePasteDialog=FALSE\n", encoding="utf-8")
        reader = f"{sys.executable} {HERE / 'reader.py'} {self.folder / 'bytes'}"
        return ["xfce4-terminal", "--disable-server", "--title=VTE", "--command", reader]


class Tmux(Terminal):
    """tmux with a server of its own, inside xterm."""

    def command(self) -> list[str]:
        """The session ends with its only program."""
        outer = super().command()
        program = outer[outer.index("-e") + 1 :]
        tmux = ["tmux", "-S", str(self.folder / "tmux"), "-f", "/dev/null", "new-session", *program]
        return [*outer[: outer.index("-e") + 1], *tmux]

    def close(self) -> None:
        """Also end the server, which outlives its window."""
        call = ["tmux", "-S", str(self.folder / "tmux"), "kill-server"]
        subprocess.run(call, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20)
        super().close()


MORE: dict[str, type[Editor]] = {"vte": Vte, "tmux": Tmux, "xterm": Terminal, "gtk": Gtk, "qt": Qt}
