"""Models that hear, and the language model, for the windows: catalog, downloads, waits, servers and their key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dictation.app.settings_in_force import InForce
from dictation.app.take.recognition import Recognition
from dictation.app.take.speeds import Speeds
from dictation.app.telling import Telling
from dictation.app.words import endpoint
from dictation.app.words.endpoint import Switchboard
from dictation.core.errors import DictationError
from dictation.core.types import Event, Finished, Inserted
from dictation.desktop.store import secrets
from dictation.desktop.store.folders import Places
from dictation.engines.chat import local_server
from dictation.engines.models import catalog, download


class ModelDesk:
    """Implements ``controls.ModelControls``."""

    def __init__(
        self, where: Places, recognition: Recognition, llm: Switchboard, in_force: InForce, telling: Telling
    ) -> None:
        """What the waits are is kept among the states in ``where``."""
        self._where, self._recognition, self._llm = where, recognition, llm
        self._in_force, self._telling = in_force, telling
        self._speeds = Speeds(where.state / "waits.json")

    def timed(self, event: Event) -> None:
        """Something was told: how long the user waited for a text."""
        # Recordings of an earlier run (id 0) were not waited for, and a language model has a wait of its own.
        if isinstance(event, Finished) and event.id and isinstance(event.outcome, Inserted):
            waits = event.timings
            self._speeds.note(self._recognition.model, waits.get("after_release", -1.0) - waits.get("llm", 0.0))

    def catalog(self) -> list[dict[str, object]]:
        recommended = "small.en" if self._in_force.now.hearing.language == "en" else "small"
        in_use, local = self._recognition.model, self._in_force.now.engine.kind == "local"
        offered = catalog.offered(self._folder())
        if local and in_use and all(each.name != in_use for each, _ in offered):
            # A folder of the user's own that is given by its path: it is there, and it is what hears.
            offered.append((catalog.unlisted(in_use), True))
        return [
            {
                "name": each.name,
                "label": each.label,
                "size_mb": each.size_mb,
                "languages": each.languages,
                "licence": each.licence,
                "good_for": each.good_for,
                "installed": installed,
                "chosen": each.name == self._recognition.model,
                "recommended": each.name == recommended,
                "wait_ms": self._speeds.typical(each.name),
            }
            for each, installed in offered
        ]

    def get_model(self, name: str, progress: Callable[[int, int], bool]) -> None:
        download.get(name, self._folder(), self._in_force.now.models.hub, progress)
        self._telling.attempt("model", lambda: self._recognition.use(self._in_force.now))

    def providers(self) -> dict[str, tuple[str, str]]:
        return {name: (url, model) for name, _, url, model in endpoint.providers()}

    def served_here(self, provider: str) -> bool:
        return local_server.answers(provider)

    def has_key(self) -> bool:
        return bool(secrets.get(endpoint.KEY))

    def keep_key(self, key: str) -> None:
        if key:
            secrets.put(endpoint.KEY, key)
        else:
            secrets.forget(endpoint.KEY)
        self._llm.forget()

    def llm_models(self) -> list[str]:
        return endpoint.list_models(self._in_force.now, self._llm)

    def test_llm(self) -> list[DictationError]:
        return endpoint.problems(self._in_force.now, self._llm)

    def _folder(self) -> Path:
        return catalog.models_folder(self._in_force.now.models.folder, self._where.models)
