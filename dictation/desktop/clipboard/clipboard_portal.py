"""Lends the clipboard of a portal session (GNOME 45 and later) to a text, with a receipt, and gives it back."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from dictation.core.errors import InsertError
from dictation.desktop.clipboard.clipboard_content import Content
from dictation.desktop.clipboard.clipboard_keepsake import Keepsake, same
from dictation.desktop.clipboard.clipboard_wayland import HINT, WaylandLoan
from dictation.desktop.clipboard.selection_portal import TEXTS, PortalSelection
from dictation.desktop.display.session_bus import BusError

_CLIPBOARD = "clipboard"


class PortalClipboard:
    """Knows the clipboard alone: the portal has no primary selection, from which terminals paste with Shift+Insert."""

    def __init__(self, selection: Callable[[], PortalSelection | None], keepsake: Path | None = None) -> None:
        """``selection`` is that of the session in force, None without one. ``keepsake``: see ``WaylandClipboard``."""
        self._selection = selection
        self._keepsake = Keepsake(keepsake)
        self._lock = threading.RLock()
        self._lent: WaylandLoan | None = None
        self._before: Mapping[str, bytes] = {}
        self._known: tuple[object, int, Mapping[str, bytes]] = (None, -1, {})

    @property
    def there(self) -> bool:
        """Whether a session with a clipboard is in force."""
        return self._selection() is not None

    def remember(self) -> None:
        """Read what is there now, in the background, so that ``lend`` need not. Never raises."""
        if (selection := self._selection()) is not None:
            threading.Thread(target=self._look, args=(selection,), name="clipboard", daemon=True).start()

    def lend(self, text: str) -> WaylandLoan:
        """Put ``text`` there. Raises InsertError."""
        with self._lock:
            selection = self._there()
            if self._lent is None:  # else the text before is still there, for a moment
                self._before = self._look(selection)
            content = dict.fromkeys(TEXTS, text.encode()) | {HINT: b"secret"}
            self._keepsake.write(_kept(content), {_CLIPBOARD: _kept(self._before)})
            loan = WaylandLoan(self, (_CLIPBOARD,))
            self._offer(selection, content, loan.note_read)
            self._lent = loan
            return loan

    def restore(self, loan: WaylandLoan, which: tuple[str, ...]) -> None:
        """Put back what was there before, unless something else is there since. Raises InsertError."""
        with self._lock:
            if self._lent is not loan:
                return
            selection, self._lent = self._there(), None
            if selection.ours:
                self._offer(selection, self._before)
                self._known = (selection, selection.changes, self._before)
            self._keepsake.clear()

    def keep(self, loan: WaylandLoan, which: tuple[str, ...]) -> None:
        """Leave what was lent there. Never raises."""
        with self._lock:
            if self._lent is loan:
                self._lent = None
                self._before = {}
                self._keepsake.clear()

    def recover(self) -> None:
        """Give back what was lent when the app or the portal died. Never raises."""
        left, selection = self._keepsake.read(), self._selection()
        if left is None or selection is None:
            return
        lent, before = left
        with self._lock, contextlib.suppress(InsertError):
            if self._lent is None:
                now = self._look(selection)
                if _CLIPBOARD in before and (not now or same(_kept(now), lent)):
                    self._offer(selection, {kind: raw for kind, (_, raw) in before[_CLIPBOARD].kinds.items()})
                self._keepsake.clear()

    def close(self) -> None:
        """Give back what is lent. Never raises."""
        with self._lock, contextlib.suppress(InsertError):
            if self._lent is not None:
                self.restore(self._lent, (_CLIPBOARD,))

    def _look(self, selection: PortalSelection) -> Mapping[str, bytes]:
        """What is there; what we gave back ourselves is known without a read."""
        with self._lock:
            known, number, content = self._known
            if known is selection and (selection.ours or number == selection.changes):
                return content
            number = selection.changes
            content = {} if selection.ours else selection.read()
            self._known = (selection, number, content)
            return content

    def _there(self) -> PortalSelection:
        if (selection := self._selection()) is None:
            raise InsertError("no-clipboard", "The desktop's Clipboard portal is not in use", "Install wl-clipboard.")
        return selection

    @staticmethod
    def _offer(
        selection: PortalSelection, content: Mapping[str, bytes], read: Callable[[str], None] = lambda _: None
    ) -> None:
        try:
            selection.offer(content, read)
        except BusError as why:
            raise InsertError("no-clipboard", f"The Clipboard portal failed: {why}", "Try again.") from why


def _kept(content: Mapping[str, bytes]) -> Content:
    return Content({kind: (kind, raw) for kind, raw in content.items()})
