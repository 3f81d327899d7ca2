"""Lends the Wayland clipboard to a text: sees it read, and gives back what was there before with all its formats."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol, TypeVar

from dictation.core.errors import InsertError
from dictation.desktop.clipboard.clipboard_content import Content
from dictation.desktop.clipboard.clipboard_keepsake import Keepsake, same
from dictation.desktop.clipboard.selections_wayland import CLIPBOARD, PRIMARY, Selections

QUIET_SECONDS = 0.3
"""Programs read twice, Chromium for one. See ``loan_x11``."""

_TEXTS = ("text/plain;charset=utf-8", "text/plain", "UTF8_STRING", "STRING", "TEXT")
HINT = "x-kde-passwordManagerHint"
"""Asks clipboard histories not to keep it."""

T = TypeVar("T")


class Lender(Protocol):
    """Whose clipboard it is."""

    def restore(self, loan: WaylandLoan, which: tuple[str, ...]) -> None: ...
    def keep(self, loan: WaylandLoan, which: tuple[str, ...]) -> None: ...


class WaylandLoan:
    """One text on the clipboard, until it is given back or kept."""

    def __init__(self, owner: Lender, which: tuple[str, ...]) -> None:
        self._owner, self._which = owner, which
        self._news = threading.Condition()
        self._read = 0.0

    def note_read(self, kind: str) -> None:
        """Somebody has got it."""
        if kind in _TEXTS:
            with self._news:
                self._read = time.monotonic()
                self._news.notify_all()

    def quiet(self, seconds: float, timeout: float) -> None:
        """Wait until nobody has read it for so long: a clipboard history reads at once."""
        end = time.monotonic() + timeout
        while (left := min(max(self._read, end - timeout) + seconds, end) - time.monotonic()) > 0:
            time.sleep(left)

    def read_since(self, moment: float, timeout: float) -> bool:
        """Wait until somebody has read it after ``moment``, in monotonic seconds; False after ``timeout`` seconds.

        Wayland does not tell who.
        """
        with self._news:
            return self._news.wait_for(lambda: self._read > moment, timeout)

    def give_back(self) -> None:
        """Put back what was there before, once it has been quiet for 0.3 s. Returns at once; never raises."""
        threading.Thread(target=self._give_back, name="give-back", daemon=True).start()

    def keep(self) -> None:
        """Leave the text there for good. Never raises."""
        with contextlib.suppress(InsertError):
            self._owner.keep(self, self._which)

    def _give_back(self) -> None:
        self.quiet(QUIET_SECONDS, 2.0)
        with contextlib.suppress(InsertError):
            self._owner.restore(self, self._which)


def hand_over(raw: bytes, kind: str = "text/plain;charset=utf-8", *options: str) -> bool:
    """Have wl-copy offer something, in the background; False where it is not installed or cannot."""
    # Not captured: wl-copy stays in the background with its outputs open, and waiting for their end would take forever.
    try:
        subprocess.run(
            ["wl-copy", "--type", kind, *options], input=raw, check=True, timeout=5, stdout=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


class WaylandClipboard:
    """The clipboard and the primary selection of compositors that let programs see to both (sway, Hyprland, KDE).

    Nothing is opened before the first call; a connection that died is opened again by the next.
    """

    def __init__(self, keepsake: Path | None = None) -> None:
        """``keepsake`` is a private file that holds what was there before, while it is lent; see ``recover``."""
        self._keepsake = Keepsake(keepsake)
        self._lock = threading.Lock()
        self._thread: _Thread | None = None
        self._before: dict[str, Mapping[str, bytes]] = {}

    def probe(self) -> None:
        """Raises InsertError where the compositor does not let programs see to the clipboard."""
        Selections().wire.close()

    def recover(self) -> None:
        """Give back, in the background, what an app that died had lent and not given back. Never raises."""
        left = self._keepsake.read()
        if left is not None:
            with contextlib.suppress(InsertError):
                thread = self._alive()
                thread.ask(lambda: _recover(thread.selections, *left))
        self._keepsake.clear()

    def remember(self) -> None:
        """Read what is there now, in the background, so that ``lend`` need not. Never raises."""
        with contextlib.suppress(InsertError):
            thread = self._alive()
            thread.post(lambda: thread.selections.remember())

    def lend(self, text: str, primary: bool) -> WaylandLoan:
        """Put ``text`` there, also as the primary selection if wanted. Raises InsertError."""
        thread = self._alive()
        which = (CLIPBOARD, PRIMARY) if primary else (CLIPBOARD,)
        loan = WaylandLoan(self, which)
        content = dict.fromkeys(_TEXTS, text.encode()) | {HINT: b"secret"}

        def take() -> None:
            thread.selections.remember()
            for each in which:
                if thread.selections.lent(each) is None:  # else the text before is still there, for a moment
                    self._before[each] = thread.selections.kept(each)
            self._keepsake.write(_kept(content), {each: _kept(self._before[each]) for each in which})
            for each in which:
                thread.selections.offer(each, content, loan.note_read, loan)

        thread.ask(take)
        return loan

    def restore(self, loan: WaylandLoan, which: tuple[str, ...]) -> None:
        """Put back what was there before, unless something else is there since. Raises InsertError."""
        thread = self._alive()

        def put() -> None:
            for each in which:
                if thread.selections.lent(each) is loan:
                    thread.selections.offer(each, self._before.pop(each, {}))
            if not any(thread.selections.lent(each) for each in which):
                self._keepsake.clear()

        thread.ask(put)

    def keep(self, loan: WaylandLoan, which: tuple[str, ...]) -> None:
        """Leave what was lent there. Raises InsertError."""
        thread = self._alive()

        def leave() -> None:
            for each in which:
                if thread.selections.lent(each) is loan:
                    thread.selections.keep(each)
            self._keepsake.clear()

        thread.ask(leave)

    def close(self) -> None:
        """Give back what is lent. Never raises. What is there then goes to wl-copy, if that is installed: on Wayland
        a clipboard ends with the program that offers it."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is None or not thread.is_alive():
            return
        left: Mapping[str, bytes] = {}
        with contextlib.suppress(InsertError):
            lent, ours = thread.ask(lambda: (thread.selections.lent(CLIPBOARD), thread.selections.ours(CLIPBOARD)))
            left = ours if lent is None else self._before.get(CLIPBOARD, {})
        thread.end()
        kind = next((each for each in left if each != HINT), None)
        if kind:
            hand_over(left[kind], "text/plain;charset=utf-8" if kind in _TEXTS else kind)

    def _alive(self) -> _Thread:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = _Thread()
            return self._thread


