"""Progress: the bar and the buttons of a download, wherever it is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from dictation.ui.downloads import Downloads
from dictation.ui.look import sentences, style
from dictation.ui.look.labels import Muted, Trouble
from dictation.ui.model_facts import size

translate = QCoreApplication.translate


class DownloadProgress(QWidget):
    """Follows the downloads; hidden while there is none to show."""

    def __init__(self, downloads: Downloads) -> None:
        super().__init__()
        self.setObjectName("bare")
        self._downloads = downloads
        self.bar, self.amount, self.trouble = QProgressBar(), Muted(), Trouble()
        self.bar.setAccessibleName(translate("progress", "Download progress"))
        self.bar.setTextVisible(False)
        self.pause = QPushButton(translate("progress", "Pause"))
        self.cancel = QPushButton(translate("progress", "Cancel"))
        self.pause.clicked.connect(self._pause)
        self.cancel.clicked.connect(downloads.cancel)
        line = QHBoxLayout()
        line.setSpacing(style.GAP)
        line.addWidget(self.bar, 1)
        line.addWidget(self.pause)
        line.addWidget(self.cancel)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 4, 0, 6)
        rows.setSpacing(4)
        rows.addLayout(line)
        rows.addWidget(self.amount)
        rows.addWidget(self.trouble)
        downloads.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how far it is."""
        now = self._downloads
        wanted = bool(now.name) and (now.running or now.paused or now.error is not None)
        if not wanted or self.parent() is not None:  # without a parent it would be a window of its own
            self.setVisible(wanted)
        # Thousandths: a progress bar counts in 32 bits, and the large models are over 2 GiB.
        self.bar.setRange(0, 1000 if now.total or not now.running else 0)
        self.bar.setValue(min(1000, 1000 * now.done // now.total) if now.total else 0)
        self.pause.setText(translate("progress", "Pause") if now.running else translate("progress", "Go on"))
        self.pause.setEnabled(not now.stopping)
        self.cancel.setEnabled(not now.stopping)
        self.amount.say(self._words())
        self.trouble.say(sentences.line(now.error) if now.error else "")

    def _words(self) -> str:
        now = self._downloads
        if not now.total:
            return translate("progress", "Getting {label}…").format(label=now.label) if now.running else ""
        words = translate("progress", "{label}: {done} of {total}")
        if now.paused:
            words = translate("progress", "{label}: paused at {done} of {total}")
        return words.format(label=now.label, done=size(now.done), total=size(now.total))

    def _pause(self) -> None:
        if self._downloads.running:
            self._downloads.pause()
        else:
            self._downloads.start(self._downloads.name, self._downloads.label)
