"""An editor of one window, for a test: ``pads.py gtk3|gtk4|qt FILE`` keeps its text in FILE whenever it changes.

Whether it has the cursor stands beside it, in FILE.focus (yes or no). GTK comes from Debian's Python, Qt from ours.
"""

import sys
from pathlib import Path
from typing import Any


def write(name: str, text: str) -> None:
    """The whole of a file, or the one before."""
    half = Path(name + ".new")
    half.write_text(text, encoding="utf-8")
    half.replace(name)


def gtk(version: str, name: str) -> None:
    """A window of GTK 3 or 4."""
    import gi  # type: ignore[import-not-found]

    gi.require_version("Gtk", f"{version}.0")
    from gi.repository import Gtk  # type: ignore[import-not-found]

    def changed(buffer: Any) -> None:
        write(name, buffer.get_text(buffer.get_start_iter(), buffer.get_end_iter(), True))

    def begin(app: Any) -> None:
        window = Gtk.ApplicationWindow(application=app, title=f"gtk{version}")
        window.set_default_size(700, 400)
        view, scrolled = Gtk.TextView(), Gtk.ScrolledWindow()
        view.get_buffer().connect("changed", changed)
        window.connect("notify::is-active", lambda *_: write(name + ".focus", "yes" if window.is_active() else "no"))
        if version == "4":
            scrolled.set_child(view)
            window.set_child(scrolled)
        else:
            scrolled.add(view)
            window.add(scrolled)
            window.show_all()
        write(name, "")
        window.present()
        view.grab_focus()

    app = Gtk.Application(application_id=f"org.example.Pad{version}", flags=32)  # each call a program of its own
    app.connect("activate", begin)
    app.run([])


def qt(name: str) -> None:
    """A window of Qt 6."""
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    app = QApplication([])
    pad = QPlainTextEdit()
    pad.setWindowTitle("qt")
    pad.resize(700, 400)
    pad.textChanged.connect(lambda: write(name, pad.toPlainText()))
    app.focusWindowChanged.connect(lambda window: write(name + ".focus", "yes" if window else "no"))
    write(name, "")
    pad.show()
    app.exec()


if __name__ == "__main__":
    qt(sys.argv[2]) if sys.argv[1] == "qt" else gtk(sys.argv[1][-1], sys.argv[2])
