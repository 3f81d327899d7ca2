"""Owns a fake app behind the windows, which keeps the promises of ``controls.Controls`` and refuses wrong use."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dictation.core.commands import Command
from dictation.core.errors import (
    CommandError,
    DictationError,
    EngineError,
    HotkeyError,
    ModelError,
    RewriteError,
    UsageError,
)
from dictation.core.events import SettingsChanged
from dictation.core.ports import PictureLayer
from dictation.core.settings import Settings
from dictation.core.types import Event, Finished, Inserted, Outcome, Proposed, Purpose, State, StateChanged

MEGABYTE = 1_000_000


def entry(name: str, label: str, size: int, languages: tuple[str, ...], good_for: str) -> dict[str, object]:
    """One model as the app lists it."""
    return {
        "name": name, "label": label, "size_mb": size, "languages": languages, "licence": "MIT", "good_for": good_for,
        "installed": False, "chosen": False,
    }  # fmt: skip


class Done:
    """What was asked for has been done, or refused."""

    def __init__(self, error: DictationError | None = None) -> None:
        self._error = error

    def wait(self, seconds: float) -> None:
        if self._error:
            raise self._error


class FakeControls:
    """Everything that was asked of it is in ``asked``."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.state = StateChanged(State.IDLE)
        self.outcome: Outcome | None = None
        self.said: list[Finished] = []
        """What had words, newest first."""
        self.hotkey = "Right Ctrl"
        self.target = ""
        self.offer = [
            entry("mini", "Mini (self-test)", 0, ("zh", "en"), "The self-test only: a small vocabulary."),
            entry(
                "small",
                "Small",
                486,
                ("multi",),
                "Chinese, English and both in one sentence on a CPU; the least that does for Chinese.",
            ),
            entry("large-v3", "Large v3", 3090, ("multi",), "The most accurate; a GPU is needed."),
        ]
        self.offer[0].update(installed=True, chosen=True)
        self.there = ["Built-in Microphone", "USB Headset"]
        self.refusal: DictationError | None = None
        self.go_on = threading.Event()
        """A download waits here once, half-way."""
        self.go_on.set()
        self.half_way = threading.Event()
        self.dropped = threading.Event()
        self.corrections: list[tuple[str, str]] = []
        self.loudness = 0.0
        self.spot: tuple[int, int] | None = None
        self.see_through = True
        self.above: PictureLayer | None = None
        self.stopped_listening = False
        self.past: list[dict[str, object]] = []
        """The history, newest first, as ``Said.as_json`` gives it."""
        self.said_often: list[tuple[str, int]] = []
        self.glossary: dict[str, tuple[str, ...]] = {"kubectl": ("kube cuttle",), "GitHub": ("吉特哈布",)}
        self.key = ""
        self.own_commands = ""
        self.known_requests: dict[str, Command] = {}
        """What is shown for a request that is only tried."""
        self.voice = 0.0
        self.starts = False
        self.desktop_asks = False
        self.desktop_says: DictationError | None = None
        self.served: tuple[str, ...] = ()
        """Providers that run on this machine."""
        self.carried = Settings()
        """What a file of settings says, put over those in force."""
        self._settings = Settings()
        self._hear: list[Callable[[Event], None]] = []

    # --- for tests

    def tell(self, event: Event) -> None:
        """What the app tells, from a thread that is not Qt's, as in life."""
        if isinstance(event, StateChanged):
            self.state = event
        if isinstance(event, Finished):
            self.outcome = event.outcome
            if getattr(event.outcome, "text", ""):
                self.said.insert(0, event)
        teller = threading.Thread(target=lambda: [hear(event) for hear in list(self._hear)])
        teller.start()
        teller.join()

    @property
    def listeners(self) -> int:
        """How many are listening."""
        return len(self._hear)

    def model(self, name: str) -> dict[str, object]:
        """The entry of ``name``."""
        return next(each for each in self.offer if each["name"] == name)

    # --- Controls: one object is all its parts

    @property
    def keys(self) -> FakeControls:
        return self

    @property
    def history(self) -> FakeControls:
        return self

    @property
    def words(self) -> FakeControls:
        return self

    @property
    def models(self) -> FakeControls:
        return self

    @property
    def commands(self) -> FakeControls:
        return self

    @property
    def room(self) -> FakeControls:
        return self

    def start(self, purpose: Purpose) -> None:
        assert self.state.state is not State.LISTENING, "started while listening"
        self.asked.append(f"start {purpose.value}")

    def stop(self) -> None:
        assert self.state.state is State.LISTENING, "stopped while not listening"
        self.asked.append("stop")

    def toggle(self, purpose: Purpose) -> None:
        self.asked.append(f"toggle {purpose.value}")

    def cancel(self) -> None:
        self.asked.append("cancel")

    def insert_last(self) -> Done:
        if not self.said:
            raise UsageError("no-last-text", "There is no last text", "Dictate something first.")
        self.asked.append("insert_last")
        return Done()

    def asks(self) -> bool:
        return self.desktop_asks

    def allow(self) -> Done:
        self.asked.append("allow")
        return Done(self.desktop_says)

    def undo(self) -> Done:
        self.asked.append("undo")
        return Done()

    def raw(self) -> Done:
        assert self.swappable(), "swapped where there is nothing to swap"
        self.asked.append("raw")
        return Done()

    def teach(self) -> Done:
        self.asked.append("teach")
        return Done()

    def swappable(self) -> bool:
        return isinstance(self.outcome, Inserted) and self.outcome.heard not in ("", self.outcome.text)

    def quit(self) -> None:
        self.asked.append("quit")

    def waiting(self) -> Proposed | None:
        return self.outcome if isinstance(self.outcome, Proposed) else None

    def insert(self, confirmed: bool) -> Done:
        waiting = self._waiting()
        assert waiting.command.insertable and waiting.command.text, "inserted what must not be"
        if waiting.command.risk == "danger" and not confirmed:
            raise CommandError("not-confirmed", "This command is dangerous", "Confirm it with a second key.")
        self.asked.append(f"insert_command confirmed={confirmed}")
        self.tell(Finished(1, Inserted(waiting.command.text, waiting.heard)))
        return Done()

    def drop(self) -> None:
        self.asked.append("drop_command")
        self.outcome = None

    def again(self) -> None:
        self._waiting()
        self.asked.append("again")

    def _waiting(self) -> Proposed:
        if not isinstance(self.outcome, Proposed):
            raise CommandError("no-command", "No command waits", "Say what you want done first.")
        return self.outcome

    def listen(self, hear: Callable[[Event], None]) -> Callable[[], None]:
        self._hear.append(hear)
        return lambda: self._hear.remove(hear)

    def level(self) -> float:
        assert self.state.state is State.LISTENING, "the level was asked for while nobody listens"
        self.asked.append("level")
        return self.loudness

    def place(self) -> tuple[int, int] | None:
        return self.spot

    def blends(self) -> bool:
        return self.see_through

    def copy(self, text: str) -> bool:
        self.asked.append(f"copy {text}")
        return True

    def message(self, title: str, text: str) -> None:
        assert title or not text
        self.asked.append(f"message {title}\n{text}".strip())

    def layer(self) -> PictureLayer | None:
        self.asked.append("layer")
        return self.above

    def anyway(self) -> Done:
        self.asked.append("anyway")
        return Done()

    def pause(self, yes: bool) -> None:
        assert yes is not self.stopped_listening, "paused twice"
        self.stopped_listening = yes
        self.asked.append("pause" if yes else "resume")
        self.tell(SettingsChanged())

    def paused(self) -> bool:
        return self.stopped_listening

    def status(self) -> dict[str, object]:
        return {
            "state": self.state.state.value, "mode": self.state.purpose.value, "detail": self.state.detail,
            "hotkey": self.hotkey, "keys": {"dictate": "ctrl_r", "command": "alt_r"} if self.hotkey else {},
            "target": self.target,
            "model": next((each["name"] for each in self.offer if each["chosen"]), ""),
        }  # fmt: skip

    def last(self) -> Outcome | None:
        return self.outcome

    def texts(self) -> list[Finished]:
        return self.said[:5]

    def settings(self) -> Settings:
        return self._settings

    def change(self, settings: Settings) -> None:
        if settings.keys.dictate == "taken":
            raise HotkeyError("hotkey-taken", "The key is used by another program", "Choose another key.")
        assert settings != self._settings, "changed to what is in force already"
        self._settings = settings
        self.asked.append("change")
        for each in self.offer:
            each["chosen"] = each["name"] == settings.engine.model
        self.tell(SettingsChanged())

    def microphones(self) -> list[str]:
        self._may_take_its_time()
        if self.refusal:
            raise self.refusal
        return self.there

    def catalog(self) -> list[dict[str, object]]:
        self._may_take_its_time()
        return [dict(each) for each in self.offer]

    def find(self, words: str = "", limit: int = 0, before: int = 0) -> list[dict[str, object]]:
        self._may_take_its_time()
        past = [each for each in self.past if not before or int(str(each["id"])) < before]
        found = [each for each in past if all(word in str(each["text"]) for word in words.split())]
        return found[:limit] if limit else found

    def forget(self, id: int) -> None:
        self._entry(id)
        self.past = [each for each in self.past if each["id"] != id]
        self.asked.append(f"forget {id}")

    def clear(self) -> int:
        there, self.past = len(self.past), []
        return there

    def retry(self, id: int) -> None:
        self._entry(id)
        self.asked.append(f"retry {id}")

    def hear_with(self, id: int, model: str, tell: Callable[[str], None]) -> dict[str, object]:
        self._may_take_its_time()
        if not self._entry(id)["audio"]:
            raise UsageError("no-recording", "The sound of this was not kept", "Switch history.audio on.")
        assert self.model(model)["installed"], "asked a model that is not here"
        self.asked.append(f"hear_with {id} {model}")
        self.dropped.clear()
        for stage in ("loading", "decoding"):
            tell(stage)
            self.half_way.set()
            while not self.go_on.wait(0.01):
                if self.dropped.is_set():
                    raise EngineError("stopped", "It was stopped", "Transcribe it again when you like.")
        if self.refusal:
            raise self.refusal
        return {"model": model, "text": f"as {model} hears it", "heard": f"as {model} hears it"}

    def drop_hearing(self) -> None:
        self._may_take_its_time()
        self.asked.append("drop_hearing")
        self.dropped.set()

    def amend(self, id: int, text: str, by_hand: bool = True) -> tuple[tuple[str, str], ...]:
        self._may_take_its_time()
        entry, before = self._entry(id), str(self._entry(id)["text"])
        if self.refusal:
            raise self.refusal
        entry["text"] = text
        self.corrections.append((before, text))
        return ((before, text),) if by_hand and self.corrections.count((before, text)) > 1 else ()

    def learn(self, heard: str, term: str) -> None:
        self._may_take_its_time()
        self.glossary[term] = (heard,)

    def insert_again(self, id: int) -> Done:
        self._entry(id)
        self.asked.append(f"insert_again {id}")
        return Done()

    def _entry(self, id: int) -> dict[str, object]:
        for each in self.past:
            if each["id"] == id:
                return each
        raise UsageError("no-entry", f"There is no entry {id}", "See `dictation history list`.")

    def export_history(self, file: str) -> int:
        self._may_take_its_time()
        self.asked.append(f"export_history {file}")
        return len(self.past)

    def terms(self) -> list[tuple[str, tuple[str, ...]]]:
        self._may_take_its_time()
        return list(self.glossary.items())

    def put_term(self, term: str, said: Sequence[str], before: str = "") -> None:
        self._may_take_its_time()
        if term == "!":
            raise UsageError("bad-term", "'!' cannot be a term", "Use letters.")
        self.glossary.pop(before, None)
        self.glossary[term] = tuple(said)

    def drop_term(self, term: str) -> None:
        self._may_take_its_time()
        del self.glossary[term]

    def import_terms(self, file: str) -> int:
        self._may_take_its_time()
        return 0

    def often(self) -> list[tuple[str, int]]:
        self._may_take_its_time()
        return self.said_often

    def export_terms(self, file: str) -> int:
        self._may_take_its_time()
        return len(self.glossary)

    def try_words(self, text: str) -> dict[str, object]:
        self._may_take_its_time()
        made = text.replace("吉特哈布", "GitHub")
        edits = [{"rule": "terms", "from": "吉特哈布", "to": "GitHub"}] if made != text else []
        return {"heard": text, "text": made, "edits": edits}

    def providers(self) -> dict[str, tuple[str, str]]:
        return {"none": ("", ""), "deepseek": ("https://api.deepseek.com", "deepseek-flash")}

    def served_here(self, provider: str) -> bool:
        self._may_take_its_time()
        return provider in self.served

    def has_key(self) -> bool:
        self._may_take_its_time()
        return bool(self.key)

    def keep_key(self, key: str) -> None:
        self._may_take_its_time()
        if self.refusal:
            raise self.refusal
        self.key = key

    def llm_models(self) -> list[str]:
        self._may_take_its_time()
        return ["deepseek-flash", "deepseek-pro"]

    def test_llm(self) -> list[DictationError]:
        self._may_take_its_time()
        return [] if self.key == "right" else [RewriteError("llm-key", "The key is wrong", "Check it.")]

    def snippets(self) -> str:
        self._may_take_its_time()
        return self.own_commands

    def try_request(self, words: str) -> Command:
        self._may_take_its_time()
        if words not in self.known_requests:
            raise CommandError("no-command", f"No command is known for {words!r}", "Say it in other words.")
        return self.known_requests[words]

    def keep_snippets(self, text: str) -> None:
        self._may_take_its_time()
        if "run" not in text:
            raise CommandError("snippets-broken", "snippet 1 needs a command in run", "Mend it.")
        self.own_commands = text

    def calibrate(self, level: Callable[[float], None]) -> dict[str, object]:
        self._may_take_its_time()
        level(0.01)
        said = "The room has -48 dBFS; the threshold 0.65 suits it"
        return {"verdict": "note", "message": said, "remedy": "", "threshold": 0.65}

    def hear(self, heard: Callable[[float, float], bool]) -> bytes:
        self._may_take_its_time()
        if self.refusal:
            raise self.refusal
        self.asked.append("microphone opened")
        while heard(self.loudness, self.voice):
            time.sleep(0.01)
        self.asked.append("microphone closed")
        return b"RIFF"

    def autostarts(self) -> bool:
        self._may_take_its_time()
        return self.starts

    def autostart(self, yes: bool) -> None:
        self._may_take_its_time()
        self.starts = yes

    def findings(self) -> list[dict[str, object]]:
        self._may_take_its_time()
        return [
            {"part": "version", "verdict": "fine", "message": "Dictation 1.0, Python 3.11", "remedy": ""},
            {"part": "model", "verdict": "note", "message": f"mini in {Path.home()}/models", "remedy": "Get another."},
            {"part": "microphone", "verdict": "broken", "message": "there is none", "remedy": "Plug one in."},
        ]

    def stored(self) -> list[tuple[str, str, int]]:
        self._may_take_its_time()
        return [
            ("settings", f"{Path.home()}/config.toml", 300),
            ("history", f"{Path.home()}/history.sqlite", 81_920),
            ("log", f"{Path.home()}/log.txt", 10),
        ]

    def export_settings(self, file: str) -> int:
        self._may_take_its_time()
        if self.refusal:
            raise self.refusal
        self.asked.append(f"export_settings {file}")
        return 60

    def import_settings(self, file: str) -> Settings:
        self._may_take_its_time()
        if self.refusal:
            raise self.refusal
        return self.carried

    def get_model(self, name: str, progress: Callable[[int, int], bool]) -> None:
        self._may_take_its_time()
        wanted = self.model(name)
        assert not wanted["installed"], "downloaded what is here already"
        self.asked.append(f"get {name}")
        total = int(str(wanted["size_mb"])) * MEGABYTE
        for done in (0, total // 2, total):
            if not progress(done, total):
                raise ModelError("stopped", "The download was stopped", "Start it again; it goes on from there.")
            if done == total // 2:
                self.half_way.set()
                assert self.go_on.wait(20)
                if self.refusal:
                    raise self.refusal
        wanted["installed"] = True

    def _may_take_its_time(self) -> None:
        assert threading.current_thread() is not threading.main_thread(), "the window would freeze"
