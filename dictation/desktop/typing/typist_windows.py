"""Puts moves at the cursor on Windows: SendInput for keys, the clipboard and Ctrl+V for text.

Never run on Windows: written from Microsoft's pages.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Sequence
from typing import Any

from dictation.core.errors import InsertError
from dictation.core.types import Erase, Move, Paste, Press, Target, Type
from dictation.desktop.clipboard.clipboard_windows import WindowsClipboard
from dictation.desktop.focus.focus_windows import library
from dictation.desktop.typing.keyboard_windows import chord_strokes, send, text_strokes, wait_released
from dictation.desktop.typing.keystrokes import Keystroke, parse_chord, safe

RELEASE_SECONDS = 2.0
ANSWER_SECONDS = 4.0
HOLD_SECONDS = 0.5
"""How long the text stays on the clipboard after the window has shown that it is not stuck."""

WM_NULL, SMTO_ABORTIFHUNG = 0, 2
VK_V = 0x56


class WindowsTypist:
    """Text goes in by Ctrl+V; as keys for ``Type``, and in consoles, where Ctrl+V may mean something else."""

    def prepare(self) -> None:
        """See the port; nothing is read before it is needed."""

    def close(self) -> None:
        """See the port; nothing is lent for longer than ``perform`` takes."""

    def free(self) -> bool:
        """Whether keys could be struck now: no modifier of the user's is down."""
        return wait_released(library("user32"), 0.0)

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """See ``Typist.perform``. Raises InsertError."""
        todo = safe(moves, target.terminal)
        if not todo:
            return
        user = library("user32")
        if not wait_released(user, RELEASE_SECONDS):
            raise InsertError("modifier-held", "A modifier key is still held", "Let go of it and try again.")
        window = user.GetForegroundWindow()
        if not window or target.window not in (None, window):
            raise InsertError(
                "focus-moved", "The cursor went to another window", "Click where the text should go and try again."
            )
        for move in todo:
            if isinstance(move, Paste) and (move.key or not target.terminal):
                _paste(user, window, move.text, move.key)
            elif isinstance(move, Paste | Type):
                if "\n" in move.text or "\t" in move.text:  # as keys they would send a message or leave the field
                    _paste(user, window, move.text)
                else:
                    send(user, text_strokes(move.text))
            elif isinstance(move, Press):
                send(user, chord_strokes(parse_chord(move.chord), user.VkKeyScanW))
            elif isinstance(move, Erase):
                send(user, chord_strokes(Keystroke((), "backspace"), user.VkKeyScanW) * move.count)


def _paste(user: Any, window: int, text: str, key: str = "") -> None:
    clipboard = WindowsClipboard()
    before, number = clipboard.put(text)
    send(user, chord_strokes(parse_chord(key or "ctrl+v"), user.VkKeyScanW if key else lambda _: VK_V))
    # A window that is stuck must not find the old clipboard when it wakes: wait until it handles messages again.
    answer = ctypes.c_size_t()
    for _ in range(2):
        if not user.SendMessageTimeoutW(
            ctypes.c_void_p(window), WM_NULL, 0, 0, SMTO_ABORTIFHUNG, int(ANSWER_SECONDS * 1000), ctypes.byref(answer)
        ):
            raise InsertError(
                "paste-not-read",
                "The window does not react; the text is on the clipboard",
                "Paste it yourself when it reacts again.",
            )
        time.sleep(HOLD_SECONDS / 2)
    clipboard.give_back(before, number)