def _kept(content: Mapping[str, bytes]) -> Content:
    return Content({kind: (kind, raw) for kind, raw in content.items()})


def _recover(selections: Selections, lent: str, before: Mapping[str, Content]) -> None:
    """Only where nothing is there now, or our text in the hands of a clipboard history."""
    selections.remember()
    for which, content in before.items():
        now = selections.kept(which)
        if which in (CLIPBOARD, PRIMARY) and (not now or same(_kept(now), lent)):
            selections.offer(which, {kind: raw for kind, (_, raw) in content.kinds.items()})


class _Thread(threading.Thread):
    """Serves what is on the clipboard for as long as it is ours."""

    def __init__(self) -> None:
        """Raises InsertError where the compositor does not let programs see to the clipboard."""
        super().__init__(name="clipboard", daemon=True)
        self.selections = Selections()
        self._jobs: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._bell, self._button = os.pipe()
        self.start()

    def post(self, job: Callable[[], object] | None) -> None:
        """Do ``job`` in the thread."""
        self._jobs.put(job)
        with contextlib.suppress(OSError):
            os.write(self._button, b".")

    def ask(self, job: Callable[[], T]) -> T:
        """Do ``job`` in the thread and wait for it. Raises InsertError."""
        done: Future[T] = Future()

        def run() -> None:
            try:
                done.set_result(job())
            except BaseException as error:
                done.set_exception(error)
                raise

        self.post(run)
        while not done.done() and self.is_alive():
            with contextlib.suppress(TimeoutError):
                done.result(0.2)
        if not done.done():
            raise InsertError("display-lost", "The Wayland display has gone away", "Try again; the text is kept.")
        return done.result()

    def end(self) -> None:
        """Let go of the clipboard and end."""
        self.post(None)
        self.join(2)

    def run(self) -> None:
        line = self.selections.wire.fileno()
        try:
            while True:
                ready = select.select([line, self._bell], [], [])[0]
                if line in ready:
                    self.selections.wire.read()
                if self._bell in ready:
                    os.read(self._bell, 1)
                    if (job := self._jobs.get()) is None:
                        return
                    job()
        except InsertError:
            return  # the next call connects again
        finally:
            self.selections.wire.close()
            os.close(self._bell)
            os.close(self._button)
