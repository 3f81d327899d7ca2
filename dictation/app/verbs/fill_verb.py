"""`dictation fill`: what the key in a shell calls. Prints the one line that the shell is to edit, and never runs it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dictation.core.errors import CommandError, DictationError, UnreachableError
from dictation.core.foreign import json_from
from dictation.desktop import choose
from dictation.desktop.prompt import prompt_file
from dictation.desktop.prompt.controlling_terminal import Terminal
from dictation.desktop.store.folders import places, private_folder
from dictation.own_call import own_command
from dictation.shell import widgets
from dictation.shell.guard.characters import fit
from dictation.shell.guard.grade import grade
from dictation.shell.guard.inspection import DANGER, ORDER

Message = dict[str, Any]

ANSWER_SECONDS = 40.0
"""A model may be asked twice."""

NO_KEY = "no key"
"""Stands for a call by the key itself."""

ESCAPES = ("\x1b", "\x03", "\x07", "")


def run(shell: str, key: str | None, out: Callable[[str], None]) -> int:
    """Print what gives ``shell`` its key (None: the usual one), or do what the key calls for. Raises DictationError."""
    if key is NO_KEY:
        return fill(shell, "" if sys.stdin.isatty() else sys.stdin.read(100_000), out)
    out(widget(shell, key).rstrip("\n"))
    return 0


def fill(shell: str, text: str, out: Callable[[str], None]) -> int:
    """The command for ``text``, or for what is said where there is none, to ``out``; 0 also when there is none.

    What the user has to know goes to the terminal. Raises DictationError.
    """
    words = " ".join(text.split())
    with Terminal() as terminal:
        try:
            command = _written(words, shell) if words else _spoken(shell, terminal)
        except DictationError as error:
            terminal.say(f"dictation: {error.line()}")
            return 1
        if command and _agreed(judged(command, shell), terminal):
            out(str(command["command"]))
    return 0


def _written(words: str, shell: str) -> Message:
    """By the running app, which knows the model that may be asked; without it, here."""
    request = {"do": "compose", "request": words, "shell": shell, "cwd": _cwd()}
    try:
        for answer in choose.instance().ask(places().socket, request, ANSWER_SECONDS):
            return _command(answer)
    except UnreachableError as error:
        if error.code != "not-running":
            raise
    return _by_ourselves(words, shell)


def _by_ourselves(words: str, shell: str) -> Message:
    """By a call of `dictation command`."""
    call = [*own_command(), "command", "--shell", shell, "--cwd", _cwd(), "--json", "--", words]
    try:
        done = subprocess.run(
            call, stdin=subprocess.DEVNULL, capture_output=True, timeout=ANSWER_SECONDS, encoding="utf-8"
        )
        answer: Message = json_from(done.stdout.splitlines()[0]) if done.stdout else {}
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise CommandError("no-command", f"No command can be made: {error}", "Type it yourself.") from error
    if "command" not in answer:
        said = done.stderr.strip().removeprefix("dictation: error: ")
        raise CommandError("no-command", said or "No command can be made of that", "" if said else "Say it otherwise.")
    return answer


def _spoken(shell: str, terminal: Terminal) -> Message | None:
    """What is said until a key is pressed; None when it was nothing, or thrown away."""
    answers: queue.SimpleQueue[Message | DictationError | None] = queue.SimpleQueue()
    reader, writer = os.pipe()

    def listen() -> None:
        try:
            for answer in _ask({"do": "listen", "shell": shell, "cwd": _cwd()}, None):
                answers.put(answer)
                os.write(writer, b".")
        except DictationError as error:
            answers.put(error)
        answers.put(None)
        os.write(writer, b".")

    threading.Thread(target=listen, daemon=True).start()
    for happened in terminal.keys_or(reader):
        if happened is not None:
            list(_ask({"do": "cancel" if happened in ESCAPES else "stop"}, 5.0))
            continue
        answer = answers.get()
        if isinstance(answer, DictationError):
            raise answer
        if answer is None:
            return None
        if "outcome" in answer:
            if answer["outcome"] in ("silent", "dropped"):
                terminal.say("dictation: nothing was said" if answer["outcome"] == "silent" else "")
                return None
            return _command(answer)
        if answer.get("state") == "listening":
            terminal.say("dictation: listening; any key ends it, Esc throws it away")
    return None


def judged(answer: Message, shell: str) -> Message:
    """``answer`` with the worse of its own judgement and ours: what stands at this prompt is judged here, whoever
    answered."""
    text = str(answer.get("command") or "")
    own = grade(text, shell)
    given = str(answer.get("risk"))
    risk = max(own.risk, given if given in ORDER else DANGER, key=ORDER.index)
    reasons = [each for each in answer.get("reasons") or () if isinstance(each, dict)]
    known = {each.get("code") for each in reasons}
    reasons += [
        {"code": each.code, "message": each.message, "at": each.at} for each in own.reasons if each.code not in known
    ]
    insertable = answer.get("insertable") is True and own.insertable and fits(text, shell)
    return {**answer, "command": text, "risk": risk, "reasons": reasons, "insertable": insertable}


def fits(text: str, shell: str) -> bool:
    """Whether ``text`` may stand at a prompt of ``shell`` as it is."""
    try:
        return fit(text, shell) == text
    except CommandError:
        return False


def _agreed(command: Message, terminal: Terminal) -> bool:
    """Whether it may go into the line: at once when it is safe, else when the user, having seen why not, says so."""
    if not command["command"]:
        terminal.say(f"dictation: {command.get('question') or 'no command can be made of that'}")
        return False
    reasons = [str(each["message"]) for each in command["reasons"]]
    if not command["insertable"]:
        terminal.say("dictation: " + " ".join(["this cannot stand at a prompt.", *reasons]))
        return False
    if command["risk"] == "safe":
        return True
    terminal.say(f"dictation: {command['risk']}: {command['command']}")
    for each in reasons:
        terminal.say(f"  {each}")
    if not terminal.confirm("  y puts it in the line, any other key drops it "):
        return False
    return command["risk"] != "danger" or terminal.confirm("  It is dangerous: y once more ")


def _command(answer: Message) -> Message:
    if error := answer.get("error"):
        raise DictationError(error["code"], error["message"], error["remedy"])
    command: Message = answer["command"]
    return command


def _ask(request: Message, patience: float | None) -> Iterator[Message]:
    for answer in choose.instance().ask(places().socket, request, patience):
        if error := answer.get("error"):
            raise DictationError(error["code"], error["message"], error["remedy"])
        yield answer


def _cwd() -> str:
    try:
        return os.fspath(Path.cwd())
    except OSError:
        return os.environ.get("PWD") or "/"


def widget(shell: str, key: str | None) -> str:
    """What to ``eval`` in ``shell``: calls this very Dictation, with its folders. Raises UsageError, StorageError."""
    notes = private_folder(prompt_file.folder())
    key = key or os.environ.get("DICTATION_WIDGET_KEY") or widgets.DEFAULT_KEY
    # Named in full, so that the shell calls the same Dictation from any folder and with any PATH.
    return widgets.widget(shell, own_command(), os.fspath(notes), key)
