"""What the local socket understands, and the answers."""

from __future__ import annotations

import dataclasses
import queue
from collections.abc import Callable, Generator
from typing import Any

from dictation.app.application import Application
from dictation.app.board import describe
from dictation.core.errors import DictationError, UsageError
from dictation.core.session import Kind
from dictation.core.types import Event, Finished, Purpose, StateChanged, heard

Message = dict[str, Any]

DONE_SECONDS = 120.0
"""So long a caller waits for what is done in its turn: a long recording may be transcribed first."""


class Answers:
    """Turns requests into calls of the app."""

    def __init__(self) -> None:
        self.app: Application | None = None
        """The app to ask; None while it is still starting."""

    def __call__(self, request: Message) -> Generator[Message | None, None, None]:
        """The answers to a request: ``{"ok": true}`` and more, or ``{"error": {code, message, remedy}}``."""
        try:
            verb = str(request.get("do"))
            if self.app is None:
                raise DictationError("starting", "Dictation is still starting", "Try again in a moment.")
            if verb == "status" and request.get("follow") is True:
                yield from self._follow(self.app)
            elif verb == "listen":
                yield from self.app.shell_key.listen(request)
            else:
                yield {"ok": True, **_done(self.app, verb, request)}
        except DictationError as error:
            yield {"error": error.as_json()}
        except Exception as error:  # noqa: BLE001 - whatever somebody sends, they get an answer and the app goes on
            what = f"Something unexpected happened ({type(error).__name__}: {error})"
            yield {"error": DictationError("unexpected", what, "Please report it with `dictation doctor`.").as_json()}

    def _follow(self, app: Application) -> Generator[Message | None, None, None]:
        """A line now and one per change, until the caller goes away."""
        changes: queue.SimpleQueue[Event] = queue.SimpleQueue()
        forget = app.listen(changes.put)
        try:
            yield app.status()
            while not app.ended.is_set():
                try:
                    event = changes.get(timeout=1)
                except queue.Empty:
                    yield None
                    continue
                if isinstance(event, StateChanged | Finished):
                    yield app.status()
        finally:
            forget()


def _purpose(request: Message) -> Purpose:
    try:
        return Purpose(request.get("mode") or "dictate")
    except ValueError:
        raise UsageError(
            "bad-request", f"There is no mode {request.get('mode')!r}", "Use dictate or command."
        ) from None


def _number(request: Message) -> int:
    number = request.get("id")
    if not isinstance(number, int) or not 0 < number < 1 << 63:
        raise UsageError("bad-request", f"{number!r} is no number of an entry", "See `dictation history list`.")
    return number


def _last(app: Application) -> Message:
    last = next(iter(app.history.texts()), None)
    return {"last": describe(last), "heard": heard(last.outcome) if last else ""}


def _done(app: Application, verb: str, request: Message) -> Message:
    """Do what ``verb`` asks for; what there is to say of it. Raises DictationError."""
    if act := _ACTS.get(verb):
        act(app, request)
        return {}
    if tell := _TELLS.get(verb):
        return tell(app, request)
    raise UsageError("bad-request", f"Dictation cannot {verb!r}", "Use the same version of `dictation` and the app.")


_ACTS: dict[str, Callable[[Application, Message], object]] = {
    "start": lambda app, request: app.keys.ask(Kind.START, _purpose(request)),
    "toggle": lambda app, request: app.keys.ask(Kind.TOGGLE, _purpose(request)),
    "stop": lambda app, _: app.keys.stop(),
    "cancel": lambda app, _: app.keys.cancel(),
    "pause": lambda app, _: app.keys.pause(True),
    "resume": lambda app, _: app.keys.pause(False),
    "show": lambda app, _: app.show(),
    "quit": lambda app, _: app.quit(),
    "reload": lambda app, _: app.reload(),
    "allow": lambda app, _: app.room.allow().wait(DONE_SECONDS),
    "insert_last": lambda app, _: app.history.insert_last().wait(DONE_SECONDS),
    "undo": lambda app, _: app.history.undo().wait(DONE_SECONDS),
    "raw": lambda app, _: app.history.raw().wait(DONE_SECONDS),
    "anyway": lambda app, _: app.history.anyway().wait(DONE_SECONDS),
    "insert_again": lambda app, request: app.history.insert_again(_number(request)).wait(DONE_SECONDS),
    "forget": lambda app, request: app.history.forget(_number(request)),
    "retry": lambda app, request: app.history.retry(_number(request)),
    "insert_command": lambda app, request: app.commands.insert(request.get("confirmed") is True),
    "drop_command": lambda app, _: app.commands.drop(),
    "again": lambda app, _: app.commands.again(),
}
"""Requests that are answered with nothing but that they are done."""

_TELLS: dict[str, Callable[[Application, Message], Message]] = {
    "teach": lambda app, request: dataclasses.asdict(app.history.lesson(request.get("now") is True)),
    "clear_history": lambda app, _: {"deleted": app.history.clear()},
    "compose": lambda app, request: app.shell_key.compose(request, app.settings()),
    "command": lambda app, _: app.shell_key.command(),
    "prompt": lambda app, _: app.shell_key.prompt(),
    "typing": lambda app, _: {"typing": app.permission.finding("typing")},
    "hotkeys": lambda app, _: {"hotkeys": app.permission.finding("hotkeys")},
    "status": lambda app, _: app.status(),
    "last": lambda app, _: _last(app),
}
"""Requests that are answered with something."""
