"""What the local socket understands, and the answers."""

from __future__ import annotations

import dataclasses
import queue
from collections.abc import Generator
from typing import Any

from dictation.app.application import Application
from dictation.app.board import describe
from dictation.core.errors import DictationError, UsageError
from dictation.core.types import Event, Finished, Purpose, StateChanged

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
                yield {"ok": True, **self._do(self.app, verb, request)}
        except DictationError as error:
            yield {"error": error.as_json()}
        except Exception as error:  # noqa: BLE001 - whatever somebody sends, they get an answer and the app goes on
            what = f"Something unexpected happened ({type(error).__name__}: {error})"
            yield {"error": DictationError("unexpected", what, "Please report it with `dictation doctor`.").as_json()}

    def _do(self, app: Application, verb: str, request: Message) -> Message:
        match verb:
            case "start":
                app.keys.start(_purpose(request))
            case "toggle":
                app.keys.toggle(_purpose(request))
            case "stop" | "cancel":
                getattr(app.keys, verb)()
            case "show" | "quit" | "reload":
                getattr(app, verb)()
            case "insert_last" | "undo" | "raw" | "anyway":
                getattr(app.history, verb)().wait(DONE_SECONDS)
            case "teach":
                taught = app.history.lesson(request.get("now") is True)
                return dataclasses.asdict(taught)
            case "allow":
                app.room.allow().wait(DONE_SECONDS)
            case "pause" | "resume":
                app.keys.pause(verb == "pause")
            case "clear_history":
                return {"deleted": app.history.clear()}
            case "forget" | "retry":
                getattr(app.history, verb)(_number(request))
            case "insert_again":
                app.history.insert_again(_number(request)).wait(DONE_SECONDS)
            case "compose":
                return app.shell_key.compose(request, app.settings())
            case "command":
                return app.shell_key.command()
            case "prompt":
                return app.shell_key.prompt()
            case "insert_command":
                app.commands.insert(request.get("confirmed") is True)
            case "drop_command":
                app.commands.drop()
            case "again":
                app.commands.again()
            case "typing" | "hotkeys":
                return {verb: app.permission.finding(verb)}
            case "status":
                return app.status()
            case "last":
                return self._last(app)
            case _:
                raise UsageError(
                    "bad-request", f"Dictation cannot {verb!r}", "Use the same version of `dictation` and the app."
                )
        return {}

    def _last(self, app: Application) -> Message:
        last = next(iter(app.history.texts()), None)
        heard = getattr(last.outcome, "heard", "") if last else ""
        return {"last": describe(last), "heard": heard}

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
