"""Global hotkeys on X11: the RECORD extension hears the keys, grabs keep them from other programs.

``auto`` is Right Ctrl for dictation and Right Alt for commands. Both type nothing, repeat nothing, lie under the
thumb or little finger, and few programs use the right one of the pair. Right Alt is AltGr in most European layouts
(a third letter on each key), so there, and where another option (Compose) has taken one of them, it is Menu, then
Pause, then F9.
"""

from __future__ import annotations

from dictation.core.errors import HotkeyError
from dictation.core.settings import Settings
from dictation.desktop.hotkeys.hotkeys_feed import Tell, not_listening
from dictation.desktop.hotkeys.listening_x11 import Listening


class X11Hotkeys:
    """The port ``Hotkeys`` for X11. All of X is done in one thread; it hears about keys from another."""

    def __init__(self) -> None:
        self._listening: Listening | None = None

    def start(self, settings: Settings, tell: Tell) -> None:
        """See the port. When only the command key cannot be had, dictation works and ``unbound`` says why."""
        self.stop()
        listening = Listening(tell)
        listening.begin(settings)
        self._listening = listening

    def change(self, settings: Settings) -> None:
        """See the port. All keys or none: also an unavailable command key raises."""
        if self._listening is None or not self._listening.thread.is_alive():
            raise not_listening()
        self._listening.ask(settings)

    def stop(self) -> None:
        """See the port."""
        if self._listening:
            self._listening.end()
            self._listening = None

    @property
    def unbound(self) -> HotkeyError | None:
        """Why the command key is not listened for, if it was asked for."""
        return self._listening.unbound if self._listening else None

    def key_name(self) -> str:
        """See the port."""
        return self._listening.feed.key_name if self._listening else ""

    def key_names(self) -> dict[str, str]:
        """See ``Feed.key_names``."""
        return self._listening.feed.key_names() if self._listening else {}

    def typed_since(self, moment: float) -> bool:
        """See ``Feed.typed_since``."""
        return bool(self._listening and self._listening.feed.typed_since(moment))

    def clicked_since(self, moment: float, window: int) -> bool:
        """See ``Feed.clicked_since``."""
        return bool(self._listening and self._listening.feed.clicked_since(moment, window))

    def describe(self) -> str:
        """See the port."""
        if self._listening is None or not self._listening.thread.is_alive():
            return "X11: not listening"
        return f"X11 (RECORD, XGrabKey): {self._listening.feed.describe(True, self.unbound)}"
