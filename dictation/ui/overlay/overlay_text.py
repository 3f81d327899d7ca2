"""Overlay text: what the pill says for everything that can happen, and for how long."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from dictation.core.errors import DictationError
from dictation.core.types import (
    Degraded,
    Dropped,
    Failed,
    Held,
    Inserted,
    Outcome,
    Proposed,
    Purpose,
    Silent,
)
from dictation.ui.look import sentences
from dictation.ui.overlay import outcome_words

translate = QCoreApplication.translate


class Sign(enum.Enum):
    """What stands at the left end of the pill."""

    METER = "meter"
    DOTS = "dots"
    CHECK = "check"
    SILENT = "silent"
    KEPT = "kept"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing the pill says. ``hint`` is quieter; ``seconds`` is how long it stays, 0 until something else comes."""

    sign: Sign
    text: str
    hint: str = ""
    seconds: float = 0.0


def listening(purpose: Purpose, so_far: str, deaf: bool) -> Message:
    """While the key is down: the words that are certain already; ``deaf`` when no sound at all comes in."""
    if deaf:
        hint = translate("overlay", "No sound comes in: is the microphone muted?")
        return Message(Sign.METER, so_far or _listening(purpose), hint)
    return Message(Sign.METER, so_far or _listening(purpose))


def thinking(so_far: str) -> Message:
    """After the key came up."""
    return Message(Sign.DOTS, so_far or translate("overlay", "Thinking…"))


def outcome(last: Outcome, degraded: Degraded | None = None) -> Message | None:
    """How it ended, and the way out when it ended badly. None: nothing is to be shown."""
    match last:
        case Inserted(text=text):
            lost = sentences.sentence(degraded.error.message) if degraded else ""
            return Message(Sign.CHECK, text, lost, 4.0 if lost else 1.6)
        case Silent(reason=reason, note=note):
            if note:  # something is to be done before the next try, and nothing can be made of this one
                return Message(Sign.SILENT, translate("overlay", "Nothing heard"), sentences.sentence(note), 8.0)
            words = {
                "too_short": translate("overlay", "Nothing heard: too short"),
                "no_voice": translate("overlay", "Nothing heard: no voice"),
            }.get(reason) or translate("overlay", "Nothing typed: {reason}").format(
                reason=outcome_words.silence(reason)
            )
            way = translate("overlay", "Transcribe anyway: tray menu, or `dictation anyway`")
            return Message(Sign.SILENT, words, way, 4.0)
        case Held(text=text, why=why):
            reason = sentences.sentence(why)
            way = translate("overlay", "{why}. Insert here or copy: tray menu, or `dictation insert-last`")
            return Message(Sign.KEPT, text, way.format(why=reason.rstrip(".。")), 8.0)
        case Failed(error=error, text=text):
            hint = sentences.sentence(error.remedy)
            if text:
                hint = translate("overlay", "The text is kept: `dictation insert-last`") + " · " + hint
            return Message(Sign.ALERT, sentences.sentence(error.message), hint, 8.0)
        case Proposed() | Dropped():
            return None


def notice(error: DictationError) -> Message:
    """Something to know where there is no tray to say it."""
    return Message(Sign.ALERT, sentences.sentence(error.message), sentences.sentence(error.remedy), 8.0)


def _listening(purpose: Purpose) -> str:
    if purpose is Purpose.COMMAND:
        return translate("overlay", "Say what you want done")
    return translate("overlay", "Listening")
