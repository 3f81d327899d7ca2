"""Stands in for a program in a terminal: every byte that arrives is kept in a file and shown; nothing is acted upon."""

from __future__ import annotations

import os
import sys
import termios
import tty

QUIT = b"\x04"


def main() -> None:
    """Read the terminal in raw mode, with bracketed paste on as a shell has it, into the file named on the call."""
    kept = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    before = termios.tcgetattr(0)
    tty.setraw(0)
    os.write(1, b"\x1b[?2004h$ ")
    os.write(kept, b"")
    try:
        while (arrived := os.read(0, 65536)) and arrived != QUIT:
            os.write(kept, arrived)
            shown = arrived.replace(b"\x1b[200~", b"").replace(b"\x1b[201~", b"")
            os.write(1, shown.replace(b"\r", b"\r\n$ "))
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, before)


if __name__ == "__main__":
    main()
