"""Phrases: states, outcomes and reasons in plain words, ready for translation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from dictation.core.types import (
    Dropped,
    Failed,
    Held,
    Inserted,
    Outcome,
    Proposed,
    Purpose,
    Silent,
    State,
    StateChanged,
)
from dictation.ui.look import sentences

translate = QCoreApplication.translate


def state(now: StateChanged) -> str:
    """What the app is doing, in one or two words, with its detail."""
    words = {
        State.IDLE: translate("phrases", "Ready"),
        State.LOADING: translate("phrases", "Loading the model"),
        State.LISTENING: translate("phrases", "Listening"),
        State.THINKING: translate("phrases", "Thinking"),
        State.ERROR: translate("phrases", "Not working"),
    }[now.state]
    if now.state is State.LISTENING and now.purpose is Purpose.COMMAND:
        words = translate("phrases", "Listening for a command")
    return f"{words}: {sentences.lines(now.detail)}" if now.detail else words


def silence(reason: str, note: str = "") -> str:
    """Why nothing was typed; ``reason`` is one of the contract's names, ``note`` the app's own sentence, if it has one:
    that one says more."""
    if note:
        return sentences.sentence(note)
    return {
        "too_short": translate("phrases", "too short to be speech"),
        "microphone_silent": translate("phrases", "microphone silent: muted, or the wrong one?"),
        "no_voice": translate("phrases", "no voice"),
        "phantom": translate("phrases", "only noise, which sounded like a stock phrase"),
        "echo": translate("phrases", "only the hint words came back"),
        "impossible_rate": translate("phrases", "more words than can be said in that time"),
        "loop": translate("phrases", "the same words over and over"),
    }.get(reason, reason.replace("_", " "))


def outcome(last: Outcome) -> str:
    """How the last utterance ended, in one sentence."""
    match last:
        case Inserted():
            return translate("phrases", "Last text: {text}").format(text=one_line(last.text))
        case Silent():
            return translate("phrases", "Nothing typed: {reason}").format(reason=silence(last.reason, last.note))
        case Held():
            return translate("phrases", "Kept, not typed: {why}").format(why=sentences.sentence(last.why))
        case Proposed():
            return translate("phrases", "Command: {command}").format(command=one_line(last.command.text))
        case Failed():
            return translate("phrases", "Failed: {what}").format(what=sentences.line(last.error))
        case Dropped():
            return translate("phrases", "Thrown away, as you asked")


def text(last: Outcome | None) -> str:
    """The words that can be copied or put in again; empty when there are none."""
    if isinstance(last, Proposed):
        return last.command.text
    return last.text if isinstance(last, Inserted | Held | Failed) else ""


def one_line(words: str, most: int = 200) -> str:
    """``words`` in one line of at most ``most`` characters."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
