"""Overlay text: what the pill says for everything that can happen, and for how long."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from dictation.core.errors import DictationError
from dictation.core.events import Taught
from dictation.core.hearing.pipeline import PARKED
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
    SENT = "sent"
    """Put in, by a way on which no window tells that it has got the text."""
    SILENT = "silent"
    KEPT = "kept"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing the pill says. ``hint`` is quieter; ``seconds`` is how long it stays, 0 until something else comes.

    ``actions`` can be clicked: insert, copy, anyway, download, settings, models, ai; each with its word."""

    sign: Sign
    text: str
    hint: str = ""
    seconds: float = 0.0
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys as people call them, empty where none is known: ``insert`` does what the pill offers, ``cancel`` throws
    away."""

    insert: str = ""
    cancel: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How a recording goes: whole seconds so far, and the program that the words are for, where it is known."""

    seconds: int = 0
    target: str = ""

    def line(self, purpose: Purpose) -> str:
        """In one line; empty in the first second."""
        if not self.seconds:
            return ""
        mode = translate("overlay", "Command") if purpose is Purpose.COMMAND else translate("overlay", "Dictation")
        line = f"{self.seconds // 60}:{self.seconds % 60:02} · {mode}"
        return f"{line} → {self.target}" if self.target else line


def listening(purpose: Purpose, so_far: str, deaf: bool, course: Course = Course()) -> Message:
    """While the key is down: the words that are certain already; ``deaf`` when no sound at all comes in."""
    if deaf:
        hint = translate("overlay", "No sound comes in: is the microphone muted?")
        return Message(Sign.METER, so_far or _listening(purpose), hint)
    return Message(Sign.METER, so_far or _listening(purpose), course.line(purpose))


def thinking(so_far: str) -> Message:
    """After the key came up."""
    return Message(Sign.DOTS, so_far or translate("overlay", "Thinking…"))


def outcome(last: Outcome, degraded: Degraded | None = None, keys: Keys = Keys()) -> Message | None:
    """How it ended, and the way out when it ended badly. None: nothing is to be shown."""
    match last:
        case Inserted(text=text, seen=seen):
            lost = sentences.sentence(degraded.error.message) if degraded else ""
            return Message(Sign.CHECK if seen else Sign.SENT, text, lost, 4.0 if lost else 1.6)
        case Silent(reason=reason, note=note):
            if note:  # something is to be done before the next try, and nothing can be made of this one
                return Message(Sign.SILENT, translate("overlay", "Nothing heard"), sentences.sentence(note), 8.0)
            words = {
                "too_short": translate("overlay", "Nothing heard: too short"),
                "no_voice": translate("overlay", "Nothing heard: no voice"),
            }.get(reason) or translate("overlay", "Nothing typed: {reason}").format(
                reason=outcome_words.silence(reason)
            )
            way = translate("overlay", "{key} transcribes it anyway").format(key=keys.insert) if keys.insert else ""
            return Message(Sign.SILENT, words, way, 5.0, (("anyway", translate("overlay", "Transcribe anyway")),))
        case Held(text=text, why=why):
            return Message(Sign.KEPT, text, _kept(why, keys), 8.0, _text_actions())
        case Failed(error=error, text=text):
            return _failed(error, text, last.heard, keys)
        case Proposed() | Dropped():
            return None


def _kept(why: str, keys: Keys) -> str:
    if why == PARKED:
        way = translate("overlay", "Kept, not typed. {key} again deletes it.").format(key=keys.cancel or "Esc")
        return _sentences(way, _insert_way(keys))
    return _sentences(sentences.sentence(why), _insert_way(keys))


def _insert_way(keys: Keys) -> str:
    return translate("overlay", "{key} inserts it where the cursor is.").format(key=keys.insert) if keys.insert else ""


def _failed(error: DictationError, text: str, heard: str, keys: Keys) -> Message:
    what, remedy = sentences.sentence(error.message), sentences.sentence(error.remedy)
    settings = ("settings", translate("overlay", "Settings"))
    if text and error.code != "no-command":
        # Where a key or a click does it, no command is needed.
        way = _sentences(translate("overlay", "The text is kept."), _insert_way(keys), "" if "`" in remedy else remedy)
        return Message(Sign.ALERT, what, way, 8.0, _text_actions())
    if error.code == "no-model":
        way = translate("overlay", "{key} downloads one.").format(key=keys.insert) if keys.insert else ""
        kept = translate("overlay", "What you said is kept and written out when there is one.")
        get = ("download", translate("overlay", "Download"))
        return Message(Sign.KEPT, what, _sentences(kept, way), 12.0, (get, ("models", translate("overlay", "Models"))))
    if error.code == "no-command":
        said = translate("overlay", "No command is known for: {words}").format(words=heard or text)
        ways = translate("overlay", "Try “show the last ten commits”, “find files larger than 10 MB” or “git push”.")
        return Message(Sign.ALERT, said, ways, 8.0, (("ai", translate("overlay", "Set up AI")),))
    return Message(Sign.ALERT, what, remedy, 8.0, (settings,))


def _text_actions() -> tuple[tuple[str, str], ...]:
    return ("insert", translate("overlay", "Insert")), ("copy", translate("overlay", "Copy"))


def _sentences(*parts: str) -> str:
    """One after the other, each with its full stop."""
    said = ""
    for each in filter(None, parts):
        stop = "" if each[-1] in ".。!?！？" else "。" if ord(each[-1]) > 0x2E80 else "."
        said += ("" if not said or said[-1] == "。" else " ") + each + stop
    return said


def taught(event: Taught) -> Message:
    """What was learnt from the selected words."""

    def pairs(of: tuple[tuple[str, str], ...]) -> str:
        return ", ".join(f"{heard} → {term}" for heard, term in of)

    if event.learnt:
        said = translate("overlay", "Learned: from now on it is written so")
        return Message(Sign.CHECK, pairs(event.learnt), said, 4.0)
    if event.unlearnt:
        said = translate("overlay", "Unlearned: it stays as it is heard")
        return Message(Sign.CHECK, pairs(event.unlearnt), said, 4.0)
    return Message(Sign.CHECK, pairs(event.noted), translate("overlay", "Noted: it is learned the next time"), 4.0)


def notice(error: DictationError) -> Message:
    """Something to know where there is no tray to say it."""
    return Message(Sign.ALERT, sentences.sentence(error.message), sentences.sentence(error.remedy), 8.0)


def _listening(purpose: Purpose) -> str:
    if purpose is Purpose.COMMAND:
        return translate("overlay", "Say what you want done")
    return translate("overlay", "Listening")
