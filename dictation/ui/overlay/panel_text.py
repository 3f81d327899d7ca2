"""Panel text: what the command panel says of a command, and which keys it offers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from dictation.core.commands import Command, Reason
from dictation.core.types import Proposed
from dictation.ui.look import sentences

translate = QCoreApplication.translate


def risk(command: Command) -> str:
    """The risk in one or two words."""
    return {
        "safe": translate("panel", "Safe"),
        "caution": translate("panel", "Changes things"),
        "danger": translate("panel", "Dangerous"),
    }.get(command.risk, command.risk)


def origin(command: Command) -> str:
    """Where the command comes from."""
    return {
        "llm": translate("panel", "from the language model"),
        "snippet": translate("panel", "from your snippets"),
        "phrase": translate("panel", "from a built-in phrase"),
        "spoken": translate("panel", "as you said it"),
    }.get(command.source, command.source)


def heard(proposed: Proposed) -> str:
    """What was heard: the first thing to look at, as a command of other words is wrong however safe it is."""
    return translate("panel", "Heard: {words}").format(words=proposed.heard) if proposed.heard else ""


def keys(command: Command, armed: bool) -> list[tuple[str, str, str]]:
    """What can be done: the action's name, its key as it stands on the keyboard, and the word for it."""
    found = []
    if command.text and command.insertable:
        if armed:
            found.append(("confirm", "Y", translate("panel", "Yes, insert it")))
        else:
            found.append(("insert", "Enter", translate("panel", "Insert")))
    found.append(("drop", "Esc", translate("panel", "Discard")))
    if command.text:
        found.append(("explain", "Tab", translate("panel", "Explain")))
        found.append(("copy", "Ctrl+C", translate("panel", "Copy")))
    found.append(("again", "Ctrl+R", translate("panel", "Try again")))
    return found


def note(proposed: Proposed, armed: bool) -> str:
    """The line above the keys: what is in the way, or what comes next."""
    command = proposed.command
    if command.question:
        return translate("panel", "Hold the command key and answer, or say it in other words.")
    if not command.insertable:
        return translate("panel", "It must not be put at a prompt as it stands. It can be copied.")
    if armed:
        return translate(
            "panel", "Dangerous. Press Y to put it in all the same; nothing runs until you press Enter there."
        )
    return sentences.sentence(proposed.why)


def details(proposed: Proposed) -> list[str]:
    """What Tab shows: how it came to be, and what can be done about it."""
    command = proposed.command
    lines = []
    lines.append(
        translate("panel", "For {shell}, {origin}.").format(shell=command.shell or "sh", origin=origin(command))
    )
    lines.append(translate("panel", "It is put at the prompt and never run: that takes your own Enter."))
    lines.append(translate("panel", "To change it, hold the command key again and say what should be different."))
    return lines


def reason(why: Reason) -> str:
    """Why a command is not simply safe, in the user's language."""
    return sentences.sentence(why.message)
