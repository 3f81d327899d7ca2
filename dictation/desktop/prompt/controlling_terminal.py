"""The terminal that a call was made from: keys from it, and lines to it, wherever standard input and output go."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from dictation.core.errors import UsageError


class Terminal:
    """The terminal, giving keys as they are pressed while it is entered; then it is as it was."""

    def __enter__(self) -> Self:
        """Raises UsageError where there is no terminal."""
        try:
            import termios
            import tty

            self._handle = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
        except (ImportError, OSError) as error:
            raise UsageError(
                "no-terminal", "This has to be called from a terminal", "Use `dictation command` instead."
            ) from error
        self._before = termios.tcgetattr(self._handle)
        # Keys at once and unseen; Ctrl-C is a key here, or it would end the call and leave a recording behind.
        tty.setcbreak(self._handle, termios.TCSANOW)
        modes = termios.tcgetattr(self._handle)
        modes[3] &= ~termios.ISIG
        modes[1] |= termios.OPOST | termios.ONLCR
        termios.tcsetattr(self._handle, termios.TCSANOW, modes)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        """Give the terminal back as it was."""
        import termios

        termios.tcsetattr(self._handle, termios.TCSANOW, self._before)
        os.close(self._handle)

    def say(self, line: str) -> None:
        """A line of plain text; what a terminal would obey is left out of it."""
        plain = "".join(each for each in line if each.isprintable())
        if plain:
            os.write(self._handle, plain.encode("utf-8", "replace") + b"\n")

    def confirm(self, question: str) -> bool:
        """Whether the next key is y. What was pressed before the question could be read does not count."""
        import termios

        termios.tcflush(self._handle, termios.TCIFLUSH)
        os.write(self._handle, question.encode())
        key = self._key()
        os.write(self._handle, (key if key.isprintable() else "").encode() + b"\n")
        return key in ("y", "Y")

    def keys_or(self, news: int) -> Iterator[str | None]:
        """Keys as they are pressed, and None for each byte that arrives at the descriptor ``news``."""
        while True:
            ready, _, _ = select.select([self._handle, news], [], [])
            if news in ready:
                os.read(news, 1)
                yield None
            elif self._handle in ready:
                yield self._key()

    def _key(self) -> str:
        """One key: its first character, with the rest of what it sends taken along; empty at the end of input."""
        sent = os.read(self._handle, 64).decode("utf-8", "replace")
        return sent if sent == "\x1b" or not sent.startswith("\x1b") else sent[:2]
