"""Which recogniser is in use: the engine process here or a server elsewhere; loaded, unloaded, exchanged."""

from __future__ import annotations

import os
import shutil
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from dictation.app.take.context_proofs import Proofs
from dictation.app.words.second_hearing import KeenEngine
from dictation.core.errors import DictationError, ModelError
from dictation.core.ports import Listener, Recogniser
from dictation.core.sections import EngineSettings, ModelSettings, RemoteSettings
from dictation.core.settings import Settings
from dictation.desktop.store import secrets
from dictation.engines.models import catalog
from dictation.engines.process import OnState
from dictation.engines.remote import RemoteRecogniser

Choice = tuple[EngineSettings, ModelSettings, RemoteSettings, str]


OLD_SECONDS = 20.0
"""So long after it was last asked, an engine that is in use no more ends. Who speaks asks it several times a second,
and what waits behind another utterance is decoded sooner on any machine that keeps up with speech."""


@dataclass(slots=True, eq=False)
class _Old:
    """An engine that was in use until other settings came into force."""

    choice: Choice
    engine: KeenEngine
    remote: RemoteRecogniser | None
    used: float = field(default_factory=time.monotonic)


def _choice(settings: Settings) -> Choice:
    return settings.engine, settings.models, settings.remote, settings.hearing.language


class Recognition:
    """Keeps one engine for the settings in force. Thread-safe; nothing here waits for a model to load."""

    def __init__(
        self, data: Path, on_state: OnState | None = None, model: str | None = None, proofs: Path | None = None
    ) -> None:
        """``data`` is the default folder of models; ``on_state`` hears loading, ready, unloaded, dead, and why.

        ``model`` goes before ``DICTATION_MODEL``, which goes before the setting. ``proofs`` is the file of what is
        known of the short encoder context.
        """
        self._proofs = Proofs(proofs)
        self._data, self._on_state = data, on_state
        self._forced = model or os.environ.get("DICTATION_MODEL")
        self._lock = threading.Lock()
        self._choice: Choice | None = None
        self._engine: KeenEngine | None = None
        self._remote: RemoteRecogniser | None = None
        self._idle: threading.Timer | None = None
        self._old: list[_Old] = []
        self._ended = threading.Event()
        self.model = ""
        """Name of the model in use, as ``status`` shows it."""

    def use(self, settings: Settings) -> tuple[Listener, Recogniser]:
        """From now on the listener and the recogniser for these settings; started if need be. Raises ModelError.

        What was in use before ends when no utterance that began with it asks for it any more.
        """
        with self._lock:
            if _choice(settings) != self._choice or self._engine is None:
                self._exchange(_choice(settings))
            return self._given(settings)

    def of(self, settings: Settings) -> tuple[Listener, Recogniser]:
        """What an utterance is heard with that began under these settings, where others may be in force by now.

        Raises ModelError.
        """
        with self._lock:
            if old := self._retired(settings):
                return old.engine, old.remote or old.engine
            if self._engine is None:
                self._exchange(_choice(settings))
            return self._given(settings)

    def nearby(self, settings: Settings) -> KeenEngine | None:
        """The engine of such an utterance, where it can decode ahead; None for a server elsewhere, which would be asked
        too often. Raises ModelError.
        """
        if settings.engine.kind != "local":
            return None
        with self._lock:
            if old := self._retired(settings):
                return old.engine
            if self._engine is None:
                self._exchange(_choice(settings))
            return self._tuned(settings)

    @property
    def pid(self) -> int | None:
        """Process id of the engine, or None while it does not run."""
        engine = self._engine
        return engine.pid if engine else None

    def about(self) -> dict[str, str | int]:
        """What is known of the engine: device, precision, a note, and the counts of the short context."""
        engine = self._engine
        return engine.describe() if engine else {}

    def close(self) -> None:
        """End the engine."""
        self._ended.set()
        with self._lock:
            self._remember()
            if self._idle:
                self._idle.cancel()
            for old in self._old:
                old.engine.close()
            if self._engine:
                self._engine.close()
            self._engine = self._choice = None
            self._old.clear()

    def _given(self, settings: Settings) -> tuple[Listener, Recogniser]:
        engine = self._tuned(settings)
        self._remember()
        engine.touch()
        self._rest(settings.engine.unload_minutes)
        return engine, self._remote or engine

    def _tuned(self, settings: Settings) -> KeenEngine:
        assert self._engine is not None
        self._engine.simplified = settings.words.script == "simplified"
        return self._engine

    def _retired(self, settings: Settings) -> _Old | None:
        choice = _choice(settings)
        old = next((each for each in self._old if each.choice == choice), None) if choice != self._choice else None
        if old:
            old.used = time.monotonic()
        return old

    def _remember(self) -> None:
        if self._engine:
            self._proofs.keep(self.model, self._engine.describe())

    def _exchange(self, choice: Choice) -> None:
        self._remember()
        engine, models, remote, language = choice
        directory: str | None = None
        before = _Old(self._choice, self._engine, self._remote) if self._engine and self._choice else None
        if engine.kind == "remote":
            if not remote.url:
                raise ModelError(
                    "no-remote",
                    "The remote engine has no address",
                    "Set it with `dictation config set remote.url URL`.",
                )
            self._remote = RemoteRecogniser(
                remote.url, remote.model, secrets.get("remote") or "", remote.timeout_seconds
            )
            self.model = f"{remote.model} ({remote.url})"
        else:
            wanted = self._forced or engine.model
            path, self.model = catalog.choose(
                wanted, catalog.models_folder(models.folder, self._data), language, _gpu(engine.device)
            )
            directory, self._remote = str(path), None
        if before:
            self._old.append(before)
            threading.Thread(target=self._end_unused, args=(before,), name="engine-retired", daemon=True).start()
        self._engine = KeenEngine(
            directory, engine.device, engine.precision, engine.threads,
            context=engine.context, proof=self._proofs.of(self.model), on_state=self._on_state,
        )  # fmt: skip
        self._engine.start()
        self._choice = choice

    def _end_unused(self, old: _Old) -> None:
        """Wait until nobody asks for it any more, and end it."""
        while not self._ended.wait(max(0.01, OLD_SECONDS / 4)):
            with self._lock:
                # At work just now: it is in use, whatever the clock says.
                if time.monotonic() - old.used > OLD_SECONDS and old.engine.unload():
                    self._old = [each for each in self._old if each is not old]
                    old.engine.close()
                    return

    def _rest(self, minutes: int) -> None:
        if self._idle:
            self._idle.cancel()
            self._idle = None
        if minutes:
            self._idle = threading.Timer(minutes * 60, self._unload, (minutes,))
            self._idle.daemon = True
            self._idle.start()

    def _unload(self, minutes: int) -> None:
        with self._lock:
            # At work just now: it is not idle, whatever the clock says.
            if self._engine and not self._engine.unload():
                self._rest(minutes)


def _gpu(device: str) -> bool:
    """Whether a GPU is likely to compute; asking CTranslate2 itself would load it into the app's process."""
    return device == "cuda" or (device == "auto" and shutil.which("nvidia-smi") is not None)


def only_the_self_test_model(name: str) -> DictationError | None:
    """What to tell the user when nothing but the shipped model is there."""
    if not any(each.shipped and each.name == name for each in catalog.catalog()):
        return None
    return ModelError(
        "self-test-model",
        "Only the self-test model is installed; it understands a small vocabulary in synthetic voices",
        "Choose one with `dictation models list` and `dictation models get small`, or in the settings window.",
    )
