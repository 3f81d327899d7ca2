"""Which recogniser is in use: the engine process here or a server elsewhere; loaded, unloaded, exchanged."""

from __future__ import annotations

import os
import shutil
import threading
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
        self.model = ""
        """Name of the model in use, as ``status`` shows it."""

    def use(self, settings: Settings) -> tuple[Listener, Recogniser]:
        """The listener and the recogniser for these settings; started if need be. Raises ModelError."""
        with self._lock:
            engine = self._current(settings)
            self._remember()
            engine.touch()
            self._rest(settings.engine.unload_minutes)
            return engine, self._remote or engine

    def nearby(self, settings: Settings) -> KeenEngine | None:
        """The engine, where it can decode ahead; None for a server elsewhere, which would be asked too often.

        Raises ModelError.
        """
        if settings.engine.kind != "local":
            return None
        with self._lock:
            return self._current(settings)

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
        with self._lock:
            self._remember()
            if self._idle:
                self._idle.cancel()
            if self._engine:
                self._engine.close()
            self._engine = self._choice = None

    def _current(self, settings: Settings) -> KeenEngine:
        choice = (settings.engine, settings.models, settings.remote, settings.hearing.language)
        if choice != self._choice or self._engine is None:
            self._exchange(choice)
        assert self._engine is not None
        self._engine.simplified = settings.words.script == "simplified"
        return self._engine

    def _remember(self) -> None:
        if self._engine:
            self._proofs.keep(self.model, self._engine.describe())

    def _exchange(self, choice: Choice) -> None:
        self._remember()
        engine, models, remote, language = choice
        directory: str | None = None
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
        if self._engine:
            self._engine.close()
        self._engine = KeenEngine(
            directory, engine.device, engine.precision, engine.threads,
            context=engine.context, proof=self._proofs.of(self.model), on_state=self._on_state,
        )  # fmt: skip
        self._engine.start()
        self._choice = choice

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
