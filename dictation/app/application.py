"""The running app: builds everything from the settings and answers the windows, the socket and the keys."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import threading
import time
from collections.abc import Callable

from dictation.app.board import Board, describe, summary, write_down
from dictation.app.command_mode.shell_key import ShellKey
from dictation.app.command_mode.waiting import Commands, Proposals, maker
from dictation.app.history.keeping import Recalls, Remembering
from dictation.app.permission import Allowing
from dictation.app.settings_desk import Desk
from dictation.app.take.decode_ahead import Forerunner
from dictation.app.take.finisher import LATE, Hands, Worker
from dictation.app.take.insert_at_pauses import Pauses
from dictation.app.take.job import Job
from dictation.app.take.keywatch import WatchedHotkeys
from dictation.app.take.preview import Preview, secret
from dictation.app.take.recognition import Recognition, only_the_self_test_model
from dictation.app.take.recorder import Conductor, Take
from dictation.app.verbs.models_verb import Shelf
from dictation.app.words.endpoint import Switchboard
from dictation.app.words.model_pass import SERVERS, Polish
from dictation.app.words.word_rules import Words
from dictation.core.errors import DictationError, HotkeyError, UsageError
from dictation.core.events import SettingsChanged
from dictation.core.session import Kind
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE, Event, Finished, Notice, Outcome, Purpose
from dictation.desktop import choose
from dictation.desktop.focus import processes
from dictation.desktop.project.project_names import Projects
from dictation.desktop.store import settings_file
from dictation.desktop.store.folders import Places, private_folder
from dictation.desktop.store.spool import Spool

log = logging.getLogger("dictation")

SIGNALS = {"press": Kind.PRESS, "release": Kind.RELEASE, "other": Kind.OTHER, "escape": Kind.ESCAPE}


class Application(Proposals, Recalls, Shelf, Desk, Allowing):
    """One per process. Implements ``ports.Controls``."""

    def __init__(self, where: Places) -> None:
        """Build everything; nothing runs yet."""
        self._where = where
        self._settings, self._wrong = settings_file.load(where.settings)
        self.board = Board()
        self._early: list[Notice] = []
        self._spool = Spool(private_folder(where.spool), lambda error: self.board.tell(Notice(error)))
        self._recognition = Recognition(where.models, self._engine_state, proofs=where.state / "context.json")
        self._hotkeys = WatchedHotkeys(choose.hotkeys(), lambda: self.board.trouble("hotkeys", None))
        self._typist = choose.typist()
        self._focus = choose.focus()
        hands = Hands(self._typist, self._focus)
        # Last of the devices: it starts PortAudio, which silences standard error for a moment, and with it the one
        # line that says why another of them failed.
        self._microphone = choose.microphone(self._settings)
        self._words = words = Words(where.glossary, self._notice, Projects(processes.cwd_of))
        pauses = Pauses(
            self._typist, self._focus, words.correct, self._wanted, lambda id: self._conductor.aim(id),
            lambda: choose.free(self._typist), lambda job: self._worker.run(job),
            lambda text, target: self._worker.placed(text, target), lambda *about: self._worker.gap(*about),
        )  # fmt: skip
        words.hinted = lambda: only_the_self_test_model(self._recognition.model) is None
        preview = Preview(lambda id: self._conductor.aim(id), words.correct, secret, self.board.tell)
        forerunner = Forerunner(self._recognition.nearby, preview, words.hints, pauses.committed)
        self._past = Remembering(where, self._notice)
        self._llm = Switchboard(where.state / SERVERS)
        self._commands = Commands(hands, maker(where, self._llm), self.board)
        self.shell_key = ShellKey(self._commands, self, self.board)
        self._worker = Worker(
            hands, self._recognition.use, self._wanted, lambda id: pauses.end(id, forerunner.known(id)), words,
            self.board, self._past.keep, self._commands.road, Polish(words, self._llm).rewriter,
            self._hotkeys.typed_since, lambda target: choose.bring_back(self._focus, target),
            lambda id: self._conductor.parked(id), self._past.drop,
        )  # fmt: skip
        self._commands.judge_lines(self._worker.touched, self._hotkeys.quiet_since)
        self._conductor = Conductor(
            self._settings, self._microphone, hands.focus, self._spool, self.board, self._worker.submit, self._touch,
            forerunner, words.look, self._worker.drop,
        )  # fmt: skip
        self.ended = threading.Event()
        """Set when the app should end."""
        self._on_show: Callable[[], None] = lambda: None
        self._paused = False

    def begin(self) -> None:
        """Start all threads, load the model, listen for the keys. What fails is told and shown, not raised."""
        self.board.listen(write_down)
        self.time_models()
        self._conductor.start()
        self._worker.start()
        self._worker.warm(self._settings)
        self._worker.run(lambda: self._commands.warm(self._settings))
        self._llm.warm(self._settings)
        for error in self._wrong:
            self._notice(error)
        self._attempt("hotkeys", lambda: self._hotkeys.start(self._bound(self._settings), self._key))
        self._attempt("model", lambda: self._recognition.use(self._settings))
        if note := only_the_self_test_model(self._recognition.model):
            self._notice(note)
        self.ready_hands()
        self._past.begin(self._settings, self.board)
        for left in self._past.unfinished(self._spool.leftovers()):
            self._worker.recover(Take(0, Purpose.DICTATE, left, NOWHERE, time.monotonic(), self._settings))

    def end(self) -> None:
        """Stop everything, in the order in which words could otherwise be lost."""
        self._hotkeys.stop()
        self._conductor.close()
        self._worker.close()
        self._recognition.close()
        self._past.close()

    def on_show(self, show: Callable[[], None]) -> None:
        """Call ``show`` when somebody asks for the window."""
        self._on_show = show

    def show(self) -> None:
        """Ask for the window."""
        self._on_show()

    def remember_first_start(self) -> None:
        """Write the settings file, so that the next start is not the first."""
        self._attempt("settings", lambda: settings_file.save(self._where.settings, self._settings))

    # --- Controls

    def start(self, purpose: Purpose) -> None:
        self._conductor.post(Kind.START, purpose)

    def stop(self) -> None:
        self._conductor.post(Kind.STOP)

    def toggle(self, purpose: Purpose) -> None:
        self._conductor.post(Kind.TOGGLE, purpose)

    def cancel(self) -> None:
        self._conductor.post(Kind.CANCEL)

    def insert_last(self) -> Job:
        if not (texts := self.board.texts):
            raise UsageError("no-last-text", "There is no last text", "Dictate something first.")
        last = texts[0]
        text = summary(last.outcome)[1]
        if last.id and last.id == self._commands.newest:
            return self.insert_command(False) if self._commands.waiting else self.put_again(text)
        return self._worker.insert(text, self._settings, getattr(last.outcome, "heard", ""))

    def undo(self) -> Job:
        return self._worker.undo()

    def raw(self) -> Job:
        return self._worker.raw(self._settings)

    def quit(self) -> None:
        self.ended.set()

    def level(self) -> float:
        return self._conductor.level()

    def place(self) -> tuple[int, int] | None:
        return choose.place(self._focus)

    def blends(self) -> bool:
        return choose.blends()

    def anyway(self) -> Job:
        return self._worker.anyway()

    def pause(self, yes: bool) -> None:
        before, self._paused = self._paused, yes
        try:
            self._hotkeys.change(self._bound(self._settings))
        except HotkeyError:
            self._paused = before
            raise
        self.board.tell(SettingsChanged())

    def paused(self) -> bool:
        return self._paused

    def listen(self, hear: Callable[[Event], None]) -> Callable[[], None]:
        """The first who listens is the window: it also hears what was told before it was there."""
        early, self._early = self._early, []
        for notice in early:
            hear(notice)
        return self.board.listen(hear)

    def status(self) -> dict[str, object]:
        state = self.board.state
        return {
            "state": state.state.value,
            "mode": state.purpose.value,
            "model": self._recognition.model,
            "engine_pid": self._recognition.pid,
            "engine": self._recognition.about(),
            "microphone": self._settings.microphone.device or "default",
            "hotkeys": self._hotkeys.describe(),
            "hotkey": self._hotkeys.key_name(),
            "detail": state.detail,
            "level": round(self._conductor.level(), 4),
            "paused": self._paused,
            "last": describe(self.board.last),
        }

    def last(self) -> Outcome | None:
        return self.board.last.outcome if self.board.last else None

    def texts(self) -> list[Finished]:
        return self.board.texts

    def settings(self) -> Settings:
        return self._settings

    def change(self, settings: Settings) -> None:
        if self._bound(settings).keys != self._bound(self._settings).keys:
            self._hotkeys.change(self._bound(settings))
            self.board.trouble("hotkeys", None)
        settings_file.save(self._where.settings, settings)
        self._adopt(settings)

    def reload(self) -> None:
        """The settings file was changed by another program."""
        settings, wrong = settings_file.load(self._where.settings)
        for error in wrong:
            self.board.tell(Notice(error))
        if settings.keys != self._settings.keys:
            self._hotkeys.change(self._bound(settings))
        self._adopt(settings)
        if self._recognition.pid is None:  # a model may have been downloaded
            self._attempt("model", lambda: self._recognition.use(settings))

    def _adopt(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        self._conductor.settings = settings
        if settings.microphone != before.microphone:
            choose.adapt(self._microphone, settings)
        if settings.engine != before.engine or settings.models != before.models or settings.remote != before.remote:
            self._attempt("model", lambda: self._recognition.use(settings))
        self._llm.warm(settings)
        self.board.tell(SettingsChanged())

    def microphones(self) -> list[str]:
        return [str(each["name"]) for each in choose.devices()]

    # --- what the threads tell

    def _key(self, what: str, purpose: Purpose | None) -> None:
        if what == "lost":
            error = HotkeyError(
                "hotkeys-lost", "The keys are not heard any more", "They are tried again every few seconds."
            )
            self.board.trouble("hotkeys", error.line())
            self.board.tell(Notice(error))
        else:
            self._conductor.post(SIGNALS[what], purpose or Purpose.DICTATE)

    def _engine_state(self, state: str, note: str) -> None:
        log.info("engine %s %s", state, note)
        self.board.loading(state == "loading")
        for each in self._past.modelless() if state == "ready" else []:
            self._worker.recover(each, LATE)

    def _touch(self) -> None:
        self._typist.prepare()
        if note := choose.note(self._microphone):
            self.board.tell(Notice(note))
        with contextlib.suppress(DictationError):
            self._recognition.use(self._settings)

    def _wanted(self, id: int) -> bool:
        return id == 0 or self._conductor.wanted(id)  # recovered ones (id 0) have no key-down to be cancelled

    def _notice(self, error: DictationError) -> None:
        notice = Notice(error)
        if len(self._early) < 10:
            self._early.append(notice)
        self.board.tell(notice)

    def _attempt(self, part: str, action: Callable[[], object]) -> None:
        try:
            action()
        except DictationError as error:
            self.board.trouble(part, error.line())
            self._notice(error)
        else:
            self.board.trouble(part, None)

    def _bound(self, settings: Settings) -> Settings:
        """The settings with all keys off while they are paused."""
        keys = dataclasses.replace(settings.keys, dictate="off", command="off", cancel="off")
        return dataclasses.replace(settings, keys=keys) if self._paused else settings
