"""Lends the clipboard to a text: knows who reads it, and gives back what was there before."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dictation.core.errors import InsertError
from dictation.desktop.clipboard.clipboard_content import Content, text_content
from dictation.desktop.clipboard.clipboard_keepsake import Keepsake, same
from dictation.desktop.clipboard.lending_x11 import SelectionLoan
from dictation.desktop.clipboard.offer_x11 import OwnedSelections
from dictation.desktop.clipboard.snapshot_x11 import Snapshots
from dictation.desktop.display.display_x11 import client_of
from dictation.desktop.display.loop_x11 import PATIENCE_SECONDS, Loop

SNAPSHOT_SECONDS = 0.5
"""A frozen owner must not hold up the text; what it had could not be pasted anyway."""

WORKING_SECONDS = 1.0
"""One that has just answered is at work: Qt takes 0.6 s on a busy machine to begin with 50 MB."""

REMEMBER_SECONDS = 2.0
"""While the user speaks there is time for an owner that is slow with a picture; and so much gets one that sends pieces
of it all the while, for what is read in part is lost. 50 MB take 0.6 s."""

TRIES = 3
"""How often a clipboard is looked at again because somebody copied something just then."""


class X11Clipboard:
    """CLIPBOARD and PRIMARY of the X server, through a connection and a thread of its own.

    Nothing is opened before the first call; a connection that died is opened again by the next.
    """

    def __init__(self, keepsake: Path | None = None) -> None:
        """``keepsake`` is a private file that holds what was there before, while it is lent; see ``recover``."""
        self._lock = threading.Lock()
        self._owner: _Owner | None = None
        self._keepsake = Keepsake(keepsake)

    def recover(self) -> None:
        """Give back, in the background, what an app that died had lent and not given back. Never raises."""
        if (left := self._keepsake.read()) is None:
            self._keepsake.clear()
            return
        with contextlib.suppress(InsertError):
            owner = self._alive()
            owner.post(lambda: owner.recover(*left))

    def remember(self) -> None:
        """Read what is there now, in the background, so that ``lend`` need not. Never raises."""
        with contextlib.suppress(InsertError):
            owner = self._alive()
            owner.post(owner.remember)

    def lend(self, text: str, spare: int | None = None) -> SelectionLoan:
        """Put ``text`` there and remember what was there before.

        PRIMARY is left alone if the X client ``spare`` owns it: a GTK program that loses it drops the user's
        selection, and the text would not replace what is selected. Raises InsertError.
        """
        content = text_content(text)
        owner = self._alive()
        try:
            return owner.ask(lambda: owner.lend(content, spare), owner.hurry)
        except InsertError:
            owner.join(PATIENCE_SECONDS / 10)
            if owner.is_alive():
                raise
        fresh = self._alive()  # the connection was dying when we asked
        return fresh.ask(lambda: fresh.lend(content, spare), fresh.hurry)

    def close(self) -> None:
        """Give back what is lent, hand the rest to the clipboard manager if there is one, and end the thread."""
        with self._lock:
            owner, self._owner = self._owner, None
        if owner is not None and owner.is_alive():
            with contextlib.suppress(InsertError):
                owner.ask(owner.leave)
            owner.join(PATIENCE_SECONDS)

    def _alive(self) -> _Owner:
        with self._lock:
            if self._owner is None or not self._owner.is_alive():
                self._owner = _Owner(self._keepsake)
                self._owner.start()
            return self._owner


class _Owner(Loop):
    """The thread that owns the selections."""

    def __init__(self, keepsake: Keepsake) -> None:
        super().__init__("clipboard")
        self._keepsake = keepsake
        from Xlib import Xatom

        self._clipboard = self.connection.get_atom("CLIPBOARD")
        self._selections: tuple[int, int] = (self._clipboard, Xatom.PRIMARY)
        self._loan: SelectionLoan | None = None
        self._return_at: float | None = None
        self._deadline = self._latest = 0.0
        self._remembered: dict[int, Content | None] = {}
        self._fresh: set[int] = set()
        self._moved: set[int] = set()
        self._offers = OwnedSelections(self.connection, self.window, self._told)
        self._snapshots = Snapshots(
            self.connection, self.window, lambda until: self.pump(until, lambda: self._deadline - time.monotonic()),
            self._came, lambda selection: selection in self._moved,
        )  # fmt: skip
        self._watching = self._watch_owners()

    def hurry(self) -> None:
        """A reading in the background now gets no more than ``SNAPSHOT_SECONDS``. Called from any thread."""
        self._deadline = min(self._deadline, time.monotonic() + SNAPSHOT_SECONDS)

    def handle(self, event: Any) -> None:
        """Everything about selections, ours and others'."""
        from Xlib.ext import xfixes

        if isinstance(event, xfixes.SelectionNotify):
            self._fresh.discard(event.selection)
            self._moved.add(event.selection)
        self._snapshots.handle(event)
        self._offers.handle(event)

    def idle_seconds(self) -> float | None:
        """Until the loan is to be given back."""
        return None if self._return_at is None else self._return_at - time.monotonic()

    def tick(self) -> None:
        """Give back, unless it was read again a moment ago."""
        if self._return_at is None or time.monotonic() < self._return_at or self._loan is None:
            return
        if self._loan.quiet_at() > time.monotonic():
            self._return_at = self._loan.quiet_at()
        else:
            self._restore()

    # Jobs

    def remember(self) -> None:
        """Read both selections, unless something more urgent waits."""
        if self._loan is not None or not self._watching or not self.waiting.empty():
            return
        now = self.now()
        self._moved.clear()
        self._deadline = self._latest = time.monotonic() + REMEMBER_SECONDS
        for selection in self._selections:
            if selection not in self._fresh:
                self._fresh.add(selection)  # a new owner in the middle of the reading takes it out again
                self._remembered[selection] = self._snapshot(selection, now)
                if self._snapshots.unread and selection == self._clipboard:
                    self._fresh.discard(selection)  # it may answer by the time it is wanted

    def lend(self, content: Content, spare: int | None) -> SelectionLoan:
        """Take the selections. Raises InsertError if that is not possible."""
        if self._loan is not None:
            self.pump(lambda: False, lambda: self.idle_seconds() or 0.0)
            self._restore()
        loan = SelectionLoan(self, content)
        for _ in range(TRIES):
            wanted = [each for each in self._selections if not self._spared(each, spare)]
            wanted = [each for each in wanted if self._offers.held(each) is not content]
            now = self._look(loan, wanted)
            self._keepsake.write(content, {self._called(each): before for each, before in loan.before.items()})
            for selection in wanted:
                self._offers.offer(selection, content, now)
            if self._offers.held(self._clipboard) is content:
                self._loan = loan
                return loan
        self._keepsake.clear()
        raise InsertError("clipboard-refused", "Another program holds on to the clipboard", "Try again.")

    def settle(self, loan: SelectionLoan) -> None:
        """Give back as soon as it is quiet."""
        if loan is self._loan:
            self._return_at = loan.quiet_at()

    def forget(self, loan: SelectionLoan) -> None:
        """The text stays."""
        if loan is self._loan:
            self._loan = self._return_at = None
            self._keepsake.clear()

    def recover(self, lent: str, before: Mapping[str, Content]) -> None:
        """Offer what was there before a crash, unless the user has copied something else since."""
        now = self.now()
        self._moved.clear()
        self._deadline = self._latest = time.monotonic() + REMEMBER_SECONDS
        for selection in self._selections:
            content = before.get(self._called(selection))
            if content is None or self._loan is not None:
                continue
            if self._owner_of(selection) is None or same(self._snapshot(selection, now), lent):
                self._offers.offer(selection, content, self.now())
        self._keepsake.clear()

    def leave(self) -> None:
        """Give back now, have the clipboard manager save it (freedesktop.org's SAVE_TARGETS), and end."""
        from Xlib import X

        self._restore()
        self.leaving = True
        broker = self.connection.get_atom("CLIPBOARD_MANAGER")
        ours = self._offers.held(self._clipboard) is not None
        if ours and self.connection.get_selection_owner(broker) != X.NONE:
            self._deadline = time.monotonic() + 1.0
            self._snapshots.convert(broker, "SAVE_TARGETS", self.now())

    # Parts

    def _restore(self) -> None:
        loan, self._loan, self._return_at = self._loan, None, None
        if loan is None:
            return
        now = self.now()
        for selection, before in loan.before.items():
            if self._offers.held(selection) is not loan.content:
                continue  # somebody copied something else meanwhile: that is what the user wants now
            if before is None:
                self._offers.withdraw(selection, now)
            else:
                self._offers.offer(selection, before, now)
        self._keepsake.clear()

    def _look(self, loan: SelectionLoan, wanted: Sequence[int]) -> int:
        """Read what is there before it is taken; the server's time at which that was still so."""
        left = wanted
        for _ in range(TRIES):
            now = self.now()
            self._moved.clear()
            end = time.monotonic() + SNAPSHOT_SECONDS
            self._latest = time.monotonic() + REMEMBER_SECONDS
            for selection in left:
                share = SNAPSHOT_SECONDS / 4
                first = selection == self._clipboard
                self._deadline = end - share if first else max(end, time.monotonic() + share)
                known = selection in self._fresh
                loan.before[selection] = self._remembered[selection] if known else self._snapshot(selection, now)
                if first:
                    loan.unread = () if known else self._snapshots.unread
            now = self.now()
            # Whoever copied while we were reading would lose it: it is newer than what we read.
            left = [each for each in wanted if each in self._moved]
            if not left:
                break
        self._remembered.clear()
        self._fresh.clear()
        return now

    def _came(self) -> None:
        """The owner is at work, so it is waited for longer."""
        self._deadline = max(self._deadline, min(self._latest, time.monotonic() + WORKING_SECONDS))

    def _called(self, selection: int) -> str:
        return "CLIPBOARD" if selection == self._clipboard else "PRIMARY"

    def _spared(self, selection: int, spare: int | None) -> bool:
        return selection != self._clipboard and spare is not None and self._owner_of(selection) == spare

    def _snapshot(self, selection: int, now: int) -> Content | None:
        owner = self._owner_of(selection)
        self._snapshots.unread = ()
        if owner == client_of(self.connection, self.window.id):
            return self._offers.held(selection)
        return self._snapshots.read(selection, now) if owner is not None else None

    def _owner_of(self, selection: int) -> int | None:
        """The X client that owns ``selection``."""
        owner = self.connection.get_selection_owner(selection)
        return client_of(self.connection, owner.id) if hasattr(owner, "id") else None

    def _told(self, selection: int, window: int) -> None:
        if self._loan is not None and self._offers.held(selection) is self._loan.content:
            self._loan.note_read(client_of(self.connection, window))

    def _watch_owners(self) -> bool:
        """Whether the server tells of every new owner, so that what is remembered can be trusted."""
        if not self.connection.has_extension("XFIXES"):
            return False
        self.connection.xfixes_query_version()
        for selection in self._selections:
            every_change = 0b111  # SetSelectionOwner, SelectionWindowDestroy, SelectionClientClose
            self.connection.xfixes_select_selection_input(self.window, selection, every_change)
        return True
