"""Puts moves at the cursor on macOS: Quartz events for keys, the pasteboard and Cmd+V for text.

Never run on macOS: written from Apple's and pyobjc's pages.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Sequence
from typing import Any

from dictation.core.errors import InsertError
from dictation.core.types import Erase, Move, Paste, Press, Target, Type
from dictation.desktop.typing.keystrokes import Keystroke, parse_chord, safe

RELEASE_SECONDS = 2.0
ANSWER_SECONDS = 4.0
HOLD_SECONDS = 0.5
"""How long the text stays on the pasteboard after the program has shown that it is not stuck."""

UNITS_PER_EVENT = 20
"""CGEventKeyboardSetUnicodeString passes on at most 20 UTF-16 units."""

PRIVATE = ("org.nspasteboard.TransientType", "org.nspasteboard.ConcealedType")
"""nspasteboard.org: clipboard histories leave such texts out."""

# Key codes of Carbon's Events.h; they name places on the keyboard, as on an ANSI one.
CODES = {
    "enter": 36, "tab": 48, "space": 49, "backspace": 51, "esc": 53, "delete": 117, "home": 115, "end": 119,
    "pageup": 116, "pagedown": 121, "left": 123, "right": 124, "down": 125, "up": 126, "insert": 114,
    "a": 0, "s": 1, "d": 2, "f": 3, "h": 4, "g": 5, "z": 6, "x": 7, "c": 8, "v": 9, "b": 11, "q": 12, "w": 13, "e": 14,
    "r": 15, "y": 16, "t": 17, "o": 31, "u": 32, "i": 34, "p": 35, "l": 37, "j": 38, "k": 40, "n": 45, "m": 46,
}  # fmt: skip

# kCGEventFlagMaskShift, Control, Alternate, Command
FLAGS = {"shift": 1 << 17, "ctrl": 1 << 18, "alt": 1 << 19, "super": 1 << 20}


class MacTypist:
    """Needs the Accessibility permission; without it macOS drops the events without a word."""

    def prepare(self) -> None:
        """See the port; nothing is read before it is needed."""

    def close(self) -> None:
        """See the port; nothing is lent for longer than ``perform`` takes."""

    def free(self) -> bool:
        """Whether keys could be struck now: no modifier of the user's is down."""
        quartz = importlib.import_module("Quartz")
        held = quartz.CGEventSourceFlagsState(quartz.kCGEventSourceStateHIDSystemState)
        return not held & sum(FLAGS.values())

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """See ``Typist.perform``. Raises InsertError."""
        todo = safe(moves, target.terminal)
        if not todo:
            return
        quartz = importlib.import_module("Quartz")
        if not importlib.import_module("ApplicationServices").AXIsProcessTrusted():
            raise InsertError(
                "no-permission",
                "macOS does not let Dictation press keys",
                "Allow it in System Settings, Privacy & Security, Accessibility.",
            )
        _wait_released(quartz)
        for move in todo:
            if isinstance(move, Paste) or (isinstance(move, Type) and ("\n" in move.text or "\t" in move.text)):
                _paste(quartz, move.text, target.pid, move.key if isinstance(move, Paste) else "")
            elif isinstance(move, Type):
                _type(quartz, move.text)
            elif isinstance(move, Press):
                _press(quartz, parse_chord(move.chord))
            elif isinstance(move, Erase):
                for _ in range(move.count):
                    _press(quartz, Keystroke((), "backspace"))


def _wait_released(quartz: Any) -> None:
    end = time.monotonic() + RELEASE_SECONDS
    while quartz.CGEventSourceFlagsState(quartz.kCGEventSourceStateHIDSystemState) & sum(FLAGS.values()):
        if time.monotonic() > end:
            raise InsertError("modifier-held", "A modifier key is still held", "Let go of it and try again.")
        time.sleep(0.01)


def _press(quartz: Any, chord: Keystroke) -> None:
    if chord.key not in CODES:
        raise InsertError("no-such-key", f"There is no key {chord.key!r} here", "Use letters and named keys.")
    for down in (True, False):
        event = quartz.CGEventCreateKeyboardEvent(None, CODES[chord.key], down)
        quartz.CGEventSetFlags(event, sum(FLAGS[each] for each in chord.modifiers))
        quartz.CGEventPost(quartz.kCGHIDEventTap, event)
        time.sleep(0.002)


def _type(quartz: Any, text: str) -> None:
    for piece in pieces(text):
        for down in (True, False):
            event = quartz.CGEventCreateKeyboardEvent(None, 0, down)
            quartz.CGEventSetFlags(event, 0)
            quartz.CGEventKeyboardSetUnicodeString(event, len(piece.encode("utf-16-le")) // 2, piece)
            quartz.CGEventPost(quartz.kCGHIDEventTap, event)
        time.sleep(0.005)


def pieces(text: str) -> list[str]:
    """``text`` in pieces of at most ``UNITS_PER_EVENT`` UTF-16 units; no character is cut in two."""
    found, units = [""], 0
    for each in text:
        size = 2 if ord(each) > 0xFFFF else 1
        if units + size > UNITS_PER_EVENT:
            found.append("")
            units = 0
        found[-1] += each
        units += size
    return [each for each in found if each]


def _paste(quartz: Any, text: str, pid: int | None, key: str = "") -> None:
    board = importlib.import_module("AppKit").NSPasteboard.generalPasteboard()
    before = [
        [(kind, item.dataForType_(kind)) for kind in item.types()] for item in board.pasteboardItems() or ()
    ]  # fmt: skip
    board.clearContents()
    board.setString_forType_(text, "public.utf8-plain-text")
    for kind in PRIVATE:
        board.setString_forType_("", kind)
    number = board.changeCount()
    _press(quartz, parse_chord(key or "super+v"))
    # A program that is stuck must not find the old text when it wakes: wait until it answers a question again.
    if not _answers(pid):
        raise InsertError(
            "paste-not-read",
            "The program does not react; the text is on the clipboard",
            "Paste it yourself when it reacts again.",
        )
    time.sleep(HOLD_SECONDS)
    if board.changeCount() == number:
        _put_back(board, before)


def _answers(pid: int | None) -> bool:
    if pid is None:
        return True
    services = importlib.import_module("ApplicationServices")
    program = services.AXUIElementCreateApplication(pid)
    services.AXUIElementSetMessagingTimeout(program, ANSWER_SECONDS)
    error, _ = services.AXUIElementCopyAttributeValue(program, "AXRole", None)
    return bool(error != services.kAXErrorCannotComplete)


def _put_back(board: Any, before: list[list[tuple[Any, Any]]]) -> None:
    item_class = importlib.import_module("AppKit").NSPasteboardItem
    board.clearContents()
    items = []
    for kinds in before:
        item = item_class.alloc().init()
        for kind, data in kinds:
            if data is not None:
                item.setData_forType_(data, kind)
        items.append(item)
    if items:
        board.writeObjects_(items)
