"""The running app: builds everything from the settings, and has a part for each thing that may be asked of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from dictation.app.board import Board, describe, write_down
from dictation.app.command_mode.command_desk import CommandDesk
from dictation.app.command_mode.shell_key import ShellKey
from dictation.app.command_mode.waiting import WaitingCommands, maker
from dictation.app.history.history_desk import HistoryDesk
from dictation.app.history.keeping import HistoryKeeper
from dictation.app.history.unkept import Shut, writable
from dictation.app.model_desk import ModelDesk
from dictation.app.permission import Permission
from dictation.app.room.room_desk import RoomDesk
from dictation.app.settings_in_force import InForce
from dictation.app.take.decode_ahead import DecodeAhead
from dictation.app.take.finisher import Finisher, Means
from dictation.app.take.hands import LATE, Hands
from dictation.app.take.insert_at_pauses import InsertAtPauses
from dictation.app.take.job import JobQueue
from dictation.app.take.key_desk import KeyDesk
from dictation.app.take.keywatch import WatchedHotkeys
from dictation.app.take.last_text import LastText
from dictation.app.take.offers import Offers
from dictation.app.take.preview import Preview, secret
from dictation.app.take.recognition import Recognition, only_the_self_test_model
from dictation.app.take.recorder import Recorder
from dictation.app.take.take import Take
from dictation.app.telling import Telling
from dictation.app.words.endpoint import Switchboard
from dictation.app.words.model_pass import SERVERS, Polish
from dictation.app.words.said_often import LATEST
from dictation.app.words.word_desk import WordDesk
from dictation.app.words.word_rules import WordRules
from dictation.core.errors import DictationError
from dictation.core.settings import Settings
from dictation.core.types import Event, Notice, Purpose
from dictation.desktop import choose
from dictation.desktop.focus import processes
from dictation.desktop.project.project_names import Projects
from dictation.desktop.store import settings_file
from dictation.desktop.store.folders import Places
from dictation.desktop.store.spool import Spool

log = logging.getLogger("dictation")


class Application:
    """One per process. Implements ``controls.Controls``."""

    def __init__(self, where: Places, lost: DictationError | None = None) -> None:
        """Build everything; nothing runs yet. ``lost``: what is not kept, to be told with what else is wrong."""
        self._where = where
        settings, wrong = settings_file.load(where.settings)
        self._wrong = [*wrong, *([lost] if lost else [])]
        self._in_force = in_force = InForce(settings)
        self.board = board = Board()
        self._telling = telling = Telling(board)
        self._jobs = jobs = JobQueue(board)
        self._spool = Spool(where.spool, Shut(where.state, lambda error: board.tell(Notice(error))))
        self._recognition = Recognition(where.models, self._engine_state, proofs=where.state / "context.json")
        self._hotkeys = WatchedHotkeys(choose.hotkeys(), lambda: board.trouble("hotkeys", None))
        self._hands = hands = Hands(
            choose.typist(), choose.focus(), swallows=choose.swallows, prompted=choose.prompted, taken=choose.taken,
            late=jobs.late, tell=lambda error: board.tell(Notice(error)),
        )  # fmt: skip
        jobs.held = lambda: hands.key.held
        # Last of the devices: it starts PortAudio, which silences standard error for a moment, and with it the one
        # line that says why another of them failed.
        self._microphone = choose.microphone(settings)
        words = WordRules(where.glossary, telling.notice, Projects(processes.cwd_of))
        words.hinted = self._hinted
        self._llm = Switchboard(where.state / SERVERS)
        self._past = HistoryKeeper(where, Shut(where.state, telling.notice))
        self._commands = WaitingCommands(hands, maker(where, self._llm, lambda error: board.tell(Notice(error))), board)
        last = LastText(hands, words.undone, self._hotkeys.typed_since, self._hotkeys.clicked_since)
        pauses = InsertAtPauses(hands, words.correct, jobs, last)
        means = Means(
            self._recognition.of, words, Polish(words, self._llm).rewriter, self._commands, self._llm.read_ahead
        )
        self._commands.judge_lines(last.touched, self._hotkeys.quiet_since)
        self._finisher = Finisher(jobs, board, pauses, means, last, self._past)
        preview = Preview(words.correct, secret, board.tell)
        decode_ahead = DecodeAhead(self._recognition.nearby, preview.show, words.hints, pauses.committed)
        self._recorder = Recorder(in_force, self._microphone, self._spool, board, decode_ahead, self._finisher)

        self.keys = KeyDesk(self._recorder, self._hotkeys, in_force, telling)
        self.commands = CommandDesk(self._commands, jobs, last, where.snippets)
        self.history = HistoryDesk(self._past, self._finisher, jobs, last, self.commands, in_force)
        offers = Offers(self.history, self.keys, jobs.run, board.tell)
        self.keys.offer(offers)
        board.listen(offers.hear)
        self.words = WordDesk(where.glossary, words, in_force, lambda: self._past.store.find("", LATEST))
        self.models = ModelDesk(where, self._recognition, self._llm, in_force, telling)
        self.permission = Permission(hands.typist, self._hotkeys, board)
        self.room = RoomDesk(where, in_force, hands, self.permission)
        self.shell_key = ShellKey(self._commands, self.commands, self.keys, self._recorder.post, board)
        self.ended = threading.Event()
        """Set when the app should end."""
        self._on_show: Callable[[], None] | None = None

    def begin(self) -> None:
        """Start all threads, load the model, listen for the keys. What fails is told and shown, not raised."""
        settings = self._in_force.now
        self.board.listen(write_down)
        self.board.listen(self.models.timed)
        self._recorder.start()
        self._jobs.start()
        self._finisher.warm(settings)
        self._jobs.run(lambda: self._commands.warm(settings))
        self._llm.warm(settings)
        for error in self._wrong:
            self._telling.notice(error)
        self.keys.listen()
        self._telling.attempt("model", lambda: self._recognition.use(settings))
        if note := only_the_self_test_model(self._recognition.model):
            self._telling.notice(note)
        self.permission.ready()
        self._past.begin(settings, self.board)
        for left in self._past.unfinished(self._spool.leftovers()):
            self._finisher.recover(Take(Purpose.DICTATE, settings, left))

    def end(self) -> None:
        """Stop everything, in the order in which words could otherwise be lost."""
        self._hotkeys.stop()
        self._recorder.close()
        self._finisher.close()
        self._recognition.close()
        self._past.close()

    def on_show(self, show: Callable[[], None]) -> None:
        """Call ``show`` when somebody asks for the window."""
        self._on_show = show

    def show(self) -> None:
        """Ask for the window. Raises DictationError where the app runs without windows."""
        if self._on_show is None:
            raise DictationError("no-windows", "Dictation runs without windows", "Quit it, then call `dictation run`.")
        self._on_show()

    def remember_first_start(self) -> None:
        """Write the settings file, so that the next start is not the first."""
        if writable(self._where.config):  # what cannot be kept was told, and is no trouble of the first start
            self._telling.attempt("settings", lambda: settings_file.save(self._where.settings, self._in_force.now))

    # --- Controls

    def quit(self) -> None:
        self.ended.set()

    def listen(self, hear: Callable[[Event], None]) -> Callable[[], None]:
        return self._telling.listen(hear)

    def status(self) -> dict[str, object]:
        state, settings = self.board.state, self._in_force.now
        return {
            "state": state.state.value,
            "mode": state.purpose.value,
            "model": self._recognition.model,
            "engine_pid": self._recognition.pid,
            "engine": self._recognition.about(),
            "microphone": settings.microphone.device or "default",
            "hotkeys": self._hotkeys.describe(),
            "hotkey": self._hotkeys.key_name(),
            "keys": self._hotkeys.key_names(),
            "detail": state.detail,
            "level": round(self._recorder.level(), 4),
            "target": self._recorder.target(),
            "paused": self.keys.paused(),
            "last": describe(self.board.last),
        }

    def settings(self) -> Settings:
        return self._in_force.now

    def change(self, settings: Settings) -> None:
        self.keys.rebind(settings)
        settings_file.save(self._where.settings, settings)
        self._adopt(settings)

    def reload(self) -> None:
        """The settings file was changed by another program. Raises HotkeyError."""
        settings, wrong = settings_file.load(self._where.settings)
        for error in wrong:
            self.board.tell(Notice(error))
        self.keys.rebind(settings)
        self._adopt(settings)
        if self._recognition.pid is None:  # a model may have been downloaded
            self._telling.attempt("model", lambda: self._recognition.use(settings))

    def _adopt(self, settings: Settings) -> None:
        before, self._in_force.now = self._in_force.now, settings
        if settings.microphone != before.microphone:
            choose.adapt(self._microphone, settings)
        if settings.engine != before.engine or settings.models != before.models or settings.remote != before.remote:
            self._telling.attempt("model", lambda: self._recognition.use(settings))
        self._llm.warm(settings)
        self._telling.changed()

    # --- what the threads tell

    def _engine_state(self, state: str, note: str) -> None:
        log.info("engine %s %s", state, note)
        self.board.loading(state == "loading")
        for each in self._past.modelless() if state == "ready" else []:
            self._finisher.recover(each, LATE)

    def _hinted(self) -> bool:
        return only_the_self_test_model(self._recognition.model) is None
