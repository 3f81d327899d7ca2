"""Stands in for a Qt app: one text box, whose text is kept in a file as it changes."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QPlainTextEdit


def main() -> None:
    """Show the box; any line on standard input clears it, the end of standard input ends the program."""
    kept = Path(sys.argv[1])
    app = QApplication([sys.argv[0], "-name", kept.stem])
    box = QPlainTextEdit()
    box.setWindowTitle("Paper")
    box.resize(560, 300)

    def keep() -> None:
        # Put in place whole: a reader must never see half of it.
        fresh = kept.with_suffix(".new")
        fresh.write_text(box.toPlainText(), encoding="utf-8")
        fresh.replace(kept)

    def hear() -> None:
        if sys.stdin.buffer.readline():
            box.clear()
        else:
            app.quit()

    box.textChanged.connect(keep)
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(hear)
    keep()
    box.show()
    app.exec()


if __name__ == "__main__":
    main()
